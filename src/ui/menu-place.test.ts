import { expect, test } from 'vitest';

import { placeMenu } from './menu-place';

const VIEW = { width: 1000, height: 800 };
const anchorAt = (left: number, top: number) => ({ left, top, right: left + 100, bottom: top + 20 });

test('a menu opens below its anchor, at the same left edge', () => {
  expect(placeMenu(anchorAt(50, 100), { width: 240, height: 300 }, VIEW)).toEqual({
    left: 50,
    top: 124,
    maxHeight: 668,
  });
});

test('without room below it opens above, and ends where its anchor begins', () => {
  expect(placeMenu(anchorAt(50, 700), { width: 240, height: 300 }, VIEW).top).toBe(396);
});

test('at the right edge it ends where its anchor ends', () => {
  expect(placeMenu(anchorAt(880, 100), { width: 240, height: 300 }, VIEW).left).toBe(740);
});

test('with too little room on both sides it takes the larger one and scrolls', () => {
  const place = placeMenu(anchorAt(50, 300), { width: 240, height: 2000 }, VIEW);
  expect(place).toEqual({ left: 50, top: 324, maxHeight: 468 });
});

test.each([-500, 0, 400, 990, 2000])('an anchor at %i px keeps the menu inside the window', (left) => {
  const place = placeMenu(anchorAt(left, left), { width: 240, height: 200 }, VIEW);
  expect(place.left).toBeGreaterThanOrEqual(0);
  expect(place.left + 240).toBeLessThanOrEqual(VIEW.width);
});
