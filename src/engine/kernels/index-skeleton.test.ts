/** Skeletons: both machines hash alike, digits do not matter and all else does; and what indexing does when room runs out. */

import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { compileProgram } from '../formats/program';
import { FORMATS } from '../formats/registry';
import {
  INDEX_BLOCK_FULL,
  INDEX_SKELETONS_FULL,
  SKELETON_BYTES,
  SKELETON_COARSE,
  SKELETON_MARK,
  TIME_WIDE,
} from './index-layout';
import { pagesFor, type RunOptions, type RunResult, runIndex } from './index-run';
import type { Kernels } from './kernels';
import { createKernels } from './load';
import { coarseOf, skeletonHash, skeletonText } from './portable/index-skeleton';

const MODULE = new WebAssembly.Module(readFileSync(new URL('./kernels.wasm', import.meta.url)));
const SEED = { seed: 20261120 };

function open(module: WebAssembly.Module | undefined): Kernels {
  return createKernels({ module, memory: new WebAssembly.Memory({ initial: pagesFor(1 << 20), maximum: 65536 }) });
}
const SIMD = open(MODULE);
const PORTABLE = open(undefined);

function program(id: string): Uint8Array {
  return compileProgram(FORMATS.filter((format) => format.id === id)).bytes;
}
/** Whole lines are messages here, whatever is in them. */
const PLAIN = program('plain');
const ISO = program('generic-iso');

