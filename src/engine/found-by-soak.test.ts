/** What the random tests have found, each in its smallest form. */
import { expect, test } from 'vitest';

import { inProcessEngine, textInput } from '../testing/in-process';
import type { EngineApi } from './api';
import type { Filter } from './query/filter';

const ALL: Filter = { kind: 'all' };

async function open(engine: EngineApi, text: string | Uint8Array, name = 'test.log') {
  return engine.whenOpened(await engine.open(textInput(text, { name })));
}

async function textsOf(engine: EngineApi, filter: Filter): Promise<string[]> {
  const { handle, count } = await engine.select(filter, { callId: 1 });
  return (await engine.rows(handle, 0, count)).rows.map((row) => row.text);
}

test('a pattern that can match nothing ends at a character of two UTF-16 units', async () => {
  const engine = await inProcessEngine();
  await open(engine, 'one 😀 two\n');
  expect(await textsOf(engine, { kind: 'regex', pattern: 'x*', flags: '' })).toEqual(['one 😀 two']);
});

test.each([
  ['\\u{41}', ['A 1']],
  ['\\u{41}*\\w', ['A 1', 'u 2', 'uuu 3']],
  ['[\\u{41}-\\u{42}] \\d', ['A 1']],
])('a code point in braces is a character, over plain ASCII too: %s', async (pattern, expected) => {
  const engine = await inProcessEngine();
  await open(engine, 'A 1\nu 2\nuuu 3\n');
  expect(await textsOf(engine, { kind: 'regex', pattern, flags: '' })).toEqual(expected);
});

test('a field equals a number however the number is written', async () => {
  const engine = await inProcessEngine();
  await open(engine, '{"time":"2025-01-01T10:00:00Z","level":"info","status":201}\n'.repeat(3));
  for (const value of ['201', '201.0', '2.01e2', '0xC9']) {
    const { count } = await engine.select({ kind: 'field', name: 'status', op: '=', value }, { callId: 1 });
    expect(count, value).toBe(3);
  }
});

test('a field that contains a k does not contain the Kelvin sign, as texts do not', async () => {
  const engine = await inProcessEngine();
  await open(engine, '{"time":"2025-01-01T10:00:00Z","level":"info","msg":"3 \u212a"}\n'.repeat(3));
  for (const value of ['k', '\u212a'])
    expect((await textsOf(engine, { kind: 'field', name: 'msg', op: '~', value })).length).toBe(value === 'k' ? 0 : 3);
});

/** Two sources whose records alternate, a first: a0 b0 a1 b1 … */
async function twoSources(): Promise<EngineApi> {
  const engine = await inProcessEngine();
  for (const name of ['a', 'b']) {
    const lines = Array.from({ length: 4 }, (_, i) => `2025-01-01T10:00:0${i}.000Z INFO ${name}${i}\n`);
    await open(engine, lines.join(''), name);
  }
  return engine;
}

test('the next hit of several sources lies behind where one is, though its source has none left', async () => {
  const engine = await twoSources();
  const { handle } = await engine.select(ALL, { callId: 1 });
  const a1: Filter = { kind: 'text', text: 'a1', caseSensitive: true }; // stands at 2
  expect(await engine.seek(handle, 1, 1, a1, 2)).toBe(2);
  expect(await engine.seek(handle, 3, 1, a1, 2)).toBeNull();
  expect(await engine.seek(handle, 3, -1, a1, 2)).toBe(2);
  expect(await engine.seek(handle, 7, -1, a1, 2)).toBe(2);
});

test('a record that several sources do not show stands before the next one shown, of any source', async () => {
  const engine = await twoSources();
  const all = await engine.select(ALL, { callId: 1 });
  const hidden = (await engine.rows(all.handle, 3, 1)).rows[0]; // b1; shown are a0 a1 a2 a3 b3
  const shown: Filter = {
    kind: 'or',
    of: [
      { kind: 'source', name: 'a' },
      { kind: 'text', text: 'b3', caseSensitive: true },
    ],
  };
  const { handle } = await engine.select(shown, { callId: 2 });
  expect(hidden?.text).toContain('b1');
  if (hidden !== undefined) expect(await engine.positionOf(handle, hidden.id)).toBe(2);
  expect(await engine.positionOfLine(handle, hidden?.id.source ?? 0, 2)).toBe(2);
});

test.each([0, 1, 2, 3, 4, 5, 6, 7])('a call made %i steps after its worker died is answered', async (steps) => {
  const workers: { die: (reason: string) => void }[] = [];
  const engine = await inProcessEngine({ workers: 1, onSpawn: (worker) => workers.push(worker) });
  await open(engine, '2025-01-01T10:00:00.000Z INFO here\n');
  workers[0]?.die('killed by the test');
  for (let step = 0; step < steps; step++) await Promise.resolve();
  expect(await textsOf(engine, { kind: 'text', text: 'here', caseSensitive: true })).toHaveLength(1);
});

test('a file that is a byte-order mark and nothing else has no bytes of text', async () => {
  const engine = await inProcessEngine();
  const { id, recordCount, decodedBytes } = await open(engine, Uint8Array.of(0xef, 0xbb, 0xbf));
  expect({ recordCount, decodedBytes, bytes: await engine.bytes(id, 0, 9) }).toEqual({
    recordCount: 0,
    decodedBytes: 0,
    bytes: new Uint8Array(0),
  });
});

test('the mark of UTF-16 before a NUL is a mark, not a character', async () => {
  const engine = await inProcessEngine();
  const text = `\ufeff\u0000${'2025-01-01 10:00:00 INFO hello\r\n'.repeat(9)}`;
  const { id, encoding, decodedBytes } = await open(engine, new Uint8Array(Buffer.from(text, 'utf16le')));
  expect({ encoding, decodedBytes }).toEqual({ encoding: 'utf-16le', decodedBytes: text.length - 1 });
  expect((await engine.bytes(id, 0, 3))[0]).toBe(0);
});

test('the next hit is found though no selection is kept for later', async () => {
  const engine = await inProcessEngine();
  await open(engine, Array.from({ length: 9 }, (_, i) => `2025-01-01T10:00:0${i}.000Z INFO n${i}\n`).join(''));
  await engine.configure({ keepSelections: 0 });
  const { handle } = await engine.select(ALL, { callId: 1 });
  expect(await engine.seek(handle, 0, 1, { kind: 'text', text: 'n5', caseSensitive: true }, 2)).toBe(5);
});
