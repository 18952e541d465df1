/** Indexes that were kept: the same answers as from the bytes, and none that does not belong is believed. */
import { gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';

import { indexCacheProperty, EAGER_INDEX, withoutPlace } from '../testing/index-cache-property';
import { inProcessEngine, type InProcessOptions, textInput } from '../testing/in-process';
import { createMemoryIndexCache, type MemoryIndexCache } from '../testing/memory-index-cache';
import type { EngineApi, SourceInput, SourceSummary } from './api';
import { checksumOf } from './index-cache';
import { readIndexHead } from './index-head';

const TUNING = {
  cuts: { shardBytes: 600, windows: [64, 300] },
  firstShardBytes: 200,
  keepBytes: 1024,
  windowBytes: 64,
  index: EAGER_INDEX,
};

function line(i: number): string {
  const time = new Date(Date.UTC(2025, 0, 1, 10) + i * 1500).toISOString().replace('T', ' ').replace('Z', '');
  const level = i % 17 === 3 ? 'ERROR' : 'INFO ';
  return `${time.replace('.', ',')} ${level} [worker-${i % 4}] com.acme.Pool - request ${i} took ${i * 3} ms\n`;
}

const LOG = Array.from({ length: 120 }, (_, i) => line(i)).join('');

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: InProcessOptions): Promise<EngineApi> {
  const engine = await inProcessEngine({ tuning: TUNING, ...options });
  closers.push(() => engine.shutdown());
  return engine;
}

async function open(engine: EngineApi, input: SourceInput): Promise<SourceSummary> {
  return engine.whenOpened(await engine.open(input));
}

async function textsOf(engine: EngineApi): Promise<string[]> {
  const { handle, count } = await engine.select({ kind: 'all' }, { callId: 1 });
  const { rows } = await engine.rows(handle, 0, count);
  await engine.release(handle);
  return rows.map((row) => row.text);
}

/** A cache that holds the index of an input, as an earlier engine left it. */
async function cacheOf(
  input: SourceInput,
  cache = createMemoryIndexCache(),
): Promise<MemoryIndexCache & { fresh: SourceSummary; texts: string[] }> {
  const engine = await start({ cache });
  const written = cache.whenWritten();
  const fresh = await open(engine, input);
  await written;
  return { ...cache, fresh, texts: await textsOf(engine) };
}

test(
  'random logs answer the same from a kept index as from their bytes',
  () => fc.assert(indexCacheProperty(), { seed: 20261120, numRuns: 80, timeout: 15_000 }),
  180_000,
);

test('an index is read back by the next engine, without reading the file again', async () => {
  const { fresh, texts, ...cache } = await cacheOf(textInput(LOG));
  expect(fresh.isFromCache).toBe(false);
  let bytesRead = 0;
  const engine = await start({
    cache,
    workers: 5,
    openBytes: (ref) => {
      const { bytes } = ref as { bytes: Uint8Array };
      return {
        size: bytes.length,
        async read(from, to) {
          bytesRead += to - from;
          return bytes.slice(from, to);
        },
      };
    },
  });
  const summary = await open(engine, textInput(LOG));
  expect(summary.isFromCache).toBe(true);
  // The fingerprint reads all of so small a file, the witness where its shards begin: no load came by.
  expect(bytesRead).toBeLessThanOrEqual(2 * LOG.length + 16);
  expect(withoutPlace(summary)).toEqual(withoutPlace(fresh));
  expect(await textsOf(engine)).toEqual(texts);
});

test('a copy under another name and date is known by its content; its clock is its own', async () => {
  const yearless = Array.from(
    { length: 80 },
    (_, i) => `Jun 1 10:00:${String(i % 60).padStart(2, '0')} host app[7]: hit ${i}\n`,
  );
  const cache = await cacheOf(textInput(yearless.join(''), { lastModified: Date.UTC(2025, 6, 1) }));
  expect(cache.fresh.firstTime).toBe(Date.UTC(2025, 5, 1, 10));
  const engine = await start({ cache });
  const copy = await open(
    engine,
    textInput(yearless.join(''), { name: 'copy.log', lastModified: Date.UTC(2023, 6, 1), zone: '+02:00' }),
  );
  expect(copy).toMatchObject({ isFromCache: true, name: 'copy.log', firstTime: Date.UTC(2023, 5, 1, 8) });
});