function agreed(text: Uint8Array | string, format: Uint8Array, options: RunOptions = {}): RunResult {
  const bytes = typeof text === 'string' ? bytesOf(text) : text;
  const wanted = runIndex(PORTABLE, format, bytes, options);
  const found = runIndex(SIMD, format, bytes, options);
  if (JSON.stringify(found) !== JSON.stringify(wanted)) expect(found).toEqual(wanted);
  return found;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const hashOf = (text: string): bigint => skeletonHash(bytesOf(text), 0, bytesOf(text).length);
const coarseOfText = (text: string): number => coarseOf(skeletonText(bytesOf(text), 0, bytesOf(text).length));
const columns = (result: RunResult, name: 'skeletons' | 'times' | 'offsets'): number[] =>
  result.blocks.flatMap((block) => [...block[name]]);

/** Bytes that decide: digits, joiners, delimiters, letters at the edges of their ranges, non-ASCII; no line ends. */
const EDGES = [0, 9, 32, 44, 45, 46, 47, 48, 53, 57, 58, 64, 65, 90, 91, 94, 95, 96, 97, 122, 123, 127, 128, 195, 255];
const bytes = (maxLength: number, minLength = 0) =>
  fc
    .oneof(
      fc.array(fc.constantFrom(...EDGES), { minLength, maxLength, size: 'max' }),
      fc.array(fc.constantFrom(48, 97, 97, 97, 45, 32), { minLength, maxLength, size: 'max' }),
      fc.array(fc.integer({ min: 0, max: 255 }), { minLength, maxLength, size: 'max' }),
    )
    .map((list) => Uint8Array.from(list, (byte) => (byte === 10 || byte === 13 ? 32 : byte)));

/** Hash of one message in the compiled machine, at an alignment. Empty messages have no line of their own: they end the text. */
function compiledHash(message: Uint8Array, shift: number, behind?: Uint8Array): string | undefined {
  const text = Uint8Array.from([...message, 10]);
  return runIndex(SIMD, PLAIN, text, { shift, ...(behind === undefined ? {} : { behind }) }).entries[0]?.hash;
}

describe('the definition', () => {
  test.each([
    ['', ''],
    ['no digits here', 'no digits here'],
    ['user u31991 logged in', 'user # logged in'],
    ['blk_-1608999687919862906 size 67108864', 'blk_-# size #'],
    ['src: /10.250.19.102:54106 dest', 'src: /#:# dest'],
    ['app.v2-beta.log', 'app.#'],
    ['fe91a5fd8fe27daacabceda1b6142285', '#'],
    ['café №86781 naïve', 'café # naïve'],
    ['a1', '#'],
    ['1 2  3', '# #  #'],
    ['_9_x y', '_# y'],
  ])('%j reads %j', (message, wanted) => {
    const text = skeletonText(bytesOf(message), 0, bytesOf(message).length);
    expect(new TextDecoder().decode(text.map((byte) => (byte === SKELETON_MARK ? 35 : byte)))).toBe(wanted);
  });

  test('only the first bytes of a long message take part', () => {
    const long = 'word '.repeat(SKELETON_BYTES / 5 + 1).slice(0, SKELETON_BYTES);
    expect(hashOf(`${long} tail`)).toBe(hashOf(long));
    expect(hashOf(`${long.slice(0, -1)}x tail`)).not.toBe(hashOf(long));
  });
});

describe('the compiled machine hashes as defined', () => {
  test('every length from 0 to 300', () => {
    for (let length = 0; length <= 300; length++) {
      const message = Uint8Array.from({ length }, (_, i) => EDGES[(i * 7 + length * 3) % EDGES.length] as number);
      expect(BigInt(`0x${compiledHash(message, length & 15)}`)).toBe(skeletonHash(message, 0, length));
    }
  });

  test.each(Array.from({ length: 16 }, (_, shift) => shift))('any message, %i bytes from alignment', (shift) => {
    fc.assert(
      fc.property(bytes(300), fc.uint8Array({ minLength: 64, maxLength: 64 }), (message, behind) => {
        expect(BigInt(`0x${compiledHash(message, shift, behind)}`)).toBe(skeletonHash(message, 0, message.length));
      }),
      { ...SEED, numRuns: 100 },
    );
  });

  test('around the number of bytes that take part', () => {
    fc.assert(
      fc.property(bytes(SKELETON_BYTES + 80, SKELETON_BYTES - 80), fc.nat(15), (message, shift) => {
        expect(BigInt(`0x${compiledHash(message, shift)}`)).toBe(skeletonHash(message, 0, message.length));
      }),
      { ...SEED, numRuns: 60 },
    );
  });

  test('tokens that go on through several words of 64 bytes', () => {
    for (const digitAt of [0, 1, 62, 63, 64, 65, 127, 128, 190, 191, 192, 255, 256, 299]) {
      for (const joinerAt of [-1, 0, 63, 64, 128, 191, 192, 298]) {
        const message = new Uint8Array(300).fill(97);
        if (joinerAt >= 0) message[joinerAt] = 95;
        message[digitAt] = 48;
        expect(BigInt(`0x${compiledHash(message, 3)}`)).toBe(skeletonHash(message, 0, 300));
      }
    }
  });
});

describe('where the first message of a skeleton stands', () => {
  const messagesOf = (text: Uint8Array, result: RunResult): string[] =>
    result.entries.map(({ message, length }) => new TextDecoder().decode(text.subarray(message, message + length)));

  test('behind time and level; the whole first line where no format accepts it', () => {
    const text = bytesOf(
      'what came before\n2025-06-01 10:00:00 INFO began 1\n  more\n2025-06-01 10:00:01 WARN ended\r\n',
    );
    const found = agreed(text, ISO);
    expect(messagesOf(text, found)).toEqual(['what came before', 'began 1', 'ended']);
    expect(found.entries.map(({ record }) => record)).toEqual(columns(found, 'offsets'));
  });

  test('inside the quotes of a JSON record, escapes as they are written', () => {
    const text = bytesOf(
      '{"@timestamp":"2025-06-01T10:00:00Z","message":"a \\"b\\" \\n 1"}\n{"message":""}\n{"level":"warn"}\n',
    );
    expect(messagesOf(text, agreed(text, program('ecs-json')))).toEqual(['a \\"b\\" \\n 1', '', '{"level":"warn"}']);
  });

  test('SKELETON_BYTES of it at most', () => {
    const long = `${'word '.repeat(SKELETON_BYTES)}\nshort\n`;
    expect(agreed(long, PLAIN).entries).toMatchObject([
      { message: 0, length: SKELETON_BYTES },
      { message: long.length - 6, length: 5 },
    ]);
  });

  test('is the same for any step, shift and size of the table', () => {
    fc.assert(
      fc.property(
        fc.array(bytes(120), { maxLength: 30 }),
        fc.integer({ min: 1, max: 200 }),
        fc.nat(15),
        fc.constantFrom(0, 3, 1000),
        (lines, step, shift, entryLimit) => {
          const text = Uint8Array.from(lines.flatMap((line) => [...line, 10]));
          const { entries } = agreed(text, PLAIN, { step, shift, tableSlots: 2, entryLimit });
          expect(entries).toEqual(agreed(text, PLAIN, { entryLimit }).entries);
          for (const { message, length, coarse, hash } of entries) {
            expect(BigInt(`0x${hash}`)).toBe(skeletonHash(text, message, message + length));
            expect(coarse).toBe(coarseOf(skeletonText(text, message, message + length)));
          }
        },
      ),
      { ...SEED, numRuns: 200 },
    );
  });
});

describe('the coarse class', () => {
  test('goes by the first 16 bytes of the masked text', () => {
    expect(coarseOfText('user u31991 logged in')).toBe(coarseOfText('user x7 logged in'));
    expect(coarseOfText('abcdefghijklmnop')).toBe(coarseOfText('abcdefghijklmnop and more'));
    expect(coarseOfText('abcdefghijklmnop')).not.toBe(coarseOfText('abcdefghijklmno'));
    expect(coarseOfText('abcdefghijklmnop')).not.toBe(coarseOfText('ijklmnopabcdefgh'));
  });

  test('falls evenly: thirty thousand beginnings into 65,536 classes', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyzABCDE';
    const classes = new Uint8Array(65536);
    for (const a of letters)
      for (const b of letters) for (const c of letters) classes[coarseOfText(`${a}${b} ${c}`)]!++;
    const used = classes.filter((count) => count > 0).length;
    expect(used / 65536).toBeCloseTo(1 - Math.exp(-(31 ** 3) / 65536), 2);
    expect(Math.max(...classes)).toBeLessThan(10);
  });
});

