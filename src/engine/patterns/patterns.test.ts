/** Patterns of a selection: every record has one, and what is told of each is what its records say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isFault } from '../../base/fault';
import { closeDoorsAfterEach, DOORS, inProcess, openSource } from '../../testing/doors';
import { inProcessEngine, textInput } from '../../testing/in-process';
import { SMALL_SHARDS } from '../../testing/random-bytes';
import { type RandomLog, randomLog } from '../../testing/random-logs';
import type { EngineApi, Row } from '../api';
import { toLevelCode } from '../records/record';
import type { ByteSource } from '../source/byte-source';
import { openMemory } from '../source/memory-source';
import { DEFAULT_GROUPING, type PatternTable } from './pattern';

closeDoorsAfterEach();

/** For slow machines with much else to do. */
const LIMIT_MS = 60_000;

const LOG = Array.from({ length: 120 }, (_, i) => {
  const time = new Date(Date.UTC(2025, 0, 1) + i * 1000).toISOString();
  if (i % 10 === 0) return `${time} ERROR connection ${i} to 10.0.0.${i} refused`;
  if (i % 3 === 0) return `${time} WARN slow query took ${i} ms`;
  return `${time} INFO user ${1000 + i} logged in`;
}).join('\n');

async function allPatterns(engine: EngineApi, maxBins = 20): Promise<PatternTable> {
  const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
  return engine.patterns(handle, { maxBins }, 2);
}

/** Without what depends on the engine's own numbering. */
function told({ revision: _, rows, bins, ...rest }: PatternTable) {
  return {
    ...rest,
    bins: { ...bins, starts: [...bins.starts], at: [...bins.at], counts: [...bins.counts] },
    rows: rows.map(({ id: __, ...row }) => row),
  };
}

describe.each(DOORS)('the engine %s', (_, start) => {
  test('tells the patterns of a log, each with its records', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    const { id: source } = await openSource(engine, textInput(LOG));
    const table = await allPatterns(engine);
    expect(table.recordCount).toBe(120);
    expect(table.isComplete).toBe(true);
    expect(table.merged).toBeNull();
    expect(table.rows.map(({ text, count, levelCounts }) => ({ text, count, levelCounts }))).toEqual([
      { text: 'user <*> logged in', count: 72, levelCounts: [0, 0, 0, 72, 0, 0, 0] },
      { text: 'slow query took <*> ms', count: 36, levelCounts: [0, 0, 0, 0, 36, 0, 0] },
      { text: 'connection <*> to <*> refused', count: 12, levelCounts: [0, 0, 0, 0, 0, 12, 0] },
    ]);
    const error = table.rows[2];
    expect(error?.first).toEqual({ record: { source, offset: 0 }, time: Date.UTC(2025, 0, 1) });
    expect(error?.last.time).toBe(Date.UTC(2025, 0, 1) + 110_000);
    expect(error?.example).toBe('connection 0 to 10.0.0.0 refused');
    expect(error?.sources).toEqual([{ source, count: 12 }]);
    expect(table.bins.counts.reduce((sum, count) => sum + count, 0)).toBe(120);

    const refused = await engine.select({ kind: 'pattern', text: 'connection <*> to <*> refused' }, { callId: 3 });
    expect(refused.count).toBe(12);
    const { rows } = await engine.rows(refused.handle, 0, 20);
    expect(rows.every(({ level }) => level === 'ERROR')).toBe(true);
    expect((await engine.patternOf(rows[3]?.id as Row['id'])).text).toBe('connection <*> to <*> refused');
    expect((await engine.patterns(refused.handle, { maxBins: 5 }, 4)).rows).toHaveLength(1);
    expect(
      [...(await engine.patternIds(source, 0, 3))].map((id) => table.rows.find((row) => row.id === id)?.count),
    ).toEqual([12, 72, 72]);
  });

  test('a pattern is named in a filter by its text', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(LOG));
    const filter = await engine.parseFilter('-pattern:"user <*> logged in" level<=warn', { zone: 'UTC' });
    const { handle, count } = await engine.select(filter, { callId: 1 });
    expect(count).toBe(36);
    // What a filter marks in the rows of another selection goes by patterns, too.
    const all = await engine.select({ kind: 'all' }, { callId: 2 });
    const marked = await engine.rows(all.handle, 0, 120, {
      highlights: [{ kind: 'pattern', text: 'user <*> logged in' }],
    });
    expect(marked.rows.filter(({ keptBy }) => keptBy.length === 1)).toHaveLength(72);
    expect(await engine.seek(handle, -1, 1, { kind: 'pattern', text: 'slow query took <*> ms' }, 3)).toBe(0);
    const none = await engine.select({ kind: 'pattern', text: 'there is none such' }, { callId: 4 });
    expect(none.count).toBe(0);
  });

  test('what is merged by hand is one pattern, what is split is several, and selections follow', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(LOG));
    const { handle } = await engine.select({ kind: 'pattern', text: 'slow query took <*> ms' }, { callId: 1 });
    expect((await engine.rows(handle, 0, 200)).rows).toHaveLength(36);
    const before = await allPatterns(engine);
    const merges = [['slow query took <*> ms', 'user <*> logged in']];
    await engine.setGrouping({ ...DEFAULT_GROUPING, merges });
    const merged = await allPatterns(engine);
    expect(merged.rows.map(({ count }) => count)).toEqual([108, 12]);
    expect(merged.revision).toBeGreaterThan(before.revision);
    await engine.setGrouping(DEFAULT_GROUPING);
    expect(told(await allPatterns(engine))).toEqual(told(before));
    expect((await engine.rows(handle, 0, 200)).rows).toHaveLength(36);
  });

  test('no records have no patterns; a record that is not there is a fault', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    expect((await allPatterns(engine)).rows).toEqual([]);
    const { id: source } = await openSource(engine, textInput(LOG));
    const nothing = await engine.select({ kind: 'not', of: { kind: 'all' } }, { callId: 1 });
    const table = await engine.patterns(nothing.handle, { maxBins: 10 }, 2);
    expect(table).toMatchObject({ recordCount: 0, rows: [] });
    await expect(engine.patternOf({ source, offset: 1e9 })).rejects.toSatisfy((error) =>
      isFault(error, 'source-unknown'),
    );
  });
});

