/**
 * From bytes to columns: walks lines, asks the format machine whether each begins a record, and appends what it found to
 * the current block. The twin of `assembly/index-lines.ts`; the state struct is in `../index-layout.ts`.
 *
 *   for each complete line in [position, limit):
 *     if a format accepts it, or the shard has no record yet: begin a record (offset, time, level, skeleton)
 *     else: the line continues the record before it
 */

import * as op from '../index-layout';
import { FormatMachine } from './index-machine';
import { coarseOf, skeletonHash, skeletonText } from './index-skeleton';

const HALF_YEAR_MS = 183 * 86400000;
const YEAR_MS = 366 * 86400000; // year-less times live in leap years, so that 29 February has a place
const HALF_DAY_MS = 43200000;
const DAY_MS = 86400000;

/** The machine of each program in use, so that its memo of the last date lives from call to call. */
const machines = new WeakMap<WebAssembly.Memory, Map<number, FormatMachine>>();

function machineFor(memory: WebAssembly.Memory, bytes: Uint8Array, program: number, isNew: boolean): FormatMachine {
  let ofMemory = machines.get(memory);
  if (ofMemory === undefined) {
    ofMemory = new Map();
    machines.set(memory, ofMemory);
  }
  const known = ofMemory.get(program);
  if (known !== undefined && !isNew) {
    known.setBytes(bytes);
    return known;
  }
  const machine = new FormatMachine(bytes.slice(program, program + 65536), [], bytes);
  ofMemory.set(program, machine);
  return machine;
}

