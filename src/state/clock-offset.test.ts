import fc from 'fast-check';
import { expect, test } from 'vitest';

import { MAX_OFFSET_MS, parseClockOffset, toClockOffsetText } from './clock-offset';

test.each([
  ['+1 h', 3_600_000],
  ['1h', 3_600_000],
  ['-3.25 s', -3250],
  ['−3,25 s', -3250],
  ['+90 ms', 90],
  ['.5 s', 500],
  ['+1 h 30 min', 5_400_000],
  ['1h30m', 5_400_000],
  ['-2 days 1 second', -172_801_000],
  ['0', 0],
  ['-0 s', 0],
  ['+01:30', 5_400_000],
  ['-00:02:52.5', -172_500],
  ['+00:00:00,090', 90],
])('%s is %i ms', (text, ms) => {
  expect(parseClockOffset(text)).toBe(ms);
});

test.each([
  '',
  '+',
  '5',
  'h',
  '1 h 2 h',
  '30 min 1 h',
  '1 fortnight',
  '1 h x',
  '1..5 s',
  '00:61',
  '1e3 s',
  '20 y',
  '99999 d',
])('%j is not an offset', (text) => {
  expect(parseClockOffset(text)).toBeNull();
});

test('what is written is read back, to the millisecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: -MAX_OFFSET_MS, max: MAX_OFFSET_MS }), (offsetMs) => {
      expect(parseClockOffset(toClockOffsetText(offsetMs))).toBe(offsetMs);
    }),
  );
});

test('an offset is written with its largest units', () => {
  expect(toClockOffsetText(0)).toBe('0');
  expect(toClockOffsetText(-3250)).toBe('−3.25 s');
  expect(toClockOffsetText(90_061_001)).toBe('+1 d 1 h 1 min 1.001 s');
});
