/** Context around kept records, and what rows bring along: hits, highlights, values. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isFault } from '../base/fault';
import { closeDoorsAfterEach, DOORS, inProcess, openSource, rowsOf } from '../testing/doors';
import { inProcessEngine, textInput } from '../testing/in-process';
import { SMALL_SHARDS } from '../testing/random-bytes';
import type { EngineApi } from './api';
import { reachesOf } from './context';
import type { Filter } from './query/filter';
import type { ShardApi } from './shard/shard-api';

closeDoorsAfterEach();

/** For slow machines with much else to do. */
const LIMIT_MS = 60_000;

const text = (wanted: string): Filter => ({ kind: 'text', text: wanted, caseSensitive: true });

/** A record per letter, a second apart; about 38 bytes each, so that SMALL_SHARDS hold a few. */
function letters(drawn: string, startSeconds = 0, stepSeconds = 1): string {
  return Array.from(drawn, (letter, i) => {
    const time = new Date(Date.UTC(2025, 0, 1) + (startSeconds + i * stepSeconds) * 1000).toISOString();
    return `${time} INFO n=${i} ${letter}\n`;
  }).join('');
}

/** grep -B -A over letters: kept ones stay, their context in lower case, the rest goes. */
function grep(drawn: string, letter: string, before: number, after: number): string {
  return Array.from(drawn, (one, i) => {
    if (one === letter) return one;
    return drawn.slice(Math.max(0, i - after), i + before + 1).includes(letter) ? one.toLowerCase() : '';
  }).join('');
}

async function shown(engine: EngineApi, handle: number, count: number): Promise<string> {
  const { rows } = await engine.rows(handle, 0, count + 5);
  return rows.map((row) => (row.isContext ? row.text.slice(-1).toLowerCase() : row.text.slice(-1))).join('');
}

describe.each(DOORS)('the engine %s', (_, start) => {
  test('shows records around those that a filter keeps', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(letters('AAAXAAAAAXXAA')));
    const info = await engine.select(text(' X'), { callId: 1, context: { before: 1, after: 2 } });
    expect(info).toMatchObject({ count: 9, keptCount: 3, total: 13 });
    const { rows } = await engine.rows(info.handle, 0, 20);
    expect(rows.map((row) => row.lineNumber)).toEqual([3, 4, 5, 6, 9, 10, 11, 12, 13]);
    expect(rows.map((row) => row.isContext)).toEqual([true, false, true, true, true, false, false, true, true]);
    expect(rows.map((row) => row.hits.length / 2)).toEqual([0, 1, 0, 0, 0, 1, 1, 0, 0]);
    expect((await engine.histogram(info.handle, { maxBins: 100 })).counts[3]?.reduce((a, b) => a + b)).toBe(9);
  });

  test('looks on among context', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(letters('AYAXYAAAAYXXAY')));
    const { handle } = await engine.select(text(' X'), { callId: 1, context: { before: 1, after: 1 } });
    expect(await shown(engine, handle, 7)).toBe('aXyyXXa');
    expect(await engine.seek(handle, -1, 1, text(' Y'), 2)).toBe(2);
    expect(await engine.seek(handle, 2, 1, text(' Y'), 2)).toBe(3);
    expect(await engine.seek(handle, 3, 1, text(' Y'), 2)).toBeNull();
    expect(await engine.seek(handle, 7, -1, text(' Y'), 2)).toBe(3);
    expect(await engine.seek(handle, 0, 1, { kind: 'all' }, 2)).toBe(1);
  });

  test('context stays in its source when several are merged', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(letters('ABCXDEF', 0, 2), { name: 'a.log' }));
    await openSource(engine, textInput(letters('GHIKLMN', 1, 2), { name: 'b.log' }));
    const info = await engine.select(text(' X'), { callId: 1, context: { before: 2, after: 1 } });
    expect(info).toMatchObject({ count: 4, keptCount: 1, order: 'time' });
    expect(await shown(engine, info.handle, 4)).toBe('bcXd');
    const both = await engine.select(
      { kind: 'or', of: [text(' X'), text(' K')] },
      { callId: 1, context: { before: 1, after: 1 } },
    );
    expect(await shown(engine, both.handle, 6)).toBe('ciXKdl');
    expect(await engine.seek(both.handle, 1, 1, text(' L'), 2)).toBe(5);
  });

  test('rows bring hits of another filter, highlights and values', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(letters('AXAYXA')));
    const rows = await rowsOf(engine, { kind: 'all' }, undefined, {
      hits: text('n=4'),
      highlights: [
        { kind: 'and', of: [text(' X'), text('INFO')] },
        { kind: 'level', min: 'ERROR', max: null },
        { kind: 'regex', pattern: 'n=[13]', flags: '' },
        { kind: 'time', start: Date.UTC(2025, 0, 1) + 4000, end: null },
      ],
      fields: ['n', 'nothing'],
    });
    expect(rows.map((row) => row.hits)).toEqual([[], [], [], [], [30, 33], []]);
    expect(rows.map((row) => row.keptBy)).toEqual([[], [0, 2], [], [2], [0, 3], [3]]);
    expect(rows[1]?.highlights).toEqual([25, 29, 0, 30, 33, 2, 33, 35, 0]);
    expect(rows[3]?.highlights).toEqual([30, 33, 2]);
    const plain = await rowsOf(engine, { kind: 'all' });
    expect(plain[0]).toMatchObject({ hits: [], highlights: [], keptBy: [], values: [], isContext: false });
  });

  test('values are those of fields, the first of each name', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    const line = (i: number) =>
      `{"ts":"2025-01-01T10:00:0${i}Z","level":"warn","msg":"m${i}","http":{"status":${200 + i}}}\n`;
    await openSource(engine, textInput([0, 1, 2, 3].map(line).join('')));
    const rows = await rowsOf(engine, { kind: 'all' }, undefined, { fields: ['http.status', 'msg', 'no'] });
    expect(rows.map((row) => row.values)).toEqual([0, 1, 2, 3].map((i) => [String(200 + i), `m${i}`, null]));
  });

  test('a mistake in a highlight is told', async () => {
    const engine = await start({});
    await openSource(engine, textInput(letters('AX')));
    const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
    const bad: Filter = { kind: 'regex', pattern: '(', flags: '' };
    await expect(engine.rows(handle, 0, 2, { highlights: [bad] })).rejects.toSatisfy((e) => isFault(e, 'regex-syntax'));
    expect((await engine.rows(handle, 0, 2)).rows.length).toBe(2);
  });
});

