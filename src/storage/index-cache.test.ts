import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { isFault } from '../base/fault';
import { FakeFolder } from '../testing/fake-opfs';
import { EAGER_INDEX } from '../testing/index-cache-property';
import { inProcessEngine, textInput } from '../testing/in-process';
import { createIndexCache, type IndexCacheOptions } from './index-cache';
import { createIndexConnection, INDEX_DATABASE_NAME } from './index-database';
import { createIndexFiles, listIndexFolders } from './index-files';
import { deleteKeptData, measureKeptData } from './kept-data';

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

let files = new FakeFolder();

function stubNavigator(quota = QUOTA) {
  const storage = { estimate: async () => ({ quota }), getDirectory: async () => files };
  vi.stubGlobal('navigator', { locks: createLocks(), storage });
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  files = new FakeFolder();
  FakeFolder.room = Number.POSITIVE_INFINITY;
  FakeFolder.delay = Promise.resolve();
  stubNavigator();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

let clock = 0;
const cacheOf = (options: Partial<IndexCacheOptions> = {}) =>
  createIndexCache({ version: 'build-1', now: () => ++clock, ...options });

const bytesOf = (size: number) => new Uint8Array(size).map((_, i) => i);

function write(index: string, shard: number, size: number, offset = 0): Promise<void> {
  return createIndexFiles().write({ index, shard }, offset, () => [bytesOf(size)]);
}

async function read(index: string, shard: number): Promise<Uint8Array | null> {
  const file = await createIndexFiles().open({ index, shard });
  if (file === null) return null;
  const bytes = new Uint8Array(file.size);
  expect(file.read(bytes, 0)).toBe(file.size);
  file.close();
  return bytes;
}

/** Writes an index of two shards under a key. */
async function keep(cache: ReturnType<typeof cacheOf>, key: string, indexBytes: number): Promise<string> {
  const id = await cache.begin(indexBytes);
  if (id === null) throw new Error(`no room for ${key}`);
  await write(id, 0, 100);
  await write(id, 1, 70);
  expect(await cache.commit(key, id, { of: key }, { sourceBytes: key.length, indexBytes })).toBe(true);
  return id;
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
  expect(await read(id, 1)).toEqual(bytesOf(70));
  expect(await read(id, 2)).toBeNull();
  expect(await read('other', 1)).toBeNull();
});

test('a half-written index is not found, and its files go when the next one is written', async () => {
  const cache = cacheOf();
  const id = await cache.begin(100);
  await write(id as string, 0, 10);
  // The page is gone here; its lock goes with it.
  stubNavigator();
  const next = cacheOf();
  expect(await next.mayHold(3)).toBe(false);
  expect(await listIndexFolders()).toEqual([id]);
  const kept = await keep(next, 'abc', 100);
  expect(await listIndexFolders()).toEqual([kept]);
});

test('an index written again replaces the one before; one given up leaves nothing', async () => {
  const cache = cacheOf();
  await keep(cache, 'abc', 100);
  const second = await keep(cache, 'abc', 100);
  expect(await listIndexFolders()).toEqual([second]);
  expect(await cache.read('abc')).toMatchObject({ id: second });
  await cache.drop({ key: 'abc' });
  expect(await cache.read('abc')).toBeNull();
  expect(await listIndexFolders()).toEqual([]);
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
  stubNavigator(1000);
  expect(await cacheOf().begin(101)).toBeNull();
});

test('an index of another build is not read, and goes first', async () => {
  await keep(cacheOf(), 'abc', 100);
  const newer = cacheOf({ version: 'build-2' });
  expect(await newer.mayHold(3)).toBe(false);
  expect(await newer.read('abc')).toBeNull();
  const id = await keep(newer, 'def', 100);
  expect(await listIndexFolders()).toEqual([id]);
});

