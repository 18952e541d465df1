import { expect, test } from 'vitest';

import type { ByteSource } from './byte-source';
import { readFingerprintInput } from './fingerprint';
import { openMemory } from './memory-source';
import { openStream } from './streams';

const BYTES = Uint8Array.from({ length: 100 }, (_, index) => index);

async function readAll(source: ByteSource, start: number, end: number, chunkBytes: number): Promise<number[][]> {
  const stream = openStream(source, start, end, chunkBytes);
  const chunks: number[][] = [];
  for (let chunk = await stream.next(); chunk !== null; chunk = await stream.next()) chunks.push([...chunk]);
  return chunks;
}

test.each([1, 7, 64, 1000])('a range comes in order, chunks of %i bytes', async (chunkBytes) => {
  const chunks = await readAll(openMemory(BYTES), 3, 98, chunkBytes);
  expect(chunks.flat()).toEqual([...BYTES.subarray(3, 98)]);
  expect(new Set(chunks.slice(0, -1).map((chunk) => chunk.length))).toEqual(
    chunks.length > 1 ? new Set([chunkBytes]) : new Set(),
  );
});

test('no more than three reads are under way, and none after it was cancelled', async () => {
  let underWay = 0;
  let most = 0;
  let asked = 0;
  const source: ByteSource = {
    size: 100,
    async read(start, end) {
      asked += 1;
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay -= 1;
      return BYTES.slice(start, end);
    },
  };
  const stream = openStream(source, 0, 100, 10);
  await stream.next();
  await stream.next();
  stream.cancel();
  expect(await stream.next()).toBeNull();
  expect(most).toBe(3);
  expect(asked).toBe(5); // three at once, one more for each that was handed out
});

test('a failed read is told when its chunk is asked for, not before', async () => {
  const source: ByteSource = {
    size: 100,
    read: (start, end) =>
      start >= 20 ? Promise.reject(new Error(`no bytes at ${start}`)) : Promise.resolve(BYTES.slice(start, end)),
  };
  const stream = openStream(source, 0, 100, 10);
  expect((await stream.next())?.[0]).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await stream.next())?.[0]).toBe(10);
  await expect(stream.next()).rejects.toThrow('no bytes at 20');
});

test('reading past the end of memory is a Fault', async () => {
  await expect(openMemory(BYTES).read(90, 101)).rejects.toMatchObject({ code: 'file-changed' });
});

test('a read from memory is a copy', async () => {
  const source = openMemory(BYTES);
  (await source.read(0, 4)).fill(9);
  expect([...(await source.read(0, 4))]).toEqual([0, 1, 2, 3]);
});

test('a fingerprint sees head, tail and size, and each byte of a small source once', async () => {
  const mib = 1024 * 1024;
  const small = await readFingerprintInput(openMemory(BYTES));
  expect([...small]).toEqual([...BYTES, 100, 0, 0, 0, 0, 0, 0, 0]);
  const large = new Uint8Array(3 * mib).fill(1);
  large.fill(2, 2 * mib);
  const input = await readFingerprintInput(openMemory(large));
  expect(input.length).toBe(2 * mib + 8);
  expect([input[mib - 1], input[mib]]).toEqual([1, 2]);
  expect(new DataView(input.buffer).getBigUint64(2 * mib, true)).toBe(BigInt(3 * mib));
});
