/** Encodings from before Unicode through the engine: found, chosen, cut, kept as they are, and read again. */

import { describe, expect, test } from 'vitest';

import { closeDoorsAfterEach, inProcess, openSource as open, rowsOf } from '../testing/doors';
import { textInput } from '../testing/in-process';
import { encodeLegacy } from '../testing/legacy-texts';
import type { SourceInput } from './api';
import type { LegacyEncoding } from './source/legacy-encodings';

closeDoorsAfterEach();

const ALL = { kind: 'all' } as const;

function inputOf(bytes: Uint8Array): SourceInput {
  return { ...textInput(''), bytes: { kind: 'memory', bytes, size: bytes.length } };
}

const LINES = (sentences: readonly string[]) =>
  Array.from(
    { length: 60 },
    (_, i) =>
      `${new Date(Date.UTC(2024, 0, 15, 10, 0, i)).toISOString()} ${i % 7 === 0 ? 'ERROR' : 'INFO'} ${sentences[i % sentences.length]} ${i}${i % 9 === 4 ? `\n\tat ${sentences[0]}` : ''}`,
  );

const CASES: readonly (readonly [LegacyEncoding, readonly string[], string])[] = [
  ['windows-1252', ['Größe überschritten', 'nächster Versuch für Öl'], 'größe'],
  ['windows-1251', ['Ошибка чтения файла', 'соединение с сервером прервано'], 'сервером'],
  ['shift_jis', ['サーバーへの接続が切断されました', 'ファイルの読み込みに失敗しました'], '失敗'],
  ['gb18030', ['与服务器的连接已断开', '数据库更新完成，没有错误'], '数据库'],
];

describe.each(CASES)('a log in %s', (encoding, sentences, word) => {
  const lines = LINES(sentences);
  const bytes = encodeLegacy(`${lines.join('\n')}\n`, encoding);

  test.each([1, 7, 64, 65536])('is found and read, chunks of %i bytes, small shards', async (chunkBytes) => {
    const tuning = { chunkBytes, cuts: { shardBytes: 600, windows: [64, 300] }, firstShardBytes: 200 };
    const engine = await inProcess({ tuning });
    const summary = await open(engine, inputOf(bytes));
    expect(summary).toMatchObject({ kind: 'text', encoding, isEncodingForced: false, recordCount: 60 });
    expect(summary.encodingReason).toMatch(/^no UTF-8; /);
    expect(summary.problems.map((problem) => problem.code)).not.toContain('invalid-utf8');
    expect((await rowsOf(engine, ALL)).map((row) => row.text)).toEqual(lines);
    const found = await rowsOf(engine, await engine.parseFilter(word, { zone: 'UTC' }));
    expect(found.length).toBe(lines.filter((line) => line.toLowerCase().includes(word)).length);
    expect(summary.sizeBytes).toBe(bytes.length);
  });

  test('is read in another encoding when a person says so, and as found again', async () => {
    const engine = await inProcess({});
    const summary = await open(engine, inputOf(bytes));
    await engine.forceEncoding(summary.id, 'koi8-r');
    expect(await engine.whenOpened(summary.id)).toMatchObject({
      encoding: 'koi8-r',
      isEncodingForced: true,
      encodingReason: 'chosen by you',
    });
    expect((await rowsOf(engine, ALL))[0]?.text).not.toBe(lines[0]);
    await engine.forceEncoding(summary.id, null);
    expect(await engine.whenOpened(summary.id)).toMatchObject({ encoding, isEncodingForced: false });
    expect((await rowsOf(engine, ALL))[0]?.text).toBe(lines[0]);
  });

  test('opens in the encoding that was chosen before', async () => {
    const engine = await inProcess({});
    const ascii = new TextEncoder().encode('2024-01-15 10:00:00 INFO all ASCII\n');
    expect(await open(engine, { ...inputOf(ascii), encoding })).toMatchObject({ encoding, isEncodingForced: true });
  });

  test('shows it only far behind its head', async () => {
    const engine = await inProcess({});
    const head = new TextEncoder().encode('2024-01-15T09:00:00.000Z INFO nothing but ASCII here\n'.repeat(6000));
    const joined = new Uint8Array(head.length + bytes.length * 40);
    joined.set(head);
    for (let i = 0; i < 40; i++) joined.set(bytes, head.length + i * bytes.length);
    expect(await open(engine, inputOf(joined))).toMatchObject({ encoding, recordCount: 6000 + 60 * 40 });
  });
});

test('an encoding that does not exist is told, and changes nothing', async () => {
  const engine = await inProcess({});
  const summary = await open(engine, textInput('2024-01-15 10:00:00 INFO ok\n'));
  await expect(engine.forceEncoding(summary.id, 'utf-9')).rejects.toMatchObject({ code: 'encoding-unknown' });
  await expect(engine.open({ ...textInput('x'), encoding: 'ebcdic' })).rejects.toMatchObject({
    code: 'encoding-unknown',
  });
  expect(await rowsOf(engine, ALL)).toHaveLength(1);
});
