/** Statistics of wildcards against the plainest way to make them: over 100 drawn logs, from their rows' texts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { inProcessEngine, textInput } from '../../testing/in-process';
import { openSource, rowsOf } from '../../testing/doors';
import { SMALL_SHARDS } from '../../testing/random-bytes';
import type { EngineApi, Row } from '../api';
import type { Filter } from '../query/filter';
import { printFilter } from '../query/print';
import { type PatternRow, WILDCARD, type WildcardKind, type WildcardMeasure, type WildcardValues } from './pattern';

/** For slow machines with much else to do. */
const LIMIT_MS = 240_000;
const CORPORA = 100;

// ── Drawn logs ────────────────────────────────────────────────────────────────────────────────────────────────────────

const quarter = fc.nat(400).map((n) => n / 4);
const KINDS = {
  number: fc.oneof(
    fc.nat(9).map(String),
    fc.integer({ min: -1000, max: 100_000 }).map(String),
    fc.integer({ min: 1000, max: 999_999 }).map((n) => n.toLocaleString('en-US')),
    quarter.map(String),
    fc.nat(100).map((n) => `${n}%`),
  ),
  duration: fc.oneof(
    fc.nat(3000).map((n) => `${n}ms`),
    quarter.map((n) => `${n}s`),
    fc.nat(900).map((n) => `${n}µs`),
    fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(59)).map(([m, s]) => `${m}m${s}s`),
  ),
  bytes: fc.oneof(
    fc.nat(1023).map((n) => `${n}B`),
    quarter.map((n) => `${n}KB`),
    fc.nat(2000).map((n) => `${n}KiB`),
    quarter.map((n) => `${n}M`),
  ),
  word: fc.constantFrom('alice7', 'bob22', 'Zoë1', 'carol3', 'x9'),
  address: fc.tuple(fc.nat(3), fc.nat(255)).map(([a, b]) => `10.0.${a}.${b}`),
  id: fc.integer({ min: 0x100000, max: 0xffffff }).map((n) => `${n.toString(16)}a0`),
} as const;

const TEMPLATES: readonly (readonly string[])[] = [
  ['slow query took ', 'number', ' ms'],
  ['slept for ', 'duration'],
  ['read ', 'bytes', ' in ', 'duration'],
  ['user ', 'word', ' logged in from ', 'address'],
  ['request ', 'id', ' done, status=', 'number', ' after ', 'duration', ' (cached)'],
  ['copied ', 'number', ' KB within ', 'number', ' s'],
  ['Größe ', 'number', ' erreicht bei ', 'bytes'],
  ['balance of ', 'word', ' is now ', 'number'],
  ['nothing to do'],
];

interface Line {
  readonly message: string;
  readonly level: string;
  readonly hasTrace: boolean;
}

const template = fc.constantFrom(...TEMPLATES);

/** Few templates a log, so that each pattern has many records. */
const lines: fc.Arbitrary<Line[]> = fc
  .uniqueArray(template, { minLength: 1, maxLength: 4 })
  .chain((templates) => fc.array(fc.constantFrom(...templates).chain(lineOf), { minLength: 20, maxLength: 100 }));

function lineOf(parts: readonly string[]): fc.Arbitrary<Line> {
  const message = fc
    .tuple(...parts.map((part) => (part in KINDS ? KINDS[part as keyof typeof KINDS] : fc.constant(part))))
    .map((texts) => texts.join(''));
  const level = fc.constantFrom('INFO', 'INFO', 'WARN', 'ERROR');
  return fc.record({ message, level, hasTrace: fc.nat(15).map((n) => n === 0) });
}

const STYLES: readonly ((time: Date, line: Line) => string)[] = [
  (time, { level, message }) => `${time.toISOString()} ${level} [worker-1] com.acme.Pool - ${message}`,
  (time, { level, message }) => JSON.stringify({ ts: time.toISOString(), level, msg: message, status: 200 }),
  (time, { message }) => `Jan  1 ${time.toISOString().slice(11, 19)} web app[71]: ${message}`,
  (time, { level, message }) => `time=${time.toISOString()} level=${level} msg=${JSON.stringify(message)}`,
  (time, { level, message }) => `[${time.toISOString().slice(0, 19).replace('T', ' ')}] ${level}: ${message}`,
];

const log = fc
  .record({ lines, style: fc.constantFrom(...STYLES), end: fc.constantFrom('\n', '\n', '\r\n') })
  .map((drawn) => {
    const all = drawn.lines.flatMap((line, i) => {
      const text = drawn.style(new Date(Date.UTC(2025, 0, 1, 10) + i * 1000), line);
      return line.hasTrace ? [text, '\tat com.acme.Pool.take(Pool.java:41)'] : [text];
    });
    return all.join(drawn.end) + drawn.end;
  });

const filter: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Filter>({ kind: 'all' }) },
  { weight: 1, arbitrary: fc.constant<Filter>({ kind: 'level', min: 'WARN', max: null }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('1', 'alice', 's', '0').map((text): Filter => {
      return { kind: 'not', of: { kind: 'text', text, caseSensitive: false } };
    }),
  },
);

