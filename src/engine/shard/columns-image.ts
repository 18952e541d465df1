/** A shard's columns as chunks of an index, and back: copied as they lie in memory, never record by record. */

import type { IndexChunk, IndexChunks, BlockFacts } from '../index-cache';
import { checksumOf } from '../index-cache';
import type { Arena, Block } from './arena';
import { LoadedShard, type RecordBlock } from './loaded-shard';
import type { IndexedPart, ShardSpec } from './shard-api';

const RECORD_BYTES = 13;

/** Blocks [first, end) of each chunk: as many as fit into `chunkBytes`, one at least. */
export function partsOf(blocks: readonly RecordBlock[], chunkBytes: number): { first: number; end: number }[] {
  const parts: { first: number; end: number }[] = [];
  let size = Infinity;
  blocks.forEach((block, index) => {
    const bytes = block.count * RECORD_BYTES;
    const last = parts.at(-1);
    if (last === undefined || size + bytes > chunkBytes) {
      parts.push({ first: index, end: index + 1 });
      size = bytes;
    } else {
      last.end = index + 1;
      size += bytes;
    }
  });
  return parts;
}

/** Copies blocks out of the memory. */
export function chunkOf(blocks: readonly RecordBlock[], memory: WebAssembly.Memory): IndexChunk {
  const columns = new Uint8Array(blocks.reduce((sum, block) => sum + block.count * RECORD_BYTES, 0));
  const bytes = new Uint8Array(memory.buffer);
  let at = 0;
  for (const { offsets, count } of blocks) {
    columns.set(bytes.subarray(offsets, offsets + count * RECORD_BYTES), at);
    at += count * RECORD_BYTES;
  }
  return { blocks: blocks.map(factsOf), columns, checksum: checksumOf(columns) };
}

function factsOf(block: RecordBlock): BlockFacts {
  const { count, startOffset, endOffset, linesBefore, base, span, wide, anyFlags, allFlags } = block;
  return { count, startOffset, endOffset, linesBefore, base, span, wide: [...wide], anyFlags, allFlags };
}

export interface RestoreContext {
  readonly arena: Arena;
  readonly chunks: IndexChunks;
  readonly throwIfCancelled: () => void;
}

/**
 * A shard from its chunks, without its bytes.
 *
 * @returns null when a chunk is missing or is not what was written
 * @throws Fault `stale` when cancelled, `out-of-memory`
 */
export async function restoreShard(
  spec: ShardSpec,
  from: IndexedPart,
  { arena, chunks, throwIfCancelled }: RestoreContext,
): Promise<LoadedShard | null> {
  const shard = new LoadedShard(spec);
  shard.decodedBytes = from.report.decodedBytes;
  const started = performance.now();
  let copyMs = 0;
  const read = (part: number) =>
    part < from.partCount
      ? chunks.read({ index: from.index, shard: from.shard, part })
      : Promise.resolve<unknown>(null);
  let isWhole = false;
  try {
    let ahead = read(0);
    for (let part = 0; part < from.partCount; part++) {
      const chunk = toChunk(await ahead);
      ahead = read(part + 1);
      throwIfCancelled();
      const arrived = performance.now();
      if (chunk === null || !addBlocks(shard, chunk, arena)) return null;
      copyMs += performance.now() - arrived;
    }
    if (shard.recordCount !== from.report.recordCount) return null;
    isWhole = true;
  } finally {
    if (!isWhole) for (const block of shard.blocks) arena.give(block.memory);
  }
  const readMs = performance.now() - started - copyMs;
  shard.report = {
    ...from.report,
    key: spec.key,
    columnBytes: shard.columnBytes,
    residentBytes: 0,
    timings: { readMs, copyMs, kernelMs: 0, jsMs: 0, waitMs: 0 },
  };
  return shard;
}

function toChunk(value: unknown): IndexChunk | null {
  const chunk = value as Partial<IndexChunk> | null | undefined;
  if (!Array.isArray(chunk?.blocks) || !(chunk.columns instanceof Uint8Array)) return null;
  const size = (chunk.blocks as readonly BlockFacts[]).reduce((sum, block) => sum + block.count * RECORD_BYTES, 0);
  if (size !== chunk.columns.length || chunk.columns.byteOffset % 4 !== 0) return null;
  return checksumOf(chunk.columns) === chunk.checksum ? (chunk as IndexChunk) : null;
}

/** False when the blocks do not go on where the shard ends, or leave it. */
function addBlocks(shard: LoadedShard, chunk: IndexChunk, arena: Arena): boolean {
  let at = 0;
  for (const facts of chunk.blocks) {
    const { count, startOffset, endOffset } = facts;
    const end = shard.blocks.at(-1)?.endOffset;
    if (end !== undefined && end !== startOffset) return false;
    if (count < 1 || endOffset <= startOffset || endOffset > shard.decodedBytes) return false;
    const memory: Block = arena.allocate(count * RECORD_BYTES);
    const { pointer } = memory;
    const columns = chunk.columns.subarray(at, at + count * RECORD_BYTES);
    new Uint8Array(arena.memory.buffer).set(columns, pointer);
    at += columns.length;
    shard.blocks.push({
      ...facts,
      memory,
      first: shard.recordCount,
      offsets: pointer,
      times: pointer + count * 4,
      skeletons: pointer + count * 8,
      levels: pointer + count * 12,
      wide: new Map(facts.wide),
    });
    shard.recordCount += count;
  }
  return true;
}
