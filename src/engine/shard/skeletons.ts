/** The different skeletons of a shard, and the message that each was met in first: gathered while indexing, kept after it. */

import * as op from '../kernels/index-layout';
import type { Arena, Block } from './arena';

/** Skeletons a shard tells apart; what comes after is told apart by how it begins. */
export const SKELETON_LIMIT = 1048576;
/** Bytes of messages a shard keeps; of skeletons that come later they are read again when they are asked for. */
const MESSAGES_BYTES = 4 * 1024 * 1024;
const FIRST_BYTES = 16384;

/** Copies the messages of new skeletons one behind the other while they stand in the window. To be closed. */
export class MessageCopies {
  private memory: Block | null = null;
  /** Skeletons, from the first on, whose messages are here, and the bytes of these. */
  count = 0;
  size = 0;
  private isFull = false;

  constructor(private readonly arena: Arena) {}

  /** Where they are; they move when more come. */
  get pointer(): number {
    return this.memory?.pointer ?? 0;
  }

  /**
   * Copies those of the skeletons that are new since the last call, up to the first that has no room.
   *
   * @param entries  where the entries of all skeletons are
   * @param bytes  where the shard's byte 0 would stand
   */
  add(entries: number, entryCount: number, bytes: number): void {
    if (this.isFull || this.count === entryCount) return;
    let view = new DataView(this.arena.memory.buffer);
    let memory = new Uint8Array(view.buffer);
    for (; this.count < entryCount; this.count++) {
      const entry = entries + this.count * op.ENTRY_BYTES;
      const length = view.getUint16(entry + op.ENTRY_LENGTH, true);
      const size = this.size + length;
      if (size > MESSAGES_BYTES) {
        this.isFull = true;
        return;
      }
      if (size > (this.memory?.size ?? 0)) {
        this.grow(size);
        view = new DataView(this.arena.memory.buffer);
        memory = new Uint8Array(view.buffer);
      }
      const from = bytes + view.getUint32(entry + op.ENTRY_MESSAGE, true);
      memory.copyWithin(this.pointer + this.size, from, from + length);
      this.size = size;
    }
  }

  private grow(size: number): void {
    const larger = this.arena.allocate(Math.min(MESSAGES_BYTES, Math.max(FIRST_BYTES, size * 2)));
    new Uint8Array(this.arena.memory.buffer).copyWithin(larger.pointer, this.pointer, this.pointer + this.size);
    this.close();
    this.memory = larger;
  }

  close(): void {
    if (this.memory !== null) this.arena.give(this.memory);
    this.memory = null;
  }
}

/** What it holds, as told to whoever keeps it elsewhere. */
export interface SkeletonFacts {
  readonly count: number;
  /** Skeletons, from the first on, whose messages are kept, and the bytes of these. */
  readonly messageCount: number;
  readonly messageBytes: number;
}

/**
 * A shard's skeletons in one allocation:
 *   entries ENTRY_BYTES × count │ messages of the first `messageCount`, one behind the other
 */
export class SkeletonTable implements SkeletonFacts {
  readonly memory: Block;
  readonly count: number;
  readonly messageCount: number;
  readonly messageBytes: number;

  /** Room for what the facts tell, to be filled by the caller. @throws Fault `out-of-memory` */
  constructor(
    private readonly arena: Arena,
    { count, messageCount, messageBytes }: SkeletonFacts,
  ) {
    this.count = count;
    this.messageCount = messageCount;
    this.messageBytes = messageBytes;
    this.memory = arena.allocate(this.size);
  }

  /** As indexing left them. @throws Fault `out-of-memory` */
  static from(arena: Arena, entries: number, count: number, messages: MessageCopies): SkeletonTable {
    const table = new SkeletonTable(arena, { count, messageCount: messages.count, messageBytes: messages.size });
    const memory = new Uint8Array(arena.memory.buffer);
    memory.copyWithin(table.memory.pointer, entries, entries + count * op.ENTRY_BYTES);
    memory.copyWithin(table.messages, messages.pointer, messages.pointer + messages.size);
    return table;
  }

  /** Bytes of its memory that are in use. */
  get size(): number {
    return sizeOf(this);
  }

  /** Where the messages begin. */
  get messages(): number {
    return this.memory.pointer + this.count * op.ENTRY_BYTES;
  }

  /** Where the entry of a skeleton is. @throws RangeError when there is none */
  entry(id: number): number {
    if (id >= this.count) throw new RangeError(`skeleton ${id} of ${this.count}`);
    return this.memory.pointer + id * op.ENTRY_BYTES;
  }

  /** Records that have any of them. */
  countRecords(): number {
    const view = new DataView(this.arena.memory.buffer);
    let sum = 0;
    for (let id = 0; id < this.count; id++) sum += view.getUint32(this.entry(id) + op.ENTRY_COUNT, true);
    return sum;
  }
}

/** Bytes that a table of these facts takes. */
export function sizeOf({ count, messageBytes }: SkeletonFacts): number {
  return count * op.ENTRY_BYTES + messageBytes;
}
