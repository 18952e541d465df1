/**
 * What the coordinator asks of a shard worker. A worker owns many shards in one WebAssembly memory; every answer is
 * small. Offsets are relative to the shard's first decoded byte; record indexes count from the shard's first record.
 */

import type { PatternToken } from '../patterns/pattern';
import type { TraceKey } from '../patterns/stack';
import type { Filter } from '../query/filter';
import type { BytesRef, Encoding } from '../source/byte-source';
import type { TimeMap } from '../records/time-map';
import type { LevelCode, SourceId } from '../records/record';

/** Identifies a shard in its engine; never reused. */
export type ShardKey = number;

export interface ShardSpec {
  readonly key: ShardKey;
  readonly bytes: BytesRef;
  /** Range of `bytes`, half-open, cut at line starts (or inside a line that is too long). */
  readonly start: number;
  readonly end: number;
  readonly encoding: Encoding;
  /** Lines end in a lone CR. */
  readonly isCr: boolean;
  /** Compiled formats: `Program.bytes`. */
  readonly program: Uint8Array;
  readonly fieldNames: readonly string[];
  /** For each format of the program: how its fields are read. */
  readonly formatKinds: readonly ('layout' | 'json' | 'logfmt' | 'plain')[];
  /** The shard begins inside a line that is too long to be held whole. */
  readonly isPiece: boolean;
  /** The bytes stay in memory; otherwise they are indexed through a window, and `fill` brings them later. */
  readonly keepsBytes: boolean;
  /** Size of that window. */
  readonly windowBytes: number;
  /** Bytes of a chunk at most; 0: as the place reads best. */
  readonly chunkBytes: number;
  /** Skeletons it tells apart; what comes after is told apart by how it begins. */
  readonly skeletonLimit: number;
}

export interface ShardTimings {
  readMs: number;
  copyMs: number;
  kernelMs: number;
  jsMs: number;
  waitMs: number;
}

/** Raw times of a shard's records of one kind, ms as written; the shard's own roll-overs are in them, those before it not. */
export interface RawTimes {
  /** FLAG_ABSOLUTE, FLAG_YEARLESS or FLAG_DATELESS; 0: without a zone. */
  readonly flags: number;
  /** Of the first and the last such record in the file's order. */
  readonly first: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
}

/** What indexing a shard found. */
export interface ShardReport {
  readonly key: ShardKey;
  readonly decodedBytes: number;
  readonly recordCount: number;
  readonly lineCount: number;
  readonly crlfCount: number;
  readonly levelCounts: readonly number[];
  readonly formatCounts: readonly number[];
  /** OR of the records' flags. */
  readonly flags: number;
  /** Raw times by kind, in the order the kinds are met; empty when no record has one. */
  readonly times: readonly RawTimes[];
  readonly inversions: number;
  readonly untimedCount: number;
  readonly firstError: number | null;
  readonly lastError: number | null;
  /** Where the first record begins that a format accepted; null when none was. */
  readonly firstMatched: number | null;
  readonly longestRefused: { readonly lines: number; readonly offset: number };
  readonly nulCount: number;
  readonly invalidUtf8: number;
  readonly skeletonCount: number;
  /** Records whose skeletons came past the limit: they are told apart by how they begin. */
  readonly skeletonOverflow: number;
  readonly columnBytes: number;
  readonly residentBytes: number;
  readonly timings: ShardTimings;
}

/** How raw times of a shard become EpochMs, by the flags of the record; the shard's base roll-over is folded in. */
export interface ShardClock {
  readonly absolute: TimeMap;
  readonly wall: TimeMap;
  readonly yearless: TimeMap;
  readonly dateless: TimeMap;
}

/** A record as a shard tells it; the coordinator adds source, line base and order. */
export interface ShardRow {
  readonly index: number;
  readonly offset: number;
  /** Lines of the shard before it; null when its bytes could not be read. */
  readonly linesBefore: number | null;
  readonly lineCount: number;
  readonly time: number | null;
  readonly fraction: string;
  readonly level: LevelCode;
  readonly text: string;
  readonly textBytes: number;
  readonly isCut: boolean;
  readonly messageStart: number;
  readonly hits: readonly number[];
  readonly highlights: readonly number[];
  readonly keptBy: readonly number[];
  readonly values: readonly (string | null)[];
  readonly isContext: boolean;
  readonly isPiece: boolean;
}

/** Which rows of a shard, and what they bring along: see `RowsOptions`. */
export interface ShardRowsWish {
  /** 0: all records. */
  readonly selection: number;
  /** The selection that its records are kept by; another one where `selection` holds their context, too. */
  readonly core: number;
  /** Positions in `selection`, in this shard. */
  readonly first: number;
  readonly count: number;
  readonly hits: Filter | null;
  /** `hits` keeps all of `core` and nothing besides. */
  readonly isOwnFilter: boolean;
  readonly highlights: readonly Filter[];
  readonly fields: readonly string[];
}

