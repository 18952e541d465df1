/** What a selection answers about patterns: each with its counts, and which one a record is of. */

import type { Ticket } from '../../base/breathe';
import { Fault } from '../../base/fault';
import type { Answering } from '../answering';
import type { EngineApi } from '../api';
import { binsFor } from '../derive/bins';
import type { Fleet, FleetWorker } from '../fleet';
import type { RecordId, SourceId } from '../records/record';
import type { Selection } from '../selection';
import type { Selections } from '../selections';
import { patternOf as patternAt } from '../shard/pattern-column';
import type { LocalPatterns, PatternBinning, ShardKey, ShardPatternCounts } from '../shard/shard-api';
import type { ShardReader } from '../shard-reader';
import type { ShardSlot, SourceEntry } from '../source-entry';
import type { Pattern, PatternTable } from './pattern';
import type { Book, PatternBook } from './pattern-book';
import { PatternTableMaker } from './pattern-table';

/** A bin's index fits 16 bits. */
const MOST_BINS = 65536;

export type PatternAnswers = Pick<EngineApi, 'setGrouping' | 'patterns' | 'patternOf' | 'patternIds'>;

/** A shard of a selection, and what tells its patterns. */
interface PatternShard {
  readonly key: ShardKey;
  readonly source: SourceId;
  readonly decodedStart: number;
  readonly patterns: LocalPatterns;
}

export function createPatternAnswers(
  fleet: Fleet,
  selections: Selections,
  reader: ShardReader,
  book: PatternBook,
  { answer, spanOf }: Answering,
  entryOf: (source: SourceId) => SourceEntry,
): PatternAnswers {
  /** The selection's shards, in the order of its sources; all of them are in the book. */
  function shardsOf(selection: Selection, { locals }: Book): PatternShard[] | null {
    const shards: PatternShard[] = [];
    for (const source of selection.sources) {
      const entry = entryOf(source);
      for (const [index, slot] of selections.covered(selection, source).entries()) {
        const local = locals.get(slot.key);
        if (local === undefined) return null;
        const patterns = { ofSkeleton: local.ofSkeleton, ofCoarse: local.ofCoarse };
        shards.push({ key: slot.key, source, decodedStart: entry.decodedStart(index), patterns });
      }
    }
    return shards;
  }

  /** A book that has all shards that the selection covers: more of them may become readable while it is made. */
  async function bookOf(selection: Selection): Promise<{ book: Book; shards: PatternShard[] }> {
    for (;;) {
      const found = await book.ready();
      const shards = shardsOf(selection, found);
      if (shards !== null) return { book: found, shards };
    }
  }

  async function count(
    selection: Selection,
    shards: readonly PatternShard[],
    bins: PatternBinning,
    callId: number,
  ): Promise<ShardPatternCounts[]> {
    const byWorker = new Map<FleetWorker, number[]>();
    shards.forEach(({ key }, index) => {
      const { worker } = fleet.place(key);
      const list = byWorker.get(worker);
      if (list === undefined) byWorker.set(worker, [index]);
      else list.push(index);
    });
    const counts: ShardPatternCounts[] = [];
    await Promise.all(
      [...byWorker].map(async ([worker, indexes]) => {
        const wanted = indexes.map((index) => {
          const { key, patterns } = shards[index] as PatternShard;
          return { key, patterns };
        });
        const found = await selections.tickets.run(callId, worker, (ticket) =>
          fleet.call(worker, (api) => api.patternCounts(selection.bits, wanted, bins, ticket)),
        );
        indexes.forEach((index, i) => {
          counts[index] = found[i] as ShardPatternCounts;
        });
      }),
    );
    return counts;
  }

  async function placeOf(record: RecordId): Promise<{ slot: ShardSlot; index: number }> {
    const entry = entryOf(record.source);
    const place = await reader.placeAtOffset(record.source, record.offset);
    const slot = place === null ? undefined : entry.readable()[place.shard];
    if (place === null || slot === undefined || place.record >= slot.report.recordCount)
      throw new Fault('source-unknown', 'there is no such record');
    return { slot, index: place.record };
  }

  return {
    async setGrouping(grouping) {
      book.group(grouping);
      await book.ready();
    },

    async patterns(handle, wanted, callId) {
      const give = async (selection: Selection, ticket: Ticket): Promise<PatternTable> => {
        const { book: found, shards } = await bookOf(selection);
        ticket.throwIfCancelled();
        const span =
          wanted.start !== undefined && wanted.end !== undefined
            ? { min: wanted.start, max: wanted.end - 1 }
            : await spanOf(selection);
        const bins: PatternBinning =
          span === null
            ? { startMs: 0, binMs: 1, binCount: 0 }
            : binsFor(
                wanted.start ?? span.min,
                wanted.end === undefined ? span.max : wanted.end - 1,
                Math.min(MOST_BINS, wanted.maxBins),
              );
        const counts = await count(selection, shards, bins, callId);
        const maker = new PatternTableMaker(found.patterns.length);
        shards.forEach(({ source, decodedStart }, index) => {
          maker.add(source, decodedStart, counts[index] as ShardPatternCounts);
        });
        const isComplete = selection.sources.every(
          (source) => entryOf(source).state === 'open' && selections.isCovering(selection, source),
        );
        return maker.finish(found, bins, isComplete);
      };
      return selections.tickets.steps(callId, (ticket) => answer(handle, (selection) => give(selection, ticket)));
    },

    async patternOf(record): Promise<Pattern> {
      for (;;) {
        const { slot, index } = await placeOf(record);
        const found = await book.ready();
        const local = found.locals.get(slot.key);
        if (local === undefined) continue; // it became readable just now
        const ids = await fleet.onShard(slot.key, (api) => api.skeletonIds(slot.key, index, 1));
        return found.patterns[patternAt(local, ids[0] as number)] as Pattern;
      }
    },

    async patternIds(source, first, count) {
      const entry = entryOf(source);
      const found = await book.ready();
      const parts: Promise<Int32Array>[] = [];
      let before = 0;
      for (const slot of entry.readable()) {
        const { recordCount } = slot.report;
        const from = Math.max(first, before) - before;
        const to = Math.min(first + count, before + recordCount) - before;
        before += recordCount;
        const local = found.locals.get(slot.key);
        if (local === undefined) break;
        if (from >= to) continue;
        const ids = fleet.onShard(slot.key, (api) => api.skeletonIds(slot.key, from, to - from));
        parts.push(ids.then((list) => Int32Array.from(list, (id) => patternAt(local, id))));
      }
      const lists = await Promise.all(parts);
      const all = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
      let at = 0;
      for (const list of lists) {
        all.set(list, at);
        at += list.length;
      }
      return all;
    },
  };
}
