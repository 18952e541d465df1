/** A shard in memory: its columns in blocks of records, its bytes while they are resident, its clock. */

import { Fault } from '../../base/fault';
import type { Arena, Block } from './arena';
import type { ShardClock, ShardReport, ShardSpec } from './shard-api';
import { FLAG_ABSOLUTE, FLAG_DATELESS, FLAG_YEARLESS, TIME_NONE, TIME_WIDE } from '../kernels/index-layout';
import type { SkeletonTable } from './skeletons';
import { IDENTITY, mapTime, shiftWithin, type TimeMap } from '../records/time-map';

/** Records a block holds at most. */
export const BLOCK_RECORDS = 65536;

/**
 * Columns of up to 65,536 records in a row, in one allocation:
 *   offsets u32 × count │ times i32 × count │ skeletons u32 × count │ levels u8 × count
 */
export interface RecordBlock {
  readonly memory: Block;
  readonly count: number;
  /** Index of its first record in the shard. */
  readonly first: number;
  readonly offsets: number;
  readonly times: number;
  readonly skeletons: number;
  readonly levels: number;
  /** Byte range of its records in the shard. */
  readonly startOffset: number;
  readonly endOffset: number;
  /** Lines of the shard before its first record. */
  readonly linesBefore: number;
  /** Raw ms that times count from. */
  readonly base: number;
  /** Least and greatest raw time among the narrow ones; null when there are none. */
  readonly span: { readonly min: number; readonly max: number } | null;
  /** Raw times too far from the base, by record index in the block. */
  readonly wide: ReadonlyMap<number, number>;
  /** OR and AND of the time flags of its timed records. */
  readonly anyFlags: number;
  readonly allFlags: number;
}

/** Records [first, first + count) of a block as a block of their own. `first` is a multiple of 32, so that bits line up. */
export function sliceOf(block: RecordBlock, first: number, count: number, view: DataView): RecordBlock {
  if (first === 0 && count >= block.count) return block;
  const end = Math.min(block.count, first + count);
  const offsets = block.offsets + first * 4;
  return {
    ...block,
    count: end - first,
    first: block.first + first,
    offsets,
    times: block.times + first * 4,
    skeletons: block.skeletons + first * 4,
    levels: block.levels + first,
    startOffset: view.getUint32(offsets, true),
    endOffset: end < block.count ? view.getUint32(block.offsets + end * 4, true) : block.endOffset,
    wide:
      block.wide.size === 0
        ? block.wide
        : new Map([...block.wide].filter(([i]) => i >= first && i < end).map(([i, raw]) => [i - first, raw])),
  };
}

/** Time flags only. */
export const TIME_FLAGS = FLAG_ABSOLUTE | FLAG_YEARLESS | FLAG_DATELESS;

export class LoadedShard {
  blocks: RecordBlock[] = [];
  /** Null while it is being loaded. */
  skeletons: SkeletonTable | null = null;
  /** The decoded bytes, or null while evicted. */
  bytes: Block | null = null;
  decodedBytes = 0;
  recordCount = 0;
  clock: ShardClock = { absolute: IDENTITY, wall: IDENTITY, yearless: IDENTITY, dateless: IDENTITY };
  report: ShardReport | null = null;
  /** Dropped or replaced: its memory belongs to others now. */
  isGone = false;

  constructor(public spec: ShardSpec) {}

  /** The block that holds a record. */
  blockOf(index: number): RecordBlock {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.blocks[middle] as RecordBlock).first <= index) low = middle;
      else high = middle - 1;
    }
    return this.blocks[low] as RecordBlock;
  }

  mapFor(flags: number): TimeMap {
    if ((flags & FLAG_ABSOLUTE) !== 0) return this.clock.absolute;
    if ((flags & FLAG_YEARLESS) !== 0) return this.clock.yearless;
    if ((flags & FLAG_DATELESS) !== 0) return this.clock.dateless;
    return this.clock.wall;
  }

  /** EpochMs of record i of a block, or null. `view` over the memory as it is now. */
  timeAt(view: DataView, block: RecordBlock, i: number): number | null {
    const delta = view.getInt32(block.times + i * 4, true);
    if (delta === TIME_NONE) return null;
    const raw = delta === TIME_WIDE ? (block.wide.get(i) as number) : block.base + delta;
    return mapTime(this.mapFor(view.getUint8(block.levels + i)), raw);
  }

  /** What to add to narrow raw times of the block to get EpochMs, when it is the same for all; else null. */
  shiftOf(block: RecordBlock): number | null {
    if (block.span === null) return 0;
    if (block.anyFlags !== block.allFlags) return null;
    return shiftWithin(this.mapFor(block.anyFlags), block.span.min, block.span.max);
  }

  /** Byte offset of a record of the shard. */
  offsetOf(view: DataView, index: number): number {
    const block = this.blockOf(index);
    return view.getUint32(block.offsets + (index - block.first) * 4, true);
  }

  /** First record at or after a byte offset; recordCount when none. */
  indexOfOffset(view: DataView, offset: number): number {
    let low = 0;
    let high = this.recordCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.offsetOf(view, middle) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Byte offset behind record i of a block. */
  endOf(view: DataView, block: RecordBlock, i: number): number {
    return i + 1 < block.count ? view.getUint32(block.offsets + (i + 1) * 4, true) : block.endOffset;
  }

  get columnBytes(): number {
    let sum = this.skeletons?.memory.size ?? 0;
    for (const block of this.blocks) sum += block.memory.size;
    return sum;
  }

  /** Gives back all but the bytes; nothing may be asked of it any more. */
  giveColumns(arena: Arena): void {
    for (const block of this.blocks) arena.give(block.memory);
    if (this.skeletons !== null) arena.give(this.skeletons.memory);
  }
}

/** Of a shard that was loaded. */
export function skeletonsOf(shard: LoadedShard): SkeletonTable {
  if (shard.skeletons === null) throw new Error(`shard ${shard.spec.key} has no skeletons`);
  return shard.skeletons;
}

/** To be asked after every wait: the columns of a shard that was dropped lie in memory that others use now. */
export function throwIfGone(shard: LoadedShard): void {
  if (shard.isGone) throw new Fault('source-unknown', `shard ${shard.spec.key} was dropped`);
}
