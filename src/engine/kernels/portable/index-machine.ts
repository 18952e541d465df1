/**
 * The format machine: runs a compiled format program over one line. This twin defines "correct"; the AssemblyScript one
 * (`assembly/index-machine.ts`) is the same machine over WebAssembly memory and is compared with it on random lines.
 *
 * A PEG machine after LPeg: instructions consume bytes or fail; CHOICE remembers a place to go on when what follows fails,
 * COMMIT forgets it. No instruction moves backwards over the line, so a match costs at most (choices × line length).
 *
 * @see https://www.inf.puc-rio.br/~roberto/docs/peg.pdf
 */

import * as op from '../index-layout';

/** What a program found on a record's first line. Positions are indexes into the bytes given. */
export interface LineMatch {
  /** Index of the format in the program. */
  readonly format: number;
  /** 0 none … 6 FATAL. */
  readonly level: number;
  /** Ms since 1970 of the time as written; see `flags` for what is missing: zone, year (2000 stands in) or date (1970-01-01). */
  readonly raw: number | null;
  /** FLAG_ABSOLUTE | FLAG_YEARLESS | FLAG_DATELESS */
  readonly flags: number;
  readonly messageStart: number;
  readonly messageEnd: number;
  /** Digits of the time's decimal fraction; empty when there is none. */
  readonly fraction: { readonly start: number; readonly end: number };
  /** Named spans: field name, start, end. */
  readonly fields: readonly { name: string; start: number; end: number }[];
}

const BLANK = 32;
const TAB = 9;
const HAS_YEAR = 1;
const HAS_MONTH = 2;
const HAS_DAY = 4;
const HAS_ZONE = 8;
const HAS_EPOCH = 16;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Slot of a word in the level table, from its first eight lower-cased bytes as two little-endian u32 and its length. */
export function levelSlot(low: number, high: number, length: number): number {
  return (Math.imul(low ^ Math.imul(high, 0x85ebca6b) ^ length, 0x9e3779b1) >>> 24) & (op.LEVEL_SLOTS - 1);
}

