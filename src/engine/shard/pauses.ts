/** Pauses within one shard's part of a selection: by the records' own times, and by merge keys. */

import { TIME_NONE, TIME_WIDE } from '../kernels/index-layout';
import type { LoadedShard, RecordBlock } from './loaded-shard';
import type { SelectionBits } from './selection-bits';
import type { ShardTimeEnds } from './shard-api';
import { blockMax, isSet } from './shard-times';

interface Timed {
  readonly position: number;
  readonly time: number;
}

/** The kept records of one block. */
class Part {
  readonly before: number;
  readonly after: number;
  private readonly pointer: number;

  constructor(
    private readonly shard: LoadedShard,
    bits: SelectionBits | null,
    private readonly view: DataView,
    index: number,
  ) {
    this.block = shard.blocks[index] as RecordBlock;
    this.before = bits === null ? this.block.first : (bits.before[index] as number);
    this.after = bits === null ? this.block.first + this.block.count : (bits.before[index + 1] as number);
    this.pointer = bits === null ? 0 : (bits.pointers[index] as number);
  }

  readonly block: RecordBlock;

  isKept(i: number): boolean {
    return this.pointer === 0 || isSet(this.view, this.pointer, i);
  }

  firstTime(): Timed | null {
    let position = this.before;
    for (let i = 0; i < this.block.count && position < this.after; i++) {
      if (!this.isKept(i)) continue;
      const time = this.shard.timeAt(this.view, this.block, i);
      if (time !== null) return { position, time };
      position++;
    }
    return null;
  }

  lastTime(): number | null {
    if (this.before === this.after) return null;
    for (let i = this.block.count - 1; i >= 0; i--) {
      if (!this.isKept(i)) continue;
      const time = this.shard.timeAt(this.view, this.block, i);
      if (time !== null) return time;
    }
    return null;
  }

  /** All its times lie closer together than `minMs`. */
  isCloserThan(minMs: number): boolean {
    const { span, wide } = this.block;
    return this.shard.shiftOf(this.block) !== null && wide.size === 0 && (span === null || span.max - span.min < minMs);
  }

  /** Calls `visit` for the kept records with a time, in order, until it says to stop. */
  eachTime(visit: (position: number, time: number) => boolean): void {
    const { block, shard, view } = this;
    const shift = shard.shiftOf(block);
    const deltas = new Int32Array(view.buffer, block.times, block.count);
    let position = this.before;
    for (let i = 0; i < block.count && position < this.after; i++) {
      if (!this.isKept(i)) continue;
      const delta = deltas[i] as number;
      if (delta !== TIME_NONE) {
        const time =
          shift !== null && delta !== TIME_WIDE ? block.base + delta + shift : (shard.timeAt(view, block, i) as number);
        if (visit(position, time)) return;
      }
      position++;
    }
  }
}

export function timeEnds(shard: LoadedShard, bits: SelectionBits | null, view: DataView): ShardTimeEnds | null {
  for (let index = 0; index < shard.blocks.length; index++) {
    const first = new Part(shard, bits, view, index).firstTime();
    if (first === null) continue;
    const last = lastTimeBefore(shard, bits, view, shard.blocks.length);
    return { position: first.position, first: first.time, last: last ?? first.time };
  }
  return null;
}

/** Time of the last kept record that has one, in the blocks before `index`. */
function lastTimeBefore(shard: LoadedShard, bits: SelectionBits | null, view: DataView, index: number): number | null {
  for (let at = index - 1; at >= 0; at--) {
    const time = new Part(shard, bits, view, at).lastTime();
    if (time !== null) return time;
  }
  return null;
}

export function pauseBeyond(
  shard: LoadedShard,
  bits: SelectionBits | null,
  view: DataView,
  from: number,
  direction: 1 | -1,
  minMs: number,
): { position: number; pauseMs: number } | null {
  const { length } = shard.blocks;
  for (let index = direction > 0 ? 0 : length - 1; index >= 0 && index < length; index += direction) {
    const part = new Part(shard, bits, view, index);
    if (part.before === part.after || (direction > 0 ? part.after <= from + 1 : part.before >= from)) continue;
    const before = lastTimeBefore(shard, bits, view, index);
    const found = pauseIn(part, before, from, direction, minMs);
    if (found !== null) return found;
  }
  return null;
}

/** @param before  time of the last kept record before the block that has one */
function pauseIn(
  part: Part,
  before: number | null,
  from: number,
  direction: 1 | -1,
  minMs: number,
): { position: number; pauseMs: number } | null {
  if (part.isCloserThan(minMs)) {
    const first = part.firstTime();
    if (first === null || before === null || first.time - before < minMs) return null;
    if (direction > 0 ? first.position <= from : first.position >= from) return null;
    return { position: first.position, pauseMs: first.time - before };
  }
  let last = before;
  let found: { position: number; pauseMs: number } | null = null;
  part.eachTime((position, time) => {
    if (direction < 0 && position >= from) return true;
    const pauseMs = last === null ? 0 : time - last;
    last = time;
    if (pauseMs < minMs || (direction > 0 && position <= from)) return false;
    found = { position, pauseMs };
    return direction > 0;
  });
  return found;
}

/** See `ShardApi.gaps`. */
export function keyGaps(
  shard: LoadedShard,
  bits: SelectionBits | null,
  view: DataView,
  carry: number,
  before: number,
  from: number,
  direction: 1 | -1,
  minMs: number,
  limit: number,
): Float64Array {
  const found: number[] = [];
  let running = carry;
  let last = before;
  for (let index = 0; index < shard.blocks.length; index++) {
    const part = new Part(shard, bits, view, index);
    const { block } = part;
    if (part.before === part.after || (direction > 0 && part.after < from)) {
      const max = blockMax(shard, block, view);
      if (max !== null && max > running) running = max;
      // Whatever the key of the last record passed over is: the one asked for first lies behind another one.
      continue;
    }
    if (direction < 0 && part.before > from) break;
    const shift = shard.shiftOf(block);
    const deltas = new Int32Array(view.buffer, block.times, block.count);
    let position = part.before;
    for (let i = 0; i < block.count; i++) {
      const delta = deltas[i] as number;
      if (delta !== TIME_NONE) {
        const time =
          shift !== null && delta !== TIME_WIDE ? block.base + delta + shift : (shard.timeAt(view, block, i) as number);
        if (time > running) running = time;
      }
      if (!part.isKept(i)) continue;
      const isAsked = direction > 0 ? position >= from : position <= from;
      if (isAsked && running - last >= minMs) {
        found.push(position, last, running);
        if (direction > 0 && found.length === limit * 3) return Float64Array.from(found);
      }
      last = running;
      position++;
    }
  }
  if (direction > 0) return Float64Array.from(found);
  const triples = Array.from({ length: found.length / 3 }, (_, n) => found.slice(n * 3, n * 3 + 3));
  return Float64Array.from(triples.slice(-limit).reverse().flat());
}
