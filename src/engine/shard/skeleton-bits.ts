/** Which records of a block have one of these skeletons: a look at the skeleton column. */

import type { SkeletonSet } from '../query/plan';
import type { RecordBlock } from './loaded-shard';

/**
 * Sets the bits of the block's records whose skeleton is in the set.
 *
 * @param memory  the whole of it, as words
 * @param bits  where the block's bits are, cleared
 */
export function markSkeletons(
  { skeletons, coarse }: SkeletonSet,
  block: RecordBlock,
  memory: Uint32Array,
  bits: number,
): void {
  const known = skeletons.length * 32;
  const from = block.skeletons >> 2;
  const to = bits >> 2;
  for (let word = 0; word << 5 < block.count; word++) {
    const first = word << 5;
    const count = Math.min(32, block.count - first);
    let found = 0;
    for (let bit = 0; bit < count; bit++) {
      const id = memory[from + first + bit] as number;
      if (id < known) found |= (((skeletons[id >> 5] as number) >>> (id & 31)) & 1) << bit;
      else if (coarse !== null) found |= (((coarse[(id & 0xffff) >> 5] as number) >>> (id & 31)) & 1) << bit;
    }
    memory[to + word] = found;
  }
}
