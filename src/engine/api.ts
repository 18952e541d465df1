/** The contract of the engine: what page, CLI, tests and (later) MCP may ask. Everything here can be posted between threads. */

import type { Encoding, BytesRef } from './source/byte-source';
import type { Digests } from './environment';
import type { IndexCounts } from './index-tally';
import type { CheckedRules } from './patterns/check-rules';
import type {
  ClassRule,
  ErrorGroups,
  Pattern,
  PatternClass,
  PatternGrouping,
  PatternTable,
  WildcardValues,
} from './patterns/pattern';
import type { FilterClause } from './query/clauses';
import type { Filter } from './query/filter';
import type { EpochMs, Level, RecordId, SourceId } from './records/record';

export const ENGINE_VERSION = 1;

/** What a person opens. `lastModified` anchors year-less and date-less times. */
export interface SourceInput {
  readonly name: string;
  readonly bytes: BytesRef;
  readonly lastModified: EpochMs;
  /** Forced format id; absent: detect. */
  readonly format?: string;
  /** Forced encoding, of those of `Encoding`; absent: detect. */
  readonly encoding?: string;
  /** IANA name or `UTC` or `+02:00` for zone-less times; absent: UTC. */
  readonly zone?: string;
  /** The id of a source that was closed, to be the same source again; absent, or taken by another: a new id. */
  readonly id?: SourceId;
  /** Added to every time of the source, for a clock that went wrong; absent: 0. See `setOffset`. */
  readonly offsetMs?: number;
}

/** Why a format was chosen, for people: "ISO time, level in column 2: 998 of 1,000 sampled lines". */
export interface FormatChoice {
  readonly id: string;
  readonly title: string;
  /** 0..1: share of sampled lines explained, weighed by how specific the format is. */
  readonly score: number;
  readonly reason: string;
  readonly isForced: boolean;
  /** Runners-up, best first. */
  readonly others: readonly { id: string; title: string; score: number }[];
}

export interface Problem {
  /** Stable code: `no-time`, `invalid-utf8`, `nul-bytes`, `giant-line`, `time-backwards`, `format-change`, `truncated-archive`, `ambiguous-date`. */
  readonly code: string;
  readonly count: number;
  /** The first place it was seen, where there is one. */
  readonly first: RecordId | null;
}

export type SourceState = 'opening' | 'open' | 'partial' | 'failed' | 'detached';

/** All that is known of a source; sent again (throttled) while it opens. Counts are exact over what has been indexed. */
export interface SourceSummary {
  readonly id: SourceId;
  readonly name: string;
  readonly state: SourceState;
  /** Bytes of the file as given; `decodedBytes` after unpacking and transcoding (grows while opening a compressed source). */
  readonly sizeBytes: number;
  readonly decodedBytes: number;
  /** Input bytes consumed so far, 0..sizeBytes. */
  readonly indexedBytes: number;
  readonly startedAtMs: number;
  readonly elapsedMs: number;
  readonly kind: 'text' | 'binary' | 'empty';
  readonly encoding: Encoding;
  /** Why, for people: "no UTF-8; 212 of 240 sampled characters beyond ASCII are usual in Western European text". */
  readonly encodingReason: string;
  readonly isEncodingForced: boolean;
  readonly packing: 'none' | 'gzip';
  readonly lineEnding: 'LF' | 'CRLF' | 'CR';
  readonly format: FormatChoice;
  /** Formats met besides the first (a file may change midway). */
  readonly formatsSeen: readonly string[];
  readonly zone: string;
  /** Added to every time of the source: what `setOffset` was told last. */
  readonly offsetMs: number;
  /** Whether the times carry a zone or epoch of their own, are zone-less, year-less or have no date. */
  readonly timeKind: 'absolute' | 'zoneless' | 'yearless' | 'dateless' | 'mixed' | 'none';
  readonly lineCount: number;
  readonly recordCount: number;
  /** Per level code 0..6. */
  readonly levelCounts: readonly number[];
  readonly firstTime: EpochMs | null;
  readonly lastTime: EpochMs | null;
  readonly firstError: RecordId | null;
  readonly lastError: RecordId | null;
  readonly skeletonCount: number;
  readonly residentBytes: number;
  readonly columnBytes: number;
  readonly problems: readonly Problem[];
  /** Where opening went, ms summed over the shard workers: awaiting bytes, copying them, in kernels, other code, idle. */
  readonly timings: {
    readonly readMs: number;
    readonly copyMs: number;
    readonly kernelMs: number;
    readonly jsMs: number;
    readonly waitMs: number;
  };
  /** The index was read back from an earlier opening instead of being made from the bytes. */
  readonly isFromCache: boolean;
  readonly fingerprint: string | null;
  readonly digests: Digests | null;
  readonly fault: { code: string; message: string } | null;
}

