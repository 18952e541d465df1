/** How often a selection is asked for anew while its sources are still read. */
import type { Filter } from '../engine/query/filter';

// While files are read, answers take at most a quarter of the time, and come at least every two seconds. Everything is
// counted without a search: then the pause is only what the eye needs.
const MIN_MS = 200;
const FACTOR = 3;
const MAX_MS = 2000;

/** The pause between two answers. @param lastTookMs  how long the last answer took */
export function growthPauseMs(filter: Filter, lastTookMs: number): number {
  const costMs = filter.kind === 'all' ? 0 : FACTOR * lastTookMs;
  return Math.max(MIN_MS, Math.min(MAX_MS, costMs));
}
