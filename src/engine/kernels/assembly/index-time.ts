/** Times of the format machine: fields, the memo of the last date and clock, zones and epochs. See `portable/index-machine.ts`. */

import {
  FLAG_ABSOLUTE,
  FLAG_DATELESS,
  FLAG_YEARLESS,
  MEMO_BYTES,
  PROGRAM_ZONES,
  SLOT_DAY,
  SLOT_HOUR,
  SLOT_HOUR12,
  SLOT_MINUTE,
  SLOT_MONTH,
  SLOT_YEAR,
  SLOT_YEAR2,
  ZONE_ENTRY,
} from '../index-layout';
import { areDigits, areLetters } from './index-bytes';

const HAS_YEAR: u32 = 1;
const HAS_MONTH: u32 = 2;
const HAS_DAY: u32 = 4;
const HAS_ZONE: u32 = 8;
const HAS_EPOCH: u32 = 16;

export let hasTime: bool = false;
/** Ms; whole, and below 2^53 as in the twin, so that sums and comparisons are of integers. */
export let raw: i64 = 0;
export let flags: u32 = 0;

let year: i32 = 2000;
let month: i32 = 1;
let day: i32 = 1;
let hour: i32 = 0;
let minute: i32 = 0;
let second: i32 = 0;
let isPm: i32 = -1;
let has: u32 = 0;
let base: i64 = 0;
let isBaseKnown: bool = false;
let fraction: i32 = 0;
let zone: i32 = 0;
let timeStart: usize = 0;

/** The word that was no zone last: where a level may stand in a zone's place, it does so in every line. */
let lastNoZone: u64 = 0;
let lastNoZoneProgram: usize = 0;

let memoAt: usize = 0; // 0: nothing is remembered
let memoLength: usize = 0;
let memoBase: i64 = 0;
let memoHas: u32 = 0;
let memoZone: i32 = 0;
let memoEnding: i32 = 0;
const ENDS_OTHERWISE: i32 = 0;
const ENDS_IN_DIGIT: i32 = 1;
const ENDS_IN_OFFSET: i32 = 2; // ±hh, which :mm may follow
const ENDS_IN_LETTER: i32 = 3;
/** The text, and a mask of as many bytes, both filled up with zeros: three comparisons of 16 bytes see it all. */
const memoText: usize = memory.data(48, 16);
const memoMask: usize = memory.data(48, 16);

export function setHasTime(value: bool): void {
  hasTime = value;
}

export function setFlags(value: u32): void {
  flags = value;
}

export function resetMemo(): void {
  memoAt = 0;
  lastNoZone = 0;
}

// @ts-ignore: decorator
@inline
export function isDigit(byte: u32): bool {
  return byte - 48 < 10;
}

// @ts-ignore: decorator
@inline
export function isLetter(byte: u32): bool {
  return (byte | 32) - 97 < 26;
}

// @ts-ignore: decorator
@inline
export function isWordByte(byte: u32): bool {
  return isLetter(byte) || isDigit(byte) || byte == 95 || byte >= 128;
}

/** The first of [p, p + 16) whose bit is not set; p + 16 when all are. */
// @ts-ignore: decorator
@inline
function behindRun(p: usize, bits: i32): usize {
  return p + <usize>ctz(~bits);
}

// Runs are found without a loop, so that a processor has nothing to guess: most are shorter than 16 bytes.
// @ts-ignore: decorator
@inline
export function digitsEnd(p: usize, end: usize, most: usize): usize {
  const stop = end - p > most ? p + most : end;
  let q = behindRun(p, i8x16.bitmask(areDigits(v128.load(p))));
  if (most > 16 && q == p + 16) while (q < stop && isDigit(load<u8>(q))) q++;
  return min<usize>(q, stop);
}

/** At most 16. */
// @ts-ignore: decorator
@inline
export function lettersEnd(p: usize, end: usize, most: usize): usize {
  const stop = end - p > most ? p + most : end;
  return min<usize>(behindRun(p, i8x16.bitmask(areLetters(v128.load(p)))), stop);
}