export interface ShardLine {
  /** Record index in the shard. */
  readonly record: number;
  readonly time: number | null;
  readonly level: LevelCode;
  /** UTF-16 index of the message in the line; null on continuation lines. */
  readonly message: number | null;
}

export interface ShardHistogram {
  /** 7 × binCount. */
  readonly counts: Uint32Array;
  readonly untimedCount: number;
}

export interface ShardRuns {
  /** 7 × run count. */
  readonly levels: Uint32Array;
  readonly hits: Uint32Array | null;
}

/** How often each value of a field comes; a record counts once for each of its different values. */
export interface ShardValues {
  readonly values: readonly string[];
  readonly counts: Float64Array;
  readonly missingCount: number;
}

/** A wildcard of a pattern, by its index from 0. */
export interface ShardWildcard {
  readonly tokens: readonly PatternToken[];
  readonly wildcard: number;
}

/** How often each value of a wildcard comes; see `wildcard-counts.ts` for when texts are told apart, and when magnitudes. */
export interface ShardWildcardValues {
  /** Different texts one behind the other, UTF-8: text i ends at ends[i] and comes counts[i] times. */
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  readonly counts: Float64Array;
  /** Different magnitudes, ascending, and how often each comes; null where all values are among the texts. */
  readonly magnitudes: { readonly values: Float64Array; readonly counts: Float64Array } | null;
  /** Records whose message is not of the pattern. */
  readonly missingCount: number;
}

/** What a shard's ERROR and FATAL records go by. All arrays go by part: records of one key and one skeleton. */
export interface ShardErrors {
  /** By traces; the first one is null: nothing but their patterns. */
  readonly keys: readonly (TraceKey | null)[];
  /** Pairs: index in `keys`, what the skeleton column holds. */
  readonly parts: Uint32Array;
  /** Pairs: ERROR records, FATAL records. */
  readonly counts: Uint32Array;
  /** Four each: time of the earliest record and its offset, of the latest and its offset. Without times: NaN, by place. */
  readonly ends: Float64Array;
}

/** A record's text as far as 16 KiB go, line ends included. */
export interface RecordText {
  readonly text: string;
  /** UTF-16 index. */
  readonly messageStart: number;
}

/** Times at the ends of a shard's part of a selection. */
export interface ShardTimeEnds {
  /** The first kept record that has a time. */
  readonly position: number;
  readonly first: number;
  readonly last: number;
}

/** A shard to evaluate a filter over, and what the filter's clauses need to know of where it lies. */
export interface SelectedShard {
  readonly key: ShardKey;
  readonly source: SourceId;
  readonly sourceName: string;
  /** Offset of its first byte in the decoded source. */
  readonly decodedStart: number;
  /** The patterns that the filters name. */
  readonly patterns: readonly PatternSet[];
}

/** Where an index holds a shard's columns, and what the indexer found then. */
export interface IndexedPart {
  readonly index: string;
  /** Index of the shard in the source. */
  readonly shard: number;
  readonly report: ShardReport;
}

/**
 * The different skeletons of a shard, in the order in which they come; the index of one is what the skeleton column holds.
 * Past the shard's limit that holds SKELETON_COARSE + class instead. All counts add up to the shard's records.
 */
export interface ShardSkeletons {
  /** Two words each: low, high. */
  readonly hashes: Uint32Array;
  /** Records of each. */
  readonly counts: Uint32Array;
  /** The class of each by how it begins: see `coarseOf` in `kernels/portable/index-skeleton.ts`. */
  readonly coarse: Uint16Array;
  /** COARSE_CLASSES: records with skeletons past the limit, by class; null when there are none. */
  readonly coarseCounts: Uint32Array | null;
}

