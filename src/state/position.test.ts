import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  clampPosition,
  endPosition,
  fromFraction,
  type ListLayout,
  moveBy,
  reveal,
  START,
  toFraction,
  visibleRange,
} from './position';

const ROW = 24;

function list(count: number, viewHeight = 240, tall: Record<number, number> = {}): ListLayout {
  return { count, rowHeight: ROW, viewHeight, heightOf: (index) => tall[index] ?? ROW };
}

/** A list with some taller rows, and a walk through it in pixels. */
const walks = fc.record({
  count: fc.integer({ min: 1, max: 400 }),
  viewHeight: fc.integer({ min: 50, max: 900 }),
  tall: fc.dictionary(fc.integer({ min: 0, max: 399 }).map(String), fc.integer({ min: ROW, max: 2000 }), {
    maxKeys: 6,
  }),
  steps: fc.array(fc.integer({ min: -3000, max: 3000 }), { maxLength: 20 }),
});

describe('scrolling', () => {
  test('a hundred million rows are walked pixel by pixel and never skip a row', () => {
    const layout = list(100_000_000);
    const from = { index: 73_000_000, offset: 0 };
    expect(moveBy(from, 1, layout)).toEqual({ index: 73_000_000, offset: 1 });
    expect(moveBy(from, ROW, layout)).toEqual({ index: 73_000_001, offset: 0 });
    expect(moveBy(from, -1, layout)).toEqual({ index: 72_999_999, offset: ROW - 1 });
  });

  test('the last screen is full: its last row ends at the bottom edge', () => {
    expect(endPosition(list(100_000_000, 250))).toEqual({ index: 99_999_989, offset: 14 });
    expect(endPosition(list(5))).toEqual(START);
  });

  test('down and up again by the same pixels ends where it began, away from the ends', () => {
    fc.assert(
      fc.property(walks, fc.integer({ min: 0, max: 800 }), ({ count, viewHeight, tall }, px) => {
        const layout = list(count, viewHeight, tall);
        const there = moveBy(START, px, layout);
        const end = endPosition(layout);
        fc.pre(there.index !== end.index || there.offset !== end.offset);
        expect(moveBy(there, -px, layout)).toEqual(START);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test('whatever the walk, the position exists and the view is filled when the list is long enough', () => {
    fc.assert(
      fc.property(walks, ({ count, viewHeight, tall, steps }) => {
        const layout = list(count, viewHeight, tall);
        let at = START;
        for (const step of steps) {
          at = moveBy(at, step, layout);
          expect(at.offset).toBeGreaterThanOrEqual(0);
          expect(at.offset).toBeLessThan(layout.heightOf(at.index));
          const { start, end } = visibleRange(at, layout);
          let height = -at.offset;
          for (let index = start; index < end; index += 1) height += layout.heightOf(index);
          const total = Array.from({ length: count }, (_, index) => layout.heightOf(index)).reduce(
            (sum, h) => sum + h,
            0,
          );
          expect(height).toBeGreaterThanOrEqual(Math.min(viewHeight, total));
        }
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});

describe('showing a row', () => {
  test('a row in view moves nothing', () => {
    const from = { index: 50, offset: 5 };
    expect(reveal(from, 55, list(1000))).toBe(from);
  });

  test('a row just below comes in at the bottom, one just above at the top', () => {
    expect(reveal({ index: 50, offset: 0 }, 60, list(1000))).toEqual({ index: 51, offset: 0 });
    expect(reveal({ index: 50, offset: 5 }, 49, list(1000))).toEqual({ index: 49, offset: 0 });
  });

  test('a row far away comes with context above it', () => {
    const there = reveal(START, 90_000_000, list(100_000_000));
    expect(there.index).toBe(89_999_997);
  });

  test('a row taller than the view shows its beginning', () => {
    expect(reveal({ index: 1, offset: 0 }, 2, list(100, 240, { 2: 900 }))).toEqual({ index: 2, offset: 0 });
  });
});

describe('the scroll bar', () => {
  test('fractions and positions are each other’s inverse, to the row', () => {
    const layout = list(100_000_000);
    for (const index of [0, 1, 12_345_678, 99_999_990]) {
      expect(fromFraction(toFraction({ index, offset: 0 }, layout), layout).index).toBe(index);
    }
    expect(fromFraction(1, layout)).toEqual(endPosition(layout));
  });

  test('a list that shrank takes the position with it', () => {
    expect(clampPosition({ index: 500, offset: 3 }, list(20))).toEqual({ index: 10, offset: 0 });
    expect(clampPosition({ index: 500, offset: 3 }, list(0))).toEqual(START);
  });
});
