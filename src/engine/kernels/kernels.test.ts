/** Twins: the compiled kernels and the portable ones, each against a definition in a line or two. */

import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Kernels, RESERVED_BYTES } from './kernels';
import { createKernels } from './load';
import { hasSimd } from './simd';

const MODULE = new WebAssembly.Module(readFileSync(new URL('./kernels.wasm', import.meta.url)));
const PAGE_BYTES = 65536;

// Text, then needle, offsets and sets, each far enough from the next to keep its slack.
const TEXT = RESERVED_BYTES + 4096;
const NEEDLE = TEXT + 65536;
const OFFSETS = NEEDLE + 4096;
const SET_A = OFFSETS + 65536;
const SET_B = SET_A + 8192;
const SET_C = SET_B + 8192;

const SEED = { seed: 20261120, numRuns: 300 };
const LENGTHS = Array.from({ length: 201 }, (_, length) => length);
const ALIGNMENTS = Array.from({ length: 16 }, (_, alignment) => alignment);

const kinds: [string, Kernels][] = (['simd', 'portable'] as const).map((kind) => {
  const memory = new WebAssembly.Memory({ initial: 40, maximum: 65536 });
  return [kind, createKernels({ memory, module: kind === 'simd' ? MODULE : undefined })];
});

const bytesOf = (kernels: Kernels): Uint8Array => new Uint8Array(kernels.memory.buffer);
const wordsAt = (kernels: Kernels, pointer: number, count: number): Uint32Array =>
  new Uint32Array(kernels.memory.buffer, pointer, count);

/** Puts bytes at `start` and misleading ones all around. */
function place(kernels: Kernels, start: number, content: ArrayLike<number>, misleading: ArrayLike<number>): number {
  const memory = bytesOf(kernels);
  for (let i = 1; i <= 64; i++) memory[start - i] = misleading[i % misleading.length]!;
  memory.set(content, start);
  for (let i = 0; i < 64; i++) memory[start + content.length + i] = misleading[i % misleading.length]!;
  return start + content.length;
}

/** `expect(found).toBe(wanted)` for the hot loops below: most of their time would go into `expect` itself. */
function same<T>(found: T, wanted: T): void {
  if (!Object.is(found, wanted)) expect(found).toBe(wanted);
}

