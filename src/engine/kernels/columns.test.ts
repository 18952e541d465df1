/** Twins of the column kernels: levels, times, histogram; against definitions over arrays, with exact (BigInt) division. */

import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { TIME_MIN, TIME_NONE, TIME_WIDE } from './index-layout';
import { type Kernels, RESERVED_BYTES } from './kernels';
import { createKernels } from './load';

const MODULE = new WebAssembly.Module(readFileSync(new URL('./kernels.wasm', import.meta.url)));

const TIMES = RESERVED_BYTES;
const LEVELS = TIMES + 65536;
const BITS = LEVELS + 65536;
const COUNTS = BITS + 8192;

const ROWS = 7;
const TIME_MAX = 2 ** 31 - 1;

const kinds: [string, Kernels][] = (['simd', 'portable'] as const).map((kind) => {
  const memory = new WebAssembly.Memory({ initial: 40, maximum: 65536 });
  return [kind, createKernels({ memory, module: kind === 'simd' ? MODULE : undefined })];
});

interface Block {
  times: number[];
  /** As in the column: code in the low 4 bits, flags above. */
  levels: number[];
  chosen: boolean[];
  /** Moves the level column off the even addresses. */
  alignment: number;
}

/** Writes the block, with misleading records behind it. @returns the level column's pointer */
function put(kernels: Kernels, block: Block): number {
  const { buffer } = kernels.memory;
  const behind = 64;
  new Int32Array(buffer, TIMES, block.times.length + behind / 4).fill(block.times[0] ?? 5).set(block.times);
  const levels = LEVELS + block.alignment;
  new Uint8Array(buffer, levels, block.levels.length + behind).fill(4).set(block.levels);
  const bits = new Uint32Array(buffer, BITS, Math.ceil(block.chosen.length / 32) + 2).fill(0);
  block.chosen.forEach((isChosen, i) => {
    if (isChosen) bits[i >> 5]! |= 1 << (i & 31);
  });
  return levels;
}

function readBits(kernels: Kernels, count: number): boolean[] {
  const words = Math.ceil(count / 32);
  const bits = new Uint32Array(kernels.memory.buffer, BITS, words + 1);
  const all = Array.from({ length: (words + 1) * 32 }, (_, i) => (bits[i >> 5]! & (1 << (i & 31))) !== 0);
  expect(all.slice(count).includes(true)).toBe(false);
  return all.slice(0, count);
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

const isTime = (time: number): boolean => time >= TIME_MIN;

const time = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3000 }) },
  { weight: 1, arbitrary: fc.integer({ min: TIME_MIN, max: TIME_MAX }) },
  { weight: 1, arbitrary: fc.constantFrom(TIME_NONE, TIME_WIDE, TIME_MIN, TIME_MAX, -1, 0) },
);
const block: fc.Arbitrary<Block> = fc
  .record({
    // In order, as logs are, with long runs in one bin; or in any order.
    times: fc.oneof(
      fc.array(time, { maxLength: 150 }),
      fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 300 }).map((gaps) => {
        let now = 0;
        return gaps.map((gap) => {
          if (gap > 37) return TIME_NONE;
          now += gap > 25 ? gap : 0;
          return now;
        });
      }),
    ),
    level: fc.infiniteStream(fc.oneof(fc.nat(6), fc.nat(255))),
    isChosen: fc.infiniteStream(fc.boolean()),
    choice: fc.constantFrom('all', 'some', 'none'),
    alignment: fc.nat(15),
  })
  .map(({ times, level, isChosen, choice, alignment }) => ({
    times,
    levels: times.map(() => level.next().value),
    chosen: times.map(() => (choice === 'some' ? isChosen.next().value : choice === 'all')),
    alignment,
  }));

const SEED = { seed: 20261120, numRuns: 500 };

