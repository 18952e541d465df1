import { expect, test } from 'vitest';

import { findZones, listZones, toOffsetText } from './zone-list';

const JULY = Date.UTC(2026, 6, 1);
const zones = listZones(
  ['America/New_York', 'Asia/Kolkata', 'Europe/Berlin', 'UTC'],
  'Europe/Berlin',
  'Asia/Kolkata',
  JULY,
);
const names = (text: string) => findZones(zones, text).map((zone) => zone.name);

test('UTC, this device and the one in use come first, each once', () => {
  expect(names('')).toEqual(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York']);
});

test('zones are found by city, by offset as of then, and as this device’s', () => {
  expect(names('new york')).toEqual(['America/New_York']);
  expect(names('+05:30')).toEqual(['Asia/Kolkata']);
  expect(names('this device')).toEqual(['Europe/Berlin']);
  expect(names('europe +02')).toEqual(['Europe/Berlin']);
  expect(names('europe +01')).toEqual([]);
  expect(names('america/new')).toEqual(['America/New_York']);
  expect(names('ko')).toEqual(['Asia/Kolkata']);
  expect(names('r')).toEqual(['Europe/Berlin', 'America/New_York']);
});

test('an offset has a sign, hours and minutes', () => {
  expect([0, 7_200_000, -12_600_000, 20_700_000].map(toOffsetText)).toEqual(['+00:00', '+02:00', '−03:30', '+05:45']);
});
