import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type DrawnPattern, drawTable, MINUTE } from '../testing/drawn-table';
import { factsOf, sinceOf } from './pattern-facts';
import { type LookedAt, MOST_THINGS, type Thing, thingsToLookAt } from './things-to-look-at';

/** @param more  what else is known; `trouble`: when errors began, in minutes */
function look(
  drawn: readonly DrawnPattern[],
  { trouble = null, pin = null, ...more }: Partial<LookedAt> & { trouble?: number | null; pin?: number | null } = {},
): Thing[] {
  const table = drawTable(...drawn);
  const since = sinceOf(table, {
    pin: pin === null ? null : pin * MINUTE,
    trouble: trouble === null ? null : trouble * MINUTE,
  });
  return thingsToLookAt({ table, facts: factsOf(table, since), since, gap: null, burst: null, ...more });
}

const said = (things: readonly Thing[]) =>
  things.map(({ kind, row, alongCount }) =>
    [kind, row?.text, alongCount > 0 ? `+${alongCount}` : undefined].filter((part) => part !== undefined).join(' '),
  );

/** Counts in each of 40 minutes; `burst` in [from, to). */
const minutes = (usual: number, burst = 0, from = 0, to = 0) =>
  Array.from({ length: 40 }, (_, at) => (at >= from && at < to ? burst : usual));
const once = (at: number) => minutes(0, 1, at, at + 1);

const BEATS: DrawnPattern = { text: 'GET <*> 200', bins: minutes(100) };

describe('what stands out', () => {
  test('new errors come first, the worse and the more frequent before the others', () => {
    const things = look(
      [
        BEATS,
        { text: 'pool empty', bins: minutes(0, 200, 20, 30), level: 5 },
        { text: 'disk full', bins: minutes(0, 3, 25, 26), level: 6 },
        { text: 'slow query', bins: minutes(2), level: 4 },
      ],
      { trouble: 20 },
    );
    expect(said(things)).toEqual(['new-error pool empty', 'new-error disk full', 'warning-group slow query']);
    expect(things[0]).toMatchObject({ level: 5, count: 2000, range: null });
    expect(things[1]?.level).toBe(6);
  });

  test('what errors began with is ahead of others much like it', () => {
    const things = look(
      [
        BEATS,
        { text: 'request failed', bins: minutes(0, 5, 21, 30), level: 5 },
        { text: 'payment failed', bins: minutes(0, 4, 22, 31), level: 5 },
        { text: 'pool empty', bins: once(20), level: 5 },
      ],
      { trouble: 20 },
    );
    expect(said(things).slice(0, 2)).toEqual(['new-error request failed', 'new-error pool empty']);
  });

  test('errors that were there from the start are the biggest group; those that rise are a burst, with their time', () => {
    const [burst, group] = look([
      BEATS,
      { text: 'retrying', bins: minutes(1, 60, 10, 14), level: 5 },
      { text: 'no route', bins: minutes(3), level: 5 },
    ]);
    expect(burst).toMatchObject({
      kind: 'burst',
      range: { start: 10 * MINUTE, end: 14 * MINUTE },
      count: 240,
      peak: 60,
    });
    expect(burst?.usual).toBeCloseTo(1);
    expect(group).toMatchObject({ kind: 'error-group', count: 120 });
  });

  test('a message that is trouble only now and then counts by that', () => {
    const levels = (warnings: number, count: number) => [0, 0, 0, count - warnings, warnings, 0, 0];
    const [often, seldom] = look([
      { text: 'often', bins: minutes(50), level: levels(1900, 2000) },
      { text: 'seldom', bins: minutes(200), level: levels(900, 8000) },
    ]);
    expect(often).toMatchObject({ kind: 'warning-group', troubleShare: 0.95 });
    expect(seldom).toMatchObject({ kind: 'warning-group', row: { text: 'seldom' } });
  });

  test('a single fatal among much else is not lost', () => {
    expect(said(look([BEATS, { text: 'out of memory', bins: once(33), level: 6 }]))).toEqual(['rare out of memory']);
  });

  test('what is new and no trouble must be so beyond chance', () => {
    const other = { text: 'feature on', bins: minutes(0, 2, 21, 40) };
    expect(said(look([BEATS, other], { pin: 20 }))).toEqual(['first-seen feature on']);
    expect(said(look([BEATS, { ...other, bins: minutes(0, 1, 30, 33) }], { pin: 20 }))).toEqual([]);
  });

  test('a message that comes once is a thing in a long log, and only where few do', () => {
    const long: DrawnPattern = { text: 'GET <*> 200', bins: minutes(25_000) };
    const oddOnes = (count: number) =>
      Array.from({ length: count }, (_, at): DrawnPattern => ({ text: `odd ${at}`, bins: once(2 * at) }));
    expect(said(look([long, ...oddOnes(1)]))).toEqual(['rare odd 0']);
    expect(look([BEATS, ...oddOnes(1)])).toEqual([]);
    expect(look([long, ...oddOnes(12)])).toEqual([]);
  });

  test('a gap and a surge stand beside patterns; a surge that one pattern explains is that pattern', () => {
    const gap = { start: 5 * MINUTE, end: 9 * MINUTE, missed: 400, record: { source: 1, offset: 7 } };
    const burst = { start: 30 * MINUTE, end: 32 * MINUTE, count: 1600, peak: 800, usual: 100, binMs: MINUTE };
    const quarters = ['a', 'b', 'c', 'd'].map((text) => ({ text, bins: minutes(25, 200, 30, 32) }));
    const things = look(quarters, { gap, burst });
    expect(said(things)).toEqual(['gap', 'surge']);
    expect(things[0]).toMatchObject({ count: 400, range: { start: 5 * MINUTE }, record: { offset: 7 } });
    expect(things[1]?.bins[30]).toBe(800);
    const one = look([{ text: 'flood', bins: minutes(20, 2000, 30, 32) }, BEATS], { burst: { ...burst, count: 4200 } });
    expect(said(one)).toEqual(['burst flood']);
  });

  test('a quiet log has nothing to look at', () => {
    expect(look([BEATS, { text: 'POST <*> 201', bins: minutes(7) }])).toEqual([]);
    expect(look([])).toEqual([]);
  });
});

