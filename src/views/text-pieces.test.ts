import fc from 'fast-check';
import { expect, test } from 'vitest';

import { countHitsOutside, toPieces } from './text-pieces';

const shown = (text: string, hits: number[] = []) =>
  toPieces(text, { hits })
    .map((piece) => (piece.isToken ? `‹${piece.text}›` : piece.text))
    .join('');

test('control characters and escapes are visible tokens; tabs stay', () => {
  expect(shown('\u001b[2Kred\u001b]0;title\u0007\tend\r')).toBe('‹ESC›[2Kred‹ESC›]0;title‹BEL›\tend‹CR›');
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
  const pieces = toPieces(text, { hits: [6, 11, 17, 24] }, 12).filter((piece) => piece.isHit);
  expect(pieces.map((piece) => piece.text)).toEqual(['timeout']);
  expect(countHitsOutside([6, 11, 17, 24], 12, text.length)).toEqual({ before: 1, after: 0 });
  expect(countHitsOutside([6, 11, 17, 24], 12, 20)).toEqual({ before: 1, after: 1 });
});

/** Pieces as `text:look`, for those that have one. */
const looks = (text: string, start = 0) =>
  toPieces(text, {}, start)
    .filter((piece) => piece.text !== '')
    .map((piece) => `${piece.text}:${piece.style.join('+')}`);

test('a terminal’s colours are drawn, their sequences are not', () => {
  expect(looks('\u001b[1;31mred\u001b[0m plain \u001b[4mline')).toEqual([
    'red:fg1+bold',
    ' plain :',
    'line:underlined',
  ]);
});

test('colours of 256 and of 16 million come to the nearest of sixteen', () => {
  expect(looks('\u001b[38;5;208morange\u001b[48;2;0;0;200mon blue\u001b[39m\u001b[38:2::0:255:0mgreen')).toEqual([
    'orange:fg11',
    'on blue:fg11+bg4',
    'green:fg10+bg4',
  ]);
});

test('a colour that began before the part that is shown goes on in it', () => {
  const text = '\u001b[33m14:06 WARN slow';
  expect(looks(text, text.indexOf('slow'))).toEqual(['slow:fg3']);
});

test('concealed text is drawn: nothing in a log may hide', () => {
  expect(looks('\u001b[8msecret')).toEqual(['secret:']);
});

test('highlights and hits overlap: a hit is a hit, the first highlight wins', () => {
  const pieces = toPieces('abcdef', { hits: [2, 4], highlights: [0, 6, 1, 1, 3, 0] });
  expect(pieces.map((piece) => `${piece.text}${piece.isHit ? '!' : ''}${piece.highlight}`)).toEqual([
    'a1',
    'b0',
    'c!0',
    'd!1',
    'ef1',
  ]);
});

test('the pieces’ sources give the text back, and no hit grows, whatever the text, the hits, the part', () => {
  const texts = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.constantFrom('\u001b[31m', '\u001b[0m', '\u001b[38;5;9m'),
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join(''));
  const numbers = fc.array(fc.nat(60), { maxLength: 9 });
  fc.assert(
    fc.property(texts, numbers, numbers, fc.nat(60), fc.nat(60), (text, cuts, triples, one, other) => {
      const hits = [...new Set(cuts.map((cut) => Math.min(cut, text.length)))].sort((a, b) => a - b);
      if (hits.length % 2) hits.pop();
      const start = Math.min(one, other, text.length);
      const end = Math.min(Math.max(one, other), text.length);
      // Half a pair at the edge of the part is a token of its own: both edges lie between characters.
      fc.pre([start, end, ...hits, ...triples].every((at) => !/^[\udc00-\udfff]/.test(text.slice(at))));
      const pieces = toPieces(
        text,
        { hits, highlights: triples.slice(0, triples.length - (triples.length % 3)) },
        start,
        end,
      );
      expect(pieces.map((piece) => piece.source).join('')).toBe(text.slice(start, end));
      const inside = hits.map((at) => Math.max(start, Math.min(end, at)));
      const hitLength = pieces.filter((piece) => piece.isHit).reduce((sum, piece) => sum + piece.source.length, 0);
      expect(hitLength).toBe(inside.reduce((sum, cut, at) => sum + (at % 2 ? cut : -cut), 0));
      for (const piece of pieces) expect(piece.text).not.toContain('\u001b');
    }),
    { seed: 3, numRuns: 500 },
  );
});
