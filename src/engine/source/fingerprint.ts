/** What of a source is hashed to know it again without reading all of it. */

import type { ByteSource } from './byte-source';

const MIB = 1024 * 1024;

/**
 * The bytes to fingerprint: enough to tell appended, truncated and replaced files apart at the cost of two reads.
 *
 *     ┌ first 1 MiB ┬ last 1 MiB ┬ size, u64 little-endian ┐
 *
 * A source of at most 2 MiB is taken whole, once. A change in the middle that keeps the size is not seen: digests see it.
 *
 * @throws Fault as ByteSource.read does
 */
export async function readFingerprintInput(source: ByteSource): Promise<Uint8Array> {
  const { size } = source;
  const isWhole = size <= 2 * MIB;
  const parts = isWhole
    ? [await source.read(0, size)]
    : await Promise.all([source.read(0, MIB), source.read(size - MIB, size)]);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const input = new Uint8Array(length + 8);
  let at = 0;
  for (const part of parts) {
    input.set(part, at);
    at += part.length;
  }
  new DataView(input.buffer).setBigUint64(at, BigInt(size), true);
  return input;
}
