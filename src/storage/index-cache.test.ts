import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { isFault } from '../base/fault';
import { checksumOf, type IndexChunk } from '../engine/index-cache';
import { EAGER_INDEX } from '../testing/index-cache-property';
import { inProcessEngine, textInput } from '../testing/in-process';
import { createIndexCache, createIndexChunks, type IndexCacheOptions } from './index-cache';
import { createIndexConnection, INDEX_DATABASE_NAME } from './index-database';

/** One holder at a time, in the order they asked, as `navigator.locks`. */
function createLocks() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request(_: string, hold: () => Promise<unknown>) {
      const turn = last.then(hold);
      last = turn;
      return turn;
    },
  };
}

const QUOTA = 10 * 1024 ** 3;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', { locks: createLocks(), storage: { estimate: async () => ({ quota: QUOTA }) } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

let clock = 0;
const cacheOf = (options: Partial<IndexCacheOptions> = {}) =>
  createIndexCache({ version: 'build-1', now: () => ++clock, ...options });

function chunkOf(size: number): IndexChunk {
  const columns = new Uint8Array(size).map((_, i) => i);
  return { blocks: [], columns, checksum: checksumOf(columns) };
}

/** Writes an index of two chunks under a key. */
async function keep(cache: ReturnType<typeof cacheOf>, key: string, indexBytes: number): Promise<string> {
  const id = await cache.begin(indexBytes);
  if (id === null) throw new Error(`no room for ${key}`);
  const chunks = createIndexChunks();
  await chunks.write({ index: id, shard: 0, part: 0 }, chunkOf(100));
  await chunks.write({ index: id, shard: 1, part: 0 }, chunkOf(70));
  expect(await cache.commit(key, id, { of: key }, { sourceBytes: key.length, indexBytes })).toBe(true);
  return id;
}

async function chunkIds(): Promise<string[]> {
  const database = await createIndexConnection()();
  const names = (await database?.getAllKeys('chunks')) ?? [];
  return [...new Set(names.map(([id]) => id))];
}

test('an index is found by its key, with its chunks, by the next page too', async () => {
  const cache = cacheOf();
  expect(await cache.mayHold(3)).toBe(false);
  const id = await keep(cache, 'abc', 200);
  for (const page of [cache, cacheOf()]) {
    expect(await page.mayHold(3)).toBe(true);
    expect(await page.mayHold(4)).toBe(false);
    expect(await page.read('abc')).toEqual({ id, head: { of: 'abc' } });
    expect(await page.read('other')).toBeNull();
  }
  expect(await createIndexChunks().read({ index: id, shard: 1, part: 0 })).toEqual(chunkOf(70));
  expect(await createIndexChunks().read({ index: id, shard: 2, part: 0 })).toBeNull();
});

test('a half-written index is not found, and its chunks go when the next one is written', async () => {
  const cache = cacheOf();
  const id = await cache.begin(100);
  await createIndexChunks().write({ index: id as string, shard: 0, part: 0 }, chunkOf(10));
  // The page is gone here; its lock goes with it.
  vi.stubGlobal('navigator', { locks: createLocks(), storage: navigator.storage });
  const next = cacheOf();
  expect(await next.mayHold(3)).toBe(false);
  expect(await chunkIds()).toEqual([id]);
  const kept = await keep(next, 'abc', 100);
  expect(await chunkIds()).toEqual([kept]);
});

test('an index written again replaces the one before; one given up leaves nothing', async () => {
  const cache = cacheOf();
  await keep(cache, 'abc', 100);
  const second = await keep(cache, 'abc', 100);
  expect(await chunkIds()).toEqual([second]);
  expect(await cache.read('abc')).toMatchObject({ id: second });
  await cache.drop({ key: 'abc' });
  expect(await cache.read('abc')).toBeNull();
  expect(await chunkIds()).toEqual([]);
});

