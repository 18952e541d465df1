import fc from 'fast-check';
import { expect, test } from 'vitest';

import { countHitsOutside, toPieces } from './text-pieces';

const shown = (text: string, hits: number[] = []) =>
  toPieces(text, hits)
    .map((piece) => (piece.isToken ? `‹${piece.text}›` : piece.text))
    .join('');

test('control characters and escapes are visible tokens; tabs stay', () => {
  expect(shown('\u001b[31mred\u001b[0m\tend\r')).toBe('‹ESC›[31mred‹ESC›[0m\tend‹CR›');
  expect(shown('a\u0000b\u007fc\u0085')).toBe('a‹NUL›b‹DEL›c‹U+0085›');
});

test('characters that turn the reading direction are visible tokens', () => {
  expect(shown('user=\u202enimda\u202c')).toBe('user=‹RLO›nimda‹PDF›');
  expect(shown('\u2066x\u2069\u200b\ufeff')).toBe('‹LRI›x‹PDI›‹ZWSP›‹BOM›');
});

test('half a surrogate pair is a token, a whole one is a character', () => {
  expect(shown('a\ud83d b 😀 \ude00')).toBe('a‹U+D83D› b 😀 ‹U+DE00›');
});

test('hits are pieces of their own, cut at the part that is shown', () => {
  const text = '14:06 ERROR pool timeout';
  expect(toPieces(text, [6, 11, 17, 24], 12).filter((piece) => piece.isHit)).toEqual([
    { text: 'timeout', isHit: true, isToken: false },
  ]);
  expect(countHitsOutside([6, 11, 17, 24], 12, text.length)).toEqual({ before: 1, after: 0 });
  expect(countHitsOutside([6, 11, 17, 24], 12, 20)).toEqual({ before: 1, after: 1 });
});

test('no character is lost and no hit grows, whatever the text and the hits', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(texts, fc.array(fc.nat(60), { maxLength: 8 }), (drawn, cuts) => {
      // A token above U+FFFF stands for two units, which its name does not tell.
      const text = drawn.replace(/[\u{10000}-\u{10ffff}]/gu, 'x');
      const hits = [...new Set(cuts.map((cut) => Math.min(cut, text.length)))].sort((a, b) => a - b);
      if (hits.length % 2) hits.pop();
      const pieces = toPieces(text, hits);
      const length = pieces.reduce((sum, piece) => sum + (piece.isToken ? 1 : piece.text.length), 0);
      const hitLength = pieces
        .filter((piece) => piece.isHit)
        .reduce((sum, piece) => sum + (piece.isToken ? 1 : piece.text.length), 0);
      expect(length).toBe(text.length);
      expect(hitLength).toBe(hits.reduce((sum, cut, at) => sum + (at % 2 ? cut : -cut), 0));
    }),
    { seed: 3, numRuns: 300 },
  );
});
