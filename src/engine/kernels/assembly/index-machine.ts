/**
 * The format machine over WebAssembly memory: `portable/index-machine.ts` is its definition and explains the idea.
 * Positions are absolute; 0 means "failed". Fields are skipped: only details of a single record need them.
 */

import * as op from '../index-layout';
import { levelOfLetter, levelOfNumber, levelOfSeverity, levelOfWord, scanLevel, skipColour } from './index-levels';
import { closingQuote, readJson, readLogfmt } from './index-structured';
import {
  amPm,
  beginTime,
  dayName,
  digitsEnd,
  endTime,
  hasTime,
  isDigit,
  isWordByte,
  keepMemo,
  lettersEnd,
  memoHit,
  monthName,
  numberOf,
  readEpoch,
  readFraction,
  readMillis,
  readZone,
  setFlags,
  setHasTime,
  timeNumber,
} from './index-time';

export let level: i32 = 0;
export let messageStart: usize = 0; // 0: none
export let messageEnd: usize = 0;

let program: usize = 0;

export function setProgram(at: usize): void {
  program = at;
}

export function setLevel(value: i32): void {
  level = value;
}

export function setMessage(start: usize, end: usize): void {
  messageStart = start;
  messageEnd = end;
}

// {u32 address, u32 position, i32 level, u32 has time} × STACK_FRAMES, for a program and the time program inside it.
const FRAME = 16;
const stacks: usize = memory.data(2 * 64 * 16, 16);
let depth: usize = 0;

/** The first format in order that accepts the line, so that a line reads the same wherever a shard begins; its index, or -1. */
export function matchAny(start: usize, end: usize): i32 {
  const count = <i32>load<u16>(program, op.PROGRAM_FORMATS);
  for (let format = 0; format < count; format++) if (matchOne(format, start, end)) return format;
  return -1;
}

// @ts-ignore: decorator
@inline
function matchOne(format: i32, start: usize, end: usize): bool {
  level = 0;
  messageStart = 0;
  messageEnd = 0;
  setHasTime(false);
  setFlags(0);
  depth = 0;
  return run(program + load<u16>(program + op.PROGRAM_ENTRIES + 2 * format), start, end) != 0;
}

// @ts-ignore: decorator
@inline
function hasText(p: usize, end: usize, text: usize, length: usize): bool {
  if (length > end - p) return false;
  for (let i: usize = 0; i < length; i++) if (load<u8>(p + i) != load<u8>(text + i)) return false;
  return true;
}

// @ts-ignore: decorator
@inline
function isBlank(byte: u32): bool {
  return byte == 32 || byte == 9;
}

/** Behind the blanks at p: nearly always one or two, so the first is looked at alone. */
// @ts-ignore: decorator
@inline
function skipBlanks(p: usize, end: usize): usize {
  if (p >= end || !isBlank(load<u8>(p))) return p;
  return moreBlanks(p + 1, end);
}

function moreBlanks(p: usize, end: usize): usize {
  while (p < end && isBlank(load<u8>(p))) p++;
  return p;
}

/** Behind a UTF-8 byte order mark at p, or p. */
function skipMark(p: usize, end: usize): usize {
  return end - p >= 3 && (load<u32>(p) & 0xffffff) == 0xbfbbef ? p + 3 : p;
}

/** Behind blanks, a byte order mark and blanks at p. */
// @ts-ignore: decorator
@inline
function messageAt(p: usize, end: usize): usize {
  return p < end && <u32>load<u8>(p) - 33 < 0xef - 33 ? p : skipBlanks(skipMark(skipBlanks(p, end), end), end);
}

/** Of letters, at most 16. */
// @ts-ignore: decorator
@inline
function isUpperCase(p: usize, q: usize): bool {
  const lower = i8x16.bitmask(i8x16.gt_s(v128.load(p), i8x16.splat(96)));
  return (lower & ((1 << <i32>(q - p)) - 1)) == 0;
}

/** First of the stop bytes at or after p, or end; 16 bytes a step. */
// @ts-ignore: decorator
@inline
function until(p: usize, end: usize, stops: usize): usize {
  const a = v128.load8_splat(stops);
  const b = v128.load8_splat(stops + 1);
  const c = v128.load8_splat(stops + 2);
  const d = v128.load8_splat(stops + 3);
  while (p < end) {
    const bytes = v128.load(p);
    const hits = i8x16.bitmask(v128.or(v128.or(i8x16.eq(bytes, a), i8x16.eq(bytes, b)), v128.or(i8x16.eq(bytes, c), i8x16.eq(bytes, d))));
    if (hits != 0) return min<usize>(p + <usize>ctz(hits), end);
    p += 16;
  }
  return end;
}

