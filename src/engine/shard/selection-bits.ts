/** A selection within one shard: a bit per record, block by block, with the counts that make rank and select quick. */

import type { Kernels } from '../kernels/kernels';
import type { Arena, Block } from './arena';
import { wordsFor } from './evaluate';
import type { LoadedShard } from './loaded-shard';

export class SelectionBits {
  readonly memory: Block;
  /** Pointer to each block's bits. */
  readonly pointers: number[] = [];
  /** Kept records before each block; one more entry holds the total. */
  readonly before: number[] = [0];

  constructor(
    private readonly kernels: Kernels,
    private readonly arena: Arena,
    readonly shard: LoadedShard,
  ) {
    let words = 0;
    for (const block of shard.blocks) words += wordsFor(block.count);
    this.memory = arena.allocate(Math.max(4, words * 4));
    let at = this.memory.pointer;
    for (const block of shard.blocks) {
      this.pointers.push(at);
      at += wordsFor(block.count) * 4;
    }
  }

  close(): void {
    this.arena.give(this.memory);
  }

  /** To be called for each block in order once its bits are there. */
  countBlock(index: number): void {
    const block = this.shard.blocks[index];
    if (block === undefined) return;
    this.before[index + 1] =
      (this.before[index] as number) + this.kernels.popcount(this.pointers[index] as number, wordsFor(block.count));
  }

  get count(): number {
    return this.before[this.before.length - 1] as number;
  }

  /** Whether record `index` of the shard is kept. */
  has(index: number): boolean {
    const block = this.shard.blockOf(index);
    const at = (this.pointers[this.shard.blocks.indexOf(block)] as number) + ((index - block.first) >> 5) * 4;
    const word = new DataView(this.arena.memory.buffer).getUint32(at, true);
    return ((word >>> ((index - block.first) & 31)) & 1) === 1;
  }

  /** Kept records before record `index` of the shard. */
  rank(index: number): number {
    if (index >= this.shard.recordCount) return this.count;
    if (index <= 0) return 0;
    const block = this.shard.blockOf(index);
    const at = this.shard.blocks.indexOf(block);
    return (this.before[at] as number) + this.kernels.bitsRank(this.pointers[at] as number, index - block.first);
  }

  /** Record index at a position in [0, count). */
  indexAt(position: number): number {
    let low = 0;
    let high = this.before.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.before[middle] as number) <= position) low = middle;
      else high = middle - 1;
    }
    const block = this.shard.blocks[low];
    if (block === undefined) throw new Error('position outside the selection');
    return (
      block.first +
      this.kernels.bitsSelect(
        this.pointers[low] as number,
        wordsFor(block.count),
        position - (this.before[low] as number),
      )
    );
  }
}
