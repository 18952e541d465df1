import { describe, expect, test } from 'vitest';

import type { FirstLook } from '../../state/first-look';
import { toHeadline } from './headline';

const NOON = Date.UTC(2026, 4, 19, 12);
const HOUR = 3_600_000;

/** Four hours from noon, 1,000 records; levels by code. */
function drawn(
  levels: Record<number, number>,
  errors: [first: number, last: number] | null,
  more: Partial<FirstLook> = {},
) {
  const levelCounts = Array.from({ length: 7 }, (_, code) => levels[code] ?? 0);
  const moment = (hours: number, offset: number) => ({ record: { source: 1, offset }, time: NOON + hours * HOUR });
  const look: FirstLook = {
    sources: [],
    isReading: false,
    recordCount: levelCounts.reduce((sum, count) => sum + count, 0),
    lineCount: 0,
    levelCounts,
    errorCount: (levels[5] ?? 0) + (levels[6] ?? 0),
    span: { start: NOON, end: NOON + 4 * HOUR },
    firstError: errors && moment(errors[0], 1),
    lastError: errors && moment(errors[1], 2),
    burst: null,
    gap: null,
    problemCount: 0,
    ...more,
  };
  return toHeadline(look, 'UTC')
    .map((piece) => (piece.to === undefined ? piece.text : `[${piece.text}]`))
    .join('');
}

describe('the first sentence is true', () => {
  test('errors began and ended only where there are none at the ends', () => {
    expect(drawn({ 3: 900, 5: 100 }, [2, 3])).toBe('Errors began at [14:00:00] and ended at [15:00:00].');
    expect(drawn({ 3: 900, 5: 100 }, [2, 3.99])).toBe(
      'Errors began at [14:00:00] and go on to the end, at [15:59:24].',
    );
    expect(drawn({ 3: 900, 5: 100 }, [0, 2])).toBe('Errors from the start, at [12:00:00], until [14:00:00].');
    expect(drawn({ 3: 900, 5: 100 }, [0, 4])).toBe(
      'Errors from start to end, the first at [12:00:00], the last at [16:00:00].',
    );
  });

  test('most errors in a small part of the time are what it is about', () => {
    const burst = { start: NOON + HOUR, end: NOON + 1.5 * HOUR, count: 90, peak: 9, usual: 0, binMs: 60_000 };
    expect(drawn({ 3: 900, 5: 100 }, [0, 4], { burst: { ...burst, isOfErrors: true } })).toBe(
      '90 of 100 errors came between [13:00:00] and [13:30:00]; the first of all at [12:00:00], the last at [16:00:00].',
    );
    for (const other of [
      { ...burst, isOfErrors: false },
      { ...burst, isOfErrors: true, count: 40 },
      { ...burst, isOfErrors: true, end: NOON + 3.5 * HOUR },
    ])
      expect(drawn({ 3: 900, 5: 100 }, [0, 4], { burst: other })).toMatch(/^Errors from start to end/);
  });

  test('few are counted in words', () => {
    expect(drawn({ 3: 999, 6: 1 }, [2, 2])).toBe('One error, at [14:00:00], among 1,000 records.');
    expect(drawn({ 3: 998, 5: 2 }, [1, 3])).toBe('Two errors, at [13:00:00] and at [15:00:00].');
  });

  test('while reading nothing has ended', () => {
    expect(drawn({ 3: 900, 5: 100 }, [2, 3], { isReading: true })).toBe('100 errors so far, the first at [14:00:00].');
    expect(drawn({ 3: 900 }, null, { isReading: true })).toBe('No errors among 900 records so far.');
  });

  test('a quiet log says so; one with a burst does not say that nothing stands out', () => {
    expect(drawn({ 3: 1000 }, null)).toBe('Nothing stands out: no errors and no warnings among 1,000 records.');
    expect(drawn({ 3: 1000 }, null, { gap: { start: NOON, end: NOON + HOUR, record: null } })).toBe(
      'No errors and no warnings among 1,000 records.',
    );
    expect(drawn({ 3: 990, 4: 10 }, null)).toBe('No errors; 10 warnings among 1,000 records.');
    expect(drawn({ 0: 1000 }, null)).toBe('1,000 records without levels; nothing stands out.');
  });

  test('a span of days names them', () => {
    expect(drawn({ 3: 900, 5: 100 }, [2, 3], { span: { start: NOON - 48 * HOUR, end: NOON + 48 * HOUR } })).toBe(
      'Errors began at [19 May 14:00:00] and ended at [19 May 15:00:00].',
    );
  });
});
