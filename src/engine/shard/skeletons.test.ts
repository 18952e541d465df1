/** What a shard tells of its skeletons: the same however its bytes came, and when it was restored. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isFault } from '../../base/fault';
import { kernelsModule } from '../../testing/in-process';
import { createMemoryIndexCache } from '../../testing/memory-index-cache';
import { compileProgram } from '../formats/program';
import { FORMATS } from '../formats/registry';
import type { IndexFiles } from '../index-cache';
import { COARSE_CLASSES, SKELETON_BYTES, SKELETON_COARSE } from '../kernels/index-layout';
import { coarseOf, skeletonHash, skeletonText } from '../kernels/portable/index-skeleton';
import { openMemory } from '../source/memory-source';
import type { ShardApi, ShardReport, ShardSpec } from './shard-api';
import { createShardHost } from './shard-host';

const SEED = { seed: 20261120 };
const KEY = 7;
const MIB = 1024 * 1024;

async function startHost(options: { isPortable?: boolean; indexFiles?: IndexFiles } = {}): Promise<ShardApi> {
  const host = createShardHost({
    openBytes: (ref) => openMemory((ref as { bytes: Uint8Array }).bytes),
    indexFiles: options.indexFiles,
  });
  await host.init({ module: options.isPortable === true ? undefined : kernelsModule(), worker: 0 });
  return host;
}

function specOf(bytes: Uint8Array, format: string, more: Partial<ShardSpec> = {}): ShardSpec {
  const formats = FORMATS.filter(({ id }) => id === format);
  const program = compileProgram(formats);
  return {
    key: KEY,
    bytes: { kind: 'memory', bytes, size: bytes.length },
    start: 0,
    end: bytes.length,
    encoding: 'utf-8',
    isCr: false,
    program: program.bytes,
    fieldNames: program.fieldNames,
    formatKinds: formats.map(({ kind }) => kind),
    isPiece: false,
    keepsBytes: false,
    windowBytes: 64,
    chunkBytes: 64,
    skeletonLimit: 1048576,
    ...more,
  };
}

/** Everything a shard knows of its skeletons. */
async function portrait(api: ShardApi, report: ShardReport) {
  const found = await api.skeletons(KEY);
  return {
    count: report.skeletonCount,
    overflow: report.skeletonOverflow,
    hashes: Array.from(found.counts, (_, id) => hashAt(found.hashes, id)),
    counts: [...found.counts],
    coarse: [...found.coarse],
    coarseCounts:
      found.coarseCounts === null ? null : [...found.coarseCounts.entries()].filter(([, count]) => count > 0),
    messages: textsOf(await api.skeletonMessages(KEY, Uint32Array.from(found.counts.keys()))),
    ids: [...(await api.skeletonIds(KEY, 0, report.recordCount))],
  };
}

type Portrait = Awaited<ReturnType<typeof portrait>>;

function hashAt(hashes: Uint32Array, id: number): bigint {
  return (BigInt(hashes[id * 2 + 1] as number) << 32n) | BigInt(hashes[id * 2] as number);
}

function textsOf({ bytes, ends }: { bytes: Uint8Array; ends: Uint32Array }): string[] {
  return Array.from(ends, (end, i) => new TextDecoder().decode(bytes.subarray(i === 0 ? 0 : ends[i - 1], end)));
}

async function load(spec: ShardSpec, isPortable = false): Promise<Portrait> {
  const api = await startHost({ isPortable });
  return portrait(api, await api.load(spec, 1));
}

/** The same from a file that a shard like it was written to, in parts of `partBytes`. */
async function restored(spec: ShardSpec, partBytes: number): Promise<Portrait> {
  const { indexFiles } = createMemoryIndexCache();
  const writer = await startHost({ indexFiles });
  const report = await writer.load(spec, 1);
  await save(writer, partBytes);
  const reader = await startHost({ indexFiles });
  const found = await reader.restore(spec, { index: 'a', shard: 0, report }, 1);
  if (found === null) throw new Error('the file was not believed');
  expect(found.columnBytes).toBe(report.columnBytes);
  return portrait(reader, found);
}

