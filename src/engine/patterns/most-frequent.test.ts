/** The most frequent texts are those that sorting all of them finds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { MostFrequent } from './most-frequent';

const encoder = new TextEncoder();

function expected(counted: readonly (readonly [string, number])[], size: number) {
  const all = counted.map(([value, count]) => ({ value, count }));
  all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return all.slice(0, size);
}

function found(counted: readonly (readonly [string, number])[], size: number) {
  const most = new MostFrequent(size);
  for (const [value, count] of counted) {
    const bytes = encoder.encode(`<${value}>`);
    most.add(bytes, 1, bytes.length - 1, count);
  }
  return most.collect();
}

const sign = fc.constantFrom('a', 'b', 'ü', '\ud7ff', '\ue000', '\uffff', '😀', '\u{10ffff}', '');
const text = fc.array(sign, { maxLength: 4 }).map((signs) => signs.join(''));

test('random texts', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(text, fc.integer({ min: 1, max: 3 })), { selector: ([value]) => value, maxLength: 60 }),
      fc.nat(10),
      (counted, size) => {
        expect(found(counted, size)).toEqual(expected(counted, size));
      },
    ),
    { seed: 20261120, numRuns: 500 },
  );
});

test.each([1, 3])('more than are sorted at once, each %i times at most', (most) => {
  const counted = Array.from({ length: 12_000 }, (_, i): [string, number] => {
    return [`${i % 7 === 0 ? '😀' : '\uffff'}${(i * 7919) % 30_011}`, 1 + (i % most)];
  });
  for (const size of [0, 1, 50, 8000, 20_000])
    expect(JSON.stringify(found(counted, size))).toBe(JSON.stringify(expected(counted, size)));
});
