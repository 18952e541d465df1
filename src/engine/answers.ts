/**
 * What a selection answers with: rows, positions, hits, bins. One source answers by itself; several are merged by time.
 */

import { Fault } from '../base/fault';
import type { EngineApi, Row, RowsOptions } from './api';
import type { Answering } from './answering';
import { binsFor } from './derive/bins';
import type { Fleet } from './fleet';
import { Merge, runStarts } from './merge';
import { readOverview } from './overview';
import { pauseInMerge, pauseInSource } from './pauses';
import { LEVEL_COUNT, type SourceId } from './records/record';
import type { Selection } from './selection';
import type { Selections } from './selections';
import type { RecordPlace, ShardReader } from './shard-reader';
import type { SourceEntry } from './source-entry';
import { StuckMarks } from './stuck-marks';
import { readTopValues } from './top-values';

/** The part of the engine's contract that reads selections. */
export type Answers = Pick<
  EngineApi,
  | 'rows'
  | 'positionOf'
  | 'positionsOf'
  | 'positionAtTime'
  | 'positionOfLine'
  | 'seek'
  | 'seekPause'
  | 'overview'
  | 'topValues'
  | 'histogram'
>;

export function isMerged(selection: Selection): boolean {
  return selection.sources.length > 1;
}

export function createAnswers(
  fleet: Fleet,
  selections: Selections,
  reader: ShardReader,
  entryOf: (source: SourceId) => SourceEntry,
  { answer, spanOf }: Answering,
): Answers {
  const stuckMarks = new StuckMarks();
  const merges = new WeakMap<Selection, { stamp: string; merge: Promise<Merge> }>();

  function stampOf(selection: Selection): string {
    return selection.sources
      .map((source) => `${source}:${entryOf(source).generation}:${selections.countOf(selection, source)}`)
      .join();
  }

  function mergeOf(selection: Selection): Promise<Merge> {
    const stamp = stampOf(selection);
    const known = merges.get(selection);
    if (known?.stamp === stamp) return known.merge;
    const merge = Merge.build(fleet, selections, selection);
    merges.set(selection, { stamp, merge });
    merge.catch(() => {
      // Told to who waits for it; the next one tries again.
      if (merges.get(selection)?.merge === merge) merges.delete(selection);
    });
    return merge;
  }

  async function readRows(selection: Selection, first: number, count: number, options: RowsOptions): Promise<Row[]> {
    if (!isMerged(selection)) {
      const source = selection.sources[0];
      return source === undefined ? [] : reader.rows(selection, source, first, count, options);
    }
    const merge = await mergeOf(selection);
    const order = await merge.rows(first, count);
    // One window per source, then woven in the merged order.
    const windows = await Promise.all(
      merge.sources.map(async ({ source }, index) => {
        const mine = order.filter((row) => row.source === index).map((row) => row.position);
        if (mine.length === 0) return new Map<number, Row>();
        const from = mine[0] as number;
        const size = (mine[mine.length - 1] as number) - from + 1;
        const rows = await reader.rows(selection, source, from, size, options);
        return new Map(rows.map((row, i) => [from + i, row]));
      }),
    );
    return order.flatMap((row) => windows[row.source]?.get(row.position) ?? []);
  }

  /** Position in a selection of the first kept record at or after a place in its source at `index`. */
  async function positionOfPlace(selection: Selection, index: number, place: RecordPlace | null): Promise<number> {
    const position = await reader.positionOfPlace(selection, selection.sources[index] as SourceId, place);
    return isMerged(selection) ? (await mergeOf(selection)).positionOfPlace(index, place, position) : position;
  }

  /** The next record that `found` keeps, as a position of `selection`, both merged by time. */
  async function seekMerged(
    selection: Selection,
    found: Selection,
    from: number,
    direction: 1 | -1,
  ): Promise<number | null> {
    const merge = await mergeOf(selection);
    const target = await mergeOf(found);
    if (target.count === 0) return null;
    // Where the record at `from` (or the end before the first) stands among the found ones.
    let at = 0;
    if (from >= 0) {
      const row = (await merge.rows(from, 1))[0];
      if (row === undefined) at = target.count;
      else {
        const source = merge.sources[row.source]?.source as SourceId;
        const id = await reader.offsetAt(selection, source, row.position);
        const place = await reader.placeAtOffset(source, id);
        const position = await reader.positionOfPlace(found, source, place);
        at = await target.positionOfPlace(row.source, place, position);
        const isItself = (await reader.offsetAt(found, source, position)) === id;
        if (direction > 0 && isItself) at++;
      }
    }
    const wanted = direction > 0 ? at : at - 1;
    const row = wanted < 0 ? undefined : (await target.rows(wanted, 1))[0];
    if (row === undefined) return null;
    const source = target.sources[row.source]?.source as SourceId;
    const offset = await reader.offsetAt(found, source, row.position);
    return positionOfPlace(selection, row.source, await reader.placeAtOffset(source, offset));
  }

  return {
    async rows(handle, first, count, options = {}) {
      const read = (wanted: RowsOptions) => answer(handle, (selection) => readRows(selection, first, count, wanted));
      return { first, ...(await stuckMarks.rows(options, read)) };
    },

    async positionOf(handle, record) {
      return answer(handle, async (selection) => {
        const index = selection.sources.indexOf(record.source);
        if (index < 0) throw new Fault('source-unknown', 'the record is of a source that is not shown');
        return positionOfPlace(selection, index, await reader.placeAtOffset(record.source, record.offset));
      });
    },

    async positionsOf(handle, records) {
      return answer(handle, async (selection) => {
        const found: (number | null)[] = records.map(() => null);
        await Promise.all(
          selection.sources.map(async (source, index) => {
            const mine = [...records.keys()].filter((at) => records[at]?.source === source);
            const offsets = mine.map((at) => records[at]?.offset ?? 0);
            const positions = await reader.positionsAt(selection, source, offsets);
            const merge = isMerged(selection) && mine.length > 0 ? await mergeOf(selection) : null;
            await Promise.all(
              mine.map(async (at, n) => {
                const position = positions[n] ?? null;
                found[at] = position === null || merge === null ? position : await merge.positionOf(index, position);
              }),
            );
          }),
        );
        return found;
      });
    },

    async positionAtTime(handle, time) {
      return answer(handle, async (selection) => {
        if (isMerged(selection))
          return (await (await mergeOf(selection)).cutAt(time)).reduce((sum, rank) => sum + rank, 0);
        const source = selection.sources[0];
        return source === undefined ? 0 : reader.positionAtTime(selection, source, time);
      });
    },

    async positionOfLine(handle, source, lineNumber) {
      return answer(handle, async (selection) => {
        const index = selection.sources.indexOf(source);
        if (index < 0) throw new Fault('source-unknown', 'the line is of a source that is not shown');
        return positionOfPlace(selection, index, await reader.placeAtLine(source, lineNumber));
      });
    },

    async seek(handle, from, direction, filter, callId) {
      return answer(handle, async (selection) => {
        const found = await selections.within(selection, filter, callId);
        try {
          if (!isMerged(selection)) {
            const source = selection.sources[0];
            return source === undefined ? null : await reader.seek(selection, found.selection, source, from, direction);
          }
          return await seekMerged(selection, found.selection, from, direction);
        } finally {
          selections.release(found.handle);
        }
      });
    },

    async seekPause(handle, from, direction, minMs, callId) {
      const least = Math.max(1, minMs);
      return selections.tickets.steps(callId, (ticket) =>
        answer(handle, async (selection) => {
          ticket.throwIfCancelled();
          if (isMerged(selection)) {
            const merge = await mergeOf(selection);
            return pauseInMerge(fleet, merge, selection.bits, from, direction, least, ticket);
          }
          const source = selection.sources[0];
          if (source === undefined) return null;
          return pauseInSource(fleet, selections, selection, source, from, direction, least, ticket);
        }),
      );
    },

    async topValues(handle, field, limit, callId) {
      return answer(handle, (selection) => readTopValues(fleet, selections, selection, field, limit, callId));
    },

    async overview(handle, bucketCount, hits, callId) {
      const runCount = Math.max(1, Math.floor(bucketCount));
      return answer(handle, async (selection) => {
        const found = hits === undefined ? null : await selections.within(selection, hits, callId);
        try {
          let startsOf: (index: number) => ArrayLike<number>;
          if (isMerged(selection)) {
            const cuts = await (await mergeOf(selection)).runsOf(runCount);
            startsOf = (index) => Float64Array.from(cuts, (cut) => cut[index] as number);
          } else {
            const starts = runStarts(selections.count(selection), runCount);
            startsOf = () => starts;
          }
          return await readOverview(fleet, selections, selection, found?.selection ?? null, runCount, startsOf);
        } finally {
          if (found !== null) selections.release(found.handle);
        }
      });
    },

    async histogram(handle, wanted) {
      return answer(handle, async (selection) => {
        const span =
          wanted.start !== undefined && wanted.end !== undefined
            ? { min: wanted.start, max: wanted.end - 1 }
            : await spanOf(selection);
        if (span === null) {
          return {
            startMs: 0,
            binMs: 1,
            binCount: 0,
            counts: Array.from({ length: LEVEL_COUNT }, () => new Uint32Array(0)),
            untimedCount: selections.count(selection),
          };
        }
        const { startMs, binMs, binCount } = binsFor(
          wanted.start ?? span.min,
          wanted.end === undefined ? span.max : wanted.end - 1,
          wanted.maxBins,
        );
        const parts = await Promise.all(
          selection.sources.flatMap((source) =>
            selections
              .covered(selection, source)
              .map((slot) =>
                fleet.onShard(slot.key, (shard) => shard.histogram(slot.key, selection.bits, startMs, binMs, binCount)),
              ),
          ),
        );
        const counts = Array.from({ length: LEVEL_COUNT }, () => new Uint32Array(binCount));
        let untimedCount = 0;
        for (const part of parts) {
          untimedCount += part.untimedCount;
          counts.forEach((row, level) => {
            for (let bin = 0; bin < binCount; bin++)
              row[bin] = (row[bin] as number) + (part.counts[level * binCount + bin] as number);
          });
        }
        return { startMs, binMs, binCount, counts, untimedCount };
      });
    },
  };
}
