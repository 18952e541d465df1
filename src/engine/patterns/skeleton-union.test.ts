/** The union of shards' skeletons, against maps. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { ShardSkeletons } from '../shard/shard-api';
import { fewestKept, SkeletonUnion } from './skeleton-union';

interface Drawn {
  readonly hash: bigint;
  readonly count: number;
}

function toShard(drawn: readonly Drawn[]): ShardSkeletons {
  return {
    hashes: Uint32Array.from(drawn.flatMap(({ hash }) => [Number(hash & 0xffffffffn), Number(hash >> 32n)])),
    counts: Uint32Array.from(drawn, ({ count }) => count),
    coarse: Uint16Array.from(drawn, ({ hash }) => Number(hash & 0xffffn)),
    coarseCounts: null,
  };
}

// Few low halves and few high ones, so that both alone are not enough to tell two hashes apart.
const hash = fc
  .tuple(fc.constantFrom(0n, 1n, 1024n, 0xffffffffn), fc.constantFrom(0n, 1n, 2n, 0xffffffffn))
  .map(([low, high]) => (high << 32n) | low);
const shard = fc.uniqueArray(
  fc.record({
    hash: fc.oneof(hash, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
    count: fc.integer({ min: 1, max: 1e6 }),
  }),
  {
    selector: (drawn) => drawn.hash,
    maxLength: 1500,
  },
);

test('counts add up, and the first shard that has a skeleton keeps it', () => {
  fc.assert(
    fc.property(fc.array(shard, { maxLength: 4 }), (shards) => {
      const union = new SkeletonUnion();
      const indexes = shards.map((drawn, i) => union.add(toShard(drawn), i));
      const wanted = new Map<bigint, { count: number; shard: number; id: number }>();
      shards.forEach((drawn, i) => {
        drawn.forEach((one, id) => {
          const known = wanted.get(one.hash);
          if (known === undefined) wanted.set(one.hash, { count: one.count, shard: i, id });
          else known.count += one.count;
        });
      });
      expect(union.count).toBe(wanted.size);
      shards.forEach((drawn, i) => {
        drawn.forEach((one, id) => {
          const index = indexes[i]?.[id] as number;
          expect({ count: union.counts[index], shard: union.shards[index], id: union.ids[index] }).toEqual(
            wanted.get(one.hash),
          );
          expect(union.coarse[index]).toBe(Number(one.hash & 0xffffn));
        });
      });
    }),
    { numRuns: 40, seed: 20_261_120 },
  );
});

test('of too many skeletons those with more records are kept, all or none of those with as many', () => {
  const counts = Float64Array.from([5, 1, 1, 9, 3, 3, 1]);
  expect(fewestKept(counts, 7, 7)).toBe(0);
  expect(fewestKept(counts, 7, 6)).toBe(1);
  expect(fewestKept(counts, 7, 4)).toBe(1);
  expect(fewestKept(counts, 7, 3)).toBe(3);
  expect(fewestKept(counts, 7, 1)).toBe(5);
  expect(fewestKept(counts, 7, 0)).toBe(9);
});
