import fc from 'fast-check';
import { expect, test } from 'vitest';

import { requiredLiterals, type LiteralSet } from './regex-literals';

/** Sets as short text: a|b, folded ones with an i behind. */
function told(sets: readonly LiteralSet[]): string[] {
  return sets.map((set) => set.anyOf.join('|') + (set.isFolded ? '/i' : ''));
}

test.each<[string, string, string[]]>([
  ['connection reset', '', ['connection reset']],
  ['(?:dis)?connect(?:ed|ing) to \\d+ ms', '', ['connected to |connecting to ', ' ms']],
  ['error.*timeout', '', ['timeout', 'error']],
  ['foo|bar', '', ['foo|bar']],
  ['foo|b\\d', '', ['b|foo']],
  ['foo|\\d', '', []],
  ['colou?r', '', ['colo', 'colour|color']],
  ['(?:ab){2}', '', ['abab']],
  ['x(?:ab)+y', '', ['xab', 'aby']],
  ['(?:ab)*', '', []],
  ['[Ee]rror', '', ['error/i']],
  ['[Kk]afka', '', ['kafka/i']],
  ['[EÉ]rror', '', ['Error|Érror']],
  ['\\bpanic\\b', '', ['panic']],
  ['^at (?=java)', '', ['java', 'at ']],
  ['a(?!bcd)', '', ['a']],
  ['timeout', 'i', ['timeout/i']],
  ['GET /api', 'i', ['get /api/i']],
  ['socket', 'i', ['oc/i', 'et/i']],
  ['k', 'i', []],
  ['42 \\d', 'i', ['42 ']],
  ['é', 'i', []],
  ['é', '', ['é']],
  ['a\\nb', '', ['a', 'b']],
  ['\\u{1F600}!', '', ['\u{1F600}!']],
  ['\\uFFFD!', '', ['!']],
  ['(?<n>foo)-\\k<n>', '', ['foo-']],
  ['a|b|c|d|e|f|g|h', '', ['a|b|c|d|e|f|g|h']],
  ['a|b|c|d|e|f|g|h|i', '', []],
  ['(?:ab|cd|ef)(?:gh|ij|kl)', '', ['ab|cd|ef', 'gh|ij|kl']],
  ['.*', '', []],
  ['', '', []],
  ['(', '', []],
])('%s with "%s" requires %j', (pattern, flags, expected) => {
  // Order is for speed only, but the first should be the one a person would choose.
  const found = told(requiredLiterals(pattern, flags));
  const inAnyOrder = (sets: readonly string[]) => sets.map((text) => text.split('|').sort().join('|')).sort();
  expect(inAnyOrder(found)).toEqual(inAnyOrder(expected));
});

test('the best comes first', () => {
  expect(told(requiredLiterals('a\\d+ unexpected end of \\w+ at', ''))[0]).toBe(' unexpected end of ');
  expect(told(requiredLiterals('(?:GET|POST|PUT) \\S+ 500', ''))).toContain(' 500');
});

test('in ASCII text k and s need no care', () => {
  expect(told(requiredLiterals('socket', 'i', { isAsciiText: true }))).toEqual(['socket/i']);
});

test('large patterns take little time', () => {
  const startedMs = performance.now();
  requiredLiterals('abc\\d'.repeat(5000), '');
  requiredLiterals('(?:a|b)'.repeat(5000), '');
  requiredLiterals(`${'(?:'.repeat(200)}a${'){2,}'.repeat(200)}`, '');
  requiredLiterals('(?:a{1000000}){1000000}(?:){1000000000}', '');
  requiredLiterals(Array.from({ length: 20_000 }, (_, index) => `word${index}\\d`).join('|'), '');
  expect(performance.now() - startedMs).toBeLessThan(5000);
}, 30_000);

interface Case {
  readonly source: string;
  /** A text the pattern probably matches. */
  readonly sample: string;
}

const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  a: ['a', 'A'],
  B: ['B', 'b'],
  k: ['k', 'K', '\u212a'],
  s: ['s', 'S', 'ſ'],
  ſ: ['ſ', 's', 'S'],
  é: ['é', 'É'],
  '7': ['7'],
  ' ': [' '],
  '-': ['-'],
  '\ufffd': ['\ufffd'],
};
const chars: fc.Arbitrary<Case> = fc
  .constantFrom(...Object.keys(VARIANTS))
  .chain((source) =>
    fc
      .oneof(
        { weight: 3, arbitrary: fc.constant(source) },
        { weight: 2, arbitrary: fc.constantFrom(...(VARIANTS[source] ?? [])) },
      )
      .map((sample) => ({ source, sample })),
  );
