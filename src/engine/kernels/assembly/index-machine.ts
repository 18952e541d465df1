/**
 * The format machine over WebAssembly memory: `portable/index-machine.ts` is its definition and explains the idea.
 * Positions are absolute; 0 means "failed". Fields are skipped: only details of a single record need them.
 */

import * as op from '../index-layout';
import { levelOfLetter, levelOfNumber, levelOfSeverity, levelOfWord, scanLevel } from './index-levels';
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
function skipBlanks(p: usize, end: usize): usize {
  while (p < end && (load<u8>(p) == 32 || load<u8>(p) == 9)) p++;
  return p;
}

/** Behind a UTF-8 byte order mark at p, or p. */
function skipMark(p: usize, end: usize): usize {
  return end - p >= 3 && (load<u32>(p) & 0xffffff) == 0xbfbbef ? p + 3 : p;
}

function isUpperCase(p: usize, q: usize): bool {
  for (; p < q; p++) if (load<u8>(p) >= 97) return false;
  return true;
}

/** Behind an ANSI colour sequence at p, or p. */
// @ts-ignore: decorator
@inline
function skipColour(p: usize, end: usize): usize {
  if (p >= end || load<u8>(p) != 27) return p;
  let q = p + 1;
  if (q >= end || load<u8>(q) != 91) return p;
  q++;
  while (q < end && q - p < 32 && (isDigit(load<u8>(q)) || load<u8>(q) == 59)) q++;
  return q < end && load<u8>(q) == 109 ? q + 1 : p;
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

/** "Caused by:" begins at p. */
function isCausedBy(p: usize, end: usize): bool {
  return end - p >= 10 && load<u64>(p) == 0x6220646573756143 && load<u16>(p, 8) == 0x3a79;
}

/** Runs from the instruction at `pc`; the position behind what matched, or 0. */
export function run(pc: usize, p: usize, end: usize): usize {
  const bottom = stacks + depth * 64 * FRAME;
  let top = bottom;
  depth++;
  while (true) {
    const instruction = pc;
    let next: usize = 0;
    switch (<i32>load<u8>(pc)) {
      case op.OP_ACCEPT: {
        depth--;
        return p;
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
      case op.OP_COMMIT: {
        top -= FRAME;
        pc = program + load<u16>(pc, 1);
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
        continue;
      }
      case op.OP_BYTE: {
        if (p < end && load<u8>(p) == load<u8>(pc, 1)) next = p + 1;
        pc += 2;
        break;
      }
      case op.OP_TEXT: {
        const length = <usize>load<u8>(pc, 1);
        if (hasText(p, end, pc + 2, length)) next = p + length;
        pc += 2 + length;
        break;
      }
      case op.OP_CLASS: {
        const length = <usize>load<u8>(pc, 1);
        if (p < end) {
          const byte = load<u8>(p);
          for (let i: usize = 0; i < length; i++) if (load<u8>(pc + i, 2) == byte) next = p + 1;
        }
        pc += 2 + length;
        break;
      }
      case op.OP_BLANKS: {
        next = skipBlanks(p, end);
        if (next == p) next = 0;
        pc += 1;
        break;
      }
      case op.OP_BLANKS0: {
        next = skipBlanks(p, end);
        pc += 1;
        break;
      }
      case op.OP_LENIENT_BLANKS: {
        next = skipBlanks(p, end);
        if (next == p && p < end) next = 0;
        pc += 1;
        break;
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
        if (q - p >= least) next = q;
        pc += 35;
        break;
      }
      case op.OP_UNTIL: {
        const q = until(p, end, pc + 2);
        if (q > p) next = q;
        pc += 6;
        break;
      }
      case op.OP_UNTIL_TEXT: {
        const length = <usize>load<u8>(pc, 1);
        next = untilText(p, end, pc + 2, length);
        pc += 2 + length;
        break;
      }
      case op.OP_NESTED: {
        next = nested(p, end);
        pc += 1;
        break;
      }
      case op.OP_QUOTED: {
        if (p < end && load<u8>(p) == 34) {
          const close = closingQuote(p + 1, end);
          if (close != 0) next = close + 1;
        }
        pc += 1;
        break;
      }
      case op.OP_REST: {
        next = end;
        pc += 1;
        break;
      }
      case op.OP_FIELD_BEGIN:
      case op.OP_FIELD_END: {
        pc += 2;
        continue;
      }
      case op.OP_LEVEL_WORD:
      case op.OP_LEVEL_UPPER: {
        const q = lettersEnd(p, end, 16);
        const isUpper = load<u8>(pc) == op.OP_LEVEL_UPPER;
        const isWhole = (q >= end || !isWordByte(load<u8>(q))) && (!isUpper || isUpperCase(p, q));
        const found = isWhole ? levelOfWord(program, p, q, isUpper ? 2 : 0) : 0;
        if (found > 0) {
          level = found;
          next = q;
        }
        pc += 1;
        break;
      }
      case op.OP_LEVEL_LETTER: {
        const found = p < end ? levelOfLetter(load<u8>(p)) : -1;
        if (found >= 0) {
          level = found;
          next = p + 1;
        }
        pc += 1;
        break;
      }
      case op.OP_LEVEL_PRI: {
        const q = digitsEnd(p, end, 3);
        const value = <i32>numberOf(p, q);
        if (q > p && value <= 191) {
          level = levelOfSeverity(value & 7);
          next = q;
        }
        pc += 1;
        break;
      }
      case op.OP_LEVEL_STATUS: {
        const q = digitsEnd(p, end, 4);
        const value = <i32>numberOf(p, q);
        if (q - p == 3 && value >= 100 && value <= 599) {
          level = value >= 500 ? 5 : value >= 400 ? 4 : 3;
          next = q;
        }
        pc += 1;
        break;
      }
      case op.OP_LEVEL_NUMBER: {
        const q = digitsEnd(p, end, 3);
        const found = q > p ? levelOfNumber(<i32>numberOf(p, q)) : 0;
        if (found > 0) {
          level = found;
          next = q;
        }
        pc += 1;
        break;
      }
      case op.OP_TIME_BEGIN: {
        beginTime(p);
        const behind = <usize>load<u16>(pc, 1);
        const length = behind == 0 ? 0 : memoHit(program + load<u16>(pc, 3), p, end);
        if (length > 0) {
          p += length;
          pc = program + behind;
        } else pc += 5;
        continue;
      }
      case op.OP_TIME_MEMO: {
        if (keepMemo(program + load<u16>(pc, 1), p)) next = p;
        pc += 3;
        break;
      }
      case op.OP_NUM: {
        next = timeNumber(pc, p, end);
        pc += 8;
        break;
      }
      case op.OP_MONTH_NAME: {
        next = monthName(p, end);
        pc += 1;
        break;
      }
      case op.OP_DAY_NAME: {
        next = dayName(p, end);
        pc += 1;
        break;
      }
      case op.OP_AMPM: {
        next = amPm(p, end);
        pc += 1;
        break;
      }
      case op.OP_FRACTION: {
        next = readFraction(p, end);
        pc += 1;
        break;
      }
      case op.OP_MILLIS: {
        next = readMillis(p, end);
        pc += 1;
        break;
      }
      case op.OP_ZONE: {
        next = readZone(program, p, end);
        pc += 1;
        break;
      }
      case op.OP_EPOCH: {
        next = readEpoch(p, end, load<u8>(pc, 1));
        pc += 2;
        break;
      }
      case op.OP_TIME_END: {
        if (endTime()) next = p;
        pc += 1;
        break;
      }
      case op.OP_MESSAGE: {
        messageStart = skipBlanks(skipMark(skipBlanks(p, end), end), end);
        messageEnd = end;
        next = end;
        pc += 1;
        break;
      }
      case op.OP_SCAN_LEVEL: {
        if (level == 0) level = scanLevel(program, p, end);
        next = p;
        pc += 1;
        break;
      }
      case op.OP_PLAIN: {
        if (p == end || (load<u8>(p) != 32 && load<u8>(p) != 9 && !isCausedBy(p, end))) next = p;
        pc += 1;
        break;
      }
      case op.OP_JSON: {
        next = readJson(program, program + load<u16>(pc, 1), program + load<u16>(pc, 3), p, end);
        pc += 5;
        break;
      }
      case op.OP_LOGFMT: {
        next = readLogfmt(program, program + load<u16>(pc, 1), program + load<u16>(pc, 3), p, end);
        pc += 5;
        break;
      }
      default:
        break;
    }
    if (next != 0) {
      p = next;
      continue;
    }
    // Colours stand anywhere: what failed on an escape sequence is tried again behind it.
    const behind = skipColour(p, end);
    if (behind > p) {
      p = behind;
      pc = instruction;
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
