import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { isFault, type Fault } from '../base/fault';
import type { BytesRef } from '../engine/source/byte-source';
import { openMemory } from '../engine/source/memory-source';
import { createGzipUnpacker, type GzipOptions } from './gzip';

interface Unpacked {
  readonly text: string;
  readonly segments: readonly string[];
  readonly packed: readonly number[];
  readonly fault: Fault | null;
}

const openBytes = (ref: BytesRef) => openMemory(ref.kind === 'memory' ? ref.bytes : new Uint8Array(0));

async function unpack(
  archive: Uint8Array,
  options: GzipOptions = { segmentBytes: 5000, readBytes: 1000 },
): Promise<Unpacked> {
  const segments: Buffer[] = [];
  const packed: number[] = [];
  let fault: Fault | null = null;
  try {
    await createGzipUnpacker(openBytes, options).unpack(
      { kind: 'memory', bytes: archive, size: archive.length },
      {
        segment(bytes, packedBytes) {
          segments.push(Buffer.from(bytes));
          packed.push(packedBytes);
          return Promise.resolve();
        },
      },
      new AbortController().signal,
    );
  } catch (error) {
    if (!isFault(error)) throw error;
    fault = error;
  }
  return { text: Buffer.concat(segments).toString(), segments: segments.map(String), packed, fault };
}

const log = (count: number, name = 'line') =>
  Array.from({ length: count }, (_, index) => `2026-05-19 14:06 ${name} ${index * 7919}\n`).join('');
/** Text that hardly packs: the archive is larger than what is read and written at once. */
const noise = (count: number) => {
  let seed = 7;
  return Array.from({ length: count }, () => {
    seed = Math.imul(seed, 1664525) + 1013904223;
    return `2026 ${seed.toString(36)}${Math.imul(seed, 48271).toString(36)}\n`;
  }).join('');
};

describe('a gzip archive', () => {
  test.each([10, 1000, 100_000])('is unpacked, %i bytes read at once', async (readBytes) => {
    const text = noise(readBytes === 10 ? 500 : 30_000);
    const { text: found, fault, segments, packed } = await unpack(gzipSync(text), { segmentBytes: 50_000, readBytes });
    expect(fault).toBeNull();
    expect(found).toBe(text);
    for (const segment of segments) expect(segment).toMatch(/^2026[\s\S]*\n$/);
    expect(packed).toEqual([...packed].sort((a, b) => a - b));
    expect(packed.at(-1)).toBe(gzipSync(text).length);
  });

  test('of many members is one text: appended logs, bgzip, and an empty end', async () => {
    const parts = [log(200, 'one'), '', log(1, 'two'), noise(9000), log(300, 'four')];
    const archive = Buffer.concat([...parts.map((part) => gzipSync(part)), gzipSync('')]);
    const { text, fault } = await unpack(archive);
    expect(fault).toBeNull();
    expect(text).toBe(parts.join(''));
  });

  test('of members with rare headers is one text too', async () => {
    const second = Buffer.from(gzipSync(log(100, 'two')));
    second[9] = 77; // an operating system nobody knows: not recognized as a header in advance
    const { text, fault } = await unpack(
      Buffer.concat([gzipSync(log(100, 'one')), second, gzipSync(log(100, 'three'))]),
    );
    expect(fault).toBeNull();
    expect(text).toBe(log(100, 'one') + log(100, 'two') + log(100, 'three'));
  });

  test('may hold what looks like the header of a member', async () => {
    const inner = gzipSync('an archive inside a log\n');
    const bytes = Buffer.concat([Buffer.from(log(50)), inner, inner, Buffer.from(noise(2000)), inner]);
    const { text, fault } = await unpack(gzipSync(bytes, { level: 0 }), { segmentBytes: 100_000_00, readBytes: 700 });
    expect(fault).toBeNull();
    expect(text).toBe(bytes.toString());
  });

  test('may be followed by zeros', async () => {
    const { text, fault } = await unpack(Buffer.concat([gzipSync(log(300)), Buffer.alloc(10_000)]));
    expect(fault).toBeNull();
    expect(text).toBe(log(300));
  });
});

describe('a damaged gzip archive', () => {
  test('with something behind its end gives all of its text, then says so', async () => {
    const archive = gzipSync(log(300));
    const { text, fault } = await unpack(Buffer.concat([archive, Buffer.from('-- signature --')]));
    expect(text).toBe(log(300));
    expect(fault).toMatchObject({ code: 'archive-damaged', details: { at: archive.length, trailingBytes: 15 } });
  });

  test.each([0.3, 0.7, 0.99])('that breaks off after %d of it gives what came before', async (share) => {
    const whole = noise(30_000);
    const archive = gzipSync(whole);
    const { text, fault } = await unpack(archive.subarray(0, Math.floor(archive.length * share)));
    expect(fault).toMatchObject({ code: 'archive-damaged', details: { isTruncated: 1 } });
    expect(whole.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThan(whole.length * (share - 0.05));
  });

  test('in its second member gives the first and the beginning of the second', async () => {
    const second = Buffer.from(gzipSync(noise(9000)));
    second.fill(0xff, second.length >> 1, (second.length >> 1) + 100);
    const { text, fault } = await unpack(Buffer.concat([gzipSync(log(100)), second, gzipSync(log(5, 'lost'))]));
    expect(fault).toMatchObject({ code: 'archive-damaged', details: { isTruncated: 0 } });
    expect(text.length).toBeGreaterThan(log(100).length + noise(9000).length * 0.4);
    expect(text.startsWith(log(100) + noise(9000).slice(0, 10_000))).toBe(true);
  });

  test('that is none at all is damaged at its first byte', async () => {
    expect(await unpack(Buffer.from('plain text'))).toMatchObject({
      text: '',
      fault: { code: 'archive-damaged', details: { at: 0 } },
    });
  });
});

describe('unpacking', () => {
  const archive = gzipSync(log(20_000));
  const ref: BytesRef = { kind: 'memory', bytes: archive, size: archive.length };

  test('waits for the sink', async () => {
    let open = 0;
    let most = 0;
    let count = 0;
    await createGzipUnpacker(openBytes, { segmentBytes: 20_000 }).unpack(
      ref,
      {
        async segment() {
          most = Math.max(most, ++open);
          await new Promise((resolve) => setTimeout(resolve, 1));
          open -= 1;
          count += 1;
        },
      },
      new AbortController().signal,
    );
    expect(most).toBe(1);
    expect(count).toBeGreaterThan(20);
  });

  test('stops soon after it was told to', async () => {
    const controller = new AbortController();
    let count = 0;
    const running = createGzipUnpacker(openBytes, { segmentBytes: 20_000 }).unpack(
      ref,
      {
        segment() {
          count += 1;
          if (count === 3) controller.abort();
          return Promise.resolve();
        },
      },
      controller.signal,
    );
    await expect(running).rejects.toMatchObject({ code: 'stale' });
    expect(count).toBe(3);
  });

  test('hands on what goes wrong in the sink and in the source', async () => {
    const unpacker = createGzipUnpacker(openBytes, { segmentBytes: 20_000 });
    const full = { segment: () => Promise.reject(new Error('no room')) };
    await expect(unpacker.unpack(ref, full, new AbortController().signal)).rejects.toThrow('no room');
    const lost = createGzipUnpacker(() => ({ size: 100, read: () => Promise.reject(new Error('lost')) }));
    await expect(lost.unpack(ref, full, new AbortController().signal)).rejects.toThrow('lost');
  });
});
