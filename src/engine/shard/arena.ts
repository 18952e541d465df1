/**
 * Room inside one WebAssembly memory: first fit over a sorted list of free ranges, grown when nothing fits.
 * A memory never shrinks, and growing detaches every view: take views anew after `allocate`.
 */

import { Fault } from '../../base/fault';
import { RESERVED_BYTES } from '../kernels/kernels';

const PAGE = 65536;
const MAX_PAGES = 65536 - 16; // the last MiB stays free: kernels read up to 64 bytes past a buffer
/** Bytes behind every allocation that kernels may read. */
const SLACK = 64;
const ALIGN = 64;

export interface Block {
  readonly pointer: number;
  /** Usable bytes. */
  readonly size: number;
}

export class Arena {
  /** Free ranges [start, end), ascending, never touching. */
  private readonly free: { start: number; end: number }[] = [];
  private used = 0;

  constructor(readonly memory: WebAssembly.Memory) {
    this.release(RESERVED_BYTES, memory.buffer.byteLength);
  }

  get usedBytes(): number {
    return this.used;
  }

  /** @throws Fault `out-of-memory` */
  allocate(size: number): Block {
    const wanted = Math.ceil((size + SLACK) / ALIGN) * ALIGN;
    let range = this.free.find((candidate) => candidate.end - candidate.start >= wanted);
    if (range === undefined) {
      this.grow(wanted);
      range = this.free.find((candidate) => candidate.end - candidate.start >= wanted);
      if (range === undefined) throw new Fault('out-of-memory', `no ${wanted} bytes in a row`);
    }
    const pointer = range.start;
    range.start += wanted;
    if (range.start === range.end) this.free.splice(this.free.indexOf(range), 1);
    this.used += wanted;
    return { pointer, size: wanted - SLACK };
  }

  give(block: Block): void {
    const wanted = block.size + SLACK;
    this.used -= wanted;
    this.release(block.pointer, block.pointer + wanted);
  }

  private grow(wanted: number): void {
    const length = this.memory.buffer.byteLength;
    const last = this.free[this.free.length - 1];
    const tail = last !== undefined && last.end === length ? last.end - last.start : 0;
    const pages = Math.ceil((wanted - tail) / PAGE);
    if (length / PAGE + pages > MAX_PAGES) throw new Fault('out-of-memory', `a worker's memory is full (${length} bytes)`);
    try {
      this.memory.grow(pages);
    } catch (cause) {
      throw new Fault('out-of-memory', `the memory could not grow by ${pages * PAGE} bytes`, { cause });
    }
    this.release(length, length + pages * PAGE);
  }

  private release(start: number, end: number): void {
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
}
