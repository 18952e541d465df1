/** The filter of an error group is one that the language reads. */
import { expect, test } from 'vitest';

import { parseFilter } from '../engine/query/parse';
import { errorGroupText } from './error-group-filter';

test.each([
  ['', ['conn <*> "x" refused'], 'level>=error pattern:"conn <*> \\"x\\" refused"'],
  ['com.acme.LedgerException', ['a', 'b'], 'level>=error LedgerException (pattern:"a" OR pattern:"b")'],
  ['Shop::NotFound', ['a'], 'level>=error NotFound pattern:"a"'],
  // More patterns than are told: all records that name the exception.
  ['KeyError', ['a', 'b', 'c', 'd', 'e'], 'level>=error KeyError'],
  // Nothing else is known of these.
  [
    '',
    ['a', 'b', 'c', 'd', 'e'],
    'level>=error (pattern:"a" OR pattern:"b" OR pattern:"c" OR pattern:"d" OR pattern:"e")',
  ],
  ['runtime error: index out of range', ['a'], 'level>=error range pattern:"a"'],
])('exception "%s" with patterns %j', (exception, patterns, text) => {
  expect(errorGroupText({ exception, patterns })).toBe(text);
  expect(parseFilter(text, { now: 0 }).filter.kind).toBe('and');
});
