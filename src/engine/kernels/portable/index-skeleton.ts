/**
 * The skeleton of a message: a 64-bit hash of it with its variable parts left out. This twin defines "correct".
 *
 * The idea
 *   token    = run of bytes that are no delimiter; it is variable when it holds a digit
 *   masked   = in a variable token, from behind the last delimiter or joiner (_ - .) before its first digit to its end,
 *              so that "blk_-1608999687919862906" keeps "blk_-"
 *   text     = the message's first SKELETON_BYTES with every masked part replaced by one byte, MARK
 *   skeleton = hash(text)
 *
 * It is a pure function of the message's bytes: the same on every machine, shard and run.
 */

import { COARSE_BYTES, SKELETON_BYTES, SKELETON_MARK } from '../index-layout';

const SEED_LOW = 0x9e3779b97f4a7c15n;
const SEED_HIGH = 0xd6e8feb86659fd93n;
const FACTOR_LOW = 0xff51afd7ed558ccdn;
const FACTOR_HIGH = 0xc4ceb9fe1a85ec53n;
const U64 = 0xffffffffffffffffn;

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** - . _ */
function isJoiner(byte: number): boolean {
  return byte === 45 || byte === 46 || byte === 95;
}

/** Letters, digits and bytes of non-ASCII characters. */
function isWordByte(byte: number): boolean {
  return isDigit(byte) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte >= 128;
}

function isTokenByte(byte: number): boolean {
  return isWordByte(byte) || isJoiner(byte);
}

/** The message's first SKELETON_BYTES with every masked part replaced by SKELETON_MARK. */
export function skeletonText(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const stop = Math.min(end, start + SKELETON_BYTES);
  const text: number[] = [];
  let at = start;
  while (at < stop) {
    let tokenEnd = at;
    let digit = -1;
    for (; tokenEnd < stop && isTokenByte(bytes[tokenEnd] as number); tokenEnd++) {
      if (digit < 0 && isDigit(bytes[tokenEnd] as number)) digit = tokenEnd;
    }
    let literalEnd = digit < 0 ? tokenEnd : digit;
    if (digit >= 0) while (literalEnd > at && isWordByte(bytes[literalEnd - 1] as number)) literalEnd--;
    text.push(...bytes.subarray(at, literalEnd));
    if (digit >= 0) text.push(SKELETON_MARK);
    if (tokenEnd < stop) text.push(bytes[tokenEnd] as number); // the delimiter
    at = tokenEnd + 1;
  }
  return Uint8Array.from(text);
}

/** Hash of the skeleton of [start, end) of `bytes`; `end` is the message's end, not cut at SKELETON_BYTES by the caller. */
export function skeletonHash(bytes: Uint8Array, start: number, end: number): bigint {
  return hash(skeletonText(bytes, start, end));
}

/**
 * The class of a skeleton by how it begins, 0 to COARSE_CLASSES - 1: what records with skeletons past a shard's limit are
 * still told apart by. Texts with the same first COARSE_BYTES share it, and so do, once in 65,536 times, others.
 *
 * @param text  as `skeletonText` has it; a shorter one counts as filled up with zeros
 */
export function coarseOf(text: Uint8Array): number {
  const begin = text.subarray(0, COARSE_BYTES);
  const low = mix(SEED_LOW ^ load(begin, 0), FACTOR_LOW);
  return Number(mix(low ^ load(begin, 8), FACTOR_HIGH) >> 48n);
}

/** Sixteen bytes a step (the last step filled up with zeros), the low and the high eight in lanes of their own. */
function hash(text: Uint8Array): bigint {
  let low = SEED_LOW;
  let high = SEED_HIGH;
  for (let at = 0; at < text.length; at += 16) {
    low = mix(low ^ load(text, at), FACTOR_LOW);
    high = mix(high ^ load(text, at + 8), FACTOR_HIGH);
  }
  return mix(mix(low ^ BigInt(text.length), FACTOR_HIGH) ^ high, FACTOR_LOW);
}

function mix(value: bigint, factor: bigint): bigint {
  const product = (value * factor) & U64;
  return product ^ (product >> 32n);
}

/** Eight little-endian bytes; zeros past the text's end. */
function load(text: Uint8Array, at: number): bigint {
  let value = 0n;
  for (let i = 7; i >= 0; i--) value = (value << 8n) | BigInt(text[at + i] ?? 0);
  return value;
}
