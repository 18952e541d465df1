/** Questions about time in one shard: bins, spans, merge keys. Fast where a block's clock is a constant shift, else record by record. */

import { TIME_NONE, TIME_WIDE } from '../kernels/index-layout';
import type { Kernels } from '../kernels/kernels';
import { LEVEL_COUNT } from '../records/record';
import { mapTime } from '../records/time-map';
import type { Arena } from './arena';
import { wordsFor } from './evaluate';
import type { LoadedShard, RecordBlock } from './loaded-shard';
import type { SelectionBits } from './selection-bits';
import type { ShardHistogram } from './shard-api';

export function isSet(view: DataView, bits: number, i: number): boolean {
  return ((view.getUint32(bits + (i >> 5) * 4, true) >>> (i & 31)) & 1) === 1;
}

/** Mapped time of the latest record of a block; null when none has one. */
export function blockMax(shard: LoadedShard, block: RecordBlock, view: DataView): number | null {
  const shift = shard.shiftOf(block);
  if (shift === null) {
    let max: number | null = null;
    for (let i = 0; i < block.count; i++) {
      const time = shard.timeAt(view, block, i);
      if (time !== null && (max === null || time > max)) max = time;
    }
    return max;
  }
  let max = block.span === null ? null : block.span.max + shift;
  for (const [i, raw] of block.wide) {
    const time = mapTime(shard.mapFor(view.getUint8(block.levels + i)), raw);
    if (max === null || time > max) max = time;
  }
  return max;
}

export function maxTime(shard: LoadedShard, view: DataView): number | null {
  let max: number | null = null;
  for (const block of shard.blocks) {
    const time = blockMax(shard, block, view);
    if (time !== null && (max === null || time > max)) max = time;
  }
  return max;
}

/** First record whose running maximum, begun at `carry`, reaches `time`: the first record itself when carry does already. */
export function indexAtTime(shard: LoadedShard, view: DataView, time: number, carry: number): number {
  if (carry >= time) return 0;
  for (const block of shard.blocks) {
    const max = blockMax(shard, block, view);
    if (max === null || max < time) continue;
    for (let i = 0; i < block.count; i++) {
      const at = shard.timeAt(view, block, i);
      if (at !== null && at >= time) return block.first + i;
    }
  }
  return shard.recordCount;
}

/** Running maxima at kept positions first, first + step, … below end. */
export function mergeKeys(
  shard: LoadedShard,
  bits: SelectionBits | null,
  kernels: Kernels,
  first: number,
  end: number,
  step: number,
  carry: number,
): Float64Array {
  const total = bits === null ? shard.recordCount : bits.count;
  const stop = Math.min(end, total);
  const keys = new Float64Array(Math.max(0, Math.ceil((stop - first) / step)));
  fillKeys(shard, bits, kernels, (n) => first + n * step, keys, carry);
  return keys;
}

/** Running maxima at these kept positions, ascending, all of them in the selection. */
export function mergeKeysAt(
  shard: LoadedShard,
  bits: SelectionBits | null,
  kernels: Kernels,
  positions: Uint32Array,
  carry: number,
): Float64Array {
  const keys = new Float64Array(positions.length);
  fillKeys(shard, bits, kernels, (n) => positions[n] as number, keys, carry);
  return keys;
}

/** Records that are looked through one by one sooner than the kernel is called (2026-11). */
const FEW_RECORDS = 64;

function fillKeys(
  shard: LoadedShard,
  bits: SelectionBits | null,
  kernels: Kernels,
  positionOf: (n: number) => number,
  keys: Float64Array,
  carry: number,
): void {
  const view = new DataView(kernels.memory.buffer);
  let running = carry;
  let filled = 0;
  let wanted = positionOf(0);
  for (let b = 0; b < shard.blocks.length && filled < keys.length; b++) {
    const block = shard.blocks[b] as RecordBlock;
    const before = bits === null ? block.first : (bits.before[b] as number);
    const after = bits === null ? block.first + block.count : (bits.before[b + 1] as number);
    if (after > wanted) {
      const walk = new BlockWalk(shard, block, view, kernels, bits === null ? 0 : (bits.pointers[b] as number));
      for (; filled < keys.length && wanted < after; wanted = positionOf(filled)) {
        running = walk.maxUpTo(walk.recordAt(wanted - before), running);
        keys[filled++] = running;
      }
    }
    const max = blockMax(shard, block, view);
    if (max !== null && max > running) running = max;
  }
}

/** Goes through a block's records in order, for the greatest time so far at some of them. */
class BlockWalk {
  private readonly shift: number | null;
  private readonly deltas: Int32Array;
  /** Records looked at. */
  private done = 0;
  private position = -1;
  private record = -1;

  constructor(
    private readonly shard: LoadedShard,
    private readonly block: RecordBlock,
    private readonly view: DataView,
    private readonly kernels: Kernels,
    /** Bits of the kept records; 0: all. */
    private readonly kept: number,
  ) {
    this.shift = block.wide.size === 0 ? shard.shiftOf(block) : null;
    this.deltas = new Int32Array(view.buffer, block.times, block.count);
  }

