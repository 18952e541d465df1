/** The verbs over an engine of arrays: what they ask for, and what they write. */
import { describe, expect, test } from 'vitest';

import { createFakeEngine, FAKE_DAY } from '../../testing/fake-engine';
import type { ParsedLine } from '../api';
import type { JsonList, Sink, Verb, VerbRequest, VerbResult } from './verb';
import { findVerb } from './verbs';

function createMemorySink(columns: number | null = null): Sink & { readonly text: () => string } {
  let text = '';
  const decoder = new TextDecoder();
  const write = (piece: string | Uint8Array) => {
    text += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
  };
  return {
    columns,
    hasColours: false,
    paint: (words) => words,
    write,
    line: (line) => write(`${line}\n`),
    json: (value) => write(`${JSON.stringify(value)}\n`),
    jsonList(head, key): JsonList {
      const items: unknown[] = [];
      return { item: (value) => void items.push(value), end: () => write(JSON.stringify({ ...head, [key]: items })) };
    },
    progress: () => undefined,
    drained: async () => undefined,
    text: () => text,
  };
}

type Fake = ReturnType<typeof createFakeEngine>;

async function runVerb(
  name: string,
  fake: Fake,
  request: Partial<VerbRequest> = {},
  columns: number | null = null,
): Promise<{ text: string; result: VerbResult }> {
  const sink = createMemorySink(columns);
  let lastCallId = 0;
  const result = await (findVerb(name) as Verb).run(
    fake.engine,
    { sources: fake.ids, operands: {}, options: {}, zone: 'UTC', nextCallId: () => (lastCallId += 1), ...request },
    sink,
  );
  expect(fake.openSelections.size, 'selections that were not released').toBe(0);
  expect(new Set(fake.callIds).size, 'call ids used twice').toBe(fake.callIds.length);
  return { text: sink.text(), result };
}

const APP = `10:00:00 INFO started
10:00:30 ERROR connection refused
  at pool.ts:41
  at main.ts:7
10:01:00 WARN slow
10:05:00 ERROR connection refused
`;
const WEB = `10:00:10 INFO GET /
10:04:00 ERROR connection reset
`;

