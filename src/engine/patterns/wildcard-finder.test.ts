/** Values found on bytes are those found in texts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { SKELETON_BYTES } from '../kernels/index-layout';
import { matchTokens } from './match-tokens';
import { type PatternToken, WILDCARD } from './pattern';
import { WildcardFinder } from './wildcard-finder';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function tokensOf(text: string): PatternToken[] {
  return text
    .split(/(<\*>)/)
    .filter((part) => part !== '')
    .map((part) => (part === WILDCARD ? { kind: 'wildcard', type: 'word' } : { kind: 'literal', text: part }));
}

/** Every wildcard's value by the finder, at some place in a larger memory. */
function found(tokens: readonly PatternToken[], message: Uint8Array): (string | null)[] {
  const memory = new Uint8Array(message.length + 20).fill(97);
  memory.set(message, 7);
  const wildcards = tokens.filter(({ kind }) => kind === 'wildcard');
  return wildcards.map((_, wildcard) => {
    const finder = new WildcardFinder(tokens, wildcard);
    if (!finder.find(memory, 7, 7 + message.length)) return null;
    return decoder.decode(finder.bytes.subarray(finder.start, finder.end));
  });
}

function expected(tokens: readonly PatternToken[], message: Uint8Array): (string | null)[] {
  const text = decoder.decode(message.subarray(0, SKELETON_BYTES));
  const ranges = matchTokens(tokens, text);
  const wildcards = tokens.filter(({ kind }) => kind === 'wildcard');
  return wildcards.map((_, wildcard) => {
    const range = ranges?.[wildcard];
    return range === undefined ? null : text.slice(range[0], range[1]);
  });
}

const part = fc.constantFrom(
  'a',
  'b',
  'ab',
  ' ',
  '  ',
  '\t',
  'a b',
  '12',
  '-7',
  '007',
  'ü',
  '\u0000',
  '\r',
  '=',
  '\ufffd',
);
const pattern = fc
  .array(fc.oneof({ weight: 2, arbitrary: fc.constant(WILDCARD) }, { weight: 3, arbitrary: part }), { maxLength: 7 })
  .map((parts) => parts.join('').replace(/\s+/g, ' '));

test('random patterns and messages', () => {
  fc.assert(
    fc.property(pattern, fc.array(part, { maxLength: 10 }), fc.nat(40), (text, parts, damage) => {
      const tokens = tokensOf(text);
      const message = encoder.encode(parts.join(''));
      if (damage < message.length) message[damage] = 0xff;
      expect(found(tokens, message)).toEqual(expected(tokens, message));
    }),
    { seed: 20261120, numRuns: 4000 },
  );
});

test('messages made from the pattern', () => {
  fc.assert(
    fc.property(pattern, fc.array(part, { minLength: 7, maxLength: 7 }), (text, values) => {
      const tokens = tokensOf(text);
      let at = 0;
      const message = encoder.encode(text.replaceAll(WILDCARD, () => values[at++] ?? ''));
      expect(found(tokens, message)).toEqual(expected(tokens, message));
    }),
    { seed: 20261120, numRuns: 4000 },
  );
});

test.each(['x', 'ü'])('only the first bytes of a long message take part: %s', (sign) => {
  const tokens = tokensOf('begin <*>');
  for (const length of [SKELETON_BYTES - 7, SKELETON_BYTES - 6, SKELETON_BYTES, 5000]) {
    const message = encoder.encode(`begin ${sign.repeat(length)} end`);
    const values = found(tokens, message);
    expect(values).toEqual(expected(tokens, message));
    expect(values[0]).not.toContain('end');
  }
  expect(found(tokensOf('begin <*> end'), encoder.encode(`begin ${sign.repeat(5000)} end`))).toEqual([null]);
});
