/** Finds the span that nearly all records lie in, so that one clock that stood at 1970 does not press the others into one bin. */
import type { Histogram } from '../engine/api';
import type { TimeRange } from './filter';

// So few may be left out, and only when what remains is so much shorter: a day's rush hour is no such thing.
const FAR_SHARE = 0.001;
const FAR_MIN_COUNT = 2;
const CROWD_SPAN_SHARE = 1 / 20;
// A span shorter than this shows its shape as it is.
const FAR_SPAN_MS = 30 * 86_400_000;

/** Records in all bins. */
export function countBinned(histogram: Histogram): number {
  return histogram.counts.reduce((sum, bins) => sum + bins.reduce((total, count) => total + count, 0), 0);
}

/** From the first bin with a record to the last, EpochMs, half-open; null when there is none. */
export function occupiedSpan({ startMs, binMs, binCount, counts }: Histogram): TimeRange | null {
  const isOccupied = (bin: number) => counts.some((bins) => (bins[bin] ?? 0) > 0);
  const bins = Array.from({ length: binCount }, (_, bin) => bin);
  const first = bins.find(isOccupied);
  const last = bins.findLast(isOccupied);
  if (first === undefined || last === undefined) return null;
  return { start: startMs + first * binMs, end: startMs + (last + 1) * binMs };
}

/**
 * The bins that hold nearly all records, where they are few and the rest is far away.
 *
 * @param total  records in the whole, of which at most a thousandth (or two) may be left out
 * @returns EpochMs, half-open, on the histogram's bins; null where the whole span is what one wants to see
 */
export function findCrowd(histogram: Histogram, total: number): TimeRange | null {
  const { startMs, binMs, binCount, counts } = histogram;
  if (binCount < 2 || binMs * binCount < FAR_SPAN_MS) return null;
  const at = (bin: number) => counts.reduce((sum, bins) => sum + (bins[bin] ?? 0), 0);
  let room = Math.min(Math.max(FAR_MIN_COUNT, total * FAR_SHARE), total / 10) - (total - countBinned(histogram));
  let first = 0;
  let last = binCount - 1;
  // From both ends inwards, the emptier end first.
  while (first < last) {
    const isLow = at(first) <= at(last);
    const count = isLow ? at(first) : at(last);
    if (count > room) break;
    room -= count;
    if (isLow) first += 1;
    else last -= 1;
  }
  if (last + 1 - first > Math.max(1, binCount * CROWD_SPAN_SHARE)) return null;
  return { start: startMs + first * binMs, end: startMs + (last + 1) * binMs };
}