describe('grep', () => {
  const grep = (filter: string, options: VerbRequest['options'] = {}, fake = createFakeEngine({ 'app.log': APP })) =>
    runVerb('grep', fake, { operands: { FILTER: filter }, options });

  test('prints records whole', async () => {
    expect((await grep('pool.ts')).text).toBe('10:00:30 ERROR connection refused\n  at pool.ts:41\n  at main.ts:7\n');
  });

  test('tells whether anything was found', async () => {
    expect((await grep('nowhere')).result).toBe('nothing');
    expect((await grep('slow')).result).toBe('found');
  });

  test('-n numbers every line; those that belong to a record have a dash', async () => {
    expect((await grep('pool.ts', { 'line-number': true })).text).toBe(
      '2:10:00:30 ERROR connection refused\n3-  at pool.ts:41\n4-  at main.ts:7\n',
    );
  });

  test('several files come one after the other, each line with its name', async () => {
    const fake = createFakeEngine({ 'app.log': APP, 'web.log': WEB });
    expect((await grep('connection', { 'max-count': 1 }, fake)).text).toBe(
      'app.log:10:00:30 ERROR connection refused\napp.log-  at pool.ts:41\napp.log-  at main.ts:7\nweb.log:10:04:00 ERROR connection reset\n',
    );
  });

  test('--merge orders by time over the files, and -m counts all of them', async () => {
    const fake = createFakeEngine({ 'app.log': APP, 'web.log': WEB });
    const { text } = await grep('ERROR', { merge: true, 'line-number': true }, fake);
    expect(text.match(/^\w+\.log:\d+/gm)).toEqual(['app.log:2', 'web.log:2', 'app.log:6']);
    const first = await grep(
      'ERROR',
      { merge: true, 'max-count': 2 },
      createFakeEngine({ 'app.log': APP, 'web.log': WEB }),
    );
    expect(first.text.match(/^\w+\.log:/gm)).toEqual(['app.log:', 'web.log:']);
  });

  test('-c counts records, per file', async () => {
    expect((await grep('connection', { count: true })).text).toBe('2\n');
    const fake = createFakeEngine({ 'app.log': APP, 'web.log': WEB });
    expect((await grep('connection', { count: true, merge: true }, fake)).text).toBe('app.log:2\nweb.log:1\n');
    const asJson = await grep(
      'connection',
      { count: true, json: true },
      createFakeEngine({ 'app.log': APP, 'web.log': WEB }),
    );
    expect(asJson.text).toBe('{"file":"app.log","count":2}\n{"file":"web.log","count":1}\n');
  });

  test('-v keeps the others, and -q prints nothing', async () => {
    expect((await grep('connection', { 'invert-match': true })).text).toBe(
      '10:00:00 INFO started\n10:01:00 WARN slow\n',
    );
    expect(await grep('connection', { quiet: true })).toEqual({ text: '', result: 'found' });
  });

  test('--since and --until are asked of the engine in brackets, and joined with the filter', async () => {
    const fake = createFakeEngine({ 'app.log': APP });
    const { text } = await grep('connection', { since: '10:01', until: '11:00' }, fake);
    expect(fake.asked).toEqual(['connection', 'time:[10:01..11:00]']);
    expect(text).toBe('10:05:00 ERROR connection refused\n');
  });

  test('-v turns the filter round, not the times', async () => {
    expect((await grep('connection', { 'invert-match': true, since: '10:01' })).text).toBe('10:01:00 WARN slow\n');
  });

  test('what is no time is told with its option', async () => {
    await expect(grep('x', { since: 'yesterday]' })).rejects.toMatchObject({
      code: 'filter-syntax',
      details: { option: 'since' },
    });
  });

  test.each([1, 5, 20])('a record cut at %i characters is still printed whole', async (cutAt) => {
    const fake = createFakeEngine({ 'app.log': APP }, { cutAt });
    expect((await grep('connection', { 'line-number': true }, fake)).text).toBe(
      '2:10:00:30 ERROR connection refused\n3-  at pool.ts:41\n4-  at main.ts:7\n6:10:05:00 ERROR connection refused\n',
    );
    expect((await grep('', {}, createFakeEngine({ 'app.log': APP }, { cutAt }))).text).toBe(APP);
    const asJson = await grep('slow', { json: true }, createFakeEngine({ 'app.log': APP }, { cutAt }));
    expect(JSON.parse(asJson.text)).toMatchObject({ text: '10:01:00 WARN slow' });
  });

  test('a record of several MiB is read a piece at a time', async () => {
    const long = `10:00:00 INFO ${'ä'.repeat(1_500_000)}\n`;
    expect((await grep('', {}, createFakeEngine({ a: long }, { cutAt: 100 }))).text).toBe(long);
  });

  test('pieces of one long line come out as one line', async () => {
    const fake = createFakeEngine({ a: '10:00:00 abc10:00:00 def\n10:00:01 ghi\n' });
    const rowsOf = fake.engine.rows.bind(fake.engine);
    fake.engine.rows = async (...asked) => {
      const window = await rowsOf(...asked);
      const [line, last] = window.rows;
      if (!line || !last) return window;
      const piece = { ...line, isPiece: true, isCut: false, textBytes: 12, text: '10:00:00 abc' };
      const rows = [piece, { ...piece, id: { source: 0, offset: 12 }, text: '10:00:00 def' }, last];
      return { ...window, rows };
    };
    expect((await grep('', { 'line-number': true }, fake)).text).toBe('1:10:00:00 abc10:00:00 def\n2:10:00:01 ghi\n');
  });

  test('more records than a batch come in order and once', async () => {
    const log = Array.from({ length: 1300 }, (_, index) => `10:00:00 INFO ${index}\n`).join('');
    expect((await grep('', {}, createFakeEngine({ a: log }))).text).toBe(log);
  });

  test('--json has one object a record', async () => {
    const { text } = await grep('connection', { json: true });
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        file: 'app.log',
        line: 2,
        lines: 3,
        offset: 22,
        time: FAKE_DAY + 36_030_000,
        fraction: '',
        level: 'ERROR',
        message: 15,
        text: '10:00:30 ERROR connection refused\n  at pool.ts:41\n  at main.ts:7',
      },
      {
        file: 'app.log',
        line: 6,
        lines: 1,
        offset: APP.lastIndexOf('10:05'),
        time: FAKE_DAY + 36_300_000,
        fraction: '',
        level: 'ERROR',
        message: 15,
        text: '10:05:00 ERROR connection refused',
      },
    ]);
  });
});

