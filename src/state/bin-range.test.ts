import fc from 'fast-check';
import { expect, test } from 'vitest';

import { boundsOf, numberBelow } from './bin-range';

test('the number below is smaller, and nothing lies between', () => {
  expect(numberBelow(30_000)).toBe(29999.999999999996);
  expect(numberBelow(0)).toBe(-5e-324);
  expect(numberBelow(5e-324)).toBe(0);
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), (value) => {
      const below = numberBelow(value);
      expect(below).toBeLessThan(value);
      const middle = below / 2 + value / 2;
      expect([below, value].some((end) => Object.is(end, middle) || end === middle)).toBe(true);
    }),
    { seed: 20261120 },
  );
});

test('the bounds of a run of bars keep exactly what the bars count', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 8 }),
      fc.array(fc.integer({ min: -200, max: 200 }).map((value) => value / 4)),
      fc.nat(7),
      fc.nat(7),
      (numbers, values, a, b) => {
        const edges = [...numbers].sort((left, right) => left - right);
        const last = edges.length - 2;
        const inside = values.filter((value) => value >= (edges[0] ?? 0) && value <= (edges[last + 1] ?? 0));
        const binOf = (value: number) =>
          Math.min(
            last,
            edges.findLastIndex((edge) => value >= edge),
          );
        const [from, to] = [Math.min(a, last), Math.min(b, last)];
        const { min, max } = boundsOf({ edges, counts: edges.slice(1).map(() => 0), isLog: false }, from, to);
        const kept = inside.filter((value) => value >= (min ?? -Infinity) && value <= (max ?? Infinity));
        expect(kept).toEqual(
          inside.filter((value) => binOf(value) >= Math.min(from, to) && binOf(value) <= Math.max(from, to)),
        );
      },
    ),
    { seed: 20261120, numRuns: 500 },
  );
});
