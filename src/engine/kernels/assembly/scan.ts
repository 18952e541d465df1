/**
 * Bytes of one kind: counting them, finding the first or last.
 *
 *   for each byte of [start, end): is it the one we look for?
 *
 * The real code asks 16 bytes at once and takes four such vectors, 64 bytes, a step: one branch per 64 bytes. It may load
 * up to 63 bytes past `end`: every buffer has 64 bytes of slack, and what is found there is masked off or lies at or
 * past `end` and is refused. Nothing is ever loaded from before `start`.
 */

const NEWLINE: u8 = 0x0a;

// 63 steps add at most 4 × 63 = 252 to a lane, so the byte-wide sums below cannot overflow.
const STEPS_PER_SUM: usize = 63;

/** The lowest `count` of 16 bits; all 16 when there are more. */
export function lowBits(count: usize): u32 {
  return count >= 16 ? 0xffff : (1 << u32(count)) - 1;
}

function sumOfBytes(sums: v128): u32 {
  const pairs = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(sums));
  return (
    i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1) + i32x4.extract_lane(pairs, 2) + i32x4.extract_lane(pairs, 3)
  );
}

function countByte(start: usize, end: usize, byte: u8): u32 {
  const wanted = i8x16.splat(byte);
  let total: u32 = 0;
  let at = start;
  while (end - at >= 64) {
    let sums = i8x16.splat(0);
    const stop = at + (min((end - at) >> 6, STEPS_PER_SUM) << 6);
    for (; at < stop; at += 64) {
      // An equal lane is -1: subtracting it counts one.
      const first = i8x16.add(i8x16.eq(v128.load(at), wanted), i8x16.eq(v128.load(at, 16), wanted));
      const second = i8x16.add(i8x16.eq(v128.load(at, 32), wanted), i8x16.eq(v128.load(at, 48), wanted));
      sums = i8x16.sub(sums, i8x16.add(first, second));
    }
    total += sumOfBytes(sums);
  }
  for (; at < end; at += 16) {
    total += popcnt(i8x16.bitmask(i8x16.eq(v128.load(at), wanted)) & lowBits(end - at));
  }
  return total;
}

export function countNewlines(start: usize, end: usize): u32 {
  return countByte(start, end, NEWLINE);
}

export function countNuls(start: usize, end: usize): u32 {
  return countByte(start, end, 0);
}

export function findNewline(start: usize, end: usize): usize {
  const wanted = i8x16.splat(NEWLINE);
  for (let at = start; at < end; at += 64) {
    const first = i8x16.eq(v128.load(at), wanted);
    const second = i8x16.eq(v128.load(at, 16), wanted);
    const third = i8x16.eq(v128.load(at, 32), wanted);
    const fourth = i8x16.eq(v128.load(at, 48), wanted);
    if (v128.any_true(v128.or(v128.or(first, second), v128.or(third, fourth)))) {
      const bits = join64(i8x16.bitmask(first), i8x16.bitmask(second), i8x16.bitmask(third), i8x16.bitmask(fourth));
      return min(at + usize(ctz(bits)), end);
    }
  }
  return end;
}

/** Four times 16 bits as one word, `first` lowest: the bitmasks of four vectors in a row. */
export function join64(first: i32, second: i32, third: i32, fourth: i32): u64 {
  return u64(u32(first | (second << 16))) | (u64(u32(third | (fourth << 16))) << 32);
}

export function findLastNewline(start: usize, end: usize): usize {
  const wanted = i8x16.splat(NEWLINE);
  let at = end;
  while (at - start >= 64) {
    at -= 64;
    const first = i8x16.eq(v128.load(at), wanted);
    const second = i8x16.eq(v128.load(at, 16), wanted);
    const third = i8x16.eq(v128.load(at, 32), wanted);
    const fourth = i8x16.eq(v128.load(at, 48), wanted);
    if (v128.any_true(v128.or(v128.or(first, second), v128.or(third, fourth)))) {
      const bits = join64(i8x16.bitmask(first), i8x16.bitmask(second), i8x16.bitmask(third), i8x16.bitmask(fourth));
      return at + 63 - usize(clz(bits));
    }
  }
  // Fewer than 64 bytes are left, all at the front: look at them from `start` and forget those at or past `at`.
  if (at > start) {
    const bits =
      join64(
        i8x16.bitmask(i8x16.eq(v128.load(start), wanted)),
        i8x16.bitmask(i8x16.eq(v128.load(start, 16), wanted)),
        i8x16.bitmask(i8x16.eq(v128.load(start, 32), wanted)),
        i8x16.bitmask(i8x16.eq(v128.load(start, 48), wanted)),
      ) &
      ((u64(1) << u64(at - start)) - 1);
    if (bits) return start + 63 - usize(clz(bits));
  }
  return start - 1;
}

/** Bit 0: some byte is not ASCII. Bit 1: some byte is NUL. One pass, for bytes that have just come. */
export function textFlags(start: usize, end: usize): u32 {
  const zero = i8x16.splat(0);
  let high = zero;
  let nuls = zero;
  let at = start;
  for (; end - at >= 64; at += 64) {
    const first = v128.load(at);
    const second = v128.load(at, 16);
    const third = v128.load(at, 32);
    const fourth = v128.load(at, 48);
    high = v128.or(high, v128.or(v128.or(first, second), v128.or(third, fourth)));
    // The least of four bytes is 0 where one of them is.
    nuls = v128.or(nuls, i8x16.eq(i8x16.min_u(i8x16.min_u(first, second), i8x16.min_u(third, fourth)), zero));
  }
  let flags: u32 = (i8x16.bitmask(high) != 0 ? 1 : 0) | (v128.any_true(nuls) ? 2 : 0);
  for (; at < end; at += 16) {
    const bytes = v128.load(at);
    const inside = lowBits(end - at);
    if (i8x16.bitmask(bytes) & inside) flags |= 1;
    if (i8x16.bitmask(i8x16.eq(bytes, zero)) & inside) flags |= 2;
  }
  return flags;
}

export function isAscii(start: usize, end: usize): bool {
  let at = start;
  for (; end - at >= 64; at += 64) {
    if (hasHighBit64(at)) return false;
  }
  for (; at < end; at += 16) {
    if (i8x16.bitmask(v128.load(at)) & lowBits(end - at)) return false;
  }
  return true;
}

/** Whether any of the 64 bytes at `at` is not ASCII. */
export function hasHighBit64(at: usize): bool {
  const front = v128.or(v128.load(at), v128.load(at, 16));
  const back = v128.or(v128.load(at, 32), v128.load(at, 48));
  return i8x16.bitmask(v128.or(front, back)) != 0;
}