test('what was used longest ago makes room, what is too large is not kept', async () => {
  const cache = cacheOf({ budgetBytes: 1000 });
  await keep(cache, 'a', 400);
  await keep(cache, 'bb', 400);
  await cache.read('a');
  await expect.poll(async () => (await (await createIndexConnection()())?.get('uses', 'a'))?.usedAt).toBe(clock);
  await keep(cache, 'ccc', 400);
  expect(await cache.read('bb')).toBeNull();
  expect(await cache.mayHold(2)).toBe(false);
  expect(await cache.read('a')).not.toBeNull();
  expect(await cache.begin(1001)).toBeNull();
  expect(await cache.begin(1000)).not.toBeNull();
});

test('the budget is a tenth of what the browser grants', async () => {
  expect(await cacheOf().begin(QUOTA / 10)).not.toBeNull();
  vi.stubGlobal('navigator', { locks: createLocks(), storage: { estimate: async () => ({ quota: 1000 }) } });
  expect(await cacheOf().begin(101)).toBeNull();
});

test('an index of another build is not read, and goes first', async () => {
  await keep(cacheOf(), 'abc', 100);
  const newer = cacheOf({ version: 'build-2' });
  expect(await newer.mayHold(3)).toBe(false);
  expect(await newer.read('abc')).toBeNull();
  const id = await keep(newer, 'def', 100);
  expect(await chunkIds()).toEqual([id]);
});

test('two tabs write one after the other', async () => {
  const [one, other] = [cacheOf(), cacheOf()];
  const first = await one.begin(100);
  let isSecond = false;
  const second = other.begin(100).then((id) => {
    isSecond = true;
    return id;
  });
  await createIndexChunks().write({ index: first as string, shard: 0, part: 0 }, chunkOf(10));
  expect(isSecond).toBe(false);
  await one.commit('abc', first as string, {}, { sourceBytes: 3, indexBytes: 100 });
  expect(await second).not.toBeNull();
  expect(await chunkIds()).toEqual([first]);
});

describe('without storage', () => {
  test('nothing is kept, and nobody is told of an error', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const cache = cacheOf();
    expect(await cache.mayHold(3)).toBe(false);
    expect(await cache.read('abc')).toBeNull();
    expect(await cache.begin(10)).toBeNull();
    expect(await createIndexChunks().read({ index: 'x', shard: 0, part: 0 })).toBeNull();
  });

  test('a database of a newer Loupe is left alone', async () => {
    await new Promise((resolve) => {
      const request = indexedDB.open(INDEX_DATABASE_NAME, 99);
      request.onsuccess = () => {
        request.result.close();
        resolve(null);
      };
    });
    const cache = cacheOf();
    expect(await cache.mayHold(3)).toBe(false);
    expect(await cache.begin(10)).toBeNull();
  });

  test('a full disk is a Fault to who writes', async () => {
    const cache = cacheOf();
    const id = (await cache.begin(10)) as string;
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const failed = await createIndexChunks()
      .write({ index: id, shard: 0, part: 0 }, chunkOf(10))
      .catch((error: unknown) => error);
    put.mockRestore();
    expect(isFault(failed, 'storage-full')).toBe(true);
    await cache.drop({ id });
    expect(await cacheOf().begin(10)).not.toBeNull(); // its turn has ended
  });
});

test('an engine keeps an index here, and the next one opens from it', async () => {
  const log = Array.from(
    { length: 200 },
    (_, i) => `2025-01-01 10:00:${String(i % 60).padStart(2, '0')} INFO hit ${i}\n`,
  );
  const tuning = { cuts: { shardBytes: 600 }, firstShardBytes: 200, index: { ...EAGER_INDEX, chunkBytes: 100 } };
  const open = async () => {
    const cache = cacheOf();
    const engine = await inProcessEngine({ tuning, cache: { indexCache: cache, indexChunks: createIndexChunks() } });
    const summary = await engine.whenOpened(await engine.open(textInput(log.join(''))));
    const { handle, count } = await engine.select({ kind: 'all' }, { callId: 1 });
    const { rows } = await engine.rows(handle, 0, count);
    return { cache, engine, summary, rows };
  };
  const first = await open();
  await expect.poll(() => first.cache.mayHold(log.join('').length)).toBe(true);
  await first.engine.shutdown();
  const second = await open();
  expect([first.summary.isFromCache, second.summary.isFromCache]).toEqual([false, true]);
  expect(second.rows).toEqual(first.rows);
  await second.engine.shutdown();
});