export function indexLines(memory: WebAssembly.Memory, state: number): number {
  const bytes = new Uint8Array(memory.buffer);
  const view = new DataView(memory.buffer);
  const get = (field: number): number => view.getUint32(state + field, true);
  const set = (field: number, value: number): void => view.setUint32(state + field, value, true);
  const getF64 = (field: number): number => view.getFloat64(state + field, true);
  const setF64 = (field: number, value: number): void => view.setFloat64(state + field, value, true);

  const machine = machineFor(memory, bytes, get(op.S_PROGRAM), get(op.S_POSITION) === 0);
  // Where byte 0 would stand: behind a window that has slid on it lies before the memory, and is told modulo 2^32.
  const told = get(op.S_BYTES);
  const base = told > bytes.length ? told - 2 ** 32 : told;
  const limit = get(op.S_LIMIT);
  const isFinal = get(op.S_FINAL) !== 0;
  for (;;) {
    const position = get(op.S_POSITION);
    if (position >= limit) return isFinal ? op.INDEX_DONE : op.INDEX_MORE;
    const scanned = Math.max(position, get(op.S_SCANNED));
    let newline = bytes.subarray(0, base + limit).indexOf(10, base + scanned);
    if (newline < 0 || newline >= base + limit) newline = -1;
    if (newline < 0 && !isFinal) {
      set(op.S_SCANNED, limit);
      return op.INDEX_MORE;
    }
    const next = newline < 0 ? limit : newline - base + 1;
    const start = base + position;
    let end = newline < 0 ? base + limit : newline;
    const hasCr = end > start && bytes[end - 1] === 13;
    if (hasCr) end--;

    const format = machine.matchAny(start, end);
    if (format >= 0 || get(op.S_HAS_RECORD) === 0) {
      const status = addRecord(format, position, start, end);
      if (status !== op.INDEX_MORE) return status;
    }
    if (format < 0) {
      const run = get(op.S_REFUSED_RUN) + 1;
      if (run === 1) set(op.S_REFUSED_AT, position);
      set(op.S_REFUSED_RUN, run);
      if (run > get(op.S_REFUSED_MAX)) {
        set(op.S_REFUSED_MAX, run);
        set(op.S_REFUSED_MAX_AT, get(op.S_REFUSED_AT));
      }
    } else set(op.S_REFUSED_RUN, 0);
    if (hasCr && newline >= 0) set(op.S_CRS, get(op.S_CRS) + 1);
    set(op.S_LINES, get(op.S_LINES) + 1);
    set(op.S_POSITION, next);
    set(op.S_SCANNED, next);
  }

  /** INDEX_MORE when the record was added; else nothing was changed and the call is to be repeated after help. */
  function addRecord(format: number, position: number, start: number, end: number): number {
    const count = get(op.S_COUNT);
    if (count === get(op.S_CAPACITY)) return op.INDEX_BLOCK_FULL;
    const isMatched = format >= 0;
    const level = isMatched ? machine.level : 0;
    const hasTime = isMatched && machine.hasTime;
    let raw = hasTime ? machine.raw : 0;
    let flags = isMatched ? (hasTime ? machine.flags : 0) : op.FLAG_UNMATCHED;
    let rolls = view.getInt32(state + op.S_ROLLS, true);
    if (hasTime && (flags & (op.FLAG_YEARLESS | op.FLAG_DATELESS)) !== 0) {
      const isDateless = (flags & op.FLAG_DATELESS) !== 0;
      if (get(op.S_HAS_PREVIOUS) !== 0) {
        const step = raw - getF64(op.S_PREVIOUS_RAW);
        const half = isDateless ? HALF_DAY_MS : HALF_YEAR_MS;
        if (step < -half) rolls++;
        else if (step > half) rolls--;
      }
    }
    const nominal = raw;
    if (hasTime && (flags & (op.FLAG_YEARLESS | op.FLAG_DATELESS)) !== 0)
      raw += rolls * ((flags & op.FLAG_DATELESS) !== 0 ? DAY_MS : YEAR_MS);

    // The block's base is its first time; a time too far from it goes to the wide list.
    let delta = op.TIME_NONE;
    if (hasTime) {
      if (get(op.S_HAS_BASE) === 0) {
        set(op.S_HAS_BASE, 1);
        setF64(op.S_BASE, raw);
      }
      const distance = raw - getF64(op.S_BASE);
      if (distance >= op.TIME_MIN && distance <= 2147483647) delta = distance;
      else {
        const wide = get(op.S_WIDE_COUNT);
        if (wide === get(op.S_WIDE_CAPACITY)) return op.INDEX_BLOCK_FULL;
        const at = get(op.S_WIDE) + wide * 16;
        view.setUint32(at, count, true);
        view.setUint32(at + 4, 0, true);
        view.setFloat64(at + 8, raw, true);
        delta = op.TIME_WIDE;
      }
    }
    let skeleton = 0;
    if (get(op.S_SKIP_SKELETONS) === 0) {
      const from = isMatched && machine.messageStart >= 0 ? machine.messageStart : start;
      const to = isMatched && machine.messageStart >= 0 ? machine.messageEnd : end;
      skeleton = skeletonId(skeletonHash(bytes, from, to), position, from, to);
      if (skeleton < 0) return op.INDEX_SKELETONS_FULL;
    }

    if (delta === op.TIME_WIDE) set(op.S_WIDE_COUNT, get(op.S_WIDE_COUNT) + 1);
    if (delta !== op.TIME_NONE && delta !== op.TIME_WIDE) {
      if (delta < view.getInt32(state + op.S_TIME_MIN, true)) view.setInt32(state + op.S_TIME_MIN, delta, true);
      if (delta > view.getInt32(state + op.S_TIME_MAX, true)) view.setInt32(state + op.S_TIME_MAX, delta, true);
    }
    if (hasTime) {
      if (get(op.S_HAS_FIRST) === 0) {
        set(op.S_HAS_FIRST, 1);
        setF64(op.S_FIRST_RAW, raw);
      } else if (raw < getF64(op.S_LAST_RAW)) set(op.S_INVERSIONS, get(op.S_INVERSIONS) + 1);
      setF64(op.S_LAST_RAW, raw);
      if ((flags & (op.FLAG_YEARLESS | op.FLAG_DATELESS)) !== 0) {
        setF64(op.S_PREVIOUS_RAW, nominal);
        set(op.S_HAS_PREVIOUS, 1);
        view.setInt32(state + op.S_ROLLS, rolls, true);
      }
    } else {
      flags &= ~(op.FLAG_ABSOLUTE | op.FLAG_YEARLESS | op.FLAG_DATELESS);
      set(op.S_UNTIMED, get(op.S_UNTIMED) + 1);
    }
    view.setUint32(get(op.S_OFFSETS) + count * 4, position, true);
    view.setInt32(get(op.S_TIMES) + count * 4, delta, true);
    view.setUint8(get(op.S_LEVELS) + count, level | flags);
    view.setUint32(get(op.S_SKELETONS) + count * 4, skeleton, true);
    set(op.S_COUNT, count + 1);
    set(op.S_HAS_RECORD, 1);
    set(op.S_FLAGS_SEEN, get(op.S_FLAGS_SEEN) | flags);
    set(op.S_LEVEL_COUNTS + level * 4, get(op.S_LEVEL_COUNTS + level * 4) + 1);
    if (isMatched) {
      set(op.S_FORMAT_COUNTS + format * 4, get(op.S_FORMAT_COUNTS + format * 4) + 1);
      if (get(op.S_FIRST_RECORD) === 0xffffffff) set(op.S_FIRST_RECORD, position);
    }
    if (level >= 5) {
      if (get(op.S_FIRST_ERROR) === 0xffffffff) set(op.S_FIRST_ERROR, position);
      set(op.S_LAST_ERROR, position);
    }
    return op.INDEX_MORE;
  }

  /** What the column holds for the skeleton of a message, new or known (its count goes up); -1 when the table must grow first. */
  function skeletonId(hash: bigint, position: number, from: number, to: number): number {
    const slots = get(op.S_TABLE_SLOTS);
    const table = get(op.S_TABLE);
    const entries = get(op.S_ENTRIES);
    let slot = Number(hash & BigInt(slots - 1));
    const tag = Number(hash >> 32n) & op.SLOT_TAG;
    for (;;) {
      const value = view.getUint32(table + slot * 4, true);
      if (value === 0) break;
      const index = value & op.SLOT_INDEX;
      const entry = entries + (index - 1) * op.ENTRY_BYTES;
      if (view.getBigUint64(entry + op.ENTRY_HASH, true) === hash) {
        view.setUint32(entry + op.ENTRY_COUNT, view.getUint32(entry + op.ENTRY_COUNT, true) + 1, true);
        return index - 1;
      }
      slot = (slot + 1) & (slots - 1);
    }
    const entryCount = get(op.S_ENTRY_COUNT);
    const isPastLimit = entryCount >= get(op.S_ENTRY_LIMIT);
    if (!isPastLimit && entryCount >= get(op.S_ENTRY_CAPACITY)) return -1;
    const coarse = coarseOf(skeletonText(bytes, from, to));
    if (isPastLimit) return op.SKELETON_COARSE + coarse;
    const entry = entries + entryCount * op.ENTRY_BYTES;
    view.setBigUint64(entry + op.ENTRY_HASH, hash, true);
    view.setUint32(entry + op.ENTRY_RECORD, position, true);
    view.setUint32(entry + op.ENTRY_COUNT, 1, true);
    view.setUint32(entry + op.ENTRY_MESSAGE, from - base, true);
    view.setUint16(entry + op.ENTRY_LENGTH, Math.min(to - from, op.SKELETON_BYTES), true);
    view.setUint16(entry + op.ENTRY_COARSE, coarse, true);
    view.setUint32(table + slot * 4, tag | (entryCount + 1), true);
    set(op.S_ENTRY_COUNT, entryCount + 1);
    return entryCount;
  }
}
