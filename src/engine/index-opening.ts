/** From a source to the index that was kept of it, and from an indexed source to what is to be kept. */

import { isFault } from '../base/fault';
import type { Environment } from './environment';
import type { Fleet } from './fleet';
import type { IndexCache } from './index-cache';
import { type IndexHead, indexKey, type LineReader, newHead, readIndexHead } from './index-head';
import type { IndexTally } from './index-tally';
import type { ShardSlot, SourceEntry } from './source-entry';
import type { ByteSource } from './source/byte-source';
import { readFingerprintInput } from './source/fingerprint';

/** Of each shard so many bytes are looked at again … */
const WITNESS_BYTES = 4096;
/** … of so many shards at most. */
const WITNESSES = 256;

export interface FoundIndex {
  readonly key: string;
  readonly id: string;
  readonly head: IndexHead;
}

/**
 * The index that was kept of a source with these bytes, read with this format. Also notes the source's fingerprint, if that
 * was needed.
 *
 * @param leastBytes  smaller sources are read as fast as their index
 * @param tally  told whether it was found; nothing of sources too small for one
 * @returns null when there is none, when it is damaged, or when the source cannot be read: opening it will tell
 */
export async function findIndex(
  entry: SourceEntry,
  environment: Environment,
  leastBytes: number,
  tally: IndexTally,
): Promise<FoundIndex | null> {
  const { indexCache } = environment;
  if (indexCache === undefined || entry.bytes.size < leastBytes) return null;
  const found = await lookUp(entry, environment, indexCache);
  if (found === null) tally.missed++;
  else tally.found++;
  return found;
}

async function lookUp(
  entry: SourceEntry,
  environment: Environment,
  indexCache: IndexCache,
): Promise<FoundIndex | null> {
  const { bytes } = entry;
  if (!(await indexCache.mayHold(bytes.size))) return null;
  try {
    const source = environment.openBytes(bytes);
    const fingerprint = await environment.fingerprint(await readFingerprintInput(source));
    entry.fingerprint = fingerprint;
    const key = indexKey(fingerprint, entry.forcedFormat, entry.forcedEncoding);
    const stored = await indexCache.read(key);
    const head = stored === null ? null : readIndexHead(stored.head, bytes.size);
    if (stored === null || head === null) return null;
    if ((await witnessOf(source, head.shards, environment)) !== head.witness) return null;
    return { key, id: stored.id, head };
  } catch (error) {
    if (!isFault(error)) throw error;
    return null;
  }
}

/**
 * Fingerprint of what stands where the shards begin: the source's own fingerprint does not look between its ends.
 *
 * @throws Fault as ByteSource.read does
 */
export async function witnessOf(
  source: ByteSource,
  shards: readonly { readonly start: number; readonly end: number }[],
  environment: Environment,
): Promise<string> {
  const step = Math.max(1, Math.ceil(shards.length / WITNESSES));
  const looked = shards.filter((_, index) => index % step === 0);
  const parts = await Promise.all(
    looked.map(({ start, end }) => source.read(start, Math.min(end, start + WITNESS_BYTES))),
  );
  const input = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    input.set(part, at);
    at += part.length;
  }
  return environment.fingerprint(input);
}

export function headOf(entry: SourceEntry, slots: readonly ShardSlot[], fleet: Fleet, witness: string): IndexHead {
  const { program } = entry;
  if (program === null) throw new Error('an indexed source has a program');
  const readers: LineReader[] = [];
  const shards = slots.map((slot) => {
    const { spec } = fleet.place(slot.key);
    let reader = readers.findIndex((known) => known.program === spec.program);
    if (reader < 0)
      reader = readers.push({ program: spec.program, fieldNames: spec.fieldNames, formatKinds: spec.formatKinds }) - 1;
    if (slot.report === null) throw new Error('an indexed shard has a report');
    const { start, end, isPiece, report } = slot;
    return { start, end, isPiece, reader, report };
  });
  return newHead({
    sizeBytes: entry.bytes.size,
    encoding: entry.encoding,
    encodingReason: entry.encodingReason,
    isCr: entry.isCr,
    format: entry.format,
    program,
    readers,
    notes: [...entry.notes].map(([code, { count, first }]) => ({ code, count, firstOffset: first?.offset ?? null })),
    shards,
    witness,
  });
}

/** What an index tells of a source besides its shards. */
export function applyHead(entry: SourceEntry, head: IndexHead): void {
  entry.kind = 'text';
  entry.encoding = head.encoding;
  entry.encodingReason = head.encodingReason;
  entry.isCr = head.isCr;
  entry.format = head.format;
  entry.program = head.program;
  entry.notes.clear();
  for (const { code, count, firstOffset } of head.notes)
    entry.notes.set(code, { count, first: firstOffset === null ? null : { source: entry.id, offset: firstOffset } });
}
