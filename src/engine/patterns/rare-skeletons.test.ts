/** Which skeletons are told apart when there are too many. */
import { expect, test } from 'vitest';

import { chooseSkeletons, COARSE_CLASSES, MOST_SKELETONS } from './rare-skeletons';
import { SkeletonUnion } from './skeleton-union';

/** Skeletons `first` to `first + count`, of one class, each with so many records. */
function addSkeletons(union: SkeletonUnion, first: number, count: number, records: number, coarse: number): void {
  union.add(
    {
      hashes: Uint32Array.from({ length: count * 2 }, (_, i) => (i % 2 === 0 ? first + i / 2 : 7)),
      counts: new Uint32Array(count).fill(records),
      coarse: new Uint16Array(count).fill(coarse),
      coarseCounts: null,
    },
    0,
  );
}

test('as many as are told apart are told apart', () => {
  const union = new SkeletonUnion();
  addSkeletons(union, 0, MOST_SKELETONS, 1, 3);
  expect(chooseSkeletons(union, null)).toMatchObject({ mergedCount: 0, classes: new Map() });
});

test('of more, those with the fewest records are put together, by class where a class has its share', () => {
  const union = new SkeletonUnion();
  addSkeletons(union, 0, 100, 50, 1);
  addSkeletons(union, 1000, MOST_SKELETONS, 2, 2);
  addSkeletons(union, 900_000, 10, 1, 3);
  const { kept, mergedCount, classes } = chooseSkeletons(union, null);
  expect(kept).toEqual(Array.from({ length: 100 }, (_, i) => i));
  expect(mergedCount).toBe(MOST_SKELETONS + 10);
  // Class 3 has 10 of some 131,000 records; of class 2 the least by hash stands for all.
  expect([...classes]).toEqual([[2, 100]]);
});

test('records that no shard told apart count with their class', () => {
  const union = new SkeletonUnion();
  addSkeletons(union, 0, 5, 1, 1);
  const counts = new Float64Array(COARSE_CLASSES);
  counts[9] = 1000;
  const { kept, classes } = chooseSkeletons(union, counts);
  expect(kept).toHaveLength(5);
  expect([...classes]).toEqual([[9, -1]]);
});
