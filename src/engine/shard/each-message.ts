/** Runs over the messages of the kept records of a shard worker's shards. */

import { breathe } from '../../base/breathe';
import type { Inside } from './inside';
import { type RecordBlock, throwIfGone } from './loaded-shard';
import { MESSAGES_STEP, MessageFinder } from './message-finder';
import type { ShardKey } from './shard-api';

const BREATH_MS = 12;
/** Bytes of records that are looked at in one go, where they are long: a few milliseconds. */
const STEP_BYTES = 4 * 1024 * 1024;

/** Lets messages in when it is time to, and fails with Fault `stale` when the ticket was cancelled. */
export function createBreath(inside: Inside, ticket: number): () => Promise<void> {
  let breathed = performance.now();
  return async () => {
    inside.throwIfCancelled(ticket);
    if (performance.now() - breathed <= BREATH_MS) return;
    await breathe();
    breathed = performance.now();
    inside.throwIfCancelled(ticket);
  };
}

/**
 * Calls `use` with where the message of each kept record lies in the memory: what its skeleton is made of, before it is cut.
 * It is over before anything else happens, so that nothing moves under it. How many records are done is told under the ticket.
 *
 * @throws whatever `use` throws, Fault `stale`, and Fault as ByteSource.read does
 */
export async function eachMessage(
  inside: Inside,
  selection: number,
  keys: readonly ShardKey[],
  ticket: number,
  use: (memory: Uint8Array, start: number, end: number) => void,
): Promise<void> {
  const { arena, blockBytes, kernels } = inside;
  const breath = createBreath(inside, ticket);
  const finder = new MessageFinder(kernels, arena);
  let doneCount = 0;
  try {
    for (const key of keys) {
      const shard = inside.shardOf(key);
      await blockBytes.forEach(shard, async (block, index, withBytes) => {
        for (let first = 0, end = 0; first < block.count; first = end) {
          await withBytes((bytes) => {
            throwIfGone(shard);
            end = stepEnd(new DataView(arena.memory.buffer), block, first);
            const within = inside.bitsOf(key, selection)?.pointers[index] ?? 0;
            const places = finder.find(shard, bytes, block, first, end, within);
            const memory = new Uint8Array(arena.memory.buffer);
            for (let i = 0; i < places.length; i += 2) use(memory, places[i] as number, places[i + 1] as number);
            doneCount += places.length / 2;
          });
          inside.tellProgress(ticket, doneCount);
          await breath();
        }
      });
    }
  } finally {
    finder.close();
  }
}

/** How far from record `first` on is one step: one record at least. */
function stepEnd(view: DataView, { offsets, count, endOffset }: RecordBlock, first: number): number {
  const startOf = (i: number): number => (i < count ? view.getUint32(offsets + i * 4, true) : endOffset);
  let end = Math.min(count, first + MESSAGES_STEP);
  while (end - first > 1 && startOf(end) - startOf(first) > STEP_BYTES) end = first + ((end - first) >> 1);
  return end;
}
