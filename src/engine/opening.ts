/**
 * Opening a source: look at the head and a few places, choose formats, cut into shards, hand them to the workers.
 *
 *   head + probes ─► encoding, kind, formats ─► cuts at record starts ─► queue ─► workers (two loads each)
 *   compressed:      unpacked in order by one unpacker, cut at line ends, each segment a shard of its own
 */

import { Fault, isFault } from '../base/fault';
import type { Budget } from './budget';
import type { Environment } from './environment';
import { detectFormats } from './formats/detect';
import type { Format } from './formats/format';
import { learnAll } from './formats/learn-all';
import type { Item } from './formats/pattern';
import { compileProgram, matchLine, type Program } from './formats/program';
import { FORMATS } from './formats/registry';
import type { Fleet, FleetWorker } from './fleet';
import type { IndexedShard, LineReader } from './index-head';
import type { IndexTally } from './index-tally';
import { applyHead, findIndex, type FoundIndex } from './index-opening';
import { DEFAULT_INDEX_TUNING, type IndexTuning } from './index-writer';
import { LANES } from './shard/shard-host';
import type { ShardKey, ShardReport, ShardSpec } from './shard/shard-api';
import type { SourceEntry, ShardSlot } from './source-entry';
import { INDEX_WINDOW_BYTES } from './shard/byte-window';
import { SKELETON_LIMIT } from './shard/skeletons';
import { type BytesRef, unitBytesOf } from './source/byte-source';
import { planCuts, type CutOptions } from './source/cut';
import { createDecoder, decodedSizeBound } from './source/decode';
import { detectHead, type HeadFacts, readHeadAs } from './source/encoding';

/** Bytes of a window that formats are detected on. */
const WINDOW_BYTES = 64 * 1024;
/** Windows besides the head, spread over the source: a file may change its format midway. */
const PROBES = 7;
/** Files this small are in memory before one could look away. */
const KEEP_BYTES = 64 * 1024 * 1024;
/** The first shard is small, so that rows show at once. */
const FIRST_SHARD_BYTES = 1024 * 1024;
/** Longest byte-order mark: a source whose cutting begins behind it is cut from its start. */
const MOST_BOM_BYTES = 4;
/** A run of this many lines that no format knows is looked at: another format may have begun. */
const REFUSED_LINES = 50;
/** Segments that cannot be read again and are larger than this in sum go to the spill. */
const KEEP_UNSPILLED_BYTES = 32 * 1024 * 1024;

export interface OpeningContext {
  readonly environment: Environment;
  readonly fleet: Fleet;
  readonly options: EngineTuning;
  nextKey(): ShardKey;
  readonly budget: Budget;
  readonly indexTally: IndexTally;
  changed(entry: SourceEntry): void;
  /** Sends clocks that changed to the shards. */
  sendClocks(entry: SourceEntry): Promise<void>;
  /** Gives up shards of a source: their memory, and what of them was put elsewhere. */
  release(entry: SourceEntry, slots: readonly ShardSlot[]): Promise<void>;
}

/** Sizes that tests make small. */
export interface EngineTuning {
  readonly chunkBytes: number;
  readonly cuts: Partial<Pick<CutOptions, 'shardBytes' | 'windows'>>;
  readonly firstShardBytes: number;
  /** Files up to this size stay in memory as they are indexed; larger ones are brought there afterwards. */
  readonly keepBytes: number;
  /** What those are indexed through. */
  readonly windowBytes: number;
  /** Skeletons a shard tells apart. */
  readonly skeletonLimit: number;
  readonly index: IndexTuning;
}

export const DEFAULT_TUNING: EngineTuning = {
  chunkBytes: 0,
  cuts: {},
  firstShardBytes: FIRST_SHARD_BYTES,
  keepBytes: KEEP_BYTES,
  windowBytes: INDEX_WINDOW_BYTES,
  skeletonLimit: SKELETON_LIMIT,
  index: DEFAULT_INDEX_TUNING,
};

