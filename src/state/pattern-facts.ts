/**
 * What stands out about patterns, from their exact counts. Pure; the words people read are in the view and in the help.
 *
 * since     The moment that parts old from new: the pinned one; else when errors began, by their first burst or their first
 *           record. None when it lies in the first twentieth of the span, or before all records that are shown: then
 *           nothing came before it to compare with.
 * new       First seen at or after that moment. Without one nothing is new.
 * rare      At most 5 records which are at most 1 % of all, or at most 0.01 % of all.
 * burst     The busiest bin and those next to it that hold at least a quarter of its records are the burst. Its factor is
 *           the busiest bin against the mean of all bins outside, or the median of all bins where that is more; from 10
 *           times on and with at least 10 records.
 *           Patterns that have records in their burst only have no factor: there is nothing to compare with.
 * change    Records per bin after `since` against before, less 1: -0.27 is 27 % fewer. Null where chance could explain it:
 *           within six standard deviations of independent arrivals, or less than a fifth either way.
 * level     What most of its records have; equal counts: the worse.
 * trouble   error: ERROR or FATAL in at least a tenth of the records; warning: WARN or above in at least a tenth.
 *
 * Most relevant first: new before old; then errors, warnings, others; then bursts; of old ones without trouble the rare
 * ones; then by records.
 */
import type { PatternBins, PatternRow, PatternTable } from '../engine/patterns/pattern';
import type { EpochMs } from '../engine/records/record';

export interface PatternFacts {
  readonly row: PatternRow;
  /** Index into the table's rows, and into its bins. */
  readonly index: number;
  /** Of the records shown, 0..1. */
  readonly share: number;
  /** Level code of most records. */
  readonly level: number;
  readonly errorCount: number;
  /** Of its records, 0..1. */
  readonly errorRatio: number;
  readonly trouble: 'error' | 'warning' | null;
  readonly isNew: boolean;
  readonly isRare: boolean;
  /** Times the mean of the rest; null: no burst, or nothing outside it. */
  readonly burst: number | null;
  readonly change: number | null;
  /** Bin with most records, the first of equal ones; null: none has a time. */
  readonly peakBin: number | null;
}

const RARE_COUNT = 5;
const RARE_SHARE = 0.01;
const VERY_RARE_SHARE = 0.0001;
const TROUBLE_RATIO = 0.1;
const BURST_FACTOR = 10;
const BURST_MIN_PEAK = 10;
const BURST_EDGE = 0.25;
// Of fewer bins no usual can be told.
const MIN_BINS = 8;
const CHANGE_MIN = 0.2;
const CHANGE_SPREADS = 6;
const EARLY_SHARE = 0.05;

const WARN = 4;
const ERROR = 5;

/**
 * The moment that parts old from new.
 *
 * @param trouble  when errors began, as far as that is known
 */
export function sinceOf(
  table: PatternTable,
  wish: { readonly pin: EpochMs | null; readonly trouble: EpochMs | null },
): EpochMs | null {
  const moment = wish.pin ?? wish.trouble;
  if (moment === null) return null;
  const { startMs, binMs, binCount } = table.bins;
  if (wish.pin === null && moment < startMs + binMs * binCount * EARLY_SHARE) return null;
  const hasEarlier = table.rows.some((row) => row.first.time !== null && row.first.time < moment);
  return hasEarlier ? moment : null;
}

/** The facts of every row, in the table's order. */
export function factsOf(table: PatternTable, since: EpochMs | null): PatternFacts[] {
  return table.rows.map((row, index) => {
    const errorCount = sumFrom(row.levelCounts, ERROR);
    const { burst, peakBin } = burstOf(table.bins, index, row.count);
    const share = row.count / Math.max(1, table.recordCount);
    return {
      row,
      index,
      share,
      level: mainLevel(row.levelCounts),
      errorCount,
      errorRatio: errorCount / row.count,
      trouble: troubleOf(row),
      isNew: since !== null && row.first.time !== null && row.first.time >= since,
      isRare: (row.count <= RARE_COUNT && share <= RARE_SHARE) || share <= VERY_RARE_SHARE,
      burst,
      change: since === null ? null : changeAt(table.bins, index, since),
      peakBin,
    };
  });
}

function sumFrom(levelCounts: readonly number[], code: number): number {
  return levelCounts.slice(code).reduce((sum, count) => sum + count, 0);
}

function mainLevel(levelCounts: readonly number[]): number {
  return levelCounts.reduce((best, count, code) => (count > 0 && count >= (levelCounts[best] ?? 0) ? code : best), 0);
}

