/** From bytes to columns: `portable/index-lines.ts` over WebAssembly memory. The state struct is in `../index-layout.ts`. */

import * as op from '../index-layout';
import { level, matchAny, messageEnd, messageStart, setProgram } from './index-machine';
import { coarseClass, skeletonHash } from './index-skeleton';
import { resetKeys } from './index-structured';
import { flags, hasTime, raw, resetMemo } from './index-time';

const HALF_YEAR_MS: i64 = 183 * 86400000;
const YEAR_MS: i64 = 366 * 86400000;
const HALF_DAY_MS: i64 = 43200000;
const DAY_MS: i64 = 86400000;

// S_BASE and S_LAST_RAW as integers, while a call lasts.
let blockBase: i64 = 0;
let lastMoment: i64 = 0;

// @ts-ignore: decorator
@inline
function bump(state: usize, field: usize): void {
  store<u32>(state + field, load<u32>(state + field) + 1);
}

// @ts-ignore: decorator
@inline
function newlinesAt(p: usize): v128 {
  return i8x16.eq(v128.load(p), i8x16.splat(10));
}

/** First newline in [p, end), or end; 64 bytes a step, so that the processor seldom guesses wrong where a line ends. */
// @ts-ignore: decorator
@inline
function newlineAt(p: usize, end: usize): usize {
  for (; p < end; p += 64) {
    const a = newlinesAt(p);
    const b = newlinesAt(p + 16);
    const c = newlinesAt(p + 32);
    const d = newlinesAt(p + 48);
    if (i8x16.bitmask(v128.or(v128.or(a, b), v128.or(c, d))) == 0) continue;
    const low = <u32>i8x16.bitmask(a) | (<u32>i8x16.bitmask(b) << 16);
    const high = <u32>i8x16.bitmask(c) | (<u32>i8x16.bitmask(d) << 16);
    const hits = <u64>low | (<u64>high << 32);
    return min<usize>(p + <usize>ctz(hits), end);
  }
  return end;
}

export function indexLines(state: usize): i32 {
  const program = <usize>load<u32>(state, op.S_PROGRAM);
  const base = <usize>load<u32>(state, op.S_BYTES);
  const limit = base + <usize>load<u32>(state, op.S_LIMIT);
  const isFinal = load<u32>(state, op.S_FINAL) != 0;
  let start = base + <usize>load<u32>(state, op.S_POSITION);
  let scanned = max<usize>(start, base + <usize>load<u32>(state, op.S_SCANNED));
  let lines = load<u32>(state, op.S_LINES);
  let crs = load<u32>(state, op.S_CRS);
  let hasRecord = load<u32>(state, op.S_HAS_RECORD) != 0;
  let status: i32 = op.INDEX_MORE;
  blockBase = <i64>load<f64>(state, op.S_BASE);
  lastMoment = <i64>load<f64>(state, op.S_LAST_RAW);
  setProgram(program);
  if (start == base) {
    resetMemo();
    resetKeys();
  }
  while (true) {
    if (start >= limit) {
      if (isFinal) status = op.INDEX_DONE;
      break;
    }
    const newline = newlineAt(scanned, limit);
    const isOpen = newline == limit;
    if (isOpen && !isFinal) {
      scanned = limit;
      break;
    }
    let end = newline;
    const hasCr = end > start && load<u8>(end - 1) == 13;
    if (hasCr) end--;

    const format = matchAny(start, end);
    if (format >= 0 || !hasRecord) {
      status = addRecord(state, format, base, start, end);
      if (status != op.INDEX_MORE) {
        scanned = start;
        break;
      }
      hasRecord = true;
    }
    if (format < 0) refuse(state, <u32>(start - base));
    else store<u32>(state, 0, op.S_REFUSED_RUN);
    if (hasCr && !isOpen) crs++;
    lines++;
    start = isOpen ? limit : newline + 1;
    scanned = start;
  }
  store<u32>(state, <u32>(start - base), op.S_POSITION);
  store<u32>(state, <u32>(scanned - base), op.S_SCANNED);
  store<u32>(state, lines, op.S_LINES);
  store<u32>(state, crs, op.S_CRS);
  store<u32>(state, <u32>hasRecord, op.S_HAS_RECORD);
  return status;
}

