/** Runs over the messages of the kept records of a shard worker's shards. */

import { breathe } from '../../base/breathe';
import type { Inside } from './inside';
import { throwIfGone } from './loaded-shard';
import { MESSAGES_STEP, MessageFinder } from './message-finder';
import type { ShardKey } from './shard-api';

const BREATH_MS = 12;

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
        for (let first = 0; first < block.count; first += MESSAGES_STEP) {
          await withBytes((bytes) => {
            throwIfGone(shard);
            const within = inside.bitsOf(key, selection)?.pointers[index] ?? 0;
            const places = finder.find(
              shard,
              bytes,
              block,
              first,
              Math.min(block.count, first + MESSAGES_STEP),
              within,
            );
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
