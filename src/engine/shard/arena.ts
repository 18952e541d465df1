/**
 * Room inside one WebAssembly memory. A memory never shrinks, so what is given back must be usable again: large pieces
 * (bytes of shards) and small ones (columns, bitsets) are kept apart, or columns would end up in the middle of every hole
 * that a slab leaves.
 *
 *   memory │ reserved │ slab │ small: │▪▪ ▪ ▪▪▪│ │ slab │ … │ small: │▪▪▪      │ │ free │
 *
 * Growing detaches every view: take views anew after `allocate`.
 */

import { Fault } from '../../base/fault';
import { RESERVED_BYTES } from '../kernels/kernels';

const PAGE = 65536;
const MAX_PAGES = 65536 - 16; // the last MiB stays free: kernels read up to 64 bytes past a buffer
/** Bytes behind every allocation that kernels may read. */
const SLACK = 64;
const ALIGN = 64;
/** Pieces up to this size share rooms of their own: columns of a full block take 852 KiB. */
const SMALL_BYTES = 2 * 1024 * 1024;
const ROOM_BYTES = 8 * 1024 * 1024;
const MIB = 1024 * 1024;

export interface Block {
  readonly pointer: number;
  /** Usable bytes. */
  readonly size: number;
}

/**
 * Slabs of nearly the same size become the same size, so that each fits where another was: shards are cut some 64 KiB
 * around a multiple of 48 MiB, and these sizes change at odd multiples of 1 MiB.
 */
function roundUp(size: number): number {
  if (size <= SMALL_BYTES) return Math.ceil(size / ALIGN) * ALIGN;
  return Math.ceil((size - MIB) / (2 * MIB)) * 2 * MIB + MIB;
}

/** Free ranges [start, end), ascending, never touching. */
class Ranges {
  private readonly free: { start: number; end: number }[] = [];

  /** Start of the smallest range that fits, taken; -1 when none does. */
  take(size: number): number {
    let best = -1;
    for (let i = 0; i < this.free.length; i++) {
      const range = this.free[i] as { start: number; end: number };
      const length = range.end - range.start;
      const known = this.free[best];
      if (length >= size && (known === undefined || length < known.end - known.start)) best = i;
    }
    const range = this.free[best];
    if (range === undefined) return -1;
    const start = range.start;
    range.start += size;
    if (range.start === range.end) this.free.splice(best, 1);
    return start;
  }

  give(start: number, end: number): void {
    if (end <= start) return;
    let index = this.free.findIndex((range) => range.start > start);
    if (index < 0) index = this.free.length;
    const before = this.free[index - 1];
    const after = this.free[index];
    if (before !== undefined && before.end === start) {
      before.end = end;
      if (after !== undefined && after.start === end) {
        before.end = after.end;
        this.free.splice(index, 1);
      }
    } else if (after !== undefined && after.start === end) after.start = start;
    else this.free.splice(index, 0, { start, end });
  }

  /** Length of the free range that ends here. */
  tail(end: number): number {
    const last = this.free[this.free.length - 1];
    return last !== undefined && last.end === end ? last.end - last.start : 0;
  }

  /** The range [start, end) is free as a whole. */
  covers(start: number, end: number): boolean {
    return this.free.some((range) => range.start <= start && range.end >= end);
  }

  /** Takes [start, end) out; it must be free. */
  remove(start: number, end: number): void {
    const index = this.free.findIndex((range) => range.start <= start && range.end >= end);
    const range = this.free[index] as { start: number; end: number };
    this.free.splice(index, 1);
    this.give(range.start, start);
    this.give(end, range.end);
  }
}

export class Arena {
  private readonly large = new Ranges();
  private readonly small = new Ranges();
  private readonly rooms: number[] = [];
  private used = 0;

  constructor(readonly memory: WebAssembly.Memory) {
    this.large.give(RESERVED_BYTES, memory.buffer.byteLength);
  }

  get usedBytes(): number {
    return this.used;
  }

  /** @throws Fault `out-of-memory` */
  allocate(size: number): Block {
    const wanted = roundUp(size + SLACK);
    this.used += wanted;
    return { pointer: wanted <= SMALL_BYTES ? this.takeSmall(wanted) : this.takeLarge(wanted), size: wanted - SLACK };
  }

  give(block: Block): void {
    const wanted = block.size + SLACK;
    this.used -= wanted;
    if (wanted > SMALL_BYTES) {
      this.large.give(block.pointer, block.pointer + wanted);
      return;
    }
    this.small.give(block.pointer, block.pointer + wanted);
    // A room that is empty again goes back to the large pieces.
    const room = this.rooms.findIndex((start) => block.pointer >= start && block.pointer < start + ROOM_BYTES);
    const start = this.rooms[room] as number;
    if (this.rooms.length > 1 && this.small.covers(start, start + ROOM_BYTES)) {
      this.rooms.splice(room, 1);
      this.small.remove(start, start + ROOM_BYTES);
      this.large.give(start, start + ROOM_BYTES);
    }
  }

  private takeSmall(wanted: number): number {
    const start = this.small.take(wanted);
    if (start >= 0) return start;
    const room = this.takeLarge(ROOM_BYTES);
    this.rooms.push(room);
    this.small.give(room, room + ROOM_BYTES);
    return this.small.take(wanted);
  }

  private takeLarge(wanted: number): number {
    const start = this.large.take(wanted);
    if (start >= 0) return start;
    this.grow(wanted);
    return this.large.take(wanted);
  }

  private grow(wanted: number): void {
    const length = this.memory.buffer.byteLength;
    const pages = Math.ceil((wanted - this.large.tail(length)) / PAGE);
    if (length / PAGE + pages > MAX_PAGES)
      throw new Fault('out-of-memory', `a worker's memory is full (${length} bytes)`);
    try {
      this.memory.grow(pages);
    } catch (cause) {
      throw new Fault('out-of-memory', `the memory could not grow by ${pages * PAGE} bytes`, { cause });
    }
    this.large.give(length, length + pages * PAGE);
  }
}
