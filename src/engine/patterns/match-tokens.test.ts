import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { matchTokens } from './match-tokens';
import { WILDCARD, type PatternToken } from './pattern';

/** "open <*> of <*>" as tokens. */
function drawn(text: string): PatternToken[] {
  return text
    .split(/(<\*>)/)
    .filter((part) => part !== '')
    .map((part) => (part === WILDCARD ? { kind: 'wildcard', type: 'word' } : { kind: 'literal', text: part }));
}

function valuesOf(pattern: string, message: string): string[] | null {
  return matchTokens(drawn(pattern), message)?.map(([start, end]) => message.slice(start, end)) ?? null;
}

describe('matchTokens', () => {
  test.each([
    ['open <*> of <*>', 'open 3 of 17', ['3', '17']],
    ['open <*> of <*>', 'open a of b of c', ['a', 'b of c']],
    ['<*> done', 'job 7 done', ['job 7']],
    ['<*>', 'anything at all', ['anything at all']],
    ['<*>', '', ['']],
    ['no wildcard', 'no wildcard', []],
    ['', '', []],
    ['', '  ', []],
    ['ends <*> end', 'ends end end', ['end']],
    ['a<*>a', 'aa', ['']],
  ])('%s takes %s', (pattern, message, values) => {
    expect(valuesOf(pattern, message)).toEqual(values);
  });

  test.each([
    ['open <*> of <*>', 'close 3 of 17'],
    ['open <*>', 'reopen 3'],
    ['<*> done', 'job 7 done twice'],
    ['a<*>a', 'a'],
    ['no wildcard', 'no  wildcards'],
    ['', 'x'],
    ['two words', 'twowords'],
  ])('%s does not take %s', (pattern, message) => {
    expect(valuesOf(pattern, message)).toBeNull();
  });

  test('runs of blanks are one space, and those at the ends are none', () => {
    expect(valuesOf('open <*> of <*>', ' \topen\t\t3  of   17 ')).toEqual(['3', '17']);
    expect(valuesOf('open <*> now', 'open a \t b now')).toEqual(['a \t b']);
    expect(valuesOf('<*> now', '  x now  ')).toEqual(['x']);
  });

  test('an empty value needs no blanks of its own', () => {
    expect(valuesOf('error = <*>', 'error =')).toEqual(['']);
    expect(valuesOf('error = <*>', 'error = ')).toEqual(['']);
    expect(valuesOf('<*> started', 'started')).toEqual(['']);
    expect(valuesOf('open <*> now', 'open now')).toEqual(['']);
    expect(valuesOf('open <*> now', 'open  now')).toEqual(['']);
    expect(valuesOf('open <*> now <*> then', 'open now x then')).toEqual(['', 'x']);
  });

  const small = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\t'), maxLength: 12 });
  /** Patterns of these literals; like every pattern, they begin and end with no blank. */
  const patternsOf = (literal: fc.Arbitrary<string>) =>
    fc.tuple(fc.array(literal, { maxLength: 4 }), fc.boolean(), fc.boolean()).map(([literals, opens, closes]) => {
      const text = literals.join(WILDCARD).replace(/ +/g, ' ').trim();
      return `${opens ? WILDCARD : ''}${text}${closes ? WILDCARD : ''}`.replace(/(?:<\*>)+/g, WILDCARD);
    });

  test('takes what an expression with .* takes', () => {
    fc.assert(
      fc.property(patternsOf(fc.constantFrom('a', 'b', 'ab', 'a b', 'ba', 'bb')), small, (pattern, message) => {
        const expression = new RegExp(`^${pattern.replaceAll(WILDCARD, '.*')}$`);
        const expected = expression.test(message.trim().replace(/[ \t]+/g, ' '));
        expect(matchTokens(drawn(pattern), message) !== null).toBe(expected);
      }),
      { seed: 42, numRuns: 3000 },
    );
  });

  const patterns = patternsOf(fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 1, maxLength: 3 }));

  test('what lies between the values are the literals', () => {
    fc.assert(
      fc.property(patterns, fc.array(small, { minLength: 5, maxLength: 5 }), (pattern, values) => {
        let wildcard = 0;
        const message = drawn(pattern)
          .map((token) => (token.kind === 'literal' ? token.text : (values[wildcard++] as string)))
          .join('');
        const ranges = matchTokens(drawn(pattern), message);
        expect(ranges).not.toBeNull();
        let at = 0;
        const rest: string[] = [];
        for (const [start, end] of ranges ?? []) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThanOrEqual(start);
          rest.push(message.slice(at, start));
          at = end;
        }
        rest.push(message.slice(at));
        const squeeze = (text: string): string => text.replace(/[ \t]+/g, '');
        const literals = drawn(pattern).flatMap((token) => (token.kind === 'literal' ? [token.text] : []));
        expect(squeeze(rest.join(''))).toBe(squeeze(literals.join('')));
      }),
      { seed: 43, numRuns: 2000 },
    );
  });

  test('is linear on long messages of the same character', () => {
    const pattern = Array.from({ length: 60 }, () => `${'a'.repeat(15)}b`).join(WILDCARD);
    expect(valuesOf(pattern, 'a'.repeat(200_000))).toBeNull();
    expect(valuesOf(`<*>${'a'.repeat(500)}b<*>`, 'a'.repeat(200_000))).toBeNull();
  });
});
