/** How often each value of a field comes in the kept records of a shard worker's shards: every record is read. */

import { breathe } from '../../base/breathe';
import { FLAG_UNMATCHED } from '../kernels/index-layout';
import { ValueCounts } from '../value-counts';
import { FieldReader } from './field-values';
import type { Inside } from './inside';
import { throwIfGone } from './loaded-shard';
import type { ShardKey, ShardValues } from './shard-api';

/** Records between two looks at the clock. */
const STEP = 1024;
const BREATH_MS = 12;

export async function countValues(
  inside: Inside,
  selection: number,
  field: string,
  keys: readonly ShardKey[],
  ticket: number,
): Promise<ShardValues> {
  const values = new ValueCounts();
  let missingCount = 0;
  let breathed = performance.now();
  for (const key of keys) {
    const shard = inside.shardOf(key);
    const reader = new FieldReader(shard.spec, field);
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
            const start = view.getUint32(block.offsets + i * 4, true);
            const isMatched = ((memory[block.levels + i] as number) & FLAG_UNMATCHED) === 0;
            const found = reader.read(memory, bytes + start, bytes + shard.endOf(view, block, i), isMatched);
            if (found === null) missingCount++;
            else if (typeof found === 'string') values.add(found, 1);
            else for (const value of found) values.add(value, 1);
          }
        });
        inside.throwIfCancelled(ticket);
        if (performance.now() - breathed <= BREATH_MS) continue;
        await breathe();
        breathed = performance.now();
        inside.throwIfCancelled(ticket);
      }
    });
  }
  return { values: [...values.counts.keys()], counts: Float64Array.from(values.counts.values()), missingCount };
}