// @ts-ignore: decorator
@inline
export function numberOf(p: usize, q: usize): i64 {
  let value: i64 = 0;
  for (; p < q; p++) value = value * 10 + <i64>load<u8>(p) - 48;
  return value;
}

// @ts-ignore: decorator
@inline
export function beginTime(p: usize): void {
  timeStart = p;
  year = 2000;
  month = 1;
  day = 1;
  hour = 0;
  minute = 0;
  second = 0;
  isPm = -1;
  has = 0;
  base = 0;
  isBaseKnown = false;
  fraction = 0;
  zone = 0;
}

// @ts-ignore: decorator
@inline
function differs(p: usize, offset: usize): v128 {
  return v128.and(v128.xor(v128.load(p + offset), v128.load(memoText + offset)), v128.load(memoMask + offset));
}

/**
 * Length of the remembered text when it stands at p and would be read to just there; else 0, and nothing is changed.
 * Takes the place of beginTime and of all up to OP_TIME_MEMO.
 *
 * @param memo  which one, told apart by program too
 */
// @ts-ignore: decorator
@inline
export function memoHit(memo: usize, p: usize, end: usize): usize {
  const length = memoLength;
  if (memoAt != memo || length > end - p) return 0;
  let difference = v128.or(differs(p, 0), differs(p, 16));
  if (length > 32) difference = v128.or(difference, differs(p, 32));
  if (v128.any_true(difference)) return 0;
  const behind = p + length;
  if (behind < end && mayGoOn(behind, end)) return 0;
  timeStart = p;
  base = memoBase;
  isBaseKnown = true;
  has = memoHas;
  zone = memoZone;
  fraction = 0;
  return length;
}

/** What the remembered text ends in, a digit, an offset of hours or a letter, might take in what is at `behind`. */
// @ts-ignore: decorator
@inline
function mayGoOn(behind: usize, end: usize): bool {
  const next = <u32>load<u8>(behind);
  if (memoEnding == ENDS_IN_DIGIT) return isDigit(next);
  return memoEnding != ENDS_OTHERWISE && mayGoOnLonger(next, behind, end);
}

function mayGoOnLonger(next: u32, behind: usize, end: usize): bool {
  if (memoEnding == ENDS_IN_LETTER) return next == 46 || isWordByte(next);
  return isDigit(next) || (next == 58 && behind + 1 < end && isDigit(load<u8>(behind, 1)));
}

/** Date and clock are complete at p: computes them and remembers their text. False when there is no such day. */
export function keepMemo(memo: usize, p: usize): bool {
  if (!computeBase()) return false;
  const length = p - timeStart;
  if (length <= <usize>MEMO_BYTES) {
    memory.fill(memoText, 0, 48);
    memory.fill(memoMask, 0, 48);
    memory.copy(memoText, timeStart, length);
    memory.fill(memoMask, 255, length);
    memoAt = memo;
    memoLength = length;
    memoBase = base;
    memoHas = has;
    memoZone = zone;
    const last = <u32>load<u8>(p - 1);
    if (isLetter(last)) memoEnding = ENDS_IN_LETTER; // a name; "a.m", which a dot may follow
    else if (!isDigit(last)) memoEnding = ENDS_OTHERWISE;
    else memoEnding = (has & HAS_ZONE) != 0 ? ENDS_IN_OFFSET : ENDS_IN_DIGIT;
  }
  return true;
}

/** OP_NUM at `code`; the position behind the number, or 0. */
export function timeNumber(code: usize, p: usize, end: usize): usize {
  const q = digitsEnd(p, end, load<u8>(code, 3));
  if (q - p < <usize>load<u8>(code, 2)) return 0;
  let value: i32 = 0;
  for (let at = p; at < q; at++) value = value * 10 + <i32>load<u8>(at) - 48;
  if (value < <i32>load<u16>(code, 4) || value > <i32>load<u16>(code, 6)) return 0;
  switch (<i32>load<u8>(code, 1)) {
    case SLOT_YEAR:
      year = value;
      has |= HAS_YEAR;
      break;
    case SLOT_YEAR2:
      year = value + (value < 70 ? 2000 : 1900);
      has |= HAS_YEAR;
      break;
    case SLOT_MONTH:
      month = value;
      has |= HAS_MONTH;
      break;
    case SLOT_DAY:
      day = value;
      has |= HAS_DAY;
      break;
    case SLOT_HOUR:
      hour = value;
      break;
    case SLOT_HOUR12:
      hour = value;
      if (isPm < 0) isPm = 2;
      break;
    case SLOT_MINUTE:
      minute = value;
      break;
    default:
      second = value;
  }
  return q;
}

