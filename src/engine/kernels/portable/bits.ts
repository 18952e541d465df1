/** Sets of records, a bit each, in little-endian u32 words; word by word, or bit by bit where that is plainest. */

import type { MemoryArrays } from './memory-arrays';

export function bitsAnd(memory: MemoryArrays, dst: number, a: number, b: number, wordCount: number): void {
  const { words } = memory.now();
  for (let i = 0; i < wordCount; i++) words[(dst >>> 2) + i] = words[(a >>> 2) + i]! & words[(b >>> 2) + i]!;
}

export function bitsOr(memory: MemoryArrays, dst: number, a: number, b: number, wordCount: number): void {
  const { words } = memory.now();
  for (let i = 0; i < wordCount; i++) words[(dst >>> 2) + i] = words[(a >>> 2) + i]! | words[(b >>> 2) + i]!;
}

export function bitsAndNot(memory: MemoryArrays, dst: number, a: number, b: number, wordCount: number): void {
  const { words } = memory.now();
  for (let i = 0; i < wordCount; i++) words[(dst >>> 2) + i] = words[(a >>> 2) + i]! & ~words[(b >>> 2) + i]!;
}

/** The word that holds [first, count) of its 32 bits, all set. */
function wordUpTo(count: number, first: number): number {
  return count - first >= 32 ? 0xffffffff : (1 << (count - first)) - 1;
}

export function bitsNot(memory: MemoryArrays, dst: number, a: number, count: number): void {
  const { words } = memory.now();
  for (let first = 0; first < count; first += 32) {
    words[(dst + (first >>> 3)) >>> 2] = ~words[(a + (first >>> 3)) >>> 2]! & wordUpTo(count, first);
  }
}

export function bitsFill(memory: MemoryArrays, dst: number, count: number): void {
  const { words } = memory.now();
  for (let first = 0; first < count; first += 32) words[(dst + (first >>> 3)) >>> 2] = wordUpTo(count, first);
}

/** Set bits of one word, summed in pairs, nibbles and bytes. */
export function popcountWord(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function popcount(memory: MemoryArrays, bits: number, wordCount: number): number {
  const { words } = memory.now();
  let total = 0;
  for (let i = 0; i < wordCount; i++) total += popcountWord(words[(bits >>> 2) + i]!);
  return total;
}

export function bitsRank(memory: MemoryArrays, bits: number, index: number): number {
  const whole = index >>> 5;
  const rank = popcount(memory, bits, whole);
  if ((index & 31) === 0) return rank;
  return rank + popcountWord(memory.now().words[(bits >>> 2) + whole]! & ((1 << (index & 31)) - 1));
}

export function bitsSelect(memory: MemoryArrays, bits: number, wordCount: number, nth: number): number {
  const { words } = memory.now();
  let left = nth;
  for (let i = 0; i < wordCount; i++) {
    let word = words[(bits >>> 2) + i]!;
    const here = popcountWord(word);
    if (left >= here) {
      left -= here;
      continue;
    }
    for (; left > 0; left--) word &= word - 1;
    return i * 32 + 31 - Math.clz32(word & -word);
  }
  return -1;
}

export function bitsNext(memory: MemoryArrays, bits: number, count: number, index: number): number {
  const { words } = memory.now();
  let keep = -1 << (index & 31);
  for (let first = index & ~31; first < count; first += 32) {
    const word = words[(bits + (first >>> 3)) >>> 2]! & keep;
    if (word !== 0) {
      const found = first + 31 - Math.clz32(word & -word);
      return found < count ? found : -1;
    }
    keep = -1;
  }
  return -1;
}

export function bitsPrevious(memory: MemoryArrays, bits: number, index: number): number {
  const { words } = memory.now();
  let keep = -1 >>> (31 - (index & 31));
  for (let first = index & ~31; first >= 0; first -= 32) {
    const word = words[(bits + (first >>> 3)) >>> 2]! & keep;
    if (word !== 0) return first + 31 - Math.clz32(word);
    keep = -1;
  }
  return -1;
}
