import fc from 'fast-check';
import { expect, test } from 'vitest';

import { countAt, toErrorPath, toFirst, toFrame, toHitPath, toWarningPath } from './minimap-shapes';

/** An overview drawn as a string a bucket: `eewi` is two errors, a warning and an INFO; capitals are hits. */
function drawn(...buckets: string[]) {
  const code = { i: 3, w: 4, e: 5, f: 6 } as Record<string, number>;
  const levels = Array.from({ length: 7 }, () => new Uint32Array(buckets.length));
  const hits = new Uint32Array(buckets.length);
  buckets.forEach((bucket, at) => {
    for (const letter of bucket) {
      const counts = levels[code[letter.toLowerCase()] ?? 0];
      if (counts) counts[at] = (counts[at] ?? 0) + 1;
      if (letter !== letter.toLowerCase()) hits[at] = (hits[at] ?? 0) + 1;
    }
  });
  const recordCount = buckets.reduce((sum, bucket) => sum + bucket.length, 0);
  return { bucketCount: buckets.length, recordCount, levels, hits };
}

test('a single error, warning or hit among many is seen, one unit high', () => {
  const quiet = 'i'.repeat(10_000);
  const map = drawn(quiet, `${quiet}e`, `${quiet}w`, `${quiet}I`);
  expect(toErrorPath(map)).toMatch(/^M2 1h4\.?\d*v1H2z$/);
  expect(toWarningPath(map)).toMatch(/^M2 2h4\.?\d*v1H2z$/);
  expect(toHitPath(map)).toMatch(/^M16 3h4\.?\d*v1H16z$/);
});

test('a bucket of errors alone is as wide as its lane', () => {
  expect(toErrorPath(drawn('eef'))).toBe('M2 0h12v1H2z');
});

test('what a preview says is what its bucket holds', () => {
  const map = drawn('ii', 'eW', 'Ie');
  expect(countAt(map, 3)).toEqual({ errors: 1, warnings: 1, hits: 1 });
  expect(countAt(map, 5)).toEqual({ errors: 1, warnings: 0, hits: 1 });
});

test('a place on the map and the frame that shows it meet, whatever the size', () => {
  const sizes = fc.record({
    count: fc.integer({ min: 1, max: 100_000_000 }),
    shown: fc.integer({ min: 1, max: 60 }),
    height: fc.integer({ min: 40, max: 2000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(sizes, ({ count, shown, height, share }) => {
      const y = share * height;
      const first = Math.max(0, Math.min(Math.max(0, count - shown), toFirst(y, shown, count, height)));
      const frame = toFrame(first, Math.min(shown, count), count, height);
      expect(frame.top).toBeGreaterThanOrEqual(0);
      expect(frame.top + frame.height).toBeLessThanOrEqual(height + 1e-6);
      // One record's height, for positions are whole.
      const air = height / count + 1e-6;
      expect(y).toBeGreaterThanOrEqual(frame.top - air);
      expect(y).toBeLessThanOrEqual(frame.top + frame.height + air);
    }),
    { seed: 13, numRuns: 500 },
  );
});
