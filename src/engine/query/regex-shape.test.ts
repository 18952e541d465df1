import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Fault } from '../../base/fault';
import { parseRegex, REGEX_DEPTH_LIMIT } from './regex-parse';
import { canMatchNewline, checkRegex, isAsciiOnly } from './regex-shape';

function faultOf(pattern: string, flags = ''): Fault {
  try {
    checkRegex(pattern, flags);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`compiled: ${pattern}`);
}

function compiled(pattern: string, flags: string): RegExp | null {
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

describe('checking', () => {
  test('compiles with m and u always, i and s on demand', () => {
    expect(checkRegex('^a$', '').test('b\na')).toBe(true);
    expect(checkRegex('^.$', '').test('\u{1F600}')).toBe(true);
    expect(checkRegex('a.b', 'is').test('A\nB')).toBe(true);
    expect(checkRegex('a', 'i').flags).toBe('imu');
  });

  test.each<[string, number, string]>([
    ['a(b', 1, 'this ( is not closed'],
    ['ab)', 2, 'closes nothing'],
    ['[a', 0, 'this [ is not closed'],
    ['*a', 0, 'nothing before this *'],
    ['a{', 1, 'must be escaped: \\{'],
    ['a]', 1, 'must be escaped: \\]'],
    ['C:\\xyz', 2, 'write \\\\'],
    ['a{3,2}', 1, 'out of order'],
    ['[z-a]', 2, 'out of order'],
    ['a\\', 1, 'followed by something'],
    ['(?=a)*', 0, 'cannot be repeated'],
    ['(?<a', 0, 'not known'],
  ])('%s is a sentence with a place', (pattern, at, sentence) => {
    const fault = faultOf(pattern);
    expect(fault.code).toBe('regex-syntax');
    expect(fault.details.at).toBe(at);
    expect(fault.message).toContain(sentence);
  });

  test('what only the engine knows to be wrong is told in its words', () => {
    expect(faultOf('\\p{Nonsense: 1}').message).toContain('Unicode property');
    expect(faultOf('\\p{Nonsense}').message).toMatch(/Invalid property name/i);
    expect(faultOf('a', 'g').message).toContain('not "g"');
  });

  test('a pattern that is valid but far too large is a fault, not a crash later', () => {
    expect(faultOf('(?:(?:(?:a?){1000}){1000}){1000}').message).toContain('too large');
    expect(faultOf('('.repeat(50_000)).code).toBe('regex-syntax');
  });
});

const PIECES = [
  'a',
  'b',
  '0',
  '-',
  '^',
  '$',
  '.',
  '*',
  '+',
  '?',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '|',
  '/',
  '\\',
  ',',
  ':',
  '=',
  '!',
  '<',
  '>',
  ' ',
  'k',
  'é',
  '\u{1F600}',
  '\n',
  '_',
  '(?:',
  '(?=',
  '(?!',
  '(?<=',
  '(?<!',
  '(?<n>',
  '\\k<n>',
  '\\d',
  '\\W',
  '\\b',
  '\\u{61}',
  '\\u0061',
  '\\ud83d\\ude00',
  '\\x41',
  '\\cA',
  '\\0',
  '\\1',
  '\\p{L}',
  '{2}',
  '{1,}',
  '{1,3}',
  '[^',
  '\\]',
  '\\-',
  'a-z',
  '[a-z]',
  '(a)',
  '(?i:',
  '(?-i:',
];

test('the parser refuses nothing that RegExp accepts, and mostly what it refuses', () => {
  let accepted = 0;
  let refusedByBoth = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }), (pieces) => {
      const pattern = pieces.join('');
      const { failure } = parseRegex(pattern, '');
      if (compiled(pattern, 'mu') !== null) {
        accepted += 1;
        expect(failure).toBeNull();
      } else {
        refused += 1;
        if (failure !== null) {
          refusedByBoth += 1;
          expect(failure.at).toBeLessThanOrEqual(pattern.length);
        }
      }
    }),
    { seed: 11, numRuns: 10_000 },
  );
  expect(accepted).toBeGreaterThan(300);
  // What is left over: references to groups that are not there, names given twice, modifiers that this V8 does not have.
  expect(refusedByBoth / refused).toBeGreaterThan(0.85);
}, 30_000);

