/** What is read as a magnitude, and how magnitudes are told. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { measuringOf, measuringsOf, readBytes, readMeasure, readWith, unitAfter } from './measure';
import { NumberCollector } from './number-counts';
import { spreadOf } from './measure-spread';
import type { PatternToken, WildcardKind } from './pattern';

const wildcard = (type: WildcardKind): PatternToken => ({ kind: 'wildcard', type });
const literal = (text: string): PatternToken => ({ kind: 'literal', text });

describe('magnitudes', () => {
  test.each([
    ['0', 0],
    ['-0', 0],
    ['007', 7],
    ['+12', 12],
    ['-3.5', -3.5],
    ['.5', 0.5],
    ['1,234', 1234],
    ['-1,234,567.25', -1234567.25],
    ['1e3', 1000],
    ['2.5E-3', 0.0025],
    ['12%', 12],
    ['9007199254740993', 9007199254740992],
    ['1e999', null],
    ['12,34', null],
    ['1.2.3', null],
    ['0x1f', null],
    ['5.', null],
    ['NaN', null],
    ['Infinity', null],
    ['', null],
    ['12 34', null],
    ['12ms', null],
    ['9'.repeat(200), null],
  ])('the number %j is %j', (text, value) => {
    expect(readMeasure('number', text)).toBe(value);
  });

  test.each([
    ['12ms', 12],
    ['12 ms', 12],
    ['1.001 s', 1001],
    ['1.1s', 1100],
    ['2,500ms', 2500],
    ['3 sec', 3000],
    ['2h', 7_200_000],
    ['15 µs', 0.015],
    ['15μs', 0.015],
    ['15us', 0.015],
    ['7ns', 0.000007],
    ['2m30s', 150_000],
    ['1h 2m 3.5s', 3_723_500],
    ['1 day, 2:03:04', 93_784_000],
    ['2 minutes and 1 second', 121_000],
    ['1d', 86_400_000],
    ['-5ms', -5],
    ['00:01:02.5', 62_500],
    ['1:02.5', 62_500],
    ['PT3S', 3000],
    ['PT1M2.5S', 62_500],
    ['P1DT1H', 90_000_000],
    ['0', 0],
    ['0.0', 0],
    ['5', null],
    ['PT', null],
    ['P', null],
    ['P1Y', null],
    ['1s 2m', null],
    ['1s1s', null],
    ['5 parsecs', null],
    ['1:99', null],
    ['12ms,', null],
    ['12KB', null],
  ])('the duration %j is %j ms', (text, value) => {
    expect(readMeasure('duration', text)).toBe(value);
  });

  test.each([
    ['512', 512],
    ['512B', 512],
    ['3 bytes', 3],
    ['1 byte', 1],
    ['12KB', 12_000],
    ['12 kB', 12_000],
    ['12KiB', 12_288],
    ['12K', 12_288],
    ['12Ki', 12_288],
    ['1.5 MB', 1_500_000],
    ['1.5M', 1_572_864],
    ['2GiB', 2_147_483_648],
    ['1,024.5 GB', 1_024_500_000_000],
    ['-1KB', -1000],
    ['1TB', 1e12],
    ['12KBB', null],
    ['12 XB', null],
    ['12ms', null],
  ])('%j are %j bytes', (text, value) => {
    expect(readMeasure('bytes', text)).toBe(value);
  });
});

describe('units in the pattern', () => {
  test.each([
    [' ms', 'ms', 12],
    ['ms, ok', 'ms', 12],
    [' s', 'ms', 12_000],
    [' seconds', 'ms', 12_000],
    [' Seconds', 'ms', 12_000],
    ['µs', 'ms', 0.012],
    [' min', 'ms', 720_000],
    ['h', 'ms', 43_200_000],
    [' KB', 'B', 12_000],
    ['KiB)', 'B', 12_288],
    [' bytes', 'B', 12],
    [' B', 'B', 12],
  ] as const)('"<*>%s" is in %s', (text, unit, value) => {
    const tokens = [literal('took '), wildcard('number'), literal(text)];
    const measuring = measuringOf(tokens, 0);
    expect(measuring?.unit).toBe(unit);
    expect(measuring === null ? null : readWith(measuring, '12')).toBe(value);
  });

  test.each([' h', ' m', 'm', ' K', 'K', ' msg', ' KB/s', ' security', ' ', ', 5 ms', '_ms', ' b'])(
    '"<*>%s" is a plain number',
    (text) => {
      const tokens = [wildcard('number'), literal(text)];
      expect(unitAfter(tokens, 0)).toBeNull();
      expect(measuringOf(tokens, 0)).toMatchObject({ unit: 'none' });
    },
  );

  test('belongs to the wildcard before it', () => {
    const tokens = [wildcard('word'), literal(' ms '), wildcard('number'), literal(' of '), wildcard('bytes')];
    expect(measuringOf(tokens, 0)).toBeNull();
    expect(measuringOf(tokens, 1)).toMatchObject({ kind: 'number', unit: 'none' });
    expect(measuringOf(tokens, 2)).toMatchObject({ kind: 'bytes', unit: 'B' });
    expect(measuringOf(tokens, 3)).toBeNull();
  });
});

test('bytes are read as their text is', () => {
  const encoder = new TextEncoder();
  const part = fc.constantFrom(
    '-',
    '+',
    '.',
    ',',
    '0',
    '1',
    '25',
    '999',
    '1234567',
    'e3',
    'ms',
    's',
    'm',
    'µs',
    'KB',
    ' ',
    '%',
    'ü',
  );
  const measurings = [
    ...measuringsOf([wildcard('number')], 0),
    ...measuringsOf([wildcard('number'), literal(' s')], 0),
    ...measuringsOf([wildcard('number'), literal(' KiB')], 0),
  ];
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), fc.constantFrom(...measurings), (parts, measuring) => {
      const text = parts.join('');
      const bytes = encoder.encode(`7${text}7`);
      expect(readBytes(measuring, bytes, 1, bytes.length - 1)).toBe(readWith(measuring, text));
    }),
    { seed: 20261120, numRuns: 20_000 },
  );
});

const anyNumber = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -20, max: 20 }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 1_000_000 }) },
  { weight: 3, arbitrary: fc.double({ min: 0.001, max: 1000, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
);

test('numbers are counted exactly, however they come', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyNumber, { maxLength: 40 }), { maxLength: 12 }), (parts) => {
      const all = new NumberCollector();
      for (const part of parts) {
        const one = new NumberCollector();
        for (const number of part) one.add(number, 1);
        all.addMany(one.collect());
        for (const number of part) all.add(number, 1);
      }
      const expected = new Map<number, number>();
      for (const number of parts.flat().map((value) => value + 0))
        expected.set(number, (expected.get(number) ?? 0) + 2);
      const { values, counts } = all.collect();
      expect([...values]).toEqual([...expected.keys()].sort((a, b) => a - b));
      expect([...counts]).toEqual([...values].map((value) => expected.get(value)));
    }),
    { seed: 20261120 },
  );
});

test('more numbers than the buffer holds', () => {
  const collector = new NumberCollector();
  const count = 700_000;
  for (let i = 0; i < count; i++) collector.add((i * 7919) % 300_007, 1);
  const { values, counts } = collector.collect();
  expect(values.length).toBe(300_007);
  expect(counts.reduce((a, b) => a + b, 0)).toBe(count);
  expect(values.every((value, i) => value === i)).toBe(true);
});

test('ranks, sum and bins of random numbers', () => {
  fc.assert(
    fc.property(fc.array(anyNumber, { minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 60 }), (all, most) => {
      const collector = new NumberCollector();
      for (const number of all) collector.add(number, 1);
      const told = spreadOf(collector.collect(), 'none', 3, most);
      const sorted = all.map((value) => value + 0).sort((a, b) => a - b);
      const at = (hundredths: number) => sorted[Math.ceil((sorted.length * hundredths) / 100) - 1];
      expect(told).toMatchObject({
        unit: 'none',
        count: all.length,
        unreadCount: 3,
        min: sorted[0],
        max: sorted.at(-1),
        median: at(50),
        p95: at(95),
        p99: at(99),
      });
      const scale = sorted.reduce((sum, value) => sum + Math.abs(value), 0);
      if (scale < 1e300)
        expect(Math.abs(told.sum - sorted.reduce((a, b) => a + b, 0))).toBeLessThanOrEqual(scale * 1e-12);
      const { edges, counts, isLog } = told.histogram;
      expect(counts.length).toBe(edges.length - 1);
      expect(counts.length).toBeLessThanOrEqual(most);
      expect(isLog).toBe(told.min > 0 && told.max / told.min > 100);
      expect(edges[0]).toBeLessThanOrEqual(told.min);
      expect(edges.at(-1)).toBeGreaterThanOrEqual(told.max);
      expect(edges.every((edge, i) => i === 0 || told.min === told.max || edge > (edges[i - 1] as number))).toBe(true);
      const expected = counts.map(
        (_, i) =>
          sorted.filter(
            (value) => value >= (edges[i] as number) && (value < (edges[i + 1] as number) || i === counts.length - 1),
          ).length,
      );
      expect(counts).toEqual(expected);
    }),
    { seed: 20261120, numRuns: 400 },
  );
});

describe('bins', () => {
  const binsOf = (numbers: readonly number[], most: number) => {
    const collector = new NumberCollector();
    for (const number of numbers) collector.add(number, 1);
    return spreadOf(collector.collect(), 'none', 0, most).histogram;
  };

  test('have round edges', () => {
    expect(binsOf([3, 17, 28, 41], 5)).toEqual({
      edges: [0, 10, 20, 30, 40, 50],
      counts: [1, 1, 1, 0, 1],
      isLog: false,
    });
    expect(binsOf([0.1, 0.25, 0.3], 3)).toEqual({ edges: [0.1, 0.2, 0.3, 0.4], counts: [1, 1, 1], isLog: false });
    expect(binsOf([1, 2, 2, 4], 40)).toEqual({ edges: [1, 2, 3, 4, 5], counts: [1, 2, 0, 1], isLog: false });
    expect(binsOf([-5, 5], 1)).toEqual({ edges: [-5, 5], counts: [2], isLog: false });
    expect(binsOf([2, 30, 400], 3)).toEqual({ edges: [1, 10, 100, 1000], counts: [1, 1, 1], isLog: true });
    expect(binsOf([1, 3, 300], 6)).toEqual({
      edges: [1, 3.16, 10, 31.6, 100, 316],
      counts: [2, 0, 0, 0, 1],
      isLog: true,
    });
  });

  test('of one value: one', () => {
    expect(binsOf([7, 7], 30)).toEqual({ edges: [7, 7], counts: [2], isLog: false });
  });

  test('of numbers at the ends of what there is', () => {
    const most = Number.MAX_VALUE;
    const cases = [
      [-most, most],
      [most, most * (1 - 2 ** -53)],
      [5e-324, 1e-323],
      [0, 5e-324],
      [1e16, 1e16 + 2],
      [5e-324, most],
    ];
    for (const numbers of cases) {
      const { edges, counts } = binsOf(numbers, 30);
      expect(counts.length).toBeLessThanOrEqual(30);
      expect(counts.reduce((a, b) => a + b, 0)).toBe(numbers.length);
      expect(edges.every(Number.isFinite)).toBe(true);
      expect(edges[0]).toBeLessThanOrEqual(Math.min(...numbers));
      expect(edges.at(-1)).toBeGreaterThanOrEqual(Math.max(...numbers));
    }
  });
});