test('each format that is forced has an index of its own', async () => {
  const cache = await cacheOf(textInput(LOG));
  const engine = await start({ cache });
  const written = cache.whenWritten();
  const forced = await open(engine, textInput(LOG, { format: 'plain' }));
  expect(forced).toMatchObject({ isFromCache: false, timeKind: 'none' });
  await written;
  expect(cache.heads.size).toBe(2);
  await engine.forceFormat(forced.id, null);
  expect(await engine.whenOpened(forced.id)).toMatchObject({ isFromCache: true, timeKind: 'zoneless' });
  await engine.forceFormat(forced.id, 'plain');
  expect(await engine.whenOpened(forced.id)).toMatchObject({ isFromCache: true, timeKind: 'none' });
});

test('small files, packed ones and binary ones are not kept', async () => {
  const cache = createMemoryIndexCache();
  const engine = await start({ cache, tuning: { ...TUNING, index: { ...EAGER_INDEX, leastBytes: 1000 } } });
  await open(engine, textInput(line(1)));
  const binary = new Uint8Array(4000).fill(7);
  expect((await open(engine, textInput(binary))).kind).toBe('binary');
  expect((await open(engine, textInput(gzipSync(LOG)))).packing).toBe('gzip');
  const written = cache.whenWritten();
  await open(engine, textInput(LOG));
  await written;
  expect(cache.heads.size).toBe(1);
});

describe('an index that does not belong', () => {
  function damaged(head: (cache: MemoryIndexCache) => void) {
    return async () => {
      const { fresh, texts, ...cache } = await cacheOf(textInput(LOG));
      head(cache);
      const engine = await start({ cache });
      const written = cache.whenWritten();
      const summary = await open(engine, textInput(LOG));
      expect(summary.isFromCache).toBe(false);
      expect(withoutPlace(summary)).toEqual(withoutPlace(fresh));
      expect(await textsOf(engine)).toEqual(texts);
      await written; // and a good one is written in its place
      const next = await start({ cache });
      expect((await open(next, textInput(LOG))).isFromCache).toBe(true);
    };
  }

  const editHeads = (edit: (head: Record<string, unknown>) => unknown) =>
    damaged(({ heads }) => {
      for (const held of heads.values()) held.head = edit({ ...held.head }) as typeof held.head;
    });
  const editFile = (edit: (bytes: Uint8Array) => Uint8Array) =>
    damaged(({ files }) => {
      const [name, bytes] = [...files][3] as [string, Uint8Array];
      files.set(name, edit(bytes.slice()));
    });
  const flip = (at: number) => (bytes: Uint8Array) => {
    const place = at < 0 ? bytes.length + at : at;
    bytes[place] = (bytes[place] as number) ^ 4;
    return bytes;
  };

  test(
    'is ignored when another version wrote it',
    editHeads((head) => ({ ...head, version: 0 })),
  );
  test(
    'is ignored when its head is something else',
    editHeads(() => 'head'),
  );
  test(
    'is ignored when it lacks shards',
    editHeads((head) => ({ ...head, shards: (head.shards as []).slice(1) })),
  );
  test(
    'is ignored when it lacks reports',
    editHeads((head) => ({
      ...head,
      shards: (head.shards as object[]).map((shard) => ({ ...shard, report: undefined })),
    })),
  );
  test(
    'is ignored when it is of other bytes',
    editHeads((head) => ({ ...head, witness: 'other' })),
  );
  test(
    'is made good when a file is missing',
    damaged(({ files }) => files.delete([...files.keys()][2] as string)),
  );
  test(
    'is made good when a file is empty',
    editFile(() => new Uint8Array(0)),
  );
  test(
    'is made good when a file is something else',
    editFile((bytes) => bytes.fill(7)),
  );
  test(
    'is made good when a file was broken off',
    editFile((bytes) => bytes.slice(0, -20)),
  );
  test(
    'is made good when a file lacks a piece',
    editFile((bytes) => bytes.slice(13)),
  );
  test('is made good when a bit of a column fell over', editFile(flip(30)));
  test('is made good when a bit of the facts fell over', editFile(flip(-40)));
  test('is made good when a bit of the footer fell over', editFile(flip(-12)));
  test(
    'is made good when a file is that of another shard',
    damaged(({ files }) => {
      const names = [...files.keys()];
      files.set(names[3] as string, files.get(names[4] as string) as Uint8Array);
    }),
  );
});