// @ts-ignore: decorator
@inline
function packed3(p: usize): u32 {
  return (load<u8>(p) | 32) | ((load<u8>(p, 1) | 32) << 8) | (<u32>(load<u8>(p, 2) | 32) << 16);
}

/** Position behind an English month name, or 0. */
export function monthName(p: usize, end: usize): usize {
  if (end - p < 3) return 0;
  const name = packed3(p);
  let found = 0;
  if (name == 0x6e616a) found = 1;
  else if (name == 0x626566) found = 2;
  else if (name == 0x72616d) found = 3;
  else if (name == 0x727061) found = 4;
  else if (name == 0x79616d) found = 5;
  else if (name == 0x6e756a) found = 6;
  else if (name == 0x6c756a) found = 7;
  else if (name == 0x677561) found = 8;
  else if (name == 0x706573) found = 9;
  else if (name == 0x74636f) found = 10;
  else if (name == 0x766f6e) found = 11;
  else if (name == 0x636564) found = 12;
  else return 0;
  month = found;
  has |= HAS_MONTH;
  return lettersEnd(p, end, 9);
}

/** Position behind an English day name, or 0. */
export function dayName(p: usize, end: usize): usize {
  if (end - p < 3) return 0;
  const name = packed3(p);
  const isDay =
    name == 0x6e7573 || name == 0x6e6f6d || name == 0x657574 || name == 0x646577 || name == 0x756874 || name == 0x697266 || name == 0x746173;
  return isDay ? lettersEnd(p, end, 9) : 0;
}

// @ts-ignore: decorator
@inline
function byteAt(p: usize, end: usize): u32 {
  return p < end ? <u32>load<u8>(p) : 0xffffffff;
}

export function amPm(p: usize, end: usize): usize {
  const first = byteAt(p, end) | 32;
  const isDotted = byteAt(p + 1, end) == 46;
  const letter = byteAt(isDotted ? p + 2 : p + 1, end) | 32;
  if ((first != 97 && first != 112) || letter != 109) return 0;
  isPm = first == 112 ? 1 : 0;
  if (!isDotted) return p + 2;
  return byteAt(p + 3, end) == 46 ? p + 4 : p + 3;
}

export function readFraction(p: usize, end: usize): usize {
  const q = digitsEnd(p, end, 18);
  if (q == p) return 0;
  fraction = (<i32>load<u8>(p) - 48) * 100;
  if (q > p + 1) fraction += (<i32>load<u8>(p, 1) - 48) * 10;
  if (q > p + 2) fraction += <i32>load<u8>(p, 2) - 48;
  return q;
}

export function readMillis(p: usize, end: usize): usize {
  const q = digitsEnd(p, end, 3);
  if (q == p) return 0;
  fraction = <i32>numberOf(p, q);
  return q;
}

