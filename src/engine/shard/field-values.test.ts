/** One field out of many records is what reading all fields of each says. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { jsonValues, readJsonFields } from './field-values';

test('the values of one name in JSON are those of the flattened fields', () => {
  const key = fc.constantFrom('a', 'b', 'a.b', '', '.', 'a.', 'é', '\\', 'status');
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, depthSize: 'medium' },
      fc.constantFrom('x', '', 5, null, true, [1, { a: 2 }], {}),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  fc.assert(
    fc.property(value, (one) => {
      const line = JSON.stringify(one);
      const fields = readJsonFields(line);
      for (const name of new Set([...fields.map((field) => field.name), 'a', 'a.b', '', 'a.b.a', 'no']))
        expect(jsonValues(line, name)).toEqual(
          fields.filter((field) => field.name === name).map((field) => field.value),
        );
    }),
    { seed: 20261120, numRuns: 2000 },
  );
  expect(jsonValues('{"a": 1', 'a')).toEqual([]);
});

test('more fields than are told are not told one by one either', () => {
  const line = JSON.stringify(Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`f${i}`, i])));
  expect(jsonValues(line, 'f999')).toEqual(['999']);
  expect(jsonValues(line, 'f1000')).toEqual([]);
});