export interface SelectionInfo {
  readonly handle: number;
  /** Records of the selection: those that the filter keeps, and their context. */
  readonly count: number;
  /** Records that the filter itself keeps. */
  readonly keptCount: number;
  /** Records looked at. */
  readonly total: number;
  /** False while a source is still opening or partial: the count is "so far". */
  readonly isComplete: boolean;
  /** file: one source in its own order; time: several, merged. */
  readonly order: 'file' | 'time';
  readonly elapsedMs: number;
}

/** A record as shown. `text` is at most `ROW_TEXT_LIMIT` UTF-16 units; `textLength` says how long it really is, in bytes. */
export interface Row {
  readonly id: RecordId;
  /** 1-based, for people. Null where counting it would need bytes that cannot be read. */
  readonly lineNumber: number | null;
  readonly lineCount: number;
  readonly time: EpochMs | null;
  /** Digits below the millisecond as written, e.g. "669794202" for ns; empty when none. */
  readonly fraction: string;
  readonly level: Level | null;
  readonly text: string;
  readonly textBytes: number;
  readonly isCut: boolean;
  /** UTF-16 index into `text` where the message begins (after time, level and other header fields). */
  readonly messageStart: number;
  /** Hits inside `text`: UTF-16 [start, end) pairs, flattened, ascending, at most 256 pairs. None where `hits` does not keep the record. */
  readonly hits: readonly number[];
  /**
   * Places inside `text` of the highlights that keep the record: UTF-16 triples [start, end, index into
   * `RowsOptions.highlights`], flattened, ascending by start, at most 256 of each. Those of different highlights may overlap.
   */
  readonly highlights: readonly number[];
  /** The highlights that keep the record: ascending indexes into `RowsOptions.highlights`. */
  readonly keptBy: readonly number[];
  /** One per name in `RowsOptions.fields`: its first value, at most `ROW_TEXT_LIMIT` UTF-16 units; null where the record has none. */
  readonly values: readonly (string | null)[];
  /** In the selection only as context of a record that the filter keeps. */
  readonly isContext: boolean;
  /** The record is a piece of a line too long to be held whole. */
  readonly isPiece: boolean;
}

export const ROW_TEXT_LIMIT = 16384;

/** What rows bring along besides their text. It is looked for in the rows asked for only. */
export interface RowsOptions {
  /** What is marked in the text as a hit; absent: the selection's own filter. */
  readonly hits?: Filter;
  /** Further filters whose places and records are coloured: named filters, colour labels. */
  readonly highlights?: readonly Filter[];
  /** Field names whose values come with each row. */
  readonly fields?: readonly string[];
}

/** How many records before and after each kept one, in its own source, are shown with it. */
export interface SelectContext {
  readonly before: number;
  readonly after: number;
}

/** How many different values `topValues` counts at most, … */
export const DISTINCT_LIMIT = 1_000_000;
/** … and how many UTF-16 units they may have together. */
export const DISTINCT_TEXT_LIMIT = 64 * 1024 * 1024;

