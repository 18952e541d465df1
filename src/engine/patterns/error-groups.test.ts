/** Error groups: every ERROR and FATAL record in one, told apart by what caused it; and classes of what tells of trouble. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isFault } from '../../base/fault';
import { closeDoorsAfterEach, DOORS, inProcess, openSource } from '../../testing/doors';
import { inProcessEngine, textInput } from '../../testing/in-process';
import { SMALL_SHARDS } from '../../testing/random-bytes';
import type { EngineApi, EngineEvent, Row } from '../api';
import { LEVEL_COUNT, type SourceId, toLevelCode } from '../records/record';
import { type GroupName, groupName } from './fingerprint';
import type { ClassRule, ErrorGroups } from './pattern';
import { traceKeyOf } from './stack';

closeDoorsAfterEach();

/** For slow machines with much else to do. */
const LIMIT_MS = 60_000;

const RULES: readonly ClassRule[] = [
  { id: 'refused', category: 'Infrastructure', severity: 'high', because: 'nobody listens', message: ['refused'] },
  { id: 'state', category: 'Code', severity: 'medium', because: 'wrong state', exception: ['IllegalState'] },
  { id: 'npe', category: 'Code', severity: 'low', because: 'null', exception: ['NullPointer'] },
];

const iso = (seconds: number) => new Date(Date.UTC(2025, 0, 1) + seconds * 1000).toISOString();

const LEDGER = (n: number) => `com.acme.PostingException: account ${n} of bob
\tat com.acme.Posting.lambda$run$${n}(Posting.java:${n})
\tat java.base/java.lang.Thread.run(Thread.java:840)
Caused by: java.lang.IllegalStateException: closed at ${n}
\tat com.acme.Ledger.append(Ledger.java:${n + 7})
\t... ${n} more`;

const LOG = Array.from({ length: 60 }, (_, i) => {
  if (i % 6 === 0) return `${iso(i)} ERROR [w-${i}] posting ${i} failed\n${LEDGER(i)}`;
  if (i % 6 === 1) return `${iso(i)} FATAL [w-1] connection ${i} to 10.0.0.${i} refused`;
  if (i % 6 === 2) return `${iso(i)} ERROR [w-2] request ${i} failed: java.lang.NullPointerException`;
  if (i % 6 === 3) return `${iso(i)} WARN [w-2] pool has ${i} left`;
  return `${iso(i)} INFO [w-2] user ${i} logged in`;
}).join('\n');

/** Shards of about three records; a seam finds a record's start behind the longest one. */
const SHARDS = { ...SMALL_SHARDS, cuts: { shardBytes: 1200, windows: [200, 800] }, firstShardBytes: 800 };

async function allGroups(engine: EngineApi): Promise<ErrorGroups> {
  const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
  return engine.errorGroups(handle, RULES, 2);
}

describe.each(DOORS)('the engine %s', (_, start) => {
  test('groups errors by what caused them', async () => {
    const engine = await start({ tuning: SHARDS });
    const { id: source } = await openSource(engine, textInput(LOG));
    const { recordCount, groups } = await allGroups(engine);
    expect(recordCount).toBe(30);
    expect(groups.map(({ by, title, count }) => ({ by, title, count }))).toEqual([
      { by: 'frames', title: 'IllegalStateException at Ledger.append', count: 10 },
      { by: 'exception', title: 'NullPointerException', count: 10 },
      { by: 'pattern', title: 'connection <*> to <*> refused', count: 10 },
    ]);
    expect(groups[0]).toMatchObject({
      exception: 'java.lang.IllegalStateException',
      frames: ['com.acme.Ledger.append', 'com.acme.Posting.run'],
      levelCounts: [0, 0, 0, 0, 0, 10, 0],
      sources: [{ source, count: 10 }],
      first: { record: { source, offset: 0 }, time: Date.UTC(2025, 0, 1) },
      patterns: ['posting <*> failed'],
      classification: { rule: 'state', category: 'Code' },
    });
    expect(groups[0]?.last.time).toBe(Date.UTC(2025, 0, 1) + 54_000);
    expect(groups[1]?.classification?.rule).toBe('npe');
    expect(groups[2]?.levelCounts[6]).toBe(10);
    expect(groups[2]?.classification?.rule).toBe('refused');
    expect(new Set(groups.map(({ fingerprint }) => fingerprint)).size).toBe(3);
    for (const { fingerprint } of groups) expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);

    const some = await engine.select({ kind: 'level', min: 'FATAL', max: 'FATAL' }, { callId: 3 });
    expect((await engine.errorGroups(some.handle, [], 4)).groups).toHaveLength(1);
  });

  test('classifies the patterns that tell of trouble by their whole records', async () => {
    const engine = await start({ tuning: SHARDS });
    await openSource(engine, textInput(`${LOG}\n${iso(99)} INFO [w-2] cannot find x\n`));
    const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
    const classes = await engine.classify(handle, RULES, 2);
    expect(Object.fromEntries(classes.map(({ text, classification }) => [text, classification?.rule ?? null]))).toEqual(
      {
        'posting <*> failed': 'state',
        'connection <*> to <*> refused': 'refused',
        'request <*> failed: java.lang.NullPointerException': 'npe',
        'pool has <*> left': null,
        'cannot find x': null,
      },
    );
  });

  test('stops when it is cancelled', async () => {
    const engine = await start({ workers: 1 });
    await openSource(engine, textInput(`${LOG}\n`.repeat(300)));
    const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
    const grouping = engine.errorGroups(handle, RULES, 77);
    const told = expect(grouping).rejects.toSatisfy((error) => isFault(error, 'stale'));
    await engine.cancel(77);
    await told;
    expect((await engine.errorGroups(handle, RULES, 78)).recordCount).toBe(9000);
  });
});

