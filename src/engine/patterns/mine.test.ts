import fc from 'fast-check';
import { describe as suite, expect, test } from 'vitest';

import { drawCorpora } from '../../testing/message-corpora';
import { skeletonText } from '../kernels/portable/index-skeleton';
import { matchTokens } from './match-tokens';
import { describe, mine, type Mined, type Skeleton } from './mine';
import { DEFAULT_GRANULARITY, type Granularity, WILDCARD } from './pattern';

const GRANULARITIES: readonly Granularity[] = [0, 1, 2, 3, 4];

/** The different skeletons of messages, in the order in which they come, and which of them each message has. */
function skeletonsOf(messages: readonly string[]): { skeletons: Skeleton[]; skeletonOf: number[] } {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const byText = new Map<string, number>();
  const skeletons: Skeleton[] = [];
  const skeletonOf = messages.map((message) => {
    const bytes = encoder.encode(message);
    const text = decoder.decode(skeletonText(bytes, 0, bytes.length));
    let index = byText.get(text);
    if (index === undefined) {
      index = skeletons.push({ text, example: decoder.decode(bytes.subarray(0, 1024)) }) - 1;
      byText.set(text, index);
    }
    return index;
  });
  return { skeletons, skeletonOf };
}

/** Texts of the groups with the texts of their skeletons, in an order of their own. */
function outcomeOf(skeletons: readonly Skeleton[], mined: Mined): string[][] {
  const members = mined.groups.map((): string[] => []);
  for (const [index, group] of mined.groupOf.entries()) members[group]?.push((skeletons[index] as Skeleton).text);
  return mined.groups
    .map((group, at) => [group.text, ...(members[at] as string[]).sort()])
    .sort((a, b) => ((a[0] as string) < (b[0] as string) ? -1 : 1));
}

/** Share of messages whose group has exactly the messages of their template. */
function accuracyOf(groups: readonly number[], truth: readonly number[]): number {
  const sizes = new Map<string, number>();
  const add = (key: string) => sizes.set(key, (sizes.get(key) ?? 0) + 1);
  truth.forEach((template, index) => {
    add(`t${template}`);
    add(`g${groups[index]}`);
    add(`t${template}g${groups[index]}`);
  });
  const right = truth.filter((template, index) => {
    const both = sizes.get(`t${template}g${groups[index]}`);
    return both === sizes.get(`t${template}`) && both === sizes.get(`g${groups[index]}`);
  });
  return right.length / truth.length;
}

function patternsOf(messages: readonly string[], granularity: Granularity = DEFAULT_GRANULARITY): string[] {
  return mine(skeletonsOf(messages).skeletons, granularity)
    .groups.map((group) => group.text)
    .sort();
}

