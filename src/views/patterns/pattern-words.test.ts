import { expect, test } from 'vitest';

import { toChangeText, toFactorText, toMeasureText, toMixText, toShareText } from './pattern-words';

test('shares never round to nothing or to all', () => {
  expect([0, 0.000001, 0.0001, 0.1485, 0.99999, 1].map(toShareText)).toEqual([
    '0 %',
    '<0.01 %',
    '0.01 %',
    '14.85 %',
    '99.99 %',
    '100 %',
  ]);
});

test('factors and changes', () => {
  expect([12.4, 930.2, 2_400_000].map(toFactorText)).toEqual(['×12', '×930', '×2.4 M']);
  expect([-0.27, 0.4, 7].map(toChangeText)).toEqual(['−27 %', '+40 %', '×8']);
});

test('levels of a pattern, worst first', () => {
  expect(toMixText([0, 0, 0, 0, 91, 9, 0], 100)).toBe('ERROR 9.00 %, WARN 91.00 %');
});

test.each([
  [30_010, 'ms', '30.01 s'],
  [61, 'ms', '61 ms'],
  [0.25, 'ms', '250 µs'],
  [0.0005, 'ms', '500 ns'],
  [260_000, 'ms', '4 min 20 s'],
  [-1500, 'ms', '−1.50 s'],
  [17_600_000, 'B', '17.6 MB'],
  [1904, 'none', '1,904'],
  [0.123456, 'none', '0.1235'],
] as const)('%s %s', (value, unit, text) => expect(toMeasureText(value, unit)).toBe(text));