function troubleOf(row: PatternRow): PatternFacts['trouble'] {
  if (sumFrom(row.levelCounts, ERROR) >= row.count * TROUBLE_RATIO) return 'error';
  return sumFrom(row.levelCounts, WARN) >= row.count * TROUBLE_RATIO ? 'warning' : null;
}

/** Bins and counts of one row, ascending. */
export function binsOf(bins: PatternBins, index: number): { at: Uint16Array; counts: Uint32Array } {
  const start = bins.starts[index] ?? 0;
  const end = bins.starts[index + 1] ?? start;
  return { at: bins.at.subarray(start, end), counts: bins.counts.subarray(start, end) };
}

function burstOf(bins: PatternBins, index: number, count: number): Pick<PatternFacts, 'burst' | 'peakBin'> {
  const { at, counts } = binsOf(bins, index);
  if (at.length === 0) return { burst: null, peakBin: null };
  let peakAt = 0;
  let total = 0;
  counts.forEach((size, entry) => {
    total += size;
    if (size > (counts[peakAt] ?? 0)) peakAt = entry;
  });
  const peak = counts[peakAt] ?? 0;
  const peakBin = at[peakAt] ?? 0;
  if (bins.binCount < MIN_BINS || peak < BURST_MIN_PEAK || count === peak) return { burst: null, peakBin };
  let inside = peak;
  let width = 1;
  for (const step of [1, -1]) {
    for (let entry = peakAt + step; entry >= 0 && entry < at.length; entry += step) {
      const isNext = Math.abs((at[entry] ?? 0) - (at[entry - step] ?? 0)) === 1;
      if (!isNext || (counts[entry] ?? 0) < peak * BURST_EDGE) break;
      inside += counts[entry] ?? 0;
      width += 1;
    }
  }
  if (total === inside || width === bins.binCount) return { burst: null, peakBin };
  // Where most bins hold much, those that hold little say nothing about what is usual.
  const usual = Math.max((total - inside) / (bins.binCount - width), medianOf(counts, bins.binCount));
  const factor = peak / usual;
  return { burst: factor >= BURST_FACTOR ? factor : null, peakBin };
}

/** The median over all bins, those that are not told being empty; the lower one of two. */
function medianOf(counts: Uint32Array, binCount: number): number {
  const emptyCount = binCount - counts.length;
  const middle = Math.floor((binCount - 1) / 2);
  return middle < emptyCount ? 0 : (counts.slice().sort()[middle - emptyCount] ?? 0);
}

/** The bin in which the moment lies belongs to neither side. */
function changeAt(bins: PatternBins, index: number, since: EpochMs): number | null {
  const place = (since - bins.startMs) / bins.binMs;
  const beforeBins = Math.floor(place);
  const afterBins = bins.binCount - Math.ceil(place);
  if (beforeBins < 1 || afterBins < 1) return null;
  const { at, counts } = binsOf(bins, index);
  let before = 0;
  let after = 0;
  at.forEach((bin, entry) => {
    if (bin < beforeBins) before += counts[entry] ?? 0;
    else if (bin >= bins.binCount - afterBins) after += counts[entry] ?? 0;
  });
  if (before === 0) return null;
  const expected = (before * afterBins) / beforeBins;
  // Both counts vary: the expected one by what it was scaled from.
  const spread = Math.sqrt(expected + (expected * afterBins) / beforeBins);
  const change = after / expected - 1;
  return Math.abs(after - expected) > CHANGE_SPREADS * spread && Math.abs(change) >= CHANGE_MIN ? change : null;
}

const TROUBLE_RANK = { error: 2, warning: 1 } as const;

/** Negative: `a` stands before `b`. Total: patterns that are alike stand by their texts. */
export function byRelevance(a: PatternFacts, b: PatternFacts): number {
  const rank = ({ trouble }: PatternFacts) => (trouble === null ? 0 : TROUBLE_RANK[trouble]);
  return (
    Number(b.isNew) - Number(a.isNew) ||
    rank(b) - rank(a) ||
    Number(b.burst !== null) - Number(a.burst !== null) ||
    Number(isOdd(b)) - Number(isOdd(a)) ||
    byCount(a, b)
  );
}

/** Rare, and nothing else is to be said of it. */
function isOdd({ isRare, isNew, trouble }: PatternFacts): boolean {
  return isRare && !isNew && trouble === null;
}

/** Most records first, equal counts by text. */
export function byCount(a: PatternFacts, b: PatternFacts): number {
  return b.row.count - a.row.count || (a.row.text < b.row.text ? -1 : a.row.text > b.row.text ? 1 : 0);
}
