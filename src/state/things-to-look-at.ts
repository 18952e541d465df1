/**
 * What to look at first in a log: at most five things, from exact counts. Pure; the words are in the view.
 *
 * A thing is a pattern that stands out (`pattern-facts.ts` tells by what), a gap, or a burst of all records that no pattern
 * explains. Its score is worth × size × kind:
 *
 *   worth   FATAL 4 · error 3 · warning 1.5 · others 0.5, a gap 1, a burst of all records 0.75
 *   size    log2 of 1 + records (of trouble: those at its level or worse; of a gap: those that would have come at the usual pace; of a burst: those above it), so
 *           that ten times as many count little more; for what is rare, and for rare errors, at least 3
 *   kind    new 2, and 3 the error that errors began with · in a burst 1.5 · errors all along, and what is rare, 1 · warnings all along 0.6
 *
 * A pattern without trouble that is new must be so beyond chance: that all its records lie behind the moment that parts old
 * from new has less than one chance in a thousand. One that is rare counts only where few are, and the more the longer the
 * log: a single record among a million says more than one among a hundred.
 *
 * They are chosen one by one, best first. What has been chosen takes from the others: another one of its kind keeps 0.6 of
 * its score, one whose records come at the same times (the curves share two thirds of their area) 0.7. A pattern that comes
 * always along with a chosen one (their counts per bin share 0.8) is not a thing of its own: it is counted with that one. Not
 * so where the chosen one comes as all records come (the curves share 0.8): then others do so by chance.
 * What is left below 2 is not worth a look. Equal scores stand by kind and text, so the order of the patterns means nothing.
 */
import type { PatternRow, PatternTable } from '../engine/patterns/pattern';
import type { EpochMs, RecordId } from '../engine/records/record';
import type { Burst } from './bursts';
import type { TimeRange } from './filter-parts';
import { binsOf, type PatternFacts } from './pattern-facts';

/** In the order in which equal scores stand. */
const KINDS = [
  'new-error',
  'new-warning',
  'burst',
  'error-group',
  'warning-group',
  'rare',
  'first-seen',
  'gap',
  'surge',
] as const;
/**
 * `burst`: a pattern far above its usual; `error-group`, `warning-group`: one that comes all along; `first-seen`: new, and no
 * trouble; `surge`: a burst of all records.
 */
export type ThingKind = (typeof KINDS)[number];

export interface Thing {
  readonly kind: ThingKind;
  /** Null of a gap and a surge. */
  readonly row: PatternRow | null;
  /** Other patterns whose records always come along. */
  readonly alongCount: number;
  /** Code of the level that it is about. */
  readonly level: number;
  /** Records, of a burst those in its range; of a gap those that would have come. */
  readonly count: number;
  /** Share of the pattern's records that are of the level or worse, 0..1; 1 where it is no trouble. */
  readonly troubleShare: number;
  /** A gap, or the bins of a burst; null: it is about all of its pattern's records. */
  readonly range: TimeRange | null;
  /** Records in the busiest bin of a burst or surge, and in a usual one. */
  readonly peak: number;
  readonly usual: number;
  /** Width of those bins. */
  readonly binMs: number;
  /** The record that ends a gap. */
  readonly record: RecordId | null;
  /** Counts per bin of the table: of the pattern, else of all records. */
  readonly bins: readonly number[];
  readonly score: number;
}

export interface LookedAt {
  readonly table: PatternTable;
  /** Of every row of the table, in its order. */
  readonly facts: readonly PatternFacts[];
  /** The moment that parts old from new; null: none. */
  readonly since: EpochMs | null;
  readonly gap: (TimeRange & { readonly missed: number; readonly record: RecordId | null }) | null;
  /** Of all records. */
  readonly burst: Burst | null;
}

export const MOST_THINGS = 5;

const FATAL = 6;
const ERROR = 5;
const WARN = 4;
const LEAST_SCORE = 2;
const SAME_KIND_KEEPS = 0.6;
const SAME_TIMES_KEEP = 0.7;
const SAME_TIMES = 2 / 3;
const ALONG = 0.8;
const BURST_EDGE = 0.25;
/** -ln of one chance in a thousand. */
const SURPRISE = Math.log(1000);
const RARE_SIZE = 3;
// Where more patterns than these are rare, being rare is nothing to look at.
const FEW_RARE = 3;
const FEW_RARE_SHARE = 0.1;
// A surge of which one pattern has so much, or with which one bursts, is that pattern's.
const EXPLAINED_SHARE = 0.5;

