/** Values in messages: `‸` stands before the character pointed at. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { valueAt } from './value-at';

function at(drawn: string) {
  const index = drawn.indexOf('‸');
  const text = drawn.replace('‸', '');
  const found = valueAt(text, index);
  if (found) expect(text.slice(found.start, found.end)).toBe(found.value);
  return found && (found.key === null ? found.value : `${found.key} → ${found.value}`);
}

describe('what is a value', () => {
  test.each([
    ['request timed out after 30‸000ms.', '30000ms'],
    ['delta -1‸2.5 here', '-12.5'],
    ['GET /v2/char‸ges/ch_3PqX81 200', '/v2/charges/ch_3PqX81'],
    ['GET /v2/charges 2‸00 1.3 kB', '200'],
    ['trace b41d09‸e7c2', 'b41d09e7c2'],
    ['for 123e4567-e89b-12d3-a456-42661417‸4000, again', '123e4567-e89b-12d3-a456-426614174000'],
    ['from 10.0.‸0.1:8080 to', '10.0.0.1:8080'],
    ['from [2001:db8::‸1]:443', '2001:db8::1'],
    ['delivered to https://hooks.acme.ex‸ample/pay?a=b. done', 'https://hooks.acme.example/pay?a=b'],
    ['PgConnection@5c1d‸0f leaks', 'PgConnection@5c1d0f'],
    ['at com.acme.Po‸ol.get(Pool.java:41)', 'com.acme.Pool.get'],
    ['(Pool.java:4‸1)', 'Pool.java → 41'],
    ['HikariPo‸ol-1 - Connection', 'HikariPool-1'],
    ['refund-reconci‸ler stops', 'refund-reconciler'],
    ['mail to ann@acme.exam‸ple!', 'ann@acme.example'],
    ['C:\\logs\\ap‸p.txt', 'C:\\logs\\app.txt'],
    ['#4711‸ failed', null],
    ['order #47‸11 failed', '4711'],
    ['12:30:4‸5.123', '12:30:45.123'],
    ['user "Ann B‸ell" logs in', 'Ann Bell'],
    ["file 'a b‸.txt'", 'a b.txt'],
  ])('%s: %s', (drawn, expected) => {
    expect(at(drawn)).toBe(expected);
  });
});

describe('what has a name', () => {
  test.each([
    ['total=2‸0, active', 'total → 20'],
    ['tot‸al=20, active', 'total → 20'],
    ['state=ope‸n', 'state → open'],
    ['user="Ann B‸ell" x', 'user → Ann Bell'],
    ['us‸er="Ann Bell" x', 'user → Ann Bell'],
    ['status: 50‸3', 'status → 503'],
    ['{"http.status":50‸3,"a":1}', 'http.status → 503'],
    ['{"path":"/v2/cha‸rges"}', 'path → /v2/charges'],
    ['{"message":"a long story i‸n words"}', 'message → a long story in words'],
    ['worker:ab‸c-1', 'worker → abc-1'],
    ['{"http.sta‸tus":503}', 'http.status → 503'],
    ['{"pa‸th": "/v2/charges"}', 'path → /v2/charges'],
  ])('%s: %s', (drawn, expected) => {
    expect(at(drawn)).toBe(expected);
  });
});

describe('what is prose', () => {
  test.each([
    'Connection is no‸t available',
    'could‸ not obtain',
    'no ‸ word',
    'failed:‸ could not',
    'he said "this is a lo‸ng sentence" to me',
    "it doesn't matter, i‸sn't it",
    '{"http‸":{"status":503}}',
    '‸',
    '- ‸- -',
  ])('%s', (drawn) => {
    expect(at(drawn)).toBeNull();
  });

  test('a value that would be longer than anyone looks for', () => {
    expect(valueAt(`${'a1'.repeat(5000)}`, 400)).toBeNull();
    expect(valueAt(`x="${'a1 '.repeat(500)}"`, 400)).not.toBe('x');
  });
});

test('whatever is pointed at, the span lies in the text, around the place or behind its name', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom('a', '1', ' ', '"', "'", '=', ':', '/', '.', '-', '\n', 'key', '{', '\\', 'é', '\u{1F600}'),
        { maxLength: 30 },
      ),
      fc.nat(60),
      (pieces, index) => {
        const text = pieces.join('');
        const found = valueAt(text, Math.min(index, text.length));
        if (!found) return;
        expect(text.slice(found.start, found.end)).toBe(found.value);
        expect(found.value.trim()).not.toBe('');
        expect(found.value).not.toContain('\n');
        expect(found.end).toBeGreaterThanOrEqual(Math.min(index, text.length));
      },
    ),
    { seed: 21, numRuns: 5000 },
  );
});

test('in a line of a million characters only what stands near is looked at', () => {
  const far = 'word "quoted" k=v '.repeat(60_000);
  const near = far.slice(500_000 - 500, 500_000 + 500);
  for (let at = 0; at < 60; at += 1) {
    const found = valueAt(near, 500 + at);
    const moved = found && { ...found, start: found.start + 499_500, end: found.end + 499_500 };
    expect(valueAt(far, 500_000 + at)).toEqual(moved);
  }
});
