import { deflateRawSync, gzipSync, type ZlibOptions } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createMemberInflater } from './inflate';

function inflate(
  packed: Uint8Array,
  chunkBytes: number,
): { text: Buffer; outcome: string; used: number; reason: string } {
  const inflater = createMemberInflater();
  const parts: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const outcome = inflater.run();
    parts.push(inflater.take());
    if (outcome === 'more') {
      const bytes = packed.subarray(at, at + chunkBytes);
      at += bytes.length;
      inflater.feed(bytes, at >= packed.length);
    } else if (outcome !== 'room')
      return { text: Buffer.concat(parts), outcome, used: inflater.usedBytes, reason: inflater.reason };
  }
}

const CHUNKS = [1, 7, 64, 65_536];
const words = fc
  .array(fc.constantFrom('ERROR ', 'pool empty ', 'retry ', '\n', 'x', 'größe '), { maxLength: 400 })
  .map((list) => Buffer.from(list.join('')));
const content = fc.oneof(
  words,
  fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
);

describe('a member', () => {
  test('comes out as it went in, whatever the chunks, the level and what follows', () => {
    fc.assert(
      fc.property(
        content,
        fc.constantFrom(0, 1, 6, 9),
        fc.constantFrom(0, 4),
        fc.uint8Array({ maxLength: 20 }),
        (bytes, level, strategy, trailing) => {
          const member = gzipSync(bytes, { level, strategy });
          const packed = Buffer.concat([member, trailing]);
          for (const chunkBytes of CHUNKS) {
            const { text, outcome, used } = inflate(packed, chunkBytes);
            expect(outcome).toBe('end');
            expect(used).toBe(member.length);
            expect(text.equals(bytes)).toBe(true);
          }
        },
      ),
      { seed: 51, numRuns: 120 },
    );
  });

  test('larger than the window and the output comes out whole', () => {
    const bytes = Buffer.from(
      Array.from({ length: 60_000 }, (_, index) => `line ${index * 7919} of the log\n`).join(''),
    );
    for (const options of [{ level: 9 }, { level: 0 }, { level: 1 }] satisfies ZlibOptions[]) {
      const { text, outcome } = inflate(gzipSync(bytes, options), 4096);
      expect(outcome).toBe('end');
      expect(text.equals(bytes)).toBe(true);
    }
  });

  test('with every optional part in its header is read', () => {
    const bytes = Buffer.from('hello');
    const plain = gzipSync(bytes);
    const header = Buffer.from([
      0x1f,
      0x8b,
      8,
      4 | 8 | 16 | 2,
      0,
      0,
      0,
      0,
      0,
      3,
      3,
      0,
      9,
      9,
      9,
      ...Buffer.from('a.log\0said\0'),
      1,
      2,
    ]);
    const packed = Buffer.concat([header, deflateRawSync(bytes), plain.subarray(-8)]);
    for (const chunkBytes of CHUNKS)
      expect(inflate(packed, chunkBytes)).toMatchObject({ outcome: 'end', used: packed.length });
  });
});

describe('a damaged member', () => {
  const bytes = Buffer.from(Array.from({ length: 3000 }, (_, index) => `2026-05-19 line ${index}\n`).join(''));

  test('that breaks off gives the text up to the break', () => {
    const packed = gzipSync(bytes);
    let last = 0;
    for (const share of [0.001, 0.2, 0.5, 0.9, 0.999]) {
      const cut = packed.subarray(0, Math.floor(packed.length * share));
      for (const chunkBytes of [7, 65_536]) {
        const { text, outcome } = inflate(cut, chunkBytes);
        expect(outcome).toBe('truncated');
        expect(bytes.subarray(0, text.length).equals(text)).toBe(true);
        expect(text.length).toBeGreaterThanOrEqual(last);
        last = text.length;
      }
    }
    expect(last).toBeGreaterThan(bytes.length * 0.98);
  });

  test('never makes it throw or run on, wherever a byte is changed', () => {
    const packed = gzipSync(bytes);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: packed.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(packed);
        damaged[at] = (damaged[at] as number) ^ change;
        const { text, outcome } = inflate(damaged, 1000);
        expect(['end', 'damaged', 'truncated']).toContain(outcome);
        if (outcome === 'end') expect(text.equals(bytes)).toBe(true); // only header bytes that say nothing
      }),
      { seed: 52, numRuns: 300 },
    );
  });

  test('tells a wrong checksum, with the whole text', () => {
    const packed = Buffer.from(gzipSync(bytes));
    packed[packed.length - 6] = (packed[packed.length - 6] as number) ^ 1;
    const { text, outcome, reason } = inflate(packed, 4096);
    expect([outcome, reason]).toEqual(['damaged', 'its checksum does not match']);
    expect(text.equals(bytes)).toBe(true);
  });
});
