/** Texts of records by where they begin: for what looks at a few records from anywhere in a shard. */

import { readLine } from './field-values';
import type { Inside } from './inside';
import { throwIfGone } from './loaded-shard';
import type { RecordText, ShardKey } from './shard-api';

/** Bytes of a record that are told at most. */
const RECORD_TEXT_BYTES = 16_384;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * @param offsets  where records begin, from the shard's first byte; in any order
 * @throws Fault `source-unknown`, and as ByteSource.read does
 */
export async function readTexts(inside: Inside, key: ShardKey, offsets: Float64Array): Promise<RecordText[]> {
  const { arena, blockBytes } = inside;
  const shard = inside.shardOf(key);
  const texts: RecordText[] = Array.from(offsets, () => ({ text: '', messageStart: 0 }));
  // In the file's order, so that the blocks of an evicted shard are read once each.
  const order = [...offsets.keys()].sort((a, b) => (offsets[a] as number) - (offsets[b] as number));
  for (const at of order) {
    throwIfGone(shard);
    const index = shard.indexOfOffset(new DataView(arena.memory.buffer), offsets[at] as number);
    if (index >= shard.recordCount) continue;
    const block = shard.blockOf(index);
    await blockBytes.with(shard, block, (bytes) => {
      const view = new DataView(arena.memory.buffer);
      const memory = new Uint8Array(view.buffer);
      const i = index - block.first;
      const start = view.getUint32(block.offsets + i * 4, true);
      const end = Math.min(shard.endOf(view, block, i), start + RECORD_TEXT_BYTES);
      const record = memory.subarray(bytes + start, bytes + end);
      const { messageStart } = readLine(shard.spec, record);
      texts[at] = {
        text: decoder.decode(record),
        messageStart: decoder.decode(record.subarray(0, messageStart)).length,
      };
    });
  }
  return texts;
}
