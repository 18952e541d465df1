import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { describeBinary } from './binary-kinds';
import { detectHead } from './encoding';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16le = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
const utf16be = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16());
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

const LOG = '2026-05-19 14:06:31,207 ERROR [db.Pool] pool is empty\n\tat Pool.take(Pool.java:41)\n'.repeat(20);

describe('the encoding', () => {
  test.each([
    ['ASCII', utf8(LOG), 'utf-8', 0],
    ['UTF-8', utf8(`${LOG}größe 日本 🎉\n`), 'utf-8', 0],
    ['UTF-8 with a mark', joined(Uint8Array.of(0xef, 0xbb, 0xbf), utf8(LOG)), 'utf-8', 3],
    ['UTF-16 LE with a mark', joined(Uint8Array.of(0xff, 0xfe), utf16le(LOG)), 'utf-16le', 2],
    ['UTF-16 BE with a mark', joined(Uint8Array.of(0xfe, 0xff), utf16be(LOG)), 'utf-16be', 2],
    ['UTF-16 LE without a mark', utf16le(LOG), 'utf-16le', 0],
    ['UTF-16 BE without a mark', utf16be(LOG), 'utf-16be', 0],
    [
      'Japanese UTF-16 LE without a mark',
      utf16le('2026-05-19 14:06:31 接続プールが空です。再試行します。\r\n'.repeat(9)),
      'utf-16le',
      0,
    ],
    [
      'Japanese UTF-16 BE without a mark',
      utf16be('2026-05-19 14:06:31 接続プールが空です。再試行します。\r\n'.repeat(9)),
      'utf-16be',
      0,
    ],
    ['Japanese UTF-8', utf8('接続プールが空です。再試行します。\n'.repeat(9)), 'utf-8', 0],
    [
      'Latin-1',
      new Uint8Array(Buffer.from('10:06 Fehler: größere Zählung über Öl\n'.repeat(9), 'latin1')),
      'windows-1252',
      0,
    ],
  ] as const)('of %s is found', (_name, head, encoding, bomBytes) => {
    const facts = detectHead(head);
    expect(facts).toMatchObject({ kind: 'text', encoding, bomBytes });
    expect(facts.reason.length).toBeGreaterThan(3);
  });

  test('is found when the head ends in the middle of a character', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 900 }), (length) => {
        expect(detectHead(utf16le(LOG).subarray(0, length)).encoding).toBe('utf-16le');
        expect(detectHead(utf8('größe 日本 🎉\n'.repeat(60)).subarray(0, length)).kind).toBe('text');
      }),
      { seed: 21, numRuns: 100 },
    );
  });
});

describe('the line end', () => {
  test.each([
    ['LF', 'a\nb\n', 'LF'],
    ['CRLF', 'a\r\nb\r\n', 'CRLF'],
    ['CR alone', 'a\rb\rc', 'CR'],
    ['a lone CR among LF lines', 'progress 1\rprogress 2\ndone\n', 'LF'],
    ['one CR at the end of the head', 'a line\r', 'LF'],
    ['no line end', 'a', 'LF'],
  ])('of %s is told, in every encoding', (_name, text, lineEnding) => {
    expect(detectHead(utf8(text)).lineEnding).toBe(lineEnding);
    expect(detectHead(joined(Uint8Array.of(0xff, 0xfe), utf16le(text))).lineEnding).toBe(lineEnding);
    expect(detectHead(joined(Uint8Array.of(0xfe, 0xff), utf16be(text))).lineEnding).toBe(lineEnding);
  });

  test('U+0A0D is a letter, not a line end', () => {
    expect(detectHead(joined(Uint8Array.of(0xff, 0xfe), utf16le('\u0a0d\u0d0a a'))).lineEnding).toBe('LF');
    expect(detectHead(joined(Uint8Array.of(0xff, 0xfe), utf16le('a\rb\r\u0a0d c'))).lineEnding).toBe('CR');
  });
});

describe('what is no text', () => {
  test('no bytes are empty', () => expect(detectHead(new Uint8Array(0)).kind).toBe('empty'));

  test('this very program is a binary', () => {
    expect(detectHead(readFileSync(process.execPath).subarray(0, 65536))).toMatchObject({ kind: 'binary' });
  });

  test.each([
    ['gzip archive', gzipSync('x')],
    ['PNG image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0)],
    ['SQLite database', utf8('SQLite format 3\0....')],
    ['ZIP archive', utf8('PK\x03\x04')],
    ['tar archive', joined(utf8('app.log'), new Uint8Array(250), utf8('ustar\0'))],
    ['Windows program', joined(utf8('MZ'), new Uint8Array(58), Uint8Array.of(64, 0, 0, 0), utf8('PE\0\0'))],
  ])('a %s is named', (name, head) => {
    expect(describeBinary(head)).toBe(name);
    expect(detectHead(head)).toMatchObject({ kind: 'binary', binaryName: name });
  });

  test.each([
    'MZ is how this line begins, and it goes on for a while so that there is a byte 60 to be looked at\n',
    'PK\n',
    'BZh91 is a room\n',
    'RIFF: a log\n',
  ])('text that begins like a binary stays text: %s', (line) => {
    expect(describeBinary(utf8(line))).toBeNull();
    expect(detectHead(utf8(line)).kind).toBe('text');
  });

  test('random bytes are a binary', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2000, maxLength: 4000 }), (bytes) => {
        // Random draws by fast-check lean to small values: spread them.
        const spread = bytes.map((byte, index) => Math.imul(byte + index * 7919 + 13, 2654435761) >>> 24);
        expect(detectHead(spread).kind).toBe('binary');
      }),
      { seed: 22, numRuns: 30 },
    );
  });

  test('text with a hole of NULs, with colours or with FIX messages stays text', () => {
    expect(detectHead(joined(new Uint8Array(50_000), utf8(LOG))).kind).toBe('text');
    expect(detectHead(utf8('\x1b[31mERROR\x1b[0m no room\n'.repeat(30))).kind).toBe('text');
    expect(
      detectHead(
        utf8('20260519-14:06:31 8=FIX.4.2\x019=65\x0135=A\x0149=SERVER\x0156=CLIENT\x0110=062\x01\n'.repeat(9)),
      ).kind,
    ).toBe('text');
  });

  test('nothing but NULs is a binary', () => {
    expect(detectHead(new Uint8Array(4096))).toMatchObject({
      kind: 'binary',
      reason: 'only NUL bytes in the first 4096',
    });
  });
});
