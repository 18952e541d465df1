/**
 * Which skeletons are told apart where there are too many of them (a log whose messages are all different, by accident or
 * by design), and what becomes of the others: a function of how many records each has, and of nothing else.
 *
 *   at most MOST_SKELETONS, those with the most records   are told apart
 *   the others, by class: by how they begin               a pattern for each class with its share of their records
 *   what is left                                          one pattern, which says nothing: `<*>`
 */

import { fewestKept, type SkeletonUnion } from './skeleton-union';

export const MOST_SKELETONS = 65536;
/** Classes of skeletons by how they begin: see `coarseOf`. */
export const COARSE_CLASSES = 65536;
/** A class is a pattern of its own where it has one in so many of the records whose skeletons are not told apart. */
const CLASS_SHARE = 1024;

export interface SkeletonChoice {
  /** Indexes in the union of those told apart, ascending. */
  readonly kept: readonly number[];
  readonly mergedCount: number;
  /** Classes that are a pattern, and for each one of its skeletons: the least by hash. -1: none of it is known. */
  readonly classes: ReadonlyMap<number, number>;
}

/** @param coarseCounts  records by class whose skeletons no shard told apart; null: there are none */
export function chooseSkeletons(union: SkeletonUnion, coarseCounts: Float64Array | null): SkeletonChoice {
  const fewest = fewestKept(union.counts, union.count, MOST_SKELETONS);
  const records = coarseCounts === null ? new Float64Array(COARSE_CLASSES) : coarseCounts.slice();
  const least = new Map<number, number>();
  const kept: number[] = [];
  for (let index = 0; index < union.count; index++) {
    const count = union.counts[index] as number;
    if (count > fewest) {
      kept.push(index);
      continue;
    }
    const coarse = union.coarse[index] as number;
    records[coarse] = (records[coarse] as number) + count;
    const known = least.get(coarse);
    if (known === undefined || isLess(union, index, known)) least.set(coarse, index);
  }
  const all = records.reduce((sum, count) => sum + count, 0);
  const classes = new Map<number, number>();
  records.forEach((count, coarse) => {
    if (count > 0 && count * CLASS_SHARE >= all) classes.set(coarse, least.get(coarse) ?? -1);
  });
  return { kept, mergedCount: union.count - kept.length, classes };
}

function isLess(union: SkeletonUnion, a: number, b: number): boolean {
  const [highA, highB] = [union.hashes[a * 2 + 1] as number, union.hashes[b * 2 + 1] as number];
  return highA !== highB ? highA < highB : (union.hashes[a * 2] as number) < (union.hashes[b * 2] as number);
}