describe('the promise', () => {
  const words = fc.constantFrom(
    'user',
    'GET',
    '/api/',
    'blk_-',
    'failed',
    '=',
    ':',
    '"x"',
    'é',
    'a.b',
    '-',
    '[',
    ']',
    '(',
    'src',
  );
  const message = fc.array(fc.oneof(words, fc.constant(null)), { minLength: 1, maxLength: 20 });
  /** Tokens with digits in the places of null, with a delimiter on either side. */
  const written = (parts: readonly (string | null)[], token: (index: number) => string) =>
    parts.map((part, i) => part ?? token(i)).join(' ');
  const token = fc.stringMatching(/^[a-z]{0,9}[0-9][a-z0-9_.-]{0,20}$/);

  test('messages that differ in tokens with digits alone have one skeleton', () => {
    fc.assert(
      fc.property(
        message,
        fc.array(token, { minLength: 20, maxLength: 20 }),
        fc.array(token, { minLength: 20, maxLength: 20 }),
        (parts, some, others) => {
          expect(hashOf(written(parts, (i) => some[i] as string))).toBe(
            hashOf(written(parts, (i) => others[i] as string)),
          );
        },
      ),
      { ...SEED, numRuns: 500 },
    );
  });

  test('messages that differ in anything else have two', () => {
    fc.assert(
      fc.property(message, message, (a, b) => {
        const [first, second] = [written(a, () => '1'), written(b, () => '1')];
        expect(hashOf(first) === hashOf(second)).toBe(first === second);
      }),
      { ...SEED, numRuns: 2000 },
    );
  });

  test.each([
    ['node12 down', 'node down12'],
    ['a 1 b', 'a  b'],
    ['1 a', 'a 1'],
    ['user u1', 'user u'],
    ['ab', 'ba'],
    ['abcdefgh ijklmnop', 'ijklmnop abcdefgh'],
    ['x 1', 'x 1 '],
    ['a', 'a\0'],
  ])('%j is not %j', (a, b) => {
    expect(hashOf(a)).not.toBe(hashOf(b));
  });

  test('one bit of the text changes about half the bits of the hash, low ones and high ones', () => {
    const base = bytesOf('the quick brown fox jumps over the lazy dog, and then some more of that');
    const flips = Array.from({ length: 64 }, () => 0);
    let total = 0;
    for (let at = 0; at < base.length; at++) {
      const changed = base.slice();
      changed[at] = base[at] === 113 ? 119 : 113;
      if (changed[at] === base[at]) continue;
      const difference = skeletonHash(base, 0, base.length) ^ skeletonHash(changed, 0, base.length);
      for (let bit = 0; bit < 64; bit++) flips[bit] = (flips[bit] as number) + Number((difference >> BigInt(bit)) & 1n);
      total++;
    }
    for (const count of flips) expect(count / total).toBeGreaterThan(0.25);
    for (const count of flips) expect(count / total).toBeLessThan(0.75);
  });

  test('twenty thousand short messages fall evenly into a table of as many slots', () => {
    const hashes = new Set<bigint>();
    const slots = new Uint32Array(16384);
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    for (const a of letters) for (const b of letters) for (const c of letters) hashes.add(hashOf(`${a}${b} ${c}`));
    expect(hashes.size).toBe(26 ** 3);
    for (const hash of hashes) slots[Number(hash & 16383n)]!++;
    // Poisson with mean 1.07: 0 slots with 12 or more in 16,384 is what to expect.
    expect(Math.max(...slots)).toBeLessThan(12);
    expect(slots.filter((count) => count === 0).length / slots.length).toBeCloseTo(Math.exp(-hashes.size / 16384), 1);
  });
});

