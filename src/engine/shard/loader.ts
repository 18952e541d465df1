/** Reads a shard's bytes into the memory and indexes them as they come: bytes → lines → records → columns. */

import { breathe } from '../../base/breathe';
import * as op from '../kernels/index-layout';
import type { Kernels } from '../kernels/kernels';
import type { ByteSource } from '../source/byte-source';
import { createDecoder, decodedSizeBound } from '../source/decode';
import { openStream } from '../source/streams';
import type { Arena } from './arena';
import { ByteWindow } from './byte-window';
import { BLOCK_RECORDS, LoadedShard, type RecordBlock } from './loaded-shard';
import { TimesSeen, timeFlagsOf } from './raw-times';
import type { ShardReport, ShardSpec, ShardTimings } from './shard-api';
import { MessageCopies, SkeletonTable } from './skeletons';
import { WIDE_CAPACITY, type Workbench } from './workbench';

/** What a decoder may hold back of one chunk and write with the next. */
const DECODER_REST_BYTES = 64;
/** Work between two breaths. */
const BREATH_MS = 8;
/** What is read is indexed while it is still in the processor's cache. */
const CHUNK_BYTES = 524288;

/** What a worker has spent its time on, ms; shared by the loads that run at once in it. */
export interface Spent {
  copyMs: number;
  kernelMs: number;
  jsMs: number;
}

export interface LoadContext {
  readonly kernels: Kernels;
  readonly arena: Arena;
  readonly bench: Workbench;
  readonly source: ByteSource;
  readonly spent: Spent;
  /** Loads that run at once in this worker. */
  readonly laneCount: number;
  readonly throwIfCancelled: () => void;
}

/**
 * Bytes arrive in chunks; each is copied behind the ones before it and indexed at once, while it is still in the cache.
 *
 * @throws Fault as ByteSource.read does, `stale` when cancelled, `out-of-memory`
 */
export async function loadShard(spec: ShardSpec, context: LoadContext): Promise<LoadedShard> {
  const { kernels, arena, bench, spent } = context;
  const shard = new LoadedShard(spec);
  const rawBytes = spec.end - spec.start;
  const keepBytes = spec.keepsBytes ? Math.max(1, decodedSizeBound(rawBytes, spec.encoding)) : 0;
  const window = new ByteWindow(arena, keepBytes, spec.windowBytes);
  const before = { ...spent };
  const mine: Spent = { copyMs: 0, kernelMs: 0, jsMs: 0 };
  const started = performance.now();
  const indexer = new Indexer(kernels, arena, bench, shard, window, mine);
  try {
    indexer.begin();
    const decoder = createDecoder(spec.encoding, spec.isCr);
    let read = 0;
    const stream = openStream(
      context.source,
      spec.start,
      spec.end,
      spec.chunkBytes === 0 ? CHUNK_BYTES : spec.chunkBytes,
    );
    let breathed = performance.now();
    try {
      for (let chunk = await stream.next(); chunk !== null; chunk = await stream.next()) {
        context.throwIfCancelled();
        const arrived = performance.now();
        read += chunk.length;
        const fresh = decoder.decodeInto(
          chunk,
          window.room(decodedSizeBound(chunk.length, spec.encoding) + DECODER_REST_BYTES, indexer.position),
          read === rawBytes,
        );
        mine.copyMs += performance.now() - arrived;
        window.add(fresh);
        indexer.look(fresh);
        indexer.run(false);
        // Bytes that are there already come without leaving the task: questions about other shards would wait to the end.
        if (performance.now() - breathed > BREATH_MS) {
          await breathe();
          breathed = performance.now();
        }
      }
    } finally {
      stream.cancel();
    }
    indexer.run(true);
    const report = indexer.finish();
    shard.decodedBytes = window.size;
    shard.bytes = window.finish();
    spent.copyMs += mine.copyMs;
    spent.kernelMs += mine.kernelMs;
    spent.jsMs += mine.jsMs;
    // While this load waited for bytes, the other one may have used the worker: that is no waiting of the worker.
    const others = spent.copyMs - before.copyMs + (spent.kernelMs - before.kernelMs) + (spent.jsMs - before.jsMs);
    const timings: ShardTimings = {
      ...mine,
      readMs: Math.max(0, performance.now() - started - others) / context.laneCount,
      waitMs: 0,
    };
    shard.report = { ...report, residentBytes: shard.bytes?.size ?? 0, timings };
    return shard;
  } catch (error) {
    window.close();
    shard.giveColumns(arena);
    throw error;
  } finally {
    indexer.close();
  }
}

/** Drives `indexLines`: fresh blocks, a larger skeleton table, and the report at the end. */
class Indexer {
  private readonly state: number;
  private linesAtBlock = 0;
  private readonly times = new TimesSeen();
  private readonly messages: MessageCopies;

