/** What was found, as an analysis that stands without the log: ids of sources become places in its list of sources. */
import type { ENGINE_VERSION, SourceSummary } from '../engine/api';
import { version as appVersion } from '../../package.json';
import type {
  ErrorGroups,
  Classification,
  PatternBins,
  PatternGrouping,
  PatternRow,
  PatternTable,
  PatternToken,
  Seen,
} from '../engine/patterns/pattern';
import type { EpochMs, SourceId } from '../engine/records/record';
import {
  type Analysis,
  ANALYSIS_VERSION,
  type AnalysisHead,
  type AnalysisSource,
  type FirstLookBody,
  type KeptClass,
  type KeptErrorGroup,
  type KeptPattern,
  type KeptSeen,
  type KeptToken,
  MAX_FILTER_TEXT,
  type PatternsBody,
} from '../protocol/analysis';
import type { FilterPart } from '../protocol/session';

// The page takes only types of the engine: another number there is a type error here.
const MADE_BY: typeof ENGINE_VERSION = 1;
// A sparkline is some 120 px wide: finer bins are joined, and their counts stay exact.
const KEPT_BINS = 240;

/** What the patterns view shows. */
export interface FoundPatterns {
  readonly kind: 'patterns';
  readonly table: PatternTable;
  readonly grouping: PatternGrouping;
  /** What a person called a pattern, by its text; null: nothing. */
  readonly nameOf: (text: string) => string | null;
  /** Null: of no trouble, no rule holds, or not classified. */
  readonly classOf: (text: string) => Classification | null;
  /** Reads the error groups, which takes reading every error; null when that fails. */
  readonly readGroups: () => Promise<ErrorGroups | null>;
}

/** What the first look shows, in words. */
export interface FoundFirstLook extends Omit<FirstLookBody, 'kind'> {
  readonly kind: 'first-look';
  readonly recordCount: number;
  readonly isComplete: boolean;
}

export type Found = FoundPatterns | FoundFirstLook;

/** What it was found in. */
export interface FoundIn {
  readonly sources: readonly { readonly key: string; readonly name: string; readonly summary: SourceSummary }[];
  readonly filter: { readonly text: string; readonly part: FilterPart };
  readonly zone: string;
}

/** An analysis as it is kept; its counts are those of the table, all of them. */
export function toAnalysis(
  found: Found,
  where: FoundIn,
  made: {
    readonly id: string;
    readonly title: string;
    readonly atMs: EpochMs;
    readonly isAutomatic: boolean;
    /** Null: they were not asked for. */
    readonly groups: ErrorGroups | null;
  },
): Analysis {
  const body = found.kind === 'patterns' ? toPatternsBody(found, where, made.groups) : toFirstLookBody(found);
  const head: AnalysisHead = {
    version: ANALYSIS_VERSION,
    id: made.id,
    kind: found.kind,
    title: made.title,
    madeAt: made.atMs,
    isAutomatic: made.isAutomatic,
    engineVersion: MADE_BY,
    appVersion,
    zone: where.zone,
    filter: { part: where.filter.part, text: cutText(where.filter.text) },
    sources: where.sources.map(toSource),
    recordCount: found.kind === 'patterns' ? found.table.recordCount : found.recordCount,
    itemCount: body.kind === 'patterns' ? body.patterns.length : body.items.length,
    isComplete: found.kind === 'patterns' ? found.table.isComplete : found.isComplete,
    grouping: found.kind === 'patterns' ? toGrouping(found.grouping) : null,
  };
  return { head, body };
}

/** For people only: what it keeps is in the filter's part, whole. */
function cutText(text: string): string {
  return text.length <= MAX_FILTER_TEXT ? text : `${text.slice(0, MAX_FILTER_TEXT - 1)}…`;
}

function toSource({ key, name, summary }: FoundIn['sources'][number]): AnalysisSource {
  const { fingerprint, recordCount, sizeBytes, firstTime, lastTime } = summary;
  const span =
    firstTime === null || lastTime === null
      ? null
      : { start: Math.min(firstTime, lastTime), end: Math.max(firstTime, lastTime) };
  return { key, name, fingerprint, recordCount, sizeBytes, span };
}

