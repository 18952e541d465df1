/** Lines of a record and texts in quotes; numbers made alike. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { maskNumbers, splitQuoted } from './stack-text';

function mask(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const target = new Uint8Array(bytes.length);
  return new TextDecoder().decode(target.subarray(0, maskNumbers(bytes, 0, bytes.length, target)));
}

describe('numbers made alike', () => {
  test.each([
    ['A.java:88)', 'A.java:0)'],
    ['V2Api.get3(V2Api.java:7)', 'V2Api.get3(V2Api.java:0)'],
    ['lambda$run$12', 'lambda$run$0'],
    ['0x7f3aB0 in main +0x1b', '0x in main +0x'],
    ['a_1 é2 3é 4x5', 'a_1 é2 0é 0x5'],
    ['12:00:01.5', '0:0:0.0'],
    ['0', '0'],
    ['0x', '0x'],
  ])('%s', (text, masked) => {
    expect(mask(text)).toBe(masked);
  });

  test('bytes may be masked where they lie', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0x1f9aZ_$.: é'.split('')) }), (text) => {
        const masked = mask(text);
        const bytes = new TextEncoder().encode(text);
        expect(new TextDecoder().decode(bytes.subarray(0, maskNumbers(bytes, 0, bytes.length, bytes)))).toBe(masked);
      }),
      { seed: 20261120, numRuns: 1000 },
    );
  });
});

test('texts in quotes are cut at their line ends, however often they were escaped', () => {
  const text = 'a "b"\n\tc:\\new\r\ne ü';
  const once = JSON.stringify({ k: text });
  expect(splitQuoted(once)).toEqual(['{', 'k', ':', 'a "b"', '\tc:\\new', 'e ü', '}']);
  expect(splitQuoted(JSON.stringify({ log: JSON.stringify({ x: 'a\nb' }) }))).toEqual([
    '{',
    'log',
    ':',
    '{',
    'x',
    ':',
    'a',
    'b',
    '}',
    '}',
  ]);
  expect(splitQuoted('{"a":"\\u0041\\n\\u00e9\\ux"}')).toEqual(['{', 'a', ':', 'A', 'éux', '}']);
  expect(splitQuoted('x#012\ty')).toEqual(['x', '\ty']);
  expect(splitQuoted('"a\\')).toEqual(['a']);
});

test('whatever stands in quotes comes out as it went in', () => {
  const value = fc.string({ unit: fc.constantFrom(...'ab \\n"\n\t#u0é'.split('')) });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
      fc.pre(values.every((one) => !(one.includes('\\n') && one.includes('"')))); // what looks like a text within a text
      expect(splitQuoted(JSON.stringify(values))).toEqual(
        ['[', ...values.flatMap((one, i) => [...(i === 0 ? [] : [',']), ...one.split('\n')]), ']'].filter(Boolean),
      );
    }),
    { seed: 20261120, numRuns: 1000 },
  );
});
