/** Runs over the messages of the kept records of a shard worker's shards. */

import { breathe } from '../../base/breathe';
import { FLAG_UNMATCHED } from '../kernels/index-layout';
import { FormatMachine } from '../kernels/portable/index-machine';
import type { Inside } from './inside';
import { throwIfGone } from './loaded-shard';
import type { ShardKey, ShardSpec } from './shard-api';

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
  const breath = createBreath(inside, ticket);
  let doneCount = 0;
  for (const key of keys) {
    const shard = inside.shardOf(key);
    const finder = new MessageFinder(shard.spec);
    await inside.blockBytes.forEach(shard, async (block, index, withBytes) => {
      for (let first = 0; first < block.count; first += STEP) {
        await withBytes((bytes) => {
          throwIfGone(shard);
          const bits = inside.bitsOf(key, selection);
          const view = new DataView(inside.arena.memory.buffer);
          const memory = new Uint8Array(view.buffer);
          const pointer = bits === null ? 0 : (bits.pointers[index] as number);
          const end = Math.min(block.count, first + STEP);
          for (let i = first; i < end; i++) {
            if (pointer !== 0 && ((view.getUint32(pointer + (i >> 5) * 4, true) >>> (i & 31)) & 1) === 0) continue;
            const start = bytes + view.getUint32(block.offsets + i * 4, true);
            const isMatched = ((memory[block.levels + i] as number) & FLAG_UNMATCHED) === 0;
            finder.find(memory, start, bytes + shard.endOf(view, block, i), isMatched);
            use(memory, finder.start, finder.end);
            doneCount++;
          }
        });
        inside.tellProgress(ticket, doneCount);
        await breath();
      }
    });
  }
}

/** Finds the message in a record's first line. */
export class MessageFinder {
  start = 0;
  end = 0;
  private readonly machine: FormatMachine;

  constructor(spec: ShardSpec) {
    this.machine = new FormatMachine(spec.program);
  }

  /**
   * Sets `start` and `end` to the message of the record at [start, end) of the memory; to its whole first line where its
   * format tells of none.
   *
   * @param isMatched  some format accepted its first line
   */
  find(memory: Uint8Array, start: number, end: number, isMatched: boolean): void {
    let lineEnd = memory.indexOf(10, start);
    if (lineEnd < 0 || lineEnd > end) lineEnd = end;
    if (lineEnd > start && memory[lineEnd - 1] === 13) lineEnd--;
    this.start = start;
    this.end = lineEnd;
    if (!isMatched) return;
    const { machine } = this;
    machine.setBytes(memory);
    if (machine.matchAny(start, lineEnd) < 0 || machine.messageStart < 0) return;
    this.start = machine.messageStart;
    this.end = machine.messageEnd;
  }
}
