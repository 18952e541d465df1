import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Encoding } from './byte-source';
import { createDecoder, decodedSizeBound, translateCr } from './decode';

function encode(units: readonly number[], isBigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [index, unit] of units.entries()) view.setUint16(index * 2, unit, !isBigEndian);
  return bytes;
}

function decode(
  raw: Uint8Array,
  encoding: Encoding,
  chunkBytes: number,
  isCr = false,
): { bytes: Uint8Array; replaced: number } {
  const decoder = createDecoder(encoding, isCr);
  const target = new Uint8Array(decodedSizeBound(raw.length, encoding));
  let filled = 0;
  for (let at = 0; at < raw.length; at += chunkBytes) {
    const end = Math.min(raw.length, at + chunkBytes);
    filled += decoder.decodeInto(raw.slice(at, end), target.subarray(filled), end === raw.length);
  }
  return { bytes: target.slice(0, filled), replaced: decoder.replacedCount };
}

const CHUNKS = [1, 7, 64, 65_536];
// Units from every class, ASCII runs long enough for the fast path, surrogates alone and in pairs.
const unitRuns = fc
  .array(
    fc.oneof(
      fc.array(fc.integer({ min: 0, max: 0x7f }), { minLength: 1, maxLength: 20 }),
      fc.constantFrom(
        [0x80],
        [0x7ff],
        [0x800],
        [0xfffd],
        [0xffff],
        [0xd83c, 0xdf89],
        [0xd83c],
        [0xdf89],
        [0xdc00, 0xd800],
        [0xfeff],
        [0x0a00],
      ),
    ),
    { maxLength: 30 },
  )
  .map((runs) => runs.flat());

describe.each(['utf-16le', 'utf-16be'] as const)('%s', (encoding) => {
  test('decodes as TextDecoder does, whatever the chunks', () => {
    fc.assert(
      fc.property(unitRuns, fc.boolean(), (units, hasOddByte) => {
        const raw = new Uint8Array([...encode(units, encoding === 'utf-16be'), ...(hasOddByte ? [0x41] : [])]);
        const expected = new TextEncoder().encode(new TextDecoder(encoding, { ignoreBOM: true }).decode(raw));
        const wholes = CHUNKS.map((chunkBytes) => decode(raw, encoding, chunkBytes));
        for (const { bytes, replaced } of wholes) {
          expect([...bytes]).toEqual([...expected]);
          expect(replaced).toBe(wholes[0]?.replaced);
        }
      }),
      { seed: 31, numRuns: 300 },
    );
  });

  test('counts what it had to replace', () => {
    const units = [0x41, 0xd800, 0x42, 0xdc00, 0xd83c, 0xdf89, 0xd800];
    expect(decode(encode(units, encoding === 'utf-16be'), encoding, 3).replaced).toBe(3);
  });

  test('a CR in text whose lines end in CR becomes LF', () => {
    const text = 'one line\rand another one\r日本\r';
    const raw = encode(
      Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)),
      encoding === 'utf-16be',
    );
    expect(new TextDecoder().decode(decode(raw, encoding, 5, true).bytes)).toBe(text.replaceAll('\r', '\n'));
    expect(new TextDecoder().decode(decode(raw, encoding, 5).bytes)).toBe(text);
  });
});

test('UTF-8 passes unchanged, invalid bytes too', () => {
  const raw = Uint8Array.of(0x61, 0xff, 0x0d, 0x0a, 0xc3);
  for (const chunkBytes of CHUNKS) expect([...decode(raw, 'utf-8', chunkBytes).bytes]).toEqual([...raw]);
  expect([...decode(raw, 'utf-8', 2, true).bytes]).toEqual([0x61, 0xff, 0x0a, 0x0a, 0xc3]);
});

test('CR becomes LF in place', () => {
  const bytes = new TextEncoder().encode('\ra\rb\r\r');
  translateCr(bytes);
  expect(new TextDecoder().decode(bytes)).toBe('\na\nb\n\n');
});

test('the size bound is reached by the widest text and never passed', () => {
  expect(decode(encode(Array<number>(50).fill(0xffff), false), 'utf-16le', 7).bytes.length).toBe(
    decodedSizeBound(100, 'utf-16le'),
  );
  expect(decode(Uint8Array.of(1), 'utf-16le', 7).bytes.length).toBe(decodedSizeBound(1, 'utf-16le'));
});

test('ASCII in UTF-16 decodes at 300 MB/s', () => {
  const raw = encode(
    Array.from({ length: 4_000_000 }, (_, index) => 32 + (index % 90)),
    false,
  );
  const target = new Uint8Array(decodedSizeBound(raw.length, 'utf-16le'));
  let bestMs = Infinity;
  for (let round = 0; round < 8; round++) {
    const start = performance.now();
    createDecoder('utf-16le', false).decodeInto(raw, target, true);
    bestMs = Math.min(bestMs, performance.now() - start);
  }
  expect(raw.length / 1e6 / (bestMs / 1000)).toBeGreaterThan(300);
});
