import { describe, expect, test } from 'vitest';

import type { FirstLook } from '../../state/first-look';
import { factsOf, sinceOf } from '../../state/pattern-facts';
import type { Findings } from '../../state/things';
import { type DrawnPattern, drawTable, MINUTE } from '../../testing/drawn-table';
import { toHeadline, toLead } from './headline';
import type { Piece } from './look-target';

const NOON = Date.UTC(2026, 4, 19, 12);
const HOUR = 3_600_000;

const joined = (pieces: readonly Piece[]) =>
  pieces.map((piece) => (piece.to === undefined ? piece.text : `[${piece.text}]`)).join('');

/** Four hours from noon; levels by code. */
function lookOf(
  levels: Record<number, number>,
  errors: [first: number, last: number] | null,
  more: Partial<FirstLook> = {},
): FirstLook {
  const levelCounts = Array.from({ length: 7 }, (_, code) => levels[code] ?? 0);
  const moment = (hours: number, offset: number) => ({ record: { source: 1, offset }, time: NOON + hours * HOUR });
  return {
    sources: [],
    isReading: false,
    recordCount: levelCounts.reduce((sum, count) => sum + count, 0),
    lineCount: 0,
    levelCounts,
    errorCount: (levels[5] ?? 0) + (levels[6] ?? 0),
    span: { start: NOON, end: NOON + 4 * HOUR },
    firstError: errors && moment(errors[0], 1),
    lastError: errors && moment(errors[1], 2),
    errorBurst: null,
    burst: null,
    gap: null,
    problemCount: 0,
    untimedCount: 0,
    farCount: 0,
    sizeBytes: 0,
    readMs: 0,
    ...more,
  };
}

function drawn(
  levels: Record<number, number>,
  errors: [first: number, last: number] | null,
  more: Partial<FirstLook> = {},
  thingCount: number | null = 0,
) {
  return joined(toHeadline(lookOf(levels, errors, more), thingCount, 'UTC'));
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
    expect(drawn({ 3: 900, 5: 100 }, [0, 4], { errorBurst: burst })).toBe(
      '90 of 100 errors came between [13:00:00] and [13:30:00]; the first of all at [12:00:00], the last at [16:00:00].',
    );
    for (const other of [null, { ...burst, count: 40 }, { ...burst, end: NOON + 3.5 * HOUR }])
      expect(drawn({ 3: 900, 5: 100 }, [0, 4], { errorBurst: other })).toMatch(/^Errors from start to end/);
  });

  test('few are counted in words', () => {
    expect(drawn({ 3: 999, 6: 1 }, [2, 2])).toBe('One error, at [14:00:00], among 1,000 records.');
    expect(drawn({ 3: 998, 5: 2 }, [1, 3])).toBe('Two errors, at [13:00:00] and at [15:00:00].');
  });

  test('while reading nothing has ended', () => {
    expect(drawn({ 3: 900, 5: 100 }, [2, 3], { isReading: true })).toBe('100 errors so far, the first at [14:00:00].');
    expect(drawn({ 3: 900 }, null, { isReading: true })).toBe('No errors among 900 records so far.');
  });

  test('a quiet log says so; one with things to look at, or not counted yet, does not say that nothing stands out', () => {
    expect(drawn({ 3: 1000 }, null)).toBe('Nothing stands out: no errors and no warnings among 1,000 records.');
    for (const count of [1, null])
      expect(drawn({ 3: 1000 }, null, {}, count)).toBe('No errors and no warnings among 1,000 records.');
    expect(drawn({ 3: 990, 4: 10 }, null)).toBe('No errors; 10 warnings among 1,000 records.');
    expect(drawn({ 0: 1000 }, null)).toBe('1,000 records without levels; nothing stands out.');
  });

  test('a span of days names them', () => {
    expect(drawn({ 3: 900, 5: 100 }, [2, 3], { span: { start: NOON - 48 * HOUR, end: NOON + 48 * HOUR } })).toBe(
      'Errors began at [19 May 14:00:00] and ended at [19 May 15:00:00].',
    );
  });
});

describe('the second sentence', () => {
  const look = (levels: Record<number, number>, isReading = false) => lookOf(levels, null, { isReading, span: null });
  const findings = (...drawn: DrawnPattern[]): Findings => {
    const table = drawTable(...drawn);
    const since = sinceOf(table, { pin: null, trouble: 20 * MINUTE });
    return { table, since, facts: factsOf(table, since), things: [] };
  };
  const minutes = (from: number, count: number) => Array.from({ length: 40 }, (_, at) => (at >= from ? count : 0));

  test('counts errors by patterns, and those that were not seen before', () => {
    const found = findings(
      { text: 'beat', bins: minutes(0, 10) },
      { text: 'retrying', bins: minutes(0, 1), level: 5 },
      { text: 'pool empty', bins: minutes(20, 2), level: 5 },
      { text: 'cannot connect', bins: minutes(21, 2), level: 6 },
    );
    expect(joined(toLead(look({ 3: 400, 4: 7, 5: 80, 6: 38 }), found, 'UTC'))).toBe(
      '[118 errors] in [3 patterns], 2 of them first seen since 00:20:00. [7 warnings].',
    );
  });

  test('tells errors and warnings before the patterns are counted, and so far while reading', () => {
    expect(joined(toLead(look({ 3: 400, 4: 1, 5: 80 }), null, 'UTC'))).toBe('[80 errors]. [1 warning].');
    expect(joined(toLead(look({ 5: 80 }, true), null, 'UTC'))).toBe('[80 errors] so far.');
    expect(joined(toLead(look({ 3: 400 }), null, 'UTC'))).toBe('');
  });

  test('of a quiet log it tells the patterns', () => {
    expect(joined(toLead(look({ 3: 400 }), findings({ text: 'beat', bins: minutes(0, 10) }), 'UTC'))).toBe(
      'All records are of [1 pattern].',
    );
  });
});
