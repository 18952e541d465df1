/** Turns pattern items into machine code: the opcodes of `kernels/index-layout.ts`. */

import * as op from '../kernels/index-layout';
import type { FieldKind, Item, TimeElement, TimeToken } from './pattern';

/** Set of bytes as 32 bytes of bitmap. */
type ByteSet = Uint8Array;

/** Bytes an item sequence may begin with. `isOpen`: it may match nothing, so what follows counts too. */
interface First {
  set: ByteSet;
  isOpen: boolean;
}

export class Emitter {
  readonly code: number[] = [];
  readonly fieldNames: string[] = [];
  /** Groups and optional parts of times whose way is to be told, as an empty field `#number.alternative`. */
  traced: ReadonlyMap<Item | TimeElement, number> = new Map();

  get here(): number {
    return this.code.length;
  }

  u8(...values: number[]): void {
    for (const value of values) this.code.push(value & 255);
  }

  u16(value: number): void {
    if (value > 0xffff) throw new Error('format program over 64 KiB');
    this.code.push(value & 255, value >> 8);
  }

  patch16(at: number, value: number): void {
    if (value > 0xffff) throw new Error('format program over 64 KiB');
    this.code[at] = value & 255;
    this.code[at + 1] = value >> 8;
  }

  text(text: string): void {
    const bytes = new TextEncoder().encode(text);
    if (bytes.length === 1) this.u8(op.OP_BYTE, bytes[0] as number);
    else this.u8(op.OP_TEXT, bytes.length, ...bytes);
  }

  span(set: ByteSet, min: number, max: number): void {
    this.u8(op.OP_SPAN, min, max, ...set);
  }

  /**
   * One or more bytes up to one of `stop`; a few stop bytes have an instruction of their own, which the kernel runs 16
   * bytes a step, and which keeps the field itself.
   *
   * @param field  index of the field's name, or NO_FIELD
   */
  until(stop: ByteSet, field: number): void {
    const bytes: number[] = [];
    for (let byte = 0; byte < 256; byte++)
      if ((((stop[byte >> 3] as number) >> (byte & 7)) & 1) === 1) bytes.push(byte);
    if (bytes.length === 0 || bytes.length > 4) {
      this.field(field, () => this.span(complement(stop), 1, NO_LIMIT));
      return;
    }
    const padded = [0, 1, 2, 3].map((i) => bytes[i] ?? (bytes[0] as number));
    this.u8(op.OP_UNTIL, field, ...padded);
  }

  /** What `body` takes is the field of that index; NO_FIELD: it is not kept. */
  field(index: number, body: () => void): void {
    if (index !== op.NO_FIELD) this.u8(op.OP_FIELD_BEGIN, index);
    body();
    if (index !== op.NO_FIELD) this.u8(op.OP_FIELD_END, index);
  }

  /** One instruction that may fail; cheaper than `optional`, for it needs no frame to come back to. */
  maybe(instruction: () => void): void {
    this.u8(op.OP_MAYBE, 0);
    const start = this.here;
    instruction();
    this.code[start - 1] = this.here - start;
  }

  /** Runs `body`; when it fails, position is restored and the program goes on behind it. */
  optional(body: () => void): void {
    this.u8(op.OP_CHOICE);
    const choice = this.here;
    this.u16(0);
    body();
    this.u8(op.OP_COMMIT);
    const commit = this.here;
    this.u16(0);
    this.patch16(choice, this.here);
    this.patch16(commit, this.here);
  }

  /** Fails when `body` matches here; consumes nothing. */
  not(body: () => void): void {
    this.u8(op.OP_CHOICE);
    const choice = this.here;
    this.u16(0);
    body();
    this.u8(op.OP_COMMIT);
    this.u16(this.here + 2);
    this.u8(op.OP_FAIL);
    this.patch16(choice, this.here);
  }

  /** Goes on behind `body` at once when the next byte is none that it can begin with. */
  tested(first: ByteSet | null, body: () => void): void {
    if (first === null) return body();
    this.u8(op.OP_TEST);
    const test = this.here;
    this.u16(0);
    this.u8(...union(first, ESCAPE));
    body();
    this.patch16(test, this.here);
  }