/** Repeatable noise: xorshift32. */
function createNoise(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const latin1 = (bytes: ArrayLike<number>): string => String.fromCharCode(...Array.from(bytes));
const foldAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** U+FFFD that decoding puts in, without those that stand there already (EF BF BD is one wherever it stands). */
function replacements(bytes: Uint8Array): number {
  const shown = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\ufffd').length;
  return shown - latin1(bytes).split('\xef\xbf\xbd').length;
}

test('this machine has SIMD, so the compiled kernels are what is tested', () => {
  expect(hasSimd()).toBe(true);
  expect(kinds.map(([, kernels]) => kernels.kind)).toEqual(['simd', 'portable']);
});

test('positions past 2 GiB are not negative, and the memory may grow in between', () => {
  for (const module of [MODULE, undefined]) {
    const memory = new WebAssembly.Memory({ initial: 40, maximum: 65536 });
    const kernels = createKernels({ memory, module });
    expect(kernels.countNewlines(TEXT, TEXT + 100)).toBe(0);
    const start = 2 ** 31 + 5;
    memory.grow(start / PAGE_BYTES + 2 - 40);
    const end = place(kernels, start, encode('one\ntwo\n'), [10]);
    new Uint8Array(memory.buffer).set(encode('two'), NEEDLE);
    expect(kernels.countNewlines(start, end)).toBe(2);
    expect(kernels.findNewline(start, end)).toBe(start + 3);
    expect(kernels.findNewline(start, start + 3)).toBe(start + 3);
    expect(kernels.findLastNewline(start, end)).toBe(start + 7);
    expect(kernels.findLastNewline(start, start + 3)).toBe(start - 1);
    expect(kernels.findExact(start, end, NEEDLE, 3)).toBe(start + 4);
    expect(kernels.findFolded(start, start + 6, NEEDLE, 3)).toBe(-1);
  }
});

test('static tables stay in the reserved part of the memory', () => {
  const memory = new WebAssembly.Memory({ initial: 40, maximum: 65536 });
  new Uint8Array(memory.buffer).fill(0xaa);
  createKernels({ memory, module: MODULE });
  expect(new Uint8Array(memory.buffer, RESERVED_BYTES).every((byte) => byte === 0xaa)).toBe(true);
});

describe.each(kinds)('%s kernels', (_kind, kernels) => {
  test('find and count newlines and NULs in every length at every alignment', () => {
    const noise = createNoise(7);
    for (const length of LENGTHS) {
      // Dense, thin and none: 1 in 4, 1 in 100, never.
      const content = Uint8Array.from({ length }, () => [10, 0, 65, 66][noise(length % 3 === 0 ? 4 : 100)] ?? 67);
      if (length % 3 === 1) content.fill(68);
      for (const alignment of ALIGNMENTS) {
        const start = TEXT + alignment;
        const end = place(kernels, start, content, [10, 0, 10]);
        const first = content.indexOf(10);
        same(kernels.countNewlines(start, end), content.filter((byte) => byte === 10).length);
        same(kernels.countNuls(start, end), content.filter((byte) => byte === 0).length);
        same(kernels.findNewline(start, end), first < 0 ? end : start + first);
        same(kernels.findLastNewline(start, end), start + content.lastIndexOf(10));
      }
    }
  });

  test('find a newline, or a byte that is not ASCII, alone at every place', () => {
    for (let length = 1; length <= 140; length++) {
      const start = TEXT + (length % 16);
      for (let at = 0; at < length; at++) {
        const content = new Uint8Array(length).fill(65);
        content[at] = 10;
        let end = place(kernels, start, content, [10]);
        expect([kernels.findNewline(start, end), kernels.findLastNewline(start, end)]).toEqual([
          start + at,
          start + at,
        ]);
        content[at] = 0x80;
        end = place(kernels, start, content, [0xff]);
        same(kernels.isAscii(start, end), false);
        same(kernels.textFlags(start, end), 1);
        content[at] = 0;
        same(kernels.textFlags(start, place(kernels, start, content, [0xff])), 2);
        content[(at + 1) % length] = 0xc3;
        same(kernels.textFlags(start, place(kernels, start, content, [0])), length === 1 ? 1 : 3);
        content.fill(65);
        same(kernels.textFlags(start, place(kernels, start, content, [0xff, 0])), 0);
        content[at] = 0x7f;
        expect(kernels.isAscii(start, place(kernels, start, content, [0xff]))).toBe(true);
      }
    }
    same(kernels.isAscii(TEXT, TEXT), true);
  });

  test('count more newlines than a byte-wide sum can hold', () => {
    bytesOf(kernels).fill(10, TEXT, TEXT + 60_000);
    same(kernels.countNewlines(TEXT, TEXT + 60_000), 60_000);
  });

  test('count invalid UTF-8 as decoding would: every three telling bytes, at seams and in the middle', () => {
    // Each is the first or last of a class of the encoding, or next to one.
    const telling = [
      0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
    ];
    telling.push(0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf8, 0xff);
    const content = new Uint8Array(160).fill(0x61);
    const end = place(kernels, TEXT, content, [0x80]);
    const memory = bytesOf(kernels);
    for (const first of telling) {
      for (const second of telling) {
        for (const third of telling) {
          const three = [first, second, third, 0x80];
          // Four bytes across a seam of 64 and one of 16; three before a seam with ASCII behind; three that end the text.
          const wanted = replacements(Uint8Array.from([0x61, ...three, 0x61]));
          for (const at of [62, 13]) {
            memory.set(three, TEXT + at);
            same(kernels.countInvalidUtf8(TEXT, end), wanted);
            memory.fill(0x61, TEXT + at, TEXT + at + 4);
          }
          memory.set(three.slice(0, 3), TEXT + 61);
          const cut = replacements(Uint8Array.from([0x61, ...three.slice(0, 3), 0x61]));
          same(kernels.countInvalidUtf8(TEXT, end), cut);
          memory.fill(0x61, TEXT + 61, TEXT + 64);
          memory.set(three, TEXT + 125);
          same(kernels.countInvalidUtf8(TEXT, TEXT + 128), replacements(Uint8Array.from(three.slice(0, 3))));
          memory.fill(0x61, TEXT + 125, TEXT + 129);
        }
      }
    }
  });

  test('count invalid UTF-8 as decoding would in mixtures of text and damage', () => {
    const character = fc.constantFrom(
      'a',
      ' ',
      '\u0080',
      'é',
      '\u0800',
      '日',
      '\ud7ff',
      '\ufffd',
      '\u{10000}',
      '\u{10ffff}',
    );
    const piece = fc.oneof(
      fc.string({ unit: character, maxLength: 30 }).map(encode),
      character.map((text) => encode(text).slice(0, -1)),
      fc.uint8Array({ maxLength: 5 }),
      fc.uint8Array({ min: 0x80, maxLength: 8 }),
      fc.constant(new Uint8Array(70).fill(0x20)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(15), (pieces, alignment) => {
        const content = Uint8Array.from(pieces.flatMap((part) => Array.from(part)));
        const end = place(kernels, TEXT + alignment, content, [0xbf, 0x80]);
        same(kernels.countInvalidUtf8(TEXT + alignment, end), replacements(content));
      }),
      SEED,
    );
  });

  test('find needles of 1 to 40 bytes at every place, among near misses', () => {
    const noise = createNoise(11);
    for (let length = 1; length <= 40; length++) {
      const needle = Uint8Array.from({ length }, () => [97, 122, 48, 64, 91, 0xc3, 0xa9, 95][noise(8)]!);
      const shouted = needle.map((byte) => (byte === 97 || byte === 122 ? byte - 32 : byte));
      place(kernels, NEEDLE + (length % 16), needle, [97]);
      const nearMiss = needle.slice(0, -1);
      for (let at = 0; at <= 130; at++) {
        const content = new Uint8Array(at + length + (at % 40)).fill(46);
        for (let i = 0; i + length <= at; i += length + 1) content.set(nearMiss, i);
        const start = TEXT + (at % 16);
        content.set(needle, at);
        // Behind the end it stands again, and again from the last byte on.
        let end = place(kernels, start, content, needle);
        const pointer = NEEDLE + (length % 16);
        const first = start + latin1(content).indexOf(latin1(needle));
        same(kernels.findExact(start, end, pointer, length), first);
        same(kernels.findFolded(start, end, pointer, length), first);
        same(kernels.findExact(start, start + at + length - 1, pointer, length), first < start + at ? first : -1);
        content.set(shouted, at);
        end = place(kernels, start, content, needle);
        const exact = latin1(content).indexOf(latin1(needle));
        same(kernels.findExact(start, end, pointer, length), exact < 0 ? -1 : start + exact);
        const folded = foldAscii(latin1(content)).indexOf(latin1(needle));
        same(kernels.findFolded(start, end, pointer, length), start + folded);
      }
    }
  });

  test('fold ASCII letters and nothing else: every byte against every byte, as a rare one and as a common one', () => {
    const memory = bytesOf(kernels);
    for (let wanted = 0; wanted < 256; wanted++) {
      if (wanted >= 65 && wanted <= 90) continue; // needles come in lower case
      // Control characters are rarer than anything: the byte in question is left to the comparison of the whole.
      memory.set([wanted, 1, 2], NEEDLE);
      memory.set([0x2e, 1, 2, 0x2e], TEXT);
      for (let byte = 0; byte < 256; byte++) {
        memory[TEXT] = byte;
        const isSame = byte === wanted || (byte >= 65 && byte <= 90 && byte + 32 === wanted);
        const found = [kernels.findFolded(TEXT, TEXT + 1, NEEDLE, 1), kernels.findFolded(TEXT, TEXT + 4, NEEDLE, 3)];
        const exact = [kernels.findExact(TEXT, TEXT + 1, NEEDLE, 1), kernels.findExact(TEXT, TEXT + 4, NEEDLE, 3)];
        if (
          found.some((at) => at !== (isSame ? TEXT : -1)) ||
          exact.some((at) => at !== (byte === wanted ? TEXT : -1))
        ) {
          expect.fail(`needle ${wanted}, text ${byte}: folded ${found.join()}, exact ${exact.join()}`);
        }
      }
    }
  });

  test('mark the records whose text holds the needle, and say how many are new', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'A', 'b', '@', '`', '[', '{', '\n', '\r', 'é', ' '),
      maxLength: 90,
    });
    const record = fc
      .tuple(text, fc.constantFrom('', '\n', '\n', '\n', '\r\n', '\r'))
      .map(([body, end]) => `${body}${end}`);
    const needle = fc.string({
      unit: fc.constantFrom('a', 'b', '@', '`', '[', '{', '\n', '\r', 'é'),
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 40 }),
        needle,
        fc.boolean(),
        fc.nat(15),
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        (records, wanted, isFolded, alignment, before) => {
          const parts = records.map(encode);
          const base = TEXT + alignment;
          // A head that belongs to no record, holding the needle.
          const head = encode(wanted);
          const starts = parts.map((_, i) => parts.slice(0, i).reduce((sum, part) => sum + part.length, head.length));
          const content = Uint8Array.from([head, ...parts].flatMap((part) => Array.from(part)));
          place(kernels, base, content, encode(wanted));
          const pattern = encode(wanted);
          place(kernels, NEEDLE, pattern, [0]);
          wordsAt(kernels, OFFSETS, starts.length).set(starts);
          bytesOf(kernels).set(before, SET_A);
          // Bits past the count are 0.
          const clean = Array.from(
            { length: 64 },
            (_, i) => i < parts.length && (before[i >> 3]! & (1 << (i & 7))) !== 0,
          );
          clean.forEach((isSet, i) => {
            if (!isSet) bytesOf(kernels)[SET_A + (i >> 3)]! &= ~(1 << (i & 7));
          });

          const fold = isFolded ? foldAscii : (it: string): string => it;
          const holds = parts.map((part) => fold(latin1(part).replace(/\r?\n$|\r$/, '')).includes(latin1(pattern)));
          const added = holds.filter((is, i) => is && !clean[i]).length;
          expect(
            kernels.markMatches(
              base,
              content.length,
              OFFSETS,
              parts.length,
              NEEDLE,
              pattern.length,
              Number(isFolded),
              SET_A,
            ),
          ).toBe(added);
          const after = clean.map((_, i) => (bytesOf(kernels)[SET_A + (i >> 3)]! & (1 << (i & 7))) !== 0);
          expect(after).toEqual(clean.map((isSet, i) => isSet || holds[i] === true));

          // Only into records of a set: here those whose bit was set before.
          clean.forEach((isSet, i) => {
            const at = SET_B + (i >> 3);
            bytesOf(kernels)[at] = isSet
              ? bytesOf(kernels)[at]! | (1 << (i & 7))
              : bytesOf(kernels)[at]! & ~(1 << (i & 7));
          });
          wordsAt(kernels, SET_A, 2).fill(0);
          const both = clean.map((isSet, i) => isSet && holds[i] === true);
          const all = [base, content.length, OFFSETS, parts.length, NEEDLE, pattern.length, Number(isFolded)] as const;
          expect(kernels.markMatchesWithin(...all, SET_B, SET_A)).toBe(both.filter(Boolean).length);
          const found = clean.map((_, i) => (bytesOf(kernels)[SET_A + (i >> 3)]! & (1 << (i & 7))) !== 0);
          expect(found).toEqual(both);
        },
      ),
      { ...SEED, numRuns: 1500 },
    );
  });

  test('mark records far apart, and each of a long row', () => {
    const count = 3000;
    const line = encode('................\n');
    const content = new Uint8Array(count * line.length);
    for (let i = 0; i < count; i++) content.set(line, i * line.length);
    const offsets = Uint32Array.from({ length: count }, (_, i) => i * line.length);
    place(kernels, NEEDLE, encode('hit'), [0]);
    for (const step of [1, 2, 3, 7, 8, 100, 999, 2999]) {
      for (const spread of [1, 13]) {
        // At each record's first byte, or anywhere in its text.
        const marked = content.slice();
        for (let i = 0; i < count; i += step) marked.set(encode('hit'), i * line.length + (i % spread));
        place(kernels, TEXT, marked, encode('hit'));
        wordsAt(kernels, OFFSETS, count).set(offsets);
        wordsAt(kernels, SET_A, 94).fill(0);
        const added = kernels.markMatches(TEXT, content.length, OFFSETS, count, NEEDLE, 3, 0, SET_A);
        expect(added).toBe(Math.ceil(count / step));
        const members = Array.from({ length: added }, (_, nth) => kernels.bitsSelect(SET_A, 94, nth));
        expect(members).toEqual(members.map((_, nth) => nth * step));
      }
    }
  });

  test('work on sets like arrays of booleans, of every size, and write nothing past them', () => {
    const noise = createNoise(13);
    for (let count = 0; count <= 700; count += count < 140 ? 1 : 41) {
      const words = Math.ceil(count / 32);
      // Dense, thin, empty: the last makes the long gaps.
      const odds = [2, 50, 1e9][count % 3]!;
      const [a, b] = [SET_A, SET_B].map((set) => {
        const members = Array.from({ length: count }, () => noise(odds) === 1);
        const view = wordsAt(kernels, set, words + 1).fill(0);
        members.forEach((isIn, i) => {
          if (isIn) view[i >> 5]! |= 1 << (i & 31);
        });
        return members;
      }) as [boolean[], boolean[]];
      const result = (run: () => void): boolean[] => {
        wordsAt(kernels, SET_C, words + 40).fill(0xdeadbeef);
        run();
        const view = wordsAt(kernels, SET_C, words + 40);
        expect(view.subarray(words).every((word) => word === 0xdeadbeef)).toBe(true);
        const all = Array.from({ length: words * 32 }, (_, i) => (view[i >> 5]! & (1 << (i & 31))) !== 0);
        expect(all.slice(count).includes(true)).toBe(false);
        return all.slice(0, count);
      };
      expect(result(() => kernels.bitsAnd(SET_C, SET_A, SET_B, words))).toEqual(a.map((is, i) => is && b[i]!));
      expect(result(() => kernels.bitsOr(SET_C, SET_A, SET_B, words))).toEqual(a.map((is, i) => is || b[i]!));
      expect(result(() => kernels.bitsAndNot(SET_C, SET_A, SET_B, words))).toEqual(a.map((is, i) => is && !b[i]!));
      expect(result(() => kernels.bitsNot(SET_C, SET_A, count))).toEqual(a.map((is) => !is));
      expect(result(() => kernels.bitsFill(SET_C, count))).toEqual(a.map(() => true));
      // Misleading members behind the set's last word.
      wordsAt(kernels, SET_A + words * 4, 20).fill(0xffffffff);
      const members = a.flatMap((is, i) => (is ? [i] : []));
      same(kernels.popcount(SET_A, words), members.length);
      for (let nth = 0; nth < members.length; nth++) same(kernels.bitsSelect(SET_A, words, nth), members[nth]);
      same(kernels.bitsSelect(SET_A, words, members.length), -1);
      for (let index = 0; index < count; index++) {
        same(kernels.bitsRank(SET_A, index), members.filter((member) => member < index).length);
        same(kernels.bitsNext(SET_A, count, index), a.indexOf(true, index));
        same(kernels.bitsPrevious(SET_A, index), a.lastIndexOf(true, index));
        // Only [0, index) of a larger set.
        same(kernels.bitsNext(SET_A, index, index >> 1), a.slice(0, index).indexOf(true, index >> 1));
      }
      same(kernels.bitsRank(SET_A, count), members.length);
      same(kernels.bitsNext(SET_A, count, count), -1);
      same(kernels.bitsPrevious(SET_A, -1), -1);
      kernels.bitsAnd(SET_B, SET_A, SET_B, words);
      same(kernels.popcount(SET_B, words), a.filter((is, i) => is && b[i]!).length);
    }
  });
});
