/**
 * Classes of bytes, sixteen at a time: a lane is all ones where the byte is of the class.
 *
 * Unsigned ranges as signed comparisons, which are one instruction: x - low < size  ⇔  x - low - 128 <s size - 128.
 * The constants lie in memory: V8 builds a vector constant in three instructions where a function begins, and keeps it on
 * the stack, even when it is not needed on the way that is taken.
 */

const constants: usize = memory.data<u8>(
  [
    80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, // -'0' - 128
    138, 138, 138, 138, 138, 138, 138, 138, 138, 138, 138, 138, 138, 138, 138, 138, // 10 - 128
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, // to lower case
    31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, // -'a' - 128
    154, 154, 154, 154, 154, 154, 154, 154, 154, 154, 154, 154, 154, 154, 154, 154, // 26 - 128
    83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, // -'-' - 128
    130, 130, 130, 130, 130, 130, 130, 130, 130, 130, 130, 130, 130, 130, 130, 130, // 2 - 128: - and . are neighbours
    95, 95, 95, 95, 95, 95, 95, 95, 95, 95, 95, 95, 95, 95, 95, 95, // _
  ],
  16,
);

// @ts-ignore: decorator
@inline
export function areDigits(bytes: v128): v128 {
  return i8x16.lt_s(i8x16.add(bytes, v128.load(constants)), v128.load(constants, 16));
}

// @ts-ignore: decorator
@inline
export function areLetters(bytes: v128): v128 {
  const folded = v128.or(bytes, v128.load(constants, 32));
  return i8x16.lt_s(i8x16.add(folded, v128.load(constants, 48)), v128.load(constants, 64));
}

/** - . _ */
// @ts-ignore: decorator
@inline
export function areJoiners(bytes: v128): v128 {
  const dashesAndDots = i8x16.lt_s(i8x16.add(bytes, v128.load(constants, 80)), v128.load(constants, 96));
  return v128.or(dashesAndDots, i8x16.eq(bytes, v128.load(constants, 112)));
}