/**
 * Days from 1970-01-01 of a proleptic Gregorian date.
 * @see https://howardhinnant.github.io/date_algorithms.html#days_from_civil
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

export class FormatMachine {
  level = 0;
  hasTime = false;
  raw = 0;
  flags = 0;
  messageStart = -1;
  messageEnd = -1;
  fields: { name: string; start: number; end: number }[] = [];

  private year = 2000;
  private month = 1;
  private day = 1;
  private hour = 0;
  private minute = 0;
  private second = 0;
  private isPm = -1;
  private has = 0;
  private base = 0;
  private isBaseKnown = false;
  private fraction = 0;
  private zone = 0;

  private fractionStart = 0;
  private fractionEnd = 0;

  private memoAt = 0;
  private memoText: number[] = [];
  private memoBase = 0;
  private memoHas = 0;
  private memoZone = 0;
  private timeStart = 0;

  private messageRank = 0;
  private levelRank = 0;
  private timeRank = 0;

  constructor(
    private readonly program: Uint8Array,
    private readonly fieldNames: readonly string[] = [],
    private bytes: Uint8Array = new Uint8Array(0),
  ) {}

  /** For the portable kernel, whose memory may grow. */
  setBytes(bytes: Uint8Array): void {
    this.bytes = bytes;
  }

  get formatCount(): number {
    return this.u16(op.PROGRAM_FORMATS);
  }

  /** Runs one format, or all in order, over [start, end) of `bytes`: a line without its line end. */
  match(bytes: Uint8Array, start: number, end: number, format?: number): LineMatch | null {
    this.bytes = bytes;
    const accepted = format === undefined ? this.matchAny(start, end) : this.matchOne(format, start, end);
    if (accepted < 0) return null;
    return {
      format: accepted,
      level: this.level,
      raw: this.hasTime ? this.raw : null,
      flags: this.hasTime ? this.flags : 0,
      messageStart: this.messageStart < 0 ? start : this.messageStart,
      messageEnd: this.messageStart < 0 ? end : this.messageEnd,
      fraction: { start: this.fractionStart, end: this.fractionEnd },
      fields: this.fields,
    };
  }

  /** The first format in order that accepts the line, so that a line reads the same wherever a shard begins; its index, or -1. */
  matchAny(start: number, end: number): number {
    const count = this.formatCount;
    for (let format = 0; format < count; format++) if (this.matchOne(format, start, end) >= 0) return format;
    return -1;
  }

  private matchOne(format: number, start: number, end: number): number {
    this.level = 0;
    this.hasTime = false;
    this.flags = 0;
    this.messageStart = -1;
    this.messageEnd = -1;
    this.fields = [];
    this.fractionStart = this.fractionEnd = 0;
    return this.run(this.u16(op.PROGRAM_ENTRIES + 2 * format), start, end) >= 0 ? format : -1;
  }

  private u16(at: number): number {
    return (this.program[at] as number) | ((this.program[at + 1] as number) << 8);
  }

  private code(at: number): number {
    return this.program[at] as number;
  }

  /** The byte at `p`, or -1 at the line's end. */
  private at(p: number, end: number): number {
    return p < end ? (this.bytes[p] as number) : -1;
  }

  /** Runs from `pc`; returns the position behind what matched, or -1. */
  private run(start: number, from: number, end: number): number {
    let pc = start;
    let p = from;
    let guarded = -1; // the instruction that OP_MAYBE lets fail
    let guardedAt = 0;
    const stack: { address: number; p: number; level: number; hasTime: boolean; fieldCount: number }[] = [];
    for (;;) {
      const instruction = pc;
      let next = -1; // where the position goes; -1: this instruction failed
      switch (this.code(pc)) {
        case op.OP_ACCEPT:
          return p;
        case op.OP_CHOICE:
          if (stack.length === op.STACK_FRAMES) return -1;
          stack.push({
            address: this.u16(pc + 1),
            p,
            level: this.level,
            hasTime: this.hasTime,
            fieldCount: this.fields.length,
          });
          pc += 3;
          continue;
        case op.OP_MAYBE:
          guarded = pc + 2;
          guardedAt = p;
          pc = guarded;
          continue;
        case op.OP_COMMIT:
          stack.pop();
          pc = this.u16(pc + 1);
          continue;
        case op.OP_TEST: {
          const byte = p < end ? (this.bytes[p] as number) : -1;
          pc = byte >= 0 && ((this.code(pc + 3 + (byte >> 3)) >> (byte & 7)) & 1) === 0 ? this.u16(pc + 1) : pc + 35;
          continue;
        }
        case op.OP_BYTE:
          if (this.at(p, end) === this.code(pc + 1)) next = p + 1;
          pc += 2;
          break;
        case op.OP_TEXT: {
          const length = this.code(pc + 1);
          if (this.hasText(p, end, pc + 2, length)) next = p + length;
          pc += 2 + length;
          break;
        }
        case op.OP_CLASS: {
          const length = this.code(pc + 1);
          const byte = this.at(p, end);
          for (let i = 0; i < length; i++) if (this.code(pc + 2 + i) === byte) next = p + 1;
          pc += 2 + length;
          break;
        }
        case op.OP_BLANKS:
        case op.OP_BLANKS0:
        case op.OP_LENIENT_BLANKS: {
          const which = this.code(pc);
          next = this.skipBlanks(p, end);
          if (next === p && (which === op.OP_BLANKS || (which === op.OP_LENIENT_BLANKS && p < end))) next = -1;
          pc += 1;
          break;
        }
        case op.OP_SPAN: {
          const min = this.code(pc + 1);
          const max = this.code(pc + 2);
          let q = p;
          while (q < end && (max === 255 || q - p < max)) {
            const byte = this.bytes[q] as number;
            if (((this.code(pc + 3 + (byte >> 3)) >> (byte & 7)) & 1) === 0) break;
            q++;
          }
          if (q - p >= min) next = q;
          pc += 35;
          break;
        }
        case op.OP_UNTIL: {
          let q = p;
          while (q < end && !this.isStop(pc + 2, this.bytes[q] as number)) q++;
          if (q > p) {
            next = q;
            const field = this.code(pc + 1);
            if (field !== op.NO_FIELD) this.fields.push({ name: this.fieldNames[field] ?? '', start: p, end: q });
          }
          pc += 6;
          break;
        }
        case op.OP_UNTIL_TEXT: {
          const length = this.code(pc + 1);
          for (let q = p; q + length <= end; q++) {
            if (this.hasText(q, end, pc + 2, length)) {
              next = q;
              break;
            }
          }
          pc += 2 + length;
          break;
        }
        case op.OP_NESTED:
          next = this.nested(p, end);
          pc += 1;
          break;
        case op.OP_QUOTED:
          if (this.at(p, end) === 34) {
            const close = this.closingQuote(p + 1, end);
            if (close >= 0) next = close + 1;
          }
          pc += 1;
          break;
        case op.OP_CELL: {
          const cell = this.cell(p, end, this.code(pc + 2));
          const field = this.code(pc + 1);
          if (field !== op.NO_FIELD && cell.end > cell.start)
            this.fields.push({ name: this.fieldNames[field] ?? '', start: cell.start, end: cell.end });
          if (this.code(pc + 3) !== 0) {
            this.messageStart = cell.start;
            this.messageEnd = cell.end;
          }
          next = cell.next;
          pc += 4;
          break;
        }
        case op.OP_REST:
          next = end;
          pc += 1;
          break;
        case op.OP_FIELD_BEGIN:
          this.fields.push({ name: this.fieldNames[this.code(pc + 1)] ?? '', start: p, end: p });
          next = p;
          pc += 2;
          break;
        case op.OP_FIELD_END: {
          const field = this.fields[this.fields.length - 1];
          if (field !== undefined) field.end = p;
          next = p;
          pc += 2;
          break;
        }
        case op.OP_LEVEL_WORD:
        case op.OP_LEVEL_UPPER: {
          const q = this.letters(p, end, 16);
          const isUpper = this.code(pc) === op.OP_LEVEL_UPPER;
          const isWhole = (q >= end || !isWordByte(this.bytes[q] as number)) && (!isUpper || this.isUpperCase(p, q));
          const found = isWhole ? this.lookUp(p, q, isUpper ? 2 : 0) : 0;
          if (found > 0) {
            this.level = found;
            next = q;
          }
          pc += 1;
          break;
        }
        case op.OP_LEVEL_LETTER: {
          const found = levelOfLetter(this.at(p, end));
          if (found >= 0) {
            this.level = found;
            next = p + 1;
          }
          pc += 1;
          break;
        }
        case op.OP_LEVEL_PRI: {
          const q = this.digits(p, end, 3);
          const value = this.number(p, q);
          if (q > p && value <= 191) {
            this.level = levelOfSeverity(value & 7);
            next = q;
          }
          pc += 1;
          break;
        }
        case op.OP_LEVEL_STATUS: {
          const q = this.digits(p, end, 4);
          const value = this.number(p, q);
          if (q - p === 3 && value >= 100 && value <= 599) {
            this.level = value >= 500 ? 5 : value >= 400 ? 4 : 3;
            next = q;
          }
          pc += 1;
          break;
        }
        case op.OP_LEVEL_NUMBER: {
          const q = this.digits(p, end, 3);
          const found = q > p ? levelOfNumber(this.number(p, q)) : 0;
          if (found > 0) {
            this.level = found;
            next = q;
          }
          pc += 1;
          break;
        }
        case op.OP_TIME_BEGIN: {
          this.beginTime(p);
          const behind = this.u16(pc + 1);
          const length = behind === 0 ? 0 : this.memoHit(this.u16(pc + 3), p, end);
          if (length > 0) {
            this.base = this.memoBase;
            this.isBaseKnown = true;
            this.has = this.memoHas;
            this.zone = this.memoZone;
            p += length;
            pc = behind;
          } else pc += 5;
          continue;
        }
        case op.OP_TIME_MEMO:
          if (this.computeBase()) {
            next = p;
            if (p - this.timeStart <= op.MEMO_BYTES) {
              this.memoAt = this.u16(pc + 1);
              this.memoText = Array.from(this.bytes.subarray(this.timeStart, p));
              this.memoBase = this.base;
              this.memoHas = this.has;
              this.memoZone = this.zone;
            }
          }
          pc += 3;
          break;
        case op.OP_NUM:
          next = this.timeNumber(pc, p, end);
          pc += 8;
          break;
        case op.OP_MONTH_NAME: {
          const month = this.nameIndex(p, end, MONTHS);
          if (month >= 0) {
            this.month = month + 1;
            this.has |= HAS_MONTH;
            next = this.letters(p, end, 9);
          }
          pc += 1;
          break;
        }
        case op.OP_DAY_NAME:
          if (this.nameIndex(p, end, DAYS) >= 0) next = this.letters(p, end, 9);
          pc += 1;
          break;
        case op.OP_AMPM: {
          const first = this.at(p, end) | 32;
          const dotted = this.at(p + 1, end) === 46;
          const second = this.at(dotted ? p + 2 : p + 1, end) | 32;
          if ((first === 97 || first === 112) && second === 109) {
            this.isPm = first === 112 ? 1 : 0;
            next = dotted ? (this.at(p + 3, end) === 46 ? p + 4 : p + 3) : p + 2;
          }
          pc += 1;
          break;
        }
        case op.OP_FRACTION: {
          const q = this.digits(p, end, 18);
          if (q > p) {
            this.fraction = 0;
            for (let i = 0, unit = 100; i < 3; i++, unit /= 10)
              if (p + i < q) this.fraction += ((this.bytes[p + i] as number) - 48) * unit;
            this.fractionStart = p;
            this.fractionEnd = q;
            next = q;
          }
          pc += 1;
          break;
        }
        case op.OP_MILLIS: {
          const q = this.digits(p, end, 3);
          if (q > p) {
            this.fraction = this.number(p, q);
            next = q;
          }
          pc += 1;
          break;
        }
        case op.OP_ZONE:
          next = this.readZone(p, end);
          pc += 1;
          break;
        case op.OP_EPOCH:
          next = this.readEpoch(p, end, this.code(pc + 1));
          pc += 2;
          break;
        case op.OP_TIME_END:
          if (this.endTime()) next = p;
          pc += 1;
          break;
        case op.OP_START:
        case op.OP_MESSAGE:
          this.messageStart = this.skipBlanks(this.skipMark(this.skipBlanks(p, end), end), end);
          this.messageEnd = end;
          next = this.code(pc) === op.OP_START ? p : end;
          pc += 1;
          break;
        case op.OP_SCAN_LEVEL:
          if (this.level === 0) this.level = this.scanLevel(p, end);
          next = p;
          pc += 1;
          break;
        case op.OP_PLAIN: {
          const byte = this.at(p, end);
          if (byte !== BLANK && byte !== TAB && !this.isCausedBy(p, end)) next = p;
          pc += 1;
          break;
        }
        case op.OP_JSON:
          next = this.json(p, end, this.u16(pc + 1), this.u16(pc + 3));
          pc += 5;
          break;
        case op.OP_LOGFMT:
          next = this.logfmt(p, end, this.u16(pc + 1), this.u16(pc + 3));
          pc += 5;
          break;
        default:
          break; // OP_FAIL
      }
      if (next >= 0) {
        p = next;
        continue;
      }
      // Colours stand anywhere: what failed on an escape sequence is tried again behind it.
      const behind = this.skipColour(p, end);
      if (behind > p) {
        p = behind;
        pc = instruction;
        continue;
      }
      if (instruction === guarded) {
        p = guardedAt;
        pc = guarded + this.code(guarded - 1);
        continue;
      }
      const frame = stack.pop();
      if (frame === undefined) return -1;
      pc = frame.address;
      p = frame.p;
      this.level = frame.level;
      this.hasTime = frame.hasTime;
      this.fields.length = Math.min(this.fields.length, frame.fieldCount);
    }
  }

  // ── Bytes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  private hasText(p: number, end: number, text: number, length: number): boolean {
    if (p + length > end) return false;
    for (let i = 0; i < length; i++) if (this.bytes[p + i] !== this.program[text + i]) return false;
    return true;
  }

  private isStop(stops: number, byte: number): boolean {
    return (
      byte === this.code(stops) ||
      byte === this.code(stops + 1) ||
      byte === this.code(stops + 2) ||
      byte === this.code(stops + 3)
    );
  }

  private skipBlanks(p: number, end: number): number {
    let q = p;
    while (q < end && (this.bytes[q] === BLANK || this.bytes[q] === TAB)) q++;
    return q;
  }

  /** Behind a UTF-8 byte order mark at p (RFC 5424 puts one before the message), or p. */
  private skipMark(p: number, end: number): number {
    return this.at(p, end) === 0xef && this.at(p + 1, end) === 0xbb && this.at(p + 2, end) === 0xbf ? p + 3 : p;
  }

  private isUpperCase(p: number, q: number): boolean {
    for (let i = p; i < q; i++) if ((this.bytes[i] as number) >= 97) return false;
    return true;
  }

  /** Behind an ANSI colour sequence (ESC [ digits and ; m) at p, or p. */
  private skipColour(p: number, end: number): number {
    if (this.at(p, end) !== 27 || this.at(p + 1, end) !== 91) return p;
    let q = p + 2;
    while (q < end && q - p < 32 && (isDigit(this.bytes[q] as number) || this.bytes[q] === 59)) q++;
    return this.at(q, end) === 109 ? q + 1 : p;
  }

  private digits(p: number, end: number, max: number): number {
    let q = p;
    while (q < end && q - p < max && isDigit(this.bytes[q] as number)) q++;
    return q;
  }

  private letters(p: number, end: number, max: number): number {
    let q = p;
    while (q < end && q - p < max && isLetter(this.bytes[q] as number)) q++;
    return q;
  }

  private number(p: number, q: number): number {
    let value = 0;
    for (let i = p; i < q; i++) value = value * 10 + (this.bytes[i] as number) - 48;
    return value;
  }

  /** Closing partner of the bracket at p, plus one; or -1. Brackets of the other kinds do not count. */
  private nested(p: number, end: number): number {
    const open = this.at(p, end);
    const close = open === 40 ? 41 : open === 91 ? 93 : open === 123 ? 125 : -1;
    if (close < 0) return -1;
    let depth = 0;
    for (let q = p; q < end; q++) {
      if (this.bytes[q] === open) depth++;
      else if (this.bytes[q] === close && --depth === 0) return q + 1;
    }
    return -1;
  }

  /**
   * The cell of a table at p: blanks, then up to the delimiter; or in double quotes, where two stand for one. What stands
   * between the closing quote and the delimiter is left out; a quote that is not closed goes on in the next line.
   *
   * @see https://www.rfc-editor.org/rfc/rfc4180#section-2
   */
  private cell(p: number, end: number, delimiter: number): { start: number; end: number; next: number } {
    let q = p;
    if (delimiter !== BLANK) while (q < end && this.bytes[q] === BLANK) q++;
    const isQuoted = this.at(q, end) === 34;
    const start = isQuoted ? q + 1 : q;
    let stop = -1;
    if (isQuoted) {
      q++;
      while (stop < 0 && q < end) {
        if (this.bytes[q] !== 34) q++;
        else if (this.at(q + 1, end) === 34) q += 2;
        else stop = q;
      }
    }
    while (q < end && this.bytes[q] !== delimiter) q++;
    return { start, end: stop < 0 ? q : stop, next: q };
  }

  /** Index of the quote that closes a string whose inside begins at p, or -1. */
  private closingQuote(p: number, end: number): number {
    let q = p;
    while (q < end) {
      const byte = this.bytes[q] as number;
      if (byte === 34) return q;
      q += byte === 92 ? 2 : 1;
    }
    return -1;
  }

  private nameIndex(p: number, end: number, names: readonly string[]): number {
    if (p + 3 > end) return -1;
    const name = String.fromCharCode(
      (this.bytes[p] as number) | 32,
      (this.bytes[p + 1] as number) | 32,
      (this.bytes[p + 2] as number) | 32,
    );
    return names.indexOf(name);
  }

  private isCausedBy(p: number, end: number): boolean {
    const text = 'Caused by:';
    if (p + text.length > end) return false;
    for (let i = 0; i < text.length; i++) if (this.bytes[p + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  // ── Levels ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Level code of the word [p, q), 0 when it is none, or when the table does not set `flag` (0: any) for it. */
  private lookUp(p: number, q: number, flag: number): number {
    const length = q - p;
    if (length < 1 || length > 15) return 0;
    let low = 0;
    let high = 0;
    for (let i = 0; i < 8 && i < length; i++) {
      const byte = (this.bytes[p + i] as number) | 32;
      if (i < 4) low |= byte << (8 * i);
      else high |= byte << (8 * (i - 4));
    }
    const table = this.u16(op.PROGRAM_LEVELS);
    for (let slot = levelSlot(low, high, length); ; slot = (slot + 1) & (op.LEVEL_SLOTS - 1)) {
      const at = table + slot * 16;
      const size = this.code(at + 8);
      if (size === 0) return 0;
      if (size === length && this.u32(at) === low >>> 0 && this.u32(at + 4) === high >>> 0) {
        return (this.code(at + 10) & flag) === flag ? this.code(at + 9) : 0;
      }
    }
  }

  private u32(at: number): number {
    return (this.u16(at) | (this.u16(at + 2) << 16)) >>> 0;
  }

  /**
   * A level word inside a message: upper case as a whole word, or between brackets, or before a colon, or after level= lvl= severity=.
   * A colour before it is no part of it.
   */
  private scanLevel(p: number, end: number): number {
    const stop = Math.min(end, p + op.SCAN_BYTES);
    let q = p;
    let colourEnd = -1;
    let previousKey = false;
    while (q < stop) {
      if (!isLetter(this.bytes[q] as number)) {
        const behindColour = this.skipColour(q, end);
        if (behindColour > q) colourEnd = q = behindColour;
        else q++;
        continue;
      }
      const start = q;
      let isUpper = true;
      while (q < end && q - start < 16 && isLetter(this.bytes[q] as number)) {
        if ((this.bytes[q] as number) >= 97) isUpper = false;
        q++;
      }
      const before = start > p && start !== colourEnd ? (this.bytes[start - 1] as number) : BLANK;
      const behind = q < end ? (this.bytes[q] as number) : BLANK;
      if (!isWordByte(before) && !isWordByte(behind)) {
        const isNamed = isUpper || (isOpening(before) && isClosing(behind)) || behind === 58 || previousKey;
        const found = isNamed ? this.lookUp(start, q, 1) : 0;
        if (found > 0) return found;
      }
      previousKey = behind === 61 && this.isLevelKey(start, q);
      if (q === start) q++;
    }
    return 0;
  }

  private isLevelKey(p: number, q: number): boolean {
    const key = String.fromCharCode(...this.bytes.subarray(p, Math.min(q, p + 9))).toLowerCase();
    return key === 'level' || key === 'lvl' || key === 'severity';
  }

  // ── Times ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  private beginTime(p: number): void {
    this.timeStart = p;
    this.year = 2000;
    this.month = 1;
    this.day = 1;
    this.hour = 0;
    this.minute = 0;
    this.second = 0;
    this.isPm = -1;
    this.has = 0;
    this.base = 0;
    this.isBaseKnown = false;
    this.fraction = 0;
    this.zone = 0;
  }

  /** Length of the remembered text when it stands at p and would be read to just there; else 0. */
  private memoHit(memo: number, p: number, end: number): number {
    const length = this.memoText.length;
    if (length === 0 || this.memoAt !== memo || p + length > end) return 0;
    for (let i = 0; i < length; i++) if (this.bytes[p + i] !== this.memoText[i]) return 0;
    return this.mayGoOn(this.memoText[length - 1] as number, this.at(p + length, end), this.at(p + length + 1, end))
      ? 0
      : length;
  }

  /** A number, a name, "a.m" or an offset of hours that ends in `last` might take in what is behind it. */
  private mayGoOn(last: number, behind: number, second: number): boolean {
    if (isLetter(last)) return behind === 46 || (behind >= 0 && isWordByte(behind));
    if (!isDigit(last)) return false;
    return isDigit(behind) || ((this.memoHas & HAS_ZONE) !== 0 && behind === 58 && isDigit(second));
  }

  private timeNumber(pc: number, p: number, end: number): number {
    const q = this.digits(p, end, this.code(pc + 3));
    if (q - p < this.code(pc + 2)) return -1;
    const value = this.number(p, q);
    if (value < this.u16(pc + 4) || value > this.u16(pc + 6)) return -1;
    switch (this.code(pc + 1)) {
      case op.SLOT_YEAR:
        this.year = value;
        this.has |= HAS_YEAR;
        break;
      case op.SLOT_YEAR2:
        this.year = value + (value < 70 ? 2000 : 1900);
        this.has |= HAS_YEAR;
        break;
      case op.SLOT_MONTH:
        this.month = value;
        this.has |= HAS_MONTH;
        break;
      case op.SLOT_DAY:
        this.day = value;
        this.has |= HAS_DAY;
        break;
      case op.SLOT_HOUR:
        this.hour = value;
        break;
      case op.SLOT_HOUR12:
        this.hour = value;
        if (this.isPm < 0) this.isPm = 2; // 12-hour, AM/PM still to come
        break;
      case op.SLOT_MINUTE:
        this.minute = value;
        break;
      default:
        this.second = value;
    }
    return q;
  }

  /** Date and clock to ms, local as written. False when there is no such day. */
  private computeBase(): boolean {
    if (this.isBaseKnown) return true;
    const isLeap = (this.year % 4 === 0 && this.year % 100 !== 0) || this.year % 400 === 0;
    const dayCount = this.month === 2 && !isLeap ? 28 : (DAYS_IN_MONTH[this.month - 1] as number);
    if (this.day > dayCount) return false;
    let hour = this.hour;
    if (this.isPm === 1 && hour < 12) hour += 12;
    else if (this.isPm === 0 && hour === 12) hour = 0;
    const hasDate = (this.has & (HAS_MONTH | HAS_DAY)) !== 0;
    const days = hasDate ? daysFromCivil(this.year, this.month, this.day) : 0;
    this.base = days * 86400000 + hour * 3600000 + this.minute * 60000 + this.second * 1000;
    this.isBaseKnown = true;
    return true;
  }

  private endTime(): boolean {
    if ((this.has & HAS_EPOCH) !== 0) {
      this.flags = op.FLAG_ABSOLUTE;
      this.raw = this.base;
    } else {
      if (!this.computeBase()) return false;
      const isDateless = (this.has & (HAS_MONTH | HAS_DAY)) === 0;
      this.flags = isDateless ? op.FLAG_DATELESS : (this.has & HAS_YEAR) === 0 ? op.FLAG_YEARLESS : 0;
      this.raw = this.base + this.fraction;
      if (this.flags === 0 && (this.has & HAS_ZONE) !== 0) {
        this.flags = op.FLAG_ABSOLUTE;
        this.raw -= this.zone * 60000;
      }
    }
    this.hasTime = true;
    return true;
  }

  /** Z, ±hh, ±hhmm, ±hh:mm or a name of the zone table. */
  private readZone(p: number, end: number): number {
    const first = this.at(p, end);
    if (first === 43 || first === 45) {
      let q = this.digits(p + 1, end, 2);
      if (q - p !== 3) return -1;
      const hours = this.number(p + 1, q);
      let minutes = 0;
      const rest = this.at(q, end) === 58 ? q + 1 : q;
      if (this.digits(rest, end, 2) - rest === 2) {
        minutes = this.number(rest, rest + 2);
        q = rest + 2;
      }
      if (hours > 18 || minutes > 59) return -1;
      this.zone = (hours * 60 + minutes) * (first === 45 ? -1 : 1);
      this.has |= HAS_ZONE;
      return q;
    }
    const q = this.letters(p, end, 8);
    if (q === p || (q < end && isWordByte(this.bytes[q] as number))) return -1;
    const table = this.u16(op.PROGRAM_ZONES);
    for (let at = table; this.code(at) !== 0; at += op.ZONE_ENTRY) {
      let i = 0;
      while (i < 8 && i < q - p && this.code(at + i) === (this.bytes[p + i] as number)) i++;
      if (i === q - p && (i === 8 || this.code(at + i) === 0)) {
        this.zone = (this.u16(at + 8) << 16) >> 16;
        this.has |= HAS_ZONE;
        return q;
      }
    }
    return -1;
  }

  /** unit 0 s, 1 ms, 2 µs, 3 ns, 4 by the number of digits. */
  private readEpoch(p: number, end: number, unit: number): number {
    let q = this.digits(p, end, 20);
    const length = q - p;
    let kind = unit;
    if (unit === 4)
      kind =
        length >= 9 && length <= 10
          ? 0
          : length >= 12 && length <= 13
            ? 1
            : length >= 15 && length <= 16
              ? 2
              : length >= 18 && length <= 19
                ? 3
                : 5;
    const least = kind === 0 ? 9 : kind === 1 ? 12 : kind === 2 ? 15 : 18;
    if (kind > 3 || length < least || length > least + 2 || (q < end && isDigit(this.bytes[q] as number))) return -1;
    let ms = 0;
    if (kind === 0) {
      ms = this.number(p, q) * 1000;
      if (this.at(q, end) === 46 && this.digits(q + 1, end, 18) > q + 1) {
        const fraction = q + 1;
        q = this.digits(fraction, end, 18);
        this.fractionStart = fraction;
        this.fractionEnd = q;
        for (let i = 0, digit = 100; i < 3; i++, digit /= 10)
          if (fraction + i < q) ms += ((this.bytes[fraction + i] as number) - 48) * digit;
      }
    } else {
      ms = this.number(p, q - (kind - 1) * 3);
      this.fractionStart = q - (kind - 1) * 3 - 3;
      this.fractionEnd = q;
    }
    this.base = ms;
    this.isBaseKnown = true;
    this.has |= HAS_EPOCH;
    return q;
  }

  // ── Structured lines ───────────────────────────────────────────────────────────────────────────────────────────────

  private json(p: number, end: number, keys: number, timeProgram: number): number {
    const start = this.skipBlanks(p, end);
    if (this.at(start, end) !== 123) return -1;
    this.messageRank = this.levelRank = this.timeRank = 255;
    const first = this.skipBlanks(start + 1, end);
    const byte = this.at(first, end);
    if (byte !== 34 && byte !== 125) return -1;
    this.jsonObject(first, end, keys, timeProgram, 0, 0);
    if (this.level === 0 && this.levelRank === 255 && this.messageStart >= 0)
      this.level = this.scanLevel(this.messageStart, this.messageEnd);
    return end;
  }

  /** Reads members from p (at a key or the closing brace); returns the position behind the brace, or `end` when it breaks off. */
  private jsonObject(
    p: number,
    end: number,
    keys: number,
    timeProgram: number,
    prefix: number,
    prefixLength: number,
  ): number {
    let q = p;
    for (;;) {
      q = this.skipSpace(q, end);
      if (this.at(q, end) === 125) return q + 1;
      if (this.at(q, end) !== 34) return end;
      const key = q + 1;
      const keyEnd = this.closingQuote(key, end);
      if (keyEnd < 0) return end;
      q = this.skipSpace(keyEnd + 1, end);
      if (this.at(q, end) !== 58) return end;
      q = this.skipSpace(q + 1, end);
      const opener = this.at(q, end);
      let valueEnd = 0;
      if (opener === 34) {
        const close = this.closingQuote(q + 1, end);
        if (close < 0) {
          this.jsonValue(keys, timeProgram, prefix, prefixLength, key, keyEnd, q + 1, end);
          return end;
        }
        this.jsonValue(keys, timeProgram, prefix, prefixLength, key, keyEnd, q + 1, close);
        valueEnd = close + 1;
      } else if (opener === 123 && prefixLength === 0 && this.hasPrefix(keys, key, keyEnd)) {
        valueEnd = this.jsonObject(q + 1, end, keys, timeProgram, key, keyEnd - key);
      } else if (opener === 123 || opener === 91) {
        valueEnd = this.skipNested(q, end);
        this.jsonValue(keys, timeProgram, prefix, prefixLength, key, keyEnd, q, valueEnd);
      } else {
        valueEnd = q;
        while (valueEnd < end && this.bytes[valueEnd] !== 44 && this.bytes[valueEnd] !== 125) valueEnd++;
        let trimmed = valueEnd;
        while (
          trimmed > q &&
          ((this.bytes[trimmed - 1] as number) === BLANK || (this.bytes[trimmed - 1] as number) === TAB)
        )
          trimmed--;
        this.jsonValue(keys, timeProgram, prefix, prefixLength, key, keyEnd, q, trimmed);
      }
      if (this.messageRank === 1 && this.levelRank === 1 && this.timeRank === 1) return end;
      q = this.skipSpace(valueEnd, end);
      if (this.at(q, end) === 44) q++;
      else if (this.at(q, end) !== 125) return end;
    }
  }

  private skipSpace(p: number, end: number): number {
    let q = p;
    while (q < end && (this.bytes[q] as number) <= BLANK) q++;
    return q;
  }

  /** Behind the object or array that begins at p, or `end`. */
  private skipNested(p: number, end: number): number {
    let depth = 0;
    let q = p;
    while (q < end) {
      const byte = this.bytes[q] as number;
      if (byte === 34) {
        const close = this.closingQuote(q + 1, end);
        if (close < 0) return end;
        q = close;
      } else if (byte === 123 || byte === 91) depth++;
      else if (byte === 125 || byte === 93) {
        depth--;
        if (depth === 0) return q + 1;
      }
      q++;
    }
    return end;
  }

  /** Whether the table has a dotted key that begins with this key and a dot. */
  private hasPrefix(keys: number, key: number, keyEnd: number): boolean {
    for (let at = keys; this.code(at) !== 0; at += 3 + this.code(at + 2)) {
      const length = keyEnd - key;
      if (
        this.code(at + 2) > length + 1 &&
        this.hasText(key, keyEnd, at + 3, length) &&
        this.code(at + 3 + length) === 46
      )
        return true;
    }
    return false;
  }

  private jsonValue(
    keys: number,
    timeProgram: number,
    prefix: number,
    prefixLength: number,
    key: number,
    keyEnd: number,
    value: number,
    valueEnd: number,
  ): void {
    const length = keyEnd - key;
    const whole = prefixLength > 0 ? prefixLength + 1 + length : length;
    for (let at = keys; this.code(at) !== 0; at += 3 + this.code(at + 2)) {
      if (this.code(at + 2) !== whole) continue;
      if (prefixLength > 0) {
        if (
          !this.hasText(prefix, prefix + prefixLength, at + 3, prefixLength) ||
          this.code(at + 3 + prefixLength) !== 46
        )
          continue;
        if (!this.hasText(key, keyEnd, at + 4 + prefixLength, length)) continue;
      } else if (!this.hasText(key, keyEnd, at + 3, length)) continue;
      this.takeValue(this.code(at), this.code(at + 1), timeProgram, value, valueEnd);
    }
  }

  private takeValue(kind: number, rank: number, timeProgram: number, value: number, valueEnd: number): void {
    if (kind === op.KEY_MESSAGE) {
      if (rank >= this.messageRank) return;
      this.messageRank = rank;
      this.messageStart = value;
      this.messageEnd = valueEnd;
    } else if (kind === op.KEY_LEVEL) {
      if (rank >= this.levelRank) return;
      const found = this.levelOfValue(value, valueEnd);
      if (found < 0) return;
      this.levelRank = rank;
      this.level = found;
    } else {
      if (rank >= this.timeRank || valueEnd === value) return;
      const hadTime = this.hasTime;
      const level = this.level;
      this.hasTime = false;
      const behind = this.run(timeProgram, value, valueEnd);
      this.level = level;
      if (behind >= 0 && this.hasTime) this.timeRank = rank;
      else this.hasTime = hadTime;
    }
  }

  /** Level code of a value: a word, a letter, pino numbers, syslog severities; -1 when it names none. */
  private levelOfValue(p: number, end: number): number {
    const digitsEnd = this.digits(p, end, 4);
    if (digitsEnd > p && digitsEnd === end) {
      const value = this.number(p, digitsEnd);
      if (value < 8) return levelOfSeverity(value);
      const found = levelOfNumber(value);
      return found > 0 ? found : -1;
    }
    const q = this.letters(p, end, 16);
    if (q - p === 1) return levelOfLetter((this.bytes[p] as number) & 0xdf);
    const found = this.lookUp(p, q, 0);
    return found > 0 ? found : -1;
  }

  private logfmt(p: number, end: number, keys: number, timeProgram: number): number {
    this.messageRank = this.levelRank = this.timeRank = 255;
    let q = p;
    let pairs = 0;
    let bare = 0;
    if (this.at(p, end) === BLANK || this.at(p, end) === TAB) return -1;
    while (q < end) {
      q = this.skipBlanks(q, end);
      const key = q;
      while (q < end && (this.bytes[q] as number) > BLANK && this.bytes[q] !== 61 && this.bytes[q] !== 34) q++;
      if (q === key || this.at(q, end) !== 61) {
        bare++;
        while (q < end && this.bytes[q] !== BLANK && this.bytes[q] !== TAB) q++;
        if (pairs === 0) return -1;
        continue;
      }
      pairs++;
      const value = q + 1;
      if (this.at(value, end) === 34) {
        const close = this.closingQuote(value + 1, end);
        const valueEnd = close < 0 ? end : close;
        this.jsonValue(keys, timeProgram, 0, 0, key, q, value + 1, valueEnd);
        q = close < 0 ? end : close + 1;
      } else {
        let valueEnd = value;
        while (valueEnd < end && this.bytes[valueEnd] !== BLANK && this.bytes[valueEnd] !== TAB) valueEnd++;
        this.jsonValue(keys, timeProgram, 0, 0, key, q, value, valueEnd);
        q = valueEnd;
      }
    }
    const known = this.messageRank < 255 || this.levelRank < 255 || this.timeRank < 255;
    if (!known && (pairs < 2 || bare > pairs)) return -1;
    if (this.level === 0 && this.levelRank === 255 && this.messageStart >= 0)
      this.level = this.scanLevel(this.messageStart, this.messageEnd);
    return end;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function isLetter(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
}

/** Letters, digits, _ and bytes of non-ASCII letters. */
function isWordByte(byte: number): boolean {
  return isLetter(byte) || isDigit(byte) || byte === 95 || byte >= 128;
}

function isOpening(byte: number): boolean {
  return byte === 91 || byte === 60 || byte === 40;
}

function isClosing(byte: number): boolean {
  return byte === 93 || byte === 62 || byte === 41;
}

/** Android and glog letters; S (silent) is no level; -1 when the byte is none of them. */
function levelOfLetter(byte: number): number {
  switch (byte) {
    case 86: // V
    case 84: // T
      return 1;
    case 68: // D
      return 2;
    case 73: // I
    case 78: // N
      return 3;
    case 87: // W
      return 4;
    case 69: // E
      return 5;
    case 70: // F
    case 67: // C
    case 65: // A
      return 6;
    case 83: // S
      return 0;
    default:
      return -1;
  }
}

/** Syslog severity 0 emergency … 7 debug. @see https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1 */
function levelOfSeverity(severity: number): number {
  return severity <= 2 ? 6 : severity === 3 ? 5 : severity === 4 ? 4 : severity === 7 ? 2 : 3;
}

/** pino and bunyan: 10 trace … 60 fatal; custom numbers between count as the one below. */
function levelOfNumber(value: number): number {
  return value < 10 ? 0 : value >= 70 ? 0 : Math.floor(value / 10);
}
