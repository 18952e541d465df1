/** Text → clauses → text: together they mean what the text meant, whatever was typed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { splitFilter } from '../engine/query/clauses';
import { type Filter, simplifyFilter } from '../engine/query/filter';
import { parseFilter } from '../engine/query/parse';
import { printFilter } from '../engine/query/print';
import { LEVELS } from '../engine/records/record';
import { randomFilter } from '../testing/random-filters';
import { fieldClause, joinClauses, levelClause, partText, sourceClause, textClause, timeText } from './clause-text';

const context = { now: Date.UTC(2026, 4, 19), zoneOffsetMinutes: 120 };
const meaning = (text: string): Filter => simplifyFilter(parseFilter(text, context).filter);

/** Typed text as it comes: words, signs and conditions in any order, most of it wrong. */
const typed = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        'B-2',
        '"x y"',
        "'E'",
        '/v/i',
        '/var',
        'log/',
        '(',
        ')',
        'OR',
        'AND',
        'NOT',
        '-',
        '!',
        '*',
        '`',
        '`n m`=1',
      ],
      ...['level>=warn', 'level!=debug', 'time:10:00..10:05', 'time:-15m', 'time>=2026-05-19', 'k=v', 'k!=5', 'p~/x'],
      ...['-(a OR b)', '(a b)', 'it"s', '->x', '--y', '[', ']', 'source:"a b"'],
    ),
    { maxLength: 7 },
  )
  .chain((pieces) => fc.constantFrom(' ', ' ', ' ', '').map((glue) => pieces.join(glue)));

function isReadable(text: string): boolean {
  try {
    parseFilter(text, context);
    return true;
  } catch {
    return false; // a mistake: told when it is typed, and no clauses come of it
  }
}

describe('clauses put together again are the filter', () => {
  test('of whatever is typed', () => {
    fc.assert(
      fc.property(typed.filter(isReadable), (text) => {
        expect(meaning(joinClauses(splitFilter(text, context)))).toEqual(meaning(text));
      }),
      { seed: 11, numRuns: 3000 },
    );
  });

  test('of every filter there is', () => {
    fc.assert(
      fc.property(randomFilter, (filter) => {
        const text = printFilter(filter);
        expect(meaning(joinClauses(splitFilter(text, context)))).toEqual(meaning(text));
      }),
      { seed: 12, numRuns: 1000 },
    );
  });

  test('in any order, beside others, and negated', () => {
    fc.assert(
      fc.property(typed.filter(isReadable), typed.filter(isReadable), (one, other) => {
        const parts = [...splitFilter(one, context), ...splitFilter(other, context)].reverse();
        const of = parts.map(({ isNegated, filter }): Filter => (isNegated ? { kind: 'not', of: filter } : filter));
        expect(meaning(joinClauses(parts))).toEqual(simplifyFilter({ kind: 'and', of }));
        for (const part of parts) {
          const turned = partText({ ...part, isNegated: !part.isNegated }, true);
          const inner: Filter = part.isNegated ? part.filter : { kind: 'not', of: part.filter };
          expect(meaning(turned)).toEqual(simplifyFilter(inner));
        }
      }),
      { seed: 13, numRuns: 1000 },
    );
  });
});

test.each([
  ['level>=warn refused', ['level ≥ warn', 'refused']],
  ['a OR b', ['a OR b']],
  ['-(a OR b) c', ['not a OR b', 'c']],
  ['time:-15m status=503', ['from 2026-05-19 01:45', 'status = 503']],
  ['level!=debug', ['level!=debug']],
  ['', []],
])('%s is shown as %j', (text, labels) => {
  const shown = splitFilter(text, context).map(({ label, isNegated }) => (isNegated ? `not ${label}` : label));
  expect(shown).toEqual(labels);
});

test('a clock time is pinned, an age goes on with the log', () => {
  const [clock, age] = splitFilter('time:10:00..10:05 time:-15m', context);
  expect(clock?.text).toMatch(/^time:\[\d{4}-/);
  expect(meaning(clock?.text ?? '')).toEqual(meaning('time:10:00..10:05'));
  expect(age?.text).toBe('time:-15m');
});

describe('a value that was pointed at', () => {
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('OR', 'level', '503', 'a"b', 'a\\'),
  );

  test('as a field is read back as itself', () => {
    fc.assert(
      fc.property(value.filter(Boolean), value, (name, text) => {
        const clause = fieldClause(name, text);
        expect(parseFilter(clause.text, context).filter).toEqual(clause.filter);
      }),
      {
        seed: 14,
        numRuns: 2000,
        examples: [
          ['time', ''],
          ['a`b', '\\'],
        ],
      },
    );
  });

  test('as text is read back as itself', () => {
    fc.assert(
      fc.property(value.filter(Boolean), (text) => {
        const clause = textClause(text);
        expect(parseFilter(clause.text, context).filter).toEqual(clause.filter);
      }),
      { seed: 15, numRuns: 2000 },
    );
  });

  test('as level, source and time too', () => {
    for (const clause of [...LEVELS, null].map(levelClause)) expect(meaning(clause.text)).toEqual(clause.filter);
    for (const name of ['app.log', 'a b "c".log', 'x/y']) {
      expect(meaning(sourceClause(name).text)).toEqual({ kind: 'source', name });
    }
    const [start, end] = [Date.UTC(2026, 4, 19, 10), Date.UTC(20260, 0, 1)];
    expect(meaning(timeText(start, end))).toEqual({ kind: 'time', start, end });
  });
});
