/**
 * Sets of records, a bit each, in little-endian u32 words.
 *
 *   for each word: dst = a op b
 *
 * The real code takes 16 bytes a step for the set operations and 8 for counting (i64.popcnt is one instruction; a vector
 * popcount is emulated on most machines), then the words left over one by one: nothing is ever written past the last
 * word. Every u32 word lies at a multiple of 4; the wider loads need no alignment in WebAssembly. `dst` may be `a` or
 * `b`: each step loads all it needs before it stores.
 */

export function bitsAnd(dst: usize, a: usize, b: usize, words: u32): void {
  const end = dst + (usize(words) << 2);
  for (; end - dst >= 16; dst += 16, a += 16, b += 16) v128.store(dst, v128.and(v128.load(a), v128.load(b)));
  for (; dst < end; dst += 4, a += 4, b += 4) store<u32>(dst, load<u32>(a) & load<u32>(b));
}

export function bitsOr(dst: usize, a: usize, b: usize, words: u32): void {
  const end = dst + (usize(words) << 2);
  for (; end - dst >= 16; dst += 16, a += 16, b += 16) v128.store(dst, v128.or(v128.load(a), v128.load(b)));
  for (; dst < end; dst += 4, a += 4, b += 4) store<u32>(dst, load<u32>(a) | load<u32>(b));
}

export function bitsAndNot(dst: usize, a: usize, b: usize, words: u32): void {
  const end = dst + (usize(words) << 2);
  for (; end - dst >= 16; dst += 16, a += 16, b += 16) v128.store(dst, v128.andnot(v128.load(a), v128.load(b)));
  for (; dst < end; dst += 4, a += 4, b += 4) store<u32>(dst, load<u32>(a) & ~load<u32>(b));
}

/** Clears the bits at and past `count` of the last word that holds one of [0, count). */
function clearPast(bits: usize, count: u32): void {
  const used = count & 31;
  if (used == 0) return;
  const last = bits + (usize(count >> 5) << 2);
  store<u32>(last, load<u32>(last) & ((1 << used) - 1));
}

function wordsFor(count: u32): u32 {
  return (count >> 5) + u32((count & 31) != 0);
}

export function bitsNot(dst: usize, a: usize, count: u32): void {
  const bits = dst;
  const end = dst + (usize(wordsFor(count)) << 2);
  for (; end - dst >= 16; dst += 16, a += 16) v128.store(dst, v128.not(v128.load(a)));
  for (; dst < end; dst += 4, a += 4) store<u32>(dst, ~load<u32>(a));
  clearPast(bits, count);
}

export function bitsFill(dst: usize, count: u32): void {
  memory.fill(dst, 0xff, usize(wordsFor(count)) << 2);
  clearPast(dst, count);
}

export function popcount(bits: usize, words: u32): u32 {
  const end = bits + (usize(words) << 2);
  let total: u64 = 0;
  for (; end - bits >= 32; bits += 32) {
    total += popcnt(load<u64>(bits)) + popcnt(load<u64>(bits, 8)) + popcnt(load<u64>(bits, 16)) + popcnt(load<u64>(bits, 24));
  }
  for (; bits < end; bits += 4) total += u64(popcnt(load<u32>(bits)));
  return u32(total);
}

export function bitsRank(bits: usize, index: u32): u32 {
  const whole = index >> 5;
  const used = index & 31;
  let rank = popcount(bits, whole);
  if (used) rank += popcnt(load<u32>(bits + (usize(whole) << 2)) & ((1 << used) - 1));
  return rank;
}

export function bitsSelect(bits: usize, words: u32, nth: u32): i32 {
  const end = bits + (usize(words) << 2);
  let at = bits;
  let left = nth;
  // Skip 256 bits a step while the bit looked for lies behind them, then 32 a step.
  for (; end - at >= 32; at += 32) {
    const here = u32(
      popcnt(load<u64>(at)) + popcnt(load<u64>(at, 8)) + popcnt(load<u64>(at, 16)) + popcnt(load<u64>(at, 24)),
    );
    if (left < here) break;
    left -= here;
  }
  for (; at < end; at += 4) {
    let word = load<u32>(at);
    const here = popcnt(word);
    if (left >= here) {
      left -= here;
      continue;
    }
    for (; left; left--) word &= word - 1;
    return i32(u32(at - bits) << 3) + i32(ctz(word));
  }
  return -1;
}

export function bitsNext(bits: usize, count: u32, index: u32): i32 {
  if (index >= count) return -1;
  const end = bits + (usize(wordsFor(count)) << 2);
  let at = bits + (usize(index >> 5) << 2);
  let word = load<u32>(at) & (u32(-1) << (index & 31));
  while (!word) {
    at += 4;
    // Long gaps, 512 bits a step.
    while (end - at >= 64) {
      const front = v128.or(v128.load(at), v128.load(at, 16));
      const back = v128.or(v128.load(at, 32), v128.load(at, 48));
      if (v128.any_true(v128.or(front, back))) break;
      at += 64;
    }
    if (at >= end) return -1;
    word = load<u32>(at);
  }
  const found = (u32(at - bits) << 3) + ctz(word);
  return found < count ? i32(found) : -1;
}

export function bitsPrevious(bits: usize, index: i32): i32 {
  if (index < 0) return -1;
  let at = bits + (usize(u32(index) >> 5) << 2);
  let word = load<u32>(at) & (u32(-1) >> (31 - (u32(index) & 31)));
  while (!word) {
    while (at - bits >= 64) {
      const front = v128.or(v128.load(at - 64), v128.load(at - 48));
      const back = v128.or(v128.load(at - 32), v128.load(at - 16));
      if (v128.any_true(v128.or(front, back))) break;
      at -= 64;
    }
    if (at == bits) return -1;
    at -= 4;
    word = load<u32>(at);
  }
  return i32(u32(at - bits) << 3) + 31 - i32(clz(word));
}