async function save(api: ShardApi, partBytes: number): Promise<void> {
  for (let part = 0, count = 1; part < count; part++)
    count = (await api.saveIndex(KEY, { index: 'a', shard: 0, part }, partBytes)).partCount;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What is to be told of records with these messages, by the definitions. */
function wanted(messages: readonly string[], limit = Infinity): Portrait {
  const known = new Map<bigint, number>();
  const all: Portrait = {
    count: 0,
    overflow: 0,
    hashes: [],
    counts: [],
    coarse: [],
    coarseCounts: null,
    messages: [],
    ids: [],
  };
  const coarseCounts = new Map<number, number>();
  for (const message of messages) {
    const bytes = bytesOf(message);
    const hash = skeletonHash(bytes, 0, bytes.length);
    const coarse = coarseOf(skeletonText(bytes, 0, bytes.length));
    let id = known.get(hash);
    if (id === undefined && known.size < limit) {
      id = known.size;
      known.set(hash, id);
      all.hashes.push(hash);
      all.counts.push(0);
      all.coarse.push(coarse);
      all.messages.push(new TextDecoder().decode(bytes.subarray(0, SKELETON_BYTES)));
    }
    all.ids.push(id ?? SKELETON_COARSE + coarse);
    if (id === undefined) coarseCounts.set(coarse, (coarseCounts.get(coarse) ?? 0) + 1);
    else all.counts[id] = (all.counts[id] as number) + 1;
  }
  const overflow = [...coarseCounts.values()].reduce((sum, count) => sum + count, 0);
  return {
    ...all,
    count: known.size,
    overflow,
    coarseCounts: overflow === 0 ? null : [...coarseCounts].sort(([a], [b]) => a - b),
  };
}

interface Sample {
  readonly format: string;
  readonly text: string;
  readonly messages: readonly string[];
}

function iso(messages: readonly string[], lineEnd: string, head = ''): Sample {
  const lines = messages.map(
    (message, i) =>
      `2025-01-01 10:00:${String(i % 60).padStart(2, '0')} INFO ${message}${i % 5 === 3 ? `${lineEnd}  at more(${i})` : ''}`,
  );
  return {
    format: 'generic-iso',
    text: `${head}${lines.join(lineEnd)}`,
    messages: [...(head === '' ? [] : [head.trimEnd()]), ...messages],
  };
}

const WORDS = ['pool', 'took', 'größe', 'GET', 'user=', 'blk_-', '[ok]', 'a.b'];
const MESSAGES = Array.from({ length: 150 }, (_, i) =>
  [...Array(1 + (i % 4)).keys()].map((n) => `${WORDS[(i * 7 + n * 3) % WORDS.length]}${n === 1 ? i : ''}`).join(' '),
);
const GIANT = `${'word '.repeat(500)}end`;

const SAMPLES: Record<string, Sample> = {
  'lines that end in LF': iso(MESSAGES, '\n'),
  'lines that end in CR LF': iso(MESSAGES, '\r\n'),
  'a head that no format accepts': iso(MESSAGES, '\n', 'what came before 1\n'),
  'messages longer than take part': iso([GIANT, 'short', `${GIANT} 2`, `x${GIANT}`], '\n'),
  'JSON records, some without a message': {
    format: 'ecs-json',
    text: MESSAGES.map((message, i) =>
      i % 9 === 4
        ? `{"@timestamp":"2025-01-01T10:00:00Z","n":${i}}`
        : `{"@timestamp":"2025-01-01T10:00:00Z","message":"${message} \\"q\\" \\n"}`,
    ).join('\n'),
    messages: MESSAGES.map((message, i) =>
      i % 9 === 4 ? `{"@timestamp":"2025-01-01T10:00:00Z","n":${i}}` : `${message} \\"q\\" \\n`,
    ),
  },
  'empty lines and lines of digits alone': {
    format: 'plain',
    text: ['a', '', '12', '', '345', 'b 1'].join('\n'),
    messages: ['a', '', '12', '', '345', 'b 1'],
  },
};

describe.each(Object.entries(SAMPLES))('%s', (_, { format, text, messages }) => {
  const bytes = bytesOf(text);

  test.each([1, 7, 64, 65536])('in chunks of %i bytes, through a window and kept', async (chunkBytes) => {
    for (const keepsBytes of [false, true])
      expect(await load(specOf(bytes, format, { chunkBytes, keepsBytes }))).toEqual(wanted(messages));
  });

  test('by the portable kernels', async () => {
    expect(await load(specOf(bytes, format), true)).toEqual(wanted(messages));
  });

  test.each([1, 300, 8 * MIB])('restored from a file that was written in parts of %i bytes', async (partBytes) => {
    expect(await restored(specOf(bytes, format), partBytes)).toEqual(wanted(messages));
  });

  test.each([0, 1, 3])(
    'with room for %i skeletons, the others are told apart by how they begin',
    async (skeletonLimit) => {
      const spec = specOf(bytes, format, { skeletonLimit });
      expect(await load(spec)).toEqual(wanted(messages, skeletonLimit));
      expect(await load(spec, true)).toEqual(wanted(messages, skeletonLimit));
      expect(await restored(spec, 300)).toEqual(wanted(messages, skeletonLimit));
    },
  );

  test.each(['utf-16le', 'utf-16be'] as const)('in %s', async (encoding) => {
    const raw = new Uint8Array(text.length * 2);
    const view = new DataView(raw.buffer);
    for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), encoding === 'utf-16le');
    expect(await load(specOf(raw, format, { encoding, chunkBytes: 7 }))).toEqual(wanted(messages));
    expect(await restored(specOf(raw, format, { encoding }), 300)).toEqual(wanted(messages));
  });
});