test('how far it is is told', async () => {
  const engine = await inProcess({ workers: 1 });
  const events: EngineEvent[] = [];
  await engine.listen((event) => void events.push(event));
  await openSource(engine, textInput(LOG));
  const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
  await engine.errorGroups(handle, RULES, 78);
  expect(events.filter((event) => event.kind === 'progress' && event.callId === 78).at(-1)).toMatchObject({
    done: 60,
    total: 60,
  });
});

test('a worker that dies meanwhile costs nothing but time', async () => {
  const deaths: ((reason: string) => void)[] = [];
  const engine = await inProcess({ workers: 2, tuning: SMALL_SHARDS, onSpawn: ({ die }) => void deaths.push(die) });
  await openSource(engine, textInput(LOG));
  const before = await allGroups(engine);
  const { handle } = await engine.select({ kind: 'level', min: 'ERROR', max: null }, { callId: 1 });
  const grouping = engine.errorGroups(handle, RULES, 2);
  await new Promise((resolve) => setImmediate(resolve));
  deaths[0]?.('by hand');
  expect(await grouping).toEqual(before);
});

test('a giant record is read as far as 256 KiB, and what was learnt may be forgotten', async () => {
  const deep = (count: number) =>
    Array.from({ length: count }, (_, i) => `\tat com.acme.Deep.f${i % 7}(Deep.java:${i})`).join('\n');
  const giant = (count: number) =>
    `${iso(1)} ERROR x\njava.lang.StackOverflowError\n${deep(count)}\nCaused by: com.acme.LateException: y`;
  // More different lines than are kept, among traces that stay the same.
  const noise = Array.from({ length: 300 }, (_, n) => {
    const lines = Array.from({ length: 1000 }, (_, i) => `word${n}x${i} of a message`).join('\n');
    return `${iso(2)} ERROR noise\n${lines}\n${LEDGER(n)}`;
  });
  const engine = await inProcess({ workers: 1 });
  await openSource(engine, textInput([giant(1000), giant(10_000), ...noise].join('\n')));
  const { groups } = await allGroups(engine);
  expect(groups.map(({ title, count }) => ({ title, count }))).toEqual([
    { title: 'IllegalStateException at Ledger.append', count: 300 },
    { title: 'LateException at Deep.f0', count: 1 },
    { title: 'StackOverflowError at Deep.f0', count: 1 },
  ]);
});

// ── Against plain reading ────────────────────────────────────────────────────────────────────────────────────────────

const frame = fc.tuple(
  fc.constantFrom('com.acme.A.run', 'com.acme.B$1.go', 'com.acme.C.lambda$x$3', 'java.util.List.add'),
  fc.nat(99),
);
const java = fc
  .tuple(
    fc.constantFrom('com.acme.PostingException', 'java.lang.RuntimeException', 'com.acme.Odd'),
    fc.array(frame, { maxLength: 5 }),
    fc.boolean(),
  )
  .map(([type, frames, hasCause]) => [
    `${type}: x`,
    ...frames.map(([name, line]) => `\tat ${name}(X.java:${line})`),
    ...(hasCause ? ['Caused by: java.io.IOException: y', '\tat com.acme.D.read(D.java:1)', '\t... 3 more'] : []),
  ]);
const python = fc
  .array(fc.tuple(fc.constantFrom('run', 'load', '<module>'), fc.nat(99)), { minLength: 1, maxLength: 4 })
  .map((frames) => [
    'Traceback (most recent call last):',
    ...frames.flatMap(([name, line]) => [`  File "/srv/a.py", line ${line}, in ${name}`, '    go()']),
    'KeyError: 7',
  ]);
