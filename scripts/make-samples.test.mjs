import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { makeSamples } from './make-samples.mjs';
import { at } from './project.mjs';

describe.each(makeSamples())('the sample $name', ({ name, text }) => {
  test('is what the script makes', () => {
    expect(readFileSync(at('public', 'samples', name), 'utf8')).toBe(text);
  });

  test('is small, and its times never go back', () => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
    const times = [...text.matchAll(/^(?:\{"time":")?(2026-05-19[ T][\d:.]{12})/gm)].map((match) => String(match[1]));
    expect(times.length).toBeGreaterThan(100);
    expect(times).toEqual([...times].sort());
  });
});

test('the samples tell of one incident', () => {
  const [payments, gateway, postgres] = makeSamples().map(({ text }) => text);
  expect(payments).toMatch(/^2026-05-19 14:02:11\.\d{3} .*Starting payments-api 2\.49\.0/m);
  expect(payments).toMatch(/^2026-05-19 14:06:31\.\d{3} .*Pool is empty/m);
  expect(payments).toMatch(/^2026-05-19 14:47:20\.\d{3} .*Starting payments-api 2\.48\.0/m);
  const refused = gateway?.split('\n').filter((line) => line.includes('"status":503')) ?? [];
  expect(refused.length).toBeGreaterThan(30);
  for (const line of refused)
    expect(JSON.parse(line).time > '2026-05-19T14:06:31' && JSON.parse(line).time < '2026-05-19T14:47:20').toBe(true);
  expect(postgres).toContain('FOR UPDATE');
});
