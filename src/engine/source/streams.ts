/** A range of any ByteSource read in order, with reads under way ahead of what is asked for. */

import type { ByteSource, ByteStream } from './byte-source';

/** Reads under way at once where the source has no stream of its own. */
const IN_FLIGHT = 3;

/**
 * Reading begins at once. See `ByteStream.next` for how long a chunk is valid.
 *
 * @param chunkBytes  size of every chunk but the last, at least 1
 */
export function openStream(source: ByteSource, start: number, end: number, chunkBytes: number): ByteStream {
  return source.stream?.(start, end, chunkBytes) ?? streamReads(source, start, end, chunkBytes);
}

function streamReads(source: ByteSource, start: number, end: number, chunkBytes: number): ByteStream {
  const pending: Promise<Uint8Array>[] = [];
  let issued = start;
  const fill = () => {
    while (pending.length < IN_FLIGHT && issued < end) {
      const stop = Math.min(end, issued + chunkBytes);
      const read = source.read(issued, stop);
      read.catch(() => undefined); // told by next(), if the stream is read that far
      pending.push(read);
      issued = stop;
    }
  };
  fill();
  return {
    async next() {
      const chunk = await pending.shift();
      fill();
      return chunk ?? null;
    },
    cancel() {
      issued = end;
      pending.length = 0;
    },
  };
}
