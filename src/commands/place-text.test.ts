import { expect, test } from 'vitest';

import { toPlaceText } from './place-text';

const AT = Date.UTC(2026, 4, 19, 14, 6, 31, 209);

test('the time of day in the zone shown, and how far it is', () => {
  expect(toPlaceText(AT, AT - 2, 'UTC')).toBe('14:06:31.209, 2 ms ahead');
  expect(toPlaceText(AT, AT + 8 * 60_000 + 27_000, 'Europe/Berlin')).toBe('16:06:31.209, 8 min 27 s back');
  expect(toPlaceText(AT, AT, 'UTC')).toBe('14:06:31.209, the same moment');
});

test('what is unknown is left out', () => {
  expect(toPlaceText(AT, null, 'UTC')).toBe('14:06:31.209');
  expect(toPlaceText(null, AT, 'UTC')).toBeNull();
});
