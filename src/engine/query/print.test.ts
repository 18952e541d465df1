import fc from 'fast-check';
import { expect, test } from 'vitest';

import { LEVELS } from '../records/record';
import { ALL, simplifyFilter, type Filter } from './filter';
import { parseFilter } from './parse';
import { describeClauses, printFilter } from './print';

const context = { now: 0 };

const wild = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        'a',
        'B',
        ' ',
        '"',
        "'",
        '`',
        '/',
        '\\',
        '(',
        ')',
        '-',
        '!',
        '>',
        '=',
        ':',
        '~',
        '*',
        'AND',
        'é',
        '\n',
        '5',
        '..',
        '[',
        ']',
        '\u{1F600}',
        'ſ',
      ),
      {
        maxLength: 8,
      },
    )
    .map((pieces) => pieces.join('')),
  fc.constantFrom(
    '',
    'level',
    'time',
    'source',
    'OR',
    'timeout',
    'http://x',
    '/var/log',
    '10',
    '-5',
    '--x',
    '->x',
    '=x',
    'foo()',
    'a:b',
    'NOT',
  ),
);
const bound = fc.option(
  fc.oneof(fc.integer({ min: -8.64e15, max: 8.64e15 }), fc.integer({ min: 0, max: 2e12 }), fc.constant(1735725600000)),
);
const level = fc.option(fc.constantFrom(...LEVELS));
const pattern = fc.constantFrom('a', 'a/b', '[/]x', '\\/', '', ' a b ', '\\[/', 'a(b)', '[\\]/]', '//', '\\\\/', 'é\n');

const measure = fc.option(
  fc
    .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(1e21, 1e-7, 0.5))
    .map((value) => value + 0), // no negative zero
);

const filters = fc.letrec<{ filter: Filter; leaf: Filter }>((tie) => ({
  leaf: fc.oneof(
    fc.constant(ALL),
    fc.record({ kind: fc.constant('text' as const), text: wild, caseSensitive: fc.boolean() }),
    fc.record({ kind: fc.constant('regex' as const), pattern, flags: fc.constantFrom('', 'i', 's', 'is', 'si') }),
    fc.record({ kind: fc.constant('level' as const), min: level, max: level }),
    fc.record({ kind: fc.constant('time' as const), start: bound, end: bound }),
    fc.record({ kind: fc.constant('source' as const), name: wild }),
    fc.record({
      kind: fc.constant('field' as const),
      name: wild,
      op: fc.constantFrom('=' as const, '~' as const, '>' as const, '>=' as const, '<' as const, '<=' as const),
      value: wild,
    }),
    fc.record({
      kind: fc.constant('field' as const),
      name: wild,
      op: fc.constant('exists' as const),
      value: fc.constant(''),
    }),
    fc.record({ kind: fc.constant('pattern' as const), text: wild }),
    fc.record({
      kind: fc.constant('pattern' as const),
      text: wild,
      where: fc.record({ wildcard: fc.nat(30), min: measure, max: measure }),
    }),
  ),
  filter: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'filter' },
    { weight: 2, arbitrary: tie('leaf') },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(tie('filter'), { maxLength: 3, depthIdentifier: 'filter' }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('not' as const), of: tie('filter') }) },
  ),
})).filter;

/** Beyond `simplifyFilter`: \/ and / are the same, and so are '' and (?:). */
function normalise(filter: Filter): unknown {
  return JSON.parse(JSON.stringify(simplifyFilter(filter)), (_key, value: unknown) => {
    const part = value as { kind?: unknown; pattern?: unknown };
    if (typeof value !== 'object' || value === null || part.kind !== 'regex' || typeof part.pattern !== 'string')
      return value;
    return {
      ...part,
      pattern: part.pattern.replace(/\\(.)/gs, (all, sign: string) => (sign === '/' ? '/' : all)) || '(?:)',
    };
  }) as unknown;
}

test.each([undefined, 0, 330, -480])('what is printed parses to the same meaning, zone %s', (zoneOffsetMinutes) => {
  const zone = zoneOffsetMinutes === undefined ? {} : { zoneOffsetMinutes };
  fc.assert(
    fc.property(filters, (filter) => {
      expect(normalise(parseFilter(printFilter(filter, zone), { ...context, ...zone }).filter)).toEqual(
        normalise(filter),
      );
    }),
    { seed: 7, numRuns: 1500 },
  );
});

test('chips put together again are the filter', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const chips = describeClauses(filter);
      const parts = chips.map((chip) => chip.filter);
      expect(simplifyFilter({ kind: 'and', of: parts })).toEqual(simplifyFilter(filter));
      for (const chip of chips) {
        expect(chip.isNegated).toBe(chip.filter.kind === 'not');
        expect(normalise(parseFilter(chip.text, context).filter)).toEqual(normalise(chip.filter));
      }
    }),
    { seed: 8, numRuns: 500 },
  );
});

test.each([
  ['a   b', 'a b'],
  ['(a b) c', 'a b c'],
  ['(a OR b) c', '(a OR b) c'],
  ['a OR (b AND c)', 'a OR b c'],
  ['NOT (a OR b)', '-(a OR b)'],
  ['"Exact Words"', '"Exact Words"'],
  ['"Foo"i', '"Foo"i'],
  ["'foo'", "'foo'"],
  ['level=warning', 'level:warn'],
  ['time>=2025-01-01T10:00', 'time:[2025-01-01T10:00Z..]'],
  ['status:500', 'status=500'],
  ['user:"a b"', 'user="a b"'],
  ['`level`:5', '`level`=5'],
  ['/a\\/b/i', '/a\\/b/i'],
  ['', ''],
  ['-*', '-*'],
])('%s prints as %s', (typed, printed) => {
  expect(printFilter(parseFilter(typed, context).filter)).toBe(printed);
});

test('chips read well', () => {
  const { filter } = parseFilter(
    'timeout -level:debug level>=warn time:[2025-01-01T10:00..2025-01-01T10:05] size>=5 trace:*',
    context,
  );
  expect(
    describeClauses(filter, { zoneOffsetMinutes: 0 }).map(({ label, isNegated }) =>
      isNegated ? `not ${label}` : label,
    ),
  ).toEqual(['timeout', 'not level debug', 'level ≥ warn', '2025-01-01 10:00 – 10:05', 'size ≥ 5', 'has trace']);
});
