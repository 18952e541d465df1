import fc from 'fast-check';
import { expect, test } from 'vitest';

import { EMPTY_SESSION, parseSession, type Session } from './session';

const SESSION: Session = {
  version: 1,
  sources: [
    {
      key: 'k1',
      name: 'payments.log',
      sizeBytes: 124_000_000,
      fingerprint: 'abc',
      title: null,
      format: null,
      encoding: null,
      zone: 'Europe/Berlin',
      offsetMs: -250,
      colour: 3,
      isHidden: true,
    },
  ],
  filter: {
    clauses: [{ id: 3, text: 'status>=500', isNegated: true, isOn: false }],
    draft: 'level>=WARN',
    range: { start: 10, end: 20 },
    levelsOff: ['DEBUG', null],
  },
  layout: {
    columns: [
      { id: 'time', width: 90, isHidden: false },
      { id: 'field:status', width: null, isHidden: true },
      { id: 'message', width: null, isHidden: false },
    ],
    isWrapped: true,
    isPretty: false,
    areDetailsOpen: true,
    detailsWidth: 400,
    dockShare: 0.4,
  },
  timeline: { view: { start: 0, end: 1000 }, isLogScale: true, pin: 500, areAllTimesShown: true },
  beside: { isOpen: true, leftOut: { left: ['k1'], right: [] }, isLocked: false, aheadMs: -5, share: 0.3 },
  results: { isSplit: true, list: 'both', context: 5 },
  highlights: {
    named: [{ id: 1, name: 'Trouble', text: 'level>=error', colour: 4, isColouring: false }],
    labels: [{ colour: 9, text: 'b41d09e7c2' }],
  },
  patterns: {
    granularity: 3,
    merges: [['a <*>', 'b <*>']],
    splits: [{ text: 'c <*>', granularity: 4 }],
    names: [{ text: 'd <*>', name: 'The d' }],
  },
  patternLook: { chips: ['new', 'denoise'], denoiseShare: 0.05, sort: 'first', groups: 'source' },
  place: { view: 'lines', top: { source: 'k1', offset: 17 }, offsetPx: 3.5, selected: { source: 'k1', offset: 40 } },
  zone: 'UTC',
};

function sessionOf(value: unknown): Session {
  const outcome = parseSession(value);
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return outcome.session;
}

test('a session comes back as it was', () => {
  expect(sessionOf(JSON.parse(JSON.stringify(SESSION)))).toEqual(SESSION);
  expect(sessionOf(EMPTY_SESSION)).toEqual(EMPTY_SESSION);
});

test('missing and broken parts are left at their defaults, the others kept', () => {
  expect(sessionOf({ version: 1 })).toEqual(EMPTY_SESSION);
  const broken = {
    ...SESSION,
    layout: { columns: [{ id: 'time' }] },
    timeline: { view: { start: 5, end: 5 }, pin: 3 },
    place: 'top',
  };
  expect(sessionOf(broken)).toEqual({
    ...SESSION,
    layout: null,
    timeline: { ...EMPTY_SESSION.timeline, pin: 3 },
    place: EMPTY_SESSION.place,
  });
  expect(sessionOf({ ...SESSION, filter: { draft: 7, clauses: 'x', range: null } }).filter).toEqual(
    EMPTY_SESSION.filter,
  );
});

test('of a list the items that make sense are kept, and a key names one source', () => {
  const [source] = SESSION.sources;
  const sources = [source, { ...source, name: 'other' }, { ...source, key: '' }, 3, null];
  expect(sessionOf({ ...SESSION, sources }).sources).toEqual([source]);
});

test('a clause or a saved filter that bears the number of another is left out', () => {
  const [clause] = SESSION.filter.clauses;
  const [named] = SESSION.highlights.named;
  const session = sessionOf({
    ...SESSION,
    filter: { ...SESSION.filter, clauses: [clause, { ...clause, text: 'other' }] },
    highlights: { named: [named, { ...named, name: 'Other' }, { ...named, id: 2, colour: 10 }], labels: [] },
  });
  expect(session.filter.clauses).toEqual([clause]);
  expect(session.highlights.named).toEqual([named]);
});

test('newer, version-less and other values are refused in words', () => {
  expect(parseSession({ version: 3 })).toEqual({
    kind: 'refused',
    reason: 'was made by a newer Loupe (session version 3)',
  });
  for (const value of [null, 7, 'session', [], {}, { version: '1' }, { version: 0.5 }]) {
    expect(parseSession(value).kind).toBe('refused');
  }
});

test('sizes are bounded', () => {
  const long = 'x'.repeat(100_000);
  const session = sessionOf({
    ...SESSION,
    filter: { ...SESSION.filter, draft: long },
    sources: Array.from({ length: 5000 }, (_, at) => ({ ...SESSION.sources[0], key: `k${at}` })),
    zone: long,
  });
  expect(session.filter.draft).toBe('');
  expect(session.sources).toHaveLength(1000);
  expect(session.zone).toBeNull();
});

test('whatever comes in, nothing is thrown, and what comes out is a session that stands', () => {
  const hostile = fc.oneof(
    fc.jsonValue({ maxDepth: 6 }),
    fc.record(
      {
        version: fc.constantFrom(1, 2, '1', null),
        sources: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
        filter: fc.oneof(
          fc.jsonValue(),
          fc.record({ draft: fc.jsonValue(), clauses: fc.array(fc.jsonValue()), range: fc.jsonValue() }),
        ),
        layout: fc.oneof(fc.jsonValue(), fc.record({ columns: fc.array(fc.record({ id: fc.jsonValue() })) })),
        timeline: fc.record({ view: fc.record({ start: fc.jsonValue(), end: fc.jsonValue() }), pin: fc.jsonValue() }),
        place: fc.oneof(fc.jsonValue(), fc.record({ top: fc.jsonValue(), offsetPx: fc.jsonValue() })),
        zone: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
    // One part of a good session replaced by anything.
    fc
      .tuple(fc.constantFrom(...(Object.keys(SESSION) as (keyof Session)[])), fc.jsonValue())
      .map(([part, value]) => ({ ...SESSION, [part]: value })),
  );
  fc.assert(
    fc.property(hostile, (value) => {
      const outcome = parseSession(value);
      if (outcome.kind === 'session') expect(parseSession(outcome.session)).toEqual(outcome);
    }),
    { numRuns: 500 },
  );
});

test('values deeper than any stack are met', () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 50_000; depth += 1) deep = [deep];
  expect(sessionOf({ version: 1, filter: deep, sources: deep, layout: { columns: deep } })).toEqual(EMPTY_SESSION);
});
