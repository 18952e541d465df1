/** The most frequent values of a field over a selection, put together from what the workers counted. */

import type { TopValues } from './api';
import type { Fleet, FleetWorker } from './fleet';
import type { Selection } from './selection';
import type { Selections } from './selections';
import type { ShardKey } from './shard/shard-api';
import { ValueCounts } from './value-counts';

/** @throws Fault `values-too-many`, `stale` */
export async function readTopValues(
  fleet: Fleet,
  selections: Selections,
  selection: Selection,
  field: string,
  limit: number,
  callId: number,
): Promise<TopValues> {
  const byWorker = new Map<FleetWorker, ShardKey[]>();
  let recordCount = 0;
  for (const source of selection.sources) {
    for (const slot of selections.covered(selection, source)) {
      const count = selections.countIn(selection, slot);
      if (count === 0) continue;
      recordCount += count;
      const { worker } = fleet.place(slot.key);
      byWorker.set(worker, [...(byWorker.get(worker) ?? []), slot.key]);
    }
  }
  const parts = await Promise.all(
    [...byWorker].map(([worker, keys]) =>
      selections.tickets.run(callId, worker, (ticket) =>
        fleet.call(worker, (api) => api.values(selection.bits, field, keys, ticket)),
      ),
    ),
  );
  const all = new ValueCounts();
  let missingCount = 0;
  for (const { values, counts, missingCount: missing } of parts) {
    missingCount += missing;
    values.forEach((value, i) => {
      all.add(value, counts[i] as number);
    });
  }
  const values = Array.from(all.counts, ([value, count]) => ({ value, count }));
  values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return { values: values.slice(0, Math.max(0, limit)), distinctCount: all.counts.size, recordCount, missingCount };
}
