/** Random filters over random logs: the engine, however it cuts and shares its work, answers as a naive reader does. */
import { deepEqual, equal } from 'node:assert/strict';

import fc from 'fast-check';

import type { EngineApi, Row } from '../engine/api';
import { inProcessEngine, textInput } from './in-process';
import { SMALL_SHARDS } from './random-bytes';
import { keeps, type NaiveRecord, randomFilter } from './random-filters';
import { type RandomLog, randomLog } from './random-logs';

const place = fc.record({
  workers: fc.constantFrom(1, 2, 5),
  isPortable: fc.boolean(),
  chunkBytes: fc.constantFrom(7, 64, 65536),
  shardBytes: fc.constantFrom(300, 600, 100_000),
  budgetBytes: fc.constantFrom(0, 3000, 1_000_000_000),
});

export function filtersProperty() {
  return fc.asyncProperty(
    fc.array(randomLog(60), { minLength: 1, maxLength: 3 }),
    fc.array(randomFilter, { minLength: 1, maxLength: 6 }),
    place,
    async (logs, filters, { workers, isPortable, chunkBytes, shardBytes, budgetBytes }) => {
      const tuning = { ...SMALL_SHARDS, chunkBytes, cuts: { ...SMALL_SHARDS.cuts, shardBytes } };
      const engine = await inProcessEngine({ workers, isPortable, tuning });
      try {
        const records = await openAll(engine, logs);
        await engine.configure({ budgetBytes });
        for (const filter of filters) {
          const expected = records.filter((record) => keeps(filter, record)).map(({ row }) => row);
          const label = JSON.stringify(filter);
          const { handle, count } = await engine.select(filter, { callId: 1 });
          const { rows } = await engine.rows(handle, 0, count + 1);
          deepEqual(withoutHits(rows), withoutHits(expected), `rows of ${label}`);
          equal(count, expected.length);
          await checkPlaces(engine, handle, expected, label);
          await checkSeek(engine, records, filter, label);
          await engine.release(handle);
        }
      } finally {
        await engine.shutdown();
      }
    },
  );
}

/** Opens the logs; every record of theirs, in the order in which several sources are shown. */
async function openAll(engine: EngineApi, logs: readonly RandomLog[]): Promise<NaiveRecord[]> {
  const merged: { key: number; record: NaiveRecord }[] = [];
  for (const { name, bytes } of logs) {
    const id = await engine.open(textInput(bytes, { name }));
    await engine.whenOpened(id);
    const { handle, count } = await engine.select({ kind: 'all' }, { callId: 1, sources: [id] });
    let key = -Infinity; // the greatest time so far: a source keeps its own order
    for (const row of (await engine.rows(handle, 0, count)).rows) {
      key = Math.max(key, row.time ?? -Infinity);
      merged.push({ key, record: { row, fields: (await engine.details(row.id)).fields, sourceName: name } });
    }
    await engine.release(handle);
  }
  // Stable: equal keys stay in the order of their sources. A difference of infinities would be no number.
  return merged.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1)).map(({ record }) => record);
}

const withoutHits = (rows: readonly Row[]) => rows.map((row) => ({ ...row, hits: [] }));

/** Positions of records, lines and moments, and the bins, in a selection whose rows are known. */
async function checkPlaces(engine: EngineApi, handle: number, rows: readonly Row[], label: string): Promise<void> {
  for (const position of new Set([0, rows.length >> 1, rows.length - 1])) {
    const row = rows[position];
    if (row === undefined) continue;
    equal(await engine.positionOf(handle, row.id), position, `position in ${label}`);
    if (row.lineNumber !== null) {
      const line = row.lineNumber + row.lineCount - 1; // its last line is still its own
      equal(await engine.positionOfLine(handle, row.id.source, line), position, `line ${line} in ${label}`);
    }
    deepEqual(
      withoutHits((await engine.rows(handle, position, 1)).rows),
      withoutHits([row]),
      `row ${position} of ${label}`,
    );
  }
  const asked = rows.flatMap(({ id }) => [id, { ...id, offset: id.offset + 1 }, { ...id, source: 99 }]);
  const places = new Map(rows.map(({ id }, position) => [`${id.source}@${id.offset}`, position]));
  deepEqual(
    await engine.positionsOf(handle, asked),
    asked.map(({ source, offset }) => places.get(`${source}@${offset}`) ?? null),
    `positions of the rows of ${label}`,
  );
  const { counts, untimedCount } = await engine.histogram(handle, { maxBins: 20 });
  equal(untimedCount, rows.filter(({ time }) => time === null).length, `records without a time in ${label}`);
  const levels = [null, 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
  deepEqual(
    counts.map((bins) => bins.reduce((sum, count) => sum + count, 0)),
    levels.map((level) => rows.filter((row) => row.level === level && row.time !== null).length),
    `levels in the bins of ${label}`,
  );
}

/** From every third record of all: the next and the last one that the filter keeps. */
async function checkSeek(engine: EngineApi, records: readonly NaiveRecord[], filter: NaiveFilter, label: string) {
  const { handle } = await engine.select({ kind: 'all' }, { callId: 2 });
  const kept = records.flatMap((record, i) => (keeps(filter, record) ? [i] : []));
  const step = Math.max(1, Math.floor(records.length / 4));
  for (let from = -1; from <= records.length; from += step) {
    equal(await engine.seek(handle, from, 1, filter, 3), kept.find((i) => i > from) ?? null, `after ${from}: ${label}`);
    equal(
      await engine.seek(handle, from, -1, filter, 3),
      kept.findLast((i) => i < from) ?? null,
      `before ${from}: ${label}`,
    );
  }
  await engine.release(handle);
}

type NaiveFilter = Parameters<typeof keeps>[0];
