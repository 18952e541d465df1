/** Counting values: each text, or each magnitude where texts are too many; nothing in between. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isFault } from '../../base/fault';
import { DISTINCT_LIMIT, DISTINCT_TEXT_LIMIT } from '../api';
import { type Measuring, measuringOf } from './measure';
import type { NumberCounts } from './number-counts';
import { type CountedTexts, TextCounts } from './text-counts';
import { WildcardCounts } from './wildcard-counts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NUMBERS = measuringOf([{ kind: 'wildcard', type: 'number' }], 0) as Measuring;

const breath = async () => undefined;

function countsOf({ bytes, ends, counts }: CountedTexts): Map<string, number> {
  const found = new Map<string, number>();
  ends.forEach((end, i) => {
    found.set(decoder.decode(bytes.subarray(i === 0 ? 0 : ends[i - 1], end)), counts[i] as number);
  });
  expect(found.size).toBe(ends.length);
  return found;
}

function add(counts: WildcardCounts, text: string, count = 1): void {
  const bytes = encoder.encode(text);
  counts.add(bytes, 0, bytes.length, count);
}

/** `count` different numbers from `first` on, each once. */
function fill(counts: WildcardCounts, first: number, count: number): void {
  const bytes = new Uint8Array(16);
  for (let i = first; i < first + count; i++) {
    const { written } = encoder.encodeInto(String(i), bytes);
    counts.add(bytes, 0, written, 1);
  }
}

const isTooMany = (error: unknown) => isFault(error, 'values-too-many');

test('random texts, in parts', async () => {
  const text = fc.oneof(fc.nat(30).map(String), fc.constantFrom('', 'a', 'aa', 'b', 'ü', 'x'.repeat(300)));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(text, { maxLength: 60 }), { maxLength: 5 }), async (parts) => {
      const all = new WildcardCounts(null);
      const expected = new Map<string, number>();
      for (const part of parts) {
        const one = new WildcardCounts(null);
        for (const value of part) {
          add(one, value);
          expected.set(value, (expected.get(value) ?? 0) + 1);
        }
        await all.addPart(await one.collect(breath), breath);
      }
      const { magnitudes, ...texts } = await all.collect(breath);
      expect(magnitudes).toBeNull();
      expect(countsOf(texts)).toEqual(expected);
    }),
    { seed: 20261120 },
  );
});

describe('what is too much', () => {
  test('texts of no magnitude are a fault, not a part of them', () => {
    const counts = new WildcardCounts(null);
    fill(counts, 0, DISTINCT_LIMIT);
    add(counts, '1');
    expect(() => add(counts, 'another')).toThrow(expect.toSatisfy(isTooMany));
  });

  test('and so are too long ones', () => {
    const counts = new TextCounts();
    const bytes = new Uint8Array(DISTINCT_TEXT_LIMIT + 1);
    counts.add(bytes, 0, DISTINCT_TEXT_LIMIT, 1);
    expect(() => counts.add(bytes, 0, 1, 1)).toThrow(expect.toSatisfy(isTooMany));
  });

  test('magnitudes are counted instead, the same whichever part had too many', async () => {
    const half = DISTINCT_LIMIT / 2 + 1;
    const told: { numbers: NumberCounts; texts: Map<string, number> }[] = [];
    for (const [first, second] of [
      [2 * half, 0],
      [half, half],
      [0, 2 * half],
    ] as const) {
      const parts = [new WildcardCounts(NUMBERS), new WildcardCounts(NUMBERS)] as const;
      add(parts[0], 'none');
      add(parts[1], 'none');
      fill(parts[0], 0, first);
      fill(parts[1], first, second);
      for (const part of parts) {
        add(part, '1,000');
        add(part, '7.0');
        add(part, 'n/a', 3);
      }
      const all = new WildcardCounts(NUMBERS);
      for (const part of parts) await all.addPart(await part.collect(breath), breath);
      const { magnitudes, ...texts } = await all.collect(breath);
      told.push({ numbers: magnitudes as NumberCounts, texts: countsOf(texts) });
    }
    const [one] = told;
    expect(one?.texts).toEqual(
      new Map([
        ['none', 2],
        ['n/a', 6],
      ]),
    );
    expect(one?.numbers.values.length).toBe(2 * half);
    expect(one?.numbers.values.every((value, i) => value === i)).toBe(true);
    expect(one?.numbers.counts.every((count, i) => count === (i === 7 || i === 1000 ? 3 : 1))).toBe(true);
    for (const other of told) {
      expect(other.texts).toEqual(one?.texts);
      expect(
        Buffer.compare(
          Buffer.from(other.numbers.values.buffer),
          Buffer.from(one?.numbers.values.buffer as ArrayBuffer),
        ),
      ).toBe(0);
      expect(other.numbers.counts.every((count, i) => count === one?.numbers.counts[i])).toBe(true);
    }
  }, 60_000);
});