const sets: fc.Arbitrary<Case> = fc.constantFrom<Case>(
  { source: '.', sample: 'x' },
  { source: '\\d', sample: '7' },
  { source: '[ak]', sample: 'a' },
  { source: '[sB]', sample: 's' },
  { source: '[^a]', sample: 'k' },
  { source: '[a-c]', sample: 'b' },
  { source: '\\b', sample: '' },
  { source: '^', sample: '' },
  { source: '$', sample: '' },
  { source: '\\s', sample: '\n' },
  { source: '\\n', sample: '\n' },
  { source: '(?!a)', sample: '' },
  { source: '\\w', sample: 'ſ' },
  { source: '(?<!k)', sample: '' },
);

const cases = fc.letrec<{ node: Case; atom: Case }>((tie) => ({
  atom: fc.oneof({ weight: 4, arbitrary: chars }, { weight: 1, arbitrary: sets }),
  node: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'node' },
    { weight: 2, arbitrary: tie('atom') },
    {
      weight: 5,
      arbitrary: fc.array(tie('node'), { minLength: 2, maxLength: 4, depthIdentifier: 'node' }).map((items) => ({
        source: items.map((item) => item.source).join(''),
        sample: items.map((item) => item.sample).join(''),
      })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.array(tie('node'), { minLength: 2, maxLength: 4, depthIdentifier: 'node' }),
          fc.nat(),
          fc.constantFrom('(?:', '('),
        )
        .map(([branches, chosen, open]) => ({
          source: `${open}${branches.map((branch) => branch.source).join('|')})`,
          sample: branches[chosen % branches.length]?.sample ?? '',
        })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          tie('node'),
          fc.constantFrom<[string, number, number]>(
            ['*', 0, 3],
            ['+', 1, 3],
            ['?', 0, 1],
            ['{2}', 2, 2],
            ['{2,}', 2, 4],
            ['{0,2}', 0, 2],
            ['{0}', 0, 0],
            ['+?', 1, 3],
          ),
          fc.nat(),
        )
        .map(([body, [sign, min, max], extra]) => ({
          source: `(?:${body.source})${sign}`,
          sample: body.sample.repeat(min + (extra % (max - min + 1))),
        })),
    },
    {
      weight: 1,
      arbitrary: tie('node').map((body) => ({ source: `(?=${body.source})(?:${body.source})`, sample: body.sample })),
    },
    {
      weight: 1,
      arbitrary: tie('node').map((body) => ({ source: `(?:${body.source})(?<=${body.source})`, sample: body.sample })),
    },
  ),
})).node;

function foldAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function holds(set: LiteralSet, text: string): boolean {
  return set.anyOf.some((wanted) => (set.isFolded ? foldAscii(text) : text).includes(wanted));
}

function isWellFormed(set: LiteralSet): boolean {
  const shape = set.isFolded ? /^[\0-@[-\x7f]+$/ : /^[^\r\n\ufffd]+$/u;
  return set.anyOf.length > 0 && set.anyOf.length <= 8 && set.anyOf.every((text) => shape.test(text));
}

test.each([false, true])(
  'whatever a pattern matches holds a string of every set it requires, ASCII text: %s',
  (isAsciiText) => {
    let useful = 0;
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom('', 'i', 's', 'is'),
        fc.string({ maxLength: 3 }),
        ({ source, sample }, flags, around) => {
          const sets = requiredLiterals(source, flags, { isAsciiText });
          expect(sets.filter((set) => !isWellFormed(set))).toEqual([]);
          for (const text of [sample, around + sample, sample + around, around]) {
            if (isAsciiText && /[^\0-\x7f]/.test(text)) continue;
            if (!new RegExp(source, `mu${flags}`).test(text)) continue;
            if (sets.length > 0) useful += 1;
            expect(
              sets.filter((set) => !holds(set, text)),
              `in ${text}`,
            ).toEqual([]);
          }
        },
      ),
      { seed: 21, numRuns: 2500 },
    );
    expect(useful).toBeGreaterThan(500);
  },
  30_000,
);