test('two tabs write one after the other', async () => {
  const [one, other] = [cacheOf(), cacheOf()];
  const first = await one.begin(100);
  let isSecond = false;
  const second = other.begin(100).then((id) => {
    isSecond = true;
    return id;
  });
  await write(first as string, 0, 10);
  expect(isSecond).toBe(false);
  await one.commit('abc', first as string, {}, { sourceBytes: 3, indexBytes: 100 });
  expect(await second).not.toBeNull();
  expect(await listIndexFolders()).toEqual([first]);
});

describe('without storage', () => {
  test('nothing is kept, and nobody is told of an error', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const cache = cacheOf();
    expect(await cache.mayHold(3)).toBe(false);
    expect(await cache.read('abc')).toBeNull();
    expect(await cache.begin(10)).toBeNull();
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

  test('a browser without files of the origin keeps nothing', async () => {
    vi.stubGlobal('navigator', { locks: createLocks(), storage: { estimate: async () => ({ quota: QUOTA }) } });
    expect(await cacheOf().begin(10)).toBeNull();
    expect(await createIndexFiles().open({ index: 'x', shard: 0 })).toBeNull();
  });

  test('a full disk is a Fault to who writes', async () => {
    const cache = cacheOf();
    const id = (await cache.begin(10)) as string;
    FakeFolder.room = 5;
    const failed = await write(id, 0, 10).catch((error: unknown) => error);
    expect(isFault(failed, 'storage-full')).toBe(true);
    await cache.drop({ id });
    expect(await listIndexFolders()).toEqual([]);
    FakeFolder.room = 1000;
    await keep(cache, 'abc', 10); // its turn has ended
  });
});

test('what is kept is told, and deleted with the rest', async () => {
  const cache = cacheOf();
  await keep(cache, 'abc', 100);
  const bytes = async () => (await measureKeptData(undefined)).parts.find((part) => part.kind === 'indexes')?.bytes;
  expect(await bytes()).toBe(170);
  expect(await deleteKeptData(undefined)).toBe(true);
  expect(await bytes()).toBeNull();
  expect(await cache.read('abc')).toBeNull();
  await keep(cache, 'abc', 100); // and it goes on
});

test('a file is written in parts; a new one begins where its first part is written', async () => {
  await write('x', 0, 9);
  await write('x', 0, 4);
  await write('x', 0, 3, 4);
  expect(await read('x', 0)).toEqual(Uint8Array.of(0, 1, 2, 3, 0, 1, 2));
});

test('a file that does not open in time is left, and closed when it does', async () => {
  vi.useFakeTimers();
  try {
    await write('x', 0, 9);
    const file = files.folders.get('index')?.folders.get('x')?.files.get('0');
    FakeFolder.delay = new Promise((resolve) => setTimeout(resolve, 60_000));
    const opening = createIndexFiles().open({ index: 'x', shard: 0 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await opening).toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(file?.readers).toBe(0);
    expect(await read('x', 0)).toEqual(bytesOf(9));
  } finally {
    vi.useRealTimers();
  }
});

test('what a tab reads is not taken away under it, but by the next one that writes', async () => {
  const cache = cacheOf();
  const id = await keep(cache, 'abc', 100);
  const open = await createIndexFiles().open({ index: id, shard: 0 });
  await cache.drop({ key: 'abc' });
  expect(await listIndexFolders()).toEqual([id]);
  open?.close();
  const next = await keep(cache, 'def', 100);
  expect(await listIndexFolders()).toEqual([next]);
});

test('an engine keeps an index here, and the next one opens from it', async () => {
  const log = Array.from(
    { length: 200 },
    (_, i) => `2025-01-01 10:00:${String(i % 60).padStart(2, '0')} INFO hit ${i}\n`,
  );
  const tuning = { cuts: { shardBytes: 600 }, firstShardBytes: 200, index: { ...EAGER_INDEX, partBytes: 100 } };
  const open = async () => {
    const cache = cacheOf();
    const engine = await inProcessEngine({ tuning, cache: { indexCache: cache, indexFiles: createIndexFiles() } });
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