  /**
   * Ordered choice; fails when every body fails.
   *
   * @param firsts  bytes each body can begin with, null where that is open: a body that cannot match is not tried
   */
  alternatives(bodies: readonly (() => void)[], firsts: readonly (ByteSet | null)[] = []): void {
    const commits: number[] = [];
    bodies.forEach((body, index) => {
      if (index === bodies.length - 1) {
        body();
        return;
      }
      const first = firsts[index] ?? null;
      let test = -1;
      if (first !== null) {
        this.u8(op.OP_TEST);
        test = this.here;
        this.u16(0);
        this.u8(...union(first, ESCAPE));
      }
      this.u8(op.OP_CHOICE);
      const choice = this.here;
      this.u16(0);
      body();
      this.u8(op.OP_COMMIT);
      commits.push(this.here);
      this.u16(0);
      this.patch16(choice, this.here);
      if (test >= 0) this.patch16(test, this.here);
    });
    for (const commit of commits) this.patch16(commit, this.here);
  }

  private readonly memos: string[] = [];

  /** From 1: the memo of time layouts whose date and clock are written the same way. */
  memoOf(signature: string): number {
    const index = this.memos.indexOf(signature);
    return index < 0 ? this.memos.push(signature) : index + 1;
  }

  /** An empty field, to tell that the match went through here. */
  mark(name: string): void {
    const index = this.fieldIndex(name);
    this.u8(op.OP_FIELD_BEGIN, index, op.OP_FIELD_END, index);
  }

  fieldIndex(name: string): number {
    let index = this.fieldNames.indexOf(name);
    if (index < 0) index = this.fieldNames.push(name) - 1;
    if (index > 254) throw new Error('more than 255 field names in one program');
    return index;
  }
}

/** Layouts in order; the first that matches counts. */
export function emitLayouts(out: Emitter, layouts: readonly (readonly Item[])[]): void {
  out.alternatives(
    layouts.map((items) => () => emitItems(out, items)),
    layouts.map((items) => beginningOf(items)),
  );
}

function emitItems(out: Emitter, items: readonly Item[], follow: readonly Item[] = []): void {
  for (const [index, item] of items.entries()) emitItem(out, item, [...items.slice(index + 1), ...follow]);
}

function emitItem(out: Emitter, item: Item, follow: readonly Item[]): void {
  switch (item.kind) {
    case 'text':
      return out.text(item.text);
    case 'blank':
      return out.u8(follow[0]?.kind === 'message' || follow[0]?.kind === 'scan' ? op.OP_LENIENT_BLANKS : op.OP_BLANKS);
    case 'message':
      return out.u8(op.OP_MESSAGE);
    case 'start':
      return out.u8(op.OP_START);
    case 'not':
      return out.not(() =>
        out.alternatives(item.alternatives.map((alternative) => () => emitItems(out, alternative, follow))),
      );
    case 'scan':
      return out.u8(op.OP_SCAN_LEVEL);
    case 'level':
      return out.u8(
        {
          word: op.OP_LEVEL_WORD,
          upper: op.OP_LEVEL_UPPER,
          letter: op.OP_LEVEL_LETTER,
          pri: op.OP_LEVEL_PRI,
          status: op.OP_LEVEL_STATUS,
          number: op.OP_LEVEL_NUMBER,
        }[item.how],
      );
    case 'time':
      return emitTime(out, item.elements);
    case 'field':
      return emitField(out, item, follow);
    case 'group': {
      const group = out.traced.get(item);
      const bodies = item.alternatives.map((alternative, index) => () => {
        if (group !== undefined) out.mark(`#${group}.${index}`);
        emitItems(out, alternative, follow);
      });
      const firsts = item.alternatives.map((alternative) => beginningOf([...alternative, ...follow]));
      if (!item.isOptional) return out.alternatives(bodies, firsts);
      const own = item.alternatives.map((alternative) => beginningOf(alternative));
      const first = own.reduce<ByteSet | null>(
        (sum, set) => (sum === null || set === null ? null : union(sum, set)),
        new Uint8Array(32),
      );
      return out.tested(first, () => out.optional(() => out.alternatives(bodies, firsts)));
    }
  }
}

const NO_LIMIT = 255;