function untilText(p: usize, end: usize, text: usize, length: usize): usize {
  const first = v128.load8_splat(text);
  while (p + length <= end) {
    const hits = i8x16.bitmask(i8x16.eq(v128.load(p), first));
    if (hits == 0) {
      p += 16;
      continue;
    }
    p += <usize>ctz(hits);
    if (p + length > end) return 0;
    if (hasText(p, end, text, length)) return p;
    p++;
  }
  return 0;
}

function nested(p: usize, end: usize): usize {
  if (p >= end) return 0;
  const open = load<u8>(p);
  const close: u8 = open == 40 ? 41 : open == 91 ? 93 : open == 123 ? 125 : 0;
  if (close == 0) return 0;
  let depth = 0;
  for (; p < end; p++) {
    const byte = load<u8>(p);
    if (byte == open) depth++;
    else if (byte == close && --depth == 0) return p + 1;
  }
  return 0;
}

/** Behind the cell of a table at p, which may be empty; a quoted one that is not closed goes to the line's end. */
function cell(p: usize, end: usize, delimiter: u32, isMessage: bool): usize {
  if (delimiter != 32) while (p < end && load<u8>(p) == 32) p++;
  const isQuoted = p < end && load<u8>(p) == 34;
  const start = isQuoted ? p + 1 : p;
  let stop: usize = 0;
  if (isQuoted) {
    p++;
    while (stop == 0 && p < end) {
      if (load<u8>(p) != 34) p++;
      else if (p + 1 < end && load<u8>(p, 1) == 34) p += 2;
      else stop = p;
    }
  }
  while (p < end && load<u8>(p) != delimiter) p++;
  if (isMessage) {
    messageStart = start;
    messageEnd = stop == 0 ? p : stop;
  }
  return p;
}

/** "Caused by:" begins at p. */
function isCausedBy(p: usize, end: usize): bool {
  return end - p >= 10 && load<u64>(p) == 0x6220646573756143 && load<u16>(p, 8) == 0x3a79;
}

/**
 * Runs from the instruction at `pc`; the position behind what matched, or 0.
 *
 * An instruction that succeeds goes on at once; one that fails leaves p and pc as they are and falls out of the switch,
 * to what failing means. An instruction that has a certain other behind it in most programs stands before that in the
 * switch and falls through to it, which spares a turn of the loop (5 % of a header, measured 2026-11):
 *
 *   TEST ► CHOICE          TIME_BEGIN (remembered) ► CLASS ► FRACTION ► TIME_END (blanks) ► LEVEL (blanks) ► BYTE ► UNTIL
 *   MESSAGE ► COMMIT ► ACCEPT          FIELD_BEGIN ► UNTIL_TEXT ► FIELD_END
 */
