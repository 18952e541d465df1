/** The selection from end to end in equal runs: exact, however it is cut, merged and shared. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { closeDoorsAfterEach, DOORS, inProcess, openSource } from '../testing/doors';
import { inProcessEngine, textInput } from '../testing/in-process';
import { SMALL_SHARDS } from '../testing/random-bytes';
import { keeps, randomFilter } from '../testing/random-filters';
import { randomLog } from '../testing/random-logs';
import type { EngineApi, Overview, Row } from './api';
import { cutsAt } from './merge-cuts';
import type { Filter } from './query/filter';
import { toLevelCode } from './records/record';

closeDoorsAfterEach();

/** For slow machines with much else to do. */
const LIMIT_MS = 60_000;

/** A log of equal steps: the level of record i is an error every `errorEvery`th time. */
function log(count: number, errorEvery: number, startMs = 0, stepMs = 1000): string {
  return Array.from({ length: count }, (_, i) => {
    const time = new Date(Date.UTC(2025, 0, 1) + startMs + i * stepMs).toISOString();
    return `${time} ${i % errorEvery === 0 ? 'ERROR' : 'INFO'} n=${i}\n`;
  }).join('');
}

/** Counted row by row. */
function naive(rows: readonly Row[], bucketCount: number, isHit: (row: Row) => boolean): Overview {
  const levels = Array.from({ length: 7 }, () => new Uint32Array(bucketCount));
  const hits = new Uint32Array(bucketCount);
  rows.forEach((row, position) => {
    const bucket = Math.floor((position * bucketCount) / rows.length);
    (levels[toLevelCode(row.level)] as Uint32Array)[bucket]! += 1;
    if (isHit(row)) hits[bucket]! += 1;
  });
  return { bucketCount, recordCount: rows.length, levels, hits };
}

async function allRows(engine: EngineApi, handle: number, count: number): Promise<readonly Row[]> {
  return (await engine.rows(handle, 0, count)).rows;
}

describe.each(DOORS)('the engine %s', (_, start) => {
  test('counts levels and hits in runs of positions', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(log(100, 10)));
    const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
    const overview = await engine.overview(handle, 4, { kind: 'text', text: 'n=3', caseSensitive: true }, 2);
    expect(overview.recordCount).toBe(100);
    expect(overview.levels.map((row) => [...row])).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [22, 23, 22, 23],
      [0, 0, 0, 0],
      [3, 2, 3, 2],
      [0, 0, 0, 0],
    ]);
    expect([...(overview.hits ?? [])]).toEqual([1, 10, 0, 0]);
    expect((await engine.overview(handle, 4, undefined, 3)).hits).toBeNull();
    expect([...((await engine.overview(handle, 2, { kind: 'all' }, 4)).hits ?? [])]).toEqual([50, 50]);
  });

  test('more runs than records, and no records at all', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(log(3, 2)));
    const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
    const { levels } = await engine.overview(handle, 7, undefined, 2);
    expect([...(levels[5] ?? [])]).toEqual([1, 0, 0, 0, 1, 0, 0]);
    expect([...(levels[3] ?? [])]).toEqual([0, 0, 1, 0, 0, 0, 0]);
    const none = await engine.select({ kind: 'text', text: 'nowhere', caseSensitive: true }, { callId: 1 });
    expect(await engine.overview(none.handle, 2, undefined, 3)).toMatchObject({ bucketCount: 2, recordCount: 0 });
  });

  test('hits are looked for among context, too', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(log(100, 10)));
    const error: Filter = { kind: 'level', min: 'ERROR', max: null };
    const { handle, count } = await engine.select(error, { callId: 1, context: { before: 0, after: 2 } });
    expect(count).toBe(30);
    const overview = await engine.overview(handle, 10, { kind: 'regex', pattern: 'n=\\d?[12]$', flags: '' }, 2);
    expect([...(overview.hits ?? [])]).toEqual(Array.from({ length: 10 }, () => 2));
  });
});

