import { expect, test } from 'vitest';

import { cutText, toCountText, toVisibleText } from './shown-text';

test('counts take the singular only for one', () => {
  expect([0, 1, 9_512_920].map((count) => toCountText(count, 'line'))).toEqual([
    '0 lines',
    '1 line',
    '9,512,920 lines',
  ]);
});

test('what a log holds cannot steer the terminal', () => {
  expect(toVisibleText('a\u001b[31mb\tc\u007f\u009b\u202ed')).toBe('a␛[31mb c␡��d');
});

test('a text is cut only when it is too long, and says so', () => {
  expect(cutText('abcdef', 6)).toBe('abcdef');
  expect(cutText('abcdef', 5)).toBe('abcd…');
  expect(cutText('abcdef', null)).toBe('abcdef');
  expect(cutText('😀😀😀', 3)).toBe('😀😀😀');
  expect(cutText('😀😀😀😀', 3)).toBe('😀😀…');
});