export function run(pc: usize, p: usize, end: usize): usize {
  const bottom = stacks + depth * 64 * FRAME;
  let top = bottom;
  let guarded: usize = 0; // the instruction that OP_MAYBE lets fail
  let guardedAt: usize = 0;
  depth++;
  while (true) {
    switch (<i32>load<u8>(pc)) {
      case op.OP_MESSAGE: {
        messageStart = messageAt(p, end);
        messageEnd = end;
        p = end;
        pc += 1;
        if (load<u8>(pc) != op.OP_COMMIT) continue;
        // falls through
      }
      case op.OP_COMMIT: {
        top -= FRAME;
        pc = program + load<u16>(pc, 1);
        if (load<u8>(pc) != op.OP_ACCEPT) continue;
        // falls through
      }
      case op.OP_ACCEPT: {
        depth--;
        return p;
      }
      case op.OP_TIME_BEGIN: {
        const behind = <usize>load<u16>(pc, 1);
        const length: usize = behind == 0 ? 0 : memoHit(program + load<u16>(pc, 3), p, end);
        if (length == 0) {
          beginTime(p);
          pc += 5;
          continue;
        }
        p += length;
        pc = program + behind;
        if (load<u8>(pc) != op.OP_CLASS) continue;
        // falls through
      }
      case op.OP_CLASS: {
        if (p >= end) break;
        const length = <usize>load<u8>(pc, 1);
        const byte = load<u8>(p);
        let i: usize = 0;
        while (i < length && load<u8>(pc + i, 2) != byte) i++;
        if (i == length) break;
        p++;
        pc += 2 + length;
        if (load<u8>(pc) != op.OP_FRACTION) continue;
        // falls through
      }
      case op.OP_FRACTION: {
        const q = readFraction(p, end);
        if (q == 0) break;
        p = q;
        pc += 1;
        if (load<u8>(pc) != op.OP_TIME_END) continue;
        // falls through
      }
      case op.OP_TIME_END: {
        if (!endTime()) break;
        pc += 1;
        if (load<u8>(pc) == op.OP_BLANKS && p < end && isBlank(load<u8>(p))) {
          p = skipBlanks(p + 1, end);
          pc += 1;
        }
        if (load<u8>(pc) != op.OP_LEVEL_UPPER) continue;
        // falls through
      }
      case op.OP_LEVEL_WORD:
      case op.OP_LEVEL_UPPER: {
        const q = lettersEnd(p, end, 16);
        const isUpper = load<u8>(pc) == op.OP_LEVEL_UPPER;
        if ((q < end && isWordByte(load<u8>(q))) || (isUpper && !isUpperCase(p, q))) break;
        const found = levelOfWord(program, p, q, isUpper ? 2 : 0);
        if (found <= 0) break;
        level = found;
        p = q;
        pc += 1;
        if (load<u8>(pc) == op.OP_BLANKS && p < end && isBlank(load<u8>(p))) {
          p = skipBlanks(p + 1, end);
          pc += 1;
        }
        if (load<u8>(pc) != op.OP_BYTE) continue;
        // falls through
      }
      case op.OP_BYTE: {
        if (p >= end || load<u8>(p) != load<u8>(pc, 1)) break;
        p++;
        pc += 2;
        if (load<u8>(pc) != op.OP_UNTIL) continue;
        // falls through
      }
      case op.OP_UNTIL: {
        const q = until(p, end, pc + 2);
        if (q == p) break;
        p = q;
        pc += 6;
        // Whatever stopped it comes next; what does not fit is left to fail in its turn.
        if (p >= end) continue;
        const byte = load<u8>(p);
        if (load<u8>(pc) == op.OP_BYTE && byte == load<u8>(pc, 1)) {
          p++;
          pc += 2;
        } else if (load<u8>(pc) == op.OP_BLANKS && isBlank(byte)) {
          p = skipBlanks(p + 1, end);
          pc += 1;
        }
        continue;
      }
      case op.OP_FIELD_BEGIN: {
        pc += 2;
        if (load<u8>(pc) != op.OP_UNTIL_TEXT) continue;
        // falls through
      }
      case op.OP_UNTIL_TEXT: {
        const length = <usize>load<u8>(pc, 1);
        const q = untilText(p, end, pc + 2, length);
        if (q == 0) break;
        p = q;
        pc += 2 + length;
        if (load<u8>(pc) != op.OP_FIELD_END) continue;
        // falls through
      }
      case op.OP_FIELD_END: {
        pc += 2;
        continue;
      }
      case op.OP_START: {
        messageStart = messageAt(p, end);
        messageEnd = end;
        pc += 1;
        continue;
      }
      case op.OP_TEST: {
        if (p < end) {
          const byte = <u32>load<u8>(p);
          if (((<u32>load<u8>(pc + (byte >> 3), 3) >> (byte & 7)) & 1) == 0) {
            pc = program + load<u16>(pc, 1);
            continue;
          }
        }
        pc += 35;
        if (load<u8>(pc) != op.OP_CHOICE) continue;
        // falls through
      }
      case op.OP_CHOICE: {
        if (top == bottom + op.STACK_FRAMES * FRAME) {
          depth--;
          return 0;
        }
        store<u32>(top, <u32>load<u16>(pc, 1));
        store<u32>(top, <u32>p, 4);
        store<i32>(top, level, 8);
        store<u32>(top, <u32>hasTime, 12);
        top += FRAME;
        pc += 3;
        continue;
      }
      case op.OP_MAYBE: {
        guarded = pc + 2;
        guardedAt = p;
        pc = guarded;
        continue;
      }
      case op.OP_TEXT: {
        const length = <usize>load<u8>(pc, 1);
        if (!hasText(p, end, pc + 2, length)) break;
        p += length;
        pc += 2 + length;
        continue;
      }
      case op.OP_BLANKS: {
        const q = skipBlanks(p, end);
        if (q == p) break;
        p = q;
        pc += 1;
        continue;
      }
      case op.OP_BLANKS0: {
        p = skipBlanks(p, end);
        pc += 1;
        continue;
      }
      case op.OP_LENIENT_BLANKS: {
        const q = skipBlanks(p, end);
        if (q == p && p < end) break;
        p = q;
        pc += 1;
        continue;
      }
      case op.OP_SPAN: {
        const least = <usize>load<u8>(pc, 1);
        const most = <usize>load<u8>(pc, 2);
        const stop = most != 255 && end - p > most ? p + most : end;
        let q = p;
        while (q < stop) {
          const byte = <u32>load<u8>(q);
          if (((<u32>load<u8>(pc + (byte >> 3), 3) >> (byte & 7)) & 1) == 0) break;
          q++;
        }
        if (q - p < least) break;
        p = q;
        pc += 35;
        continue;
      }
      case op.OP_NESTED: {
        const q = nested(p, end);
        if (q == 0) break;
        p = q;
        pc += 1;
        continue;
      }
      case op.OP_QUOTED: {
        if (p >= end || load<u8>(p) != 34) break;
        const close = closingQuote(p + 1, end);
        if (close == 0) break;
        p = close + 1;
        pc += 1;
        continue;
      }
      case op.OP_CELL: {
        p = cell(p, end, load<u8>(pc, 2), load<u8>(pc, 3) != 0);
        pc += 4;
        continue;
      }
      case op.OP_REST: {
        p = end;
        pc += 1;
        continue;
      }
      case op.OP_LEVEL_LETTER: {
        const found = p < end ? levelOfLetter(load<u8>(p)) : -1;
        if (found < 0) break;
        level = found;
        p++;
        pc += 1;
        continue;
      }
      case op.OP_LEVEL_PRI: {
        const q = digitsEnd(p, end, 3);
        const value = <i32>numberOf(p, q);
        if (q == p || value > 191) break;
        level = levelOfSeverity(value & 7);
        p = q;
        pc += 1;
        continue;
      }
      case op.OP_LEVEL_STATUS: {
        const q = digitsEnd(p, end, 4);
        if (q - p != 3) break;
        const value = <i32>numberOf(p, q);
        if (value < 100 || value > 599) break;
        level = value >= 500 ? 5 : value >= 400 ? 4 : 3;
        p = q;
        pc += 1;
        continue;
      }
      case op.OP_LEVEL_NUMBER: {
        const q = digitsEnd(p, end, 3);
        const found = q > p ? levelOfNumber(<i32>numberOf(p, q)) : 0;
        if (found <= 0) break;
        level = found;
        p = q;
        pc += 1;
        continue;
      }
      case op.OP_TIME_MEMO: {
        if (!keepMemo(program + load<u16>(pc, 1), p)) break;
        pc += 3;
        continue;
      }
      case op.OP_NUM: {
        const q = timeNumber(pc, p, end);
        if (q == 0) break;
        p = q;
        pc += 8;
        continue;
      }
      case op.OP_MONTH_NAME: {
        const q = monthName(p, end);
        if (q == 0) break;
        p = q;
        pc += 1;
        continue;
      }
      case op.OP_DAY_NAME: {
        const q = dayName(p, end);
        if (q == 0) break;
        p = q;
        pc += 1;
        continue;
      }
      case op.OP_AMPM: {
        const q = amPm(p, end);
        if (q == 0) break;
        p = q;
        pc += 1;
        continue;
      }
      case op.OP_MILLIS: {
        const q = readMillis(p, end);
        if (q == 0) break;
        p = q;
        pc += 1;
        continue;
      }
      case op.OP_ZONE: {
        const q = readZone(program, p, end);
        if (q == 0) break;
        p = q;
        pc += 1;
        continue;
      }
      case op.OP_EPOCH: {
        const q = readEpoch(p, end, load<u8>(pc, 1));
        if (q == 0) break;
        p = q;
        pc += 2;
        continue;
      }
      case op.OP_SCAN_LEVEL: {
        if (level == 0) level = scanLevel(program, p, end);
        pc += 1;
        continue;
      }
      case op.OP_PLAIN: {
        if (p < end && (isBlank(load<u8>(p)) || isCausedBy(p, end))) break;
        pc += 1;
        continue;
      }
      case op.OP_JSON: {
        const q = readJson(program, program + load<u16>(pc, 1), program + load<u16>(pc, 3), p, end);
        if (q == 0) break;
        p = q;
        pc += 5;
        continue;
      }
      case op.OP_LOGFMT: {
        const q = readLogfmt(program, program + load<u16>(pc, 1), program + load<u16>(pc, 3), p, end);
        if (q == 0) break;
        p = q;
        pc += 5;
        continue;
      }
      default:
        break; // OP_FAIL
    }
    // Colours stand anywhere: what failed on an escape sequence is tried again behind it.
    if (p < end && load<u8>(p) == 27) {
      const behind = skipColour(p, end);
      if (behind > p) {
        p = behind;
        continue;
      }
    }
    if (pc == guarded) {
      p = guardedAt;
      pc += <usize>load<u8>(pc - 1);
      continue;
    }
    if (top == bottom) {
      depth--;
      return 0;
    }
    top -= FRAME;
    pc = program + load<u32>(top);
    p = <usize>load<u32>(top, 4);
    level = load<i32>(top, 8);
    setHasTime(load<u32>(top, 12) != 0);
  }
}