export interface RowWindow {
  readonly first: number;
  readonly rows: readonly Row[];
  /**
   * Indexes of the highlights whose expression did not come to an end on some record, now or before: they are left out, in
   * all rows.
   */
  readonly stuck: readonly number[];
}

export interface Histogram {
  readonly startMs: EpochMs;
  readonly binMs: number;
  readonly binCount: number;
  /** Seven arrays (level codes 0..6) of `binCount`. */
  readonly counts: readonly Uint32Array[];
  /** Records without a time, left out above. */
  readonly untimedCount: number;
}

/** A selection cut into equal runs of positions: position p lies in bucket floor(p × bucketCount / recordCount). */
export interface Overview {
  readonly bucketCount: number;
  readonly recordCount: number;
  /** Seven arrays (level codes 0..6) of `bucketCount`. */
  readonly levels: readonly Uint32Array[];
  /** Records that the hits' filter keeps, per bucket; null when none was given. */
  readonly hits: Uint32Array | null;
}

/** A record that came long after the one before it. */
export interface Pause {
  readonly position: number;
  readonly pauseMs: number;
}

/** The values of one field over a selection. A record with several fields of the name counts once for each different value. */
export interface TopValues {
  /** The values most records have, most frequent first, equal counts by value. */
  readonly values: readonly { value: string; count: number }[];
  readonly distinctCount: number;
  /** Records looked at: all of the selection. */
  readonly recordCount: number;
  /** Records without the field. */
  readonly missingCount: number;
}

export interface Field {
  readonly name: string;
  readonly value: string;
}

export interface RecordDetails {
  readonly row: Row;
  readonly format: string;
  readonly fields: readonly Field[];
  /** First bytes as they are in the decoded source, at most 64 KiB. */
  readonly bytes: Uint8Array;
}

/** What the words of a filter's text are read against, besides what the engine knows: its sources' span, fields and the clock. */
export interface FilterContext {
  /** Zone of the times written in the text: IANA name, `UTC` or `+02:00`. */
  readonly zone: string;
}

/** One way to go on at a place in a filter's text: `insert` replaces the UTF-16 units [start, end). */
export interface FilterCompletion {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
  /** What it means, for people; empty when `insert` says it all. */
  readonly title: string;
}

/** One physical line as the `parse` verb tells it. */
export interface ParsedLine {
  record: number;
  time: EpochMs | null;
  level: Level | null;
  /** UTF-16 index in the line where the message starts; null for a continuation line. */
  message: number | null;
}

export type EngineEvent =
  | { kind: 'source'; summary: SourceSummary }
  | { kind: 'closed'; source: SourceId }
  /** How far the digests of a source are, a few times a second while they are computed. */
  | { kind: 'digest'; source: SourceId; doneBytes: number; totalBytes: number }
  /** How far a call is that reads many records; a few times a second. */
  | { kind: 'progress'; callId: number; done: number; total: number }
  | { kind: 'worker-restarted'; worker: number; reason: string };

export interface EngineHealth {
  readonly workers: readonly {
    id: number;
    restarts: number;
    shardCount: number;
    residentBytes: number;
    columnBytes: number;
    memoryBytes: number;
    isBusy: boolean;
    /** Calls that it has begun or that wait for it. */
    pendingCalls: number;
    /** Ms since the engine started during which it had a call to answer: never decreasing. */
    busyMs: number;
    /** False when it said nothing for two seconds: `memoryBytes` is 0 then, the other figures are what the coordinator knows. */
    isAnswering: boolean;
  }[];
  /** Ms since the engine started. */
  readonly upMs: number;
  readonly budgetBytes: number;
  readonly residentBytes: number;
  readonly kernels: 'simd' | 'portable';
  /** Null where no indexes are kept. */
  readonly indexCache: IndexCounts | null;
}

/**
 * Calls that can take long take a `callId` (chosen by the caller, unique); `cancel(callId)` makes them reject with Fault `stale`.
 * A handle from `select` counts as one use; `release` it. The engine keeps the 32 used last and recomputes others from their filter.
 */
