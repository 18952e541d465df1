/** Patterns when the ground moves: workers that die, bytes that are gone, indexes from before, files that grow, sources that close. */
import { expect, test } from 'vitest';

import { closeDoorsAfterEach, inProcess, openSource } from '../../testing/doors';
import { EAGER_INDEX } from '../../testing/index-cache-property';
import { textInput } from '../../testing/in-process';
import { createMemoryIndexCache } from '../../testing/memory-index-cache';
import { SMALL_SHARDS } from '../../testing/random-bytes';
import type { EngineApi } from '../api';
import type { PatternTable } from './pattern';

closeDoorsAfterEach();

const DISK = 'disk <*> is full';

function log(count: number, from = 0): string {
  return Array.from({ length: count }, (_, i) => {
    const time = new Date(Date.UTC(2025, 0, 1) + (from + i) * 1000).toISOString();
    return (from + i) % 5 === 0 ? `${time} ERROR disk ${i} is full\n` : `${time} INFO request ${i} took ${i} ms\n`;
  }).join('');
}

async function patternsOf(engine: EngineApi): Promise<PatternTable> {
  const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
  return engine.patterns(handle, { maxBins: 20 }, 2);
}

/** What does not depend on how often patterns were made. */
function told({ rows, bins, recordCount }: PatternTable) {
  return {
    recordCount,
    bins: [...bins.at, ...bins.counts],
    rows: rows.map(({ id: _, ...row }) => row),
  };
}

test('a worker that dies is asked again: the same patterns, the same records of one', async () => {
  const workers: { die: (reason: string) => void }[] = [];
  const engine = await inProcess({ tuning: SMALL_SHARDS, onSpawn: (worker) => workers.push(worker) });
  await openSource(engine, textInput(log(200)));
  const before = await patternsOf(engine);
  const { handle } = await engine.select({ kind: 'pattern', text: DISK }, { callId: 1 });
  const rows = await engine.rows(handle, 0, 100);
  for (const worker of workers.slice(0, 2)) worker.die('killed by the test');
  expect(told(await patternsOf(engine))).toEqual(told(before));
  expect(await engine.rows(handle, 0, 100)).toEqual(rows);
});

test('bytes that are not in memory are read where a message is wanted', async () => {
  const engine = await inProcess({ tuning: SMALL_SHARDS });
  await openSource(engine, textInput(log(200)));
  await engine.configure({ budgetBytes: 0 });
  expect((await patternsOf(engine)).rows.map(({ text, count }) => [text, count])).toEqual([
    ['request <*> took <*> ms', 160],
    [DISK, 40],
  ]);
});

test('a source that is opened from its kept index has the same patterns', async () => {
  const cache = createMemoryIndexCache();
  const tuning = { ...SMALL_SHARDS, index: EAGER_INDEX };
  const first = await inProcess({ tuning, cache });
  const written = cache.whenWritten();
  await openSource(first, textInput(log(300)));
  const fresh = await patternsOf(first);
  await written;
  const second = await inProcess({ tuning, cache });
  expect((await openSource(second, textInput(log(300)))).isFromCache).toBe(true);
  expect(told(await patternsOf(second))).toEqual(told(fresh));
});

test('a file that grows has new patterns, and selections by pattern follow', async () => {
  const engine = await inProcess({ tuning: SMALL_SHARDS });
  const { id } = await openSource(engine, textInput(log(100)));
  const { handle } = await engine.select({ kind: 'pattern', text: DISK }, { callId: 1 });
  expect((await engine.rows(handle, 0, 500)).rows).toHaveLength(20);
  const before = await patternsOf(engine);
  const grown = textInput(`${log(100)}${log(100, 100)}2025-01-01T01:00:00.000Z FATAL out of memory\n`);
  await engine.refresh(id, grown.bytes, grown.lastModified);
  const after = await patternsOf(engine);
  expect(after.recordCount).toBe(201);
  expect(after.revision).toBeGreaterThan(before.revision);
  expect(after.rows.at(-1)).toMatchObject({ text: 'out of memory', count: 1 });
  expect((await engine.select({ kind: 'pattern', text: DISK }, { callId: 3 })).count).toBe(40);
});

test('several sources have their patterns together; what is closed is gone', async () => {
  const engine = await inProcess({ tuning: SMALL_SHARDS });
  const a = await openSource(engine, textInput(log(100), { name: 'a.log' }));
  const b = await openSource(engine, textInput('2025-01-01T00:00:00Z INFO only here\n', { name: 'b.log' }));
  const disk = (await patternsOf(engine)).rows.find(({ text }) => text === DISK);
  expect(disk?.sources).toEqual([{ source: a.id, count: 20 }]);
  await engine.close(a.id);
  expect((await patternsOf(engine)).rows).toMatchObject([
    { text: 'only here', count: 1, sources: [{ source: b.id, count: 1 }] },
  ]);
});
