/** The contract of the engine, in process and over a MessageChannel, with 1, 2 and 5 workers and chunks of any size. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isFault } from '../base/fault';
import { closeDoorsAfterEach, DOORS, inProcess, openSource as open, rowsOf } from '../testing/doors';
import { inProcessEngine, type InProcessOptions, textInput } from '../testing/in-process';
import type { EngineApi, Row } from './api';
import type { Filter } from './query/filter';

const ALL: Filter = { kind: 'all' };
closeDoorsAfterEach();

const SMALL = { cuts: { shardBytes: 600, windows: [64, 300] }, firstShardBytes: 200 };

const LOG = Array.from({ length: 120 }, (_, i) => {
  const time = new Date(Date.UTC(2025, 0, 1, 10) + i * 1500)
    .toISOString()
    .replace('T', ' ')
    .replace('Z', '')
    .replace('.', ',');
  const level = i % 17 === 3 ? 'ERROR' : i % 5 === 0 ? 'WARN ' : 'INFO ';
  const trace =
    i % 17 === 3
      ? '\njava.lang.IllegalStateException: pool is empty\n\tat com.acme.Pool.take(Pool.java:41)\n\tat com.acme.Main.main(Main.java:7)'
      : '';
  return `${time} ${level} [worker-${i % 4}] com.acme.Pool - request ${i} took ${i * 3} ms${trace}`;
}).join('\n');

describe.each(DOORS)('the engine %s', (_, start) => {
  test('tells what a log is: format, records, levels, span, first and last error', async () => {
    const engine = await start({});
    const summary = await open(engine, textInput(LOG));
    expect(summary).toMatchObject({
      state: 'open',
      kind: 'text',
      recordCount: 120,
      lineCount: 120 + 7 * 3,
      timeKind: 'zoneless',
      lineEnding: 'LF',
    });
    expect(summary.levelCounts).toEqual([0, 0, 0, 91, 22, 7, 0]);
    expect(summary.firstTime).toBe(Date.UTC(2025, 0, 1, 10));
    expect(summary.lastTime).toBe(Date.UTC(2025, 0, 1, 10) + 119 * 1500);
    expect(summary.format.score).toBeGreaterThan(0.8);
    expect(summary.firstError).not.toBeNull();
  });

  test('a stack trace stays with its record', async () => {
    const engine = await start({ tuning: SMALL });
    await open(engine, textInput(LOG));
    const rows = await rowsOf(engine, { kind: 'level', min: 'ERROR', max: null });
    expect(rows.map((row) => row.lineCount)).toEqual([4, 4, 4, 4, 4, 4, 4]);
    expect(rows[0]?.text).toContain('at com.acme.Main.main');
    expect(rows[0]?.text.slice(rows[0].messageStart)).toMatch(/^request 3 took 9 ms\n/);
    expect(rows[1]?.lineNumber).toBe(20 + 3 + 1);
  });

  test('a filter keeps what its parts say, and counts it', async () => {
    const engine = await start({ tuning: SMALL });
    await open(engine, textInput(LOG));
    const count = async (text: string) =>
      (await engine.select(await engine.parseFilter(text, { zone: 'UTC' }), { callId: 1 })).count;
    expect(await count('')).toBe(120);
    expect(await count('level>=warn')).toBe(29);
    expect(await count('POOL.JAVA')).toBe(0); // an upper-case letter makes it exact
    expect(await count('pool.java')).toBe(7);
    expect(await count('"worker-1" level:info')).toBe(
      (await rowsOf(engine, ALL)).filter((row) => row.text.includes('worker-1') && row.level === 'INFO').length,
    );
    expect(await count('/request 1\\d took/')).toBe(10);
    expect(await count('NOT level:info -level:warn')).toBe(7);
    expect(await count('time:[2025-01-01T10:01:00..2025-01-01T10:02:00]')).toBe(40);
    expect(await count('thread:worker-2 OR thread:worker-3')).toBe(60);
  });

  test('a mistake in a filter says where it is', async () => {
    const engine = await start({});
    await expect(engine.parseFilter('level>=warn (foo', { zone: 'UTC' })).rejects.toSatisfy(
      (error) => isFault(error, 'filter-syntax') && typeof error.details.at === 'number',
    );
    await expect(engine.select({ kind: 'regex', pattern: '(', flags: '' }, { callId: 1 })).rejects.toSatisfy((error) =>
      isFault(error, 'regex-syntax'),
    );
  });

  test('moves: by time, line, record, and to the next match', async () => {
    const engine = await start({ tuning: SMALL });
    const { id } = await open(engine, textInput(LOG));
    const { handle } = await engine.select(ALL, { callId: 1 });
    expect(await engine.positionAtTime(handle, Date.UTC(2025, 0, 1, 10) + 30_000)).toBe(20);
    expect(await engine.positionAtTime(handle, 0)).toBe(0);
    expect(await engine.positionAtTime(handle, Date.UTC(2026, 0))).toBe(120);
    expect(await engine.positionOfLine(handle, id, 6)).toBe(3); // inside the first stack trace
    const row = (await engine.rows(handle, 57, 1)).rows[0] as Row;
    expect(await engine.positionOf(handle, row.id)).toBe(57);
    const error: Filter = { kind: 'level', min: 'ERROR', max: null };
    expect(await engine.seek(handle, -1, 1, error, 2)).toBe(3);
    expect(await engine.seek(handle, 3, 1, error, 2)).toBe(20);
    expect(await engine.seek(handle, 20, -1, error, 2)).toBe(3);
    expect(await engine.seek(handle, 3, -1, error, 2)).toBeNull();
    expect(await engine.seek(handle, 119, 1, error, 2)).toBeNull();
  });

  test('a histogram adds up to the records with a time', async () => {
    const engine = await start({ tuning: SMALL });
    await open(engine, textInput(LOG));
    const { handle } = await engine.select(ALL, { callId: 1 });
    const bins = await engine.histogram(handle, { maxBins: 50 });
    expect(bins.counts.map((row) => row.reduce((sum, count) => sum + count, 0))).toEqual([0, 0, 0, 91, 22, 7, 0]);
    expect(bins.startMs % bins.binMs).toBe(0);
  });

  test('details hold the fields of a record and its bytes', async () => {
    const engine = await start({});
    await open(
      engine,
      textInput('{"ts":"2025-01-01T10:00:00Z","level":"warn","msg":"slow","http":{"status":503}}\n'.repeat(20)),
    );
    const row = (await rowsOf(engine, ALL))[4] as Row;
    const details = await engine.details(row.id);
    expect(details.fields).toContainEqual({ name: 'http.status', value: '503' });
    expect(new TextDecoder().decode(details.bytes)).toBe(row.text);
    expect(row).toMatchObject({ level: 'WARN', time: Date.UTC(2025, 0, 1, 10) });
  });

  test('two sources merge by time, equal times in the order they were opened', async () => {
    const engine = await start({ tuning: SMALL });
    const line = (seconds: number, text: string) =>
      `${new Date(Date.UTC(2025, 0, 1) + seconds * 1000).toISOString()} INFO ${text}`;
    const a = await open(
      engine,
      textInput(Array.from({ length: 50 }, (_, i) => line(i * 2, `a${i}`)).join('\n'), { name: 'a.log' }),
    );
    const b = await open(
      engine,
      textInput(Array.from({ length: 50 }, (_, i) => line(i * 2, `b${i}`)).join('\n'), { name: 'b.log' }),
    );
    const rows = await rowsOf(engine, ALL, [a.id, b.id]);
    expect(rows.map((row) => row.text.split(' ').pop())).toEqual(
      Array.from({ length: 100 }, (_, i) => `${i % 2 === 0 ? 'a' : 'b'}${i >> 1}`),
    );
    const { handle } = await engine.select(ALL, { callId: 1, sources: [a.id, b.id] });
    expect(await engine.positionOf(handle, (rows[61] as Row).id)).toBe(61);
    expect(await engine.positionAtTime(handle, Date.UTC(2025, 0, 1) + 10_000)).toBe(10);
    expect(await engine.seek(handle, 10, 1, { kind: 'text', text: 'b9', caseSensitive: true }, 3)).toBe(19);
    expect((await rowsOf(engine, { kind: 'source', name: 'b*' }, [a.id, b.id])).length).toBe(50);
  });

  test('every physical line is told once, with its record', async () => {
    const engine = await start({ tuning: SMALL });
    const { id, lineCount } = await open(engine, textInput(LOG));
    const lines = [];
    for (let first = 0; ; ) {
      const batch = await engine.lines(id, first, 17);
      if (batch.length === 0) break;
      lines.push(...batch);
      first += batch.length;
    }
    expect(lines.length).toBe(lineCount);
    expect(lines.filter((line) => line.message === null).length).toBe(21);
    expect(lines.map((line) => line.record)).toEqual([...lines.map((line) => line.record)].sort((x, y) => x - y));
  });

  test('closing a source ends its selections; an unknown source is a fault', async () => {
    const engine = await start({});
    const { id } = await open(engine, textInput(LOG));
    const { handle } = await engine.select(ALL, { callId: 1 });
    await engine.close(id);
    await expect(engine.rows(handle, 0, 1)).rejects.toSatisfy((error) => isFault(error, 'selection-unknown'));
    await expect(engine.whenOpened(id)).rejects.toSatisfy((error) => isFault(error, 'source-unknown'));
  });
});

async function openedPlain(text: string): Promise<EngineApi> {
  const engine = await inProcess({});
  await open(engine, textInput(text));
  return engine;
}

/** What a person sees of a log, apart from timings. */
async function portrait(options: InProcessOptions, text: string | Uint8Array): Promise<unknown> {
  const engine = await inProcess(options);
  const {
    timings: _timings,
    elapsedMs: _elapsed,
    startedAtMs: _started,
    residentBytes: _resident,
    columnBytes: _columns,
    skeletonCount: _skeletons,
    ...summary
  } = await open(engine, textInput(text));
  const rows = await rowsOf(engine, ALL);
  const some = await rowsOf(engine, {
    kind: 'and',
    of: [
      { kind: 'regex', pattern: '\\d\\d', flags: '' },
      { kind: 'not', of: { kind: 'text', text: 'INFO', caseSensitive: true } },
    ],
  });
  const { handle } = await engine.select(ALL, { callId: 1 });
  const bins = await engine.histogram(handle, { maxBins: 40 });
  return { summary, rows, some, bins };
}

