/**
 * The skeleton of a message: a 64-bit hash of it with its variable parts left out. This twin defines "correct".
 *
 * The idea
 *   variable(token) = the token holds a digit; token = run of bytes that are no delimiter
 *   skeleton        = hash(literal stretch, MASK, literal stretch, MASK, …, last literal stretch)
 *   a masked part begins behind the last delimiter or joiner (_ - .) before the token's first digit, so that
 *   "blk_-1608999687919862906" keeps "blk_-", and ends where the token ends.
 * The message is read through windows of 64 bytes; a window ends at its last delimiter, so that tokens are not cut, and a
 * token over 64 bytes is treated in pieces of 64. Only the first SKELETON_BYTES take part.
 *
 * It is a pure function of the message's bytes: the same on every machine, shard and run.
 */

import { SKELETON_BYTES } from '../index-layout';

const K1 = 0x9e3779b97f4a7c15n;
const K2 = 0xff51afd7ed558ccdn;
const MASK_MARK = 0xd6e8feb86659fd93n;
const U64 = 0xffffffffffffffffn;

/** Digits 0–9. */
function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** Everything in ASCII but letters, digits and the joiners _ - . ends a token; bytes of non-ASCII characters belong to it. */
function isDelimiter(byte: number): boolean {
  if (byte >= 128) return false;
  const isLetter = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
  return !(isLetter || isDigit(byte) || isJoiner(byte));
}

function isJoiner(byte: number): boolean {
  return byte === 45 || byte === 46 || byte === 95;
}

/** Hash of the skeleton of [start, end) of `bytes`; `end` is the message's end, not cut at SKELETON_BYTES by the caller. */
export function skeletonHash(bytes: Uint8Array, start: number, end: number): bigint {
  const stop = Math.min(end, start + SKELETON_BYTES);
  let hash = K1;
  let window = start;
  while (window < stop) {
    let windowEnd = Math.min(window + 64, stop);
    if (windowEnd < stop) {
      // End behind the last delimiter, unless one token fills the window.
      let cut = windowEnd;
      while (cut > window && !isDelimiter(bytes[cut - 1] as number)) cut--;
      if (cut > window) windowEnd = cut;
    }
    let literal = window;
    let at = window;
    for (;;) {
      let digit = at;
      while (digit < windowEnd && !isDigit(bytes[digit] as number)) digit++;
      if (digit >= windowEnd) break;
      let maskStart = digit;
      while (maskStart > literal && !isDelimiter(bytes[maskStart - 1] as number) && !isJoiner(bytes[maskStart - 1] as number)) maskStart--;
      let maskEnd = digit;
      while (maskEnd < windowEnd && !isDelimiter(bytes[maskEnd] as number)) maskEnd++;
      hash = hashStretch(hash, bytes, literal, maskStart);
      hash = mix(hash ^ MASK_MARK);
      literal = at = maskEnd;
    }
    hash = hashStretch(hash, bytes, literal, windowEnd);
    window = windowEnd;
  }
  return finish(hash);
}

function mix(value: bigint): bigint {
  const product = (value * K2) & U64;
  return product ^ (product >> 32n);
}

/** Folds [start, end) into the hash, eight little-endian bytes a step; the last step holds 0–7 bytes and their number in the top byte. */
function hashStretch(seed: bigint, bytes: Uint8Array, start: number, end: number): bigint {
  let hash = seed;
  let at = start;
  for (; at + 8 <= end; at += 8) hash = mix(hash ^ load(bytes, at, 8));
  const rest = end - at;
  return mix(hash ^ load(bytes, at, rest) ^ (BigInt(rest + 1) << 56n));
}

function load(bytes: Uint8Array, at: number, count: number): bigint {
  let value = 0n;
  for (let i = count - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[at + i] as number);
  return value;
}

function finish(hash: bigint): bigint {
  const a = ((hash ^ (hash >> 29n)) * K1) & U64;
  return a ^ (a >> 32n);
}
