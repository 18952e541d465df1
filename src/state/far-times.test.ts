import { expect, test } from 'vitest';

import type { Histogram } from '../engine/api';
import { findCrowd, occupiedSpan } from './far-times';

const DAY = 86_400_000;

/** One level, a bin a day from 1970 on; counts by day. */
function drawn(binCount: number, counts: Record<number, number>): [Histogram, number] {
  const bins = new Uint32Array(binCount);
  for (const [day, count] of Object.entries(counts)) bins[Number(day)] = count;
  return [
    { startMs: 0, binMs: DAY, binCount, counts: [bins], untimedCount: 0 },
    Object.values(counts).reduce((sum, count) => sum + count, 0),
  ];
}

test('one record at 1970 is left out, at either end', () => {
  expect(findCrowd(...drawn(300, { 0: 1, 298: 900, 299: 1100 }))).toEqual({ start: 298 * DAY, end: 300 * DAY });
  expect(findCrowd(...drawn(300, { 0: 1000, 299: 1 }))).toEqual({ start: 0, end: DAY });
});

test('a year with records throughout is shown whole, and so is one whose ends both count', () => {
  expect(findCrowd(...drawn(300, Object.fromEntries(Array.from({ length: 300 }, (_, day) => [day, 10]))))).toBeNull();
  expect(findCrowd(...drawn(300, { 0: 100, 299: 2000 }))).toBeNull();
});

test('of a handful of records none is far, and a month has its shape', () => {
  expect(findCrowd(...drawn(300, { 0: 1, 299: 8 }))).toBeNull();
  expect(findCrowd(...drawn(29, { 0: 1, 28: 2000 }))).toBeNull();
});

test('what was left out before counts: there is no second thousandth', () => {
  const [histogram, total] = drawn(300, { 0: 2, 299: 1998 });
  expect(findCrowd(histogram, total)).not.toBeNull();
  expect(findCrowd(histogram, total + 1)).toBeNull();
});

test('the occupied span begins and ends with a record', () => {
  expect(occupiedSpan(drawn(300, { 7: 1, 90: 2 })[0])).toEqual({ start: 7 * DAY, end: 91 * DAY });
  expect(occupiedSpan(drawn(300, {})[0])).toBeNull();
});