function emitField(out: Emitter, item: Extract<Item, { kind: 'field' }>, follow: readonly Item[]): void {
  const isKept = item.name !== '_' && !(item.how === 'cell' && item.name === 'message');
  const field = isKept ? out.fieldIndex(item.name) : op.NO_FIELD;
  switch (item.how) {
    case 'until-next': {
      const first = firstOf(follow);
      return out.until(first.isOpen || isEmpty(first.set) ? union(first.set, BLANK) : first.set, field);
    }
    case 'word':
      return out.until(BLANK, field);
    case 'cell': {
      if (item.argument.length !== 1 || item.argument.charCodeAt(0) > 127)
        throw new Error('{name:cell=} needs one ASCII character');
      return out.u8(op.OP_CELL, field, item.argument.charCodeAt(0), item.name === 'message' ? 1 : 0);
    }
    case 'not':
      return out.until(union(BLANK, bytesOf(item.argument)), field);
    default: {
      const { how, argument } = item;
      return out.field(field, () => emitFieldBody(out, how, argument));
    }
  }
}

function emitFieldBody(
  out: Emitter,
  how: Exclude<FieldKind, 'until-next' | 'word' | 'not' | 'cell'>,
  argument: string,
): void {
  switch (how) {
    case 'digits':
      return out.span(DIGITS, 1, NO_LIMIT);
    case 'digits2':
      return out.span(DIGITS, 2, 2);
    case 'digits3':
      return out.span(DIGITS, 3, 3);
    case 'digits4':
      return out.span(DIGITS, 4, 4);
    case 'hex':
      return out.span(bytesOf('0123456789abcdefABCDEF'), 1, NO_LIMIT);
    case 'id':
      return out.span(union(union(DIGITS, LETTERS), bytesOf('_.$-/:@#*+~%')), 1, NO_LIMIT);
    case 'alpha':
      return out.span(LETTERS, 1, NO_LIMIT);
    case 'number':
      return out.span(union(DIGITS, bytesOf('-.')), 1, NO_LIMIT);
    case 'nested':
      return out.u8(op.OP_NESTED);
    case 'quoted':
      return out.u8(op.OP_QUOTED);
    case 'status':
      return out.u8(op.OP_LEVEL_STATUS);
    case 'rest':
      return out.u8(op.OP_REST);
    case 'until': {
      const bytes = new TextEncoder().encode(argument);
      if (bytes.length === 0) throw new Error('{name:until=} needs a text');
      return out.u8(op.OP_UNTIL_TEXT, bytes.length, ...bytes);
    }
  }
}

function firstOf(items: readonly Item[]): First {
  const set = new Uint8Array(32);
  for (const item of items) {
    const first = firstOfItem(item);
    for (let i = 0; i < 32; i++) set[i] = (set[i] as number) | (first.set[i] as number);
    if (!first.isOpen) return { set, isOpen: false };
  }
  return { set, isOpen: true };
}

function firstOfItem(item: Item): First {
  switch (item.kind) {
    case 'text':
      return { set: bytesOf(item.text.slice(0, 1)), isOpen: false };
    case 'blank':
      return { set: BLANK, isOpen: false };
    case 'message':
    case 'scan':
      return { set: BLANK, isOpen: false };
    case 'start':
    case 'not':
      return { set: new Uint8Array(32), isOpen: true };
    case 'level':
      return {
        set: item.how === 'word' || item.how === 'upper' || item.how === 'letter' ? LETTERS : DIGITS,
        isOpen: false,
      };
    case 'time':
      return { set: union(DIGITS, LETTERS), isOpen: false };
    case 'field':
      if (item.how === 'quoted') return { set: bytesOf('"'), isOpen: false };
      if (item.how === 'nested') return { set: bytesOf('([{'), isOpen: false };
      return { set: BLANK, isOpen: false };
    case 'group': {
      const set = new Uint8Array(32);
      let isOpen = item.isOptional;
      for (const alternative of item.alternatives) {
        const first = firstOf(alternative);
        for (let i = 0; i < 32; i++) set[i] = (set[i] as number) | (first.set[i] as number);
        if (first.isOpen) isOpen = true;
      }
      return { set, isOpen };
    }
  }
}

/** Bytes that a match of the items can begin with; null when that is open (they may match nothing, or anything). */
function beginningOf(items: readonly Item[]): ByteSet | null {
  let set: ByteSet = new Uint8Array(32);
  for (const item of items) {
    const first = beginningOfItem(item);
    if (first === 'nothing') continue;
    if (first === null) return null;
    set = union(set, first.set);
    if (!first.isOpen) return set;
  }
  return null;
}

