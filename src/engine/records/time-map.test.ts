import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  compose,
  IDENTITY,
  mapTime,
  preimages,
  shiftWithin,
  TimeMapBuilder,
  translate,
  type TimeMap,
} from './time-map';

const SETTINGS = { seed: 20250330, numRuns: 300 };

/** A map from its segments: the first shift, then [break, shift] pairs. */
function steps(first: number, ...rest: [number, number][]): TimeMap {
  const builder = new TimeMapBuilder(first);
  for (const [at, shift] of rest) builder.add(at, shift);
  return builder.build();
}

const anyMap = fc
  .tuple(
    fc.integer({ min: -50, max: 50 }),
    fc.array(fc.tuple(fc.integer({ min: -200, max: 200 }), fc.integer({ min: -50, max: 50 })), { maxLength: 6 }),
  )
  .map(([first, rest]) => steps(first, ...rest.sort((a, b) => a[0] - b[0])));
const anyRaw = fc.integer({ min: -300, max: 300 });

test('a break belongs to the segment on its right', () => {
  const map = steps(10, [100, -5]);
  expect([mapTime(map, 99), mapTime(map, 100), mapTime(map, 101)]).toEqual([109, 95, 96]);
});

test('neighbours with the same shift are one segment, and a second break at the same place replaces the first', () => {
  expect(steps(1, [10, 1], [20, 2], [20, 3], [30, 3])).toEqual({
    breaks: Float64Array.of(20),
    shifts: Float64Array.of(1, 3),
  });
  expect(steps(1, [10, 2], [10, 1])).toEqual({ breaks: Float64Array.of(), shifts: Float64Array.of(1) });
});

test('the identity leaves times alone', () => {
  expect(mapTime(IDENTITY, 1234.5)).toBe(1234.5);
  expect(preimages(IDENTITY, -Infinity, Infinity)).toEqual([[-Infinity, Infinity]]);
});

describe('one shift for a range', () => {
  const map = steps(10, [100, -5]);
  test('is given while no break lies in it', () => {
    expect([shiftWithin(map, 0, 99), shiftWithin(map, 100, 5000)]).toEqual([10, -5]);
  });
  test('is not given across a break', () => {
    expect(shiftWithin(map, 99, 100)).toBeNull();
  });
});

describe('the raw times of a UTC range', () => {
  test('are two ranges where UTC is reached twice', () => {
    // raw 90..99 → 100..109, raw 100..109 → 100..109 again
    expect(preimages(steps(10, [100, 0]), 100, 110)).toEqual([[90, 110]]);
    expect(preimages(steps(10, [100, 0]), 103, 105)).toEqual([
      [93, 95],
      [103, 105],
    ]);
  });
  test('are none where no raw time maps', () => {
    expect(preimages(steps(0, [100, 60]), 120, 150)).toEqual([]);
  });
  test('hold exactly the raw times that map into it', () => {
    fc.assert(
      fc.property(anyMap, anyRaw, anyRaw, fc.array(anyRaw, { minLength: 20, maxLength: 40 }), (map, a, b, raws) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const ranges = preimages(map, start, end);
        for (const raw of raws) {
          const utc = mapTime(map, raw);
          expect(ranges.some(([from, to]) => raw >= from && raw < to)).toBe(utc >= start && utc < end);
        }
        for (let i = 1; i < ranges.length; i++)
          expect((ranges[i - 1] as [number, number])[1]).toBeLessThan((ranges[i] as [number, number])[0]);
      }),
      SETTINGS,
    );
  });
});

test('a composed map is the one after the other', () => {
  fc.assert(
    fc.property(anyMap, anyMap, anyRaw, (first, second, raw) => {
      expect(mapTime(compose(first, second), raw)).toBe(mapTime(second, mapTime(first, raw)));
    }),
    { ...SETTINGS, numRuns: 1000 },
  );
});

test('composing keeps breaks ascending and neighbours different', () => {
  fc.assert(
    fc.property(anyMap, anyMap, (first, second) => {
      const { breaks, shifts } = compose(first, second);
      expect(shifts.length).toBe(breaks.length + 1);
      breaks.forEach((at, i) => {
        if (i > 0) expect(at).toBeGreaterThan(breaks[i - 1] as number);
        expect(shifts[i + 1]).not.toBe(shifts[i]);
      });
    }),
    SETTINGS,
  );
});

test('a translated map serves raw times that are smaller by the delta', () => {
  fc.assert(
    fc.property(anyMap, anyRaw, anyRaw, (map, raw, delta) => {
      expect(mapTime(translate(map, delta), raw - delta)).toBe(mapTime(map, raw));
    }),
    SETTINGS,
  );
});

test('one shift, where there is one, is that of every time between', () => {
  fc.assert(
    fc.property(anyMap, anyRaw, anyRaw, (map, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const shift = shiftWithin(map, low, high);
      const seen = new Set(Array.from({ length: high - low + 1 }, (_, i) => mapTime(map, low + i) - low - i));
      if (shift === null) expect(seen.size).toBeGreaterThan(1);
      else expect([...seen]).toEqual([shift]);
    }),
    SETTINGS,
  );
});
