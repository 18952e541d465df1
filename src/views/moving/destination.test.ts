import { expect, test } from 'vitest';

import { parseDestination, parseSpan } from './destination';

const AROUND = Date.UTC(2026, 4, 19, 14, 6, 31);
const context = { zone: 'UTC', around: AROUND, source: 3 };

test.each([
  ['12,345', { kind: 'line', source: 3, lineNumber: 12_345 }],
  ['54 %', { kind: 'share', share: 0.54 }],
  ['14:10', { kind: 'time', time: Date.UTC(2026, 4, 19, 14, 10) }],
  ['2026-05-20 01:00:00.5', { kind: 'time', time: Date.UTC(2026, 4, 20, 1, 0, 0, 500) }],
  ['+5m', { kind: 'time', time: AROUND + 300_000 }],
  ['-1h30m', { kind: 'time', time: AROUND - 5_400_000 }],
  ['+ 5m', null],
  ['+250ms', { kind: 'time', time: AROUND + 250 }],
  ['+500', { kind: 'records', count: 500 }],
  ['-1,000', { kind: 'records', count: -1000 }],
  ['', null],
  ['0', null],
  ['tomorrow', null],
  ['+5 parsecs', null],
])('%s', (text, destination) => {
  expect(parseDestination(text, context)).toEqual(destination);
});

test('without times there is no going to one', () => {
  expect(parseDestination('14:10', { ...context, around: null })).toBeNull();
  expect(parseDestination('+5m', { ...context, around: null })).toBeNull();
  expect(parseDestination('+5', { ...context, around: null })).toEqual({ kind: 'records', count: 5 });
});

test('a step in time adds its parts', () => {
  expect(parseSpan('+1d 2h 3min 4.5s')).toBe(86_400_000 + 7_200_000 + 180_000 + 4500);
  expect(parseSpan('5m')).toBeNull();
});
