/**
 * The columns of a block: times (i32 ms from the block's base; TIME_NONE and TIME_WIDE, below TIME_MIN, are none) and
 * levels (u8, code in the low 4 bits).
 */

import { TIME_MIN, TIME_NONE } from '../index-layout';

import type { Arrays, MemoryArrays } from './memory-arrays';

const LEVEL_ROWS = 7;

/** `bits` 0 is the set of all. */
function isChosen(arrays: Arrays, bits: number, record: number): boolean {
  return bits === 0 || (arrays.words[(bits >>> 2) + (record >>> 5)]! & (1 << (record & 31))) !== 0;
}

function setBit(arrays: Arrays, bits: number, record: number): void {
  arrays.words[(bits >>> 2) + (record >>> 5)]! |= 1 << (record & 31);
}

export function markLevels(memory: MemoryArrays, levels: number, count: number, levelMask: number, bits: number): void {
  const arrays = memory.now();
  for (let record = 0; record < count; record++) {
    if ((levelMask & (1 << (arrays.bytes[levels + record]! & 0x0f))) !== 0) setBit(arrays, bits, record);
  }
}

export function markTimes(
  memory: MemoryArrays,
  times: number,
  count: number,
  start: number,
  end: number,
  bits: number,
): void {
  const arrays = memory.now();
  for (let record = 0; record < count; record++) {
    const time = arrays.ints[(times >>> 2) + record]!;
    if (time >= TIME_MIN && start <= time && time < end) setBit(arrays, bits, record);
  }
}

export function histogram(
  memory: MemoryArrays,
  times: number,
  levels: number,
  count: number,
  bits: number,
  base: number,
  binMs: number,
  binCount: number,
  counts: number,
): number {
  const arrays = memory.now();
  let untimed = 0;
  for (let record = 0; record < count; record++) {
    if (!isChosen(arrays, bits, record)) continue;
    const time = arrays.ints[(times >>> 2) + record]!;
    if (time === TIME_NONE) untimed++;
    if (time < TIME_MIN) continue;
    // Exact: a quotient of whole numbers below 2^53 is never rounded up to the next whole number.
    const bin = Math.floor((time + base) / binMs);
    if (bin < 0 || bin >= binCount) continue;
    const code = arrays.bytes[levels + record]! & 0x0f;
    arrays.words[(counts >>> 2) + (code < LEVEL_ROWS ? code : 0) * binCount + bin]!++;
  }
  return untimed;
}

export function countLevels(memory: MemoryArrays, levels: number, count: number, bits: number, counts: number): void {
  const arrays = memory.now();
  for (let record = 0; record < count; record++) {
    if (isChosen(arrays, bits, record)) arrays.words[(counts >>> 2) + (arrays.bytes[levels + record]! & 0x0f)]!++;
  }
}

export function maxTime(memory: MemoryArrays, times: number, count: number): number {
  const { ints } = memory.now();
  let greatest = TIME_NONE;
  for (let record = 0; record < count; record++) {
    const time = ints[(times >>> 2) + record]!;
    if (time >= TIME_MIN && time > greatest) greatest = time;
  }
  return greatest;
}