/** @see https://howardhinnant.github.io/date_algorithms.html#days_from_civil */
function daysFromCivil(y0: i32, m: i32, d: i32): i32 {
  const y = m <= 2 ? y0 - 1 : y0;
  const era = (y >= 0 ? y : y - 399) / 400;
  const yearOfEra = y - era * 400;
  const dayOfYear = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

function computeBase(): bool {
  if (isBaseKnown) return true;
  const isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  let dayCount = 31;
  if (month == 2) dayCount = isLeap ? 29 : 28;
  else if (month == 4 || month == 6 || month == 9 || month == 11) dayCount = 30;
  if (day > dayCount) return false;
  let h = hour;
  if (isPm == 1 && h < 12) h += 12;
  else if (isPm == 0 && h == 12) h = 0;
  const days = (has & (HAS_MONTH | HAS_DAY)) != 0 ? daysFromCivil(year, month, day) : 0;
  base = <i64>days * 86400000 + <i64>(h * 3600000 + minute * 60000 + second * 1000);
  isBaseKnown = true;
  return true;
}

export function endTime(): bool {
  if ((has & HAS_EPOCH) != 0) {
    flags = FLAG_ABSOLUTE;
    raw = base;
  } else {
    if (!computeBase()) return false;
    flags = (has & (HAS_MONTH | HAS_DAY)) == 0 ? FLAG_DATELESS : (has & HAS_YEAR) == 0 ? FLAG_YEARLESS : 0;
    raw = base + <i64>fraction;
    if (flags == 0 && (has & HAS_ZONE) != 0) {
      flags = FLAG_ABSOLUTE;
      raw -= <i64>zone * 60000;
    }
  }
  hasTime = true;
  return true;
}

/** Z, ±hh, ±hhmm, ±hh:mm or a name of the program's zone table. Position behind it, or 0. */
export function readZone(program: usize, p: usize, end: usize): usize {
  const first = byteAt(p, end);
  if (first == 43 || first == 45) {
    let q = digitsEnd(p + 1, end, 2);
    if (q - p != 3) return 0;
    const hours = <i32>numberOf(p + 1, q);
    let minutes = 0;
    const rest = byteAt(q, end) == 58 ? q + 1 : q;
    if (rest < end && digitsEnd(rest, end, 2) - rest == 2) {
      minutes = <i32>numberOf(rest, rest + 2);
      q = rest + 2;
    }
    if (hours > 18 || minutes > 59) return 0;
    zone = (hours * 60 + minutes) * (first == 45 ? -1 : 1);
    has |= HAS_ZONE;
    return q;
  }
  const q = lettersEnd(p, end, 8);
  if (q == p || (q < end && isWordByte(load<u8>(q)))) return 0;
  const length = <u64>(q - p);
  const name = load<u64>(p) & (<u64>-1 >> (64 - length * 8));
  if (name == lastNoZone && program == lastNoZoneProgram) return 0;
  for (let at = program + load<u16>(program, PROGRAM_ZONES); load<u8>(at) != 0; at += ZONE_ENTRY) {
    if (load<u64>(at) == name) {
      zone = <i32>load<i16>(at, 8);
      has |= HAS_ZONE;
      return q;
    }
  }
  lastNoZone = name;
  lastNoZoneProgram = program;
  return 0;
}

/** unit 0 s, 1 ms, 2 µs, 3 ns, 4 by the number of digits. Position behind it, or 0. */
export function readEpoch(p: usize, end: usize, unit: u32): usize {
  let q = digitsEnd(p, end, 20);
  const length = <i32>(q - p);
  let kind = unit;
  if (unit == 4) {
    if (length >= 9 && length <= 10) kind = 0;
    else if (length >= 12 && length <= 13) kind = 1;
    else if (length >= 15 && length <= 16) kind = 2;
    else if (length >= 18 && length <= 19) kind = 3;
    else return 0;
  }
  const least = kind == 0 ? 9 : kind == 1 ? 12 : kind == 2 ? 15 : 18;
  if (length < least || length > least + 2 || (q < end && isDigit(load<u8>(q)))) return 0;
  let ms: i64 = 0;
  if (kind == 0) {
    ms = numberOf(p, q) * 1000;
    if (byteAt(q, end) == 46 && q + 1 < end && isDigit(load<u8>(q + 1))) {
      const from = q + 1;
      q = digitsEnd(from, end, 18);
      ms += <i64>((<i32>load<u8>(from) - 48) * 100);
      if (q > from + 1) ms += <i64>((<i32>load<u8>(from, 1) - 48) * 10);
      if (q > from + 2) ms += <i64>(<i32>load<u8>(from, 2) - 48);
    }
  } else ms = numberOf(p, q - <usize>((kind - 1) * 3));
  base = ms;
  isBaseKnown = true;
  has |= HAS_EPOCH;
  return q;
}