test('the reach of context over seams, through shards that keep nothing', () => {
  const shards = [
    { recordCount: 3, ends: { first: 2, last: 2 } },
    { recordCount: 2, ends: null },
    { recordCount: 0, ends: null },
    { recordCount: 9, ends: { first: 4, last: 4 } },
  ];
  expect(reachesOf(shards, { before: 6, after: 4 })).toEqual([
    { head: 0, tail: 0 },
    { head: 2, tail: 2 },
    { head: 0, tail: 0 },
    { head: 2, tail: 0 },
  ]);
});

test(
  'context is what grep -B -A shows, however shards are cut',
  async () => {
    const drawn = fc
      .array(fc.constantFrom('A', 'A', 'A', 'A', 'A', 'A', 'A', 'A', 'X'), { maxLength: 120 })
      .map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(
        drawn,
        fc.nat(40),
        fc.nat(40),
        fc.constantFrom(1, 2, 5),
        fc.constantFrom(300, 600, 100_000),
        async (log, before, after, workers, shardBytes) => {
          const tuning = { ...SMALL_SHARDS, cuts: { ...SMALL_SHARDS.cuts, shardBytes } };
          const engine = await inProcessEngine({ workers, tuning });
          await openSource(engine, textInput(letters(log)));
          const info = await engine.select(text(' X'), { callId: 1, context: { before, after } });
          const expected = grep(log, 'X', before, after);
          expect(await shown(engine, info.handle, info.count)).toBe(expected);
          expect(info.count).toBe(expected.length);
          expect(info.keptCount).toBe(expected.replaceAll('a', '').length);
          await engine.shutdown();
        },
      ),
      { seed: 20261120, numRuns: 120 },
    );
  },
  LIMIT_MS,
);

test('context reaches over a seam once the next shard is there', async () => {
  const engine = await inProcess({ tuning: { ...SMALL_SHARDS, cuts: { ...SMALL_SHARDS.cuts, shardBytes: 300 } } });
  const whole = letters(`${'A'.repeat(50)}X`);
  const bytes = new TextEncoder().encode(whole);
  const part = bytes.subarray(0, whole.indexOf('n=50 ') - 30);
  const { id } = await openSource(engine, textInput(part));
  const ask = () =>
    engine.select({ kind: 'text', text: ' X', caseSensitive: true }, { callId: 1, context: { before: 20, after: 0 } });
  const early = await ask();
  expect(early.count).toBe(0);
  await engine.refresh(id, { kind: 'memory', bytes, size: bytes.length }, 0);
  const late = await ask();
  expect(late).toMatchObject({ count: 21, keptCount: 1 });
  expect(await shown(engine, early.handle, 30)).toBe(`${'a'.repeat(20)}X`);
});