function beginningOfItem(item: Item): First | 'nothing' | null {
  switch (item.kind) {
    case 'text':
      return { set: bytesOf(item.text.slice(0, 1)), isOpen: false };
    case 'blank':
      return { set: BLANK, isOpen: false };
    case 'level':
      return {
        set: item.how === 'word' || item.how === 'upper' || item.how === 'letter' ? LETTERS : DIGITS,
        isOpen: false,
      };
    case 'time':
      return beginningOfTime(item.elements);
    case 'start':
    case 'not':
      return 'nothing';
    case 'message':
    case 'scan':
      return null;
    case 'field':
      if (item.how === 'quoted') return { set: bytesOf('"'), isOpen: false };
      if (item.how === 'nested') return { set: bytesOf('([{'), isOpen: false };
      if (
        item.how === 'digits' ||
        item.how === 'digits2' ||
        item.how === 'digits3' ||
        item.how === 'digits4' ||
        item.how === 'status'
      )
        return { set: DIGITS, isOpen: false };
      if (item.how === 'alpha') return { set: LETTERS, isOpen: false };
      if (item.how === 'word') return { set: complement(BLANK), isOpen: false };
      if (item.how === 'not') return { set: complement(union(BLANK, bytesOf(item.argument))), isOpen: false };
      return null;
    case 'group': {
      let set: ByteSet = new Uint8Array(32);
      let isOpen = item.isOptional;
      for (const alternative of item.alternatives) {
        let isAlternativeOpen = true;
        for (const inner of alternative) {
          const first = beginningOfItem(inner);
          if (first === 'nothing') continue;
          if (first === null) return null;
          set = union(set, first.set);
          if (!first.isOpen) {
            isAlternativeOpen = false;
            break;
          }
        }
        if (isAlternativeOpen) isOpen = true;
      }
      return { set, isOpen };
    }
  }
}

function beginningOfTime(elements: readonly TimeElement[]): First | null {
  let set: ByteSet = new Uint8Array(32);
  for (const element of elements) {
    if (element.kind === 'text') set = union(set, bytesOf(element.text.slice(0, 1)));
    else if (element.kind === 'class') set = union(set, bytesOf(element.chars));
    else if (element.kind === 'blank') set = union(set, BLANK);
    else if (element.token === 'MMM' || element.token === 'EEE' || element.token === 'a') set = union(set, LETTERS);
    else if (element.token === 'z') set = union(set, union(LETTERS, bytesOf('+-')));
    else set = union(set, DIGITS);
    if (!element.isOptional) return { set, isOpen: false };
  }
  return null;
}

// ── Times ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

//                slot            least digits  most  lowest  highest
const NUMBERS: Partial<Record<TimeToken, readonly [number, number, number, number, number]>> = {
  yyyy: [op.SLOT_YEAR, 4, 4, 1, 9999],
  yy: [op.SLOT_YEAR2, 2, 2, 0, 99],
  MM: [op.SLOT_MONTH, 2, 2, 1, 12],
  M: [op.SLOT_MONTH, 1, 2, 1, 12],
  dd: [op.SLOT_DAY, 2, 2, 1, 31],
  d: [op.SLOT_DAY, 1, 2, 1, 31],
  HH: [op.SLOT_HOUR, 2, 2, 0, 24],
  H: [op.SLOT_HOUR, 1, 2, 0, 24],
  hh: [op.SLOT_HOUR12, 2, 2, 1, 12],
  h: [op.SLOT_HOUR12, 1, 2, 1, 12],
  mm: [op.SLOT_MINUTE, 2, 2, 0, 59],
  m: [op.SLOT_MINUTE, 1, 2, 0, 59],
  ss: [op.SLOT_SECOND, 2, 2, 0, 60],
  s: [op.SLOT_SECOND, 1, 2, 0, 60],
};

const EPOCH_UNITS: Partial<Record<TimeToken, number>> = { epoch_s: 0, epoch_ms: 1, epoch_us: 2, epoch_ns: 3, epoch: 4 };

/**
 * How many elements can be remembered from record to record: date and clock are complete behind them, 0 when they never
 * are. The last is no optional one: whether that is there shows behind the remembered text, where no one would look.
 */
