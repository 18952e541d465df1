import { expect, test } from 'vitest';

import { parseMoment, toClockParts, toFullText, toRangeText } from './time-text';

const MAY_19 = Date.UTC(2026, 4, 19, 14, 6, 31, 207);

test('a moment reads as wall time of the zone, summer and winter', () => {
  expect(toFullText(MAY_19, 'UTC')).toBe('2026-05-19 14:06:31.207');
  expect(toFullText(MAY_19, 'Europe/Berlin')).toBe('2026-05-19 16:06:31.207');
  expect(toFullText(Date.UTC(2026, 0, 1, 23, 30), 'Europe/Berlin')).toBe('2026-01-02 00:30:00.000');
  expect(toFullText(MAY_19, 'Asia/Kathmandu', '456')).toBe('2026-05-19 19:51:31.207456');
});

test('a moment before 1970 keeps its milliseconds', () => {
  expect(toClockParts(-1, 'UTC')).toEqual({ clock: '23:59:59', fraction: '.999' });
  expect(toClockParts(-1, 'Asia/Tokyo')).toEqual({ clock: '08:59:59', fraction: '.999' });
});

test('what is shown can be typed back, in any zone', () => {
  for (const zone of ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu']) {
    expect(parseMoment(toFullText(MAY_19, zone), zone, 0)).toBe(MAY_19);
  }
});

test('a bare time of day takes its date from where the person is', () => {
  expect(parseMoment('14:02', 'UTC', MAY_19)).toBe(Date.UTC(2026, 4, 19, 14, 2));
  expect(parseMoment('01:00', 'Asia/Tokyo', MAY_19)).toBe(Date.UTC(2026, 4, 18, 16, 0));
});

test.each(['', 'soon', '25:00', '12', '54%', '14:60'])('%j is no moment', (text) => {
  expect(parseMoment(text, 'UTC', MAY_19)).toBeNull();
});

test('a range says its days only when they differ', () => {
  expect(toRangeText(MAY_19, MAY_19 + 3_600_000, 'UTC')).toBe('14:06–15:06');
  expect(toRangeText(MAY_19, MAY_19 + 86_400_000, 'UTC')).toBe('19 May 14:06 – 20 May 14:06');
});
