import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { WILDCARD_KINDS, type WildcardKind } from './pattern';
import { joinKinds, kindOf } from './wildcard-kind';

const SAMPLES: Readonly<Record<WildcardKind, readonly string[]>> = {
  number: ['0', '-17', '+3', '3.25', '1,234,567', '99.9%', '6.02e23', '0042'],
  duration: ['5ms', '1.5s', '250 ms', '3h', '1h2m3.5s', '12 seconds', '1 min', 'PT0.25S', '-3µs', '4d', '2m 10s'],
  bytes: ['12 KB', '512B', '3.5MiB', '64k', '10 bytes', '1,024 B', '2Gi', '100 M'],
  hex: ['0x7fff5fbff8c0', 'deadbeef', '4f3a', 'a1b2c3d4e5f6', '00:1a:2b:3c:4d:5e', '89ABCDEF'],
  uuid: ['123e4567-e89b-12d3-a456-426614174000', '{123E4567-E89B-12D3-A456-426614174000}'],
  ip: [
    '10.0.0.1',
    '/10.0.0.1:8080',
    '192.168.0.0/16',
    '::1',
    'fe80::1%eth0',
    '[2001:db8::7]:443',
    '2001:db8:0:0:0:0:0:1',
  ],
  path: [
    '/var/log/app.log',
    './run.sh',
    '~/notes',
    'C:\\Temp\\a b.txt',
    '\\\\host\\share',
    'conf/app.yaml',
    'a/b/c',
    '/',
  ],
  url: ['https://example.org/a?b=c', 'hdfs://node-1:9000/tmp', 'jdbc://x'],
  email: ['ann@example.org', '<a.b+c@mail.example.co.uk>'],
  quoted: ['"a b"', "'x'", '``', '""'],
  time: [
    '2025-01-31',
    '2025-01-31T10:05:00Z',
    '2025-01-31 10:05:00,123',
    '10:05:07',
    '10:05',
    '05/Jun/2025:10:00:00 +0000',
    'Thu Jun 09 06:07:05 2005',
  ],
  word: ['', 'root', 'n/a', 'web-01', 'org.apache.Foo', '1.2.3', 'x=5', '10.0.0.256', '#', 'user@host', 'abc:def'],
  text: ['two words', ' ', 'tab\there', 'failed: 5 times'],
};

describe('kindOf', () => {
  test.each(Object.entries(SAMPLES))('%s', (kind, values) => {
    expect(values.map((value) => [value, kindOf(value)])).toEqual(values.map((value) => [value, kind]));
  });

  test('answers for any text, however long', () => {
    expect(kindOf('a'.repeat(200_000))).toBe('word');
    expect(kindOf('1'.repeat(200_000))).toBe('word');
    expect(kindOf('1 '.repeat(100_000))).toBe('text');
    expect(kindOf(`/${'a/'.repeat(100_000)}`)).toBe('path');
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(WILDCARD_KINDS).toContain(kindOf(value));
      }),
      { seed: 41, numRuns: 50 },
    );
  });
});

describe('joinKinds', () => {
  test('plain numbers are of the kind of the measures around them', () => {
    expect(joinKinds('number', 'duration')).toBe('duration');
    expect(joinKinds('hex', 'number')).toBe('hex');
    expect(joinKinds('bytes', 'duration')).toBe('word');
    expect(joinKinds('ip', 'word')).toBe('word');
    expect(joinKinds('quoted', 'word')).toBe('text');
  });

  test('depends on no order', () => {
    for (const a of WILDCARD_KINDS) {
      expect(joinKinds(a, a)).toBe(a);
      for (const b of WILDCARD_KINDS) {
        expect(joinKinds(a, b)).toBe(joinKinds(b, a));
        for (const c of WILDCARD_KINDS) expect(joinKinds(joinKinds(a, b), c)).toBe(joinKinds(a, joinKinds(b, c)));
      }
    }
  });
});
