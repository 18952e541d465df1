import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import * as units from './units';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [17_600_000, '17.6 MB'],
  [999_499, '999 kB'],
  [999_600, '1.00 MB'],
  [1_040_539_751, '1.04 GB'],
  [9_996, '10.0 kB'],
  [12.4e15, '12.4 PB'],
])('a file of %d bytes has %s', (bytes, text) => expect(units.formatBytes(bytes)).toBe(text));

test.each([
  [1024, '1.00 KiB'],
  [64 * 1024 ** 2, '64.0 MiB'],
  [1.75 * 1024 ** 3, '1.75 GiB'],
  [1023.7 * 1024 ** 2, '1.00 GiB'],
])('%d bytes of memory are %s', (bytes, text) => expect(units.formatMemory(bytes)).toBe(text));

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [9_512_920, '9,512,920'],
  [-1234, '-1,234'],
  [1e15, '1,000,000,000,000,000'],
])('the count %d is written %s', (count, text) => expect(units.formatCount(count)).toBe(text));

test.each([
  [0, '0 ms'],
  [0.04, '<0.1 ms'],
  [0.5, '0.5 ms'],
  [61, '61 ms'],
  [999.6, '1.0 s'],
  [30_000, '30.0 s'],
  [59_960, '1 min'],
  [260_000, '4 min 20 s'],
  [3_599_600, '1 h'],
  [7_500_000, '2 h 5 min'],
  [273_600_000, '3 d 4 h'],
  [-1500, '-1.5 s'],
])('%d ms last %s', (ms, text) => expect(units.formatDuration(ms)).toBe(text));

test('a rate without time has no figure', () => {
  expect(units.formatRate(1_200_000_000, 1000)).toBe('1.20 GB/s');
  expect(units.formatRate(5, 0)).toBe('–');
});

describe('times', () => {
  test('are told in the zone, across midnight and before 1970', () => {
    const time = Date.UTC(2026, 4, 19, 22, 6, 31, 207);
    expect(units.formatTime(time)).toBe('2026-05-19 22:06:31.207');
    expect(units.formatTime(time, 2 * 3_600_000)).toBe('2026-05-20 00:06:31.207');
    expect(units.formatTime(-1)).toBe('1969-12-31 23:59:59.999');
    expect(units.formatClock(time, -3.5 * 3_600_000)).toBe('18:36:31');
  });

  test('agree with Date over four thousand years', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(100, 0, 1), max: Date.UTC(4000, 0, 1) }), (time) => {
        expect(units.formatTime(time)).toBe(new Date(time).toISOString().replace('T', ' ').slice(0, -1));
      }),
      { seed: 12, numRuns: 2000 },
    );
  });

  test.each([
    [0, 'UTC'],
    [7_200_000, 'UTC+2'],
    [-12_600_000, 'UTC-3:30'],
    [20_700_000, 'UTC+5:45'],
  ])('an offset of %d ms is %s', (offset, text) => expect(units.formatOffset(offset)).toBe(text));
});
