import { expect, test } from 'vitest';

import { messagePart } from './message-part';

/** The message and the rest, as the row draws them; `‸` marks where the message starts. */
function parts(drawn: string): { message: string; rest: string } {
  const messageStart = drawn.indexOf('‸');
  const text = drawn.replace('‸', '');
  const { start, end, restStart, restEnd } = messagePart({ text, messageStart });
  return { message: text.slice(start, end), rest: text.slice(restStart, restEnd) };
}

test('the message is the rest of the first line', () => {
  expect(parts('10:00 INFO ‸GET / 200\r\n  at pool.ts:41')).toEqual({ message: 'GET / 200', rest: '' });
});

test('a line that is all header is shown whole', () => {
  expect(parts('10:00 INFO‸')).toEqual({ message: '10:00 INFO', rest: '' });
});

test('a message in a JSON record ends with its quote, escaped ones are part of it', () => {
  expect(parts('{"level":"info","msg":"‸said \\"no\\"","status":503}')).toEqual({
    message: 'said \\"no\\"',
    rest: '"status":503}',
  });
});

test('a string that never ends is shown to the end of the line', () => {
  expect(parts('{"msg":"‸cut off')).toEqual({ message: 'cut off', rest: '' });
});