test.each<[string, string, boolean]>([
  ['a.b', '', false],
  ['a.b', 's', true],
  ['(?s:.)', '', true],
  ['(?-s:.)', 's', false],
  ['\\s', '', true],
  ['\\S+ \\d', '', false],
  ['[^a]', '', true],
  ['[^a\\n\\r]', '', false],
  ['[^a\\n]', '', true],
  ['[^\\s]', '', false],
  ['[\\t-\\x0c]', '', true],
  ['\\n', '', true],
  ['\\x0a', '', true],
  ['\\u{d}', '', true],
  ['\\cJ', '', true],
  ['\\\\n', '', false],
  ['[\\\\n]', '', false],
  ['^a$', '', false],
  ['^$', '', true],
  ['a*|b', '', true],
  ['\\Ba?b', '', false],
  ['a(?=\\s)', '', true],
  ['a(?![^b])', '', true],
  ['(?<!x)a(?!b)', '', false],
  ['\\W', '', true],
  ['\\D', '', true],
  ['\\p{L}+', '', false],
  ['\\P{L}', '', true],
  ['\\p{Cc}', '', true],
  ['(a|\\v|\\x0b)', '', false],
  ['(a)\\1', '', false],
  ['a\nb', '', true],
  ['(', '', true],
  [`${'('.repeat(REGEX_DEPTH_LIMIT + 1)}a${')'.repeat(REGEX_DEPTH_LIMIT + 1)}`, '', true],
])('%s with "%s" can match a line end: %s', (pattern, flags, expected) => {
  expect(canMatchNewline(pattern, flags)).toBe(expected);
});

/** Valid patterns over a small alphabet, with everything that matters here. */
const patterns = fc.letrec<{ node: string; atom: string }>((tie) => ({
  atom: fc.constantFrom(
    'a',
    'k',
    'S',
    '7',
    ' ',
    '\\.',
    '.',
    '\\s',
    '\\S',
    '\\w',
    '\\W',
    '\\d',
    '\\D',
    '\\n',
    '\\r',
    'é',
    '[ab]',
    '[^a]',
    '[^\\s]',
    '[a-z]',
    '[^\\n\\r]',
    '[\\dé]',
    '\\b',
    '\\B',
    '^',
    '$',
    '(?=a)',
    '(?!\\n)',
    '(?!a)',
    '(?<=\\s)',
    '(?<!b)',
    '\\p{L}',
    '\\P{L}',
    'ſ',
    '\\u2028',
  ),
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'node' },
    { weight: 3, arbitrary: tie('atom') },
    { weight: 3, arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => a + b) },
    { weight: 1, arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '+?'))
        .map(([a, quantifier]) => `(?:${a})${quantifier}`),
    },
    { weight: 1, arbitrary: tie('node').map((a) => `(${a})`) },
  ),
})).node;

const lines = (alphabet: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...alphabet), { maxLength: 6 }).map((signs) => signs.join(''));

test('a pattern that cannot match a line end finds the same lines in a block as one by one', () => {
  let useful = 0;
  fc.assert(
    fc.property(
      patterns,
      fc.constantFrom('', 'i', 's', 'is'),
      fc.array(lines(['a', 'b', 'k', 'S', '7', ' ', '.']), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('\n', '\r\n'),
      (pattern, flags, block, lineEnd) => {
        if (canMatchNewline(pattern, flags)) return;
        useful += 1;
        const text = block.join(lineEnd);
        const found = new Set<number>();
        for (const match of text.matchAll(new RegExp(checkRegex(pattern, flags), `gmu${flags}`))) {
          expect(match[0]).not.toMatch(/[\r\n]/);
          found.add(text.slice(0, match.index).split('\n').length - 1);
        }
        const single = checkRegex(pattern, flags);
        expect([...found]).toEqual(block.flatMap((line, index) => (single.test(line) ? [index] : [])));
      },
    ),
    { seed: 12, numRuns: 6000 },
  );
  expect(useful).toBeGreaterThan(500);
}, 30_000);

test('an ASCII-only pattern answers the same on UTF-8 bytes read as Latin-1', () => {
  let useful = 0;
  let hits = 0;
  fc.assert(
    fc.property(
      patterns,
      fc.constantFrom('', 'i', 's'),
      lines(['a', 'b', 'k', 's', 'S', '7', ' ', 'é', 'É', 'ſ', '\u212a', '\u{1F600}', '\u2028', '\n', '©']),
      (pattern, flags, text) => {
        if (!isAsciiOnly(pattern, flags)) return;
        useful += 1;
        // TextDecoder('latin1') is windows-1252; a byte per character is what is meant.
        const latin = String.fromCharCode(...new TextEncoder().encode(text));
        const regex = checkRegex(pattern, flags);
        const isHit = regex.test(text);
        expect(regex.test(latin)).toBe(isHit);
        if (isHit) hits += 1;
      },
    ),
    { seed: 13, numRuns: 8000 },
  );
  expect(useful).toBeGreaterThan(400);
  expect(hits).toBeGreaterThan(100);
}, 30_000);

test.each<[string, string, boolean]>([
  ['error \\d+', '', true],
  ['error', 'i', true],
  ['task', 'i', false],
  ['task', '', true],
  ['\\w+', 'i', false],
  ['a.b', '', false],
  ['[a-z]+', 'i', false],
  ['[a-j]+', 'i', true],
  ['(?i:k)', '', false],
])('%s with "%s" is ASCII only: %s', (pattern, flags, expected) => expect(isAsciiOnly(pattern, flags)).toBe(expected));