/** One more line that no format takes. */
// @ts-ignore: decorator
@inline
function refuse(state: usize, position: u32): void {
  const run = load<u32>(state, op.S_REFUSED_RUN) + 1;
  if (run == 1) store<u32>(state, position, op.S_REFUSED_AT);
  store<u32>(state, run, op.S_REFUSED_RUN);
  if (run <= load<u32>(state, op.S_REFUSED_MAX)) return;
  store<u32>(state, run, op.S_REFUSED_MAX);
  store<u32>(state, load<u32>(state, op.S_REFUSED_AT), op.S_REFUSED_MAX_AT);
}

/** INDEX_MORE when the record was added; else nothing was changed and the call is to be repeated after help. */
// @ts-ignore: decorator
@inline
function addRecord(state: usize, format: i32, base: usize, start: usize, end: usize): i32 {
  const count = load<u32>(state, op.S_COUNT);
  if (count == load<u32>(state, op.S_CAPACITY)) return op.INDEX_BLOCK_FULL;
  const position = <u32>(start - base);
  const isMatched = format >= 0;
  const recordLevel: u32 = isMatched ? level : 0;
  const isTimed = isMatched && hasTime;
  let moment: i64 = isTimed ? raw : 0;
  const nominal = moment;
  const recordFlags: u32 = isMatched ? (isTimed ? flags : 0) : op.FLAG_UNMATCHED;
  let rolls = load<i32>(state, op.S_ROLLS);
  if (isTimed && (recordFlags & (op.FLAG_YEARLESS | op.FLAG_DATELESS)) != 0) {
    const isDateless = (recordFlags & op.FLAG_DATELESS) != 0;
    if (load<u32>(state, op.S_HAS_PREVIOUS) != 0) {
      const step = moment - <i64>load<f64>(state, op.S_PREVIOUS_RAW);
      const half = isDateless ? HALF_DAY_MS : HALF_YEAR_MS;
      if (step < -half) rolls++;
      else if (step > half) rolls--;
    }
    moment += <i64>rolls * (isDateless ? DAY_MS : YEAR_MS);
  }

  let delta: i32 = op.TIME_NONE;
  if (isTimed) {
    if (load<u32>(state, op.S_HAS_BASE) == 0) {
      store<u32>(state, 1, op.S_HAS_BASE);
      store<f64>(state, <f64>moment, op.S_BASE);
      blockBase = moment;
    }
    const distance = moment - blockBase;
    if (distance >= op.TIME_MIN && distance <= 2147483647) delta = <i32>distance;
    else {
      const wide = load<u32>(state, op.S_WIDE_COUNT);
      if (wide == load<u32>(state, op.S_WIDE_CAPACITY)) return op.INDEX_BLOCK_FULL;
      const at = <usize>load<u32>(state, op.S_WIDE) + <usize>wide * 16;
      store<u32>(at, count);
      store<u32>(at, 0, 4);
      store<f64>(at, <f64>moment, 8);
      delta = op.TIME_WIDE;
    }
  }

  let skeleton: u32 = 0;
  if (load<u32>(state, op.S_SKIP_SKELETONS) == 0) {
    const hasMessage = isMatched && messageStart != 0;
    const from = hasMessage ? messageStart : start;
    const to = hasMessage ? messageEnd : end;
    const id = skeletonId(state, skeletonHash(from, to), position, from, to, base);
    if (id < 0) return op.INDEX_SKELETONS_FULL;
    skeleton = <u32>id;
  }

  if (delta == op.TIME_WIDE) bump(state, op.S_WIDE_COUNT);
  else if (isTimed) {
    if (delta < load<i32>(state, op.S_TIME_MIN)) store<i32>(state, delta, op.S_TIME_MIN);
    if (delta > load<i32>(state, op.S_TIME_MAX)) store<i32>(state, delta, op.S_TIME_MAX);
  }
  if (isTimed) {
    if (load<u32>(state, op.S_HAS_FIRST) == 0) {
      store<u32>(state, 1, op.S_HAS_FIRST);
      store<f64>(state, <f64>moment, op.S_FIRST_RAW);
    } else if (moment < lastMoment) bump(state, op.S_INVERSIONS);
    store<f64>(state, <f64>moment, op.S_LAST_RAW);
    lastMoment = moment;
    if ((recordFlags & (op.FLAG_YEARLESS | op.FLAG_DATELESS)) != 0) {
      store<f64>(state, <f64>nominal, op.S_PREVIOUS_RAW);
      store<u32>(state, 1, op.S_HAS_PREVIOUS);
      store<i32>(state, rolls, op.S_ROLLS);
    }
  } else bump(state, op.S_UNTIMED);

  const at = <usize>count;
  store<u32>(<usize>load<u32>(state, op.S_OFFSETS) + at * 4, position);
  store<i32>(<usize>load<u32>(state, op.S_TIMES) + at * 4, delta);
  store<u8>(<usize>load<u32>(state, op.S_LEVELS) + at, <u8>(recordLevel | recordFlags));
  store<u32>(<usize>load<u32>(state, op.S_SKELETONS) + at * 4, skeleton);
  store<u32>(state, count + 1, op.S_COUNT);
  store<u32>(state, load<u32>(state, op.S_FLAGS_SEEN) | recordFlags, op.S_FLAGS_SEEN);
  bump(state, <usize>op.S_LEVEL_COUNTS + <usize>recordLevel * 4);
  if (isMatched) {
    bump(state, <usize>op.S_FORMAT_COUNTS + <usize>format * 4);
    if (load<u32>(state, op.S_FIRST_RECORD) == 0xffffffff) store<u32>(state, position, op.S_FIRST_RECORD);
  }
  if (recordLevel >= 5) {
    if (load<u32>(state, op.S_FIRST_ERROR) == 0xffffffff) store<u32>(state, position, op.S_FIRST_ERROR);
    store<u32>(state, position, op.S_LAST_ERROR);
  }
  return op.INDEX_MORE;
}

