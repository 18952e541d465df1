/** Digests by hash-wasm: the fingerprint by which a source is known again, and what auditors compare. */
import { createBLAKE3, createSHA256, createXXHash3, type IHasher } from 'hash-wasm';

import { breathe } from '../base/breathe';
import { Fault } from '../base/fault';
import type { Digests } from '../engine/environment';
import type { ByteSource } from '../engine/source/byte-source';
import { openStream } from '../engine/source/streams';

// SHA-256 takes some 10 ms for it: short enough to let messages in between, long enough to read well.
const CHUNK_BYTES = 4 * 1024 * 1024;

let xxhash3: Promise<IHasher> | undefined;

/** XXH3-64 as 16 hex digits. Of a source: over `readFingerprintInput`. */
export async function fingerprintOf(bytes: Uint8Array): Promise<string> {
  xxhash3 ??= createXXHash3();
  const hasher = await xxhash3;
  // No await from here on: the hasher is shared.
  return hasher.init().update(bytes).digest();
}

/**
 * BLAKE3 and SHA-256 in one reading.
 *
 * @param onProgress  bytes hashed so far, after each chunk
 * @throws Fault `stale` when aborted, and as ByteSource.read does
 */
export async function digestOf(
  source: ByteSource,
  onProgress: (doneBytes: number) => void,
  signal: { readonly aborted: boolean },
): Promise<Digests> {
  const [blake3, sha256] = await Promise.all([createBLAKE3(), createSHA256()]);
  blake3.init();
  sha256.init();
  const stream = openStream(source, 0, source.size, CHUNK_BYTES);
  try {
    let doneBytes = 0;
    for (let chunk = await stream.next(); chunk !== null; chunk = await stream.next()) {
      if (signal.aborted) throw new Fault('stale', 'hashing was stopped');
      blake3.update(chunk);
      await breathe();
      sha256.update(chunk);
      doneBytes += chunk.length;
      onProgress(doneBytes);
      await breathe();
    }
  } finally {
    stream.cancel();
  }
  return { blake3: blake3.digest(), sha256: sha256.digest() };
}
