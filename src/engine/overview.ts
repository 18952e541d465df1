/** A selection from end to end in equal runs of positions: what the map beside the records shows. */

import type { Overview } from './api';
import type { Fleet } from './fleet';
import { LEVEL_COUNT, type SourceId } from './records/record';
import type { Selection } from './selection';
import type { Selections } from './selections';

/**
 * @param hits  a part of the selection, complete; null: none
 * @param startsOf  for each source its positions where the runs begin, and its count: ascending
 */
export async function readOverview(
  fleet: Fleet,
  selections: Selections,
  selection: Selection,
  hits: Selection | null,
  bucketCount: number,
  startsOf: (index: number) => ArrayLike<number>,
): Promise<Overview> {
  const levels = Array.from({ length: LEVEL_COUNT }, () => new Uint32Array(bucketCount));
  const hitCounts = hits === null ? null : new Uint32Array(bucketCount);
  let recordCount = 0;
  await Promise.all(
    selection.sources.flatMap((source: SourceId, index) => {
      const starts = startsOf(index);
      let after = 0;
      return selections.covered(selection, source).map(async (slot) => {
        const before = after;
        const count = selections.countIn(selection, slot);
        after += count;
        recordCount += count;
        if (count === 0) return;
        const { first, mine } = runsWithin(starts, before, count);
        const found = await fleet.onShard(slot.key, (api) =>
          api.runs(slot.key, selection.bits, hits?.bits ?? null, mine),
        );
        const runCount = mine.length - 1;
        for (const [level, row] of levels.entries()) addTo(row, first, found.levels, level * runCount, runCount);
        if (hitCounts !== null && found.hits !== null) addTo(hitCounts, first, found.hits, 0, runCount);
      });
    }),
  );
  return { bucketCount, recordCount, levels, hits: hitCounts };
}

function addTo(sums: Uint32Array, first: number, counts: Uint32Array, from: number, count: number): void {
  for (let i = 0; i < count; i++) sums[first + i] = (sums[first + i] as number) + (counts[from + i] as number);
}

/** The runs that positions [before, before + count) of a source lie in: the first one's index, and their starts in the shard. */
function runsWithin(starts: ArrayLike<number>, before: number, count: number): { first: number; mine: Uint32Array } {
  // The last run that begins at or before the shard's first record.
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= before) low = middle;
    else high = middle - 1;
  }
  const mine = [0];
  for (let run = low + 1; run < starts.length - 1 && (starts[run] as number) < before + count; run++)
    mine.push((starts[run] as number) - before);
  mine.push(count);
  return { first: low, mine: Uint32Array.from(mine) };
}
