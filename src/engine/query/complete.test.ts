import fc from 'fast-check';
import { expect, test } from 'vitest';

import { completions, type CompletionContext } from './complete';
import { parseFilter } from './parse';

const context: CompletionContext = {
  fields: [
    { name: 'status', values: ['200', '500'] },
    { name: 'odd name' },
    { name: 'user', values: ['Ann B', 'bob'] },
  ],
  sources: ['app.log', 'my app.log'],
  levels: ['INFO', 'ERROR', null],
};

/** `|` is the cursor; answers the texts after taking each suggestion. */
function taken(drawn: string): string[] {
  const cursor = drawn.indexOf('|');
  const text = drawn.replace('|', '');
  return completions(text, cursor, context).map(
    ({ from, to, insert }) => text.slice(0, from) + insert + text.slice(to),
  );
}

test.each<[string, string[]]>([
  ['lev|', ['level:', 'level>=']],
  ['-sta|', ['-status=']],
  ['(sta|)', ['(status=)']],
  ['odd|', ['`odd name`=']],
  ['status=|', ['status=200', 'status=500']],
  ['status=5|', ['status=500']],
  ['status:2|00', ['status:200']],
  ['a user=a|', ['a user="Ann B"']],
  ['user="an|"', ['user="Ann B"']],
  ['source:|', ['source:app.log', 'source:"my app.log"']],
  ['source:my| x', ['source:"my app.log" x']],
  ['level>=er|', ['level>=error']],
  ['level:warn,er|', ['level:warn,error']],
  ['level:info..fa|', ['level:info..fatal']],
  ['time:-1|', ['time:-15m', 'time:-1h', 'time:-1d']],
  ['a O|', ['a `odd name`=', 'a OR ', 'a source:', 'a NOT ']],
  ['a OR|', []],
  ['"lev|"', []],
  ['/lev|/', []],
])('%s', (drawn, wanted) => {
  expect(taken(drawn)).toEqual(wanted);
});

test('levels that occur come first, the worst before the others', () => {
  const labels = completions('level:', 6, context).map(({ label }) => label);
  expect(labels).toEqual(['error', 'info', 'fatal', 'warn', 'debug', 'trace', 'none', '*']);
  expect(completions('level>=', 7, context).map(({ label }) => label)).not.toContain('none');
});

test('operators are offered where they can stand', () => {
  const labels = (text: string): string[] => completions(text, text.length, context).map(({ label }) => label);
  expect(labels('')).toContain('NOT');
  expect(labels('')).not.toContain('OR');
  expect(labels('a ')).toEqual(expect.arrayContaining(['AND', 'OR', 'NOT']));
  expect(labels('a OR ')).not.toContain('OR');
  expect(labels('-')).not.toContain('NOT');
});

test('values that are suggested parse to what they say', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '"', '\\', ' ', '(', ')', ':', '*', "'", '/', 'é') }),
      (value) => {
        const [first] = completions('x=', 2, { fields: [{ name: 'x', values: [value] }], sources: [], levels: [] });
        expect(parseFilter(`x=${first?.insert ?? ''}`, { now: 0 }).filter).toEqual({
          kind: 'field',
          name: 'x',
          op: '=',
          value,
        });
      },
    ),
    { seed: 31, numRuns: 500 },
  );
});

test('anywhere in any text, suggestions replace a range around the cursor', () => {
  const texts = fc.array(
    fc.constantFrom('a', ' ', 'level', ':', '=', '"', '-', '(', ')', 'time', '[', 'st', 'OR', '/', '`', ',', '..'),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(texts, fc.nat(), (pieces, place) => {
      const text = pieces.join('');
      const cursor = place % (text.length + 1);
      const outside = completions(text, cursor, context).filter(
        ({ from, to }) => from < 0 || from > cursor || to < cursor || to > text.length,
      );
      expect(outside).toEqual([]);
    }),
    { seed: 32, numRuns: 2000 },
  );
});
