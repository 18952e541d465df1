import fc from 'fast-check';
import { expect, test } from 'vitest';

import { parsePattern } from '../engine/formats/pattern';
import { matchTokens } from '../engine/patterns/match-tokens';
import type { PatternToken, WildcardKind } from '../engine/patterns/pattern';
import { WILDCARD_KINDS } from '../engine/patterns/pattern';
import { toLayoutText, toRegexText, valuesIn, wildcardNames } from './pattern-text';

/** `upstream <word> after <duration>` */
function draw(text: string): PatternToken[] {
  return text.split(/(<\w+>)/).flatMap((part): PatternToken[] => {
    if (part === '') return [];
    const kind = WILDCARD_KINDS.find((one) => `<${one}>` === part);
    return [kind ? { kind: 'wildcard', type: kind } : { kind: 'literal', text: part }];
  });
}

test('wildcards are called by what stands before them, or by their kind', () => {
  expect(wildcardNames(draw('amount=<number> of <number> and <number>, "user": "<word>" in <duration>'))).toEqual([
    'amount',
    'number',
    'number2',
    'user',
    'duration',
  ]);
  expect(wildcardNames(draw('<number> number2=<number> <number>'))).toHaveLength(3);
  expect(new Set(wildcardNames(draw('<number> number2=<number> <number>'))).size).toBe(3);
});

test.each([
  ['conn <number> from <ip> closed after <duration>', 'conn 42 from 10.0.0.7:5432 closed after 30.5 s'],
  ['a+b (<hex>) [<uuid>]', 'a+b (0xdeadbeef) [0f8fad5b-d9cb-469f-a165-70867728950e]'],
  ['path <path> query <quoted>', 'path /v2/x?a=1 query "select * from t"'],
  ['error = <text>', 'error ='],
  ['<word>: <text>', 'main: anything at  all, (really) $1'],
  ['took <number>', 'took   twelve'], // not what its kind says
  ['a <text> b <text> c', 'a 1 b 2 b 3 c'],
  ['no wildcard at all', 'no wildcard at  all'],
  ['user <email> at <url> on <time>', 'user <a.b@c.de> at https://x.y/z on 2026-05-19 14:06:31.219'],
  ['got <bytes>', 'got 17.6 MiB'],
])('%s as an expression', (text, example) => {
  const tokens = draw(text);
  const found = new RegExp(toRegexText(tokens, example), 'u').exec(`12:00:00 INFO ${example}`);
  expect(found).not.toBeNull();
  const expected = matchTokens(tokens, example)?.map(([start, end]) => example.slice(start, end).replace(/\s+/g, ' '));
  expect(valuesIn(tokens, example)).toEqual(expected);
});

test('an expression is readable', () => {
  expect(toRegexText(draw('Charge <hex> failed: <text>'), 'Charge ab12 failed: no pool')).toBe(
    String.raw`Charge\s+(?<hex>[\da-fA-Fx:-]+h?)\s+failed:\s+(?<text>.*)`,
  );
});

test.each([
  ['Charge <hex> failed: <text>', '{start}Charge {hex:word} failed: {text:rest}'],
  [
    '(<number>) {x} a|b <word>, then <text> for <duration>',
    '{start}\\({number:until=)}\\) \\{x\\} a\\|b {word:until=,}, then {text:until= for} for {duration:rest}',
  ],
])('%s as a layout', (text, layout) => {
  expect(toLayoutText(draw(text))).toBe(layout);
  expect(() => parsePattern(layout)).not.toThrow();
});

const word = fc.stringMatching(/^[!-~]{1,6}$/);
const literal = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const kind = fc.constantFrom<WildcardKind>(...WILDCARD_KINDS);
const value = fc.oneof(
  fc.constantFrom('42', '30.0 s', '17 MiB', '0xdead', '10.0.0.1', '/a/b', 'https://x/y', '"a b"', 'x', ''),
  fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')),
);

test('an expression matches the message it was made with, a layout can be read', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(literal, kind, value), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (parts, isTight) => {
        const gap = isTight ? '' : ' ';
        const tokens = parts.flatMap(([text, type], at): PatternToken[] => [
          { kind: 'literal', text: `${at === 0 ? '' : gap}${text}${gap}` },
          { kind: 'wildcard', type },
        ]);
        const message = parts
          .map(([text, , one], at) => `${at === 0 ? '' : gap}${text}${gap}${one}`)
          .join('')
          .trim();
        const found = new RegExp(toRegexText(tokens, message), 'u').exec(`INFO ${message}`);
        expect(found, toRegexText(tokens, message)).not.toBeNull();
        expect(() => parsePattern(toLayoutText(tokens))).not.toThrow();
      },
    ),
    { seed: 20261120, numRuns: 1000 },
  );
});
