import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isFault } from '../../base/fault';
import { mapTime, preimages, shiftWithin } from './time-map';
import { zoneMap, zoneOffset } from './zone';

const ms = (iso: string) => Date.parse(iso.endsWith('Z') ? iso : `${iso}Z`);
/** Wall time of a zone → UTC, as ISO text. */
function utc(zone: string, wall: string): string {
  const map = zoneMap(zone, ms('2024-01-01T00:00:00'), ms('2026-01-01T00:00:00'));
  return new Date(mapTime(map, ms(wall))).toISOString().replace('.000Z', 'Z');
}

test.each([
  ['UTC', '2025-05-05T12:00:00Z'],
  ['Z', '2025-05-05T12:00:00Z'],
  ['+02:00', '2025-05-05T10:00:00Z'],
  ['-0530', '2025-05-05T17:30:00Z'],
  ['+09', '2025-05-05T03:00:00Z'],
  ['UTC+01:00', '2025-05-05T11:00:00Z'],
  ['Asia/Kolkata', '2025-05-05T06:30:00Z'],
  ['Europe/Berlin', '2025-05-05T10:00:00Z'],
])('noon in %s', (zone, expected) => {
  expect(utc(zone, '2025-05-05T12:00:00')).toBe(expected);
});

describe('when clocks go forward', () => {
  test.each([
    ['Europe/Berlin', '2025-03-30T01:59:59', '2025-03-30T00:59:59Z'],
    ['Europe/Berlin', '2025-03-30T03:00:00', '2025-03-30T01:00:00Z'],
    ['America/New_York', '2025-03-09T01:59:59', '2025-03-09T06:59:59Z'],
    ['America/New_York', '2025-03-09T03:00:00', '2025-03-09T07:00:00Z'],
  ])('%s %s is %s', (zone, wall, expected) => expect(utc(zone, wall)).toBe(expected));

  test('a time that does not exist is read with the offset from before', () => {
    expect(utc('Europe/Berlin', '2025-03-30T02:30:00')).toBe('2025-03-30T01:30:00Z');
    expect(utc('America/New_York', '2025-03-09T02:30:00')).toBe('2025-03-09T07:30:00Z');
  });
});

describe('when clocks go back', () => {
  test.each([
    ['Europe/Berlin', '2025-10-26T01:59:59', '2025-10-25T23:59:59Z'],
    ['Europe/Berlin', '2025-10-26T03:00:00', '2025-10-26T02:00:00Z'],
    ['America/New_York', '2025-11-02T00:59:59', '2025-11-02T04:59:59Z'],
    ['America/New_York', '2025-11-02T02:00:00', '2025-11-02T07:00:00Z'],
  ])('%s %s is %s', (zone, wall, expected) => expect(utc(zone, wall)).toBe(expected));

  test('a time that happens twice is the first of the two', () => {
    expect(utc('Europe/Berlin', '2025-10-26T02:30:00')).toBe('2025-10-26T00:30:00Z');
    expect(utc('America/New_York', '2025-11-02T01:30:00')).toBe('2025-11-02T05:30:00Z');
  });

  test('UTC between the two has no wall time in the map', () => {
    const map = zoneMap('Europe/Berlin', ms('2025-10-01'), ms('2025-11-01'));
    expect(preimages(map, ms('2025-10-26T01:00:00Z'), ms('2025-10-26T02:00:00Z'))).toEqual([]);
  });
});

test.each([
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Africa/Cairo',
])('every moment in %s comes back from its wall time, as itself or the earlier one with the same wall time', (zone) => {
  const start = ms('2009-06-01T00:00:00');
  const end = ms('2016-06-01T00:00:00');
  const map = zoneMap(zone, start, end);
  fc.assert(
    fc.property(fc.integer({ min: start, max: end }), (moment) => {
      const wall = moment + zoneOffset(zone, moment) * 60_000;
      const back = mapTime(map, wall);
      expect(back).toBeLessThanOrEqual(moment);
      expect(back + zoneOffset(zone, back) * 60_000).toBe(wall);
      if (back < moment) expect(zoneOffset(zone, back)).toBeGreaterThan(zoneOffset(zone, moment));
    }),
    { seed: 7, numRuns: 200 },
  );
});

test('later wall times are later moments, but for hours that do not exist', () => {
  const map = zoneMap('Europe/Berlin', ms('2025-01-01'), ms('2026-01-01'));
  let previous = -Infinity;
  for (let wall = ms('2025-01-01'); wall < ms('2026-01-01'); wall += 600_000) {
    const moment = mapTime(map, wall);
    if (moment < previous) expect(new Date(wall).toISOString()).toBe('2025-03-30T03:00:00.000Z');
    previous = moment;
  }
});

test('a map made later for a wider range is right for all of it', () => {
  const zone = 'America/Chicago';
  zoneMap(zone, ms('2020-06-01'), ms('2020-07-01'));
  zoneMap(zone, ms('2023-06-01'), ms('2023-07-01'));
  zoneMap(zone, ms('2017-06-01'), ms('2017-07-01'));
  const map = zoneMap(zone, ms('2017-01-01'), ms('2023-12-31'));
  expect(map.breaks.length).toBe(14);
  expect(mapTime(map, ms('2021-07-01T00:00:00'))).toBe(ms('2021-07-01T05:00:00'));
});

test('inside one half of the year there is one shift', () => {
  const map = zoneMap('Europe/Berlin', ms('2025-06-01'), ms('2025-06-02'));
  expect(shiftWithin(map, ms('2025-06-01'), ms('2025-06-02'))).toBe(-7_200_000);
  expect(map.breaks.length).toBe(0);
});

test('offsets are minutes east, changing on the second', () => {
  const change = ms('2025-03-30T01:00:00Z');
  expect([zoneOffset('Europe/Berlin', change - 1), zoneOffset('Europe/Berlin', change)]).toEqual([60, 120]);
  expect(zoneOffset('-03:30', 0)).toBe(-210);
});

test('times far outside the years that zones are known for are taken with the offset at that end', () => {
  const map = zoneMap('Europe/Berlin', ms('1970-01-01'), 8.64e15);
  expect(mapTime(map, 8e15)).toBe(8e15 - 3_600_000);
  expect(map.breaks.length).toBeLessThan(400);
});

test.each(['Mars/Olympus', '', '+25:00', '+02:75', 'utc+x'])('%o is a zone nobody knows', (zone) => {
  let fault: unknown;
  try {
    zoneMap(zone, 0, 1);
  } catch (thrown) {
    fault = thrown;
  }
  expect(isFault(fault, 'zone-unknown')).toBe(true);
});
