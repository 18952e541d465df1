import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { planCuts, shardBytesFor, type Cut, type CutOptions } from './cut';
import { createSegmentCutter } from './segments';

const utf8 = (text: string) => new TextEncoder().encode(text);
const UTF8: CutOptions = { encoding: 'utf-8', isCr: false, windows: [16, 64, 256] };

async function cutsOf(bytes: Uint8Array, options: CutOptions): Promise<Cut[]> {
  return planCuts(bytes.length, options, (start, end) => {
    if (start < 0 || end > bytes.length || start >= end) throw new Error(`bad range [${start}, ${end})`);
    return Promise.resolve(bytes.slice(start, end));
  });
}

function piecesOf(bytes: Uint8Array, cuts: readonly Cut[]): string[] {
  return cuts.map(({ start }, index) => new TextDecoder().decode(bytes.subarray(start, cuts[index + 1]?.start)));
}

const isTimed = (bytes: Uint8Array, start: number, end: number) =>
  end > start && (bytes[start] as number) >= 0x30 && (bytes[start] as number) <= 0x39;

const lines = fc.array(
  fc.oneof(
    fc.constantFrom('1 a', '2 bcd', ' at x', ' at yyyyyyyy', '', '3 größe', 'x'),
    fc.string({ maxLength: 40 }).map((text) => text.replaceAll('\n', ' ')),
  ),
  { maxLength: 60 },
);

describe('cuts of a source', () => {
  test('stand at line starts, ascend, begin with the first byte and need no particular reader', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 8, max: 80 }), async (drawn, shardBytes) => {
        const bytes = utf8(drawn.join('\n'));
        const cuts = await cutsOf(bytes, { ...UTF8, shardBytes, isRecordStart: isTimed });
        expect(cuts.length > 0).toBe(bytes.length > 0);
        for (const [index, { start, isForced }] of cuts.entries()) {
          if (index === 0) expect(start).toBe(0);
          else {
            expect(start).toBeGreaterThan((cuts[index - 1] as Cut).start);
            expect(start).toBeLessThan(bytes.length);
            expect(isForced).toBe(false); // no line here is longer than the largest window
            expect(bytes[start - 1]).toBe(10);
          }
        }
        expect(piecesOf(bytes, cuts).join('')).toBe(new TextDecoder().decode(bytes));
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  test('stand before a record and not inside a stack trace', async () => {
    const bytes = utf8('1 boom\n at pool.ts:41\n at db.ts:12\n2 next\n at pool.ts:41\n at db.ts:12\n3 last\n');
    const cuts = await cutsOf(bytes, { ...UTF8, shardBytes: 45, isRecordStart: isTimed });
    expect(piecesOf(bytes, cuts)).toEqual([
      '1 boom\n at pool.ts:41\n at db.ts:12\n',
      '2 next\n at pool.ts:41\n at db.ts:12\n3 last\n',
    ]);
  });

  test('look further back for a record before they settle for a line', async () => {
    const trace = ' at somewhere.far(Away.java:1)\n'.repeat(4);
    const bytes = utf8(`1 first\n2 boom\n${trace}3 end\n`);
    expect(piecesOf(bytes, await cutsOf(bytes, { ...UTF8, shardBytes: 120, isRecordStart: isTimed }))[1]).toBe(
      `2 boom\n${trace}3 end\n`,
    );
    expect(
      piecesOf(bytes, await cutsOf(bytes, { ...UTF8, windows: [16, 40], shardBytes: 120, isRecordStart: isTimed }))[1],
    ).toMatch(/^ at somewhere/);
  });

  test('may stand exactly at a nominal place', async () => {
    const bytes = utf8('1234567\n1234567\n1234567\n');
    expect((await cutsOf(bytes, { ...UTF8, shardBytes: 8 })).map(({ start }) => start)).toEqual([0, 8, 16]);
  });

  test('leave a line whole that is longer than a shard but shorter than the largest window', async () => {
    const bytes = utf8(`a\n${'x'.repeat(100)}\nb\n`);
    // nominal places 8 … 96 lie inside the long line; 104 lies in "b"
    expect(piecesOf(bytes, await cutsOf(bytes, { ...UTF8, shardBytes: 8 }))).toEqual([
      `a\n`,
      `${'x'.repeat(100)}\n`,
      'b\n',
    ]);
  });

  test('are forced inside a line longer than the largest window, between characters', async () => {
    const bytes = utf8(`a\n${'€'.repeat(300)}\nb\n`);
    const cuts = await cutsOf(bytes, { ...UTF8, shardBytes: 100 });
    expect(cuts.some(({ isForced }) => isForced)).toBe(true);
    for (const { start, isForced } of cuts) if (isForced) expect((start - 2) % 3).toBe(0);
    const pieces = piecesOf(bytes, cuts);
    expect(pieces.join('')).toBe(`a\n${'€'.repeat(300)}\nb\n`);
    for (const piece of pieces) expect(piece).not.toContain('\ufffd');
  });

  test.each(['utf-16le', 'utf-16be'] as const)('of %s fall between units, at real line ends only', async (encoding) => {
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 8, max: 80 }), async (drawn, shardBytes) => {
        // U+0A00 and U+000A side by side hold misaligned line ends
        const text = `\ufeff${drawn.join('\n')}\u0a00\u0a0a\n\u000a`;
        const raw = Buffer.from(text, 'utf16le');
        const bytes = new Uint8Array(encoding === 'utf-16be' ? raw.swap16() : raw);
        const cuts = await cutsOf(bytes, { ...UTF8, encoding, start: 2, shardBytes, isRecordStart: isTimed });
        const decoder = new TextDecoder(encoding);
        for (const { start } of cuts.slice(1)) {
          expect(start % 2).toBe(0);
          expect(decoder.decode(bytes.subarray(start - 2, start))).toBe('\n');
        }
        expect(cuts[0]?.start).toBe(2);
      }),
      { seed: 42, numRuns: 150 },
    );
  });

  test('of text with CR line ends stand behind a CR', async () => {
    const bytes = utf8('1 one\r at x\r2 two\r3 three\r');
    const cuts = await cutsOf(bytes, { ...UTF8, isCr: true, shardBytes: 16, isRecordStart: isTimed });
    expect(piecesOf(bytes, cuts)).toEqual(['1 one\r at x\r', '2 two\r3 three\r']);
  });

  test('are as far apart as the size wants', () => {
    const mib = 1024 * 1024;
    expect([1, 64 * mib, 160 * mib, 10_000 * mib].map(shardBytesFor)).toEqual([4 * mib, 4 * mib, 10 * mib, 48 * mib]);
  });
});

