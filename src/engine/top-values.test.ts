/** Values of a field over a selection: all of them, counted exactly. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Fault, isFault } from '../base/fault';
import { closeDoorsAfterEach, DOORS, inProcess, openSource } from '../testing/doors';
import { inProcessEngine, textInput } from '../testing/in-process';
import { SMALL_SHARDS } from '../testing/random-bytes';
import { randomLog } from '../testing/random-logs';
import { DISTINCT_LIMIT, DISTINCT_TEXT_LIMIT } from './api';
import { ValueCounts } from './value-counts';

closeDoorsAfterEach();

/** For slow machines with much else to do. */
const LIMIT_MS = 60_000;

const LOG = Array.from({ length: 90 }, (_, i) => {
  const time = new Date(Date.UTC(2025, 0, 1) + i * 1000).toISOString();
  const user = i % 9 === 0 ? '' : ` user="u ${i % 4}"`;
  return `time=${time} level=info${user} n=${i} tag=a tag=${i % 2 === 0 ? 'a' : 'b'} msg=x`;
}).join('\n');

describe.each(DOORS)('the engine %s', (_, start) => {
  test('counts the values of a field', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(LOG));
    const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
    expect(await engine.topValues(handle, 'user', 3, 2)).toEqual({
      values: [
        { value: 'u 0', count: 20 },
        { value: 'u 1', count: 20 },
        { value: 'u 2', count: 20 },
      ],
      distinctCount: 4,
      recordCount: 90,
      missingCount: 10,
    });
    // A record that says the same twice counts once.
    expect((await engine.topValues(handle, 'tag', 9, 2)).values).toEqual([
      { value: 'a', count: 90 },
      { value: 'b', count: 45 },
    ]);
    expect(await engine.topValues(handle, 'nothing', 3, 2)).toEqual({
      values: [],
      distinctCount: 0,
      recordCount: 90,
      missingCount: 90,
    });
    const some = await engine.select({ kind: 'field', name: 'user', op: '=', value: 'u 3' }, { callId: 1 });
    expect((await engine.topValues(some.handle, 'user', 9, 2)).values).toEqual([{ value: 'u 3', count: some.count }]);
  });

  test('stops when it is cancelled', async () => {
    const engine = await start({ workers: 1 });
    await openSource(engine, textInput(`${LOG}\n`.repeat(400)));
    const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
    const counting = engine.topValues(handle, 'n', 3, 77);
    const told = expect(counting).rejects.toSatisfy((error) => isFault(error, 'stale'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await engine.cancel(77);
    await told;
    expect((await engine.topValues(handle, 'tag', 1, 78)).values[0]).toEqual({ value: 'a', count: 36_000 });
  });
});

test.each([1, 2, 5])(
  'random logs: what reading every record says, with %i workers',
  async (workers) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomLog(60), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('thread', 'logger', 'level', 'msg', 'http.status', 'status', 'user'),
        fc.constantFrom(0, 2, 1000),
        fc.boolean(),
        async (logs, field, limit, isEvicted) => {
          const engine = await inProcessEngine({ workers, tuning: SMALL_SHARDS });
          for (const { name, bytes } of logs) await openSource(engine, textInput(bytes, { name }));
          if (isEvicted) await engine.configure({ budgetBytes: 0 });
          const { handle, count } = await engine.select({ kind: 'all' }, { callId: 1 });
          const counts = new Map<string, number>();
          let missingCount = 0;
          for (const row of (await engine.rows(handle, 0, count)).rows) {
            const { fields } = await engine.details(row.id);
            const values = new Set(fields.filter(({ name }) => name === field).map(({ value }) => value));
            if (values.size === 0) missingCount++;
            for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
          }
          const values = [...counts].map(([value, count]) => ({ value, count }));
          values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
          expect(await engine.topValues(handle, field, limit, 2)).toEqual({
            values: values.slice(0, limit),
            distinctCount: values.length,
            recordCount: count,
            missingCount,
          });
          await engine.shutdown();
        },
      ),
      { seed: 20261120, numRuns: 40 },
    );
  },
  LIMIT_MS,
);

describe('what is too much to be counted', () => {
  test('too many values are a fault, not a part of them', () => {
    const counts = new ValueCounts();
    for (let i = 0; i < DISTINCT_LIMIT; i++) counts.add(`v${i}`, 1);
    counts.add('v1', 1);
    expect(() => counts.add('another', 1)).toThrow(Fault);
  });

  test('and so are too long ones', () => {
    const counts = new ValueCounts();
    counts.add('x'.repeat(DISTINCT_TEXT_LIMIT), 1);
    expect(() => counts.add('y', 1)).toThrow(Fault);
  });
});

test('the clock of a source can be set right', async () => {
  const engine = await inProcess({ tuning: SMALL_SHARDS });
  const line = (seconds: number, text: string) =>
    `${new Date(Date.UTC(2025, 0, 1) + seconds * 1000).toISOString()} INFO ${text}`;
  const texts = async (handle: number) => (await engine.rows(handle, 0, 9)).rows.map((row) => row.text.slice(-2));
  const a = await openSource(engine, textInput([line(0, 'a0'), line(10, 'a1'), line(20, 'a2')].join('\n')));
  const b = await openSource(engine, textInput([line(5, 'b0'), line(15, 'b1')].join('\n'), { offsetMs: 3_600_000 }));
  expect(b).toMatchObject({ offsetMs: 3_600_000, firstTime: Date.UTC(2025, 0, 1, 1) + 5000 });
  const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
  expect(await texts(handle)).toEqual(['a0', 'a1', 'a2', 'b0', 'b1']);
  const early = await engine.select({ kind: 'time', start: null, end: Date.UTC(2025, 0, 1) + 12_000 }, { callId: 1 });
  expect(await texts(early.handle)).toEqual(['a0', 'a1']);
  await engine.setOffset(b.id, 0);
  expect(await texts(handle)).toEqual(['a0', 'b0', 'a1', 'b1', 'a2']);
  expect(await texts(early.handle)).toEqual(['a0', 'b0', 'a1']);
  await engine.setOffset(a.id, -20_500);
  expect(await texts(handle)).toEqual(['a0', 'a1', 'a2', 'b0', 'b1']);
  expect(await engine.positionAtTime(handle, Date.UTC(2025, 0, 1))).toBe(3);
  expect((await engine.histogram(handle, { maxBins: 100 })).startMs).toBe(Date.UTC(2025, 0, 1) - 20_500);
  expect(await engine.whenOpened(a.id)).toMatchObject({ offsetMs: -20_500, lastTime: Date.UTC(2025, 0, 1) - 500 });
  await expect(engine.setOffset(a.id, 0.5)).rejects.toSatisfy((error) => isFault(error, 'unsupported'));
});