/** What the rows themselves say of one pattern. */
function naive(rows: readonly Row[], startMs: number, binMs: number) {
  const timed = rows.filter(({ time }) => time !== null) as (Row & { time: number })[];
  const bins = new Map<number, number>();
  for (const { time } of timed) {
    const bin = Math.floor((time - startMs) / binMs);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  const levelCounts = [0, 0, 0, 0, 0, 0, 0];
  const sources = new Map<number, number>();
  for (const { level, id } of rows) {
    levelCounts[toLevelCode(level)] = (levelCounts[toLevelCode(level)] ?? 0) + 1;
    sources.set(id.source, (sources.get(id.source) ?? 0) + 1);
  }
  const times = timed.map(({ time }) => time);
  return {
    count: rows.length,
    levelCounts,
    firstTime: times.length === 0 ? null : Math.min(...times),
    lastTime: times.length === 0 ? null : Math.max(...times),
    sources: [...sources].sort(([a], [b]) => a - b),
    bins: [...bins].sort(([a], [b]) => a - b),
  };
}

test.each([1, 2, 5])(
  'random logs: what is told of each pattern is what its records say, with %i workers',
  async (workers) => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomLog(60), { minLength: 1, maxLength: 3 }), async (logs) => {
        const engine = await inProcessEngine({ workers, tuning: SMALL_SHARDS });
        for (const { name, bytes } of logs) await openSource(engine, textInput(bytes, { name }));
        const all = await engine.select({ kind: 'all' }, { callId: 1 });
        const table = await engine.patterns(all.handle, { maxBins: 30 }, 2);
        const { startMs, binMs, starts, at, counts } = table.bins;
        expect(table.recordCount).toBe(all.count);
        expect(table.rows.reduce((sum, { count }) => sum + count, 0)).toBe(all.count);
        expect(new Set(table.rows.map(({ text }) => text)).size).toBe(table.rows.length);
        for (const [i, row] of table.rows.entries()) {
          const mine = await engine.select({ kind: 'pattern', text: row.text }, { callId: 3 });
          const { rows } = await engine.rows(mine.handle, 0, mine.count);
          const bins = Array.from(at.slice(starts[i], starts[i + 1]), (bin, n) => [
            bin,
            counts[(starts[i] as number) + n],
          ]);
          const { count, levelCounts, first, last } = row;
          expect({
            count,
            levelCounts,
            firstTime: first.time,
            lastTime: last.time,
            sources: row.sources
              .map(({ source, count: records }) => [source, records])
              .sort(([a], [b]) => (a ?? 0) - (b ?? 0)),
            bins,
          }).toEqual(naive(rows, startMs, binMs));
          for (const end of [first, last]) {
            const found = rows.find(({ id }) => id.source === end.record.source && id.offset === end.record.offset);
            expect(found?.time ?? null).toBe(end.time);
          }
          await engine.release(mine.handle);
        }
        await engine.shutdown();
      }),
      { numRuns: 12, seed: 20_261_120 },
    );
  },
  LIMIT_MS,
);

/** Reads that come back after a while of their own each: shards are done in another order than they were begun. */
function shuffledReads(seed: number): (ref: { kind: string; bytes?: Uint8Array }) => ByteSource {
  let state = seed | 1;
  const next = (): number => {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    return (state >>> 24) % 7;
  };
  return (ref) => {
    const source = openMemory(ref.bytes as Uint8Array);
    return {
      size: source.size,
      async read(from, to) {
        for (let turns = next(); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
        return source.read(from, to);
      },
    };
  };
}

test(
  'the same templates and counts with 1, 2 and 5 workers, any chunks, any order in which shards are done',
  async () => {
    const tableOf = async (logs: readonly RandomLog[], workers: number, chunkBytes: number, seed: number) => {
      const engine = await inProcessEngine({
        workers,
        tuning: { ...SMALL_SHARDS, chunkBytes },
        openBytes: shuffledReads(seed),
      });
      const opened = [];
      for (const { name, bytes } of logs) opened.push(await engine.open(textInput(bytes, { name })));
      for (const source of opened) await engine.whenOpened(source);
      const table = await allPatterns(engine);
      await engine.shutdown();
      return told(table);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomLog(80), { minLength: 1, maxLength: 2 }),
        fc.constantFrom(1, 7, 64, 65_536),
        fc.nat(),
        async (logs, chunkBytes, seed) => {
          const wanted = await tableOf(logs, 1, 0, 0);
          expect(await tableOf(logs, 2, chunkBytes, seed)).toEqual(wanted);
          expect(await tableOf(logs, 5, 0, seed + 1)).toEqual(wanted);
        },
      ),
      { numRuns: 15, seed: 20_261_121 },
    );
  },
  LIMIT_MS,
);

test('counting stops when it is cancelled', async () => {
  const engine = await inProcess({ workers: 1 });
  await openSource(engine, textInput(LOG));
  const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
  const counting = engine.patterns(handle, { maxBins: 10 }, 77);
  const outcome = expect(counting).rejects.toSatisfy((error) => isFault(error, 'stale'));
  await engine.cancel(77);
  await outcome;
});
