import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Fault } from '../../base/fault';
import { FILTER_DEPTH_LIMIT, NOTHING, simplifyFilter, type Filter } from './filter';
import { parseFilter } from './parse';

/** For tests that count on the machine: it may be shared. */
const BUSY_MS = 30_000;

const context = {
  now: Date.parse('2025-06-01T12:00:00Z'),
  span: { start: Date.parse('2025-03-04T09:30:00Z'), end: Date.parse('2025-03-05T11:00:00Z') },
};

function parse(text: string): Filter {
  return parseFilter(text, context).filter;
}

function faultOf(text: string): Fault {
  try {
    parseFilter(text, context);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`parsed: ${text}`);
}

const text = (wanted: string, caseSensitive = false): Filter => ({ kind: 'text', text: wanted, caseSensitive });
const field = (name: string, op: '=' | '~' | '>' | '>=' | '<' | '<=' | 'exists', value: string): Filter => ({
  kind: 'field',
  name,
  op,
  value,
});
const not = (of: Filter): Filter => ({ kind: 'not', of });
const level = (min: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL' | null, max: typeof min): Filter => ({
  kind: 'level',
  min,
  max,
});
const time = (start: string | null, end: string | null): Filter => ({
  kind: 'time',
  start: start === null ? null : Date.parse(start),
  end: end === null ? null : Date.parse(end),
});

describe('words and phrases', () => {
  test.each<[string, Filter]>([
    ['', { kind: 'all' }],
    ['   ', { kind: 'all' }],
    ['*', { kind: 'all' }],
    ['""', { kind: 'all' }],
    ['timeout', text('timeout')],
    ['Timeout', text('Timeout', true)],
    ['"connection reset"', text('connection reset')],
    ['"Connection reset"', text('Connection reset', true)],
    ['"Connection reset"i', text('Connection reset')],
    ["'reset'", text('reset', true)],
    ["'it\\'s'", text("it's", true)],
    [String.raw`"say \"hi\" in C:\\new\dir"`, text(String.raw`say "hi" in C:\new\dir`, true)],
    ['"a\nb"', text('a\nb')],
    ['éclair', text('éclair')],
    ['Éclair', text('Éclair', true)],
    ["don't", text("don't")],
    ['foo()', text('foo()')],
    ['at(pool.ts:41)', text('at(pool.ts:41)')],
  ])('%s', (typed, wanted) => expect(parse(typed)).toEqual(wanted));

  test('an i after a phrase is a flag only at the end of the token', () => {
    expect(parse('"A"ix')).toEqual({ kind: 'and', of: [text('A', true), text('ix')] });
  });
});

describe('what only looks like a condition is a word', () => {
  test.each([
    'http://x/y?a=b',
    '10.0.0.1:8080',
    'c:\\x',
    'error:',
    'abc==',
    'std::move',
    'a=>b',
    'a->b',
    'list<string>',
    '12:30',
    'a:=b',
    '--verbose',
    '->',
    '-',
    '!',
    '!=',
    '/var/log/syslog',
    '//',
    '/usr/bin',
    '{"level":"error"}',
    'a/b:c',
    '`x`',
    '[a..b]',
  ])('%s', (typed) => expect(parse(typed)).toEqual(text(typed)));

  test('name:value is a word when the name is no field, name=value and quoted values are fields still', () => {
    const known = { ...context, isField: (name: string) => name === 'status' };
    expect(parseFilter('pool.ts:41', known).filter).toEqual(text('pool.ts:41'));
    expect(parseFilter('status:41', known).filter).toEqual(field('status', '=', '41'));
    expect(parseFilter('line=41', known).filter).toEqual(field('line', '=', '41'));
    expect(parseFilter('line:"41"', known).filter).toEqual(field('line', '=', '41'));
    expect(parseFilter('line:*', known).filter).toEqual(field('line', 'exists', ''));
  });
});

