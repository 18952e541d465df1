import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { arbitraryAnalysis, bodyOf, drawAnalysis, drawPattern, headOf } from '../testing/random-analyses';
import { type Analysis, type FirstLookBody, parseAnalysisBody, parseAnalysisHead } from './analysis';

const SEED = 20261120;

/** What becomes of an analysis on its way out and in: the analysis, or why it is refused. */
function read({ head, body }: Analysis): unknown {
  const first = parseAnalysisHead(JSON.parse(JSON.stringify(head)));
  if (first.kind === 'refused') return first.reason;
  const second = parseAnalysisBody(JSON.parse(JSON.stringify(body)), first.value);
  return second.kind === 'refused' ? second.reason : { head: first.value, body: second.value };
}

test('any analysis that agrees with itself comes back as it was', () => {
  fc.assert(
    fc.property(arbitraryAnalysis, (analysis) => {
      expect(read(analysis)).toEqual(analysis);
    }),
    { seed: SEED, numRuns: 200 },
  );
});

test('a first look comes back as it was', () => {
  const body: FirstLookBody = {
    kind: 'first-look',
    headline: 'Errors began at 14:06:31',
    items: [{ kind: 'burst', title: '48,225 errors', detail: 'in 4 min', count: 48_225, time: 5, bins: [0, 3, 1] }],
    facts: [{ name: 'Span', value: '4 h' }],
  };
  const analysis = { head: headOf({ kind: 'first-look', recordCount: 9, itemCount: 1, grouping: null }), body };
  expect(read(analysis)).toEqual(analysis);
});

test('whatever comes in, it is read or refused with a reason, and never throws', () => {
  const { head, body } = drawAnalysis({ 'a <*>': 3, b: 2 });
  const paths = [...leaves(head, []), ...leaves(body, [])];
  fc.assert(
    fc.property(fc.nat(paths.length - 1), fc.anything(), (at, value) => {
      const path = paths[at] ?? [];
      const isHead = at < leaves(head, []).length;
      const first = parseAnalysisHead(isHead ? withValue(head, path, value) : head);
      const outcome =
        first.kind === 'parsed' ? parseAnalysisBody(isHead ? body : withValue(body, path, value), first.value) : first;
      if (outcome.kind === 'refused') expect(outcome.reason).toMatch(/^[a-z].*[^.]$/s);
    }),
    { seed: SEED, numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.anything(), (value) => {
      parseAnalysisHead(value);
      parseAnalysisBody(value, head);
    }),
    { seed: SEED, numRuns: 500 },
  );
});

describe('refused', () => {
  const { head, body } = drawAnalysis({ 'a <*>': 3, b: 2 });
  const one = drawPattern('a', 5);

  test.each([
    ['no object', null, 'holds no analysis'],
    ['a list', [], 'holds no analysis'],
    ['no version', {}, 'names no version'],
    ['a newer one', { version: 7 }, 'was made by a newer Loupe (analysis version 7)'],
    ['no id', { ...head, id: '' }, 'cannot be read at id'],
    ['a negative count', { ...head, recordCount: -1 }, 'cannot be read at recordCount'],
    ['a time beyond all dates', { ...head, madeAt: 1e16 }, 'cannot be read at madeAt'],
    ['patterns that were never grouped', { ...head, grouping: null }, 'does not fit its kind'],
    ['a source twice', { ...head, sources: [...head.sources, ...head.sources] }, 'names a source twice'],
  ])('a head with %s', (_, value, reason) => {
    expect(parseAnalysisHead(value)).toEqual({ kind: 'refused', reason });
  });

  test.each([
    ['another kind', { ...body, kind: 'first-look' }, 'cannot be read at kind'],
    ['a pattern too few', bodyOf([one]), 'is cut off'],
    ['a pattern twice', bodyOf([one, one]), 'names a pattern twice'],
    ['counts that do not make the whole', bodyOf([one, drawPattern('b', 1)]), 'holds counts that do not add up'],
    [
      'levels that do not make the count',
      bodyOf([{ ...one, levelCounts: [0, 0, 0, 4, 0, 0, 0] }]),
      'holds counts that do not add up',
    ],
    ['a source that is not there', bodyOf([{ ...one, first: { source: 3, offset: 0, time: null } }]), 'names a source'],
    ['a bin beyond the last', bodyOf([{ ...one, at: [4], counts: [1] }], 4), 'holds counts that do not add up'],
    ['bins out of order', bodyOf([{ ...one, at: [2, 1], counts: [1, 1] }], 4), 'holds counts that do not add up'],
    ['bins without counts', bodyOf([{ ...one, at: [2], counts: [] }], 4), 'holds counts that do not add up'],
    [
      'a wildcard nobody knows',
      bodyOf([{ ...one, tokens: [{ wildcard: 'colour' as 'word' }] }]),
      'cannot be read at patterns.0.tokens.0',
    ],
  ])('a body with %s', (_, value, reason) => {
    const outcome = parseAnalysisBody(value, head);
    expect(outcome).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) });
  });
});

type Path = readonly (string | number)[];

/** Where there is anything in a value, its parts too. */
function leaves(value: unknown, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    ...(path.length > 0 ? [path] : []),
    ...Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key])),
  ];
}

function withValue(value: unknown, path: Path, next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const parts = copy as Record<string | number, unknown>;
  parts[key] = withValue(parts[key], rest, next);
  return copy;
}
