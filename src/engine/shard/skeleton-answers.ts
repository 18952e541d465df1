/** What a shard tells of its skeletons: which there are, and what their messages say. */

import * as op from '../kernels/index-layout';
import type { Inside } from './inside';
import { type RecordBlock, skeletonsOf, throwIfGone } from './loaded-shard';
import type { ShardKey, ShardMessages, ShardSkeletons } from './shard-api';
import type { SkeletonTable } from './skeletons';

export function readSkeletons(inside: Inside, key: ShardKey): ShardSkeletons {
  const shard = inside.shardOf(key);
  const table = skeletonsOf(shard);
  const { count } = table;
  const view = new DataView(inside.arena.memory.buffer);
  const hashes = new Uint32Array(count * 2);
  const counts = new Uint32Array(count);
  const coarse = new Uint16Array(count);
  let recordCount = 0;
  for (let id = 0; id < count; id++) {
    const entry = table.entry(id);
    const records = view.getUint32(entry + op.ENTRY_COUNT, true);
    hashes[id * 2] = view.getUint32(entry + op.ENTRY_HASH, true);
    hashes[id * 2 + 1] = view.getUint32(entry + op.ENTRY_HASH + 4, true);
    counts[id] = records;
    coarse[id] = view.getUint16(entry + op.ENTRY_COARSE, true);
    recordCount += records;
  }
  const coarseCounts = recordCount < shard.recordCount ? countCoarse(shard.blocks, view.buffer) : null;
  return { hashes, counts, coarse, coarseCounts };
}

/** Records of each coarse class whose skeletons came past the limit. */
function countCoarse(blocks: readonly RecordBlock[], buffer: ArrayBufferLike): Uint32Array {
  const counts = new Uint32Array(op.COARSE_CLASSES);
  for (const block of blocks) {
    for (const id of new Uint32Array(buffer, block.skeletons, block.count)) {
      if (id >= op.SKELETON_COARSE) counts[id - op.SKELETON_COARSE] = (counts[id - op.SKELETON_COARSE] as number) + 1;
    }
  }
  return counts;
}

/**
 * Of each of these skeletons the message that it was met in first.
 *
 * @throws RangeError for an id that is none; Fault as ByteSource.read does, `source-unknown` when the shard was dropped
 *   meanwhile
 */
export async function readMessages(inside: Inside, key: ShardKey, ids: Uint32Array): Promise<ShardMessages> {
  const { arena, blockBytes } = inside;
  const shard = inside.shardOf(key);
  const table = skeletonsOf(shard);
  const view = new DataView(arena.memory.buffer);
  const ends = new Uint32Array(ids.length);
  let size = 0;
  for (let i = 0; i < ids.length; i++) {
    size += view.getUint16(table.entry(ids[i] as number) + op.ENTRY_LENGTH, true);
    ends[i] = size;
  }
  const bytes = new Uint8Array(size);
  const copy = (i: number, from: number): void => {
    const start = i === 0 ? 0 : (ends[i - 1] as number);
    bytes.set(new Uint8Array(arena.memory.buffer, from, (ends[i] as number) - start), start);
  };

  const kept = keptMessages(table, view);
  /** Of `ids`: what is to be read again, and where in the shard it stands. */
  const missing: { readonly i: number; readonly offset: number }[] = [];
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number;
    const from = kept[id];
    if (from !== undefined) copy(i, from);
    else missing.push({ i, offset: view.getUint32(table.entry(id) + op.ENTRY_MESSAGE, true) });
  }
  missing.sort((a, b) => a.offset - b.offset);
  for (let next = 0, index = 0; next < missing.length; index++) {
    const block = shard.blocks[index] as RecordBlock;
    const first = next;
    while (next < missing.length && (missing[next] as { offset: number }).offset < block.endOffset) next++;
    if (first === next) continue;
    await blockBytes.with(shard, block, (base) => {
      throwIfGone(shard);
      for (const { i, offset } of missing.slice(first, next)) copy(i, base + offset);
    });
  }
  return { bytes, ends };
}

/** Where in the memory the messages are that are kept, by id. */
function keptMessages(table: SkeletonTable, view: DataView): Uint32Array {
  const starts = new Uint32Array(table.messageCount);
  let at = table.messages;
  for (let id = 0; id < starts.length; id++) {
    starts[id] = at;
    at += view.getUint16(table.entry(id) + op.ENTRY_LENGTH, true);
  }
  return starts;
}
