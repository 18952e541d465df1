import fc from 'fast-check';
import { expect, test } from 'vitest';

import { countPicks, createPicks, hasPick, withoutIndex, withRange } from './picks';

test('ranges stay what a set of positions would be, in order and apart', () => {
  const steps = fc.array(fc.tuple(fc.nat(40), fc.nat(8), fc.boolean()), { maxLength: 30 });
  fc.assert(
    fc.property(steps, (drawn) => {
      const set = new Set<number>();
      let ranges: readonly { start: number; end: number }[] = [];
      for (const [start, length, isAdded] of drawn) {
        if (isAdded) {
          for (let at = start; at <= start + length; at += 1) set.add(at);
          ranges = withRange(ranges, { start, end: start + length + 1 });
        } else {
          set.delete(start);
          ranges = withoutIndex(ranges, start);
        }
      }
      expect(countPicks(ranges)).toBe(set.size);
      for (let at = 0; at < 60; at += 1) expect(hasPick(ranges, at)).toBe(set.has(at));
      expect(ranges.every((range, at) => range.start < range.end && (ranges[at - 1]?.end ?? -1) < range.start)).toBe(
        true,
      );
    }),
    { seed: 2, numRuns: 200 },
  );
});

test('extending grows and shrinks from where it began, and keeps what was added before', () => {
  const picks = createPicks();
  picks.extendTo(7, 5);
  expect(picks.ranges()).toEqual([{ start: 5, end: 8 }]);
  picks.extendTo(3, 7);
  expect(picks.ranges()).toEqual([{ start: 3, end: 6 }]);
  picks.toggle(20, 3);
  picks.extendTo(22, 20);
  expect(picks.ranges()).toEqual([
    { start: 3, end: 6 },
    { start: 20, end: 23 },
  ]);
  picks.clear(9);
  picks.extendTo(10, 9);
  expect(picks.ranges()).toEqual([{ start: 9, end: 11 }]);
});

test('adding to the one selected record keeps it; taking out leaves the others', () => {
  const picks = createPicks();
  picks.toggle(4, 2);
  expect(picks.ranges()).toEqual([
    { start: 2, end: 3 },
    { start: 4, end: 5 },
  ]);
  picks.toggle(2, 4);
  expect(picks.ranges()).toEqual([{ start: 4, end: 5 }]);
});
