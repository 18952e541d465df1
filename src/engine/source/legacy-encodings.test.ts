/** Decoders for encodings from before Unicode: whatever the chunks, the text is that of a TextDecoder over the whole. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { encodeLegacy, LEGACY_TEXTS } from '../../testing/legacy-texts';
import { planCuts } from './cut';
import { createDecoder, decodedSizeBound } from './decode';
import { isMultiByte, LEGACY_ENCODINGS, type LegacyEncoding } from './legacy-encodings';
import { toCharacterStart } from './line-starts';

/** Node 20 takes Windows-1252 for Latin-1 between 0x80 and 0x9f: those bytes are told apart by the other tests. */
const hasSoundDecoder = (encoding: LegacyEncoding) => encoding !== 'windows-1252';

const CONTROLS = new Set([0x1a, 0x1c, 0x7f]);

function decodeIn(bytes: Uint8Array, encoding: LegacyEncoding, sizes: readonly number[], isCr = false) {
  const decoder = createDecoder(encoding, isCr);
  const target = new Uint8Array(decodedSizeBound(bytes.length, encoding));
  let filled = 0;
  let at = 0;
  for (let i = 0; at < bytes.length || i === 0; i++) {
    const end = Math.min(bytes.length, at + Math.max(1, sizes[i % sizes.length] as number));
    filled += decoder.decodeInto(bytes.slice(at, end), target.subarray(filled), end === bytes.length);
    at = end;
  }
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(target.subarray(0, filled)), decoder };
}

describe.each(LEGACY_ENCODINGS.filter(hasSoundDecoder))('%s', (encoding) => {
  const whole = (bytes: Uint8Array) => new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);

  test('decodes any bytes, in chunks of any size, as a whole', () => {
    fc.assert(
      fc.property(
        // Node has other controls for three bytes of ibm866 below 0x80, where the standard has ASCII.
        fc.uint8Array({ maxLength: 300 }).map((bytes) => bytes.map((byte) => (CONTROLS.has(byte) ? 32 : byte))),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
        (bytes, sizes) => {
          const { text, decoder } = decodeIn(bytes, encoding, sizes);
          expect(text).toBe(whole(bytes));
          expect(decoder.replacedCount).toBe(
            Array.from(whole(bytes)).filter((character) => character === '\ufffd').length,
          );
        },
      ),
      { seed: 20261120, numRuns: 150 },
    );
  });

  test.each([1, 2, 3, 7, 64])('decodes texts in chunks of %i bytes', (size) => {
    for (const [, encodings, sentences] of LEGACY_TEXTS) {
      if (!encodings.includes(encoding)) continue;
      const text = sentences.join('\r\n');
      expect(decodeIn(encodeLegacy(text, encoding), encoding, [size]).text).toBe(text);
      expect(decodeIn(encodeLegacy(text, encoding), encoding, [size], true).text).toBe(text.replace(/\r/g, '\n'));
    }
  });

  test('never takes more room than was said', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const target = new Uint8Array(bytes.length * 8 + 8);
        const written = createDecoder(encoding, false).decodeInto(bytes, target, true);
        expect(written).toBeLessThanOrEqual(decodedSizeBound(bytes.length, encoding));
      }),
      { seed: 20261120, numRuns: 150 },
    );
  });

  test('has no line end within a character', () => {
    if (!isMultiByte(encoding)) return;
    for (const end of [10, 13])
      for (let lead = 0x80; lead < 0x100; lead++) {
        const text = whole(Uint8Array.of(lead, end, 0x41));
        expect(text.endsWith(`${String.fromCharCode(end)}A`), `${lead}`).toBe(true);
      }
  });
});

test('a byte that shows three before it to be no character is no failure of the decoder', () => {
  const bytes = Uint8Array.from([226, 128, 168, 50, 48, 50, 53, 45, 48, 49, 45, 48]);
  const whole = new TextDecoder('gb18030').decode(bytes);
  for (const size of [1, 2, 3, 5, 11]) expect(decodeIn(bytes, 'gb18030', [size]).text).toBe(whole);
});

test('Windows-1252 is more than Latin-1', () => {
  const { text, decoder } = decodeIn(Uint8Array.of(0x80, 0x93, 0xe9, 0x94, 0x99, 0x81), 'windows-1252', [1]);
  expect(text).toBe('€“é”™\x81');
  expect(decoder.replacedCount).toBe(0);
});

describe('a forced cut', () => {
  const cases = LEGACY_TEXTS.flatMap(([language, encodings, sentences]) =>
    encodings.filter(isMultiByte).map((encoding) => [language, encoding, sentences] as const),
  );

  test.each(cases)('of %s in %s splits no character', async (_, encoding, sentences) => {
    const text = sentences.join(' / ').repeat(40);
    const bytes = encodeLegacy(text, encoding);
    for (let at = 100; at < 400; at++) {
      const start = toCharacterStart(bytes, at, encoding);
      expect(start).toBeLessThanOrEqual(at);
      expect(at - start).toBeLessThan(4);
      const decoder = new TextDecoder(encoding, { fatal: true });
      expect(() => decoder.decode(bytes.subarray(0, start))).not.toThrow();
    }
    const options = { encoding, isCr: false, shardBytes: 1000, windows: [64, 256] };
    const cuts = await planCuts(bytes.length, options, async (start, end) => bytes.slice(start, end));
    expect(cuts.length).toBeGreaterThan(1);
    const parts = cuts.map(({ start }, i) =>
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(start, cuts[i + 1]?.start ?? bytes.length)),
    );
    expect(parts.join('')).toBe(text);
  });
});