describe.each(kinds)('%s kernels', (_kind, kernels) => {
  test('mark records by level, whatever flags stand above it', () => {
    fc.assert(
      fc.property(block, fc.nat(0xffff), (it, mask) => {
        const levels = put(kernels, it);
        kernels.markLevels(levels, it.levels.length, mask, BITS);
        const wanted = it.levels.map((level, i) => it.chosen[i]! || ((mask >> (level & 15)) & 1) === 1);
        expect(readBits(kernels, it.levels.length)).toEqual(wanted);
      }),
      SEED,
    );
  });

  test('mark records by time; none and far times are never in a range', () => {
    fc.assert(
      fc.property(block, time, time, (it, start, end) => {
        put(kernels, it);
        kernels.markTimes(TIMES, it.times.length, start, end, BITS);
        const wanted = it.times.map((at, i) => it.chosen[i]! || (isTime(at) && start <= at && at < end));
        expect(readBits(kernels, it.times.length)).toEqual(wanted);
      }),
      SEED,
    );
  });

  test('find the latest time', () => {
    fc.assert(
      fc.property(block, (it) => {
        put(kernels, it);
        expect(kernels.maxTime(TIMES, it.times.length)).toBe(Math.max(TIME_NONE, ...it.times.filter(isTime)));
      }),
      SEED,
    );
  });

  test('find no latest time where all are none or far', () => {
    for (let count = 0; count < 70; count++) {
      const times = Array.from({ length: count }, (_, i) => (i % 3 === 0 ? TIME_WIDE : TIME_NONE));
      put(kernels, { times: [...times, 5], levels: [], chosen: [], alignment: 0 });
      expect(kernels.maxTime(TIMES, count)).toBe(TIME_NONE);
      expect(kernels.maxTime(TIMES, count + 1)).toBe(5);
    }
  });

  test('count records by level, adding to what is there', () => {
    fc.assert(
      fc.property(block, fc.boolean(), (it, isOfAll) => {
        const levels = put(kernels, it);
        const counts = new Uint32Array(kernels.memory.buffer, COUNTS, 16).fill(1000);
        kernels.countLevels(levels, it.levels.length, isOfAll ? 0 : BITS, COUNTS);
        const wanted = Array<number>(16).fill(1000);
        it.levels.forEach((level, i) => {
          if (isOfAll || it.chosen[i]) wanted[level & 15]!++;
        });
        expect(Array.from(counts)).toEqual(wanted);
      }),
      SEED,
    );
  });

  /** Runs the histogram and compares it with exact division; `base` and `binMs` whole. */
  function expectHistogram(it: Block, isOfAll: boolean, base: number, binMs: number, binCount: number): void {
    const levels = put(kernels, it);
    // A row on either side catches what is counted outside.
    const cells = new Uint32Array(kernels.memory.buffer, COUNTS, (ROWS + 2) * binCount).fill(7);
    const wanted = Array<number>(cells.length).fill(7);
    let untimed = 0;
    it.times.forEach((at, i) => {
      if (!isOfAll && !it.chosen[i]) return;
      if (at === TIME_NONE) untimed++;
      if (!isTime(at)) return;
      const bin = floorDivide(BigInt(at) + BigInt(base), BigInt(binMs));
      const row = (it.levels[i]! & 15) < ROWS ? it.levels[i]! & 15 : 0;
      if (bin >= 0n && bin < BigInt(binCount)) wanted[(row + 1) * binCount + Number(bin)]!++;
    });
    const pointer = COUNTS + binCount * 4;
    const found = kernels.histogram(TIMES, levels, it.times.length, isOfAll ? 0 : BITS, base, binMs, binCount, pointer);
    expect(found).toBe(untimed);
    // Below the static tables: where a count without a cell would go.
    expect(new Uint32Array(kernels.memory.buffer, 0, 256).every((word) => word === 0)).toBe(true);
    expect(Array.from(cells)).toEqual(wanted);
  }

  test('sort records into bins exactly', () => {
    const binMs = fc.oneof(
      fc.constantFrom(1, 2, 5, 10, 100, 1000, 60_000, 3_600_000, 86_400_000),
      fc.integer({ min: 1, max: 4000 }),
    );
    const base = fc.oneof(
      fc.integer({ min: -3000, max: 3000 }),
      fc.integer({ min: -(2 ** 32), max: 2 ** 32 }),
      fc.integer({ min: -1.8e12, max: 1.8e12 }),
    );
    fc.assert(fc.property(block, fc.boolean(), base, binMs, fc.integer({ min: 1, max: 60 }), expectHistogram), {
      ...SEED,
      numRuns: 1000,
    });
  });

  test('keep times next to a bin edge on their side, far from zero and for divisors whose reciprocal is not exact', () => {
    for (const binMs of [1, 3, 7, 10, 49, 1000, 60_000, 86_400_000, 604_800_000]) {
      for (const base of [0, 1, -1, 1_763_596_800_123, 2 ** 52]) {
        // Bin 0 of the histogram is the one of time 0, so edges lie near it on both sides.
        const shift = base - Number(floorDivide(BigInt(base), BigInt(binMs))) * binMs;
        for (const offset of [shift, base]) {
          const edge = Number(-((BigInt(offset) % BigInt(binMs)) + 0n));
          const times = Array.from({ length: 40 }, (_, k) => edge + Math.floor(k / 4) * binMs + (k % 4) - 1).filter(
            (at) => at >= TIME_MIN && at <= TIME_MAX,
          );
          const levels = times.map((_, i) => i % ROWS);
          expectHistogram({ times, levels, chosen: [], alignment: 0 }, true, offset, binMs, 50);
          // All in one order or the other: ranges are entered from the left and from the right.
          expectHistogram({ times: times.toReversed(), levels, chosen: [], alignment: 0 }, true, offset, binMs, 50);
        }
      }
    }
  });

  // Found by search: (edges × binMs - 1) × (1 / binMs) rounds up to `edges`, near the end of the whole numbers.
  test.each([
    [41, 181_724_392_095_077],
    [45, 183_586_400_666_400],
    [4, 1_991_314_460_782_433],
  ])('keep the time before edge %i of bins of %i ms on its side', (edges, binMs) => {
    // From bin to bin, so that the range of none is at hand for the next.
    const times = [0, -1, 1, -2, 2];
    const it = { times, levels: times.map(() => 3), chosen: [], alignment: 0 };
    expectHistogram(it, true, edges * binMs, binMs, edges + 2);
  });

  test('count every record of a long run in one bin, and those of the runs left and right of the bins nowhere', () => {
    const times = Array.from({ length: 900 }, (_, i) => Math.floor(i / 100) * 1000 + (i % 100));
    const levels = times.map((_, i) => (i * 5) % 9);
    expectHistogram({ times, levels, chosen: times.map((_, i) => i % 3 === 0), alignment: 3 }, false, -3000, 1000, 4);
    expectHistogram({ times, levels, chosen: [], alignment: 0 }, true, -3000, 1000, 4);
    expectHistogram({ times, levels, chosen: [], alignment: 0 }, true, 0, 2 ** 31, 1);
  });
});