/** Messages one behind the other: message i ends at ends[i]. */
export interface ShardMessages {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

/** Which pattern a shard's skeletons belong to. */
export interface LocalPatterns {
  /** By what the skeleton column holds. */
  readonly ofSkeleton: Uint32Array;
  /** By class, for skeletons that were not told apart (the column's lower 16 bits); null where all were. */
  readonly ofCoarse: Uint32Array | null;
}

/** A pattern that a filter names, as one shard knows it. */
export interface PatternSet {
  readonly text: string;
  readonly tokens: readonly PatternToken[];
  /** A bit for each of the shard's skeletons. */
  readonly skeletons: Uint32Array;
  /** A bit for each class of those not told apart; null where all were. */
  readonly coarse: Uint32Array | null;
}

export interface PatternBinning {
  readonly startMs: number;
  readonly binMs: number;
  /** 0: no bins. */
  readonly binCount: number;
}

/** What a shard has of each pattern. All arrays go by `patterns`. */
export interface ShardPatternCounts {
  /** Those that keep any record, ascending. */
  readonly patterns: Uint32Array;
  /** Seven each: by level code. */
  readonly levels: Uint32Array;
  /** Four each: time of the earliest record and its offset, of the latest and its offset. Without times: NaN, by place. */
  readonly ends: Float64Array;
  /** Triples {pattern, bin, records}, ascending. */
  readonly bins: Uint32Array;
}

/** Record indexes of the first and the last kept record of a shard. */
export interface ShardEnds {
  readonly first: number;
  readonly last: number;
}

/** A shard to widen a selection in: `head` records at its start and `tail` at its end are context from other shards. */
export interface WidenedShard {
  readonly key: ShardKey;
  readonly head: number;
  readonly tail: number;
}

export interface ShardApi {
  init(options: { module: WebAssembly.Module | undefined; worker: number }): Promise<void>;
  /** Answers at once unless the worker is stuck. */
  ping(): Promise<void>;
  /** Reads and indexes. Loading a key again replaces it. Two may run at once. */
  load(spec: ShardSpec, ticket: number): Promise<ShardReport>;
  /** The same from an index, without bytes in memory; null when the index does not hold the shard (any more). */
  restore(spec: ShardSpec, from: IndexedPart, ticket: number): Promise<ShardReport | null>;
  /**
   * Writes a part of the shard's columns to its file, of at most about `partBytes`; parts are written in order, and there is
   * one at least. Fault `storage-full`.
   */
  saveIndex(
    key: ShardKey,
    to: { index: string; shard: number; part: number },
    partBytes: number,
  ): Promise<{ partCount: number }>;
  /** Brings a shard's bytes into memory; how many they take there. Fault `stale` when it was dropped meanwhile. */
  fill(key: ShardKey): Promise<number>;
  drop(key: ShardKey): Promise<void>;
  /** Gives the bytes back to the memory, keeps columns; `spill` wants them first (a source that cannot be read again). */
  evict(key: ShardKey, options: { returnBytes: boolean }): Promise<Uint8Array | null>;
  /** From now on the shard's bytes are read from here. */
  rebase(key: ShardKey, bytes: BytesRef, start: number, end: number): Promise<void>;
  setClock(key: ShardKey, clock: ShardClock): Promise<void>;
  /** Stops what runs under a ticket; it fails with Fault `stale`. */
  cancel(ticket: number): Promise<void>;

