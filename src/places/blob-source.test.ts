import { describe, expect, test } from 'vitest';

import { openBlobBytes, openBytes } from './blob-source';

const BYTES = Uint8Array.from({ length: 5000 }, (_, index) => index * 7);

/** A Blob whose stream hands out chunks of its own sizes: as a byte stream, or as the plain stream of older browsers. */
function blobOf(type: 'bytes' | 'plain', pieces: number[], failure?: Error): Blob {
  const slice = (start = 0, end = BYTES.length): Blob =>
    ({
      size: end - start,
      stream() {
        let at = start;
        let turn = 0;
        const pull = (controller: ReadableByteStreamController | ReadableStreamDefaultController<Uint8Array>) => {
          if (at >= end) {
            if (failure) return controller.error(failure);
            controller.close();
            // A byte stream that closes owes an answer to the read that waits.
            if ('byobRequest' in controller) controller.byobRequest?.respond(0);
            return;
          }
          const stop = Math.min(end, at + (pieces[turn++ % pieces.length] as number));
          (controller as ReadableStreamDefaultController<Uint8Array>).enqueue(BYTES.slice(at, stop));
          at = stop;
        };
        return type === 'bytes' ? new ReadableStream({ type: 'bytes', pull }) : new ReadableStream({ pull });
      },
    }) as unknown as Blob;
  return { size: BYTES.length, slice } as unknown as Blob;
}

describe.each(['bytes', 'plain'] as const)('a stream of a Blob (%s)', (type) => {
  test.each([1, 7, 64, 4096, 100_000])('gives chunks of %i bytes, whatever comes in', async (chunkBytes) => {
    const stream = openBlobBytes(blobOf(type, [1, 300, 17, 999])).stream?.(100, 4900, chunkBytes);
    const chunks: number[][] = [];
    for (let chunk = await stream?.next(); chunk; chunk = await stream?.next()) chunks.push([...chunk]);
    expect(chunks.flat()).toEqual([...BYTES.subarray(100, 4900)]);
    for (const chunk of chunks.slice(0, -1)) expect(chunk.length).toBe(chunkBytes);
    expect(await stream?.next()).toBeNull();
  });

  test('leaves a chunk alone until the next is asked for', async () => {
    const stream = openBlobBytes(blobOf(type, [50])).stream?.(0, 400, 100);
    const first = await stream?.next();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect([...(first ?? [])]).toEqual([...BYTES.subarray(0, 100)]);
    stream?.cancel();
  });

  test('tells that the file changed, when its bytes are asked for', async () => {
    const failure = new DOMException('changed', 'NotReadableError');
    const failing = {
      size: 10_000,
      slice: () => blobOf(type, [5000], failure).slice(0, 5000),
      name: 'app.log',
    } as unknown as Blob;
    const stream = openBlobBytes(failing).stream?.(0, 10_000, 4000);
    expect((await stream?.next())?.length).toBe(4000);
    await expect(stream?.next()).rejects.toMatchObject({
      code: 'file-changed',
      message: expect.stringContaining('app.log'),
    });
  });
});

describe('a stream that fails without a reason', () => {
  const failing = (arrayBuffer: () => Promise<ArrayBuffer>) => {
    const stream = () => new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) });
    return openBlobBytes({ size: 9, slice: () => ({ stream, arrayBuffer }) } as unknown as Blob).stream?.(0, 9, 4);
  };

  test('tells the one that a small read gives', async () => {
    const stream = failing(() => Promise.reject(new DOMException('gone', 'NotFoundError')));
    await expect(stream?.next()).rejects.toMatchObject({ code: 'file-vanished' });
  });

  test('is unreadable when a small read succeeds', async () => {
    await expect(failing(() => Promise.resolve(new ArrayBuffer(1)))?.next()).rejects.toMatchObject({
      code: 'file-unreadable',
    });
  });
});

describe('a read of a Blob', () => {
  test('gives the range', async () => {
    expect([...(await openBlobBytes(new Blob([BYTES])).read(10, 20))]).toEqual([...BYTES.subarray(10, 20)]);
  });

  test.each([
    ['NotReadableError', 'file-changed'],
    ['NotFoundError', 'file-vanished'],
    ['SecurityError', 'file-unreadable'],
  ])('that fails with %s is Fault %s', async (name, code) => {
    const blob = {
      size: 9,
      slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('no', name)) }),
    } as unknown as Blob;
    await expect(openBlobBytes(blob).read(0, 9)).rejects.toMatchObject({ code });
  });

  test('that comes out short is Fault file-changed', async () => {
    await expect(openBlobBytes(new Blob([BYTES])).read(4990, 5010)).rejects.toMatchObject({ code: 'file-changed' });
  });
});

test('a path is not for a browser', () => {
  expect(() => openBytes({ kind: 'path', path: '/var/log/x', size: 1 })).toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
});
