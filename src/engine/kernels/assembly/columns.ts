/**
 * The columns of a block: times (i32 ms from the block's base; TIME_NONE and TIME_WIDE, below TIME_MIN, are none) and
 * levels (u8, code in the low 4 bits).
 *
 *   for each record: compare, set its bit
 *   for each record whose bit is set: add one to its level's, or its bin's, count
 *
 * The real code compares 32 records, one word of the result, a step. Loads may reach 63 bytes past a column's end; the
 * bits of records at or past `count` are cleared before the word is stored, so nothing that lies there is seen.
 */

import { TIME_MIN, TIME_NONE } from '../index-layout';
import { lowBits } from './scan';

const LEVEL_ROWS: u8 = 7;

/** The lowest `count` of 32 bits; all 32 when there are more. */
function lowBits32(count: u32): u32 {
  return count >= 32 ? u32.MAX_VALUE : (1 << count) - 1;
}

/** 0xFF in the lanes (level codes) whose bit is set in the low 16 bits of `mask`. */
function lanesOf(mask: u32): v128 {
  const powers = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  const spread = i8x16.swizzle(i16x8.splat(i16(mask)), i8x16(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
  return i8x16.eq(v128.and(spread, powers), powers);
}

export function markLevels(levels: usize, count: u32, levelMask: u32, bits: usize): void {
  const wanted = lanesOf(levelMask);
  const low = i8x16.splat(0x0f);
  for (let record: u32 = 0; record < count; record += 32, levels += 32, bits += 4) {
    const front = i8x16.bitmask(i8x16.swizzle(wanted, v128.and(v128.load(levels), low)));
    const back = i8x16.bitmask(i8x16.swizzle(wanted, v128.and(v128.load(levels, 16), low)));
    const word = (u32(front) | (u32(back) << 16)) & lowBits32(count - record);
    store<u32>(bits, load<u32>(bits) | word);
  }
}

/** A lane each for the 16 times at `times`: all ones when time < low or time > high. */
function outside16(times: usize, low: v128, high: v128): v128 {
  const a = v128.load(times);
  const b = v128.load(times, 16);
  const c = v128.load(times, 32);
  const d = v128.load(times, 48);
  return i8x16.narrow_i16x8_s(
    i16x8.narrow_i32x4_s(
      v128.or(i32x4.gt_s(low, a), i32x4.gt_s(a, high)),
      v128.or(i32x4.gt_s(low, b), i32x4.gt_s(b, high)),
    ),
    i16x8.narrow_i32x4_s(
      v128.or(i32x4.gt_s(low, c), i32x4.gt_s(c, high)),
      v128.or(i32x4.gt_s(low, d), i32x4.gt_s(d, high)),
    ),
  );
}

export function markTimes(times: usize, count: u32, start: i32, end: i32, bits: usize): void {
  if (end <= TIME_MIN) return;
  // What stands for "no time" is smaller than any time: a start above it leaves those records out by itself.
  const low = i32x4.splat(max(start, TIME_MIN));
  const high = i32x4.splat(end - 1);
  for (let record: u32 = 0; record < count; record += 16, times += 64, bits += 2) {
    const word = ~u32(i8x16.bitmask(outside16(times, low, high))) & lowBits(count - record);
    store<u16>(bits, load<u16>(bits) | u16(word));
  }
}

export function maxTime(times: usize, count: u32): i32 {
  let greatest = i32x4.splat(TIME_NONE);
  let record: u32 = 0;
  for (; count - record >= 16; record += 16, times += 64) {
    const front = i32x4.max_s(v128.load(times), v128.load(times, 16));
    const back = i32x4.max_s(v128.load(times, 32), v128.load(times, 48));
    greatest = i32x4.max_s(greatest, i32x4.max_s(front, back));
  }
  let result = max(
    max(i32x4.extract_lane(greatest, 0), i32x4.extract_lane(greatest, 1)),
    max(i32x4.extract_lane(greatest, 2), i32x4.extract_lane(greatest, 3)),
  );
  for (; record < count; record++, times += 4) result = max(result, load<i32>(times));
  return result < TIME_MIN ? TIME_NONE : result;
}

/** A bit each for the 32 records at `levels` whose code is `code`. */
function havingCode(levels: usize, code: u8): u32 {
  const low = i8x16.splat(0x0f);
  const wanted = i8x16.splat(code);
  const front = i8x16.bitmask(i8x16.eq(v128.and(v128.load(levels), low), wanted));
  const back = i8x16.bitmask(i8x16.eq(v128.and(v128.load(levels, 16), low), wanted));
  return u32(front) | (u32(back) << 16);
}

function add(counts: usize, amount: u32): void {
  store<u32>(counts, load<u32>(counts) + amount);
}

export function countLevels(levels: usize, count: u32, bits: usize, counts: usize): void {
  for (let record: u32 = 0; record < count; record += 32, levels += 32) {
    const chosen = (bits ? load<u32>(bits + (usize(record) >> 3)) : u32.MAX_VALUE) & lowBits32(count - record);
    let rest = chosen;
    for (let code: u8 = 0; rest && code < 16; code++) {
      const having = havingCode(levels, code) & rest;
      add(counts + (usize(code) << 2), popcnt(having));
      rest ^= having;
    }
  }
}

/** Adds to each level's row at `cell` how many of the chosen 32 have that level; row 0 takes all codes without a row. */
function addLevels(levels: usize, chosen: u32, cell: usize, rowBytes: usize): void {
  let rest = chosen;
  let row = cell;
  for (let code: u8 = 1; code < LEVEL_ROWS; code++) {
    row += rowBytes;
    const having = havingCode(levels, code) & rest;
    add(row, popcnt(having));
    rest ^= having;
    if (!rest) return;
  }
  add(cell, popcnt(rest));
}

// Times of the range that `histogram` is in, both included, and its cell in row 0, or 0 when it lies left or right of the
// bins. Globals, because a function has one result and there is no heap for a second.
let lowest: i32 = 0;
let highest: i32 = 0;
let cell: usize = 0;

/** The nearest i32. */
function clampToTime(moment: f64): i32 {
  return i32(Math.min(Math.max(moment, f64(i32.MIN_VALUE)), f64(i32.MAX_VALUE)));
}

/**
 * Enters the range of a time. Its bin is floor((time + base) / binMs); the division is a multiplication by the reciprocal,
 * whose rounding can miss by one next to an edge, and the remainder, exact for whole numbers below 2^53, puts that right.
 */
function enterRange(time: i32, base: f64, binMs: f64, perMs: f64, binCount: u32, counts: usize): void {
  const moment = f64(time) + base;
  let bin = Math.floor(moment * perMs);
  const past = moment - bin * binMs;
  if (past < 0) bin -= 1;
  else if (past >= binMs) bin += 1;

  if (bin < 0) {
    lowest = TIME_MIN;
    highest = clampToTime(-base - 1);
    cell = 0;
  } else if (bin >= f64(binCount)) {
    lowest = clampToTime(f64(binCount) * binMs - base);
    highest = i32.MAX_VALUE;
    cell = 0;
  } else {
    lowest = max(clampToTime(bin * binMs - base), TIME_MIN);
    highest = clampToTime((bin + 1) * binMs - base - 1);
    cell = counts + (usize(bin) << 2);
  }
}

/**
 * Records come nearly in order, so that 32 in a row mostly lie in one bin: their times are compared with the bin's range at
 * once, and each level adds its popcount. Where they do not, they go one by one, entering another range where they must.
 */
export function histogram(
  times: usize, levels: usize, count: u32, bits: usize, base: f64, binMs: f64, binCount: u32, counts: usize,
): u32 {
  const perMs = 1.0 / binMs;
  const rowBytes = usize(binCount) << 2;
  let untimed: u32 = 0;
  lowest = i32.MAX_VALUE;
  highest = TIME_NONE;
  cell = 0;
  for (let record: u32 = 0; record < count; record += 32, times += 128, levels += 32) {
    let chosen = (bits ? load<u32>(bits + (usize(record) >> 3)) : u32.MAX_VALUE) & lowBits32(count - record);
    if (!chosen) continue;

    const low = i32x4.splat(lowest);
    const high = i32x4.splat(highest);
    const outside = u32(i8x16.bitmask(outside16(times, low, high))) | (u32(i8x16.bitmask(outside16(times + 64, low, high))) << 16);
    if (!(outside & chosen)) {
      if (cell) addLevels(levels, chosen, cell, rowBytes);
      continue;
    }
    for (; chosen; chosen &= chosen - 1) {
      const lane = usize(ctz(chosen));
      const time = load<i32>(times + (lane << 2));
      if (time < TIME_MIN) {
        untimed += u32(time == TIME_NONE);
        continue;
      }
      if (time < lowest || time > highest) enterRange(time, base, binMs, perMs, binCount, counts);
      if (!cell) continue;
      const code = u32(load<u8>(levels + lane)) & 0x0f;
      add(cell + (code < u32(LEVEL_ROWS) ? usize(code) * rowBytes : 0), 1);
    }
  }
  return untimed;
}