test('any messages, any chunks, any limit: counts add up to the records', async () => {
  const word = fc.constantFrom(...WORDS, 'x1', '17', 'é', '--', '  ');
  const message = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => `m ${words.join(' ')} e`);
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 200 }),
      fc.constantFrom(0, 2, 10, 1000),
      fc.boolean(),
      fc.boolean(),
      async (messages, chunkBytes, skeletonLimit, keepsBytes, isPortable) => {
        const { text } = iso(messages, '\n');
        const spec = specOf(bytesOf(text), 'generic-iso', { chunkBytes, skeletonLimit, keepsBytes });
        const found = await load(spec, isPortable);
        expect(found).toEqual(wanted(messages, skeletonLimit));
        expect(found.counts.reduce((sum, count) => sum + count, 0) + found.overflow).toBe(messages.length);
        expect(await restored(spec, 300)).toEqual(found);
      },
    ),
    { ...SEED, numRuns: 60 },
  );
}, 60_000);

test('a shard without records has none', async () => {
  const found = await load(specOf(new Uint8Array(0), 'plain'));
  expect(found).toEqual(wanted([]));
  expect(await restored(specOf(new Uint8Array(0), 'plain'), 300)).toEqual(found);
});

test('many: the table grows, and ids follow the file', async () => {
  const messages = Array.from({ length: 30_000 }, (_, i) => letters(i));
  const bytes = bytesOf([...messages, ...messages].join('\n'));
  const api = await startHost();
  const report = await api.load(specOf(bytes, 'plain', { chunkBytes: 65536, windowBytes: 65536 }), 1);
  expect(report).toMatchObject({ skeletonCount: 30_000, skeletonOverflow: 0 });
  expect([...(await api.skeletonIds(KEY, 0, 60_000))]).toEqual([...messages.keys(), ...messages.keys()]);
  expect(textsOf(await api.skeletonMessages(KEY, Uint32Array.of(29_999, 0, 29_999)))).toEqual([
    messages[29_999],
    messages[0],
    messages[29_999],
  ]);
});

/** A word of its own for every number. */
function letters(n: number): string {
  return String.fromCharCode(...[n / 17576, n / 676, n / 26, n].map((part) => 97 + (Math.floor(part) % 26)));
}

