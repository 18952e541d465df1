/** A run of a histogram's bars as bounds that are both included: what a filter by a wildcard's values wants. */
import type { WildcardMeasure } from '../engine/patterns/pattern';

/**
 * Bars `from` to `to`, both included. A bar holds its left edge and not its right one, but for the last: so the upper bound is
 * the largest number below the edge.
 *
 * @returns null for a bound where nothing lies beyond it
 */
export function boundsOf(
  { edges, counts }: WildcardMeasure['histogram'],
  from: number,
  to: number,
): { min: number | null; max: number | null } {
  const last = counts.length - 1;
  const start = Math.max(0, Math.min(from, to));
  const end = Math.min(last, Math.max(from, to));
  return {
    min: edges[start] ?? null,
    max: end === last ? (edges[last + 1] ?? null) : numberBelow(edges[end + 1] ?? 0),
  };
}

/** The largest number that is smaller. @param value  finite */
export function numberBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  const bits = new BigInt64Array(new Float64Array([value]).buffer);
  // Numbers of one sign are ordered as their bits are; negative ones the other way round.
  bits[0] = (bits[0] ?? 0n) + (value > 0 ? -1n : 1n);
  return new Float64Array(bits.buffer)[0] ?? value;
}
