/**
 * Skeleton hash of a message; `portable/index-skeleton.ts` defines it.
 *
 * The idea: classify 64 bytes at once into three 64-bit masks (digits, delimiters, joiners), then walk only the variable
 * tokens with bit arithmetic, hashing the literal stretches between them eight bytes a step. A message of 80 bytes with
 * four numbers costs two windows and a dozen multiplications instead of 80 turns of a byte loop.
 *
 * Safe because: loads past the message's end stay within the 64 bytes of slack, and bits past the window are cleared.
 */

import { SKELETON_BYTES } from '../index-layout';

const K1: u64 = 0x9e3779b97f4a7c15;
const K2: u64 = 0xff51afd7ed558ccd;
const MASK_MARK: u64 = 0xd6e8feb86659fd93;

// @ts-ignore: decorator
@inline
function mix(value: u64): u64 {
  const product = value * K2;
  return product ^ (product >> 32);
}

// @ts-ignore: decorator
@inline
function hashStretch(seed: u64, start: usize, end: usize): u64 {
  let hash = seed;
  let at = start;
  for (; at + 8 <= end; at += 8) hash = mix(hash ^ load<u64>(at));
  const rest = <u64>(end - at);
  const tail = rest == 0 ? 0 : load<u64>(at) & (<u64>-1 >> (64 - rest * 8));
  return mix(hash ^ tail ^ ((rest + 1) << 56));
}

let digits: u64 = 0;
let delimiters: u64 = 0;
let joiners: u64 = 0;

// @ts-ignore: decorator
@inline
function classify(at: usize, shift: u64): void {
  const bytes = v128.load(at);
  const isDigit = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(48)), i8x16.splat(10));
  const isLetter = i8x16.lt_u(i8x16.sub(v128.or(bytes, i8x16.splat(32)), i8x16.splat(97)), i8x16.splat(26));
  const isJoiner = v128.or(
    i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(45)), i8x16.splat(2)), // - and . are neighbours
    i8x16.eq(bytes, i8x16.splat(95)),
  );
  // Bytes from 128 up are negative as i8: they belong to tokens.
  const isToken = v128.or(v128.or(isDigit, isLetter), v128.or(isJoiner, i8x16.lt_s(bytes, i8x16.splat(0))));
  digits |= <u64>i8x16.bitmask(isDigit) << shift;
  delimiters |= <u64>i8x16.bitmask(v128.not(isToken)) << shift;
  joiners |= <u64>i8x16.bitmask(isJoiner) << shift;
}

export function skeletonHash(start: usize, end: usize): u64 {
  const stop = end - start > <usize>SKELETON_BYTES ? start + SKELETON_BYTES : end;
  let hash = K1;
  let window = start;
  while (window < stop) {
    digits = 0;
    delimiters = 0;
    joiners = 0;
    const length = stop - window;
    classify(window, 0);
    if (length > 16) classify(window + 16, 16);
    if (length > 32) classify(window + 32, 32);
    if (length > 48) classify(window + 48, 48);
    let count: u64 = 64;
    if (length < 64) {
      count = <u64>length;
      const inside = ((<u64>1) << count) - 1;
      digits &= inside;
      delimiters &= inside;
    } else if (length > 64 && delimiters != 0) {
      count = 64 - clz(delimiters);
      if (count < 64) digits &= ((<u64>1) << count) - 1;
    }
    const breaks = delimiters | joiners;
    let literal: u64 = 0;
    while (digits != 0) {
      const digit = ctz(digits);
      // The last delimiter or joiner before the digit, but not before what is hashed already.
      const before = breaks & (((<u64>1) << digit) - 1);
      const lastBreak = before == 0 ? 0 : 64 - clz(before);
      const maskStart = max<u64>(lastBreak, literal);
      const behind = delimiters & (<u64>-1 << digit);
      const maskEnd = behind == 0 ? count : min<u64>(ctz(behind), count);
      hash = hashStretch(hash, window + <usize>literal, window + <usize>maskStart);
      hash = mix(hash ^ MASK_MARK);
      literal = maskEnd;
      if (maskEnd >= 64) break;
      digits &= <u64>-1 << maskEnd;
    }
    hash = hashStretch(hash, window + <usize>literal, window + <usize>count);
    window += <usize>count;
  }
  const last = (hash ^ (hash >> 29)) * K1;
  return last ^ (last >> 32);
}
