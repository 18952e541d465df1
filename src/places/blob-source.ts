/** A File or Blob of the browser as a ByteSource. How it is read, and why: docs/decisions/reading-files.md. */

import { Fault, unreachable } from '../base/fault';
import type { BytesRef, ByteSource, ByteStream } from '../engine/source/byte-source';
import { openMemory } from '../engine/source/memory-source';

/** For `Environment.openBytes` on a page and in its workers. @throws Fault `unsupported` for paths, which only Node has */
export function openBytes(ref: BytesRef): ByteSource {
  switch (ref.kind) {
    case 'blob':
      return openBlobBytes(ref.blob as Blob);
    case 'memory':
      return openMemory(ref.bytes);
    case 'path':
      throw new Fault('unsupported', `a browser cannot open ${ref.path} by its path`);
    default:
      return unreachable(ref);
  }
}

export function openBlobBytes(blob: Blob): ByteSource {
  return {
    size: blob.size,
    async read(start, end) {
      try {
        const bytes = new Uint8Array(await blob.slice(start, end).arrayBuffer());
        if (bytes.length !== end - start) throw tooShort(blob);
        return bytes;
      } catch (error) {
        throw toFault(error, blob);
      }
    },
    stream: (start, end, chunkBytes) => openBlobStream(blob, start, end, chunkBytes),
  };
}

type Reader = {
  read(buffer: ArrayBuffer, from: number, to: number): Promise<{ buffer: ArrayBuffer; count: number } | null>;
  cancel(): void;
};

// A pending BYOB read does not keep its stream alive in Chromium 156: after a garbage collection it would never settle
// (2026-11, every time with a forced one). So readers under way are held here.
const readersUnderWay = new Set<Reader>();

function openBlobStream(blob: Blob, start: number, end: number, chunkBytes: number): ByteStream {
  const reader = openReader(blob.slice(start, end).stream());
  readersUnderWay.add(reader);
  // Two buffers in turn: one is filled while the caller works on the other.
  let spare = new ArrayBuffer(Math.min(chunkBytes, end - start));
  let left = end - start;
  let handedOut: ArrayBuffer | null = null;
  let ahead = fill(new ArrayBuffer(Math.min(chunkBytes, end - start)));

  function fill(buffer: ArrayBuffer): Promise<Uint8Array<ArrayBuffer> | null> {
    const filling = fillBuffer(buffer);
    filling.catch(() => undefined); // told by next(), if the stream is read that far
    return filling;
  }

  async function fillBuffer(empty: ArrayBuffer): Promise<Uint8Array<ArrayBuffer> | null> {
    let buffer = empty;
    const wanted = Math.min(chunkBytes, left);
    if (wanted === 0) {
      close();
      return null;
    }
    try {
      let filled = 0;
      while (filled < wanted) {
        const got = await reader.read(buffer, filled, wanted);
        if (got === null) throw tooShort(blob);
        buffer = got.buffer;
        filled += got.count;
      }
    } catch (error) {
      close();
      throw await toStreamFault(error, blob);
    }
    left -= wanted;
    return new Uint8Array(buffer, 0, wanted);
  }

  function close(): void {
    if (readersUnderWay.delete(reader)) reader.cancel();
  }

  return {
    async next() {
      const chunk = await ahead;
      if (chunk === null) return null;
      const free: ArrayBuffer = handedOut ?? spare;
      handedOut = chunk.buffer;
      ahead = fill(free);
      return chunk;
    },
    cancel() {
      left = 0;
      spare = new ArrayBuffer(0);
      close();
    },
  };
}

/** A byte stream is read into our buffer; where a Blob's stream is none (older browsers), its chunks are copied there. */
function openReader(stream: ReadableStream<Uint8Array>): Reader {
  let byob: ReadableStreamBYOBReader;
  try {
    byob = stream.getReader({ mode: 'byob' });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return openCopyingReader(stream);
  }
  return {
    async read(buffer, from, to) {
      const { value, done } = await byob.read(new Uint8Array(buffer, from, to - from));
      return done || value === undefined ? null : { buffer: value.buffer, count: value.byteLength };
    },
    cancel: () => settle(byob.cancel()),
  };
}

function openCopyingReader(stream: ReadableStream<Uint8Array>): Reader {
  const reader = stream.getReader();
  let rest: Uint8Array = new Uint8Array(0);
  return {
    async read(buffer, from, to) {
      if (rest.length === 0) {
        const { value, done } = await reader.read();
        if (done) return null;
        rest = value;
      }
      const part = rest.subarray(0, to - from);
      new Uint8Array(buffer).set(part, from);
      rest = rest.subarray(part.length);
      return { buffer, count: part.length };
    },
    cancel: () => settle(reader.cancel()),
  };
}

/** A stream that failed rejects its cancel with the same error, which read() has told. */
function settle(cancelling: Promise<void>): void {
  cancelling.catch(() => undefined);
}

function tooShort(blob: Blob): Fault {
  return new Fault('file-changed', `${nameOf(blob)} is shorter than it was`);
}

/**
 * What a failed read means. A browser says NotReadableError both when the file was written to and when it may not be read;
 * the first is by far the commoner, and the way out is the same: take a fresh File.
 *
 * @see https://w3c.github.io/FileAPI/#dfn-error-codes
 */
function toFault(error: unknown, blob: Blob): unknown {
  if (!(error instanceof DOMException)) return error;
  const name = nameOf(blob);
  switch (error.name) {
    case 'NotReadableError':
      return new Fault('file-changed', `${name} changed on disk after it was opened`, { cause: error });
    case 'NotFoundError':
      return new Fault('file-vanished', `${name} is no longer there`, { cause: error });
    case 'SecurityError':
    case 'NotAllowedError':
      return new Fault('file-unreadable', `${name} may not be read`, { cause: error });
    default:
      return error;
  }
}

/** Chromium's streams tell of every failure as TypeError "network error" (seen 2026-11): a small read tells the reason. */
async function toStreamFault(error: unknown, blob: Blob): Promise<unknown> {
  if (!(error instanceof TypeError)) return toFault(error, blob);
  try {
    await blob.slice(0, 1).arrayBuffer();
  } catch (reason) {
    return toFault(reason, blob);
  }
  return new Fault('file-unreadable', `${nameOf(blob)} broke off while it was read`, { cause: error });
}

function nameOf(blob: Blob): string {
  return 'name' in blob && typeof blob.name === 'string' ? blob.name : 'the data';
}
