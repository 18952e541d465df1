/** The fixed ladder of bin widths: aligned to the epoch, so that shards agree without knowing the span. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Ms, ascending; each width divides its later neighbours' or is a calendar step people know. */
export const BIN_LADDER: readonly number[] = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY,
  91 * DAY,
  364 * DAY,
  3640 * DAY,
  36400 * DAY,
];

/**
 * The narrowest bins that cover [start, end] in at most `maxBins`.
 *
 * @param end  EpochMs, inclusive; before `start` there are no bins
 * @returns start aligned down to a multiple of the width since the epoch
 */
export function binsFor(
  start: number,
  end: number,
  maxBins: number,
): { startMs: number; binMs: number; binCount: number } {
  if (end < start) return { startMs: Math.floor(start), binMs: 1, binCount: 0 };
  const most = Math.max(1, Math.floor(maxBins));
  for (const binMs of BIN_LADDER) {
    const startMs = Math.floor(start / binMs) * binMs;
    const binCount = Math.floor((end - startMs) / binMs) + 1;
    if (binCount <= most) return { startMs, binMs, binCount };
  }
  const binMs = Math.ceil((end - start + 1) / most / DAY) * DAY;
  const startMs = Math.floor(start / binMs) * binMs;
  return { startMs, binMs, binCount: Math.floor((end - startMs) / binMs) + 1 };
}