describe('regular expressions', () => {
  test.each<[string, string, string]>([
    ['/time(d )?out/', 'time(d )?out', ''],
    ['/a b/is', 'a b', 'is'],
    ['/a/gim', 'a', 'i'],
    [String.raw`/a\/b/`, 'a/b', ''],
    ['/[/]x/', '[/]x', ''],
    [String.raw`/\[/`, String.raw`\[`, ''],
  ])('%s', (typed, pattern, flags) => expect(parse(typed)).toEqual({ kind: 'regex', pattern, flags }));

  test('an invalid one is a fault that points at it', () => {
    const fault = faultOf('a /b(/');
    expect(fault.code).toBe('regex-syntax');
    expect(fault.details).toEqual({ at: 2, length: 4 });
    expect(fault.message).toContain('this ( is not closed');
  });
});

describe('levels', () => {
  test.each<[string, Filter]>([
    ['level>=warn', level('WARN', null)],
    ['level:error', level('ERROR', 'ERROR')],
    ['level=info', level('INFO', 'INFO')],
    ['level<warn', level(null, 'INFO')],
    ['level<=warn', level(null, 'WARN')],
    ['level>WARNING', level('ERROR', null)],
    ['level!=debug', not(level('DEBUG', 'DEBUG'))],
    ['level:none', level(null, null)],
    ['level:*', level('TRACE', 'FATAL')],
    ['level:info..err', level('INFO', 'ERROR')],
    ['level:warn,fatal', { kind: 'or', of: [level('WARN', 'WARN'), level('FATAL', 'FATAL')] }],
    ['level:"error"', level('ERROR', 'ERROR')],
    ['level>fatal', NOTHING],
    ['level<trace', NOTHING],
    ['`level`:error', field('level', '=', 'error')],
  ])('%s', (typed, wanted) => expect(parse(typed)).toEqual(wanted));
});

describe('times', () => {
  test.each<[string, Filter]>([
    ['time:[2025-01-01T10:00Z..2025-01-01T11:00Z]', time('2025-01-01T10:00Z', '2025-01-01T11:00Z')],
    ['time:[2025-01-01 10:00 .. ]', time('2025-01-01T10:00Z', null)],
    ['time:[..]', time(null, null)],
    ['time>=2025-01-01T10:00', time('2025-01-01T10:00Z', null)],
    ['time<"2025-01-01 10:00"', time(null, '2025-01-01T10:00Z')],
    ['time:10:00..10:05', time('2025-03-05T10:00Z', '2025-03-05T10:05Z')],
    ['time:-15m', time('2025-03-05T10:45Z', null)],
    ['time:+5m', time(null, '2025-03-04T09:35Z')],
    ['time!=2025-01-01', not(time('2025-01-01T00:00Z', '2025-01-02T00:00Z'))],
  ])('%s', (typed, wanted) => expect(parse(typed)).toEqual(wanted));
});

describe('sources and fields', () => {
  test.each<[string, Filter]>([
    ['source:app.log', { kind: 'source', name: 'app.log' }],
    ['source:"my *.log"', { kind: 'source', name: 'my *.log' }],
    ['source!=a', not({ kind: 'source', name: 'a' })],
    ['source~work', { kind: 'source', name: '*work*' }],
    ['status:500', field('status', '=', '500')],
    ['key=value', field('key', '=', 'value')],
    ['user:"Ann \\"B\\""', field('user', '=', 'Ann "B"')],
    ['path~/api', field('path', '~', '/api')],
    ['size>10', field('size', '>', '10')],
    ['size<=-1.5e3', field('size', '<=', '-1.5e3')],
    ['size>"x"', field('size', '>', 'x')],
    ['trace.id:*', field('trace.id', 'exists', '')],
    ['@timestamp=x', field('@timestamp', '=', 'x')],
    ['a!=b', not(field('a', '=', 'b'))],
    ['a!~b', not(field('a', '~', 'b'))],
    ['`odd \\` name`=x', field('odd ` name', '=', 'x')],
  ])('%s', (typed, wanted) => expect(parse(typed)).toEqual(wanted));
});