describe('answers do not depend on how the work was cut', () => {
  test.each([1, 2, 5])('%i workers', async (workers) => {
    expect(await portrait({ workers, tuning: SMALL }, LOG)).toEqual(await portrait({ workers: 1 }, LOG));
  });

  test.each([1, 7, 64, 65536])('chunks of %i bytes', async (chunkBytes) => {
    expect(await portrait({ tuning: { chunkBytes } }, LOG)).toEqual(await portrait({}, LOG));
  });

  const SLIDING = { ...SMALL, keepBytes: 0, windowBytes: 64, chunkBytes: 32 };

  test.each([false, true])(
    'through a window that slides (portable kernels: %s), and through one that keeps',
    async (isPortable) => {
      expect(await portrait({ isPortable, tuning: SLIDING }, LOG)).toEqual(await portrait({ tuning: SMALL }, LOG));
      const long = `${LOG}\n2025-01-01 11:00:00,000 ERROR [main] com.acme.Pool - ${'größe '.repeat(400)}\u0000\n`;
      expect(await portrait({ isPortable, tuning: SLIDING }, long)).toEqual(await portrait({ tuning: SMALL }, long));
    },
  );

  test('from bytes that came into memory behind opening', async () => {
    const engine = await inProcess({ tuning: SLIDING, isInteractive: true });
    const { id } = await open(engine, textInput(LOG));
    const resident = async () => (await engine.health()).residentBytes;
    while ((await resident()) < LOG.length) await new Promise((resolve) => setImmediate(resolve));
    expect(await rowsOf(engine, ALL)).toEqual(await rowsOf(await openedPlain(LOG), ALL));
    await engine.configure({ budgetBytes: 1 });
    expect(await resident()).toBe(0);
    await engine.configure({ budgetBytes: 1e9 });
    while ((await resident()) < LOG.length) await new Promise((resolve) => setImmediate(resolve));
    await engine.close(id);
    expect(await resident()).toBe(0);
  });

  test('portable kernels and SIMD', async () => {
    expect(await portrait({ isPortable: true, tuning: SMALL }, LOG)).toEqual(await portrait({ tuning: SMALL }, LOG));
  });

  test('random bytes are all accounted for, whatever the cuts, and twins agree', async () => {
    const piece = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom(
          '\n',
          '\r\n',
          ' ',
          '\t',
          '2025-01-01 10:00:00,123 ',
          'ERROR ',
          '[main] ',
          'Jan  1 10:00:00 ',
          '{"a":"',
          '"}',
          'at x(Y.java:1)',
          '\u0000',
          '\u001b[31m',
          'ü€😀',
          '10:00:00 ',
        ),
      },
      { weight: 2, arbitrary: fc.string({ maxLength: 12 }) },
    );
    const bytes = fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((parts) => new TextEncoder().encode(parts.join(''))),
      fc.uint8Array({ maxLength: 400 }),
    );
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.constantFrom(1, 7, 64, 65536),
        fc.constantFrom(1, 2, 5),
        fc.boolean(),
        async (data, chunkBytes, workers, isPortable) => {
          const engine = await inProcessEngine({ workers, isPortable, tuning: { chunkBytes, ...SMALL } });
          const forced = { format: 'plain' };
          const summary = await open(engine, textInput(data, forced));
          const { handle, count } = await engine.select(ALL, { callId: 1 });
          const { rows } = await engine.rows(handle, 0, count);
          expect(summary.recordCount).toBe(count);
          // Records lie end to end from the first byte (behind a byte-order mark) to the last.
          if (rows.length > 0) expect(rows[0]?.id.offset).toBe(0);
          const offsets = rows.map((row) => row.id.offset);
          expect(offsets).toEqual([...new Set(offsets)].sort((x, y) => x - y));
          const whole = await engine.bytes(summary.id, 0, 1_000_000);
          expect(whole.length).toBe(summary.decodedBytes);
          if (summary.encoding === 'utf-8' && summary.lineEnding !== 'CR')
            expect([...whole]).toEqual([...data.subarray(data.length - whole.length)]);
          await engine.shutdown();
        },
      ),
      { seed: 7, numRuns: 150 },
    );
  }, 60_000);
});