export class Opening {
  private readonly tickets = new Set<{ worker: FleetWorker; ticket: number }>();
  private isStopped = false;
  private readonly learned = new Map<string, readonly (readonly Item[])[]>();
  private stopUnpacking: (() => void) | undefined;
  /** Length of the byte-order mark in front of an unpacked source. */
  private bomBytes = 0;
  /** The unpacked segment before ended with a line; else the next one goes on inside it. */
  private endedLine = true;

  constructor(
    private readonly entry: SourceEntry,
    private readonly context: OpeningContext,
  ) {}

  /** Ends it and keeps what is indexed. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.stopUnpacking?.();
    // A worker that is gone runs nothing.
    await Promise.allSettled(
      [...this.tickets].map(({ worker, ticket }) => this.context.fleet.call(worker, (api) => api.cancel(ticket))),
    );
  }

  /** Resolves when it has ended, however; the entry's state and fault tell how. */
  run(): Promise<void> {
    return this.conclude(() => this.open());
  }

  /** The same for a file that has grown to `size` bytes: indexes what was appended. */
  append(size: number): Promise<void> {
    return this.conclude(() => this.grow(size));
  }

  private async conclude(work: () => Promise<void>): Promise<void> {
    const { entry, context } = this;
    try {
      await work();
      // A shard may have been lost meanwhile, with its worker.
      entry.state = this.isStopped || entry.fault !== null ? 'partial' : 'open';
    } catch (error) {
      if (isFault(error, 'stale') || this.isStopped) entry.state = 'partial';
      else if (isFault(error)) {
        entry.fault = { code: error.code, message: error.message };
        entry.state = entry.readable().length > 0 ? 'partial' : 'failed';
      } else {
        entry.state = 'failed';
        context.changed(entry);
        throw error;
      }
    } finally {
      entry.elapsedMs = context.environment.now() - entry.startedAtMs;
    }
    if (entry.isClosed) return;
    // What lies behind a gap cannot be counted: a shard that is missing ends the readable part.
    await context.release(entry, entry.shards.splice(entry.readable().length));
    await context.sendClocks(entry);
    context.changed(entry);
  }

  private async open(): Promise<void> {
    const { entry, context } = this;
    const found = await findIndex(entry, context.environment, context.options.index.leastBytes, context.indexTally);
    if (found === null) await this.openBytes();
    else await this.openIndexed(found);
  }

  private async openBytes(): Promise<void> {
    const { entry, context } = this;
    const source = context.environment.openBytes(entry.bytes);
    const head = await source.read(0, Math.min(source.size, WINDOW_BYTES * 4));
    if (isGzip(head)) return this.openPacked();
    const probes = await this.probe(source.size);
    const found = this.lookAt(head, probes);
    if (source.size === 0) return;
    if (entry.kind === 'binary' && entry.forcedFormat === null) {
      entry.format = { id: 'binary', title: 'Binary', score: 1, reason: found.reason, isForced: false, others: [] };
      return;
    }
    if (entry.kind === 'binary') entry.kind = 'text';
    const windows = [head.subarray(0, WINDOW_BYTES), ...probes];
    this.chooseFormats(windows.map((window) => this.decode(window)));
    context.changed(entry);
    await this.cutAndLoad(found.bomBytes, source.size);
    await this.recheckFormats();
  }

  // ── From an index that was kept ────────────────────────────────────────────────────────────────────────────────────

