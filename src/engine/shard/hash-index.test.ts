/** Numbers by hash: what a Map would say. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { HashIndex } from './hash-index';

test('holds what was set, whatever collides and however far it grows', () => {
  // Few low words, so that slots are fought for; negative ones, as they come from shifts.
  const entry = fc.tuple(
    fc.integer({ min: -2, max: 2 }),
    fc.integer({ min: -300, max: 300 }),
    fc.integer({ min: 1, max: 0xffffffff }),
  );
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 400 }), fc.boolean(), (entries, isCleared) => {
      const index = new HashIndex(4);
      if (isCleared) {
        for (const [low, high, value] of entries) index.set(low, high, value);
        index.clear();
      }
      const plain = new Map<string, number>();
      for (const [low, high, value] of entries) {
        index.set(low, high, value);
        plain.set(`${low} ${high}`, value);
      }
      expect(index.size).toBe(plain.size);
      for (let low = -2; low <= 2; low++)
        for (let high = -300; high <= 300; high += 7)
          expect(index.get(low, high)).toBe(plain.get(`${low} ${high}`) ?? 0);
    }),
    { seed: 20261120, numRuns: 200 },
  );
});