const corpus = fc.record({
  logs: fc.array(log, { minLength: 1, maxLength: 2 }),
  filter,
  workers: fc.constantFrom(1, 2, 5),
  isEvicted: fc.boolean(),
  isPortable: fc.nat(4).map((n) => n === 0),
  topCount: fc.constantFrom(0, 3, 1000),
  maxBins: fc.integer({ min: 1, max: 40 }),
  /** Where a range begins and ends among the sorted values, 0..1. */
  cuts: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
});

// ── The plainest way ──────────────────────────────────────────────────────────────────────────────────────────────────

function messageOf({ text, messageStart }: Row): string {
  const line = text.split(/\r?\n/)[0] as string;
  if (line.startsWith('{')) return (JSON.parse(line) as { msg: string }).msg;
  const message = line.slice(messageStart);
  return line.startsWith('time=') ? message.replace(/"$/, '') : message;
}

/** The values of each wildcard in a message; null when it is not of the pattern. */
function valuesIn(pattern: string, message: string): string[] | null {
  const expression = pattern.replace(/[\\^$.*+?()[\]{}|/<>]/g, '\\$&').replaceAll('\\<\\*\\>', '(.*?)');
  return new RegExp(`^${expression}$`, 'su').exec(message)?.slice(1) ?? null;
}

/** In µs, and divided at the end: 51 * 0.001 is not 0.051. */
const TIMES: Readonly<Record<string, number>> = { µs: 1, ms: 1000, s: 1e6, m: 6e7 };
const SIZES: Readonly<Record<string, number>> = { B: 1, KB: 1000, KiB: 1024, M: 1048576 };

function naiveMeasure(type: WildcardKind, unit: string, value: string): number | null {
  const number = /^-?[\d,]+(?:\.\d+)?%?$/.test(value) ? Number(value.replaceAll(',', '').replace('%', '')) : null;
  if (type === 'number') return number === null ? null : number * ({ s: 1000, KB: 1000 }[unit] ?? 1);
  if (type === 'bytes') {
    const [, amount, size] = /^([\d.]+)(B|KB|KiB|M)$/.exec(value) ?? [];
    return size === undefined ? number : Number(amount) * (SIZES[size] as number);
  }
  const parts = [...value.matchAll(/([\d.]+)(µs|ms|s|m)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== value) return number === 0 ? 0 : null;
  return parts.reduce((sum, [, amount, name]) => sum + Number(amount) * (TIMES[name as string] as number), 0) / 1000;
}

interface Naive extends Omit<WildcardValues, 'measure'> {
  readonly numbers: readonly number[];
  readonly unreadCount: number;
  readonly unit: WildcardMeasure['unit'];
}

function naive(row: PatternRow, wildcard: number, messages: readonly string[], topCount: number): Naive {
  const token = row.tokens.filter(({ kind }) => kind === 'wildcard')[wildcard];
  const type = token?.kind === 'wildcard' ? token.type : 'word';
  const behind = /^ ?(ms|s|KB)(?!\w)/.exec(row.text.split(WILDCARD)[wildcard + 1] ?? '')?.[1] ?? '';
  const counts = new Map<string, number>();
  const numbers: number[] = [];
  let missingCount = 0;
  let unreadCount = 0;
  for (const message of messages) {
    const value = valuesIn(row.text, message)?.[wildcard];
    if (value === undefined) {
      missingCount++;
      continue;
    }
    counts.set(value, (counts.get(value) ?? 0) + 1);
    const number = naiveMeasure(type, behind, value);
    if (number === null) unreadCount++;
    else numbers.push(number);
  }
  const top = [...counts].map(([value, count]) => ({ value, count }));
  top.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  const isTime = type === 'duration' || (type === 'number' && (behind === 'ms' || behind === 's'));
  const isSize = type === 'bytes' || (type === 'number' && behind === 'KB');
  return {
    type,
    recordCount: messages.length,
    missingCount,
    distinctCount: counts.size,
    top: top.slice(0, topCount),
    numbers: numbers.sort((a, b) => a - b),
    unreadCount,
    unit: isTime ? 'ms' : isSize ? 'B' : 'none',
  };
}

function checkMeasure(told: WildcardMeasure | null, { type, numbers, unreadCount, unit }: Naive): void {
  const isMeasured = type === 'number' || type === 'duration' || type === 'bytes';
  if (!isMeasured || numbers.length === 0) {
    expect(told).toBeNull();
    return;
  }
  const at = (hundredths: number) => numbers[Math.ceil((numbers.length * hundredths) / 100) - 1] as number;
  expect(told?.unit).toBe(unit);
  expect(told?.count).toBe(numbers.length);
  expect(told?.unreadCount).toBe(unreadCount);
  expect(told?.min).toBe(numbers[0]);
  expect(told?.max).toBe(at(100));
  expect(told?.median).toBe(at(50));
  expect(told?.p95).toBe(at(95));
  expect(told?.p99).toBe(at(99));
  expect(told?.sum).toBeCloseTo(
    numbers.reduce((sum, number) => sum + number, 0),
    5,
  );
  const { edges, counts } = told?.histogram ?? { edges: [], counts: [] };
  expect(counts).toEqual(
    counts.map((_, i) => {
      const [from, to] = [edges[i] as number, edges[i + 1] as number];
      return numbers.filter((number) => number >= from && (number < to || i === counts.length - 1)).length;
    }),
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(numbers.length);
}

async function checkCorpus(engine: EngineApi, drawn: typeof corpus extends fc.Arbitrary<infer T> ? T : never) {
  const { handle } = await engine.select(drawn.filter, { callId: 1 });
  const { rows } = await engine.patterns(handle, { maxBins: 1 }, 2);
  const seen = { wildcards: 0, measures: 0 };
  for (const row of rows) {
    const records = await rowsOf(engine, { kind: 'and', of: [drawn.filter, { kind: 'pattern', text: row.text }] });
    expect(records.length).toBe(row.count);
    const messages = records.map(messageOf);
    const count = row.tokens.filter(({ kind }) => kind === 'wildcard').length;
    for (let wildcard = 0; wildcard < count; wildcard++) {
      seen.wildcards++;
      const { topCount, maxBins } = drawn;
      const { measure, ...told } = await engine.wildcardValues(
        handle,
        { pattern: row.text, wildcard, topCount, maxBins },
        3,
      );
      const expected = naive(row, wildcard, messages, topCount);
      const { numbers, unreadCount, unit, ...values } = expected;
      expect(told).toEqual(values);
      checkMeasure(measure, expected);
      if (measure === null) continue;
      seen.measures++;
      // A range that begins and ends at values, so that both bounds are seen to be included.
      const bounds = drawn.cuts.map((cut) => numbers[Math.floor(cut * (numbers.length - 1))] as number);
      const [min, max] = bounds.sort((a, b) => a - b) as [number, number];
      const ranged: Filter = { kind: 'pattern', text: row.text, where: { wildcard, min, max } };
      const parsed = await engine.parseFilter(printFilter(ranged), { zone: 'UTC' });
      expect(parsed).toEqual(ranged);
      const kept = await engine.select({ kind: 'and', of: [drawn.filter, parsed] }, { callId: 4 });
      expect(kept.count).toBe(numbers.filter((number) => number >= min && number <= max).length);
      const marked = await engine.rows(handle, 0, Number.MAX_SAFE_INTEGER, { highlights: [parsed] });
      expect(marked.rows.filter(({ keptBy }) => keptBy.length === 1).length).toBe(kept.count);
      const others = await engine.select(
        { kind: 'and', of: [drawn.filter, { kind: 'pattern', text: row.text }, { kind: 'not', of: parsed }] },
        { callId: 4 },
      );
      expect(others.count).toBe(row.count - kept.count);
      await engine.release(kept.handle);
      await engine.release(others.handle);
    }
  }
  return seen;
}

test(
  'wildcard statistics equal a brute-force computation on 100 random corpora',
  async () => {
    const seen = { wildcards: 0, measures: 0 };
    for (const [i, drawn] of fc.sample(corpus, { seed: 20261120, numRuns: CORPORA }).entries()) {
      const { workers, isPortable } = drawn;
      const engine = await inProcessEngine({ workers, isPortable, tuning: SMALL_SHARDS });
      for (const [n, text] of drawn.logs.entries())
        await openSource(engine, textInput(text, { name: `${i}-${n}.log` }));
      if (drawn.isEvicted) await engine.configure({ budgetBytes: 0 });
      try {
        const { wildcards, measures } = await checkCorpus(engine, drawn);
        seen.wildcards += wildcards;
        seen.measures += measures;
      } catch (cause) {
        throw new Error(
          `corpus ${i} of ${JSON.stringify({ ...drawn, logs: drawn.logs.map((text) => text.slice(0, 400)) })}`,
          {
            cause,
          },
        );
      }
      await engine.shutdown();
    }
    expect(seen.wildcards).toBeGreaterThan(CORPORA * 2);
    expect(seen.measures).toBeGreaterThan(CORPORA);
  },
  LIMIT_MS,
);

test(
  'the same values, digit by digit, with 1, 2 and 5 workers',
  async () => {
    for (const drawn of fc.sample(corpus, { seed: 42, numRuns: 8 })) {
      const told: WildcardValues[][] = [];
      for (const workers of [1, 2, 5]) {
        const engine = await inProcessEngine({ workers, tuning: SMALL_SHARDS });
        for (const text of drawn.logs) await openSource(engine, textInput(text));
        const { handle } = await engine.select(drawn.filter, { callId: 1 });
        const values: WildcardValues[] = [];
        for (const row of (await engine.patterns(handle, { maxBins: 1 }, 2)).rows)
          for (let wildcard = 0; wildcard < row.tokens.filter(({ kind }) => kind === 'wildcard').length; wildcard++)
            values.push(
              await engine.wildcardValues(handle, { pattern: row.text, wildcard, topCount: 5, maxBins: 9 }, 3),
            );
        told.push(values);
        await engine.shutdown();
      }
      expect(told[1]).toEqual(told[0]);
      expect(told[2]).toEqual(told[0]);
    }
  },
  LIMIT_MS,
);
