/**
 * How many U+FFFD a WHATWG decoder would put in place of invalid UTF-8.
 *
 *   while bytes are left: decode one sequence; when it is invalid, count one
 *
 * The real code proves 64 bytes valid at a time and decodes one by one only where that fails. The proof is the
 * three-table lookup of Keiser and Lemire: each pair of neighbours (a byte and the one before it) is looked up by three
 * of its four nibbles; each table tells which faults that nibble allows, and a fault is real when all three allow it.
 * Where a third or fourth byte must stand, "two continuations in a row" is no fault but required.
 *
 * Why falling back is safe: the proof only ever skips bytes of valid sequences, and the one-by-one decoder always starts
 * at a boundary between sequences: where it stopped itself or, after proven bytes, at the lead byte of the sequence that
 * the block's edge cuts. Behind it the proof starts afresh (`before` is zero), so that bytes already counted as invalid
 * cannot make the ones after them look valid.
 *
 * @see https://arxiv.org/abs/2010.03090
 * @see https://encoding.spec.whatwg.org/#utf-8-decoder
 */

import { hasHighBit64 } from './scan';

// Faults, a bit each. TOO_LARGE_8 and OVERLONG_4 share one: the low nibble of the lead byte tells them apart.
const SHORT: u8 = 1; // a lead byte without enough continuations
const LONG: u8 = 2; // a continuation after ASCII
const OVERLONG_3: u8 = 4; // E0 80..9F
const TOO_LARGE: u8 = 8; // F4 90..BF, F5..FF 90..BF
const SURROGATE: u8 = 16; // ED A0..BF
const OVERLONG_2: u8 = 32; // C0, C1
const OVERLONG_4: u8 = 64; // F0 80..8F
const TOO_LARGE_8: u8 = 64; // F5..FF 80..8F
const TWO: u8 = 128; // two continuations in a row
const ANY: u8 = SHORT | LONG | TWO;
const LARGE: u8 = ANY | TOO_LARGE | TOO_LARGE_8;

// What is left above them has bit 7 set where a third (after E0..), or fourth (after F0..) byte must stand.
const THIRD: u8 = 0xe0 - 0x80;
const FOURTH: u8 = 0xf0 - 0x80;

/** By the high nibble of the byte before. */
const BEFORE_HIGH = memory.data<u8>([
  LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, // 0_..7_
  TWO, TWO, TWO, TWO, // 8_..B_
  SHORT | OVERLONG_2, // C_
  SHORT, // D_
  SHORT | OVERLONG_3 | SURROGATE, // E_
  SHORT | TOO_LARGE | TOO_LARGE_8 | OVERLONG_4, // F_
], 16);

/** By the low nibble of the byte before. */
const BEFORE_LOW = memory.data<u8>([
  ANY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4, // _0
  ANY | OVERLONG_2, // _1
  ANY, // _2
  ANY, // _3
  ANY | TOO_LARGE, // _4
  LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, // _5.._C
  LARGE | SURROGATE, // _D
  LARGE, LARGE, // _E, _F
], 16);

/** By the high nibble of the byte itself. */
const HERE_HIGH = memory.data<u8>([
  SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, // 0_..7_
  LONG | OVERLONG_2 | TWO | OVERLONG_3 | TOO_LARGE_8 | OVERLONG_4, // 8_
  LONG | OVERLONG_2 | TWO | OVERLONG_3 | TOO_LARGE, // 9_
  LONG | OVERLONG_2 | TWO | SURROGATE | TOO_LARGE, // A_
  LONG | OVERLONG_2 | TWO | SURROGATE | TOO_LARGE, // B_
  SHORT, SHORT, SHORT, SHORT, // C_..F_
], 16);

/** Subtracted (and stopping at 0) from a vector: what is left is a lead byte in the last three lanes that wants more. */
const OPEN_ENDS = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0xf0 - 1, 0xe0 - 1, 0xc0 - 1,
], 16);

/** Not zero in a lane whose byte cannot follow the three before it. */
function faultsOf(before: v128, here: v128): v128 {
  const previous = i8x16.shuffle(before, here, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
  const allowed = v128.and(
    v128.and(
      i8x16.swizzle(v128.load(BEFORE_HIGH), i8x16.shr_u(previous, 4)),
      i8x16.swizzle(v128.load(BEFORE_LOW), v128.and(previous, i8x16.splat(0x0f))),
    ),
    i8x16.swizzle(v128.load(HERE_HIGH), i8x16.shr_u(here, 4)),
  );
  const second = i8x16.shuffle(before, here, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
  const third = i8x16.shuffle(before, here, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
  const wanted = v128.or(
    i8x16.sub_sat_u(second, i8x16.splat(THIRD)),
    i8x16.sub_sat_u(third, i8x16.splat(FOURTH)),
  );
  return v128.xor(v128.and(wanted, i8x16.splat(TWO)), allowed);
}

/** Length of the sequence at `at`, 1..4; negative when it is invalid and those bytes become one U+FFFD. */
function decodeOne(at: usize, end: usize): i32 {
  const lead = u32(load<u8>(at));
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return -1;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  let lowest: u32 = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  let highest: u32 = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  for (let seen = 1; seen < length; seen++) {
    if (at + usize(seen) >= end) return -seen;
    const byte = u32(load<u8>(at + usize(seen)));
    if (byte < lowest || byte > highest) return -seen;
    lowest = 0x80;
    highest = 0xbf;
  }
  return length;
}

/** Where the sequence that reaches past `at` begins, or `at` when none does. The bytes before `at` are valid. */
function boundaryBefore(at: usize): usize {
  if (load<u8>(at - 1) >= 0xc0) return at - 1;
  if (load<u8>(at - 2) >= 0xe0) return at - 2;
  if (load<u8>(at - 3) >= 0xf0) return at - 3;
  return at;
}

export function countInvalidUtf8(start: usize, end: usize): u32 {
  const none = i8x16.splat(0);
  let before = none;
  let isOpen = false; // a sequence reaches past `at`
  let isProven = false; // the bytes before `at` were proven, so `at` may lie inside a sequence
  let count: u32 = 0;
  let at = start;
  while (end - at >= 64) {
    if (!isOpen && !hasHighBit64(at)) {
      before = none; // one ASCII byte is as good as another
      isProven = true;
      at += 64;
      continue;
    }
    const first = v128.load(at);
    const second = v128.load(at, 16);
    const third = v128.load(at, 32);
    const fourth = v128.load(at, 48);
    const faults = v128.or(
      v128.or(faultsOf(before, first), faultsOf(first, second)),
      v128.or(faultsOf(second, third), faultsOf(third, fourth)),
    );
    if (!v128.any_true(faults)) {
      before = fourth;
      isOpen = v128.any_true(i8x16.sub_sat_u(fourth, v128.load(OPEN_ENDS)));
      isProven = true;
      at += 64;
      continue;
    }
    const stop = at + 64;
    if (isProven) at = boundaryBefore(at);
    while (at < stop) {
      const length = decodeOne(at, end);
      count += u32(length < 0);
      at += usize(abs(length));
    }
    before = none;
    isOpen = false;
    isProven = false;
  }
  if (isProven) at = boundaryBefore(at);
  while (at < end) {
    const length = decodeOne(at, end);
    count += u32(length < 0);
    at += usize(abs(length));
  }
  return count;
}
