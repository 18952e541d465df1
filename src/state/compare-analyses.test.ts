import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { KeptPattern } from '../protocol/analysis';
import { drawAnalysis, drawPattern, headOf, NO_FILTER } from '../testing/random-analyses';
import { type ComparedTable, compareTables, toDoubts, toEffect } from './compare-analyses';

const SEED = 20261120;

function tableOf(patterns: Readonly<Record<string, number>>): ComparedTable {
  const list = Object.entries(patterns).map(([text, count]) => drawPattern(text, count));
  return { patterns: list, recordCount: list.reduce((sum, { count }) => sum + count, 0) };
}

const table: fc.Arbitrary<ComparedTable> = fc
  .dictionary(fc.constantFrom(...'abcdefghij'.split('')), fc.integer({ min: 1, max: 100_000 }), {
    noNullPrototype: true,
  })
  .map(tableOf);

const all = (check: (before: ComparedTable, after: ComparedTable) => void) =>
  fc.assert(fc.property(table, table, check), { seed: SEED, numRuns: 500 });

describe('any two tables', () => {
  test('every pattern of either is there once, with its own counts', () => {
    all((before, after) => {
      const { changes, kindCounts } = compareTables(before, after);
      const sides = (of: (change: (typeof changes)[number]) => KeptPattern | null) =>
        changes.flatMap((change) => of(change) ?? []).sort((a, b) => (a.text < b.text ? -1 : 1));
      const sorted = (list: readonly KeptPattern[]) => [...list].sort((a, b) => (a.text < b.text ? -1 : 1));
      expect(sides((change) => change.before)).toEqual(sorted(before.patterns));
      expect(sides((change) => change.after)).toEqual(sorted(after.patterns));
      expect(kindCounts.new + kindCounts.gone + kindCounts.changed + kindCounts.same).toBe(changes.length);
    });
  });

  test('swapping the sides swaps new and gone, and turns every factor over', () => {
    all((before, after) => {
      const there = compareTables(before, after);
      const back = new Map(compareTables(after, before).changes.map((change) => [change.text, change]));
      for (const change of there.changes) {
        const other = back.get(change.text);
        expect(other?.kind).toBe({ new: 'gone', gone: 'new', changed: 'changed', same: 'same' }[change.kind]);
        expect(other?.effect).toBeCloseTo(change.effect, 6);
        if (change.factor !== null) expect(other?.factor).toBeCloseTo(1 / change.factor, 6);
      }
    });
  });

  test('the order the patterns came in does not matter', () => {
    all((before, after) => {
      const turned = { ...before, patterns: [...before.patterns].reverse() };
      expect(compareTables(turned, after)).toEqual(compareTables(before, after));
    });
  });

  test('the largest effect comes first, and none is negative', () => {
    all((before, after) => {
      const effects = compareTables(before, after).changes.map(({ effect }) => effect);
      expect(effects).toEqual([...effects].sort((a, b) => b - a));
      expect(Math.min(0, ...effects)).toBe(0);
    });
  });

  test('a table does not differ from itself, nor from one with ten times as many of each', () => {
    all((before) => {
      const larger = { recordCount: before.recordCount * 10, patterns: before.patterns.map(tenfold) };
      for (const other of [before, larger]) {
        const { kindCounts, changes } = compareTables(before, other);
        expect(kindCounts).toEqual({ new: 0, gone: 0, changed: 0, same: before.patterns.length });
        expect(changes.every(({ effect }) => effect < 1e-3)).toBe(true);
      }
    });
  });
});

const tenfold = (pattern: KeptPattern) => ({ ...pattern, count: pattern.count * 10 });

test('new, gone, changed and about the same, by effect', () => {
  const before = tableOf({ steady: 90_000, gone: 200, rising: 1000, rare: 2 });
  const after = tableOf({ steady: 88_000, rising: 5000, rare: 4, new: 60 });
  expect(
    compareTables(before, after).changes.map(({ kind, text, factor }) => [kind, text, factor?.toFixed(2)]),
  ).toEqual([
    ['changed', 'rising', '4.90'],
    ['same', 'steady', '0.96'],
    ['gone', 'gone', undefined],
    ['new', 'new', undefined],
    ['same', 'rare', '1.96'], // two records more may be chance
  ]);
});

test('nothing on one side is nothing to compare shares with', () => {
  const { kindCounts, changes } = compareTables(tableOf({}), tableOf({ a: 1, b: 5 }));
  expect(kindCounts).toEqual({ new: 2, gone: 0, changed: 0, same: 0 });
  expect(changes.map(({ text }) => text)).toEqual(['b', 'a']);
});

test('the effect is that of the log-likelihood ratio', () => {
  // Dunning's G² worked by hand: 10 of 100 against 30 of 100.
  const expected =
    2 * (10 * Math.log(10 / 20) + 30 * Math.log(30 / 20) + 90 * Math.log(90 / 80) + 70 * Math.log(70 / 80));
  expect(toEffect(10, 100, 30, 100)).toBeCloseTo(expected, 9);
  expect(toEffect(10, 100, 20, 200)).toBe(0);
});

describe('what keeps two analyses from being compared', () => {
  const { head } = drawAnalysis({ a: 1 });

  test('nothing, when they were made alike', () => {
    const moved = {
      ...NO_FILTER,
      part: { ...NO_FILTER.part, clauses: [{ id: 7, text: 'x', isNegated: false, isOn: false }] },
    };
    expect(toDoubts(head, { ...head, id: 'a2', madeAt: 0, filter: moved })).toEqual([]);
  });

  test('granularity, merges, engine, filter, a source half read: each is said', () => {
    const range = { ...NO_FILTER.part, draft: 'failed' };
    const other = headOf({
      recordCount: 1,
      itemCount: 1,
      engineVersion: 2,
      isComplete: false,
      grouping: { granularity: 4, merges: [], splits: [] },
      filter: { text: 'failed', part: range },
    });
    expect(toDoubts(head, other)).toEqual([
      'Patterns were told apart at granularity 3 and 5 of 5: what is new or gone may only be cut differently.',
      'They were made by versions 1 and 2 of the engine, which may tell patterns apart differently.',
      'They were filtered differently: all records, and failed.',
      'The second was made while a source was still being read: its counts are “so far”.',
    ]);
    const merged = { ...head, grouping: { granularity: 2 as const, merges: [['a', 'b']], splits: [] } };
    expect(toDoubts(head, merged)).toEqual([
      'Different patterns were merged or split by hand: what is new or gone may only be cut differently.',
    ]);
  });
});
