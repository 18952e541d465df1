import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fitSpan, lengthOf, MIN_SPAN_MS, panSpan, revealTime, zoomSpan } from './time-span';

const HOUR = 3_600_000;
const day = { start: 0, end: 24 * HOUR };

test('zooming keeps the moment under the pointer where it is', () => {
  expect(zoomSpan(day, day, 6 * HOUR, 2)).toEqual({ start: 3 * HOUR, end: 15 * HOUR });
  expect(zoomSpan({ start: 3 * HOUR, end: 15 * HOUR }, day, 6 * HOUR, 1 / 2)).toBeNull();
});

test('panning stops at the ends', () => {
  const span = { start: HOUR, end: 3 * HOUR };
  expect(panSpan(span, day, HOUR)).toEqual({ start: 2 * HOUR, end: 4 * HOUR });
  expect(panSpan(span, day, -5 * HOUR)).toEqual({ start: 0, end: 2 * HOUR });
  expect(panSpan(span, day, 50 * HOUR)).toEqual({ start: 22 * HOUR, end: 24 * HOUR });
});

test('a moment out of view comes into it with time to each side; one in view moves nothing', () => {
  const span = { start: 10 * HOUR, end: 12 * HOUR };
  expect(revealTime(span, day, 11 * HOUR)).toEqual(span);
  const right = revealTime(span, day, 20 * HOUR);
  expect(right?.end).toBeGreaterThan(20 * HOUR);
  expect(right?.start).toBeLessThan(20 * HOUR);
  expect(revealTime(span, day, 0)).toEqual({ start: 0, end: 2 * HOUR });
});

const spans = fc
  .tuple(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 100, max: 1e10 }))
  .chain(([start, length]) =>
    fc.record({
      bounds: fc.constant({ start, end: start + length }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      part: fc.double({ min: 0.0001, max: 1, noNaN: true }),
    }),
  );

describe('whatever is asked', () => {
  test('a span lies within the whole, is not too narrow, and is whole milliseconds', () => {
    fc.assert(
      fc.property(spans, fc.double({ min: 0.001, max: 1000, noNaN: true }), ({ bounds, share, part }, factor) => {
        const length = lengthOf(bounds) * part;
        const span = fitSpan(
          { start: bounds.start + share * length, end: bounds.start + (share + part) * length },
          bounds,
        );
        const about = bounds.start + share * lengthOf(bounds);
        for (const next of [
          zoomSpan(span ?? bounds, bounds, about, factor),
          panSpan(span ?? bounds, bounds, (factor - 500) * 1000),
          revealTime(span ?? bounds, bounds, about),
        ]) {
          if (next === null) continue;
          expect(next.start).toBeGreaterThanOrEqual(bounds.start);
          expect(next.end).toBeLessThanOrEqual(bounds.end);
          expect(lengthOf(next)).toBeGreaterThanOrEqual(MIN_SPAN_MS);
          expect(Number.isInteger(next.start) && Number.isInteger(next.end)).toBe(true);
        }
      }),
    );
  });

  test('zooming in and out again about the same moment comes back, but for rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 20 }), fc.double({ min: 1.1, max: 3, noNaN: true }), (hour, factor) => {
        const span = { start: 2 * HOUR, end: 22 * HOUR };
        const near = zoomSpan(span, day, hour * HOUR, factor);
        const back = near && zoomSpan(near, day, hour * HOUR, 1 / factor);
        expect(Math.abs((back?.start ?? 0) - span.start)).toBeLessThan(10);
        expect(Math.abs((back?.end ?? 0) - span.end)).toBeLessThan(10);
      }),
    );
  });
});