describe('joining', () => {
  test.each<[string, Filter]>([
    ['a b', { kind: 'and', of: [text('a'), text('b')] }],
    ['a AND b', { kind: 'and', of: [text('a'), text('b')] }],
    ['a b OR c', { kind: 'or', of: [{ kind: 'and', of: [text('a'), text('b')] }, text('c')] }],
    ['a (b OR c)', { kind: 'and', of: [text('a'), { kind: 'or', of: [text('b'), text('c')] }] }],
    ['-a', not(text('a'))],
    ['!"a b"', not(text('a b'))],
    ['NOT (a b)', not({ kind: 'and', of: [text('a'), text('b')] })],
    ['NOT(a)', not(text('a'))],
    ['-!a', not(not(text('a')))],
    ['a and b', { kind: 'and', of: [text('a'), text('and'), text('b')] }],
    ['(foo() OR b)', { kind: 'or', of: [text('foo()'), text('b')] }],
    ['a(b OR c)', { kind: 'and', of: [text('a'), { kind: 'or', of: [text('b'), text('c')] }] }],
  ])('%s', (typed, wanted) => expect(parse(typed)).toEqual(wanted));

  test('clauses are the members of the top-level AND, with their places', () => {
    const typed = 'a -"b c" (d OR e) AND level:error';
    const { clauses } = parseFilter(typed, context);
    expect(clauses.map(({ start, end }) => typed.slice(start, end))).toEqual([
      'a',
      '-"b c"',
      '(d OR e)',
      'level:error',
    ]);
    expect(parseFilter('a OR b c', context).clauses).toMatchObject([{ start: 0, end: 8 }]);
  });
});

describe('faults say where and what', () => {
  test.each<[string, number, number, string]>([
    ['a AND', 5, 0, 'a word'],
    ['OR b', 0, 2, 'a word'],
    ['a "b c', 2, 4, 'a closing "'],
    ["'b", 0, 2, "a closing '"],
    ['a (b', 2, 1, 'a closing )'],
    ['a b)', 3, 1, 'an opening ('],
    ['()', 1, 1, 'a word'],
    ['level:loud', 6, 4, 'one of trace, debug'],
    ['level:warn,loud', 11, 4, 'one of trace'],
    ['level>=', 7, 0, 'one of trace'],
    ['level~x', 5, 1, 'one of : ='],
    ['time:soon', 5, 4, 'a time such as'],
    ['time:[10:00..soon]', 13, 4, 'a time such as'],
    ['time:[10:00', 5, 6, 'a closing ]'],
    ['source:', 7, 0, 'the name of a source'],
    ['x="a', 2, 2, 'a closing "'],
  ])('%s', (typed, at, length, expected) => {
    const fault = faultOf(typed);
    expect(fault.code).toBe('filter-syntax');
    expect(fault.details).toMatchObject({ at, length });
    expect(fault.details.expected).toContain(expected);
  });

  test('nesting has a limit, and says it', () => {
    const deepest = `${'('.repeat(FILTER_DEPTH_LIMIT)}a${')'.repeat(FILTER_DEPTH_LIMIT)}`;
    expect(parse(deepest)).toEqual(text('a'));
    const fault = faultOf(`(${deepest})`);
    expect(fault.details).toMatchObject({
      at: FILTER_DEPTH_LIMIT,
      expected: expect.stringContaining('200') as unknown,
    });
  });
});

