import { describe, expect, test } from 'vitest';

import { isFault } from '../base/fault';
import { EAGER_INDEX } from '../testing/index-cache-property';
import { inProcessEngine, textInput } from '../testing/in-process';
import { createMemoryIndexCache } from '../testing/memory-index-cache';
import type { ShardHandle } from './environment';

const LOG = Array.from(
  { length: 50 },
  (_, i) => `2026-05-19 10:00:${String(i % 60).padStart(2, '0')} INFO record ${i}`,
).join('\n');

describe('a worker restarted by hand', () => {
  test('holds its records again', async () => {
    const engine = await inProcessEngine({ workers: 1 });
    const source = await engine.open(textInput(LOG));
    await engine.whenOpened(source);
    await engine.restartWorker(0);
    const { workers } = await engine.health();
    expect(workers).toMatchObject([{ restarts: 1, isAnswering: true, isBusy: false, pendingCalls: 0 }]);
    const { count } = await engine.select({ kind: 'all' }, { callId: 1 });
    expect(count).toBe(50);
    await engine.shutdown();
  });

  test('must be one', async () => {
    const engine = await inProcessEngine({ workers: 1 });
    await expect(engine.restartWorker(1)).rejects.toSatisfy((error) => isFault(error, 'unsupported'));
    await engine.shutdown();
  });
});

test('what is found, missed, written and given up of indexes is counted', async () => {
  const cache = createMemoryIndexCache();
  const options = { cache, tuning: { index: EAGER_INDEX } };
  const first = await inProcessEngine(options);
  expect((await first.health()).indexCache).toEqual({ found: 0, missed: 0, written: 0, givenUp: 0 });
  const written = cache.whenWritten();
  await first.whenOpened(await first.open(textInput(LOG)));
  await written;
  expect((await first.health()).indexCache).toMatchObject({ found: 0, missed: 1 });
  await first.shutdown();
  const second = await inProcessEngine(options);
  await second.whenOpened(await second.open(textInput(LOG)));
  expect((await second.health()).indexCache).toMatchObject({ found: 1, missed: 0, written: 0 });
  await second.shutdown();
  const none = await inProcessEngine();
  expect((await none.health()).indexCache).toBeNull();
  await none.shutdown();
});

test('a worker that says nothing is told as such, and the answer comes all the same', async () => {
  const handles: ShardHandle[] = [];
  const engine = await inProcessEngine({ workers: 2, onSpawn: ({ handle }) => handles.push(handle) });
  const source = await engine.open(textInput(LOG));
  await engine.whenOpened(source);
  handles[0]?.end(); // answers nothing any more, and nobody is told that it died
  const { workers } = await engine.health();
  expect(workers.map((worker) => worker.isAnswering)).toEqual([false, true]);
  expect(workers.reduce((sum, worker) => sum + worker.shardCount, 0)).toBe(1);
  await engine.restartWorker(0);
  expect((await engine.health()).workers.map((worker) => worker.isAnswering)).toEqual([true, true]);
  await engine.shutdown();
});
