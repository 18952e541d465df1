/**
 * What stands out in counts over time: bursts far above the usual, and gaps without any record. Pure, over exact bins.
 *
 * A burst is a run of bins whose count z lies far above the rest: with m the median over the bins from the first record to
 * the last, and s the spread around it (1.4826 × the median absolute deviation, at least √m as of independent arrivals,
 * at least 1), every bin of it has z > m + 6 s, z ≥ 2 m and z ≥ 5. Median and deviation do not notice the burst itself.
 *
 * A gap is a run of at least two empty bins, between bins that are not, in which ten records or more would have come at
 * the usual pace. The pace is the median count of a bin or, where most bins are empty, one record in the median distance
 * between those that are not.
 */
import type { EpochMs } from '../engine/records/record';
import type { Histogram } from '../engine/api';

/** Bins [start, end) that stand out. */
export interface Burst {
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly count: number;
  /** The largest bin of it, and the median of all: both per `binMs`. */
  readonly peak: number;
  readonly usual: number;
  readonly binMs: number;
}

/** Bins [start, end) without a record. */
export interface Gap {
  readonly start: EpochMs;
  readonly end: EpochMs;
  /** Records that would have come at the usual pace. */
  readonly missed: number;
}

const SPREADS = 6;
// What makes the deviation of a normal distribution its standard deviation.
const DEVIATION = 1.4826;
const TIMES_USUAL = 2;
const BURST_MIN_COUNT = 5;
// Of fewer bins no usual can be told.
const MIN_BINS = 8;

const GAP_MIN_MISSED = 10;
const GAP_MIN_BINS = 2;

/** ERROR and FATAL. */
export const ERROR_CODES = [5, 6] as const;
const ALL_CODES = [0, 1, 2, 3, 4, 5, 6] as const;

/** Counts of these level codes per bin, summed. */
export function sumLevels({ binCount, counts }: Histogram, codes: readonly number[] = ALL_CODES): Float64Array {
  const sums = new Float64Array(binCount);
  for (const code of codes) {
    const row = counts[code];
    if (row) for (let bin = 0; bin < binCount; bin += 1) sums[bin] = (sums[bin] ?? 0) + (row[bin] ?? 0);
  }
  return sums;
}

/** Bursts of the records of these level codes, by time. The usual is measured from the first record of any level to the last. */
export function findBursts(histogram: Histogram, codes: readonly number[] = ALL_CODES): Burst[] {
  const span = occupied(sumLevels(histogram));
  if (span === null || span.end - span.start < MIN_BINS) return [];
  const sums = sumLevels(histogram, codes);
  const inside = sums.subarray(span.start, span.end);
  const usual = median(inside);
  const spread = Math.max(1, Math.sqrt(usual), DEVIATION * median(inside.map((count) => Math.abs(count - usual))));
  const least = Math.max(usual + SPREADS * spread, TIMES_USUAL * usual, BURST_MIN_COUNT);
  return runs(sums, (count) => count >= least).map(({ start, end }) => {
    const run = sums.subarray(start, end);
    return {
      start: histogram.startMs + start * histogram.binMs,
      end: histogram.startMs + end * histogram.binMs,
      count: run.reduce((sum, count) => sum + count, 0),
      peak: Math.max(...run),
      usual,
      binMs: histogram.binMs,
    };
  });
}

/** The burst that rises furthest above the usual, counted in records; null without any. */
export function biggestBurst(bursts: readonly Burst[]): Burst | null {
  const excess = (burst: Burst) => burst.count - (burst.usual * (burst.end - burst.start)) / burst.binMs;
  return bursts.reduce<Burst | null>((best, burst) => (best && excess(best) >= excess(burst) ? best : burst), null);
}

/** Gaps between records of any level, by time. */
export function findGaps(histogram: Histogram): Gap[] {
  const sums = sumLevels(histogram);
  const span = occupied(sums);
  if (span === null) return [];
  const inside = sums.subarray(span.start, span.end);
  const pace = median(inside) || 1 / Math.max(1, medianDistance(inside));
  return runs(inside, (count) => count === 0)
    .filter(({ start, end }) => end - start >= GAP_MIN_BINS && (end - start) * pace >= GAP_MIN_MISSED)
    .map(({ start, end }) => ({
      start: histogram.startMs + (span.start + start) * histogram.binMs,
      end: histogram.startMs + (span.start + end) * histogram.binMs,
      missed: Math.round((end - start) * pace),
    }));
}

/** The longest gap; null without any. */
export function longestGap(gaps: readonly Gap[]): Gap | null {
  return gaps.reduce<Gap | null>(
    (best, gap) => (best && best.end - best.start >= gap.end - gap.start ? best : gap),
    null,
  );
}

/** Moments where something changes: a burst begins or is over, a gap begins or is over. Ascending, each once. */
export function findChanges(histogram: Histogram): EpochMs[] {
  const spans = [...findBursts(histogram), ...findBursts(histogram, ERROR_CODES), ...findGaps(histogram)];
  const first = histogram.startMs;
  const last = histogram.startMs + histogram.binCount * histogram.binMs;
  const moments = spans.flatMap(({ start, end }) => [start, end]).filter((time) => time > first && time < last);
  return [...new Set(moments)].sort((a, b) => a - b);
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/** Runs of bins that pass, as indexes [start, end). */
function runs(counts: Float64Array, passes: (count: number) => boolean): Run[] {
  const found: Run[] = [];
  for (let start = 0; start < counts.length; start += 1) {
    if (!passes(counts[start] ?? 0)) continue;
    let end = start + 1;
    while (end < counts.length && passes(counts[end] ?? 0)) end += 1;
    found.push({ start, end });
    start = end;
  }
  return found;
}

/** From the first bin with a record to behind the last; null when all are empty. */
function occupied(counts: Float64Array): Run | null {
  const start = counts.findIndex((count) => count > 0);
  return start < 0 ? null : { start, end: counts.findLastIndex((count) => count > 0) + 1 };
}

/** Median distance in bins from one that is not empty to the next; 0 when there is only one. */
function medianDistance(counts: Float64Array): number {
  const filled: number[] = [];
  counts.forEach((count, bin) => {
    if (count > 0) filled.push(bin);
  });
  return median(Float64Array.from(filled.slice(1), (bin, index) => bin - (filled[index] ?? 0)));
}

function median(values: Float64Array): number {
  if (values.length === 0) return 0;
  const sorted = values.toSorted();
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