  /** Evaluates `filter` over each shard; keeps the selection under `selection`. Counts in the order of `keys`. */
  select(selection: number, filter: Filter, keys: readonly SelectedShard[], ticket: number): Promise<number[]>;
  forget(selection: number): Promise<void>;
  /** Where the kept records of each shard begin and end; null where none is kept. */
  ends(selection: number, keys: readonly ShardKey[]): Promise<(ShardEnds | null)[]>;
  /** Makes `target`: what `core` keeps, with so many records before and after each. Counts in the order of `shards`. */
  widen(
    target: number,
    core: number,
    shards: readonly WidenedShard[],
    before: number,
    after: number,
  ): Promise<number[]>;
  /** Makes `target`: what both keep; neither is 0. Counts in the order of `keys`. */
  intersect(target: number, a: number, b: number, keys: readonly ShardKey[]): Promise<number[]>;
  /** Rows at positions of a selection in one shard. */
  rows(shard: SelectedShard, wish: ShardRowsWish): Promise<ShardRow[]>;
  /** Byte offset of the record at a position of the selection; the shard's end past the last. */
  offsetAt(key: ShardKey, selection: number, position: number): Promise<number>;
  /** Kept records before record `index`. */
  rank(key: ShardKey, selection: number, index: number): Promise<number>;
  /** Kept positions of the records that begin at these byte offsets; -1 where none begins, or it is not kept. */
  positionsOf(key: ShardKey, selection: number, offsets: Uint32Array): Promise<Int32Array>;
  /** Record index at a position of the selection. */
  indexAt(key: ShardKey, selection: number, position: number): Promise<number>;
  /** First record at or after a byte offset; recordCount when none. */
  indexOfOffset(key: ShardKey, offset: number): Promise<number>;
  /** Record that holds the line with `linesBefore` lines of the shard before it. */
  indexOfLine(key: ShardKey, linesBefore: number): Promise<number>;
  /** Next (+1) or previous (-1) kept position at or beyond `index`; null when none. */
  nextKept(key: ShardKey, selection: number, index: number, direction: 1 | -1): Promise<number | null>;
  /** Greatest mapped time of the shard; null when no record has one. */
  maxTime(key: ShardKey): Promise<number | null>;
  /** First record whose running maximum of mapped times, begun at `carry`, is at or after `time`; recordCount when none. */
  indexAtTime(key: ShardKey, time: number, carry: number): Promise<number>;
  /** Merge keys (running maximum begun at `carry`; -Infinity before the first time) of kept positions first, first + step, … below `end`. */
  keys(
    key: ShardKey,
    selection: number,
    first: number,
    end: number,
    step: number,
    carry: number,
  ): Promise<Float64Array>;
  /** The same at any kept positions, ascending. */
  keysAt(key: ShardKey, selection: number, positions: Uint32Array, carry: number): Promise<Float64Array>;
  /**
   * Levels and hits in runs of kept positions.
   *
   * @param hits  a selection that is part of `selection`; null: none
   * @param starts  positions where runs begin, ascending from 0, and where the last one ends: at the count
   */
  runs(key: ShardKey, selection: number, hits: number | null, starts: Uint32Array): Promise<ShardRuns>;
  /** The first and the last time among the kept records; null when none has one. */
  timeEnds(key: ShardKey, selection: number): Promise<ShardTimeEnds | null>;
  /**
   * The first (+1) or last (-1) kept position beyond `from` whose time is `minMs` or more after the one of the record before
   * it that has a time; both in this shard.
   */
  pause(
    key: ShardKey,
    selection: number,
    from: number,
    direction: 1 | -1,
    minMs: number,
  ): Promise<{ position: number; pauseMs: number } | null>;
  /**
   * Kept positions at or beyond `from` whose merge key is `minMs` or more above the one before: triples [position, key
   * before, key], at most `limit`, in the direction's order.
   *
   * @param before  key of the last kept record before the shard; -Infinity when there is none
   */
  gaps(
    key: ShardKey,
    selection: number,
    carry: number,
    before: number,
    from: number,
    direction: 1 | -1,
    minMs: number,
    limit: number,
  ): Promise<Float64Array>;
  /** Counts the values of a field over all kept records of these shards. */
  values(selection: number, field: string, keys: readonly ShardKey[], ticket: number): Promise<ShardValues>;
  /** Counts the values of a wildcard over all kept records of these shards; `progress` tells how far it is. */
  wildcardValues(
    selection: number,
    wanted: ShardWildcard,
    keys: readonly ShardKey[],
    ticket: number,
  ): Promise<ShardWildcardValues>;
  /** Records that the call running under a ticket has looked at; 0 where there is none that tells. */
  progress(ticket: number): Promise<number>;
  /** What the kept ERROR and FATAL records of a shard go by; `progress` tells how far it is. */
  errors(key: ShardKey, selection: number, ticket: number): Promise<ShardErrors>;
  /** Texts of the records that begin at these byte offsets; of the next one where none begins there, '' behind the last. */
  texts(key: ShardKey, offsets: Float64Array): Promise<RecordText[]>;
  /** The skeletons that the shard's records have. */
  skeletons(key: ShardKey): Promise<ShardSkeletons>;
  /**
   * The message of the first record of each of these skeletons (indexes in `ShardSkeletons`), its first SKELETON_BYTES at most.
   * Reads the source again for what the shard does not keep.
   */
  skeletonMessages(key: ShardKey, ids: Uint32Array): Promise<ShardMessages>;
  /** What the skeleton column holds for records [first, first + count) of the shard. */
  skeletonIds(key: ShardKey, first: number, count: number): Promise<Uint32Array>;
  /** Counts the kept records of each shard by pattern. In the order of `shards`. */
  patternCounts(
    selection: number,
    shards: readonly { readonly key: ShardKey; readonly patterns: LocalPatterns }[],
    bins: PatternBinning,
    ticket: number,
  ): Promise<ShardPatternCounts[]>;
  histogram(
    key: ShardKey,
    selection: number,
    startMs: number,
    binMs: number,
    binCount: number,
  ): Promise<ShardHistogram>;
  /** Least and greatest mapped time over the kept records; null when none has one. */
  span(key: ShardKey, selection: number): Promise<{ min: number; max: number } | null>;
  /** Decoded bytes [start, end) of the shard. */
  bytes(key: ShardKey, start: number, end: number): Promise<Uint8Array>;
  fields(key: ShardKey, index: number): Promise<{ format: number; fields: { name: string; value: string }[] }>;
  /** Lines of whole records from record `first` on, within one block; `next` is the record to go on with. */
  lines(key: ShardKey, first: number, count: number): Promise<{ lines: ShardLine[]; next: number }>;
  usage(): Promise<{
    residentBytes: number;
    columnBytes: number;
    selectionBytes: number;
    memoryBytes: number;
    shardCount: number;
  }>;
}
