/** Counts of levels and hits over runs of positions of a selection, in one shard. */

import type { Kernels } from '../kernels/kernels';
import { LEVEL_COUNT } from '../records/record';
import { wordsFor } from './evaluate';
import type { Inside } from './inside';
import type { ShardKey, ShardRuns } from './shard-api';

/** Level codes that the kernel tells apart. */
const CODES = 16;

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
  const { arena, kernels } = inside;
  const shard = inside.shardOf(key);
  const bits = inside.bitsOf(key, selection);
  const found = hits === null ? null : inside.bitsOf(key, hits);
  const runCount = starts.length - 1;
  const levels = new Uint32Array(LEVEL_COUNT * runCount);
  const hitCounts = hits === null ? null : new Uint32Array(runCount);
  // Codes, then bits of the word that a run begins or ends in.
  const scratch = arena.allocate((CODES + 1) * 4);
  try {
    let run = 0;
    shard.blocks.forEach((block, index) => {
      const before = bits === null ? block.first : (bits.before[index] as number);
      const after = bits === null ? block.first + block.count : (bits.before[index + 1] as number);
      const kept = bits === null ? 0 : (bits.pointers[index] as number);
      const hit = found === null ? 0 : (found.pointers[index] as number);
      /** Record of the block at a position of the selection. */
      const recordAt = (position: number) => {
        if (position >= after) return block.count;
        return kept === 0 ? position - before : kernels.bitsSelect(kept, wordsFor(block.count), position - before);
      };
      for (let position = before, first = recordAt(before); position < after; ) {
        while ((starts[run + 1] as number) <= position) run++;
        const end = Math.min(after, starts[run + 1] as number);
        const last = recordAt(end);
        countLevels(kernels, block.levels, first, last, kept, scratch.pointer);
        const codes = new Uint32Array(arena.memory.buffer, scratch.pointer, CODES);
        for (let code = 0; code < CODES; code++) {
          const cell = (code < LEVEL_COUNT ? code : 0) * runCount + run;
          levels[cell] = (levels[cell] as number) + (codes[code] as number);
        }
        if (hitCounts !== null) {
          const count = hit === 0 ? end - position : kernels.bitsRank(hit, last) - kernels.bitsRank(hit, first);
          hitCounts[run] = (hitCounts[run] as number) + count;
        }
        position = end;
        first = last;
      }
    });
    return { levels, hits: hitCounts };
  } finally {
    arena.give(scratch);
  }
}

/** Levels of the records [first, last) of a block that have their bit set: the kernel wants bits that begin with a word. */
function countLevels(
  kernels: Kernels,
  levels: number,
  first: number,
  last: number,
  kept: number,
  counts: number,
): void {
  const { buffer } = kernels.memory;
  new Uint32Array(buffer, counts, CODES).fill(0);
  if (kept === 0) {
    kernels.countLevels(levels + first, last - first, 0, counts);
    return;
  }
  const word = new Uint32Array(buffer, counts + CODES * 4, 1);
  /** Records from `from` on, up to `to`, all in one word. */
  const part = (from: number, to: number): void => {
    const start = from & ~31;
    const bits = new Uint32Array(buffer, kept + (start >> 5) * 4, 1)[0] as number;
    const upTo = to - start === 32 ? 0xffffffff : (1 << (to - start)) - 1;
    word[0] = bits & upTo & ~((1 << (from - start)) - 1);
    kernels.countLevels(levels + start, to - start, word.byteOffset, counts);
  };
  const firstWhole = Math.min(last, (first + 31) & ~31);
  if (first < firstWhole) part(first, firstWhole);
  const lastWhole = Math.max(firstWhole, last & ~31);
  if (firstWhole < lastWhole)
    kernels.countLevels(levels + firstWhole, lastWhole - firstWhole, kept + (firstWhole >> 5) * 4, counts);
  if (lastWhole < last) part(lastWhole, last);
}
