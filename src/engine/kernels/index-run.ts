/**
 * Drives `indexLines` over bytes in a memory, and hands back everything it left there as plain values: what tests of the
 * two kernels compare. The engine's own driver, which keeps what it needs and no more, is `shard/loader.ts`.
 */

import * as op from './index-layout';
import { type Kernels, RESERVED_BYTES } from './kernels';

const PROGRAM_BYTES = 65536;
const CAPACITY_MOST = 4096;
const WIDE_MOST = 64;
const SLOTS_MOST = 16384;

const STATE = RESERVED_BYTES;
const PROGRAM = STATE + 4096;
const OFFSETS = PROGRAM + PROGRAM_BYTES;
const TIMES = OFFSETS + CAPACITY_MOST * 4;
const LEVELS = TIMES + CAPACITY_MOST * 4;
const SKELETONS = LEVELS + CAPACITY_MOST;
const WIDE = SKELETONS + CAPACITY_MOST * 4;
const TABLE = WIDE + WIDE_MOST * 16;
const ENTRIES = TABLE + SLOTS_MOST * 4;
const BYTES = ENTRIES + (SLOTS_MOST / 2) * op.ENTRY_BYTES;

/** Pages of 64 KiB that a memory needs for texts of `textBytes`. */
export function pagesFor(textBytes: number): number {
  return Math.ceil((BYTES + textBytes + 256) / 65536);
}

export interface RunOptions {
  /** Bytes by which the limit moves forward; absent: all at once. */
  readonly step?: number;
  /** Offset of the text from a multiple of 16, 0–15. */
  readonly shift?: number;
  /** What stands behind the limit; absent: a text that would change every answer that looks at it. */
  readonly behind?: Uint8Array;
  readonly capacity?: number;
  readonly wideCapacity?: number;
  readonly tableSlots?: number;
  readonly entryLimit?: number;
  readonly skipsSkeletons?: boolean;
}

export interface RunBlock {
  readonly offsets: readonly number[];
  readonly times: readonly number[];
  readonly levels: readonly number[];
  readonly skeletons: readonly number[];
  /** {record index, raw ms} */
  readonly wide: readonly (readonly [number, number])[];
  readonly base: number | null;
  readonly timeMin: number;
  readonly timeMax: number;
  readonly flagsSeen: number;
}

export interface RunEntry {
  readonly hash: string;
  readonly record: number;
  readonly count: number;
  readonly message: number;
  readonly length: number;
  readonly coarse: number;
}

export interface RunResult {
  /** What the calls returned, in order. */
  readonly statuses: readonly number[];
  readonly blocks: readonly RunBlock[];
  readonly entries: readonly RunEntry[];
  readonly summary: Readonly<Record<string, number | readonly number[]>>;
}

/** Digits, letters, a newline, brackets, quotes: whatever the text ends with, this would go on with it. */
const MISLEADING = new TextEncoder().encode(
  '9:59.999Z ERROR]"}, "level":"fatal" x=1\n2031-01-01 00:00:00 FATAL no\n0123456789abcdefABCDEF~~~~',
);

const COUNTERS = {
  position: op.S_POSITION,
  lines: op.S_LINES,
  crs: op.S_CRS,
  inversions: op.S_INVERSIONS,
  untimed: op.S_UNTIMED,
  refusedRun: op.S_REFUSED_RUN,
  refusedMax: op.S_REFUSED_MAX,
  refusedMaxAt: op.S_REFUSED_MAX_AT,
  hasFirst: op.S_HAS_FIRST,
  hasPrevious: op.S_HAS_PREVIOUS,
  hasRecord: op.S_HAS_RECORD,
  firstError: op.S_FIRST_ERROR,
  lastError: op.S_LAST_ERROR,
  firstRecord: op.S_FIRST_RECORD,
} as const;

