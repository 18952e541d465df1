/** Counts of levels and hits over runs of positions of a selection, in one shard. */

import { LEVEL_COUNT } from '../records/record';
import type { Inside } from './inside';
import type { ShardKey, ShardRuns } from './shard-api';

/**
 * @param hits  selection whose records are counted besides, a part of `selection`; null: none
 * @param starts  positions in the shard where runs begin, ascending from 0; one more entry is where the last one ends
 */
export function countRuns(
  inside: Inside,
  key: ShardKey,
  selection: number,
  hits: number | null,
  starts: Uint32Array,
): ShardRuns {
  const shard = inside.shardOf(key);
  const bits = inside.bitsOf(key, selection);
  const found = hits === null ? null : inside.bitsOf(key, hits);
  const runCount = starts.length - 1;
  const levels = new Uint32Array(LEVEL_COUNT * runCount);
  const hitCounts = hits === null ? null : new Uint32Array(runCount);
  const { buffer } = inside.arena.memory;
  let run = 0;
  let position = 0;
  let end = starts[1] as number;
  /** The level's cell of the record at `position`, which is then the next one's. */
  const count = (level: number): void => {
    while (position >= end) {
      run++;
      end = starts[run + 1] as number;
    }
    position++;
    const cell = (level < LEVEL_COUNT ? level : 0) * runCount + run;
    levels[cell] = (levels[cell] as number) + 1;
  };
  shard.blocks.forEach((block, index) => {
    const codes = new Uint8Array(buffer, block.levels, block.count);
    const words = Math.ceil(block.count / 32);
    const kept = bits === null ? null : new Uint32Array(buffer, bits.pointers[index] as number, words);
    const hit = found === null ? null : new Uint32Array(buffer, found.pointers[index] as number, words);
    for (let w = 0; w < words; w++) {
      const size = Math.min(32, block.count - w * 32);
      const all = size === 32 ? 0xffffffff : (1 << size) - 1;
      let word = kept === null ? all : (kept[w] as number);
      // Hits are few as a rule: a word without any needs no look at its bits.
      const hitWord = hitCounts === null ? 0 : hit === null ? all : (hit[w] as number);
      while (word !== 0) {
        const i = 31 - Math.clz32(word & -word);
        word &= word - 1;
        count((codes[w * 32 + i] as number) & 15);
        if (hitWord !== 0 && hitCounts !== null && ((hitWord >>> i) & 1) === 1)
          hitCounts[run] = (hitCounts[run] as number) + 1;
      }
    }
  });
  return { levels, hits: hitCounts };
}
