import { describe, expect, test } from 'vitest';

import type { Histogram } from '../../engine/api';
import { buildAreas, buildTicks, maxOf, toBinText, TROUBLE_CODES } from './shapes';

/** Counts per level code, one array per level that occurs. */
function histogram(binCount: number, counts: Record<number, number[]>): Histogram {
  return {
    startMs: 0,
    binMs: 60_000,
    binCount,
    untimedCount: 0,
    counts: Array.from({ length: 7 }, (_, code) =>
      Uint32Array.from(counts[code] ?? Array.from({ length: binCount }, () => 0)),
    ),
  };
}

describe('stepped areas', () => {
  test('each bin is a step of its own, stacked on the worse level', () => {
    const [fatal, error, warn] = buildAreas(histogram(3, { 5: [10, 20, 0], 4: [10, 0, 40] }), TROUBLE_CODES, 40, {
      height: 40,
      isDown: false,
      isLog: false,
    });
    expect(fatal?.path).toBe('');
    expect(error?.path).toBe('M0 40V30H1V20H2V40H1V40H0Z');
    expect(warn?.path).toBe('M0 30V20H1V30H0ZM2 40V0H3V40H2Z');
  });

  test('a single FATAL among millions is at least 5 px high', () => {
    const [fatal] = buildAreas(histogram(2, { 6: [0, 1] }), TROUBLE_CODES, 1_000_000, {
      height: 44,
      isDown: false,
      isLog: false,
    });
    expect(fatal?.path).toBe('M1 44V39H2V44H1Z');
  });

  test('the lane below the axis hangs from it', () => {
    const [info] = buildAreas(histogram(1, { 3: [7] }), [3], 14, { height: 14, isDown: true, isLog: false });
    expect(info?.path).toBe('M0 0V7H1V0H0Z');
  });

  test('on a log scale ten times as many is the same step higher, wherever it stands', () => {
    const [, error] = buildAreas(histogram(3, { 5: [9, 99, 999] }), TROUBLE_CODES, 999, {
      height: 30,
      isDown: false,
      isLog: true,
    });
    expect(error?.path).toBe('M0 30V20H1V10H2V0H3V30H2V30H1V30H0Z');
  });

  test('the largest stack of a part is that of its bins', () => {
    const drawn = histogram(4, { 5: [9, 1, 3, 7] });
    expect(maxOf(drawn, TROUBLE_CODES, { start: 60_000, end: 180_000 })).toBe(3);
    expect(maxOf(drawn, TROUBLE_CODES, { start: 59_999, end: 180_001 })).toBe(9);
    expect(maxOf(drawn, TROUBLE_CODES, { start: -1e9, end: 0 })).toBe(0);
  });

  test('the scale is the largest stack, not the largest level', () => {
    expect(maxOf(histogram(2, { 5: [3, 9], 4: [8, 1] }), TROUBLE_CODES)).toBe(11);
  });
});

describe('ticks', () => {
  test('stand at round moments of the zone', () => {
    const start = Date.UTC(2026, 4, 19, 12, 7);
    expect(buildTicks(start, start + 4 * 3_600_000, 'UTC', 9).map((tick) => tick.label)).toEqual([
      '12:30',
      '13:00',
      '13:30',
      '14:00',
      '14:30',
      '15:00',
      '15:30',
      '16:00',
    ]);
    expect(buildTicks(start, start + 3_600_000, 'Asia/Kathmandu', 4).map((tick) => tick.label)).toEqual([
      '18:00',
      '18:15',
      '18:30',
      '18:45',
    ]);
  });

  test('stand at round moments on both sides of a change of the clock', () => {
    const start = Date.UTC(2026, 2, 28, 22);
    const ticks = buildTicks(start, start + 8 * 3_600_000, 'Europe/Berlin', 3);
    expect(ticks.map((tick) => tick.label)).toEqual(['29 Mar', '03:00', '06:00']);
    expect(ticks.map((tick) => (tick.time - start) / 3_600_000)).toEqual([1, 3, 6]);
    const hours = buildTicks(start, start + 5 * 3_600_000, 'Europe/Berlin', 6);
    expect(hours.map((tick) => tick.label)).toEqual(['23:00', '29 Mar', '01:00', '03:00', '04:00', '05:00']);
  });

  test('say the day where it begins, the year where it takes years', () => {
    const start = Date.UTC(2026, 11, 30, 20);
    expect(buildTicks(start, start + 12 * 3_600_000, 'UTC', 6).map((tick) => tick.label)).toEqual([
      '20:00',
      '22:00',
      '31 Dec',
      '02:00',
      '04:00',
      '06:00',
      '08:00',
    ]);
    expect(buildTicks(0, 5 * 365 * 86_400_000, 'UTC', 6)).toHaveLength(6);
  });
});

test('a bin is told in the largest unit that fits', () => {
  expect([1, 500, 1000, 5000, 60_000, 300_000, 3_600_000, 86_400_000].map(toBinText)).toEqual([
    'ms',
    '500 ms',
    's',
    '5 s',
    'min',
    '5 min',
    'h',
    'day',
  ]);
});