/** @returns at most `MOST_THINGS`, the first one first; never a pattern twice */
export function thingsToLookAt(looked: LookedAt): Thing[] {
  const { table } = looked;
  const totals = totalBins(table);
  const candidates = [...patternThings(looked, totals), ...gapThings(looked, totals), ...surgeThings(looked, totals)];
  const usual = areaOne(totals);
  const left = candidates.map((thing) => ({ thing, score: thing.score, profile: profileOf(thing), along: 0 }));
  const chosen: typeof left = [];
  while (chosen.length < MOST_THINGS) {
    const best = left.reduce<(typeof left)[number] | null>(
      (first, one) => (first !== null && compare(first, one) <= 0 ? first : one),
      null,
    );
    if (!best || best.score < LEAST_SCORE) break;
    chosen.push(best);
    left.splice(left.indexOf(best), 1);
    const isSteady = overlap(best.profile, usual) >= ALONG;
    for (let index = left.length - 1; index >= 0; index -= 1) {
      const other = left[index] as (typeof left)[number];
      const isAlong = !isSteady && overlap(best.thing.bins, other.thing.bins) >= ALONG;
      if (isAlong && best.thing.row && other.thing.row) {
        best.along += 1;
        left.splice(index, 1);
        continue;
      }
      if (other.thing.kind === best.thing.kind) other.score *= SAME_KIND_KEEPS;
      if (overlap(best.profile, other.profile) >= SAME_TIMES) other.score *= SAME_TIMES_KEEP;
    }
  }
  return chosen.map(({ thing, score, along }) => ({ ...thing, score, alongCount: along }));
}