  /** The shards as they were cut; each from the index, or from its bytes where the index does not hold it any more. */
  private async openIndexed({ key, id, head }: FoundIndex): Promise<void> {
    const { entry, context } = this;
    applyHead(entry, head);
    const parts = new Map<ShardSlot, IndexedShard>();
    for (const part of head.shards) parts.set(this.slot(part.start, part.end, part.isPiece), part);
    const slots = [...parts.keys()];
    entry.shards.push(...slots);
    context.changed(entry);
    let restored = 0;
    await this.loadAll(slots, async (slot, worker) => {
      const { reader, report } = parts.get(slot) as IndexedShard;
      const spec = this.spec(slot, head.readers[reader]);
      const from = { index: id, shard: slots.indexOf(slot), report };
      const found = await this.place(slot, worker, report.columnBytes, (ticket) =>
        context.fleet.restore(worker, spec, from, ticket),
      );
      if (found) restored++;
      else await this.load(slot, worker, spec);
    });
    entry.isFromCache = restored === slots.length;
    entry.storedIndex = { key, fingerprint: entry.fingerprint ?? '' };
  }

  /** Cuts [from, size) and loads the pieces; the first, small one while the rest is still being cut, so that rows show at once. */
  private async cutAndLoad(from: number, size: number): Promise<void> {
    const { entry, context } = this;
    const first = from <= MOST_BOM_BYTES ? await this.cutFirst(from, size) : null;
    if (first !== null) entry.shards.push(first);
    const loading = first === null ? Promise.resolve() : this.load(first, context.fleet.workers[0] as FleetWorker);
    const rest = this.cut(first?.end ?? from, size).then((slots) => {
      entry.shards.push(...slots);
      return this.loadAll(slots);
    });
    const failed = (await Promise.allSettled([loading, rest])).find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** What kind of text it is, and in which encoding; noted in the entry. */
  private lookAt(head: Uint8Array, probes: readonly Uint8Array[]): HeadFacts {
    const { entry } = this;
    const found = entry.forcedEncoding === null ? detectHead(head, probes) : readHeadAs(head, entry.forcedEncoding);
    entry.kind = head.length === 0 ? 'empty' : found.kind;
    entry.encoding = found.encoding;
    entry.encodingReason = found.reason;
    entry.isCr = found.lineEnding === 'CR';
    return found;
  }

  private async probe(size: number): Promise<Uint8Array[]> {
    if (size < WINDOW_BYTES * 4) return [];
    const source = this.context.environment.openBytes(this.entry.bytes);
    // As any encoding may need it: which one it is, the probes help to tell.
    const unit = unitBytesOf('utf-16le');
    return Promise.all(
      Array.from({ length: PROBES }, (_, i) => {
        const start = Math.floor((size * (i + 1)) / (PROBES + 1) / unit) * unit;
        return source.read(start, Math.min(size, start + WINDOW_BYTES));
      }),
    );
  }

  private decode(bytes: Uint8Array): Uint8Array {
    if (this.entry.encoding === 'utf-8' && !this.entry.isCr) return bytes;
    const target = new Uint8Array(decodedSizeBound(bytes.length, this.entry.encoding));
    return target.subarray(0, createDecoder(this.entry.encoding, this.entry.isCr).decodeInto(bytes, target, true));
  }

  /** Straight layouts of these formats, beside those learned before: all shards read alike. */
  private learn(
    formats: readonly Format[],
    windows: readonly Uint8Array[],
  ): ReadonlyMap<string, readonly (readonly Item[])[]> {
    for (const [format, layouts] of learnAll(formats, windows)) this.learned.set(format, layouts);
    return this.learned;
  }

  private chooseFormats(windows: readonly Uint8Array[]): void {
    const { entry } = this;
    const forced = entry.forcedFormat;
    if (forced !== null) {
      const format = FORMATS.find((candidate) => candidate.id === forced);
      if (format === undefined)
        throw new Fault('format-unknown', `there is no format ${forced}`, { details: { format: forced } });
      // Generic structured formats learn their keys from the sample, forced or not.
      const detection = detectFormats(windows, { formats: [format] });
      const chosen = detection.set.find((candidate) => candidate.id === format.id) ?? format;
      entry.program = compileProgram([chosen], this.learn([chosen], windows));
      entry.format = {
        id: format.id,
        title: format.title,
        score: 1,
        reason: 'chosen by you',
        isForced: true,
        others: [],
      };
      return;
    }
    const detection = detectFormats(windows);
    const best = detection.set[0] as Format;
    entry.program = compileProgram(detection.set, this.learn(detection.set, windows));
    entry.format = {
      id: best.id,
      title: best.title,
      score: detection.choices.find((choice) => choice.format.id === best.id)?.score ?? 0,
      reason: detection.reason,
      isForced: false,
      others: detection.choices
        .filter((choice) => choice.format.id !== best.id)
        .slice(0, 4)
        .map(({ format, score }) => ({ id: format.id, title: format.title, score })),
    };
    if (detection.ambiguous === true) entry.notes.set('ambiguous-date', { count: 1, first: null });
  }

  private cutRules(): CutOptions {
    const { entry, context } = this;
    const program = entry.program as Program;
    return {
      ...context.options.cuts,
      encoding: entry.encoding,
      isCr: entry.isCr,
      isRecordStart: (bytes, start, end) => matchLine(program, bytes.subarray(start, end)) !== null,
    };
  }

  private slot(start: number, end: number, isPiece: boolean): ShardSlot {
    const { entry, context } = this;
    return { key: context.nextKey(), bytes: entry.bytes, start, end, isPiece, report: null, sentClock: '' };
  }

  /** A small piece at the source's start; null when the source is small itself. */
  private async cutFirst(from: number, size: number): Promise<ShardSlot | null> {
    const { firstShardBytes } = this.context.options;
    if (size <= 2 * firstShardBytes) return null;
    const source = this.context.environment.openBytes(this.entry.bytes);
    const pieces = await planCuts(
      2 * firstShardBytes,
      { ...this.cutRules(), start: from, shardBytes: firstShardBytes },
      (start, end) => source.read(start, end),
    );
    const end = pieces[1]?.start;
    return end === undefined ? null : this.slot(from, end, false);
  }

  /** Cuts [from, size) of the source into slots. @param isInLine  `from` lies inside a line too long to be held whole */
  private async cut(from: number, size: number, isInLine = false): Promise<ShardSlot[]> {
    const source = this.context.environment.openBytes(this.entry.bytes);
    const pieces = await planCuts(size, { ...this.cutRules(), start: from }, (start, end) => source.read(start, end));
    return pieces.map(({ start, isForced }, index) =>
      this.slot(start, pieces[index + 1]?.start ?? size, isForced || (isInLine && index === 0)),
    );
  }

  /** How the source's lines are read by now. */
  private reader(): LineReader {
    const { bytes, fieldNames, formats } = this.entry.program as Program;
    return { program: bytes, fieldNames, formatKinds: formats.map((format) => format.kind) };
  }

  private spec(slot: ShardSlot, reader = this.reader()): ShardSpec {
    const { entry } = this;
    return {
      key: slot.key,
      bytes: slot.bytes,
      start: slot.start,
      end: slot.end,
      encoding: entry.encoding,
      isCr: entry.isCr,
      ...reader,
      isPiece: slot.isPiece,
      keepsBytes: entry.packing !== 'none' || entry.bytes.size <= this.context.options.keepBytes,
      windowBytes: this.context.options.windowBytes,
      chunkBytes: this.context.options.chunkBytes,
      skeletonLimit: this.context.options.skeletonLimit,
    };
  }

  /** Hands slots to the workers in order, two at a time each; the first failure stops the rest. */
  private async loadAll(
    slots: readonly ShardSlot[],
    load: (slot: ShardSlot, worker: FleetWorker) => Promise<void> = (slot, worker) => this.load(slot, worker),
  ): Promise<void> {
    const { fleet } = this.context;
    let next = 0;
    let isFailed = false;
    const lane = async (worker: FleetWorker): Promise<void> => {
      while (next < slots.length && !this.isStopped && !isFailed) {
        const slot = slots[next++] as ShardSlot;
        try {
          await load(slot, worker);
        } catch (error) {
          isFailed = true;
          throw error;
        }
      }
    };
    const lanes: Promise<void>[] = [];
    for (let i = 0; i < LANES; i++) for (const worker of fleet.workers) lanes.push(lane(worker));
    const results = await Promise.allSettled(lanes);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    if (this.isStopped) throw new Fault('stale', 'stopped');
  }

  private async load(slot: ShardSlot, worker: FleetWorker, spec = this.spec(slot)): Promise<void> {
    const size = spec.keepsBytes ? slot.end - slot.start : spec.windowBytes;
    await this.place(slot, worker, size, (ticket) => this.context.fleet.load(worker, spec, ticket));
  }

  /** Brings a shard into a worker that has room for `size` bytes of it; false when `bring` could not. */
  private async place(
    slot: ShardSlot,
    worker: FleetWorker,
    size: number,
    bring: (ticket: number) => Promise<ShardReport | null>,
  ): Promise<boolean> {
    const { entry, context } = this;
    await context.budget.reserve(worker, size);
    const running = { worker, ticket: context.fleet.ticket() };
    this.tickets.add(running);
    try {
      if (this.isStopped) throw new Fault('stale', 'stopped');
      slot.report = await bring(running.ticket);
    } finally {
      this.tickets.delete(running);
      await context.budget.settled(worker, size);
    }
    if (slot.report === null) return false;
    entry.generation++;
    entry.elapsedMs = context.environment.now() - entry.startedAtMs;
    await context.sendClocks(entry);
    context.changed(entry);
    return true;
  }

  /** Where many lines in a row were refused, another format may have begun: detect there, and index those shards again. */
  private async recheckFormats(): Promise<void> {
    const { entry, context } = this;
    if (entry.format.isForced || entry.program === null) return;
    const suspicious = entry
      .readable()
      .filter((slot) => slot.report.longestRefused.lines >= REFUSED_LINES || slot.report.firstMatched === null);
    if (suspicious.length === 0) return;
    const samples: Uint8Array[] = [];
    for (const slot of suspicious.slice(0, 16)) {
      const { offset } = slot.report.longestRefused;
      samples.push(await context.fleet.onShard(slot.key, (api) => api.bytes(slot.key, offset, offset + WINDOW_BYTES)));
    }
    const known = new Set(entry.program.formats.map((format) => format.id));
    const added = detectFormats(samples)
      .set.filter((format) => !known.has(format.id) && format.id !== 'plain')
      .slice(0, 4);
    if (added.length === 0) return;
    entry.program = compileProgram([...entry.program.formats, ...added], this.learn(added, samples));
    entry.notes.set('format-change', { count: added.length, first: null });
    // As shards of their own: selections and clocks of the old ones do not hold for them, nor need their worker be the same.
    const fresh = new Map<ShardKey, ShardSlot>();
    for (const slot of suspicious)
      fresh.set(slot.key, { ...slot, key: context.nextKey(), report: null, sentClock: '' });
    entry.shards = entry.shards.map((slot) => fresh.get(slot.key) ?? slot);
    entry.generation++;
    for (const slot of suspicious) await context.fleet.drop(slot.key);
    await this.loadAll([...fresh.values()]);
  }

  // ── Compressed sources ─────────────────────────────────────────────────────────────────────────────────────────────

  private async openPacked(): Promise<void> {
    const { entry, context } = this;
    const unpacker = context.environment.unpacker('gzip');
    if (unpacker === undefined) throw new Fault('unsupported', 'gzip cannot be unpacked here');
    entry.packing = 'gzip';
    entry.kind = 'text';
    const signal = { aborted: false };
    this.stopUnpacking = () => {
      signal.aborted = true;
    };
    let unspilled = 0;
    const loads: Promise<void>[] = [];
    const workers = context.fleet.workers;
    try {
      await unpacker.unpack(
        entry.bytes,
        {
          segment: async (bytes, packedBytes) => {
            if (this.isStopped) throw new Fault('stale', 'stopped');
            if (entry.program === null) this.beginUnpacked(bytes);
            entry.packedBytes = packedBytes;
            if (bytes.length === 0 || entry.kind !== 'text') return;
            const { spill } = context.environment;
            let ref: BytesRef = { kind: 'memory', bytes, size: bytes.length };
            if (spill !== undefined && unspilled + bytes.length > KEEP_UNSPILLED_BYTES) ref = await spill.put(bytes);
            else unspilled += bytes.length;
            const start = entry.shards.length === 0 ? this.bomBytes : 0;
            const slot: ShardSlot = {
              key: context.nextKey(),
              bytes: ref,
              start,
              end: bytes.length,
              isPiece: !this.endedLine,
              report: null,
              sentClock: '',
            };
            this.endedLine =
              bytes[bytes.length - 1] === 10 ||
              (entry.encoding === 'utf-16le' && bytes[bytes.length - 2] === 10) ||
              (entry.isCr && bytes[bytes.length - 1] === 13);
            entry.shards.push(slot);
            const worker = workers[entry.shards.length % workers.length] as FleetWorker;
            const load = this.load(slot, worker);
            load.catch(() => undefined); // told when its turn comes, which may be long after
            loads.push(load);
            // Back-pressure: no more segments under way than there are lanes.
            if (loads.length >= workers.length * LANES) await loads.shift();
          },
        },
        signal,
      );
    } catch (error) {
      await Promise.allSettled(loads);
      if (isFault(error, 'archive-damaged') && entry.readable().length > 0)
        entry.notes.set('truncated-archive', { count: 1, first: null });
      throw error;
    }
    const failed = (await Promise.allSettled(loads)).find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    if (entry.program === null && entry.kind === 'text') entry.kind = 'empty';
    if (!this.isStopped) entry.packedBytes = entry.bytes.size;
    await this.recheckFormats();
  }

  /** The first unpacked segment tells encoding and formats. */
  private beginUnpacked(bytes: Uint8Array): void {
    const { entry } = this;
    const windows = [0, 1, 2, 3]
      .map((i) => Math.floor((bytes.length * i) / 4 / 2) * 2)
      .map((start) => bytes.subarray(start, start + WINDOW_BYTES));
    const found = this.lookAt(bytes.subarray(0, WINDOW_BYTES * 4), windows.slice(1));
    this.bomBytes = found.bomBytes;
    if (entry.kind === 'binary' && entry.forcedFormat === null) {
      entry.format = { id: 'binary', title: 'Binary', score: 1, reason: found.reason, isForced: false, others: [] };
      return;
    }
    if (entry.kind === 'binary') entry.kind = 'text';
    this.chooseFormats(
      (bytes.length > WINDOW_BYTES * 4 ? windows : windows.slice(0, 1)).map((window) => this.decode(window)),
    );
  }

  // ── Growth ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Indexes what was appended: the last shard again (its last line may have gone on), and what is new. */
  private async grow(size: number): Promise<void> {
    const { entry, context } = this;
    entry.fault = null;
    entry.isFromCache = false;
    entry.generation++;
    const last = entry.shards.pop();
    if (last !== undefined) await context.release(entry, [last]);
    // So little was there before that only now it may show what it is.
    if (last === undefined || entry.shards.length === 0) return this.open();
    entry.shards = entry.shards.map((slot) => ({ ...slot, bytes: entry.bytes }));
    for (const slot of entry.shards) await context.fleet.rebase(slot.key, entry.bytes, slot.start, slot.end);
    const slots = await this.cut(last.start, size, last.isPiece);
    entry.shards.push(...slots);
    await this.loadAll(slots);
  }
}

export function isGzip(head: Uint8Array): boolean {
  return head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}
