/** A file on disk as a ByteSource: a snapshot of its first `size` bytes. */
import { close, fstat, open, read, type Stats } from 'node:fs';
import { promisify } from 'node:util';

import { Fault } from '../src/base/fault';
import type { ByteSource } from '../src/engine/source/byte-source';

const openFile = promisify(open);
const closeFile = promisify(close);
const statFile = promisify(fstat) as (descriptor: number) => Promise<Stats>;

// One call reads at most 2 GiB - 1 on Linux; a GiB keeps ends aligned.
const MAX_READ_BYTES = 1024 ** 3;

/**
 * The file is opened for every read, which costs some 30 µs against the milliseconds of the read itself: kept open, each
 * thread would hold a descriptor per file, and a thousand files times nine threads is more than a process may have.
 * What was appended after `size` is not seen; a file put in its place is recognized by its inode.
 *
 * @param size      bytes, as the file had when it was named
 * @param identity  `identityOf` the file when it was named; absent: any file of that name will do
 */
export function openPath(path: string, size: number, identity?: string): ByteSource {
  async function openChecked(): Promise<number> {
    const descriptor = await openFile(path, 'r');
    if (identity === undefined || identityOf(await statFile(descriptor)) === identity) return descriptor;
    await closeFile(descriptor);
    throw new Fault('file-replaced', `${path} is another file now`);
  }

  async function fill(descriptor: number, bytes: Uint8Array, position: number): Promise<void> {
    let filled = 0;
    while (filled < bytes.length) {
      const count = await readInto(descriptor, bytes, filled, position + filled);
      if (count === 0) throw new Fault('file-changed', `${path} ends at ${position + filled}, and had ${size} bytes`);
      filled += count;
    }
  }

  return {
    size,
    async read(start, end) {
      try {
        const descriptor = await openChecked();
        try {
          const bytes = allocate(end - start);
          await fill(descriptor, bytes, start);
          return bytes;
        } finally {
          await closeFile(descriptor);
        }
      } catch (error) {
        throw toFault(error, path);
      }
    },
    stream(start, end, chunkBytes) {
      // Two buffers by turns: one is with the caller, the other is read into.
      const length = Math.min(chunkBytes, end - start);
      const buffers = [allocate(length), allocate(length)] as const;
      let position = start;
      let turn: 0 | 1 = 0;
      let isCancelled = false;
      let descriptor: number | undefined;

      const shut = async (): Promise<null> => {
        if (descriptor !== undefined) await closeFile(descriptor);
        descriptor = undefined;
        return null;
      };
      const readNext = async (): Promise<Uint8Array | null> => {
        try {
          if (isCancelled || position >= end) return await shut();
          descriptor ??= await openChecked();
          const chunk = buffers[turn].subarray(0, Math.min(length, end - position));
          await fill(descriptor, chunk, position);
          turn = turn === 0 ? 1 : 0;
          position += chunk.length;
          if (isCancelled || position >= end) await shut();
          return chunk;
        } catch (error) {
          position = end;
          await shut();
          throw toFault(error, path);
        }
      };

      let ahead = readNext();
      ahead.catch(() => undefined); // told by next(), if the stream is read that far
      return {
        async next() {
          const chunk = await ahead;
          ahead = readNext();
          ahead.catch(() => undefined); // as above
          return chunk;
        },
        cancel() {
          isCancelled = true;
          // Behind the read that is under way, which it would fail.
          ahead = ahead.then(shut, shut);
        },
      };
    },
  };
}

/** Not zeroed first: every byte is overwritten, or the array is thrown away. */
function allocate(length: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
}

/** Tells a file from any other that exists at the same time. */
export function identityOf(stats: Pick<Stats, 'dev' | 'ino'>): string {
  return `${stats.dev}:${stats.ino}`;
}

function readInto(descriptor: number, bytes: Uint8Array, filled: number, position: number): Promise<number> {
  const length = Math.min(bytes.length - filled, MAX_READ_BYTES);
  return new Promise((resolve, reject) => {
    read(descriptor, bytes, filled, length, position, (error, count) =>
      error === null ? resolve(count) : reject(error),
    );
  });
}

/** What the system said about a file, as a Fault; anything else as it is. */
export function toFault(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof Fault) return error;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Fault('file-vanished', `${path} does not exist`, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new Fault('file-unreadable', 'it may not be read', { cause: error });
    case 'EISDIR':
      return new Fault('file-unreadable', 'it is a folder', { cause: error });
    case 'ENOSPC':
    case 'EDQUOT':
      return new Fault('storage-full', error.message, { cause: error });
    case 'EMFILE':
    case 'ENFILE':
    case 'EIO':
      return new Fault('file-unreadable', error.message, { cause: error });
    default:
      return error;
  }
}