describe('not five times the same', () => {
  test('patterns that always come together are one thing', () => {
    const things = look(
      [
        BEATS,
        ...['pool empty', 'cannot connect', 'request failed'].map((text) => ({
          text,
          bins: minutes(0, 50, 20, 30),
          level: 5,
        })),
        { text: 'cache lost', bins: minutes(0, 9, 33, 36), level: 5 },
      ],
      { trouble: 20 },
    );
    expect(said(things)).toEqual(['new-error cannot connect +2', 'new-error cache lost']);
  });

  test('steady patterns of the same pace are not the same thing', () => {
    // The log begins and ends within a minute, as logs do.
    const wavy = (odd: number) => Array.from({ length: 40 }, (_, at) => (at === 39 ? 3 : at % 2 === odd ? 10 : 11));
    const things = look([
      { text: 'GET <*> 200', bins: [...minutes(100).slice(1), 30] },
      { text: 'no route', bins: wavy(0), level: 5 },
      { text: 'no answer', bins: wavy(1), level: 5 },
    ]);
    expect(said(things)).toEqual(['error-group no answer', 'error-group no route']);
  });

  test('of many errors of the same minutes some give way to a gap', () => {
    const cascade = [900, 400, 200, 90, 40, 20].map((count, at) => ({
      text: `error ${at}`,
      bins: minutes(0, count, 20, 30),
      level: 5,
    }));
    const gap = { start: 5 * MINUTE, end: 9 * MINUTE, missed: 400, record: null };
    const things = look([BEATS, ...cascade], { trouble: 20, gap });
    expect(things.map(({ kind }) => kind)).toContain('gap');
    expect(things).toHaveLength(MOST_THINGS);
  });
});

describe('of whatever tables', () => {
  const pattern = fc.record({
    text: fc.string({ minLength: 1, maxLength: 6 }),
    bins: fc.oneof(
      fc.array(fc.nat({ max: 30 }), { minLength: 12, maxLength: 12 }),
      fc.nat({ max: 11 }).map((at) => Array.from({ length: 12 }, (_, bin) => (bin === at ? 1 : 0))),
      fc
        .tuple(fc.nat({ max: 11 }), fc.nat({ max: 500 }))
        .map(([at, peak]) => Array.from({ length: 12 }, (_, bin) => (bin >= at ? peak + 1 : 0))),
    ),
    level: fc.constantFrom(0, 3, 4, 5, 6),
  });
  const drawn = fc
    .uniqueArray(pattern, { selector: ({ text }) => text, maxLength: 25 })
    .map((list) => list.filter(({ bins }) => bins.some((count) => count > 0)));
  const when = fc.option(fc.nat({ max: 11 }), { nil: null });

  test('there are five at most, none twice, best first, whatever the order of the patterns', () => {
    fc.assert(
      fc.property(drawn, when, fc.infiniteStream(fc.nat()), (list, trouble, dice) => {
        const things = look(list, { trouble });
        expect(things.length).toBeLessThanOrEqual(MOST_THINGS);
        const texts = things.flatMap(({ row }) => row?.text ?? []);
        expect(new Set(texts).size).toBe(texts.length);
        expect(things.map(({ score }) => score)).toEqual(things.map(({ score }) => score).sort((a, b) => b - a));
        const shuffled = list
          .map((one) => ({ one, at: dice.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const plain = (found: readonly Thing[]) =>
          found.map(({ kind, row, count, score, bins, alongCount }) => [
            kind,
            row?.text,
            count,
            score,
            bins,
            alongCount,
          ]);
        expect(plain(look(shuffled, { trouble }))).toEqual(plain(things));
      }),
      { seed: 4, numRuns: 400 },
    );
  });

  test('an error is looked at wherever there is one', () => {
    fc.assert(
      fc.property(drawn, when, (list, trouble) => {
        fc.pre(list.some(({ level }) => level >= 5));
        const [first] = look(list, { trouble });
        expect(first?.row).toBeTruthy();
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
