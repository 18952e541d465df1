/** What a shard's ERROR and FATAL records go by, with their counts: the shard's part of error groups. */

import { breathe } from '../../base/breathe';
import { Fault } from '../../base/fault';
import { toLevelCode } from '../records/record';
import type { Inside } from './inside';
import { type LoadedShard, type RecordBlock, throwIfGone } from './loaded-shard';
import type { WithBytes } from './block-bytes';
import type { ShardErrors, ShardKey } from './shard-api';
import { TraceKeys } from './trace-keys';

/** Records between two looks at the clock, and bytes of errors among them: some are read slowly. */
const STEP = 1024;
const STEP_BYTES = 512 * 1024;
const BREATH_MS = 12;
/** Different errors that are told apart, in a shard and in all. */
export const ERROR_GROUP_LIMIT = 100_000;

const ERROR = toLevelCode('ERROR');
const FATAL = toLevelCode('FATAL');

/** Records of one skeleton that go by the same. */
interface Part {
  readonly key: number;
  readonly skeleton: number;
  errorCount: number;
  fatalCount: number;
  firstTime: number | null;
  firstOffset: number;
  lastTime: number | null;
  lastOffset: number;
}

/**
 * Reads every kept record of level ERROR or FATAL.
 *
 * @throws Fault `stale` when cancelled, `values-too-many` when they are more different than ERROR_GROUP_LIMIT,
 *   `source-unknown`, `selection-unknown`, and as ByteSource.read does
 */
export async function readErrors(
  inside: Inside,
  key: ShardKey,
  selection: number,
  ticket: number,
): Promise<ShardErrors> {
  const shard = inside.shardOf(key);
  const collector = new ErrorCollector(shard);
  let breathed = performance.now();
  let doneCount = 0;
  await eachErrorBlock(inside, shard, async (block, index, withBytes) => {
    for (let first = 0; first < block.count; ) {
      await withBytes((bytes) => {
        throwIfGone(shard);
        const bits = inside.bitsOf(key, selection);
        const pointer = bits === null ? 0 : (bits.pointers[index] as number);
        const step = collector.add(block, first, Math.min(block.count, first + STEP), inside, bytes, pointer);
        doneCount += step.keptCount;
        first = step.next;
      });
      inside.throwIfCancelled(ticket);
      if (performance.now() - breathed <= BREATH_MS) continue;
      inside.tellProgress(ticket, doneCount);
      await breathe();
      breathed = performance.now();
      inside.throwIfCancelled(ticket);
    }
  });
  return collector.finish();
}

/** Calls `use` for the blocks with errors: each by itself where they are few, so that the others are not read. */
async function eachErrorBlock(
  inside: Inside,
  shard: LoadedShard,
  use: (block: RecordBlock, index: number, withBytes: WithBytes) => Promise<void>,
): Promise<void> {
  const { blockBytes, arena } = inside;
  const has = shard.blocks.map((block) =>
    new Uint8Array(arena.memory.buffer, block.levels, block.count).some((code) => (code & 15) >= ERROR),
  );
  const count = has.filter(Boolean).length;
  if (count * 2 > shard.blocks.length) {
    await blockBytes.forEach(shard, async (block, index, withBytes) => {
      if (has[index] === true) await use(block, index, withBytes);
    });
    return;
  }
  for (const [index, block] of shard.blocks.entries()) {
    if (has[index] !== true) continue;
    throwIfGone(shard);
    await use(block, index, (run) => blockBytes.with(shard, block, run));
  }
}

class ErrorCollector {
  private readonly keys: TraceKeys;
  /** By key and skeleton: key × 2^32 + skeleton. */
  private readonly parts = new Map<number, Part>();

  constructor(private readonly shard: LoadedShard) {
    this.keys = new TraceKeys(shard.spec);
  }

  /**
   * Records [first, end) of a block, or as many as there is time for.
   *
   * @param bytes  where the shard's byte 0 would stand
   * @param pointer  of the selection's bits; 0: all records
   * @returns the record to go on with, and how many kept ones came before it
   */
  add(
    block: RecordBlock,
    first: number,
    end: number,
    { arena }: Inside,
    bytes: number,
    pointer: number,
  ): { next: number; keptCount: number } {
    const { shard, keys } = this;
    const view = new DataView(arena.memory.buffer);
    const memory = new Uint8Array(view.buffer);
    let keptCount = 0;
    let readBytes = 0;
    let i = first;
    for (; i < end && readBytes < STEP_BYTES; i++) {
      if (pointer !== 0 && ((view.getUint32(pointer + (i >> 5) * 4, true) >>> (i & 31)) & 1) === 0) continue;
      keptCount++;
      const level = (memory[block.levels + i] as number) & 15;
      if (level < ERROR) continue;
      const offset = view.getUint32(block.offsets + i * 4, true);
      const recordEnd = shard.endOf(view, block, i);
      const key = keys.read(memory, bytes + offset, bytes + recordEnd);
      readBytes += recordEnd - offset;
      const part = this.part(key, view.getUint32(block.skeletons + i * 4, true), offset);
      if (level === FATAL) part.fatalCount++;
      else part.errorCount++;
      see(part, shard.timeAt(view, block, i), offset);
    }
    return { next: i, keptCount };
  }

  private part(key: number, skeleton: number, offset: number): Part {
    const name = key * 2 ** 32 + skeleton;
    let part = this.parts.get(name);
    if (part === undefined) {
      if (this.keys.keys.length > ERROR_GROUP_LIMIT) throw tooManyErrors();
      part = {
        key,
        skeleton,
        errorCount: 0,
        fatalCount: 0,
        firstTime: null,
        firstOffset: offset,
        lastTime: null,
        lastOffset: offset,
      };
      this.parts.set(name, part);
    }
    return part;
  }

  finish(): ShardErrors {
    const parts = [...this.parts.values()];
    return {
      keys: this.keys.keys,
      parts: Uint32Array.from(parts.flatMap(({ key, skeleton }) => [key, skeleton])),
      counts: Uint32Array.from(parts.flatMap(({ errorCount, fatalCount }) => [errorCount, fatalCount])),
      ends: Float64Array.from(
        parts.flatMap(({ firstTime, firstOffset, lastTime, lastOffset }) => [
          firstTime ?? Number.NaN,
          firstOffset,
          lastTime ?? Number.NaN,
          lastOffset,
        ]),
      ),
    };
  }
}

/** Records come in the file's order. Those with a time count before those without. */
function see(part: Part, time: number | null, offset: number): void {
  if (time === null) {
    if (part.lastTime === null) part.lastOffset = offset;
    return;
  }
  if (part.firstTime === null || time < part.firstTime) {
    part.firstTime = time;
    part.firstOffset = offset;
  }
  if (part.lastTime === null || time >= part.lastTime) {
    part.lastTime = time;
    part.lastOffset = offset;
  }
}

export function tooManyErrors(): Fault {
  return new Fault('values-too-many', `more than ${ERROR_GROUP_LIMIT} different errors`, {
    details: { limit: ERROR_GROUP_LIMIT },
  });
}
