import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Latencies, POWER_BOUNDS_MS } from './latencies';

/** The value that `share` of the values do not exceed. */
function exactQuantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function fill(values: readonly number[]): Latencies {
  const latencies = new Latencies();
  for (const value of values) latencies.add(value);
  return latencies;
}

describe('a quantile', () => {
  test('is never below the truth, and at most a fourth of a doubling above it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1_000_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const exact = exactQuantile(values, share);
          const found = fill(values).quantile(share);
          expect(found).toBeGreaterThanOrEqual(exact);
          expect(found).toBeLessThanOrEqual(Math.max(0.1, exact * 2 ** 0.25 * (1 + 1e-12)));
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });

  test('is 0 when nothing was added, and the longest where that is longer than every bucket', () => {
    expect(new Latencies().quantile(0.99)).toBe(0);
    expect(fill([1, 5e6]).quantile(1)).toBe(5e6);
  });
});

test('values at the bounds lie above them: bounds are exclusive', () => {
  for (const [k, bound] of POWER_BOUNDS_MS.entries()) {
    const { below } = fill([bound]).summary();
    expect(below[k]).toBe(0);
    if (k + 1 < below.length) expect(below[k + 1]).toBe(1);
  }
});

test('counts below the whole powers are exact', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 4_000_000, noNaN: true }), { maxLength: 200 }), (values) => {
      const { below, count, sumMs, maxMs } = fill(values).summary();
      expect(below).toEqual(POWER_BOUNDS_MS.map((bound) => values.filter((value) => value < bound).length));
      expect(count).toBe(values.length);
      expect(sumMs).toBeCloseTo(
        values.reduce((sum, value) => sum + value, 0),
        3,
      );
      expect(maxMs).toBe(Math.max(0, ...values));
    }),
    { seed: 6, numRuns: 300 },
  );
});

test('a clock that went back counts as no time', () => {
  expect(fill([-5]).summary()).toMatchObject({ count: 1, sumMs: 0, maxMs: 0 });
});
