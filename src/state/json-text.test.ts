import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readJson, toJsonFields, toJsonLines } from './json-text';

test('values keep their spelling: no number is rounded', () => {
  const node = readJson('{"id": 12345678901234567890, "share": 1.10, "on": true, "what": "a\\nb"}');
  expect(node && toJsonFields(node)).toEqual([
    { path: 'id', source: '12345678901234567890' },
    { path: 'share', source: '1.10' },
    { path: 'on', source: 'true' },
    { path: 'what', source: '"a\\nb"' },
  ]);
});

test('nested members are paths, empty ones are told', () => {
  const node = readJson('{"http":{"status":503,"tags":["a",{}]},"none":[]}');
  expect(node && toJsonFields(node).map(({ path, source }) => `${path}=${source}`)).toEqual([
    'http.status=503',
    'http.tags.0="a"',
    'http.tags.1={}',
    'none=[]',
  ]);
});

test.each([
  '',
  '{',
  '{"a":1',
  '{"a":1} x',
  '{a:1}',
  '[1,]',
  '01',
  '"a',
  '{"a" 1}',
  `${'['.repeat(500)}${']'.repeat(500)}`,
])('what is no JSON, or too deep, is not read as such: %.30s', (text) => {
  expect(readJson(text)).toBeNull();
});

test('any JSON is read, and its indented lines mean the same', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      const node = readJson(text);
      if (!node) throw new Error(`not read: ${text}`);
      expect(JSON.parse(toJsonLines(node).join('\n'))).toEqual(JSON.parse(text));
    }),
    { seed: 5, numRuns: 300 },
  );
});
