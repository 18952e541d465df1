/**
 * Skeleton hash of a message; `portable/index-skeleton.ts` defines it.
 *
 * The idea: a bit for each byte, 64 bytes a word, and nothing that branches on what the text says.
 *   D digits, W word bytes, T token bytes (W and joiners)
 *
 *   text     src /10.8.0.9:50 u31 a-b-c7
 *   D        .....11.1.1.1.11..11......1     back    = D and the word bytes before them      (flood fill towards bit 0)
 *   back     .....11.1.1.1.11.111.....11     masked  = back and the rest of their tokens     (an addition: see below)
 *   masked   .....1111111..11.111.....11
 *
 * Then the stretches between the masked parts are copied one behind the other, SKELETON_MARK between them, and the text
 * that comes out is hashed sixteen bytes a step. (Moving kept bytes together by shuffles was no quicker: 2026-11.)
 *
 *   the rest of their tokens: T + S, S within T, carries from the lowest S of each run of T through the run's end. So the
 *   run's bits from there on turn 0, but for further bits of S:  masked = (T & ~(T + S)) | S
 *
 * `back` looks ahead, so words are classified from the last to the first; `masked` goes from the first to the last.
 * Safe because: loads past the message's end stay within the 64 bytes of slack, and bits past the end are cleared; a
 * message's bytes are at most SKELETON_BYTES, for which the scratch areas have room.
 */

import { SKELETON_BYTES, SKELETON_MARK } from '../index-layout';
import { areDigits, areJoiners, areLetters } from './index-bytes';

const SEED_LOW: u64 = 0x9e3779b97f4a7c15;
const SEED_HIGH: u64 = 0xd6e8feb86659fd93;
const FACTOR_LOW: u64 = 0xff51afd7ed558ccd;
const FACTOR_HIGH: u64 = 0xc4ceb9fe1a85ec53;

/** {u64 back, u64 token bytes} × SKELETON_BYTES / 64. */
const words: usize = memory.data(16 * 16, 16);
/** The skeleton's text, with room for what `copy` writes too much. */
const text: usize = memory.data(1024 + 64, 16);

/** Copies [from, from + length), of 64 bytes at most, and up to 32 bytes more: nearly every stretch is shorter than 32. */
// @ts-ignore: decorator
@inline
function copy(to: usize, from: usize, length: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  if (length <= 32) return;
  v128.store(to, v128.load(from, 32), 32);
  v128.store(to, v128.load(from, 48), 48);
}

// @ts-ignore: decorator
@inline
function mix(value: u64, factor: u64): u64 {
  const product = value * factor;
  return product ^ (product >> 32);
}

/** The sign bit is set: of letters, of digits as given, and of non-ASCII bytes, which have it. */
// @ts-ignore: decorator
@inline
function areWordBytes(bytes: v128, digits: v128): v128 {
  return v128.or(v128.or(areLetters(bytes), digits), bytes);
}

// @ts-ignore: decorator
@inline
function bitsOf(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = <u32>i8x16.bitmask(a) | (<u32>i8x16.bitmask(b) << 16);
  const high = <u32>i8x16.bitmask(c) | (<u32>i8x16.bitmask(d) << 16);
  return <u64>low | (<u64>high << 32);
}

/** Digits, and the word bytes before them. */
// @ts-ignore: decorator
@inline
function floodBack(seeds: u64, through: u64): u64 {
  let found = seeds;
  let open = through;
  found |= open & (found >> 1);
  open &= open >> 1;
  found |= open & (found >> 2);
  open &= open >> 2;
  found |= open & (found >> 4);
  open &= open >> 4;
  found |= open & (found >> 8);
  open &= open >> 8;
  found |= open & (found >> 16);
  open &= open >> 16;
  return found | (open & (found >> 32));
}

export function skeletonHash(start: usize, end: usize): u64 {
  const length = min<usize>(end - start, SKELETON_BYTES);
  if (length == 0) {
    v128.store(text, i8x16.splat(0)); // for coarseClass
    return hashText(0);
  }
  const lastWord = (length - 1) >> 6;

  let goesOn: u64 = 0; // the word behind begins with bytes of a masked part: bit 63
  for (let word = <isize>lastWord; word >= 0; word--) {
    const at = start + (<usize>word << 6);
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const a1 = areDigits(a);
    const b1 = areDigits(b);
    const c1 = areDigits(c);
    const d1 = areDigits(d);
    const digits = bitsOf(a1, b1, c1, d1);
    const wordBytes = bitsOf(areWordBytes(a, a1), areWordBytes(b, b1), areWordBytes(c, c1), areWordBytes(d, d1));
    const joiners = bitsOf(areJoiners(a), areJoiners(b), areJoiners(c), areJoiners(d));
    const left = length - (<usize>word << 6);
    const inside: u64 = left >= 64 ? <u64>-1 : ((<u64>1) << <u64>left) - 1;
    const through = wordBytes & inside;
    const back = floodBack((digits & inside) | (through & goesOn), through);
    goesOn = back << 63;
    const entry = words + (<usize>word << 4);
    store<u64>(entry, back);
    store<u64>(entry, through | (joiners & inside), 8);
  }

  let out = text;
  let wasMasked: u64 = 0; // the word before ended within a masked part
  for (let word: usize = 0; word <= lastWord; word++) {
    const at = start + (word << 6);
    const entry = words + (word << 4);
    const tokens = load<u64>(entry, 8);
    const seeds = load<u64>(entry) | (tokens & wasMasked);
    const masked = (tokens & ~(tokens + seeds)) | seeds;
    const left = length - (word << 6);
    let parts = masked;
    let literal: usize = 0;
    if (wasMasked != 0) {
      // A part that goes on, or is over: its mark stands already.
      literal = <usize>ctz(~masked);
      parts &= masked + 1;
    }
    wasMasked = masked >> 63;
    while (parts != 0) {
      const count = <usize>ctz(parts) - literal;
      copy(out, at + literal, count);
      store<u8>(out + count, SKELETON_MARK);
      out += count + 1;
      const filled = parts | (parts - 1); // ones through the part's end
      literal = <usize>ctz(~filled);
      parts &= filled + 1;
    }
    const stop = min<usize>(left, 64);
    if (literal < stop) {
      copy(out, at + literal, stop - literal);
      out += stop - literal;
    }
  }
  v128.store(out, i8x16.splat(0));
  return hashText(out - text);
}

/** `coarseOf` of the text that was hashed last: behind it stand zeros. */
export function coarseClass(): u32 {
  const low = mix(SEED_LOW ^ load<u64>(text), FACTOR_LOW);
  return <u32>(mix(low ^ load<u64>(text, 8), FACTOR_HIGH) >> 48);
}

// @ts-ignore: decorator
@inline
function hashText(length: usize): u64 {
  let low = SEED_LOW;
  let high = SEED_HIGH;
  for (let at: usize = 0; at < length; at += 16) {
    low = mix(low ^ load<u64>(text + at), FACTOR_LOW);
    high = mix(high ^ load<u64>(text + at, 8), FACTOR_HIGH);
  }
  return mix(mix(low ^ <u64>length, FACTOR_HIGH) ^ high, FACTOR_LOW);
}