// @ts-ignore: decorator
@inline
function tagOf(hash: u64): u32 {
  return <u32>(hash >> 32) & op.SLOT_TAG;
}

/** What the column holds for the skeleton hashed last, new or known (its count goes up); -1 when the table must grow first. */
// @ts-ignore: decorator
@inline
function skeletonId(state: usize, hash: u64, position: u32, from: usize, to: usize, base: usize): i64 {
  const slots = load<u32>(state, op.S_TABLE_SLOTS);
  const table = <usize>load<u32>(state, op.S_TABLE);
  const entries = <usize>load<u32>(state, op.S_ENTRIES);
  let slot = <u32>hash & (slots - 1);
  const tag = tagOf(hash);
  while (true) {
    const value = load<u32>(table + <usize>slot * 4);
    if (value == 0) break;
    const index = value ^ tag;
    if (index <= <u32>op.SLOT_INDEX) {
      const entry = entries + <usize>(index - 1) * op.ENTRY_BYTES;
      if (load<u64>(entry, op.ENTRY_HASH) == hash) {
        store<u32>(entry, load<u32>(entry, op.ENTRY_COUNT) + 1, op.ENTRY_COUNT);
        return index - 1;
      }
    }
    slot = (slot + 1) & (slots - 1);
  }
  return newSkeleton(state, hash, table + <usize>slot * 4, position, <u32>(from - base), to - from);
}

/** The same for one that has no entry; not inlined, which would slow down the others. */
function newSkeleton(state: usize, hash: u64, place: usize, position: u32, message: u32, length: usize): i64 {
  const entryCount = load<u32>(state, op.S_ENTRY_COUNT);
  if (entryCount >= load<u32>(state, op.S_ENTRY_LIMIT)) return <i64>(<u32>op.SKELETON_COARSE | coarseClass());
  if (entryCount >= load<u32>(state, op.S_ENTRY_CAPACITY)) return -1;
  const entry = <usize>load<u32>(state, op.S_ENTRIES) + <usize>entryCount * op.ENTRY_BYTES;
  store<u64>(entry, hash, op.ENTRY_HASH);
  store<u32>(entry, position, op.ENTRY_RECORD);
  store<u32>(entry, 1, op.ENTRY_COUNT);
  store<u32>(entry, message, op.ENTRY_MESSAGE);
  store<u16>(entry, <u16>min<usize>(length, op.SKELETON_BYTES), op.ENTRY_LENGTH);
  store<u16>(entry, <u16>coarseClass(), op.ENTRY_COARSE);
  store<u32>(place, tagOf(hash) | (entryCount + 1));
  store<u32>(state, entryCount + 1, op.S_ENTRY_COUNT);
  return entryCount;
}