describe('segments of a stream', () => {
  function segmentsOf(bytes: Uint8Array, chunkBytes: number, limit: number): Uint8Array[] {
    const cutter = createSegmentCutter(limit, [64, 512, 4096]);
    const segments: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += chunkBytes)
      segments.push(...cutter.push(bytes.subarray(at, at + chunkBytes)));
    const rest = cutter.finish();
    return rest === null ? segments : [...segments, rest];
  }

  const log = (count: number) =>
    Array.from(
      { length: count },
      (_, index) =>
        `2026-05-19 14:06:${String(index % 60).padStart(2, '0')} ERROR no ${index}\n${'\tat Pool.take(Pool.java)\n'.repeat(index % 5)}`,
    ).join('');

  test('are the same however the chunks come, and hold every byte', () => {
    const bytes = utf8(log(600));
    const whole = segmentsOf(bytes, bytes.length, 5000).map((segment) => new TextDecoder().decode(segment));
    expect(whole.join('')).toBe(log(600));
    expect(whole.length).toBeGreaterThan(4);
    for (const segment of whole) expect(segment).toMatch(/^2026/);
    for (const chunkBytes of [1, 7, 64, 4097]) {
      expect(segmentsOf(bytes, chunkBytes, 5000).map((segment) => new TextDecoder().decode(segment))).toEqual(whole);
    }
  });

  test('each have a buffer of their own', () => {
    const segments = segmentsOf(utf8(log(600)), 100, 5000);
    expect(new Set(segments.map((segment) => segment.buffer)).size).toBe(segments.length);
  });

  test('are cut between characters where no line ends', () => {
    const text = '€'.repeat(9000);
    const segments = segmentsOf(utf8(text), 100, 5000).map((segment) => new TextDecoder().decode(segment));
    expect(segments.join('')).toBe(text);
    expect(segments.length).toBeGreaterThan(3);
    for (const segment of segments) expect(segment).not.toContain('\ufffd');
  });

  test('of UTF-16 begin at line starts', () => {
    const segments = segmentsOf(new Uint8Array(Buffer.from(`\ufeff${log(300)}`, 'utf16le')), 333, 5000);
    for (const segment of segments.slice(1)) expect(new TextDecoder('utf-16le').decode(segment)).toMatch(/^2026/);
  });

  test('of nothing are none', () => expect(segmentsOf(new Uint8Array(0), 1, 100)).toEqual([]));
});