describe('messages of more bytes than a shard keeps', () => {
  const messages = Array.from({ length: 7000 }, (_, i) => `${letters(i)} ${'filler '.repeat(120)}`.slice(0, 900));
  const bytes = bytesOf(messages.join('\n'));
  const ids = Uint32Array.of(6999, 0, 4000, 5000, 1, 6999, 4700, 4660, 4661);
  const texts = Array.from(ids, (id) => messages[id]);
  const spec = specOf(bytes, 'plain', { chunkBytes: 65536, windowBytes: 65536 });

  test.each([false, true])('are read again (resident: %s)', async (keepsBytes) => {
    const api = await startHost();
    const report = await api.load({ ...spec, keepsBytes }, 1);
    expect(report.columnBytes).toBeLessThan(6 * MIB);
    expect(textsOf(await api.skeletonMessages(KEY, ids))).toEqual(texts);
    await api.evict(KEY, { returnBytes: false });
    expect(textsOf(await api.skeletonMessages(KEY, ids))).toEqual(texts);
  });

  test('in UTF-16, and restored', async () => {
    const raw = new Uint8Array(bytes.length * 2);
    for (const [i, byte] of bytes.entries()) raw[i * 2] = byte;
    expect(
      (await load({ ...spec, ...specOf(raw, 'plain', { encoding: 'utf-16le', chunkBytes: 65536 }) })).messages,
    ).toEqual(messages);
    expect((await restored(spec, 8 * MIB)).messages).toEqual(messages);
  });

  test('fail when the shard is dropped meanwhile', async () => {
    const api = await startHost();
    await api.load(spec, 1);
    const asked = api.skeletonMessages(KEY, ids);
    await api.drop(KEY);
    await expect(asked).rejects.toSatisfy((error) => isFault(error, 'source-unknown'));
  });
});

test('an id that is none is refused', async () => {
  const api = await startHost();
  await api.load(specOf(bytesOf('a\nb\n'), 'plain'), 1);
  await expect(api.skeletonMessages(KEY, Uint32Array.of(2))).rejects.toThrow('skeleton 2 of 2');
});

test('answers are copies: they stay what they were when the shard is gone', async () => {
  const api = await startHost();
  await api.load(specOf(bytesOf('a 1\nb\n'), 'plain'), 1);
  const found = await api.skeletons(KEY);
  const messages = await api.skeletonMessages(KEY, Uint32Array.of(1, 0));
  await api.load(specOf(bytesOf('something else\n'), 'plain'), 1);
  expect(textsOf(messages)).toEqual(['b', 'a 1']);
  expect([...found.counts]).toEqual([1, 1]);
});

test('memory is given back with the shard, and so is what many skeletons took while it was indexed', async () => {
  const bytes = bytesOf(Array.from({ length: 200_000 }, (_, i) => letters(i)).join('\n'));
  const spec = specOf(bytes, 'plain', { chunkBytes: 65536, windowBytes: 65536 });
  const api = await startHost();
  const sizes: number[] = [];
  for (let round = 0; round < 4; round++) {
    const report = await api.load(spec, 1);
    const { columnBytes, memoryBytes } = await api.usage();
    expect(columnBytes).toBe(report.columnBytes);
    expect(columnBytes).toBeGreaterThan(200_000 * (13 + 24 + 4));
    sizes.push(memoryBytes);
    await api.drop(KEY);
    expect((await api.usage()).columnBytes).toBe(0);
  }
  expect(new Set(sizes.slice(1)).size).toBe(1);
});

test('a file whose skeletons were damaged is not believed', async () => {
  const { indexFiles, files } = createMemoryIndexCache();
  const api = await startHost({ indexFiles });
  const spec = specOf(bytesOf('first 1\nsecond 2\nfirst 3\n'), 'plain');
  const report = await api.load(spec, 1);
  await save(api, 8 * MIB);
  const file = files.get('a/0') as Uint8Array;
  const restore = () => api.restore(spec, { index: 'a', shard: 0, report }, 1);
  expect(await restore()).toMatchObject({ skeletonCount: 2 });
  for (let at = 3 * 13; at < 3 * 13 + 2 * 24 + 'first 1second 2'.length; at++) {
    file[at] = (file[at] as number) ^ 16;
    expect(await restore()).toBeNull();
    file[at] = (file[at] as number) ^ 16;
  }
  expect(await api.restore(spec, { index: 'a', shard: 0, report: { ...report, skeletonCount: 3 } }, 1)).toBeNull();
  expect(await restore()).toMatchObject({ skeletonCount: 2 });
});

test('there are as many classes as the column has room for below the ids', () => {
  expect(SKELETON_COARSE + COARSE_CLASSES).toBe(2 ** 32);
});
