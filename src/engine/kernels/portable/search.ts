/**
 * Finding a needle, and the records that hold it.
 *
 *   for each position: if the needle stands there, it is found
 *   markMatches: find; set the bit of the record it lies in; go on at the next record
 *   markMatchesWithin: for each record of a set, find in its text; set its bit
 *
 * Going on at the next record is right after every hit: when it was marked, no other in that record matters, and when it
 * reaches past its record's end, a later one would too.
 */

import type { MemoryArrays } from './memory-arrays';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** An ASCII capital as its lower-case letter, any other byte as it is. */
function foldByte(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

/** First position in [start, end) where the needle stands whole, or -1. */
function find(
  bytes: Uint8Array,
  start: number,
  end: number,
  needle: number,
  length: number,
  isFolded: boolean,
): number {
  const first = bytes[needle]!;
  for (let at = start; at <= end - length; at++) {
    if ((isFolded ? foldByte(bytes[at]!) : bytes[at]!) !== first) continue;
    let same = 1;
    while (same < length) {
      const byte = bytes[at + same]!;
      if ((isFolded ? foldByte(byte) : byte) !== bytes[needle + same]) break;
      same++;
    }
    if (same === length) return at;
  }
  return -1;
}

export function findExact(memory: MemoryArrays, start: number, end: number, needle: number, length: number): number {
  return find(memory.now().bytes, start, end, needle, length, false);
}

export function findFolded(memory: MemoryArrays, start: number, end: number, needle: number, length: number): number {
  return find(memory.now().bytes, start, end, needle, length, true);
}

/** Where the text of a record [start, end) ends: before its line end, if it has one (\n, \r\n or \r). */
function textEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  if (at > start && bytes[at - 1] === NEWLINE) at--;
  if (at > start && bytes[at - 1] === RETURN) at--;
  return at;
}

export function markMatches(
  memory: MemoryArrays,
  base: number,
  bytesEnd: number,
  offsets: number,
  count: number,
  needle: number,
  length: number,
  folded: number,
  bits: number,
): number {
  const { bytes, words } = memory.now();
  const startOf = (index: number): number => base + (index < count ? words[(offsets >>> 2) + index]! : bytesEnd);
  let marked = 0;
  let record = 0;
  let from = startOf(0);
  while (record < count) {
    const found = find(bytes, from, base + bytesEnd, needle, length, folded !== 0);
    if (found < 0) break;
    while (record + 1 < count && startOf(record + 1) <= found) record++;
    from = startOf(record + 1);
    if (found + length <= textEnd(bytes, startOf(record), from)) {
      const word = (bits >>> 2) + (record >>> 5);
      const bit = 1 << (record & 31);
      if ((words[word]! & bit) === 0) marked++;
      words[word]! |= bit;
    }
    record++;
  }
  return marked;
}

export function markMatchesWithin(
  memory: MemoryArrays,
  base: number,
  bytesEnd: number,
  offsets: number,
  count: number,
  needle: number,
  length: number,
  folded: number,
  within: number,
  bits: number,
): number {
  const { bytes, words } = memory.now();
  const startOf = (index: number): number => base + (index < count ? words[(offsets >>> 2) + index]! : bytesEnd);
  let marked = 0;
  for (let record = 0; record < count; record++) {
    const bit = 1 << (record & 31);
    if ((words[(within >>> 2) + (record >>> 5)]! & bit) === 0) continue;
    const end = textEnd(bytes, startOf(record), startOf(record + 1));
    if (find(bytes, startOf(record), end, needle, length, folded !== 0) < 0) continue;
    const word = (bits >>> 2) + (record >>> 5);
    if ((words[word]! & bit) === 0) marked++;
    words[word]! |= bit;
  }
  return marked;
}