function memoLength(elements: readonly TimeElement[]): number {
  const isFine = (element: TimeElement | undefined) =>
    element?.kind === 'token' && (element.token === 'f' || element.token === 'S');
  let end = elements.findIndex(isFine);
  if (end < 0) end = elements.length;
  else while (end > 0 && elements[end - 1]?.kind !== 'token') end--; // the separator goes with the fraction
  while (end > 0 && elements[end - 1]?.isOptional) end--;
  const isDateOrClock = (element: TimeElement) =>
    element.kind === 'token' && !isFine(element) && element.token !== 'z' && element.token !== 'EEE';
  if (elements.slice(end).some(isDateOrClock)) return 0;
  if (elements.some((element) => element.kind === 'token' && EPOCH_UNITS[element.token] !== undefined)) return 0;
  return end;
}

export function emitTime(out: Emitter, elements: readonly TimeElement[]): void {
  // A remembered time is not gone through, so it would tell no way.
  const memo = out.traced.size > 0 ? 0 : memoLength(elements);
  const begin = out.here;
  const id = memo > 0 ? out.memoOf(JSON.stringify(elements.slice(0, memo))) : 0;
  out.u8(op.OP_TIME_BEGIN);
  out.u16(0);
  out.u16(id);
  elements.forEach((element, index) => {
    if (memo > 0 && index === memo) emitMemoEnd(out, begin, id);
    const number = out.traced.get(element);
    if (!element.isOptional) emitTimeElement(out, element);
    else if (number === undefined) out.maybe(() => emitTimeElement(out, element));
    else {
      out.optional(() => {
        emitTimeElement(out, element);
        out.mark(`#${number}.0`);
      });
    }
  });
  if (memo > 0 && memo === elements.length) emitMemoEnd(out, begin, id);
  out.u8(op.OP_TIME_END);
}

function emitMemoEnd(out: Emitter, begin: number, id: number): void {
  out.u8(op.OP_TIME_MEMO);
  out.u16(id);
  out.patch16(begin + 1, out.here);
}

function emitTimeElement(out: Emitter, element: TimeElement): void {
  if (element.kind === 'blank') return out.u8(op.OP_BLANKS);
  if (element.kind === 'text') return out.text(element.text);
  if (element.kind === 'class')
    return out.u8(op.OP_CLASS, element.chars.length, ...new TextEncoder().encode(element.chars));
  const number = NUMBERS[element.token];
  if (number !== undefined) {
    const [slot, min, max, lowest, highest] = number;
    out.u8(op.OP_NUM, slot, min, max);
    out.u16(lowest);
    return out.u16(highest);
  }
  const unit = EPOCH_UNITS[element.token];
  if (unit !== undefined) return out.u8(op.OP_EPOCH, unit);
  switch (element.token) {
    case 'MMM':
      return out.u8(op.OP_MONTH_NAME);
    case 'EEE':
      return out.u8(op.OP_DAY_NAME);
    case 'a':
      return out.u8(op.OP_AMPM);
    case 'f':
      return out.u8(op.OP_FRACTION);
    case 'S':
      return out.u8(op.OP_MILLIS);
    case 'z':
      return out.u8(op.OP_ZONE);
    default:
      throw new Error(`time token ${element.token} has no code`);
  }
}

// ── Byte sets ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function bytesOf(chars: string): ByteSet {
  const set = new Uint8Array(32);
  const first = new TextEncoder().encode(chars);
  const count = chars.length === 1 ? 1 : first.length;
  for (let i = 0; i < count; i++)
    set[(first[i] as number) >> 3] = (set[(first[i] as number) >> 3] as number) | (1 << ((first[i] as number) & 7));
  return set;
}

function union(a: ByteSet, b: ByteSet): ByteSet {
  return a.map((byte, i) => byte | (b[i] as number));
}

function complement(a: ByteSet): ByteSet {
  return a.map((byte) => ~byte & 255);
}

function isEmpty(a: ByteSet): boolean {
  return a.every((byte) => byte === 0);
}

const BLANK = bytesOf(' \t');
/** A colour may stand before anything. */
const ESCAPE = bytesOf('\x1b');
const DIGITS = bytesOf('0123456789');
const LETTERS = bytesOf('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ');