function toGrouping({ granularity, merges, splits }: PatternGrouping): NonNullable<AnalysisHead['grouping']> {
  return { granularity, merges: merges.map((texts) => [...texts]), splits: splits.map((one) => ({ ...one })) };
}

function toFirstLookBody({ headline, items, facts }: FoundFirstLook): FirstLookBody {
  return { kind: 'first-look', headline, items, facts };
}

function toPatternsBody(
  { table, nameOf, classOf }: FoundPatterns,
  { sources }: FoundIn,
  groups: ErrorGroups | null,
): PatternsBody {
  const at = new Map(sources.map(({ summary }, index) => [summary.id, index]));
  const { bins, join } = coarsen(table.bins);
  return {
    kind: 'patterns',
    skeletonCount: table.skeletonCount,
    merged: table.merged && { ...table.merged },
    bins,
    patterns: table.rows.map((row, index) => toKept(row, at, nameOf(row.text), classOf(row.text), join(index))),
    groups: groups === null ? null : groups.groups.map((group) => toKeptGroup(group, at)),
  };
}

/** Bins joined so that there are at most `KEPT_BINS`, and what a row has in them. */
function coarsen({ startMs, binMs, binCount, starts, at, counts }: PatternBins) {
  const width = Math.max(1, Math.ceil(binCount / KEPT_BINS));
  const join = (row: number): Pick<KeptPattern, 'at' | 'counts'> => {
    const joined: { at: number[]; counts: number[] } = { at: [], counts: [] };
    for (let entry = starts[row] ?? 0; entry < (starts[row + 1] ?? 0); entry += 1) {
      const bin = Math.floor((at[entry] ?? 0) / width);
      const last = joined.at.length - 1;
      if (joined.at[last] === bin) joined.counts[last] = (joined.counts[last] ?? 0) + (counts[entry] ?? 0);
      else {
        joined.at.push(bin);
        joined.counts.push(counts[entry] ?? 0);
      }
    }
    return joined;
  };
  return { bins: { startMs, binMs: binMs * width, binCount: Math.ceil(binCount / width) }, join };
}

type SourcePlaces = ReadonlyMap<SourceId, number>;

function toKept(
  row: PatternRow,
  places: SourcePlaces,
  name: string | null,
  classification: Classification | null,
  bins: Pick<KeptPattern, 'at' | 'counts'>,
): KeptPattern {
  return {
    text: row.text,
    name,
    tokens: row.tokens.map(toKeptToken),
    skeletonCount: row.skeletonCount,
    isMerged: row.isMerged,
    ...toCounts(row, places),
    classification: toKeptClass(classification),
    ...bins,
  };
}

function toKeptGroup(group: ErrorGroups['groups'][number], places: SourcePlaces): KeptErrorGroup {
  const { fingerprint, by, title, exception, frames, patterns, classification } = group;
  return {
    fingerprint,
    by,
    title,
    exception,
    frames: [...frames],
    ...toCounts(group, places),
    patterns: [...patterns],
    classification: toKeptClass(classification),
  };
}

function toCounts(
  {
    count,
    levelCounts,
    sources,
    first,
    last,
  }: Pick<PatternRow, 'count' | 'levelCounts' | 'sources' | 'first' | 'last'>,
  places: SourcePlaces,
): Pick<KeptPattern, 'count' | 'levelCounts' | 'sources' | 'first' | 'last'> {
  return {
    count,
    levelCounts: [...levelCounts],
    sources: sources.map((one) => [placeOf(places, one.source), one.count]),
    first: toKeptSeen(first, places),
    last: toKeptSeen(last, places),
  };
}

function toKeptSeen({ record, time }: Seen, places: SourcePlaces): KeptSeen {
  return { source: placeOf(places, record.source), offset: record.offset, time };
}

/** A table is over the sources it was asked for. */
function placeOf(places: SourcePlaces, source: SourceId): number {
  const place = places.get(source);
  if (place === undefined) throw new Error(`source ${source} is not among those of the analysis`);
  return place;
}

function toKeptToken(token: PatternToken): KeptToken {
  return token.kind === 'literal' ? token.text : { wildcard: token.type };
}

function toKeptClass(classification: Classification | null): KeptClass | null {
  if (!classification) return null;
  const { category, severity, rule, because } = classification;
  return { category, severity, rule, because };
}