/** Messages of a few words, so that many of them have something in common. */
const message = fc
  .array(
    fc.constantFrom(
      'user',
      'ann',
      'bob',
      'failed',
      'to',
      'open',
      '=',
      ':',
      ', ',
      ' ',
      '  ',
      '(',
      ')',
      '"',
      '/a/b',
      '17',
      'x-',
      '<*>',
      '*',
      '.',
      '\t',
      'ä',
      '\0',
      'de:ad:01',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

suite('mine', () => {
  test.each(GRANULARITIES)(
    'every skeleton and its example are taken by their pattern, granularity %i',
    (granularity) => {
      fc.assert(
        fc.property(fc.array(message, { minLength: 1, maxLength: 40 }), (messages) => {
          const { skeletons } = skeletonsOf(messages);
          const mined = mine(skeletons, granularity);
          expect(new Set(mined.groups.map((group) => group.text)).size).toBe(mined.groups.length);
          skeletons.forEach(({ text, example }, index) => {
            const group = mined.groups[mined.groupOf[index] as number];
            expect(matchTokens(group?.tokens ?? [], text), `${group?.text} takes ${text}`).not.toBeNull();
            expect(matchTokens(group?.tokens ?? [], example), `${group?.text} takes ${example}`).not.toBeNull();
          });
          for (const { text, tokens } of mined.groups) {
            expect(tokens.map((token) => (token.kind === 'literal' ? token.text : WILDCARD)).join('')).toBe(text);
          }
        }),
        { seed: 44, numRuns: 150 },
      );
    },
  );

  test('does not depend on the order of the skeletons, nor on their examples', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 40 }), fc.nat(), (messages, turn) => {
        const { skeletons } = skeletonsOf(messages);
        const cut = turn % skeletons.length;
        const turned = [...skeletons.slice(cut).reverse(), ...skeletons.slice(0, cut)].map(({ text }) => ({
          text,
          example: '',
        }));
        expect(outcomeOf(turned, mine(turned, 2))).toEqual(outcomeOf(skeletons, mine(skeletons, 2)));
      }),
      { seed: 45, numRuns: 100 },
    );
    for (const { messages } of drawCorpora(7).slice(0, 8)) {
      const { skeletons } = skeletonsOf(messages);
      const turned = skeletons.toReversed();
      expect(outcomeOf(turned, mine(turned, 2))).toEqual(outcomeOf(skeletons, mine(skeletons, 2)));
    }
  });

  test('what is kept of skeletons for the next granularity changes nothing', () => {
    for (const { messages } of drawCorpora(9).slice(0, 6)) {
      const { skeletons } = skeletonsOf(messages);
      for (const granularity of [2, 3, 0, 4, 1, 2] as const) {
        const fresh = skeletons.map((skeleton) => ({ ...skeleton }));
        expect(mine(skeletons, granularity)).toEqual(mine(fresh, granularity));
      }
    }
  });

  test('finds the templates of other systems', () => {
    const corpora = drawCorpora(1).map(({ messages, truth }) => {
      const { skeletons, skeletonOf } = skeletonsOf(messages);
      const { groupOf } = mine(skeletons, DEFAULT_GRANULARITY);
      return accuracyOf(
        skeletonOf.map((skeleton) => groupOf[skeleton] as number),
        truth,
      );
    });
    expect(corpora.reduce((sum, accuracy) => sum + accuracy, 0) / corpora.length).toBeGreaterThan(0.85);
  });

  test('tells names from what is said', () => {
    expect(patternsOf(['user=ann logged in', 'user=bob logged in'])).toEqual(['user=<*> logged in']);
    expect(patternsOf(['retry=true done', 'retry=false done'])).toHaveLength(2);
  });

  const NAMES = ['ann', 'bob', 'carol', 'dave', 'erin', 'mallory', 'trent'];

  test.each([
    ['values behind keys', NAMES.map((name) => `state=open owner=${name} done`), ['state=open owner=<*> done']],
    [
      'what a state is',
      ['job state=running', 'job state=failed', 'job state=lost'],
      ['job state=failed', 'job state=lost', 'job state=running'],
    ],
    [
      'quoted names',
      NAMES.slice(2).map((name) => `relation "${name}" does not exist`),
      ['relation "<*>" does not exist'],
    ],
    ['many words in one place', NAMES.map((name) => `removing ${name} now`), ['removing <*> now']],
    ['few words in one place', ['start main loop', 'end main loop'], ['end main loop', 'start main loop']],
    ['names behind words that name', ['closed for user ann', 'closed for user bob'], ['closed for user <*>']],
    [
      'paths, URLs, host names',
      ['read /etc/a from b.example.org', 'read https://a/b?c=d from localhost'],
      ['read <*> from <*>'],
    ],
    [
      'exceptions',
      ['failed: java.io.IOException', 'failed: java.lang.RuntimeException'],
      ['failed: java.io.IOException', 'failed: java.lang.RuntimeException'],
    ],
    ['addresses', ['link fe80::ed:1 up', 'link 10.0.0.7:80 up', 'link 00:ed:1a:00:00:01 up'], ['link <*> up']],
    ['lists', ['channels 1 2 3 ready', 'channels 4 5 ready', 'channels 6 ready'], ['channels <*> ready']],
    ['measures', ['took 5 seconds', 'took 1 second', 'took 12 ms'], ['took <*> <*>']],
    ['sizes said twice', ['sent 900 bytes', 'sent 2048 bytes (2 KB)'], ['sent <*> bytes<*>']],
  ])('%s', (_name, messages, texts) => {
    expect(patternsOf(messages)).toEqual(texts);
  });

  test('wildcards have the kind of their values', () => {
    const { skeletons } = skeletonsOf(['sent 5 kB to 10.0.0.1 in 7ms', 'sent 17 kB to 10.0.0.2 in 0ms']);
    expect(
      mine(skeletons, 2).groups[0]?.tokens.flatMap((token) => (token.kind === 'wildcard' ? [token.type] : [])),
    ).toEqual(['number', 'ip', 'duration']);
  });

  test('a message that reads like a pattern is one of its own', () => {
    expect(patternsOf(['open <*> now', 'open 7 now'])).toEqual(['open <*> now']);
  });

  test('takes what is meant to be slow', () => {
    const random = fc.sample(
      fc.string({
        unit: fc.constantFrom('=', ':', '(', ')', '"', ' ', 'a', '.', '/', '*', '\0'),
        minLength: 900,
        maxLength: 1000,
      }),
      { numRuns: 300, seed: 46 },
    );
    const lists = Array.from({ length: 300 }, (_, index) => `x ${'a '.repeat(index % 200)}\0`);
    const skeletons = [...new Set([...random, ...lists, 'a'.repeat(1024)])].map((text) => ({
      text,
      example: text,
    }));
    for (const granularity of GRANULARITIES)
      expect(mine(skeletons, granularity).groupOf).toHaveLength(skeletons.length);
  });

  test('describes what skeletons have in common, whatever they are', () => {
    const { skeletons } = skeletonsOf(['disk 7 of web-a is full', 'disk 12 of db is nearly full']);
    expect(describe(skeletons).text).toBe('disk <*> of <*> is <*> full');
  });

  test('is finer with every step of granularity', () => {
    const { skeletons } = skeletonsOf(drawCorpora(3).flatMap(({ messages }) => messages));
    const counts = GRANULARITIES.map((granularity) => mine(skeletons, granularity).groups.length);
    for (let at = 1; at < counts.length; at++) expect(counts[at]).toBeGreaterThan(counts[at - 1] as number);
  });
});
