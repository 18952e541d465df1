/** Counts over time: of all records of the shown sources, and beside them of what the filter keeps. */
import type { Histogram } from '../engine/api';
import type { TimeRange } from './filter';

export interface TimelineCounts {
  readonly all: Histogram;
  /** The same span for the selection; null when nothing is filtered. */
  readonly kept: Histogram | null;
  /** Records so far from all others that they are left out, unless all times are wanted. */
  readonly farCount: number;
}

/** From the first bin to the end of the last; null when there are none. */
export function spanOf(counts: TimelineCounts | null): TimeRange | null {
  if (!counts || counts.all.binCount === 0) return null;
  const { startMs, binMs, binCount } = counts.all;
  return { start: startMs, end: startMs + binMs * binCount };
}

/** Records in [start, end): exact where both lie on bin edges, else null. */
export function countWithin({ startMs, binMs, binCount, counts }: Histogram, { start, end }: TimeRange): number | null {
  const first = (start - startMs) / binMs;
  const last = (end - startMs) / binMs;
  if (!Number.isInteger(first) || !Number.isInteger(last) || first < 0 || last > binCount) return null;
  return counts.reduce((sum, bins) => sum + bins.subarray(first, last).reduce((part, count) => part + count, 0), 0);
}
