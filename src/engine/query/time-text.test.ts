import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseTimeComparison, parseTimeRange, parseTimeText, printTime, type TimeContext } from './time-text';

const at = (iso: string): number => Date.parse(iso);
const context: TimeContext = {
  now: at('2025-06-01T12:00Z'),
  span: { start: at('2025-03-04T09:30Z'), end: at('2025-03-05T11:00Z') },
};

function unit(text: string, where: TimeContext = context): [string, string] | null {
  const range = parseTimeComparison(':', text, where);
  if (range === null || range.start === null || range.end === null) return null;
  return [new Date(range.start).toISOString(), new Date(range.end).toISOString()];
}

describe('a time stands for all of the finest part it names', () => {
  test.each([
    ['2025-01-31T10:05:06.789Z', '2025-01-31T10:05:06.789Z', '2025-01-31T10:05:06.790Z'],
    ['2025-01-31 10:05:06,7', '2025-01-31T10:05:06.700Z', '2025-01-31T10:05:06.701Z'],
    ['2025-01-31T10:05:06.123456789Z', '2025-01-31T10:05:06.123Z', '2025-01-31T10:05:06.124Z'],
    ['2025/01/31 10:05', '2025-01-31T10:05:00.000Z', '2025-01-31T10:06:00.000Z'],
    ['2025-01-31T10:05+02:00', '2025-01-31T08:05:00.000Z', '2025-01-31T08:06:00.000Z'],
    ['2025-01-31T10:05-0530', '2025-01-31T15:35:00.000Z', '2025-01-31T15:36:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['2025-12', '2025-12-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
    ['2024', '2024-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
    ['@1735725600', '2025-01-01T10:00:00.000Z', '2025-01-01T10:00:01.000Z'],
    ['@1735725600123', '2025-01-01T10:00:00.123Z', '2025-01-01T10:00:00.124Z'],
    ['2025-01-31T24:00', '2025-02-01T00:00:00.000Z', '2025-02-01T00:01:00.000Z'],
    ['10:05', '2025-03-05T10:05:00.000Z', '2025-03-05T10:06:00.000Z'],
    ['9:45:10', '2025-03-05T09:45:10.000Z', '2025-03-05T09:45:11.000Z'],
  ])('%s', (text, start, end) => expect(unit(text)).toEqual([start, end]));
});

test.each([
  '',
  'soon',
  '25:00',
  '10:60',
  '2025-02-29',
  '2025-13-01',
  '2025-01 10:00',
  '10:5',
  '2025-01-31T',
  '-15',
  '15x',
  '@',
  '@9e9',
  '1735725600',
  '10:00+25:00',
  '24:01',
  '2025-01/31',
])('%s is no time', (text) => {
  expect(parseTimeText(text)).toBeNull();
});

test.each([
  ['-15m', -900_000, 'end'],
  ['2h', -7_200_000, 'end'],
  ['+5m', 300_000, 'start'],
  ['1h30m', -5_400_000, 'end'],
  ['-1.5s', -1500, 'end'],
  ['-250ms', -250, 'end'],
  ['-1w', -604_800_000, 'end'],
  ['-0s', 0, 'end'],
])('%s is relative', (text, ms, from) => {
  expect(parseTimeText(text)).toEqual({ kind: 'relative', ms, from });
});

describe('a clock without a date', () => {
  test('means the last day on which it lies inside the span', () => {
    expect(unit('11:30')?.[0]).toBe('2025-03-04T11:30:00.000Z');
    expect(unit('10:30')?.[0]).toBe('2025-03-05T10:30:00.000Z');
  });

  test('outside of any day of the span it means the last', () => {
    const short = { now: 0, span: { start: at('2025-03-05T10:00Z'), end: at('2025-03-05T11:00Z') } };
    expect(unit('12:00', short)?.[0]).toBe('2025-03-05T12:00:00.000Z');
  });

  test('means today without a span', () => {
    expect(unit('23:00', { now: context.now })?.[0]).toBe('2025-06-01T23:00:00.000Z');
  });

  test('counts days in the zone of the context', () => {
    const tokyo = {
      now: 0,
      span: { start: at('2025-03-05T14:00Z'), end: at('2025-03-05T16:00Z') },
      zoneOffsetMinutes: 540,
    };
    expect(unit('00:30', tokyo)?.[0]).toBe('2025-03-05T15:30:00.000Z');
    expect(unit('23:30', tokyo)?.[0]).toBe('2025-03-05T14:30:00.000Z');
  });
});

test('a zone may depend on the wall time', () => {
  const summer = (wallMs: number): number => (wallMs >= at('2025-03-30T02:00Z') ? 120 : 60);
  expect(unit('2025-03-30T01:30', { now: 0, zoneOffsetMinutes: summer })?.[0]).toBe('2025-03-30T00:30:00.000Z');
  expect(unit('2025-03-30T03:30', { now: 0, zoneOffsetMinutes: summer })?.[0]).toBe('2025-03-30T01:30:00.000Z');
});

test.each<['<' | '<=' | '>' | '>=', string | null, string | null]>([
  ['<', null, '2025-03-05T10:05Z'],
  ['<=', null, '2025-03-05T10:06Z'],
  ['>', '2025-03-05T10:06Z', null],
  ['>=', '2025-03-05T10:05Z', null],
])('%s counts the whole minute as one', (operator, start, end) => {
  expect(parseTimeComparison(operator, '10:05', context)).toEqual({ start: start && at(start), end: end && at(end) });
});

test.each<[string, string, string | null, string | null]>([
  ['10:00', '10:05', '2025-03-05T10:00Z', '2025-03-05T10:05Z'],
  ['23:50', '00:10', '2025-03-04T23:50Z', '2025-03-05T00:10Z'],
  ['2025-01-01T10:00', '10:05', '2025-01-01T10:00Z', '2025-01-01T10:05Z'],
  ['10:00', '2025-01-01T10:05', '2025-01-01T10:00Z', '2025-01-01T10:05Z'],
  ['2025-01-01', '2025-01-03', '2025-01-01T00:00Z', '2025-01-03T00:00Z'],
  ['10:00', '+5m', '2025-03-05T10:00Z', '2025-03-05T10:05Z'],
  ['', '+5m', null, '2025-03-04T09:35Z'],
  ['-15m', '-5m', '2025-03-05T10:45Z', '2025-03-05T10:55Z'],
  ['', '', null, null],
  ['10:00', '', '2025-03-05T10:00Z', null],
])('the range from "%s" to "%s"', (from, to, start, end) => {
  expect(parseTimeRange(from, to, context)).toEqual({ start: start && at(start), end: end && at(end) });
});

test('a range says which end is no time', () => {
  expect(parseTimeRange('x', '10:00', context)).toBe('from');
  expect(parseTimeRange('10:00', 'x', context)).toBe('to');
});

test('what is printed reads back as the same ms, and short where it can be', () => {
  expect(printTime(at('2025-01-01T10:00Z'))).toBe('2025-01-01T10:00Z');
  expect(printTime(at('2025-01-01T10:00:05Z'), 60)).toBe('2025-01-01T11:00:05');
  const times = fc.oneof(
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    fc.integer({ min: 0, max: 4e12 }),
    fc.constantFrom(0, -1, -62167219200001),
  );
  fc.assert(
    fc.property(times, fc.option(fc.integer({ min: -840, max: 840 }), { nil: undefined }), (time, offset) => {
      const zone = offset === undefined ? {} : { zoneOffsetMinutes: offset };
      expect(parseTimeComparison('>=', printTime(time, offset), { now: 0, ...zone })?.start).toBe(time);
    }),
    { seed: 3, numRuns: 2000 },
  );
});

test('any text is a time or null, never an error', () => {
  const pieces = fc.array(
    fc.constantFrom('2025', '-', '01', '/', 'T', ' ', '10', ':', '00', '.', '5', 'm', 'h', '+', 'Z', '@', '..'),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const range = parseTimeComparison(':', parts.join(''), context);
      if (range !== null && range.start !== null && range.end !== null) expect(range.end).toBeGreaterThan(range.start);
    }),
    { seed: 4, numRuns: 3000 },
  );
});
