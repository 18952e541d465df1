/** Runs over the messages of the kept records of a shard worker's shards. */

import { breathe } from '../../base/breathe';
import type { Kernels } from '../kernels/kernels';
import type { Arena, Block } from './arena';
import type { Inside } from './inside';
import { type LoadedShard, throwIfGone } from './loaded-shard';
import type { ShardKey } from './shard-api';

/** Records between two looks at the clock. */
const STEP = 1024;
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
        for (let first = 0; first < block.count; first += STEP) {
          await withBytes((bytes) => {
            throwIfGone(shard);
            const within = inside.bitsOf(key, selection)?.pointers[index] ?? 0;
            const places = finder.find(shard, bytes, block, first, Math.min(block.count, first + STEP), within);
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

/** The columns of a block of records that tell where they are. */
interface Records {
  readonly offsets: number;
  readonly count: number;
  readonly endOffset: number;
}

/** Finds messages, at most STEP at a time. `close` gives its memory back. */
export class MessageFinder {
  private readonly places: Block;
  private program: { readonly of: Uint8Array; readonly block: Block } | null = null;

  constructor(
    private readonly kernels: Kernels,
    private readonly arena: Arena,
  ) {
    this.places = arena.allocate(STEP * 8);
  }

  close(): void {
    this.arena.give(this.places);
    if (this.program !== null) this.arena.give(this.program.block);
    this.program = null;
  }

  /** Calls `use` with the message of each record of a block whose bit is set (`within` 0: of all), and its index in the block. */
  each(
    shard: LoadedShard,
    bytes: number,
    block: Records,
    within: number,
    use: (memory: Uint8Array, start: number, end: number, index: number) => void,
  ): void {
    for (let first = 0; first < block.count; first += STEP) {
      const end = Math.min(block.count, first + STEP);
      const places = this.find(shard, bytes, block, first, end, within);
      const memory = new Uint8Array(this.arena.memory.buffer);
      let index = first;
      for (let i = 0; i < places.length; i += 2, index++) {
        if (within !== 0) index = this.kernels.bitsNext(within, end, index);
        use(memory, places[i] as number, places[i + 1] as number, index);
      }
    }
  }

  /**
   * @param bytes  where the shard's byte 0 would stand
   * @param first  with `end`, records of the block, at most STEP
   * @param within  bits of the records that count; 0: all
   * @returns start and end of each message in the memory, flattened; valid until the next call
   */
  find(
    { spec }: LoadedShard,
    bytes: number,
    { offsets, count, endOffset }: Records,
    first: number,
    end: number,
    within: number,
  ): Uint32Array {
    const program = this.programAt(spec.program);
    const { kernels, arena } = this;
    const { pointer } = this.places;
    const found = kernels.findMessages(program, bytes, endOffset, offsets, first, end, count, within, pointer);
    return new Uint32Array(arena.memory.buffer, pointer, found * 2);
  }

  private programAt(wanted: Uint8Array): number {
    if (this.program?.of !== wanted) {
      const { arena } = this;
      if (this.program !== null) arena.give(this.program.block);
      this.program = { of: wanted, block: arena.allocate(wanted.length) };
      new Uint8Array(arena.memory.buffer).set(wanted, this.program.block.pointer);
    }
    return this.program.block.pointer;
  }
}