describe('when room runs out', () => {
  const names = Array.from(
    { length: 300 },
    (_, i) => `${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))} message`,
  );
  const text = `${names.map((name, i) => `${name} ${i}`).join('\n')}\n${names.map((name, i) => `${name} ${i * 7}`).join('\n')}\n`;

  test('the table grows, and ids stay what they were', () => {
    const small = agreed(text, PLAIN, { tableSlots: 2 });
    const large = agreed(text, PLAIN, { tableSlots: 4096 });
    expect(small.statuses.filter((status) => status === INDEX_SKELETONS_FULL)).toHaveLength(9);
    expect(large.statuses).not.toContain(INDEX_SKELETONS_FULL);
    expect(columns(small, 'skeletons')).toEqual(columns(large, 'skeletons'));
    expect(columns(small, 'skeletons')).toEqual([...names.keys(), ...names.keys()]);
    expect(small.entries).toEqual(large.entries);
    expect(small.entries.every(({ count }) => count === 2)).toBe(true);
  });

  test('past the limit, new skeletons are told apart by how they begin and known ones keep their ids', () => {
    const result = agreed(text, PLAIN, { entryLimit: 100 });
    const ids = columns(result, 'skeletons');
    const classes = names.map((name) => SKELETON_COARSE + coarseOfText(`${name} 1`));
    const wanted = [...[...names.keys()].slice(0, 100), ...classes.slice(100)];
    expect(new Set(classes).size).toBeGreaterThan(names.length - 4);
    expect(ids).toEqual([...wanted, ...wanted]);
    expect(result.entries).toHaveLength(100);
    expect(result.entries.map(({ coarse }) => coarse + SKELETON_COARSE)).toEqual(classes.slice(0, 100));
    expect(result.entries.reduce((sum, { count }) => sum + count, 0)).toBe(200);
  });

  test('with a limit of 0 all are told apart by how they begin, the empty one too', () => {
    const lines = ['', 'first', '', '12', 'abcdefghijklmnop first', '', 'abcdefghijklmnop second', '12345 '];
    const found = columns(agreed(lines.join('\n'), PLAIN, { entryLimit: 0 }), 'skeletons');
    expect(found).toEqual(lines.map((line) => SKELETON_COARSE + coarseOfText(line)));
    expect(found[4]).toBe(found[6]);
    // A masked part alone begins as nothing does: with a zero.
    expect(new Set(found).size).toBe(4);
  });

  test('a full block is closed, and the next begins with the record that had no place', () => {
    const result = agreed(text, PLAIN, { capacity: 7 });
    expect(result.statuses.filter((status) => status === INDEX_BLOCK_FULL)).toHaveLength(Math.ceil(600 / 7) - 1);
    expect(result.blocks.map(({ offsets }) => offsets.length)).toEqual([...Array.from({ length: 85 }, () => 7), 5]);
    expect(columns(result, 'offsets')).toEqual(columns(agreed(text, PLAIN), 'offsets'));
    expect(result.summary.lines).toBe(600);
  });

  test('skeletons can be left out', () => {
    const result = agreed(text, PLAIN, { skipsSkeletons: true });
    expect(result.entries).toEqual([]);
    expect(new Set(columns(result, 'skeletons'))).toEqual(new Set([0]));
  });

  const years = ['2025', '1970', '2025', '9999', '2025', '0001', '2024', '2026'];
  const jumps = years.map((year) => `${year}-06-01 10:00:00 INFO jump`).join('\n');

  test('times too far from the first of their block are listed whole', () => {
    const result = agreed(jumps, ISO);
    expect(result.blocks[0]?.wide.map(([index, raw]) => [index, new Date(raw).getUTCFullYear()])).toEqual([
      [1, 1970],
      [3, 9999],
      [5, 1],
      [6, 2024],
      [7, 2026],
    ]);
    expect(columns(result, 'times')).toEqual([0, TIME_WIDE, 0, TIME_WIDE, 0, TIME_WIDE, TIME_WIDE, TIME_WIDE]);
    expect(result.blocks[0]).toMatchObject({ timeMin: 0, timeMax: 0 });
  });

  test('a full list of wide times closes the block too', () => {
    const result = agreed(jumps, ISO, { wideCapacity: 1 });
    expect(result.blocks.map((block) => block.offsets.length)).toEqual([3, 2, 2, 1]);
    expect(result.blocks.every((block) => block.wide.length <= 1)).toBe(true);
    expect(result.summary).toEqual(agreed(jumps, ISO).summary);
  });

  test('times at the ends of what a block reaches', () => {
    const base = Date.UTC(2025, 0, 1);
    for (const distance of [2147483647, 2147483648, -2147483646, -2147483647, -2147483648]) {
      const line = (ms: number) => `${new Date(ms).toISOString().replace('Z', '')} INFO x`;
      const result = agreed(`${line(base)}\n${line(base + distance)}`, ISO);
      const isWide = distance > 2147483647 || distance < -2147483646;
      expect(columns(result, 'times')).toEqual([0, isWide ? TIME_WIDE : distance]);
    }
  });
});
