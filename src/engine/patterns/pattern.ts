/**
 * Patterns: what page, command line and tests may know of them. Everything here can be posted between threads.
 *
 *   record    its message (the first line without time, level, host, thread, logger)
 *   skeleton  the message without its obviously variable parts: a 64-bit hash, made while indexing (decision 0012)
 *   pattern   skeletons that say the same, made into one text with `<*>` for what varies: made by `mine.ts`
 *
 * Every record has one skeleton and every skeleton one pattern, so the counts of all patterns add up to the records.
 */

import type { EpochMs, RecordId, SourceId } from '../records/record';

/** What a wildcard's values look like. `text`: anything else, of several words. */
export const WILDCARD_KINDS = [
  'number',
  'duration',
  'bytes',
  'hex',
  'uuid',
  'ip',
  'path',
  'url',
  'email',
  'quoted',
  'time',
  'word',
  'text',
] as const;
export type WildcardKind = (typeof WILDCARD_KINDS)[number];

/** A stretch of a pattern. Runs of blanks in a literal are one space, whatever the records have. */
export type PatternToken =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly type: WildcardKind };

/** How a wildcard is written in a pattern's text. */
export const WILDCARD = '<*>';

/** How finely patterns are told apart: 0 coarse … 4 fine. */
export type Granularity = 0 | 1 | 2 | 3 | 4;
export const DEFAULT_GRANULARITY: Granularity = 2;

/** How skeletons are made into patterns: what a person chose. Remembered with the workspace; names are the page's own. */
export interface PatternGrouping {
  readonly granularity: Granularity;
  /** Patterns, by their texts, that are one; applied in order. */
  readonly merges: readonly (readonly string[])[];
  /** Patterns, by their texts, whose skeletons are told apart more finely; applied after the merges. */
  readonly splits: readonly { readonly text: string; readonly granularity: Granularity }[];
}

export const DEFAULT_GROUPING: PatternGrouping = { granularity: DEFAULT_GRANULARITY, merges: [], splits: [] };

export interface Pattern {
  /** Index among the patterns of its revision. */
  readonly id: number;
  /** Unique among the patterns of its revision: the tokens in a row, `<*>` for each wildcard; '' for empty messages. */
  readonly text: string;
  readonly tokens: readonly PatternToken[];
  readonly skeletonCount: number;
  /** Made of more skeletons than could be told apart: its text is what they begin with. */
  readonly isMerged: boolean;
}

/** A record of a pattern, and when it was. */
export interface Seen {
  readonly record: RecordId;
  readonly time: EpochMs | null;
}

/** A pattern over the records of a selection. */
export interface PatternRow extends Pattern {
  /** Records, at least 1. */
  readonly count: number;
  /** Per level code 0..6. */
  readonly levelCounts: readonly number[];
  readonly sources: readonly { readonly source: SourceId; readonly count: number }[];
  /** Earliest and latest by time; without any times, by source and place. */
  readonly first: Seen;
  readonly last: Seen;
  /** First line of the message of a record of it, at most 1,024 bytes: of the earliest in its first source. */
  readonly example: string;
}

/** Counts of each row's records over time, only where there are any. */
export interface PatternBins {
  readonly startMs: EpochMs;
  readonly binMs: number;
  readonly binCount: number;
  /** Row i has the entries [starts[i], starts[i + 1]). */
  readonly starts: Uint32Array;
  /** Bin of each entry, ascending in a row. */
  readonly at: Uint16Array;
  readonly counts: Uint32Array;
}

export interface PatternTable {
  /** Grows whenever records are told apart differently; ids are comparable within one revision only. */
  readonly revision: number;
  /** Records of the selection: the sum of all rows' counts. */
  readonly recordCount: number;
  /** Patterns that keep any record of the selection, most records first, equal counts by text. */
  readonly rows: readonly PatternRow[];
  readonly bins: PatternBins;
  /** Skeletons of the sources, in all. */
  readonly skeletonCount: number;
  /** Not null: there are more skeletons than are told apart; so many were put together by how they begin. */
  readonly merged: { readonly skeletonCount: number; readonly patternCount: number } | null;
  /** False while a source is still opening or partial: counts are "so far". */
  readonly isComplete: boolean;
}

