/** Encodings from before Unicode: texts in many languages are found to be what they are, and UTF-8 is left alone. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { encodeLegacy, LEGACY_TEXTS } from '../../testing/legacy-texts';
import { createDecoder, decodedSizeBound } from './decode';
import { detectHead } from './encoding';
import { guessEncoding } from './guess-encoding';
import type { LegacyEncoding } from './legacy-encodings';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Sentences as a log has them, with heads of ASCII, `count` lines. */
function logOf(sentences: readonly string[], count: number, from = 0): string {
  return Array.from({ length: count }, (_, i) => {
    const level = (from + i) % 3 === 0 ? 'ERROR' : 'INFO ';
    return `2024-01-15 10:23:${String((from + i) % 60).padStart(2, '0')} ${level} [worker-${i % 4}] app.Main - ${sentences[(from + i) % sentences.length]} (id=${i})\r\n`;
  }).join('');
}

function decoded(bytes: Uint8Array, encoding: LegacyEncoding): string {
  const target = new Uint8Array(decodedSizeBound(bytes.length, encoding));
  return new TextDecoder().decode(target.subarray(0, createDecoder(encoding, false).decodeInto(bytes, target, true)));
}

const cases = LEGACY_TEXTS.flatMap(([language, encodings, sentences]) =>
  encodings.filter((encoding) => encoding !== 'iso-8859-2').map((encoding) => [language, encoding, sentences] as const),
);

describe('a log', () => {
  test.each(cases)('in %s, %s, reads as it was written', (_, encoding, sentences) => {
    for (const count of [sentences.length, 40]) {
      const text = logOf(sentences, count);
      const bytes = encodeLegacy(text, encoding);
      const guess = guessEncoding([bytes]);
      expect(guess, text).not.toBeNull();
      expect(decoded(bytes, guess?.encoding ?? encoding)).toBe(text);
      expect(detectHead(bytes)).toMatchObject({ kind: 'text', encoding: guess?.encoding, reason: guess?.reason });
      expect(guess?.reason).toMatch(/^no UTF-8; \d+ of \d+ sampled characters beyond ASCII are usual in .* text$/);
    }
  });

  test.each(cases)('in %s, %s, shows it only further on', (_, encoding, sentences) => {
    const probe = encodeLegacy(logOf(sentences, 20), encoding).subarray(7);
    const found = detectHead(utf8(logOf(['all in ASCII'], 50)), [probe]).encoding;
    expect(decoded(probe, found as LegacyEncoding)).toBe(decoded(probe, encoding));
  });

  test.each(LEGACY_TEXTS)('in %s, UTF-8, is never read as anything else', (_, __, sentences) => {
    const bytes = utf8(logOf(sentences, 30));
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.nat(bytes.length), (a, b) => {
        expect(guessEncoding([bytes.subarray(Math.min(a, b), Math.max(a, b))])).toBeNull();
      }),
      { seed: 20261120, numRuns: 40 },
    );
  });
});

test('UTF-8 with bytes that are broken here and there stays UTF-8', () => {
  const bytes = utf8(logOf(['größe der Datei überschreitet', 'Ошибка чтения файла'], 30));
  bytes[60] = 0xff;
  bytes[700] = 0xc3;
  expect(guessEncoding([bytes])).toBeNull();
});

test('random bytes read well in no encoding', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(255)), fc.integer({ min: 256, max: 4096 }), (stream, length) => {
      const bytes = Uint8Array.from(stream.take(length));
      expect(guessEncoding([bytes])).toBeNull();
    }),
    { seed: 20261120, numRuns: 60 },
  );
});

test('the same bytes give the same answer', () => {
  for (const [, encodings, sentences] of LEGACY_TEXTS) {
    const bytes = encodeLegacy(logOf(sentences, 10), encodings[0] as LegacyEncoding);
    expect(guessEncoding([bytes])).toEqual(guessEncoding([bytes.slice()]));
  }
});