  constructor(
    private readonly kernels: Kernels,
    private readonly arena: Arena,
    private readonly bench: Workbench,
    private readonly shard: LoadedShard,
    private readonly bytes: ByteWindow,
    private readonly spent: Spent,
  ) {
    this.state = bench.state.pointer;
    this.messages = new MessageCopies(arena);
  }

  private get view(): DataView {
    return new DataView(this.arena.memory.buffer);
  }

  begin(): void {
    const { bench } = this;
    const memory = new Uint8Array(this.arena.memory.buffer);
    memory.fill(0, this.state, this.state + op.STATE_BYTES);
    memory.set(this.shard.spec.program, bench.program.pointer);
    bench.clearTable();
    this.set(op.S_PROGRAM, bench.program.pointer);
    this.set(op.S_OFFSETS, bench.columns.pointer);
    this.set(op.S_TIMES, bench.columns.pointer + BLOCK_RECORDS * 4);
    this.set(op.S_SKELETONS, bench.columns.pointer + BLOCK_RECORDS * 8);
    this.set(op.S_LEVELS, bench.columns.pointer + BLOCK_RECORDS * 12);
    this.set(op.S_CAPACITY, BLOCK_RECORDS);
    this.set(op.S_WIDE, bench.wide.pointer);
    this.set(op.S_WIDE_CAPACITY, WIDE_CAPACITY);
    this.set(op.S_FIRST_ERROR, 0xffffffff);
    this.set(op.S_LAST_ERROR, 0xffffffff);
    this.set(op.S_FIRST_RECORD, 0xffffffff);
    this.set(op.S_ENTRY_LIMIT, this.shard.spec.skeletonLimit);
    this.placeTable();
    this.resetBlock();
  }

  private set(field: number, value: number): void {
    this.view.setUint32(this.state + field, value, true);
  }

  private get(field: number): number {
    return this.view.getUint32(this.state + field, true);
  }

  private placeTable(): void {
    this.set(op.S_TABLE, this.bench.table);
    this.set(op.S_TABLE_SLOTS, this.bench.tableSlots);
    this.set(op.S_ENTRIES, this.bench.entries);
    this.set(op.S_ENTRY_CAPACITY, this.bench.entryCapacity);
  }

  private resetBlock(): void {
    this.set(op.S_COUNT, 0);
    this.set(op.S_HAS_BASE, 0);
    this.set(op.S_WIDE_COUNT, 0);
    this.set(op.S_FLAGS_SEEN, 0);
    this.view.setInt32(this.state + op.S_TIME_MIN, 2147483647, true);
    this.view.setInt32(this.state + op.S_TIME_MAX, op.TIME_NONE, true);
    this.linesAtBlock = this.get(op.S_LINES);
  }

  private nulCount = 0;
  private invalidUtf8 = 0;
  /** Bytes up to here were looked through for invalid UTF-8: to the end of a line, which no character crosses. */
  private validated = 0;
  private isAscii = true;

  /** Offset of the first byte that is still needed. */
  get position(): number {
    return this.get(op.S_POSITION);
  }

  /** Notes what is out of the ordinary among the last `count` bytes that came, while they are in the cache. */
  look(count: number): void {
    const started = performance.now();
    const end = this.bytes.base + this.bytes.size;
    const flags = this.kernels.textFlags(end - count, end);
    if ((flags & 1) !== 0) this.isAscii = false;
    if ((flags & 2) !== 0) this.nulCount += this.kernels.countNuls(end - count, end);
    this.spent.kernelMs += performance.now() - started;
  }

  private validate(end: number): void {
    if (end === this.validated) return;
    if (!this.isAscii) {
      const started = performance.now();
      this.invalidUtf8 += this.kernels.countInvalidUtf8(this.bytes.base + this.validated, this.bytes.base + end);
      // What is left of the chunk may be where the other bytes are.
      this.isAscii = this.kernels.isAscii(this.bytes.base + end, this.bytes.base + this.bytes.size);
      this.spent.kernelMs += performance.now() - started;
    }
    this.validated = end;
  }

  /** Indexes the complete lines among the bytes that have come; when final, the last line too. */
  run(isFinal: boolean): void {
    const started = performance.now();
    const kernelBefore = this.spent.kernelMs;
    this.step(isFinal);
    this.messages.add(this.bench.entries, this.get(op.S_ENTRY_COUNT), this.bytes.base);
    this.validate(isFinal ? this.bytes.size : this.position);
    this.spent.jsMs += performance.now() - started - (this.spent.kernelMs - kernelBefore);
  }

  private indexLines(): number {
    const started = performance.now();
    const status = this.kernels.indexLines(this.state);
    this.spent.kernelMs += performance.now() - started;
    return status;
  }

