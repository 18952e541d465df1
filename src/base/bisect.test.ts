import fc from 'fast-check';
import { expect, test } from 'vitest';

import { firstIndexWhere, lowerBound, upperBound } from './bisect';

test('bounds agree with a look at every value', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }),
      fc.integer({ min: -1, max: 10 }),
      (values, wanted) => {
        const sorted = values.sort((a, b) => a - b);
        const valueAt = (index: number) => sorted[index] as number;
        expect(lowerBound(sorted.length, valueAt, wanted)).toBe(sorted.filter((value) => value < wanted).length);
        expect(upperBound(sorted.length, valueAt, wanted)).toBe(sorted.filter((value) => value <= wanted).length);
      },
    ),
    { seed: 11, numRuns: 300 },
  );
});

test('counts beyond 2^31 are searched, in logarithmic time', () => {
  let asked = 0;
  const found = firstIndexWhere(2 ** 40, (index) => {
    asked += 1;
    return index >= 2 ** 39 + 17;
  });
  expect(found).toBe(2 ** 39 + 17);
  expect(asked).toBeLessThanOrEqual(41);
});
