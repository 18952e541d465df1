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
  view: DataView,
  first: number,
  end: number,
  step: number,
  carry: number,
): Float64Array {
  const total = bits === null ? shard.recordCount : bits.count;
  const stop = Math.min(end, total);
  const keys = new Float64Array(Math.max(0, Math.ceil((stop - first) / step)));
  fillKeys(shard, bits, view, (n) => first + n * step, keys, carry);
  return keys;
}

/** Running maxima at these kept positions, ascending, all of them in the selection. */
export function mergeKeysAt(
  shard: LoadedShard,
  bits: SelectionBits | null,
  view: DataView,
  positions: Uint32Array,
  carry: number,
): Float64Array {
  const keys = new Float64Array(positions.length);
  fillKeys(shard, bits, view, (n) => positions[n] as number, keys, carry);
  return keys;
}

function fillKeys(
  shard: LoadedShard,
  bits: SelectionBits | null,
  view: DataView,
  positionOf: (n: number) => number,
  keys: Float64Array,
  carry: number,
): void {
  let running = carry;
  let filled = 0;
  let wanted = positionOf(0);
  for (let b = 0; b < shard.blocks.length && filled < keys.length; b++) {
    const block = shard.blocks[b] as RecordBlock;
    const before = bits === null ? block.first : (bits.before[b] as number);
    const after = bits === null ? block.first + block.count : (bits.before[b + 1] as number);
    if (after <= wanted) {
      const max = blockMax(shard, block, view);
      if (max !== null && max > running) running = max;
      continue;
    }
    const shift = shard.shiftOf(block);
    const pointer = bits === null ? 0 : (bits.pointers[b] as number);
    const deltas = new Int32Array(view.buffer, block.times, block.count);
    let position = before;
    for (let i = 0; i < block.count && filled < keys.length; i++) {
      const delta = deltas[i] as number;
      if (delta !== TIME_NONE) {
        const time =
          shift !== null && delta !== TIME_WIDE ? block.base + delta + shift : (shard.timeAt(view, block, i) as number);
        if (time > running) running = time;
      }
      if (pointer !== 0 && !isSet(view, pointer, i)) continue;
      if (position === wanted) {
        keys[filled++] = running;
        wanted = positionOf(filled);
      }
      position++;
    }
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
  shard.blocks.forEach((block, b) => {
    const kept = bits === null ? block.count : (bits.before[b + 1] as number) - (bits.before[b] as number);
    if (kept === 0) return;
    const shift = shard.shiftOf(block);
    if (kept === block.count && shift !== null && block.wide.size === 0) {
      if (block.span === null) return;
      min = Math.min(min, block.span.min + shift);
      max = Math.max(max, block.span.max + shift);
      return;
    }
    const pointer = bits === null ? 0 : (bits.pointers[b] as number);
    for (let word = 0; word < wordsFor(block.count); word++) {
      const mask = pointer === 0 ? 0xffffffff : view.getUint32(pointer + word * 4, true);
      for (let i = word * 32; mask !== 0 && i < Math.min(block.count, word * 32 + 32); i++) {
        if (((mask >>> (i & 31)) & 1) === 0) continue;
        const time = shard.timeAt(view, block, i);
        if (time === null) continue;
        if (time < min) min = time;
        if (time > max) max = time;
      }
    }
  });
  return min <= max ? { min, max } : null;
}