describe('context whose ground moves', () => {
  const drawn = 'AAXAAAAAAAXAAAAAAAAAAAXXAAAAAAAAAAAAAAAAAAXA';
  const tuning = { ...SMALL_SHARDS, cuts: { ...SMALL_SHARDS.cuts, shardBytes: 300 } };

  test('is made again when the workers that held it are gone', async () => {
    const shards: ((reason: string) => void)[] = [];
    const engine = await inProcess({ workers: 2, tuning, onSpawn: ({ die }) => shards.push(die) });
    await openSource(engine, textInput(letters(drawn)));
    const info = await engine.select(text(' X'), { callId: 1, context: { before: 1, after: 3 } });
    const expected = grep(drawn, 'X', 1, 3);
    expect(await shown(engine, info.handle, info.count)).toBe(expected);
    shards[0]?.('pulled');
    expect(await shown(engine, info.handle, info.count)).toBe(expected);
    shards[1]?.('pulled');
    shards[2]?.('pulled');
    expect((await engine.overview(info.handle, 1, text(' X'), 2)).hits).toEqual(Uint32Array.of(5));
    expect(await shown(engine, info.handle, info.count)).toBe(expected);
  });

  test('follows times that are set right', async () => {
    const engine = await inProcess({ workers: 2, tuning });
    const { id } = await openSource(engine, textInput(letters(drawn)));
    const filter: Filter = { kind: 'time', start: Date.UTC(2025, 0, 1) + 10_000, end: Date.UTC(2025, 0, 1) + 11_000 };
    const info = await engine.select(filter, { callId: 1, context: { before: 2, after: 1 } });
    const numbers = async () => (await engine.rows(info.handle, 0, 9)).rows.map((row) => row.lineNumber);
    expect(await numbers()).toEqual([9, 10, 11, 12]);
    await engine.setOffset(id, 5000);
    expect(await numbers()).toEqual([4, 5, 6, 7]);
    expect(await engine.seek(info.handle, -1, 1, filter, 2)).toBe(2);
    await engine.setOffset(id, 0);
    expect(await engine.seek(info.handle, 4, -1, text(' X'), 2)).toBe(2);
  });

  test('holds what it is made of as long as it is held itself, and no longer', async () => {
    const workers: ShardApi[] = [];
    const engine = await inProcess({ workers: 2, tuning, onSpawn: ({ handle }) => workers.push(handle.api) });
    await engine.configure({ keepSelections: 0 });
    await openSource(engine, textInput(letters(drawn)));
    const bytes = async () => {
      await new Promise((resolve) => setTimeout(resolve, 0)); // one turn: what is forgotten is not waited for
      const usages = await Promise.all(workers.map((worker) => worker.usage()));
      return usages.reduce((sum, usage) => sum + usage.selectionBytes, 0);
    };
    const info = await engine.select(text(' X'), { callId: 1, context: { before: 1, after: 1 } });
    expect(await engine.seek(info.handle, -1, 1, text(' A'), 2)).toBe(0);
    expect(await engine.seek(info.handle, 0, 1, text(' A'), 2)).toBe(2);
    const held = await bytes();
    const plain = await engine.select(text(' X'), { callId: 1 });
    expect(await bytes()).toBe(held);
    await engine.release(plain.handle);
    expect(await shown(engine, info.handle, info.count)).toBe(grep(drawn, 'X', 1, 1));
    await engine.release(info.handle);
    expect(await bytes()).toBe(0);
  });

  test('grows while a source is still being opened', async () => {
    const long = drawn.repeat(30);
    const engine = await inProcess({ workers: 2, tuning: { ...tuning, chunkBytes: 64 } });
    const id = await engine.open(textInput(letters(long)));
    const handles: number[] = [];
    for (let round = 0; round < 12; round++) {
      const info = await engine.select(text(' X'), { callId: 1, context: { before: 5, after: 2 } });
      handles.push(info.handle);
      await engine.rows(info.handle, 0, 50);
    }
    await engine.whenOpened(id);
    const expected = grep(long, 'X', 5, 2);
    for (const handle of handles) expect(await shown(engine, handle, expected.length)).toBe(expected);
  });
});
