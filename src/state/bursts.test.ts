import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Histogram } from '../engine/api';
import { biggestBurst, findBursts, findChanges, findGaps, longestGap, sumLevels, ERROR_CODES } from './bursts';

const MINUTE = 60_000;

/** INFO counts per minute from 0 on; errors beside them. */
function drawn(info: readonly number[], errors: readonly number[] = []): Histogram {
  const counts = Array.from({ length: 7 }, () => new Uint32Array(info.length));
  counts[3]?.set(info);
  counts[5]?.set(errors);
  return { startMs: 0, binMs: MINUTE, binCount: info.length, counts, untimedCount: 0 };
}

const steady = (length: number, count: number) => Array.from({ length }, () => count);

describe('bursts', () => {
  test('a rise far above the usual is one burst, however long, with its peak beside the usual', () => {
    const info = [...steady(40, 100), 900, 1200, 800, ...steady(40, 100)];
    expect(findBursts(drawn(info))).toEqual([
      { start: 40 * MINUTE, end: 43 * MINUTE, count: 2900, peak: 1200, usual: 100, binMs: MINUTE },
    ]);
  });

  test('a steady log, noise around the usual, and a handful of records have none', () => {
    expect(findBursts(drawn(steady(100, 50)))).toEqual([]);
    expect(findBursts(drawn(Array.from({ length: 100 }, (_, at) => 40 + ((at * 7) % 20))))).toEqual([]);
    expect(findBursts(drawn([...steady(20, 0), 4, ...steady(20, 0), 1]))).toEqual([]);
    expect(findBursts(drawn([1, 90, 1]))).toEqual([]);
  });

  test('errors burst where records do not', () => {
    const histogram = drawn(steady(60, 100), [...steady(30, 0), 12, 15, ...steady(28, 0)]);
    expect(findBursts(histogram)).toEqual([]);
    expect(findBursts(histogram, ERROR_CODES)).toEqual([
      { start: 30 * MINUTE, end: 32 * MINUTE, count: 27, peak: 15, usual: 0, binMs: MINUTE },
    ]);
  });

  test('the biggest has the most records above the usual, not the highest bin', () => {
    const bursts = findBursts(drawn([...steady(30, 10), 300, ...steady(30, 10), 200, 200, ...steady(30, 10)]));
    expect(bursts).toHaveLength(2);
    expect(biggestBurst(bursts)?.start).toBe(61 * MINUTE);
    expect(biggestBurst([])).toBeNull();
  });
});

describe('gaps', () => {
  test('silence where others were is a gap, with what would have come', () => {
    const histogram = drawn([...steady(20, 100), ...steady(12, 0), ...steady(20, 100)]);
    expect(findGaps(histogram)).toEqual([{ start: 20 * MINUTE, end: 32 * MINUTE, missed: 1200 }]);
    expect(longestGap(findGaps(histogram))?.end).toBe(32 * MINUTE);
    expect(longestGap([])).toBeNull();
  });

  test('what is empty before the first record and behind the last is none, and one bin may be empty by chance', () => {
    expect(findGaps(drawn([...steady(20, 0), ...steady(20, 100), ...steady(20, 0)]))).toEqual([]);
    expect(findGaps(drawn([...steady(20, 100), 0, ...steady(20, 100)]))).toEqual([]);
  });

  test('a log that speaks once in five minutes is not full of gaps; an hour of silence is one', () => {
    const beats = (count: number) => Array.from({ length: count * 5 }, (_, at) => (at % 5 === 0 ? 1 : 0));
    expect(findGaps(drawn(beats(40)))).toEqual([]);
    expect(findGaps(drawn([...beats(30), ...steady(60, 0), ...beats(30)]))).toHaveLength(1);
  });
});

test('changes are where bursts and gaps begin and end, each once, in order', () => {
  const histogram = drawn([...steady(20, 100), ...steady(12, 0), 2000, ...steady(20, 100)]);
  expect(findChanges(histogram)).toEqual([20, 32, 33].map((minute) => minute * MINUTE));
});

const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 300 });

describe('whatever the counts', () => {
  test('gaps are empty as far as they reach, and no further', () => {
    fc.assert(
      fc.property(counts, fc.array(fc.nat(299)), (info, holes) => {
        const drawing = info.map((count, bin) => (holes.some((hole) => Math.abs(hole - bin) < 4) ? 0 : count));
        const sums = sumLevels(drawn(drawing));
        for (const { start, end } of findGaps(drawn(drawing))) {
          expect(sums.subarray(start / MINUTE, end / MINUTE).every((count) => count === 0)).toBe(true);
          expect(sums[start / MINUTE - 1]).toBeGreaterThan(0);
          expect(sums[end / MINUTE]).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('bursts do not touch, hold what their bins hold, and every bin is at least twice the usual', () => {
    fc.assert(
      fc.property(counts, (info) => {
        const histogram = drawn(info);
        let last = -1;
        for (const { start, end, count, peak, usual } of findBursts(histogram)) {
          expect(start).toBeGreaterThan(last);
          last = end;
          const bins = info.slice(start / MINUTE, end / MINUTE);
          expect(bins.reduce((sum, value) => sum + value, 0)).toBe(count);
          expect(Math.max(...bins)).toBe(peak);
          expect(Math.min(...bins)).toBeGreaterThanOrEqual(2 * usual);
        }
      }),
    );
  });

  test('twice as many of everything has the same bursts, and perhaps more', () => {
    fc.assert(
      fc.property(counts, (info) => {
        const once = findBursts(drawn(info)).flatMap(({ start, end }) => binsOf(start, end));
        const twice = findBursts(drawn(info.map((count) => count * 2))).flatMap(({ start, end }) => binsOf(start, end));
        expect(once.every((bin) => twice.includes(bin))).toBe(true);
      }),
    );
  });
});

function binsOf(start: number, end: number): number[] {
  return Array.from({ length: (end - start) / MINUTE }, (_, at) => start / MINUTE + at);
}
