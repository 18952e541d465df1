import { expect, test } from 'vitest';

import { createAxis, gatherByPixel } from './axis';

const axis = createAxis({ start: 1000, end: 3000 }, 100);

test('moments have places, places have moments', () => {
  expect(axis.percent(1000)).toBe('0.0000%');
  expect(axis.percent(1500)).toBe('25.0000%');
  expect(axis.length(500)).toBe('25.0000%');
  expect(axis.timeAt(0.25)).toBe(1500);
  expect([999, 1000, 3000, 3001].map((time) => axis.isInView(time))).toEqual([false, true, true, false]);
});

test('what would stand on each other is one group; what is out of view or has no time is none', () => {
  const at = (time: number | null) => ({ time });
  const groups = gatherByPixel([at(2000), at(1100), at(null), at(1000), at(1180), at(5000)], axis, 8);
  expect(groups.map(({ time, things }) => [time, things.length])).toEqual([
    [1000, 2],
    [1180, 1],
    [2000, 1],
  ]);
});
