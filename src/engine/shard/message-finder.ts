/** Where the messages of a shard's records are in the memory, by kernel. */

import type { Kernels } from '../kernels/kernels';
import type { Arena, Block } from './arena';
import type { LoadedShard } from './loaded-shard';

/** Records that are looked at in one go at most: less than a millisecond. */
export const MESSAGES_STEP = 1024;

/** The columns of a block of records that tell where they are. */
interface Records {
  readonly offsets: number;
  readonly count: number;
  readonly endOffset: number;
}

/** Finds messages, at most MESSAGES_STEP at a time. `close` gives its memory back. */
export class MessageFinder {
  private readonly places: Block;
  private program: { readonly of: Uint8Array; readonly block: Block } | null = null;

  constructor(
    private readonly kernels: Kernels,
    private readonly arena: Arena,
  ) {
    this.places = arena.allocate(MESSAGES_STEP * 8);
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
    for (let first = 0; first < block.count; first += MESSAGES_STEP) {
      const end = Math.min(block.count, first + MESSAGES_STEP);
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
   * @param first  with `end`, records of the block, at most MESSAGES_STEP
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