const tail = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: java },
  { weight: 1, arbitrary: python },
);
const message = fc.constantFrom(
  'posting 7 failed',
  'posting 8 failed',
  'connection refused',
  'failed: java.net.ConnectException: refused',
  'Error: no',
  'größer 😀 als 12',
  'x'.repeat(70),
);
const record = fc.record({
  level: fc.constantFrom('ERROR', 'ERROR', 'FATAL', 'WARN', 'INFO'),
  stepMs: fc.integer({ min: -3000, max: 3000 }),
  message,
  tail,
  isTimed: fc.constantFrom(true, true, true, true, false),
});
const log = fc
  .record({
    name: fc.constantFrom('a.log', 'b.log', 'c.log'),
    style: fc.constantFrom('app', 'json'),
    records: fc.array(record, { maxLength: 40 }),
    lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
  })
  .map(({ name, style, records, lineEnd }) => {
    let time = Date.UTC(2025, 0, 1);
    const lines = records.flatMap(({ level, stepMs, message: text, tail: rest, isTimed }) => {
      time += stepMs;
      const at = isTimed ? new Date(time).toISOString() : '2025-13-45T99:00:00Z';
      if (style === 'json') {
        const stack = rest.length === 0 ? {} : { stack_trace: rest.join('\n') };
        return [JSON.stringify({ time: at, level: level.toLowerCase(), msg: text, ...stack })];
      }
      return [`${at} ${level} [w-1] ${text}`, ...rest];
    });
    return { name, text: lines.join(lineEnd) };
  });

/** The same from every record's row, in the plainest way. */
async function plainGroups(engine: EngineApi): Promise<unknown> {
  const { handle, count } = await engine.select({ kind: 'all' }, { callId: 90 });
  const { rows } = await engine.rows(handle, 0, count);
  interface Plain {
    readonly name: GroupName;
    readonly rows: Row[];
    readonly patterns: Map<string, number>;
  }
  const groups = new Map<string, Plain>();
  for (const row of rows) {
    if (row.level !== 'ERROR' && row.level !== 'FATAL') continue;
    const pattern = (await engine.patternOf(row.id)).text;
    const name = groupName(traceKeyOf(row.text, row.messageStart), pattern);
    const group: Plain = groups.get(name.fingerprint) ?? { name, rows: [], patterns: new Map() };
    groups.set(name.fingerprint, group);
    group.rows.push(row);
    group.patterns.set(pattern, (group.patterns.get(pattern) ?? 0) + 1);
  }
  const told = [...groups.values()].map(({ name, rows: mine, patterns }) => {
    const timed = mine.filter(({ time }) => time !== null);
    const inOrder = (timed.length > 0 ? timed : mine).toSorted(
      (a, b) => (a.time ?? 0) - (b.time ?? 0) || a.id.source - b.id.source || a.id.offset - b.id.offset,
    );
    const seen = (row: Row | undefined) => ({ record: row?.id, time: row?.time });
    const levelCounts = Array.from(
      { length: LEVEL_COUNT },
      (_, code) => mine.filter((row) => toLevelCode(row.level) === code).length,
    );
    const sources = new Map<SourceId, number>();
    for (const { id } of mine) sources.set(id.source, (sources.get(id.source) ?? 0) + 1);
    return {
      ...name,
      count: mine.length,
      levelCounts,
      sources: [...sources].sort((a, b) => a[0] - b[0]).map(([source, records]) => ({ source, count: records })),
      first: seen(inOrder[0]),
      last: seen(inOrder.at(-1)),
      patterns: [...patterns]
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, 5)
        .map(([text]) => text),
    };
  });
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return told.sort((a, b) => b.count - a.count || compare(a.title, b.title) || compare(a.fingerprint, b.fingerprint));
}

test.each([
  [1, 7],
  [2, 64],
  [5, 65536],
])(
  'random logs: what reading every record says, with %i workers and chunks of %i bytes',
  async (workers, chunkBytes) => {
    await fc.assert(
      fc.asyncProperty(fc.array(log, { minLength: 1, maxLength: 3 }), fc.boolean(), async (logs, isEvicted) => {
        const engine = await inProcessEngine({ workers, tuning: { ...SMALL_SHARDS, chunkBytes } });
        for (const { name, text } of logs) await openSource(engine, textInput(text, { name }));
        if (isEvicted) await engine.configure({ budgetBytes: 0 });
        const { recordCount, groups } = await allGroups(engine);
        expect(groups.map(({ classification: _, ...group }) => group)).toEqual(await plainGroups(engine));
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(recordCount);
        const errors = await engine.select({ kind: 'level', min: 'ERROR', max: null }, { callId: 3 });
        expect(recordCount).toBe(errors.count);
        await engine.shutdown();
      }),
      { seed: 20261120, numRuns: 40 },
    );
  },
  LIMIT_MS,
);
