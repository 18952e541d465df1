import fc from 'fast-check';
import { expect, test } from 'vitest';

import { samePatternFilter } from './same-pattern';

/** Whether a record of that text is one of the pattern of another; `‸` marks where the message starts. */
function isSame(drawn: string, other: string): boolean {
  const filter = samePatternFilter({ text: drawn.replace('‸', ''), messageStart: Math.max(0, drawn.indexOf('‸')) });
  if (filter?.kind === 'text') return other.includes(filter.text);
  if (filter?.kind === 'regex') return new RegExp(filter.pattern, `mu${filter.flags}`).test(other);
  throw new Error('no pattern');
}

const LOG_LIKE = fc
  .array(
    fc.constantFrom('a', 'connection', '-', '_', '.', '/', '[', ']', '(', '*', '\\', ' ', '7', '42', 'é', '"', '$'),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));

test('other numbers, the same pattern', () => {
  const log = '10:00 INFO ‸conn 42 from 10.0.0.7:5432 closed after 30 s';
  expect(isSame(log, '11:30 INFO conn 7 from 192.168.1.20:80 closed after 1.5 s')).toBe(true);
  expect(isSame(log, '11:30 INFO conn 7 from 192.168.1.20:80 opened after 1.5 s')).toBe(false);
});

test('what stands before the digits of a word is part of it', () => {
  expect(isSame('‸got blk_-1608999687919862906', 'got blk_-77')).toBe(true);
  expect(isSame('‸got blk_-1608999687919862906', 'got page_77')).toBe(false);
});

test('a message without numbers is a text, the stack trace below it is left out', () => {
  expect(samePatternFilter({ text: 'ERROR boom happened\n  at x.ts:41', messageStart: 6 })).toEqual({
    kind: 'text',
    text: 'boom happened',
    caseSensitive: true,
  });
});

test('in JSON the message ends with its quote', () => {
  const log = '{"msg":"‸retry in 5 s","id":17}';
  expect(isSame(log, '{"msg":"retry in 9 s","user":"x"}')).toBe(true);
});

test('nothing fixed: no pattern', () => {
  expect(samePatternFilter({ text: '42 17 9', messageStart: 0 })).toBeNull();
  expect(samePatternFilter({ text: '', messageStart: 0 })).toBeNull();
});

test('every record is one of its own pattern, whatever is in it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), LOG_LIKE), (text) => {
      const filter = samePatternFilter({ text, messageStart: 0 });
      if (filter?.kind === 'text') expect(text).toContain(filter.text);
      if (filter?.kind === 'regex') expect(new RegExp(filter.pattern, 'mu').test(text)).toBe(true);
    }),
    { seed: 20261120, numRuns: 500 },
  );
});
