/**
 * Selections made of the bits of others: the context around kept records, and what two selections have in common. The bits
 * are made shard by shard; what reaches over a seam is worked out here, from where the first and the last kept record lie.
 *
 *   before 0, after 3     shard 0  . . . . K .│  shard 1  . . . K . .│
 *   kept and context                       K c│           c c   K c c│
 *                                 head of shard 1: 2 records
 */

import { isFault } from '../base/fault';
import type { SelectContext } from './api';
import type { Fleet, FleetWorker } from './fleet';
import type { SourceId } from './records/record';
import type { BothOf, ContextOf, Derivation, Reach, Selection } from './selection';
import type { ShardEnds, ShardKey, WidenedShard } from './shard/shard-api';
import type { ShardSlot } from './source-entry';

/** Times that shards may be dropped, or bits lost, while others are made of them. */
const MOST_ATTEMPTS = 4;

/** What `Selections` knows and does, as far as it is needed here. */
interface Base {
  /** Evaluates a selection wherever it is not yet. */
  complete(selection: Selection, callId: number): Promise<void>;
  /** Shards of a source that a selection covers. */
  covered(selection: Selection, source: SourceId): ShardSlot[];
}

export function contextOf(core: Selection, { before, after }: SelectContext): Derivation {
  return { kind: 'context', core, before, after, reaches: new Map(), ends: new Map(), endsOf: -1 };
}

export function partsOf(made: Derivation): readonly Selection[] {
  return made.kind === 'context' ? [made.core] : made.parts;
}

/**
 * How far the context of records reaches into each shard of a source from the others.
 *
 * @param shards  in order; `ends` are record indexes in the shard, null when none is kept
 */
export function reachesOf(
  shards: readonly { readonly recordCount: number; readonly ends: ShardEnds | null }[],
  { before, after }: SelectContext,
): Reach[] {
  const heads: number[] = [];
  let left = 0;
  for (const { recordCount, ends } of shards) {
    heads.push(Math.min(left, recordCount));
    left = Math.max(0, left - recordCount, ends === null ? 0 : after - (recordCount - 1 - ends.last));
  }
  const found: Reach[] = [];
  left = 0;
  for (let i = shards.length - 1; i >= 0; i--) {
    const { recordCount, ends } = shards[i] as (typeof shards)[number];
    found.push({ head: heads[i] as number, tail: Math.min(left, recordCount) });
    left = Math.max(0, left - recordCount, ends === null ? 0 : before - ends.first);
  }
  return found.reverse();
}

/** Makes the bits of a derived selection wherever its parts have theirs; again where they change meanwhile. */
export async function completeDerived(
  fleet: Fleet,
  selections: Base,
  selection: Selection,
  made: Derivation,
  callId: number,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { losses } = selection;
    try {
      for (const part of partsOf(made)) await selections.complete(part, callId);
      const isDone =
        made.kind === 'context'
          ? await widen(fleet, selections, selection, made)
          : await intersect(fleet, selections, selection, made);
      // What was lost meanwhile is not covered by the parts any more, and would be taken for not yet there.
      if (isDone && selection.losses === losses) return;
    } catch (error) {
      // Dropped or lost under the work: made once more, of what there is now.
      const isLoss = isFault(error, 'source-unknown') || isFault(error, 'selection-unknown');
      if (!isLoss || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** @returns true when there was nothing left to do */
async function widen(fleet: Fleet, selections: Base, selection: Selection, made: ContextOf): Promise<boolean> {
  const { core } = made;
  await learnEnds(fleet, selections, made);
  const missing = new Map<FleetWorker, WidenedShard[]>();
  for (const source of selection.sources) {
    const slots = selections.covered(core, source);
    const reaches = reachesOf(
      slots.map((slot) => ({ recordCount: slot.report?.recordCount ?? 0, ends: made.ends.get(slot.key) ?? null })),
      made,
    );
    slots.forEach(({ key }, index) => {
      const reach = reaches[index] as Reach;
      const known = made.reaches.get(key);
      const isRight = known !== undefined && known.head === reach.head && known.tail === reach.tail;
      if (selection.counts.has(key) && isRight) return;
      if (selection.counts.delete(key)) selection.losses++; // a shard that came behind it reaches into it
      const { worker } = fleet.place(key);
      missing.set(worker, [...(missing.get(worker) ?? []), { key, ...reach }]);
    });
  }
  if (missing.size === 0) return true;
  const { losses } = selection;
  await allOf(missing, async (worker, list) => {
    const counts = await fleet.call(worker, (api) =>
      api.widen(selection.bits, core.bits, list, made.before, made.after),
    );
    if (selection.losses !== losses) return;
    for (const [i, { key, head, tail }] of list.entries()) {
      made.reaches.set(key, { head, tail });
      selection.counts.set(key, counts[i] as number);
    }
  });
  return false;
}

async function learnEnds(fleet: Fleet, selections: Base, made: ContextOf): Promise<void> {
  const { core } = made;
  const { losses } = core;
  if (made.endsOf !== losses) made.ends.clear();
  const unknown = new Map<FleetWorker, ShardKey[]>();
  for (const source of core.sources) {
    for (const { key } of selections.covered(core, source)) {
      if (made.ends.has(key)) continue;
      const { worker } = fleet.place(key);
      unknown.set(worker, [...(unknown.get(worker) ?? []), key]);
    }
  }
  await allOf(unknown, async (worker, keys) => {
    const ends = await fleet.call(worker, (api) => api.ends(core.bits, keys));
    for (const [i, key] of keys.entries()) made.ends.set(key, ends[i] ?? null);
  });
  made.endsOf = losses;
}

/** @returns true when there was nothing left to do */
async function intersect(fleet: Fleet, selections: Base, selection: Selection, made: BothOf): Promise<boolean> {
  const [a, b] = made.parts;
  const missing = new Map<FleetWorker, ShardKey[]>();
  for (const source of selection.sources) {
    for (const { key } of sharedOf(selections, a, b, source)) {
      if (selection.counts.has(key)) continue;
      const { worker } = fleet.place(key);
      missing.set(worker, [...(missing.get(worker) ?? []), key]);
    }
  }
  if (missing.size === 0) return true;
  const { losses } = selection;
  await allOf(missing, async (worker, keys) => {
    const counts = await fleet.call(worker, (api) => api.intersect(selection.bits, a.bits, b.bits, keys));
    if (selection.losses !== losses) return;
    for (const [i, key] of keys.entries()) selection.counts.set(key, counts[i] as number);
  });
  return false;
}

function sharedOf(selections: Base, a: Selection, b: Selection, source: SourceId) {
  const [first, second] = [selections.covered(a, source), selections.covered(b, source)];
  return first.length < second.length ? first : second;
}

/** All of them, and only then the first failure: what still runs would answer into what is made anew. */
async function allOf<T>(
  byWorker: ReadonlyMap<FleetWorker, T>,
  run: (worker: FleetWorker, work: T) => Promise<void>,
): Promise<void> {
  const results = await Promise.allSettled([...byWorker].map(([worker, work]) => run(worker, work)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