  private step(isFinal: boolean): void {
    const filled = this.bytes.size;
    this.set(op.S_BYTES, this.bytes.base);
    this.set(op.S_LIMIT, filled);
    this.set(op.S_FINAL, isFinal ? 1 : 0);
    for (;;) {
      switch (this.indexLines()) {
        case op.INDEX_BLOCK_FULL:
          this.closeBlock(this.get(op.S_POSITION));
          break;
        case op.INDEX_SKELETONS_FULL:
          this.bench.growTable(this.get(op.S_ENTRY_COUNT));
          this.placeTable();
          break;
        case op.INDEX_DONE:
          this.closeBlock(filled);
          return;
        default:
          return;
      }
    }
  }

  /** Copies the workbench's columns into an allocation of their size. */
  private closeBlock(endOffset: number): void {
    const count = this.get(op.S_COUNT);
    if (count === 0) return;
    const memory = this.arena.allocate(count * 13);
    const view = this.view;
    const bytes = new Uint8Array(view.buffer);
    const at = memory.pointer;
    const copy = (from: number, to: number, size: number) => bytes.copyWithin(to, from, from + size);
    const columns = this.bench.columns.pointer;
    copy(columns, at, count * 4);
    copy(columns + BLOCK_RECORDS * 4, at + count * 4, count * 4);
    copy(columns + BLOCK_RECORDS * 8, at + count * 8, count * 4);
    copy(columns + BLOCK_RECORDS * 12, at + count * 12, count);
    const base = view.getFloat64(this.state + op.S_BASE, true);
    const min = view.getInt32(this.state + op.S_TIME_MIN, true);
    const max = view.getInt32(this.state + op.S_TIME_MAX, true);
    const wide = new Map<number, number>();
    for (let i = 0; i < this.get(op.S_WIDE_COUNT); i++) {
      const entry = this.bench.wide.pointer + i * 16;
      const raw = view.getFloat64(entry + 8, true);
      wide.set(view.getUint32(entry, true), raw);
    }
    const span = min <= max ? { min: base + min, max: base + max } : null;
    const block: RecordBlock = {
      memory,
      count,
      first: this.shard.recordCount,
      offsets: at,
      times: at + count * 4,
      skeletons: at + count * 8,
      levels: at + count * 12,
      startOffset: view.getUint32(at, true),
      endOffset,
      linesBefore: this.linesAtBlock,
      base,
      span,
      wide,
      ...timeFlagsOf(view, at + count * 12, at + count * 4, count, this.get(op.S_FLAGS_SEEN)),
    };
    this.flags |= this.get(op.S_FLAGS_SEEN);
    this.times.add(block, view);
    this.shard.blocks.push(block);
    this.shard.recordCount += count;
    this.resetBlock();
  }

  private flags = 0;

  /** Keeps the skeletons, and tells what was found. */
  finish(): Omit<ShardReport, 'timings' | 'residentBytes'> {
    const { shard } = this;
    const skeletons = SkeletonTable.from(this.arena, this.bench.entries, this.get(op.S_ENTRY_COUNT), this.messages);
    shard.skeletons = skeletons;
    const view = this.view;
    const list = (field: number, count: number) =>
      Array.from({ length: count }, (_, i) => view.getUint32(this.state + field + i * 4, true));
    const orNull = (value: number) => (value === 0xffffffff ? null : value);
    return {
      key: shard.spec.key,
      decodedBytes: this.bytes.size,
      recordCount: shard.recordCount,
      lineCount: this.get(op.S_LINES),
      crlfCount: this.get(op.S_CRS),
      levelCounts: list(op.S_LEVEL_COUNTS, 7),
      formatCounts: list(op.S_FORMAT_COUNTS, shard.spec.formatKinds.length),
      flags: this.flags,
      times: this.times.list(),
      inversions: this.get(op.S_INVERSIONS),
      untimedCount: this.get(op.S_UNTIMED),
      firstError: orNull(this.get(op.S_FIRST_ERROR)),
      lastError: orNull(this.get(op.S_LAST_ERROR)),
      firstMatched: orNull(this.get(op.S_FIRST_RECORD)),
      longestRefused: { lines: this.get(op.S_REFUSED_MAX), offset: this.get(op.S_REFUSED_MAX_AT) },
      nulCount: this.nulCount,
      invalidUtf8: this.invalidUtf8,
      skeletonCount: skeletons.count,
      skeletonOverflow: skeletons.count < shard.spec.skeletonLimit ? 0 : shard.recordCount - skeletons.countRecords(),
      columnBytes: shard.columnBytes,
    };
  }

  /** Gives back what indexing alone needed. */
  close(): void {
    this.messages.close();
    this.bench.shrinkTable();
  }
}