export interface EngineApi {
  /** One listener; events about sources that exist already are sent at once. */
  listen(onEvent: (event: EngineEvent) => void): Promise<void>;
  /** `keepSelections`: how many selections nobody holds are kept for the next wish (default 32); 0 makes every `select` run. */
  configure(options: { budgetBytes?: number; keepSelections?: number }): Promise<void>;
  /** Registers the source and begins to open it; resolves with its id before the bytes are read. Progress comes as events. */
  open(input: SourceInput): Promise<SourceId>;
  /** Resolves when opening has ended: with the final summary (`open`, `partial` or `failed`). */
  whenOpened(source: SourceId): Promise<SourceSummary>;
  /** Stops opening and keeps what was read (`partial`). */
  stopOpening(source: SourceId): Promise<void>;
  close(source: SourceId): Promise<void>;
  /** A fresh File for a source whose snapshot went stale: appended bytes are indexed, anything else is Fault `file-replaced`. */
  refresh(source: SourceId, bytes: BytesRef, lastModified: EpochMs): Promise<SourceSummary>;
  forceFormat(source: SourceId, format: string | null): Promise<void>;
  /** Reads the source anew in this encoding; null: as detected. Offsets are those of the text decoded so. */
  forceEncoding(source: SourceId, encoding: string | null): Promise<void>;
  setZone(source: SourceId, zone: string): Promise<void>;
  /** Shifts every time of a source by so many ms, whatever it showed before; rows, bins, time filters and the merged order follow. */
  setOffset(source: SourceId, offsetMs: number): Promise<void>;
  formats(): Promise<readonly { id: string; title: string; family: string }[]>;

  /** Reads a filter's text form; fails with Fault `filter-syntax` or `regex-syntax`, details `{ at, length, expected }` in UTF-16 units. */
  parseFilter(text: string, context: FilterContext): Promise<Filter>;
  /** The members of the top-level AND of a filter's text, each with a text of its own. Fails as `parseFilter` does. */
  splitFilter(text: string, context: FilterContext): Promise<readonly FilterClause[]>;
  /** What could stand at `caret`, best first, at most 12. Never fails. */
  completions(text: string, caret: number, context: FilterContext): Promise<readonly FilterCompletion[]>;