test.each([1, 2, 5])(
  'each run of random selections counts what its rows say, with %i workers',
  async (workers) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomLog(60), { minLength: 1, maxLength: 3 }),
        randomFilter,
        randomFilter,
        fc.constantFrom(1, 2, 7, 40, 500),
        fc.record({ before: fc.nat(3), after: fc.nat(3) }),
        async (logs, filter, hits, bucketCount, context) => {
          const engine = await inProcessEngine({ workers, tuning: SMALL_SHARDS });
          const names = new Map<number, string>();
          for (const { name, bytes } of logs)
            names.set((await openSource(engine, textInput(bytes, { name }))).id, name);
          const { handle, count } = await engine.select(filter, { callId: 1, context });
          const rows = await allRows(engine, handle, count);
          const fields = await Promise.all(rows.map(async (row) => (await engine.details(row.id)).fields));
          const fieldsOf = new Map(rows.map((row, i) => [row, fields[i] ?? []]));
          const isHit = (row: Row) =>
            keeps(hits, { row, fields: fieldsOf.get(row) ?? [], sourceName: names.get(row.id.source) ?? '' });
          expect(await engine.overview(handle, bucketCount, hits, 2)).toEqual(naive(rows, bucketCount, isHit));
          await engine.shutdown();
        },
      ),
      { seed: 20261120, numRuns: 60 },
    );
  },
  LIMIT_MS,
);

test('sources of many records merge exactly', async () => {
  const engine = await inProcess({
    tuning: { firstShardBytes: 20_000, cuts: { shardBytes: 60_000, windows: [64, 300] } },
  });
  await openSource(engine, textInput(log(12_000, 7), { name: 'a.log' }));
  await openSource(engine, textInput(log(9_000, 5, 500, 1300), { name: 'b.log' }));
  await openSource(engine, textInput(log(5_000, 3, 3_000_000, 0), { name: 'c.log' }));
  const { handle, count } = await engine.select({ kind: 'all' }, { callId: 1 });
  const rows = await allRows(engine, handle, count);
  const { levels } = await engine.overview(handle, 333, undefined, 2);
  expect(levels).toEqual(naive(rows, 333, () => false).levels);
});

/** Merged positions of all records, one by one. */
function naiveCuts(keys: readonly number[][], targets: readonly number[]): number[][] {
  const all = keys.flatMap((mine, source) => mine.map((key, n) => ({ key, source, n })));
  all.sort((a, b) => (a.key === b.key ? a.source - b.source || a.n - b.n : a.key < b.key ? -1 : 1));
  return targets.map((target) =>
    keys.map((_, source) => all.slice(0, target).filter((one) => one.source === source).length),
  );
}

test(
  'cuts are those of a whole merge, with runs of equal keys and stretches of one source',
  async () => {
    const keys = fc
      .array(fc.tuple(fc.constantFrom(0, 0, 0, 1, 2, 500), fc.integer({ min: 1, max: 200 })), { maxLength: 12 })
      .map((steps) => {
        let key = -Infinity;
        return steps.flatMap(([step, count]) =>
          Array.from({ length: count }, () => {
            key = key === -Infinity ? (step === 0 ? key : step) : key + step;
            return key;
          }),
        );
      });
    await fc.assert(
      fc.asyncProperty(
        fc.array(keys, { minLength: 2, maxLength: 5 }),
        fc.constantFrom(1, 3, 16, 256, 4096),
        fc.array(fc.nat(1000), { maxLength: 20 }),
        async (sources, stride, shares) => {
          const total = sources.reduce((sum, mine) => sum + mine.length, 0);
          const targets = [
            0,
            ...shares.map((share) => Math.floor((share * total) / 1000)).sort((a, b) => a - b),
            total,
          ];
          let rounds = 0;
          const cuts = await cutsAt(
            sources.map((mine) => ({
              count: mine.length,
              keys: Float64Array.from(mine.filter((_, i) => i % stride === 0)),
            })),
            stride,
            targets,
            async (source, positions) => {
              rounds++;
              return positions.map((position) => sources[source]?.[position] as number);
            },
          );
          expect(cuts).toEqual(naiveCuts(sources, targets));
          expect(rounds / sources.length).toBeLessThanOrEqual(4);
        },
      ),
      { seed: 20261120, numRuns: 300 },
    );
  },
  LIMIT_MS,
);
