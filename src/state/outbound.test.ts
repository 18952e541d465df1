import { expect, test } from 'vitest';

import { countRequests, type RequestEntry } from './outbound';

const ORIGIN = 'http://localhost:4173';

const entry = (path: string, initiatorType: string, decodedBodySize = 10): RequestEntry => ({
  name: path.includes(':') ? path : `${ORIGIN}${path}`,
  initiatorType,
  decodedBodySize,
});

test('requests are counted by kind; bytes at hand are none', () => {
  const { counts, total, foreignOrigins } = countRequests(
    [
      entry('/', 'navigation', 500),
      entry('/assets/index-12345678.js', 'script'),
      entry('/assets/Palette-12345678.js', 'other'),
      entry('/assets/index-12345678.css', 'link'),
      entry('/assets/engine.worker-12345678.js', 'other'),
      entry('/icon.svg', 'link'),
      entry('/samples/gateway.jsonl', 'fetch', 4000),
      entry('blob:http://localhost:4173/1', 'fetch'),
      entry('data:,x', 'img'),
    ],
    ORIGIN,
  );
  expect(counts).toEqual([
    { kind: 'page', count: 1, bytes: 500 },
    { kind: 'script', count: 2, bytes: 20 },
    { kind: 'style', count: 1, bytes: 10 },
    { kind: 'picture', count: 1, bytes: 10 },
    { kind: 'worker', count: 1, bytes: 10 },
    { kind: 'fetch', count: 1, bytes: 4000 },
  ]);
  expect(total).toBe(7);
  expect(foreignOrigins).toEqual([]);
});

test('another origin is named, once', () => {
  const { foreignOrigins } = countRequests(
    [entry('https://a.example/x', 'img'), entry('https://a.example/y', 'fetch'), entry('not an address', 'other')],
    ORIGIN,
  );
  expect(foreignOrigins).toEqual(['https://a.example']);
});

test('what the policy refused was not sent', () => {
  const refused = new Set(['https://a.example/x']);
  expect(countRequests([entry('https://a.example/x', 'fetch')], ORIGIN, { refused })).toMatchObject({
    total: 0,
    foreignOrigins: [],
  });
});

test('entries as browsers have them, with getters in place of fields, are told apart too', () => {
  class Entry implements RequestEntry {
    get name() {
      return `${ORIGIN}/`;
    }
    get initiatorType() {
      return 'navigation';
    }
    get decodedBodySize() {
      return 500;
    }
  }
  expect(countRequests([new Entry()], ORIGIN).counts).toEqual([{ kind: 'page', count: 1, bytes: 500 }]);
});