  /**
   * Records that `filter` keeps, over `sources` (absent: all that are open), and with `context` also those around each.
   * Whoever filters the selection further (`seek`, the hits of `overview`) looks among its context too.
   */
  select(
    filter: Filter,
    options: { callId: number; sources?: readonly SourceId[]; context?: SelectContext },
  ): Promise<SelectionInfo>;
  release(handle: number): Promise<void>;
  cancel(callId: number): Promise<void>;
  /**
   * Fails with Fault `regex-timeout` when an expression of the filter or the hits does not come to an end; highlights that
   * do not are left out.
   */
  rows(handle: number, first: number, count: number, options?: RowsOptions): Promise<RowWindow>;
  /** Position of a record in a selection: the first kept record at or after it. In [0, count]. */
  positionOf(handle: number, record: RecordId): Promise<number>;
  /** Positions of many records at once, in their order; null for one that is not in the selection. */
  positionsOf(handle: number, records: readonly RecordId[]): Promise<(number | null)[]>;
  /** First position whose merge key is at or after `time`. In [0, count]. */
  positionAtTime(handle: number, time: EpochMs): Promise<number>;
  /** First position of a record on or after a physical line (1-based) of a source. */
  positionOfLine(handle: number, source: SourceId, lineNumber: number): Promise<number>;
  /** Next (+1) or previous (-1) position strictly after/before `from` that `filter` keeps too; null when there is none. */
  seek(handle: number, from: number, direction: 1 | -1, filter: Filter, callId: number): Promise<number | null>;
  /**
   * Next (+1) or previous (-1) position after/before `from` whose record came at least `minMs` (1 or more) after the one
   * before it; null when there is none. One source: after the last record of the selection before it that has a time.
   * Several: by their merge keys, so that a time that goes back counts as no time.
   */
  seekPause(handle: number, from: number, direction: 1 | -1, minMs: number, callId: number): Promise<Pause | null>;
  /** The selection from end to end in `bucketCount` runs, for a map as high as the screen. Exact. */
  overview(handle: number, bucketCount: number, hits: Filter | undefined, callId: number): Promise<Overview>;
  /**
   * The `limit` values that most records of the selection have, exactly, over all its records.
   * Fails with Fault `values-too-many`, details `{ limit }`, when there are more different values than `DISTINCT_LIMIT`, or
   * longer ones than `DISTINCT_TEXT_LIMIT`: a count of a part would not be exact.
   */
  topValues(handle: number, field: string, limit: number, callId: number): Promise<TopValues>;
  /** How skeletons are made into patterns from now on; known after the call: `patterns` and pattern filters follow. */
  setGrouping(grouping: PatternGrouping): Promise<void>;
  /** Every pattern of a selection, with bins as `histogram` has them (`maxBins` at most 65,536). Exact. */
  patterns(
    handle: number,
    options: { start?: EpochMs; end?: EpochMs; maxBins: number },
    callId: number,
  ): Promise<PatternTable>;
  /** The pattern of a record. */
  patternOf(record: RecordId): Promise<Pattern>;
  /** Ids of the patterns of a source's records [first, first + count), in the file's order, as far as there are any. */
  patternIds(source: SourceId, first: number, count: number): Promise<Int32Array>;
  /**
   * The values of one wildcard (0 is the first) of a pattern, given by its text, over its records in a selection.
   * Progress comes as events. Fails with Fault `pattern-unknown`, `values-too-many`.
   */
  wildcardValues(
    handle: number,
    wanted: { pattern: string; wildcard: number; topCount: number; maxBins: number },
    callId: number,
  ): Promise<WildcardValues>;
  /** The rules that classify until a person changes them, in the order in which they are tried. */
  classRules(): Promise<readonly ClassRule[]>;
  /** Reads what claims to be a list of rules, from a form, a file, storage: the rules, or what is wrong with them. Never fails. */
  checkRules(value: unknown): Promise<CheckedRules>;
  /** Classifies every pattern of a selection that tells of trouble, by the whole record of its first example. */
  classify(handle: number, rules: readonly ClassRule[], callId: number): Promise<readonly PatternClass[]>;
  /** All ERROR and FATAL records of a selection by what caused them. Progress comes as events. */
  errorGroups(handle: number, rules: readonly ClassRule[], callId: number): Promise<ErrorGroups>;
  /** Bins on the fixed ladder covering [start, end) (absent: the span of the selection) with at most `maxBins` bins. */
  histogram(handle: number, options: { start?: EpochMs; end?: EpochMs; maxBins: number }): Promise<Histogram>;
  details(record: RecordId): Promise<RecordDetails>;
  /** Raw decoded bytes [start, end) of a source, for the hex view and export; at most 1 MiB. */
  bytes(source: SourceId, start: number, end: number): Promise<Uint8Array>;
  /** Every physical line of a source in order, a batch at a time, from line index `first`; for the `parse` verb and tests. */
  lines(source: SourceId, first: number, count: number): Promise<readonly ParsedLine[]>;
  /**
   * BLAKE3 and SHA-256 over the original bytes; progress comes as events. Best after opening: hashing takes a core.
   * Rejects with Fault `stale` when it was cancelled or the source was read again meanwhile, and as reading its bytes does.
   */
  digests(source: SourceId, callId: number): Promise<Digests>;
  /** Answers within about two seconds, whatever the workers do. */
  health(): Promise<EngineHealth>;
  /** Ends a worker and starts it again; what it held is loaded from the bytes, calls under way are made again. */
  restartWorker(worker: number): Promise<void>;
  /** Ends every worker. */
  shutdown(): Promise<void>;
}
