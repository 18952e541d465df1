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
    if (finder.find(memory, start, end)) values.add(finder.bytes, finder.start, finder.end, 1);
    else missingCount++;
  });
  return { ...(await values.collect(createBreath(inside, ticket))), missingCount };
}