describe('parse', () => {
  test('--json has an entry for every physical line', async () => {
    const { text } = await runVerb('parse', createFakeEngine({ 'app.log': APP }), { options: { json: true } });
    const answer = JSON.parse(text) as { lines: unknown[] };
    expect(Object.keys(answer)).toEqual(['format', 'reason', 'lines']);
    expect(answer.lines).toHaveLength(6);
    expect(answer.lines.slice(1, 3)).toEqual([
      { record: 1, time: FAKE_DAY + 36_030_000, level: 'ERROR', message: 15 },
      { record: 1, time: FAKE_DAY + 36_030_000, level: 'ERROR', message: null },
    ]);
  });

  test('more lines than a batch come in order and once', async () => {
    const log = Array.from({ length: 20_000 }, () => '10:00:00 INFO x\n').join('');
    const { text } = await runVerb('parse', createFakeEngine({ a: log }), { options: { json: true } });
    expect((JSON.parse(text) as { lines: ParsedLine[] }).lines.map((line) => line.record)).toEqual(
      Array.from({ length: 20_000 }, (_, index) => index),
    );
  });

  test('the table has line, time, level and message, and is cut at the width of the screen', async () => {
    const { text } = await runVerb('parse', createFakeEngine({ 'app.log': APP }), {}, 60);
    expect(text.split('\n').slice(3, 6)).toEqual([
      '   1  2025-01-01 10:00:00.000  INFO   started',
      '   2  2025-01-01 10:00:30.000  ERROR  connection refused',
      '   3                                    at pool.ts:41',
    ]);
    expect(
      Math.max(
        ...text
          .split('\n')
          .slice(2)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(60);
    expect(
      (await runVerb('parse', createFakeEngine({ a: '10:00:00 INFO a very long message indeed\n' }), {}, 50)).text,
    ).toContain('INFO   a very long…\n');
  });

  test('columns that no record fills are left out', async () => {
    const { text } = await runVerb('parse', createFakeEngine({ a: 'just\n' }));
    expect(text.trimEnd().split('\n').at(-1)).toBe('   1  just');
  });

  test('an empty file is told, not an error', async () => {
    const { text, result } = await runVerb('parse', createFakeEngine({ a: '' }), { options: { json: true } });
    expect(JSON.parse(text)).toEqual({ format: 'drawn', reason: 'a clock in every line', lines: [] });
    expect(result).toBe('nothing');
  });
});

describe('triage', () => {
  test('tells span, levels, format, errors and problems', async () => {
    const problems = [{ code: 'no-time', count: 2, first: { source: 0, offset: 22 } }];
    const { text } = await runVerb('triage', createFakeEngine({ 'app.log': APP }, { summary: { problems } }), {}, 80);
    expect(text.split('\n').slice(0, 10)).toEqual([
      'app.log  140 B, 6 lines, 4 records',
      'format       Drawn (drawn): a clock in every line',
      'span         2025-01-01 10:00:00.000 → 2025-01-01 10:05:00.000 (5 min); the times have no date: taken from when the file was last changed, read as UTC',
      'levels       ERROR 2   WARN 1   INFO 1',
      'first error  line 2: 10:00:30 ERROR connection refused (and 2 lines)',
      'last error   line 6: 10:05:00 ERROR connection refused',
      'patterns     3 patterns, 1 with errors',
      '             2  connection refused',
      'problem      2 records have no time, first in line 2',
      '',
    ]);
    expect(text).toContain('█ error, fatal');
  });

  test('within a range, counts and errors are of the range', async () => {
    const { text } = await runVerb('triage', createFakeEngine({ 'app.log': APP }), { options: { since: '10:01' } }, 80);
    expect(text).toContain('range        2 records of 4');
    expect(text).toContain('levels       ERROR 1   WARN 1\n');
    expect(text).toContain('only error   line 6');
  });

  test('--json has the same facts of every file', async () => {
    const { text } = await runVerb('triage', createFakeEngine({ 'app.log': APP, 'web.log': WEB }), {
      options: { json: true },
    });
    const { sources } = JSON.parse(text) as {
      sources: { file: string; levels: object; firstError: object; histogram: { counts: Record<string, number[]> } }[];
    };
    expect(sources.map((source) => source.file)).toEqual(['app.log', 'web.log']);
    expect(sources[0]?.levels).toEqual({ NONE: 0, TRACE: 0, DEBUG: 0, INFO: 1, WARN: 1, ERROR: 2, FATAL: 0 });
    expect(sources[0]?.firstError).toMatchObject({ line: 2, lines: 3, level: 'ERROR' });
    expect(sources[0]?.histogram.counts.ERROR).toEqual([1, 0, 0, 0, 0, 1]);
  });

  test('a file without times and levels says so, and has no chart', async () => {
    const { text } = await runVerb(
      'triage',
      createFakeEngine({ a: 'just\ntext\n' }, { summary: { timeKind: 'none' } }),
    );
    expect(text).toContain('no record has a time');
    expect(text).toContain('no record has a level: 1');
    expect(text).not.toContain('┤');
  });

  test('an empty file is told in two lines', async () => {
    expect((await runVerb('triage', createFakeEngine({ a: '' }))).text).toBe(
      'a  0 B, 0 lines, 0 records\nkind         empty: there is nothing to tell\n',
    );
  });

  test('a log cannot steer the terminal', async () => {
    const { text } = await runVerb('triage', createFakeEngine({ a: '10:00:00 ERROR \u001b[2J\n' }));
    expect(text).toContain('␛[2J');
    expect(text).not.toContain('\u001b');
  });
});
