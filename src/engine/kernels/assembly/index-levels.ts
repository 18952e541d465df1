/** Levels of the format machine: words through the program's level table, letters, numbers, and the scan of a message. */

import { LEVEL_SLOTS, PROGRAM_LEVELS, SCAN_BYTES } from '../index-layout';
import { digitsEnd, isDigit, isLetter, isWordByte, lettersEnd, numberOf } from './index-time';

/** Level code of the word [p, q), 0 when it is none, or when the table does not set `flag` (0: any) for it. */
// @ts-ignore: decorator
@inline
export function levelOfWord(program: usize, p: usize, q: usize, flag: u32): i32 {
  const length = q - p;
  if (length < 1 || length > 15) return 0;
  const mask: u64 = length >= 8 ? <u64>-1 : <u64>-1 >> (64 - <u64>length * 8);
  const word = (load<u64>(p) | 0x2020202020202020) & mask;
  const table = program + load<u16>(program, PROGRAM_LEVELS);
  const low = <u32>word;
  const high = <u32>(word >> 32);
  let slot = (((low ^ (high * 0x85ebca6b) ^ <u32>length) * 0x9e3779b1) >> 24) & (LEVEL_SLOTS - 1);
  while (true) {
    const at = table + <usize>slot * 16;
    const size = <usize>load<u8>(at, 8);
    if (size == 0) return 0;
    if (size == length && load<u64>(at) == word) return (<u32>load<u8>(at, 10) & flag) == flag ? <i32>load<u8>(at, 9) : 0;
    slot = (slot + 1) & (LEVEL_SLOTS - 1);
  }
}

/** -1 when the byte names no level; 0 for S, silent. */
export function levelOfLetter(byte: u32): i32 {
  switch (byte) {
    case 86:
    case 84:
      return 1;
    case 68:
      return 2;
    case 73:
    case 78:
      return 3;
    case 87:
      return 4;
    case 69:
      return 5;
    case 70:
    case 67:
    case 65:
      return 6;
    case 83:
      return 0;
    default:
      return -1;
  }
}

export function levelOfSeverity(severity: i32): i32 {
  return severity <= 2 ? 6 : severity == 3 ? 5 : severity == 4 ? 4 : severity == 7 ? 2 : 3;
}

export function levelOfNumber(value: i32): i32 {
  return value < 10 || value >= 70 ? 0 : value / 10;
}

/** Level code of a structured value; -1 when it names none. */
export function levelOfValue(program: usize, p: usize, end: usize): i32 {
  const digits = digitsEnd(p, end, 4);
  if (digits > p && digits == end) {
    const value = <i32>numberOf(p, digits);
    if (value < 8) return levelOfSeverity(value);
    const found = levelOfNumber(value);
    return found > 0 ? found : -1;
  }
  const q = lettersEnd(p, end, 16);
  if (q - p == 1) return levelOfLetter(<u32>load<u8>(p) & 0xdf);
  const found = levelOfWord(program, p, q, 0);
  return found > 0 ? found : -1;
}

// @ts-ignore: decorator
@inline
function isLevelKey(p: usize, q: usize): bool {
  const length = q - p;
  const word = load<u64>(p) | 0x2020202020202020;
  if (length == 5) return (word & 0xffffffffff) == 0x6c6576656c; // level
  if (length == 3) return (word & 0xffffff) == 0x6c766c; // lvl
  if (length == 8) return word == 0x7974697265766573; // severity
  return false;
}

/** Behind an ANSI colour sequence at p, where an escape stands, or p. */
export function skipColour(p: usize, end: usize): usize {
  let q = p + 1;
  if (q >= end || load<u8>(q) != 91) return p;
  q++;
  while (q < end && q - p < 32 && (isDigit(load<u8>(q)) || load<u8>(q) == 59)) q++;
  return q < end && load<u8>(q) == 109 ? q + 1 : p;
}

/** A level word within the first SCAN_BYTES of a message; see the portable twin for what counts as one. */
export function scanLevel(program: usize, p: usize, end: usize): i32 {
  const stop = end - p > <usize>SCAN_BYTES ? p + SCAN_BYTES : end;
  let q = p;
  let colourEnd: usize = 0;
  let isAfterKey = false;
  while (q < stop) {
    const first = load<u8>(q);
    if (!isLetter(first)) {
      const behindColour = first == 27 ? skipColour(q, end) : q;
      if (behindColour > q) colourEnd = q = behindColour;
      else q++;
      continue;
    }
    const start = q;
    let isUpper = true;
    while (q < end && q - start < 16) {
      const byte = <u32>load<u8>(q);
      if (!isLetter(byte)) break;
      if (byte >= 97) isUpper = false;
      q++;
    }
    const before: u32 = start > p && start != colourEnd ? load<u8>(start - 1) : 32;
    const behind: u32 = q < end ? load<u8>(q) : 32;
    if (!isWordByte(before) && !isWordByte(behind)) {
      const isBracketed = (before == 91 || before == 60 || before == 40) && (behind == 93 || behind == 62 || behind == 41);
      if (isUpper || isBracketed || behind == 58 || isAfterKey) {
        const found = levelOfWord(program, start, q, 1);
        if (found > 0) return found;
      }
    }
    isAfterKey = behind == 61 && isLevelKey(start, q);
  }
  return 0;
}
