/** Records that came long after the one before them, in one source and over several. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { closeDoorsAfterEach, DOORS, openSource } from '../testing/doors';
import { inProcessEngine, textInput } from '../testing/in-process';
import { SMALL_SHARDS } from '../testing/random-bytes';
import { randomLog } from '../testing/random-logs';
import type { EngineApi, Row } from './api';
import type { Filter } from './query/filter';

closeDoorsAfterEach();

/** For slow machines with much else to do. */
const LIMIT_MS = 60_000;

/** A record at each second of the day. */
function log(...seconds: number[]): string {
  return seconds
    .map((second, i) => `${new Date(Date.UTC(2025, 0, 1) + second * 1000).toISOString()} INFO n=${i}\n`)
    .join('');
}

describe.each(DOORS)('the engine %s', (_, start) => {
  test('finds the next and the previous pause', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(log(0, 1, 2, 12, 13, 14, 15, 75, 76, 70, 81, 82)));
    const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
    expect(await engine.seekPause(handle, -1, 1, 10_000, 2)).toEqual({ position: 3, pauseMs: 10_000 });
    expect(await engine.seekPause(handle, 2, 1, 10_000, 2)).toEqual({ position: 3, pauseMs: 10_000 });
    expect(await engine.seekPause(handle, 3, 1, 10_000, 2)).toEqual({ position: 7, pauseMs: 60_000 });
    expect(await engine.seekPause(handle, 7, 1, 10_000, 2)).toEqual({ position: 10, pauseMs: 11_000 });
    expect(await engine.seekPause(handle, 10, 1, 10_000, 2)).toBeNull();
    expect(await engine.seekPause(handle, 12, -1, 10_000, 2)).toEqual({ position: 10, pauseMs: 11_000 });
    expect(await engine.seekPause(handle, 7, -1, 10_000, 2)).toEqual({ position: 3, pauseMs: 10_000 });
    expect(await engine.seekPause(handle, 3, -1, 10_000, 2)).toBeNull();
    expect(await engine.seekPause(handle, 3, 1, 60_000, 2)).toEqual({ position: 7, pauseMs: 60_000 });
  });

  test('finds pauses of several sources where none of them says anything', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(log(0, 1, 2, 50, 51, 100), { name: 'a.log' }));
    await openSource(engine, textInput(log(0, 20, 40, 60, 61, 62, 99), { name: 'b.log' }));
    const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
    // a0 b0 a1 a2 b20 b40 a50 a51 b60 b61 b62 b99 a100
    expect(await engine.seekPause(handle, -1, 1, 15_000, 2)).toEqual({ position: 4, pauseMs: 18_000 });
    expect(await engine.seekPause(handle, 4, 1, 15_000, 2)).toEqual({ position: 5, pauseMs: 20_000 });
    expect(await engine.seekPause(handle, 5, 1, 15_000, 2)).toEqual({ position: 11, pauseMs: 37_000 });
    expect(await engine.seekPause(handle, 11, 1, 15_000, 2)).toBeNull();
    expect(await engine.seekPause(handle, 13, -1, 15_000, 2)).toEqual({ position: 11, pauseMs: 37_000 });
    expect(await engine.seekPause(handle, 5, -1, 15_000, 2)).toEqual({ position: 4, pauseMs: 18_000 });
    expect(await engine.seekPause(handle, 4, -1, 15_000, 2)).toBeNull();
  });
});

/** By the time of the last record before it that has one. */
function pausesByTime(rows: readonly Row[]): number[] {
  let last: number | null = null;
  return rows.map(({ time }) => {
    if (time === null) return 0;
    const pauseMs = last === null ? 0 : time - last;
    last = time;
    return pauseMs;
  });
}

/** By merge keys: of each source, the greatest time so far, of records that are not shown, too. */
async function pausesByKey(engine: EngineApi, sources: readonly number[], rows: readonly Row[]): Promise<number[]> {
  const keyOf = new Map<string, number>();
  for (const source of sources) {
    const { handle, count } = await engine.select({ kind: 'all' }, { callId: 1, sources: [source] });
    let key = -Infinity;
    for (const row of (await engine.rows(handle, 0, count)).rows) {
      key = Math.max(key, row.time ?? -Infinity);
      keyOf.set(`${source}@${row.id.offset}`, key);
    }
  }
  const keys = rows.map(({ id }) => keyOf.get(`${id.source}@${id.offset}`) ?? Number.NaN);
  return keys.map((key, i) => (Number.isFinite(keys[i - 1]) ? key - (keys[i - 1] as number) : 0));
}

test.each([1, 2, 5])(
  'pauses of random logs are those of a naive reader, with %i workers',
  async (workers) => {
    const filter = fc.constantFrom<Filter>(
      { kind: 'all' },
      { kind: 'level', min: 'WARN', max: null },
      { kind: 'text', text: 'pool', caseSensitive: false },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomLog(60), { minLength: 1, maxLength: 3 }),
        filter,
        fc.constantFrom(0, 1000, 4000, 20_000, 86_400_000),
        async (logs, wanted, minMs) => {
          const engine = await inProcessEngine({ workers, tuning: SMALL_SHARDS });
          const sources: number[] = [];
          for (const { name, bytes } of logs) sources.push((await openSource(engine, textInput(bytes, { name }))).id);
          const { handle, count } = await engine.select(wanted, { callId: 1, sources });
          const { rows } = await engine.rows(handle, 0, count);
          const pauses = sources.length > 1 ? await pausesByKey(engine, sources, rows) : pausesByTime(rows);
          const long = pauses.flatMap((pauseMs, position) =>
            pauseMs >= Math.max(1, minMs) ? [{ position, pauseMs }] : [],
          );
          const step = Math.max(1, Math.floor(count / 9));
          for (let from = -1; from <= count; from += step) {
            expect(await engine.seekPause(handle, from, 1, minMs, 2)).toEqual(
              long.find(({ position }) => position > from) ?? null,
            );
            expect(await engine.seekPause(handle, from, -1, minMs, 2)).toEqual(
              long.findLast(({ position }) => position < from) ?? null,
            );
          }
          await engine.shutdown();
        },
      ),
      { seed: 20261120, numRuns: 50 },
    );
  },
  LIMIT_MS,
);
