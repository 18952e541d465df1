/** Reads one part of a file; see resident-read.mjs. */

const PAGE_BYTES = 65536;
/** Memory grows by as much as the engine's does. */
const SLAB_BYTES = 64 * 1024 * 1024;
const BUFFER_BYTES = 1024 * 1024;

/** Readers at work. A pending BYOB read does not keep its stream alive: only what is reachable from here settles for sure. */
const readers = new Set();

self.addEventListener('message', ({ data }) => void readPart(data));

const readPart = async (part) => {
  const { file, start, end, sliceBytes, inFlight, isResident, method } = part;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const syncReader = method === 'reader-sync' ? new FileReaderSync() : undefined;
  let next = start;
  let bytes = 0;
  let readMs = 0;
  let copyMs = 0;

  const keep = (chunk, position) => {
    const startMs = performance.now();
    const to = position - start;
    const missing = to + chunk.length - memory.buffer.byteLength;
    if (missing > 0) memory.grow((Math.ceil(missing / SLAB_BYTES) * SLAB_BYTES) / PAGE_BYTES);
    new Uint8Array(memory.buffer).set(chunk, to);
    copyMs += performance.now() - startMs;
  };

  const take = (chunk, position) => {
    bytes += chunk.length;
    if (isResident) keep(chunk, position);
  };

  /** One buffer goes to and fro: into the stream empty, back filled. */
  const readStream = async (slice, position) => {
    const reader = slice.stream().getReader({ mode: 'byob' });
    readers.add(reader);
    let buffer = new ArrayBuffer(BUFFER_BYTES);
    for (let at = position; ; ) {
      const startMs = performance.now();
      const { done, value } = await reader.read(new Uint8Array(buffer));
      readMs += performance.now() - startMs;
      if (done) break;
      take(value, at);
      at += value.length;
      buffer = value.buffer;
    }
    readers.delete(reader);
  };

  const readWhole = async (slice, position) => {
    const startMs = performance.now();
    const buffer = syncReader ? syncReader.readAsArrayBuffer(slice) : await slice.arrayBuffer();
    readMs += performance.now() - startMs;
    take(new Uint8Array(buffer), position);
  };

  const readOn = async () => {
    while (next < end) {
      const position = next;
      next = Math.min(next + sliceBytes, end);
      await (method === 'byob' ? readStream : readWhole)(file.slice(position, next), position);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, readOn));
  postMessage({ bytes, readMs, copyMs });
};
postMessage('ready');
