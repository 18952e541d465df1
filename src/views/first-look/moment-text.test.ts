import { expect, test } from 'vitest';

import { toMomentText } from './moment-text';

const NOON = Date.UTC(2026, 4, 19, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test('a moment has its day and its year where they are needed', () => {
  const hours = { start: NOON, end: NOON + 4 * HOUR };
  expect(toMomentText(NOON, hours, 'UTC')).toBe('12:00:00');
  expect(toMomentText(NOON, null, 'UTC')).toBe('12:00:00');
  expect(toMomentText(NOON, { start: NOON, end: NOON + 2 * DAY }, 'UTC')).toBe('19 May 12:00:00');
  expect(toMomentText(NOON - DAY, hours, 'UTC')).toBe('18 May 12:00:00');
  expect(toMomentText(NOON - 365 * DAY, hours, 'UTC')).toBe('19 May 2025 12:00:00');
  expect(toMomentText(NOON, { start: NOON - 365 * DAY, end: NOON }, 'UTC')).toBe('19 May 2026 12:00:00');
});