/** Values of one wildcard over all records of a pattern in a selection. Exact. */
export interface WildcardValues {
  readonly type: WildcardKind;
  /** Records looked at: all of the pattern in the selection. */
  readonly recordCount: number;
  /** Records in which the wildcard could not be told from its neighbours. */
  readonly missingCount: number;
  readonly distinctCount: number;
  /**
   * The most frequent, equal counts by value; at most as many as were asked for. Where a measured type has more different
   * texts than `DISTINCT_LIMIT`, these are its numbers, in the measure's unit ("12.5 ms"), and so many are distinct.
   */
  readonly top: readonly { readonly value: string; readonly count: number }[];
  /** For number, duration (ms) and bytes (B), over the values that could be read as such; null where there are none, and for others. */
  readonly measure: WildcardMeasure | null;
}

export interface WildcardMeasure {
  readonly unit: 'none' | 'ms' | 'B';
  /** Values that could be read, and those that could not. */
  readonly count: number;
  readonly unreadCount: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  /** Nearest rank: the value at rank ceil(q × count). */
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  /** Bins of equal width, or of equal ratio (to 3 digits) where `isLog`; one value has one bin, of no width; bin i is [edges[i], edges[i + 1]), the last one closed. */
  readonly histogram: {
    readonly edges: readonly number[];
    readonly counts: readonly number[];
    readonly isLog: boolean;
  };
}

export const CATEGORIES = ['Code', 'Infrastructure', 'Configuration', 'External'] as const;
export type Category = (typeof CATEGORIES)[number];
/** How bad it is, whatever level it was logged at. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What rules look at. */
export interface ClassifiedText {
  /** The pattern's text or the record's message. */
  readonly message: string;
  /** Type of the exception, with its package where it was told; '' for none. */
  readonly exception: string;
  /** Frames of the stack trace, a line each; '' for none. */
  readonly stack: string;
  /** HTTP status; null for none. */
  readonly status: number | null;
}

/**
 * A rule a person can read: it holds where every part that is given does. The first rule of the list that holds decides.
 * Parts are looked for without case; `*` stands for anything within a line. No regular expressions: rules come from files.
 */
export interface ClassRule {
  /** Unique in its list. */
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  /** What it means, for people: "an upstream call ended in 503 or 504". */
  readonly because: string;
  /** Any of these occurs in the message. */
  readonly message?: readonly string[];
  /** Any of these occurs in the message too, before or after: who, where `message` says what. */
  readonly also?: readonly string[];
  /** Any of these occurs in the exception's type. */
  readonly exception?: readonly string[];
  readonly stack?: readonly string[];
  /** The status is any of these, or lies in a class such as `5xx`. */
  readonly status?: readonly string[];
  /** None of these occurs in the message. */
  readonly without?: readonly string[];
}

export interface Classification {
  readonly category: Category;
  readonly severity: Severity;
  /** The rule's id and its reason. */
  readonly rule: string;
  readonly because: string;
}

/** Errors that have the same cause by what they tell: in-app frames first, then the exception's type, then the pattern. */
export interface ErrorGroup {
  /** The same in every run and place: 16 hex digits over what it goes by. */
  readonly fingerprint: string;
  readonly by: 'frames' | 'exception' | 'pattern';
  /** "LedgerException at LedgerRepository.append", the exception's type, or the pattern's text. */
  readonly title: string;
  readonly exception: string;
  /** In-app frames, innermost first, at most 8; empty unless `by` is frames. */
  readonly frames: readonly string[];
  readonly count: number;
  readonly levelCounts: readonly number[];
  readonly sources: readonly { readonly source: SourceId; readonly count: number }[];
  readonly first: Seen;
  readonly last: Seen;
  /** Texts of its records' patterns, most records first, at most 5. */
  readonly patterns: readonly string[];
  readonly classification: Classification | null;
}

export interface ErrorGroups {
  /** ERROR and FATAL records of the selection: the sum of all groups' counts. */
  readonly recordCount: number;
  /** Most records first. */
  readonly groups: readonly ErrorGroup[];
}

/** Of one pattern that has records at WARN or above, or whose message tells of an error; null where no rule holds. */
export interface PatternClass {
  readonly text: string;
  readonly classification: Classification | null;
}