test('a file changed in its middle, its size and ends as they were, is read anew', async () => {
  const big = Array.from({ length: 40_000 }, (_, i) => line(i)).join('');
  const tuning = { ...TUNING, cuts: { shardBytes: 300_000 }, firstShardBytes: 100_000 };
  const cache = createMemoryIndexCache();
  const engine = await start({ cache, tuning });
  const written = cache.whenWritten();
  await open(engine, textInput(big));
  await written;
  const head = [...cache.heads.values()][0]?.head;
  const at = head?.shards[5]?.start as number;
  expect(at).toBeGreaterThan(1024 * 1024);
  const edited = `${big.slice(0, at + 24)}FATAL${big.slice(at + 29)}`;
  const next = await start({ cache, tuning });
  expect(await open(next, textInput(edited))).toMatchObject({ isFromCache: false });
});

test('a file that has grown is read on from the kept index, and kept anew in its place', async () => {
  const cache = await cacheOf(textInput(LOG));
  const engine = await start({ cache });
  const { id } = await open(engine, textInput(LOG));
  const more = LOG + Array.from({ length: 30 }, (_, i) => line(120 + i)).join('');
  const bytes = new TextEncoder().encode(more);
  const written = cache.whenWritten();
  const grown = await engine.refresh(id, { kind: 'memory', bytes, size: bytes.length }, Date.now());
  expect(grown).toMatchObject({ recordCount: 150, isFromCache: false, state: 'open' });
  await written;
  await expect.poll(() => cache.heads.size).toBe(1);
  const next = await start({ cache });
  const summary = await open(next, textInput(more));
  expect(summary).toMatchObject({ recordCount: 150, isFromCache: true });
  expect(await textsOf(next)).toEqual(await textsOf(engine));
  expect([...cache.files.keys()].every((name) => name.startsWith(`${[...cache.heads.values()][0]?.id}/`))).toBe(true);
});

test('a worker that dies after its shards were read back has them again, from the bytes', async () => {
  const { texts, ...cache } = await cacheOf(textInput(LOG));
  const kills: ((reason: string) => void)[] = [];
  const engine = await start({ cache, workers: 2, onSpawn: ({ die }) => kills.push(die) });
  expect((await open(engine, textInput(LOG))).isFromCache).toBe(true);
  const read = cache.openCount();
  kills[0]?.('killed by the test');
  kills[1]?.('killed by the test');
  expect(await textsOf(engine)).toEqual(texts);
  expect(cache.openCount()).toBe(read);
  expect((await engine.health()).workers.map((worker) => worker.restarts)).toEqual([1, 1]);
});

test('stopping while an index is read keeps what is there', async () => {
  let reads = 0;
  let isLate: () => void = () => undefined;
  const late = new Promise<void>((resolve) => {
    isLate = resolve;
  });
  const releases: (() => void)[] = [];
  const cache = createMemoryIndexCache({
    async onOpen() {
      if (++reads <= 6) return;
      isLate();
      await new Promise<void>((resolve) => releases.push(resolve));
    },
  });
  await cacheOf(textInput(LOG), cache);
  const engine = await start({ cache, workers: 1 });
  const id = await engine.open(textInput(LOG));
  await late;
  const stopping = engine.stopOpening(id);
  const summary = engine.whenOpened(id);
  await stopping;
  for (const release of releases) release();
  const { state, recordCount, isFromCache } = await summary;
  expect({ state, isFromCache }).toEqual({ state: 'partial', isFromCache: false });
  expect(recordCount).toBeGreaterThan(0);
  expect(recordCount).toBeLessThan(120);
  expect(await textsOf(engine)).toHaveLength(recordCount);
});

test('closing a source while its index is written leaves nothing behind', async () => {
  let closing: Promise<void> | undefined;
  const cache = createMemoryIndexCache({
    onWritten() {
      closing ??= engine.close(1);
    },
  });
  const engine = await start({ cache });
  await open(engine, textInput(LOG));
  await expect.poll(() => closing !== undefined).toBe(true);
  await closing;
  await expect.poll(() => cache.files.size).toBe(0);
  expect(cache.heads.size).toBe(0);
});

test('a head is believed only as a whole', () => {
  expect(readIndexHead(null, 10)).toBeNull();
  expect(readIndexHead({}, 10)).toBeNull();
});

test('a checksum tells bytes apart by their values and their order', () => {
  const sums = ['', 'a', 'ab', 'ba', 'abcd', 'abdc', 'abcdefgh', 'efghabcd', 'abcdefgh\0'].map((text) =>
    checksumOf(new TextEncoder().encode(text).slice()),
  );
  expect(new Set(sums).size).toBe(sums.length);
});