/** Indexes `text` with `program` from a fresh state. */
export function runIndex(kernels: Kernels, program: Uint8Array, text: Uint8Array, options: RunOptions = {}): RunResult {
  const view = new DataView(kernels.memory.buffer);
  const memory = new Uint8Array(kernels.memory.buffer);
  const set = (field: number, value: number): void => view.setUint32(STATE + field, value, true);
  const get = (field: number): number => view.getUint32(STATE + field, true);
  const start = BYTES + (options.shift ?? 0);
  const behind = options.behind ?? MISLEADING;
  let slots = options.tableSlots ?? 1024;
  if (start + text.length + behind.length > memory.length) throw new RangeError(`${text.length} bytes do not fit`);

  memory.fill(0, STATE, STATE + op.STATE_BYTES);
  memory.set(program, PROGRAM);
  memory.fill(0, TABLE, TABLE + slots * 4);
  const places: [number, number][] = [
    [op.S_PROGRAM, PROGRAM],
    [op.S_BYTES, start],
    [op.S_OFFSETS, OFFSETS],
    [op.S_TIMES, TIMES],
    [op.S_LEVELS, LEVELS],
    [op.S_SKELETONS, SKELETONS],
    [op.S_CAPACITY, options.capacity ?? CAPACITY_MOST],
    [op.S_WIDE, WIDE],
    [op.S_WIDE_CAPACITY, options.wideCapacity ?? WIDE_MOST],
    [op.S_TABLE, TABLE],
    [op.S_TABLE_SLOTS, slots],
    [op.S_ENTRIES, ENTRIES],
    [op.S_ENTRY_CAPACITY, slots / 2],
    [op.S_ENTRY_LIMIT, options.entryLimit ?? SLOTS_MOST],
    [op.S_FIRST_ERROR, 0xffffffff],
    [op.S_LAST_ERROR, 0xffffffff],
    [op.S_FIRST_RECORD, 0xffffffff],
    [op.S_SKIP_SKELETONS, options.skipsSkeletons === true ? 1 : 0],
  ];
  for (const [field, value] of places) set(field, value);

  const statuses: number[] = [];
  const blocks: RunBlock[] = [];
  beginBlock();
  const step = options.step ?? Math.max(text.length, 1);
  for (let limit = Math.min(step, text.length), from = 0; ; limit = Math.min(limit + step, text.length)) {
    memory.set(text.subarray(from, limit), start + from);
    memory.set(behind, start + limit);
    from = limit;
    set(op.S_LIMIT, limit);
    set(op.S_FINAL, limit === text.length ? 1 : 0);
    if (advance()) break;
  }

  return {
    statuses,
    blocks,
    entries: Array.from({ length: get(op.S_ENTRY_COUNT) }, (_, i) => entryAt(ENTRIES + i * op.ENTRY_BYTES)),
    summary: {
      ...Object.fromEntries(Object.entries(COUNTERS).map(([name, field]) => [name, get(field)])),
      rolls: view.getInt32(STATE + op.S_ROLLS, true),
      firstRaw: view.getFloat64(STATE + op.S_FIRST_RAW, true),
      lastRaw: view.getFloat64(STATE + op.S_LAST_RAW, true),
      previousRaw: view.getFloat64(STATE + op.S_PREVIOUS_RAW, true),
      levelCounts: Array.from({ length: 8 }, (_, i) => get(op.S_LEVEL_COUNTS + i * 4)),
      formatCounts: Array.from({ length: 32 }, (_, i) => get(op.S_FORMAT_COUNTS + i * 4)),
    },
  };

  function entryAt(at: number): RunEntry {
    return {
      hash: view.getBigUint64(at + op.ENTRY_HASH, true).toString(16),
      record: view.getUint32(at + op.ENTRY_RECORD, true),
      count: view.getUint32(at + op.ENTRY_COUNT, true),
      message: view.getUint32(at + op.ENTRY_MESSAGE, true),
      length: view.getUint16(at + op.ENTRY_LENGTH, true),
      coarse: view.getUint16(at + op.ENTRY_COARSE, true),
    };
  }

  /** Calls until the limit is reached; true when all is done. */
  function advance(): boolean {
    for (;;) {
      const status = kernels.indexLines(STATE);
      statuses.push(status);
      if (status === op.INDEX_BLOCK_FULL) endBlock();
      else if (status === op.INDEX_SKELETONS_FULL) growTable();
      else {
        if (status === op.INDEX_DONE) endBlock();
        return status === op.INDEX_DONE;
      }
    }
  }

  function beginBlock(): void {
    set(op.S_COUNT, 0);
    set(op.S_HAS_BASE, 0);
    set(op.S_WIDE_COUNT, 0);
    set(op.S_FLAGS_SEEN, 0);
    view.setInt32(STATE + op.S_TIME_MIN, 2147483647, true);
    view.setInt32(STATE + op.S_TIME_MAX, op.TIME_NONE, true);
  }

  function endBlock(): void {
    const indexes = Array.from({ length: get(op.S_COUNT) }, (_, i) => i);
    blocks.push({
      offsets: indexes.map((i) => view.getUint32(OFFSETS + i * 4, true)),
      times: indexes.map((i) => view.getInt32(TIMES + i * 4, true)),
      levels: indexes.map((i) => view.getUint8(LEVELS + i)),
      skeletons: indexes.map((i) => view.getUint32(SKELETONS + i * 4, true)),
      wide: Array.from({ length: get(op.S_WIDE_COUNT) }, (_, i) => [
        view.getUint32(WIDE + i * 16, true),
        view.getFloat64(WIDE + i * 16 + 8, true),
      ]),
      base: get(op.S_HAS_BASE) === 0 ? null : view.getFloat64(STATE + op.S_BASE, true),
      timeMin: view.getInt32(STATE + op.S_TIME_MIN, true),
      timeMax: view.getInt32(STATE + op.S_TIME_MAX, true),
      flagsSeen: get(op.S_FLAGS_SEEN),
    });
    beginBlock();
  }

  /** Doubles the slots; entries stay where they are. */
  function growTable(): void {
    slots *= 2;
    if (slots > SLOTS_MOST) throw new RangeError('more skeletons than the tests have room for');
    memory.fill(0, TABLE, TABLE + slots * 4);
    for (let index = 0; index < get(op.S_ENTRY_COUNT); index++) {
      let slot = view.getUint32(ENTRIES + index * op.ENTRY_BYTES, true) & (slots - 1);
      while (view.getUint32(TABLE + slot * 4, true) !== 0) slot = (slot + 1) & (slots - 1);
      const tag = view.getUint32(ENTRIES + index * op.ENTRY_BYTES + op.ENTRY_HASH + 4, true) & op.SLOT_TAG;
      view.setUint32(TABLE + slot * 4, tag | (index + 1), true);
    }
    set(op.S_TABLE_SLOTS, slots);
    set(op.S_ENTRY_CAPACITY, slots / 2);
  }
}
