import { expect, test } from 'vitest';

import { factsOf, sinceOf } from '../../state/pattern-facts';
import { type LookedAt, thingsToLookAt } from '../../state/things-to-look-at';
import { type DrawnPattern, drawTable, MINUTE } from '../../testing/drawn-table';
import { toCountTitle, toTarget, toThingWords, type WordsContext } from './thing-text';

const CONTEXT: WordsContext = {
  zone: 'UTC',
  span: { start: 0, end: 40 * MINUTE },
  sourceName: (id) => `source ${id}`,
  sourceCount: 1,
};

/** Counts in each of 40 minutes; `burst` in [from, to). */
const minutes = (usual: number, burst = 0, from = 0, to = 0) =>
  Array.from({ length: 40 }, (_, at) => (at >= from && at < to ? burst : usual));

function things(drawn: readonly DrawnPattern[], more: Partial<LookedAt> = {}) {
  const table = drawTable({ text: 'beat', bins: minutes(100) }, ...drawn);
  const since = sinceOf(table, { pin: null, trouble: 20 * MINUTE });
  return thingsToLookAt({ table, since, facts: factsOf(table, since), gap: null, burst: null, ...more });
}

function said(drawn: readonly DrawnPattern[], more: Partial<LookedAt> = {}, context: Partial<WordsContext> = {}) {
  const [thing] = things(drawn, more);
  if (!thing) throw new Error('nothing to look at');
  const { title, say, facts } = toThingWords(thing, { ...CONTEXT, ...context });
  return [title, say, ...facts].join(' | ');
}

test('a pattern is told by what it is, when it came, how often, and where', () => {
  const fresh = { text: 'pool empty', bins: minutes(0, 5, 20, 30), level: 5 };
  expect(said([fresh])).toBe('A new error | Began at 00:20:00, last seen at 00:29:00 | 50 records');
  expect(said([fresh], {}, { sourceCount: 2 })).toBe(
    'A new error | Began at 00:20:00, last seen at 00:29:00 | 50 records | source 1',
  );
  expect(said([fresh], {}, { span: { start: 0, end: 4000 * MINUTE } })).toContain('Began at 1 Jan 00:20:00');
  expect(said([fresh, { ...fresh, text: 'cannot connect' }])).toContain(
    '50 records | 1 other pattern always along with it',
  );
  expect(said([{ text: 'out of memory', bins: minutes(0, 1, 30, 31), level: 6 }])).toBe(
    'A new fatal error | At 00:30:00 | 1 record',
  );
  expect(said([{ text: 'disk slow', bins: minutes(0, 1, 3, 4), level: 5 }])).toBe(
    'A single error | At 00:03:00 | 1 record',
  );
  expect(said([{ text: 'no route', bins: minutes(3), level: 5 }])).toBe(
    'A frequent error | From 00:00:00 to 00:39:00 | 120 records',
  );
  expect(said([{ text: 'queue is long', bins: minutes(1, 60, 10, 12), level: 4 }])).toBe(
    'A burst of warnings | 60 per min at 00:10:00, 60 times what is usual | 120 records',
  );
});

test('a gap and a burst of all records are sentences of their own, and lead to their time', () => {
  const gap = { start: 5 * MINUTE, end: 9 * MINUTE, missed: 400, record: { source: 1, offset: 7 } };
  expect(said([], { gap })).toBe('A gap | No records for 4 min from 00:05:00 on | About 400 records would have come');
  const [first] = things([], { gap });
  expect(first && toTarget(first)).toEqual({
    kind: 'gap',
    span: { start: 5 * MINUTE, end: 9 * MINUTE },
    record: { source: 1, offset: 7 },
  });
  const burst = { start: 30 * MINUTE, end: 32 * MINUTE, count: 1800, peak: 900, usual: 100, binMs: MINUTE };
  const many = ['a', 'b', 'c', 'd'].map((text) => ({ text, bins: minutes(25, 200, 30, 32) }));
  expect(said(many, { burst })).toBe(
    'A burst of records | 900 per min at 00:30:00 where 100 are usual, of many kinds | 1,800 records',
  );
});

test('a pattern leads to its records, a burst to those of its time', () => {
  const [error, burst] = things([
    { text: 'pool empty', bins: minutes(0, 5, 20, 30), level: 5 },
    { text: 'queue is long', bins: minutes(1, 60, 10, 12), level: 4 },
  ]);
  expect(error && toTarget(error)).toMatchObject({ kind: 'pattern', text: 'pool empty', span: null });
  expect(burst && toTarget(burst)).toMatchObject({
    text: 'queue is long',
    span: { start: 10 * MINUTE, end: 12 * MINUTE },
  });
});

test('the list says how many it has', () => {
  expect([1, 2, 5].map(toCountTitle)).toEqual([
    'One thing to look at first',
    'Two things to look at first',
    'Five things to look at first',
  ]);
});