function compare(a: { thing: Thing; score: number }, b: { thing: Thing; score: number }): number {
  return (
    b.score - a.score ||
    KINDS.indexOf(a.thing.kind) - KINDS.indexOf(b.thing.kind) ||
    byText(a.thing.row?.text ?? '', b.thing.row?.text ?? '')
  );
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function patternThings({ table, facts, since }: LookedAt, totals: readonly number[]): Thing[] {
  const isRareWorth = isFewRare(facts);
  const onset = onsetOf(facts);
  const rareFactor = Math.log2(Math.max(2, table.recordCount)) / 10;
  const newShare = since === null ? 1 : shareBefore(table, totals, since);
  return facts.flatMap((fact): Thing[] => {
    const found = kindOf(fact, newShare, isRareWorth);
    if (!found) return [];
    const kind = found[0];
    const factor = fact === onset ? 3 : found[1];
    const { row, trouble } = fact;
    const level = trouble === 'error' ? worstFrom(row, ERROR) : trouble === 'warning' ? WARN : fact.level;
    const troubleCount = trouble === null ? row.count : sumFrom(row, trouble === 'error' ? ERROR : WARN);
    const size = Math.log2(1 + troubleCount);
    const isPlainRare = kind === 'rare' && trouble === null;
    const score =
      worthOf(level, trouble) *
      (kind === 'rare' || (trouble === 'error' && fact.isRare) ? Math.max(RARE_SIZE, size) : size) *
      factor *
      (isPlainRare ? rareFactor : 1);
    const bins = denseBins(table, fact.index);
    const run = kind === 'burst' && fact.peakBin !== null ? burstAround(bins, fact.peakBin) : null;
    return [
      {
        kind,
        row,
        alongCount: 0,
        level,
        count: run ? bins.slice(run.start, run.end).reduce((sum, count) => sum + count, 0) : row.count,
        troubleShare: troubleCount / row.count,
        range: run && toRange(table, run.start, run.end),
        peak: fact.peakBin === null ? 0 : (bins[fact.peakBin] ?? 0),
        usual: fact.burst === null || fact.peakBin === null ? 0 : (bins[fact.peakBin] ?? 0) / fact.burst,
        binMs: table.bins.binMs,
        record: row.first.record,
        bins,
        score,
      },
    ];
  });
}

/** What a pattern stands out by, and what that is worth; null: by nothing. */
function kindOf(fact: PatternFacts, newShare: number, isRareWorth: boolean): [ThingKind, number] | null {
  const { trouble, isNew, burst, isRare, row } = fact;
  if (trouble === 'error' && isNew) return ['new-error', 2];
  if (trouble === 'warning' && isNew) return ['new-warning', 2];
  if (burst !== null) return ['burst', 1.5];
  if (trouble === 'error') return isRare ? ['rare', 1] : ['error-group', 1];
  if (trouble === 'warning') return isRare ? null : ['warning-group', 0.6];
  // -ln of the chance that every one of its records fell behind the moment, were they spread as all others.
  if (isNew && -row.count * Math.log(1 - newShare) >= SURPRISE) return ['first-seen', 2];
  return isRare && isRareWorth ? ['rare', 1] : null;
}

/** The new error whose first record is the earliest; null: none is new. */
function onsetOf(facts: readonly PatternFacts[]): PatternFacts | null {
  const time = ({ row }: PatternFacts) => row.first.time ?? Number.POSITIVE_INFINITY;
  return facts
    .filter(({ trouble, isNew }) => trouble === 'error' && isNew)
    .reduce<PatternFacts | null>((first, one) => {
      if (first === null) return one;
      return (time(one) - time(first) || byText(one.row.text, first.row.text)) < 0 ? one : first;
    }, null);
}

function isFewRare(facts: readonly PatternFacts[]): boolean {
  const rareCount = facts.filter(({ isRare, trouble }) => isRare && trouble === null).length;
  return rareCount <= Math.max(FEW_RARE, facts.length * FEW_RARE_SHARE);
}

function worthOf(level: number, trouble: PatternFacts['trouble']): number {
  if (trouble === 'error') return level === FATAL ? 4 : 3;
  return trouble === 'warning' ? 1.5 : 0.5;
}

function sumFrom({ levelCounts }: PatternRow, code: number): number {
  return levelCounts.slice(code).reduce((sum, count) => sum + count, 0);
}

/** FATAL where most of its errors are. */
function worstFrom(row: PatternRow, code: number): number {
  const fatal = row.levelCounts[FATAL] ?? 0;
  return fatal > (row.levelCounts[ERROR] ?? 0) ? FATAL : code;
}

function gapThings({ gap, table }: LookedAt, totals: readonly number[]): Thing[] {
  if (!gap) return [];
  const { start, end, missed, record } = gap;
  return [
    {
      kind: 'gap',
      row: null,
      alongCount: 0,
      level: 0,
      count: missed,
      troubleShare: 1,
      range: { start, end },
      peak: 0,
      usual: 0,
      binMs: table.bins.binMs,
      record,
      bins: totals,
      score: Math.log2(1 + missed),
    },
  ];
}

function surgeThings({ burst, table, facts }: LookedAt, totals: readonly number[]): Thing[] {
  if (!burst) return [];
  const { binMs, startMs } = table.bins;
  const excess = burst.count - (burst.usual * (burst.end - burst.start)) / burst.binMs;
  const first = Math.max(0, Math.floor((burst.start - startMs) / binMs));
  const last = Math.min(table.bins.binCount, Math.ceil((burst.end - startMs) / binMs));
  const isExplained = facts.some(({ index, burst: factor, peakBin }) => {
    if (factor !== null && peakBin !== null && peakBin >= first && peakBin < last) return true;
    const { at, counts } = binsOf(table.bins, index);
    let inside = 0;
    at.forEach((bin, entry) => {
      if (bin >= first && bin < last) inside += counts[entry] ?? 0;
    });
    return inside >= excess * EXPLAINED_SHARE;
  });
  if (isExplained) return [];
  return [
    {
      kind: 'surge',
      row: null,
      alongCount: 0,
      level: 0,
      count: burst.count,
      troubleShare: 1,
      range: { start: burst.start, end: burst.end },
      peak: burst.peak,
      usual: burst.usual,
      binMs: burst.binMs,
      record: null,
      bins: totals,
      score: 0.75 * Math.log2(1 + excess),
    },
  ];
}

function denseBins({ bins }: PatternTable, index: number): number[] {
  const dense = Array.from({ length: bins.binCount }, () => 0);
  const { at, counts } = binsOf(bins, index);
  at.forEach((bin, entry) => {
    dense[bin] = counts[entry] ?? 0;
  });
  return dense;
}

/** All records with a time, per bin. */
function totalBins({ bins }: PatternTable): number[] {
  const totals = Array.from({ length: bins.binCount }, () => 0);
  bins.at.forEach((bin, entry) => {
    totals[bin] = (totals[bin] ?? 0) + (bins.counts[entry] ?? 0);
  });
  return totals;
}

/** Of all records, those in whole bins before a moment, 0..1; below 1 also where all lie before it. */
function shareBefore({ bins }: PatternTable, totals: readonly number[], moment: EpochMs): number {
  const whole = Math.floor((moment - bins.startMs) / bins.binMs);
  const all = totals.reduce((sum, count) => sum + count, 0);
  const before = totals.slice(0, Math.max(0, whole)).reduce((sum, count) => sum + count, 0);
  return before / (all + 1);
}

/** The bins beside the busiest one that hold at least a quarter of its records, [start, end). */
function burstAround(bins: readonly number[], peakBin: number): { start: number; end: number } {
  const least = (bins[peakBin] ?? 0) * BURST_EDGE;
  let start = peakBin;
  let end = peakBin + 1;
  while (start > 0 && (bins[start - 1] ?? 0) >= least) start -= 1;
  while (end < bins.length && (bins[end] ?? 0) >= least) end += 1;
  return { start, end };
}

function toRange({ bins }: PatternTable, start: number, end: number): TimeRange {
  return { start: bins.startMs + start * bins.binMs, end: bins.startMs + end * bins.binMs };
}

/** Its curve with an area of 1; nothing for what has no records of its own. */
function profileOf({ row, bins }: Thing): readonly number[] {
  return row ? areaOne(bins) : [];
}

function areaOne(bins: readonly number[]): readonly number[] {
  const sum = bins.reduce((total, count) => total + count, 0);
  return sum === 0 ? [] : bins.map((count) => count / sum);
}

/** What two curves share of the area under either, 0..1; 0 where one has none. */
function overlap(a: readonly number[], b: readonly number[]): number {
  let shared = 0;
  let either = 0;
  for (let bin = 0; bin < Math.max(a.length, b.length); bin += 1) {
    shared += Math.min(a[bin] ?? 0, b[bin] ?? 0);
    either += Math.max(a[bin] ?? 0, b[bin] ?? 0);
  }
  return either === 0 ? 0 : shared / either;
}
