import { createHash } from 'node:crypto';
import { MessageChannel } from 'node:worker_threads';

import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter';
import { afterEach, describe, expect, test } from 'vitest';

import type { BytesRef } from '../engine/source/byte-source';
import { openMemory } from '../engine/source/memory-source';
import { digestOf, fingerprintOf } from './digests';
import { installFaultWire } from '../bridge/fault-wire';
import { createHashClient, createHashDoor, type HashWork } from './hash-door';

installFaultWire();
const utf8 = (text: string) => new TextEncoder().encode(text);
const MIB = 1024 * 1024;

test('the fingerprint is XXH3-64, also when many are taken at once', async () => {
  // From the vectors of xxHash: XXH3-64 of no bytes, seed 0.
  expect(await fingerprintOf(new Uint8Array(0))).toBe('2d06800538d394c2');
  const texts = ['a', 'b', 'c', 'a'];
  const [a, b, c, again] = await Promise.all(texts.map((text) => fingerprintOf(utf8(text))));
  expect(again).toBe(a);
  expect(new Set([a, b, c]).size).toBe(3);
});

describe('digests', () => {
  test('are those of the known vectors', async () => {
    const { blake3, sha256 } = await digestOf(openMemory(new Uint8Array(0)), () => undefined, { aborted: false });
    expect(blake3).toBe('af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262');
    expect(sha256).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('cover every chunk of a source, in one reading, and tell how far they are', async () => {
    const bytes = Uint8Array.from({ length: 9 * MIB + 5 }, (_, index) => index * 31);
    let readBytes = 0;
    const source = openMemory(bytes);
    const counted = {
      size: source.size,
      read: (start: number, end: number) => {
        readBytes += end - start;
        return source.read(start, end);
      },
    };
    const seen: number[] = [];
    const { sha256 } = await digestOf(counted, (done) => seen.push(done), { aborted: false });
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(seen).toEqual([4 * MIB, 8 * MIB, 9 * MIB + 5]);
    expect(readBytes).toBe(bytes.length);
  });
});

describe('behind a door', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  function dial(work: HashWork, died = new Promise<string>(() => undefined)) {
    const { port1, port2 } = new MessageChannel();
    closing.push(() => port1.close());
    expose(
      createHashDoor((ref) => openMemory((ref as { bytes: Uint8Array }).bytes), work),
      nodeEndpoint(port1),
    );
    return createHashClient(nodeEndpoint(port2), died);
  }
  const refOf = (bytes: Uint8Array): BytesRef => ({ kind: 'memory', bytes, size: bytes.length });

  test('digests come across', async () => {
    const client = dial({ digestOf });
    const seen: number[] = [];
    const digests = await client.digest(refOf(utf8('log')), (done) => seen.push(done), new AbortController().signal);
    expect(digests.sha256).toBe(createHash('sha256').update('log').digest('hex'));
    expect(seen).toEqual([3]);
  });

  test('a stop reaches the loop, and the next one in the queue goes on', async () => {
    const client = dial({ digestOf });
    const controller = new AbortController();
    const long = client.digest(refOf(new Uint8Array(60 * MIB)), () => controller.abort(), controller.signal);
    const next = client.digest(refOf(utf8('next')), () => undefined, new AbortController().signal);
    await expect(long).rejects.toMatchObject({ code: 'stale' });
    expect((await next).sha256).toBe(createHash('sha256').update('next').digest('hex'));
  });

  test('a thread that dies fails what was asked of it', async () => {
    const never = { digestOf: () => new Promise<never>(() => undefined) };
    const client = dial(never, new Promise((resolve) => setTimeout(() => resolve('out of memory'), 20)));
    await expect(client.digest(refOf(utf8('x')), () => undefined, new AbortController().signal)).rejects.toMatchObject({
      code: 'worker-died',
    });
  });
});
