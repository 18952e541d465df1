import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { PatternTable } from '../engine/patterns/pattern';
import { drawTable, MINUTE } from '../testing/drawn-table';
import { byRelevance, factsOf, sinceOf } from './pattern-facts';

const steady = (perMinute: number, minutes = 20) => Array.from({ length: minutes }, () => perMinute);
const factOf = (table: PatternTable, text: string, since: number | null = null) => {
  const found = factsOf(table, since).find((facts) => facts.row.text === text);
  if (!found) throw new Error(`no pattern ${text}`);
  return found;
};

test('the moment is the pinned one, else when errors began, unless nothing came before it', () => {
  const table = drawTable({ text: 'tick', bins: steady(5) }, { text: 'boom', bins: [...steady(0, 9), 3] });
  const at = (pin: number | null, trouble: number | null) => sinceOf(table, { pin, trouble });
  expect(at(3 * MINUTE, 9 * MINUTE)).toBe(3 * MINUTE);
  expect(at(null, 9 * MINUTE)).toBe(9 * MINUTE);
  expect(at(null, null)).toBeNull();
  expect(at(null, 0.5 * MINUTE)).toBeNull(); // errors from the start
  expect(at(0, null)).toBeNull(); // pinned before the first record
  expect(sinceOf(drawTable({ text: 'late', bins: [0, 0, 1] }), { pin: MINUTE, trouble: null })).toBeNull();
});

test('new is what is first seen at the moment or after it', () => {
  const table = drawTable({ text: 'old', bins: [1, 0, 0, 4] }, { text: 'new', bins: [0, 0, 1] });
  expect(factsOf(table, 2 * MINUTE).map((facts) => facts.isNew)).toEqual([false, true]);
  expect(factsOf(table, null).map((facts) => facts.isNew)).toEqual([false, false]);
});

test('rare is few in a large log, and no pattern of a small one', () => {
  const large = drawTable({ text: 'many', bins: [99_000] }, { text: 'ten', bins: [10] }, { text: 'five', bins: [5] });
  expect(factsOf(large, null).map((facts) => facts.isRare)).toEqual([false, false, true]);
  const huge = drawTable({ text: 'many', bins: [9_000_000] }, { text: 'hundred', bins: [100] });
  expect(factOf(huge, 'hundred').isRare).toBe(true);
  const small = drawTable({ text: 'many', bins: [20] }, { text: 'two', bins: [2] });
  expect(factOf(small, 'two').isRare).toBe(false);
});

test('a burst is told against the bins outside it', () => {
  const burst = [...steady(2, 10), 100, 90, 80, ...steady(2, 10)];
  const table = drawTable({ text: 'burst', bins: burst }, { text: 'steady', bins: steady(50, 23) });
  expect(factOf(table, 'burst')).toMatchObject({ burst: 50, peakBin: 10 });
  expect(factOf(table, 'steady')).toMatchObject({ burst: null, peakBin: 0 });
  // Noise around six a bin, with a quiet stretch: its highest bin is no burst.
  const noise = Array.from({ length: 100 }, (_, bin) => (bin > 80 ? 1 : 3 + ((bin * 7) % 13)));
  noise[40] = 20;
  expect(factOf(drawTable({ text: 'noise', bins: noise }), 'noise').burst).toBeNull();
  expect(factOf(drawTable({ text: 'only', bins: [...steady(0, 10), 100] }), 'only').burst).toBeNull();
});

test('a change is told where chance does not explain it', () => {
  const table = drawTable(
    { text: 'fell', bins: [...steady(1000, 10), ...steady(700, 10)] },
    { text: 'rose', bins: [...steady(10, 10), ...steady(80, 10)] },
    { text: 'same', bins: [...steady(5, 10), ...steady(4, 10)] },
    { text: 'came', bins: [...steady(0, 10), ...steady(40, 10)] },
  );
  const changes = factsOf(table, 10 * MINUTE).map((facts) => facts.change);
  expect(changes[0]).toBeCloseTo(-0.3);
  expect(changes[1]).toBeCloseTo(7);
  expect(changes.slice(2)).toEqual([null, null]);
});

test('level and trouble of a mixed pattern', () => {
  const table = drawTable(
    { text: 'warned', bins: [100], level: [0, 0, 0, 0, 91, 9, 0] },
    { text: 'served', bins: [100], level: [0, 0, 0, 99, 0, 1, 0] },
    { text: 'bare', bins: [10], level: [10, 0, 0, 0, 0, 0, 0] },
  );
  expect(factsOf(table, null).map(({ level, trouble, errorCount }) => ({ level, trouble, errorCount }))).toEqual([
    { level: 4, trouble: 'warning', errorCount: 9 },
    { level: 3, trouble: null, errorCount: 1 },
    { level: 0, trouble: null, errorCount: 0 },
  ]);
});

test('relevant first: new, then trouble, bursts, rare, and the most records', () => {
  const table = drawTable(
    { text: 'info', bins: steady(9000) },
    { text: 'old error', bins: steady(10), level: 5 },
    { text: 'rare', bins: [1], level: 3 },
    { text: 'new info', bins: [...steady(0, 10), 30], level: 3 },
    { text: 'new error', bins: [...steady(0, 10), 3], level: 5 },
    { text: 'burst', bins: [...steady(2, 10), 200, ...steady(2, 9)], level: 3 },
    { text: 'warned', bins: steady(2), level: 4 },
  );
  expect(
    factsOf(table, 10 * MINUTE)
      .sort(byRelevance)
      .map((facts) => facts.row.text),
  ).toEqual(['new error', 'new info', 'old error', 'warned', 'burst', 'rare', 'info']);
});

test('facts hold together, whatever the counts', () => {
  const bins = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 500 })), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.array(bins, { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 40 }), (all, minute) => {
      const drawn = all.filter((one) => one.some((count) => count > 0));
      const table = drawTable(...drawn.map((one, at) => ({ text: `p${at}`, bins: one })));
      const facts = factsOf(table, minute * MINUTE);
      const shares = facts.reduce((sum, one) => sum + one.share, 0);
      expect(shares).toBeCloseTo(drawn.length === 0 ? 0 : 1);
      for (const one of facts) {
        if (one.burst !== null) expect(one.burst).toBeGreaterThanOrEqual(10);
        expect(one.change ?? -1).toBeGreaterThanOrEqual(-1);
        const peak = Math.max(...(drawn[one.index] ?? []));
        expect((drawn[one.index] ?? [])[one.peakBin ?? -1]).toBe(peak);
      }
      const order = [...facts].sort(byRelevance);
      expect([...facts].reverse().sort(byRelevance)).toEqual(order);
    }),
    { seed: 20261120, numRuns: 300 },
  );
});