  /** Record of the block at a position among its kept ones; positions ascend from call to call. */
  recordAt(position: number): number {
    const { kept, block, kernels } = this;
    if (kept === 0) return position;
    this.record =
      position === this.position + 1
        ? kernels.bitsNext(kept, block.count, this.record + 1)
        : kernels.bitsSelect(kept, wordsFor(block.count), position);
    this.position = position;
    return this.record;
  }

  /** The greatest time of the block's records up to this one, or `least` when none is greater. */
  maxUpTo(record: number, least: number): number {
    const { block, shard, view, shift, deltas, kernels } = this;
    let max = least;
    if (shift === null) {
      for (let i = this.done; i <= record; i++) {
        const time = shard.timeAt(view, block, i);
        if (time !== null && time > max) max = time;
      }
    } else {
      let delta = TIME_NONE as number;
      if (record - this.done < FEW_RECORDS) {
        for (let i = this.done; i <= record; i++) if ((deltas[i] as number) > delta) delta = deltas[i] as number;
      } else delta = kernels.maxTime(block.times + this.done * 4, record + 1 - this.done);
      if (delta !== TIME_NONE && block.base + delta + shift > max) max = block.base + delta + shift;
    }
    this.done = record + 1;
    return max;
  }
}

export function histogram(
  shard: LoadedShard,
  bits: SelectionBits | null,
  arena: Arena,
  kernels: Kernels,
  startMs: number,
  binMs: number,
  binCount: number,
): ShardHistogram {
  const memory = arena.allocate(LEVEL_COUNT * binCount * 4);
  try {
    new Uint32Array(arena.memory.buffer, memory.pointer, LEVEL_COUNT * binCount).fill(0);
    const view = new DataView(arena.memory.buffer);
    let untimedCount = 0;
    shard.blocks.forEach((block, b) => {
      const pointer = bits === null ? 0 : (bits.pointers[b] as number);
      const shift = shard.shiftOf(block);
      if (shift !== null && block.wide.size === 0) {
        untimedCount += kernels.histogram(
          block.times,
          block.levels,
          block.count,
          pointer,
          block.base + shift - startMs,
          binMs,
          binCount,
          memory.pointer,
        );
        return;
      }
      for (let i = 0; i < block.count; i++) {
        if (pointer !== 0 && !isSet(view, pointer, i)) continue;
        const time = shard.timeAt(view, block, i);
        if (time === null) {
          untimedCount++;
          continue;
        }
        const bin = Math.floor((time - startMs) / binMs);
        if (bin < 0 || bin >= binCount) continue;
        const cell = memory.pointer + ((view.getUint8(block.levels + i) & 15) * binCount + bin) * 4;
        view.setUint32(cell, view.getUint32(cell, true) + 1, true);
      }
    });
    return {
      counts: new Uint32Array(arena.memory.buffer, memory.pointer, LEVEL_COUNT * binCount).slice(),
      untimedCount,
    };
  } finally {
    arena.give(memory);
  }
}

/** Least and greatest mapped time over the kept records; null when none has one. */
export function span(
  shard: LoadedShard,
  bits: SelectionBits | null,
  view: DataView,
): { min: number; max: number } | null {
  let min = Infinity;
  let max = -Infinity;
  const add = (time: number): void => {
    if (time < min) min = time;
    if (time > max) max = time;
  };
  // From both ends inwards: what lies between them in time cannot change the answer, and is most of a log as a rule.
  const { length } = shard.blocks;
  for (let n = 0; n < length; n++) {
    const b = n % 2 === 0 ? n / 2 : length - (n + 1) / 2;
    const block = shard.blocks[b] as RecordBlock;
    const kept = bits === null ? block.count : (bits.before[b + 1] as number) - (bits.before[b] as number);
    if (kept === 0) continue;
    const shift = shard.shiftOf(block);
    if (shift !== null && block.wide.size === 0) {
      if (block.span === null) continue;
      const [low, high] = [block.span.min + shift, block.span.max + shift];
      if (low >= min && high <= max) continue;
      if (kept === block.count) {
        add(low);
        add(high);
        continue;
      }
    }
    const deltas = new Int32Array(view.buffer, block.times, block.count);
    const words =
      bits === null ? null : new Uint32Array(view.buffer, bits.pointers[b] as number, wordsFor(block.count));
    for (let w = 0; w < wordsFor(block.count); w++) {
      const size = Math.min(32, block.count - w * 32);
      let word = words === null ? 2 ** size - 1 : (words[w] as number);
      for (; word !== 0; word &= word - 1) {
        const i = w * 32 + 31 - Math.clz32(word & -word);
        const delta = deltas[i] as number;
        if (delta === TIME_NONE) continue;
        if (shift !== null && delta !== TIME_WIDE) add(block.base + delta + shift);
        else add(shard.timeAt(view, block, i) as number);
      }
    }
  }
  return min <= max ? { min, max } : null;
}
