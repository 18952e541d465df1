/**
 * Where a shard's bytes stand while they are indexed: all of them, to stay, or a window that slides over them.
 *
 *   shard    ├──────────── indexed ────────────┼─ line begun ─┼─ to come ──▶
 *   window                                     ├──────────────┼── room ──┤
 *
 * The window stays in the processor's cache and its pages are touched once, not once per gigabyte: on our machine that is
 * a third of the time of opening (2026-11). Addresses count from where the shard's byte 0 would stand, which lies before
 * the window, and may lie before the memory: sums wrap at 2^32, as they do in the kernels.
 */

import type { Arena, Block } from './arena';

/** Two chunks: one that comes, and the line that was begun. */
export const INDEX_WINDOW_BYTES = 2 * 524288;

export class ByteWindow {
  private memory: Block;
  /** Offset in the shard of the memory's first byte. */
  private start = 0;
  private filled = 0;

  /**
   * @param keepBytes  room for the whole shard, to be kept; 0: slide
   * @param windowBytes  room to begin with when it slides; grows for longer lines
   */
  constructor(
    private readonly arena: Arena,
    private readonly keepBytes: number,
    windowBytes: number,
  ) {
    this.memory = arena.allocate(keepBytes > 0 ? keepBytes : windowBytes);
  }

  /** Address where the shard's byte 0 would stand. */
  get base(): number {
    return this.memory.pointer - this.start;
  }

  /** Bytes of the shard that have come. */
  get size(): number {
    return this.filled;
  }

  /**
   * Room behind what has come, for `size` bytes at least; to be used before anything else is allocated.
   *
   * @param needed  offset in the shard from which on bytes are still needed
   */
  room(size: number, needed: number): Uint8Array {
    if (this.keepBytes === 0 && this.filled - this.start + size > this.memory.size) this.slide(size, needed);
    const used = this.filled - this.start;
    return new Uint8Array(this.arena.memory.buffer, this.memory.pointer + used, this.memory.size - used);
  }

  /** That many bytes were written into the room. */
  add(count: number): void {
    this.filled += count;
  }

  private slide(size: number, needed: number): void {
    const rest = this.filled - needed;
    const from = this.memory.pointer + needed - this.start;
    if (rest + size <= this.memory.size) {
      new Uint8Array(this.arena.memory.buffer).copyWithin(this.memory.pointer, from, from + rest);
    } else {
      // A line longer than the window: twice the room, so that moving it costs no more than reading it.
      const larger = this.arena.allocate(Math.max(rest + size, this.memory.size * 2));
      new Uint8Array(this.arena.memory.buffer).copyWithin(larger.pointer, from, from + rest);
      this.arena.give(this.memory);
      this.memory = larger;
    }
    this.start = needed;
  }

  /** The shard's bytes, when they were to be kept; the window's memory is given back otherwise. */
  finish(): Block | null {
    if (this.keepBytes > 0) return this.fitted();
    this.arena.give(this.memory);
    return null;
  }

  /** Room was taken for the most that bytes can decode to; mostly they are far fewer. */
  private fitted(): Block {
    if (this.filled * 1.25 + 4096 >= this.memory.size) return this.memory;
    const smaller = this.arena.allocate(Math.max(1, this.filled));
    const { pointer } = this.memory;
    new Uint8Array(this.arena.memory.buffer).copyWithin(smaller.pointer, pointer, pointer + this.filled);
    this.arena.give(this.memory);
    return smaller;
  }

  /** Gives the memory back. */
  close(): void {
    this.arena.give(this.memory);
  }
}
