/** How often each value of a wildcard comes in the kept records of a shard worker's shards: every message is read. */

import { measuringOf } from '../patterns/measure';
import { WildcardCounts } from '../patterns/wildcard-counts';
import { WildcardFinder } from '../patterns/wildcard-finder';
import { createBreath, eachMessage } from './each-message';
import type { Inside } from './inside';
import type { ShardKey, ShardWildcard, ShardWildcardValues } from './shard-api';

export async function countWildcard(
  inside: Inside,
  selection: number,
  { tokens, wildcard }: ShardWildcard,
  keys: readonly ShardKey[],
  ticket: number,
): Promise<ShardWildcardValues> {
  const finder = new WildcardFinder(tokens, wildcard);
  const values = new WildcardCounts(measuringOf(tokens, wildcard));
  let missingCount = 0;
  await eachMessage(inside, selection, keys, ticket, (memory, start, end) => {
    if (!finder.find(memory, start, end)) {
      missingCount++;
      return;
    }
    const { integer } = finder;
    if (integer !== null) values.addInteger(integer, 1);
    else values.add(finder.value, 1);
  });
  return { values: await values.collect(createBreath(inside, ticket)), missingCount };
}
