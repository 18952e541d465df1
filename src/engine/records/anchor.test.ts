import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { datelessMap, yearlessMap } from './anchor';
import { mapTime } from './time-map';

const DAY_MS = 86_400_000;
const LEAP_YEAR_MS = 366 * DAY_MS;
const iso = (time: number) => new Date(time).toISOString().replace('.000Z', 'Z');
const clock = (text: string, day = 0) => day * DAY_MS + Date.parse(`1970-01-01T${text}Z`);
/** Raw time of a year-less record: `02-29T12:00:00`, after so many roll-overs. */
const yearless = (text: string, roll = 0) => Date.parse(`2000-${text}Z`) + roll * LEAP_YEAR_MS;

/** Maps raw times in file order; the last is the anchor. */
function mapped(raws: readonly number[], lastModified: string, zone = 'UTC', make = yearlessMap): string[] {
  const span = { minRaw: Math.min(...raws), maxRaw: Math.max(...raws), lastRaw: raws[raws.length - 1] as number };
  const map = make(span, Date.parse(lastModified), zone);
  return raws.map((raw) => iso(mapTime(map, raw)));
}

describe('year-less times', () => {
  test('are of the year in which the file was written', () => {
    expect(mapped([yearless('03-17T16:13:38'), yearless('03-17T16:13:39')], '2025-03-18T00:00:00Z')).toEqual([
      '2025-03-17T16:13:38Z',
      '2025-03-17T16:13:39Z',
    ]);
  });
  test('are of the year before when they would lie in the future', () => {
    expect(mapped([yearless('12-30T10:00:00')], '2025-03-18T00:00:00Z')).toEqual(['2024-12-30T10:00:00Z']);
  });
  test('may be up to a day later than the file', () => {
    expect(mapped([yearless('03-18T23:00:00')], '2025-03-18T00:00:00Z')).toEqual(['2025-03-18T23:00:00Z']);
    expect(mapped([yearless('03-19T00:00:01')], '2025-03-18T00:00:00Z')).toEqual(['2024-03-19T00:00:01Z']);
  });
  test('may be of the new year when the file was written in its first night', () => {
    expect(mapped([yearless('12-31T23:59:59'), yearless('01-01T00:30:00', 1)], '2024-12-31T23:30:00Z')).toEqual([
      '2024-12-31T23:59:59Z',
      '2025-01-01T00:30:00Z',
    ]);
  });
  test('go back a year at each roll-over', () => {
    const raws = [
      yearless('11-09T12:00:00'),
      yearless('02-01T00:00:00', 1),
      yearless('12-31T23:59:59', 1),
      yearless('01-01T00:00:00', 2),
      yearless('03-01T08:00:00', 2),
    ];
    expect(mapped(raws, '2025-03-02T00:00:00Z')).toEqual([
      '2023-11-09T12:00:00Z',
      '2024-02-01T00:00:00Z',
      '2024-12-31T23:59:59Z',
      '2025-01-01T00:00:00Z',
      '2025-03-01T08:00:00Z',
    ]);
  });
  test('keep 29 February in leap years: 2024 and 2000, not 1900 or 2025', () => {
    const days = ['02-28T12:00:00', '02-29T12:00:00', '03-01T12:00:00', '12-31T12:00:00'].map((day) => yearless(day));
    const inYear = (year: number) => mapped(days, `${year + 1}-01-01T00:00:00Z`).map((time) => time.slice(0, 10));
    expect(inYear(2024)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01', '2024-12-31']);
    expect(inYear(2000)).toEqual(['2000-02-28', '2000-02-29', '2000-03-01', '2000-12-31']);
    expect(inYear(1900)).toEqual(['1900-02-28', '1900-03-01', '1900-03-01', '1900-12-31']);
    expect(inYear(2025)).toEqual(['2025-02-28', '2025-03-01', '2025-03-01', '2025-12-31']);
  });
  test('that end on a 29 February are of the latest leap year', () => {
    expect(mapped([yearless('02-29T12:00:00')], '2027-06-01T00:00:00Z')).toEqual(['2024-02-29T12:00:00Z']);
    expect(mapped([yearless('02-29T12:00:00')], '1903-06-01T00:00:00Z')).toEqual(['1896-02-29T12:00:00Z']);
  });
  test('are wall times of the zone, summer and winter', () => {
    expect(
      mapped([yearless('01-15T12:00:00'), yearless('07-15T12:00:00')], '2025-08-01T00:00:00Z', 'Europe/Berlin'),
    ).toEqual(['2025-01-15T11:00:00Z', '2025-07-15T10:00:00Z']);
  });
  test('may be out of order around the new year', () => {
    const raws = [
      yearless('12-31T23:59:58'),
      yearless('01-01T00:00:01', 1),
      yearless('12-31T23:59:59'),
      yearless('01-01T00:00:02', 1),
    ];
    expect(mapped(raws, '2025-01-02T00:00:00Z')).toEqual([
      '2024-12-31T23:59:58Z',
      '2025-01-01T00:00:01Z',
      '2024-12-31T23:59:59Z',
      '2025-01-01T00:00:02Z',
    ]);
  });
  test('come back whatever the years they were taken from', () => {
    const start = Date.UTC(1996, 0, 1);
    fc.assert(
      fc.property(
        fc.integer({ min: start, max: Date.UTC(2040, 0, 1) }),
        fc.array(fc.integer({ min: 0, max: 900 * DAY_MS }), { minLength: 1, maxLength: 5 }),
        (first, steps) => {
          const times = [first];
          for (const step of steps) times.push((times[times.length - 1] as number) + step);
          const firstYear = new Date(first).getUTCFullYear();
          const raws = times.map((time) => {
            const date = new Date(time);
            return date.setUTCFullYear(2000) + (new Date(time).getUTCFullYear() - firstYear) * LEAP_YEAR_MS;
          });
          const last = times[times.length - 1] as number;
          expect(mapped(raws, new Date(last + 1000).toISOString())).toEqual(times.map(iso));
        },
      ),
      { seed: 29, numRuns: 300 },
    );
  });
});

describe('date-less times', () => {
  test('are of the day on which the file was written', () => {
    expect(mapped([clock('10:00:00'), clock('10:00:01.500')], '2025-03-18T10:05:00Z', 'UTC', datelessMap)).toEqual([
      '2025-03-18T10:00:00Z',
      '2025-03-18T10:00:01.500Z',
    ]);
  });
  test('are of the day before when the clock is more than a minute ahead of the file', () => {
    expect(mapped([clock('10:06:00')], '2025-03-18T10:05:00Z', 'UTC', datelessMap)).toEqual(['2025-03-18T10:06:00Z']);
    expect(mapped([clock('10:06:01')], '2025-03-18T10:05:00Z', 'UTC', datelessMap)).toEqual(['2025-03-17T10:06:01Z']);
  });
  test('go back a day at each midnight', () => {
    expect(
      mapped(
        [clock('23:59:59'), clock('00:00:01', 1), clock('09:00:00', 2)],
        '2025-03-01T10:00:00Z',
        'UTC',
        datelessMap,
      ),
    ).toEqual(['2025-02-27T23:59:59Z', '2025-02-28T00:00:01Z', '2025-03-01T09:00:00Z']);
  });
  test('are of the date in the zone', () => {
    // 23:30 UTC is 00:30 of the next day in Berlin.
    expect(
      mapped([clock('23:50:00'), clock('00:20:00', 1)], '2025-01-10T23:30:00Z', 'Europe/Berlin', datelessMap),
    ).toEqual(['2025-01-10T22:50:00Z', '2025-01-10T23:20:00Z']);
  });
  test('cross the change of clocks', () => {
    expect(
      mapped([clock('01:30:00'), clock('03:30:00')], '2025-03-30T02:00:00Z', 'Europe/Berlin', datelessMap),
    ).toEqual(['2025-03-30T00:30:00Z', '2025-03-30T01:30:00Z']);
  });
});