test.each([
  '(',
  ')',
  '((a',
  '-',
  '!',
  '-(',
  '/[',
  '/[ ',
  '/a ',
  '"a" ',
  '`a ',
  'a:',
  'a(',
  'x(( ',
  'level:a,',
  'time:[',
  '!-',
  'a=`',
  '\\/ ',
  'NOT ',
  'foo()',
  '/[\\] ',
])(
  '50,000 times %s takes linear time',
  (piece) => {
    const startedMs = performance.now();
    try {
      parse(piece.repeat(50_000));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
    // Squared, 50,000 would take minutes; the bound allows for a machine that is busy.
    expect(performance.now() - startedMs).toBeLessThan(5000);
  },
  BUSY_MS,
);

const PIECES = [
  ' ',
  'a',
  'B',
  '(',
  ')',
  '"',
  "'",
  '`',
  '/',
  '\\',
  '[',
  ']',
  '-',
  '!',
  ':',
  '=',
  '~',
  '<',
  '>',
  '*',
  '.',
  '..',
  ',',
  '@',
  '0',
  '10:00',
  '-15m',
  'AND',
  'OR',
  'NOT',
  'level',
  'time',
  'source',
  'level:',
  'level>=warn',
  'time:[',
  'x=',
  '/x/i',
  'é',
  '\u{1F600}',
  '\ud800',
  '\n',
  '__proto__',
  'constructor',
];

test(
  'any text parses or is a fault that points into it',
  () => {
    const typed = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((pieces) => pieces.join('')),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
    );
    let parsed = 0;
    let refused = 0;
    fc.assert(
      fc.property(typed, (wanted) => {
        // One expectation a run: 10,000 runs with several each take seconds.
        const wrong: string[] = [];
        try {
          const { clauses, filter } = parseFilter(wanted, context);
          let end = 0;
          for (const clause of clauses) {
            if (clause.start < end || clause.end <= clause.start) wrong.push(`clause at ${clause.start}`);
            end = clause.end;
          }
          if (end > wanted.length) wrong.push('clause past the end');
          const joined = simplifyFilter({ kind: 'and', of: clauses.map((clause) => clause.filter) });
          if (JSON.stringify(joined) !== JSON.stringify(simplifyFilter(filter)))
            wrong.push('clauses are not the filter');
          parsed += 1;
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          const { at, length } = error.details;
          if (!(Number(at) >= 0 && Number(length) >= 0 && Number(at) + Number(length) <= wanted.length))
            wrong.push('fault outside the text');
          refused += 1;
        }
        expect(wrong).toEqual([]);
      }),
      { seed: 20261105, numRuns: 10_000 },
    );
    expect(Math.min(parsed, refused)).toBeGreaterThan(500);
  },
  BUSY_MS,
);

describe('patterns', () => {
  const pattern = (where?: { wildcard: number; min: number | null; max: number | null }): Filter => ({
    kind: 'pattern',
    text: 'took <*> ms of "<*>"',
    ...(where === undefined ? {} : { where }),
  });
  const typed = 'pattern:"took <*> ms of \\"<*>\\""';

  test.each<[string, Filter]>([
    ['', pattern()],
    ['@1=10..30', pattern({ wildcard: 0, min: 10, max: 30 })],
    ['@2=..1.5', pattern({ wildcard: 1, min: null, max: 1.5 })],
    ['@12=-1e3..', pattern({ wildcard: 11, min: -1000, max: null })],
    ['@1=..', pattern({ wildcard: 0, min: null, max: null })],
    [' x', { kind: 'and', of: [pattern(), text('x')] }],
    [' @a=1', { kind: 'and', of: [pattern(), field('@a', '=', '1')] }],
  ])('%s', (behind, filter) => {
    expect(parse(typed + behind)).toEqual(filter);
    expect(parse(`-(${typed}${behind})`)).toEqual(not(filter));
  });

  test.each(['@', '@1', '@1=', '@1=10', '@0=1..2', '@1=a..b', '@1=1...', '@=1..2', '@1=1e999..', '@1=1..2x'])(
    'a range that is none: %s',
    (behind) => {
      const fault = faultOf(`${typed}${behind} x`);
      expect(fault.code).toBe('filter-syntax');
      expect(fault.details).toMatchObject({ at: typed.length, length: behind.length });
    },
  );

  test('others are fields', () => {
    expect(parse('pattern:x')).toEqual(field('pattern', '=', 'x'));
    expect(parse('`pattern`:"x"')).toEqual(field('pattern', '=', 'x'));
    expect(parse('user:"x"')).toEqual(field('user', '=', 'x'));
  });
});
