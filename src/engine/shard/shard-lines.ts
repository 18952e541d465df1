/** Physical lines of a shard, each with the record it belongs to: for the `parse` verb and for tests. */

import type { LevelCode } from '../records/record';
import { firstLineEnd, readLine } from './field-values';
import type { LoadedShard, RecordBlock } from './loaded-shard';
import type { ShardLine } from './shard-api';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Lines of records from record index `first` of one block on, at most about `count` (whole records).
 *
 * @param bytes  where the shard's byte 0 would stand in `memory`
 */
export function linesOf(
  shard: LoadedShard,
  block: RecordBlock,
  columns: DataView,
  memory: Uint8Array,
  bytes: number,
  first: number,
  count: number,
): { lines: ShardLine[]; next: number } {
  const lines: ShardLine[] = [];
  let i = first - block.first;
  for (; i < block.count && lines.length < count; i++) {
    const record = memory.subarray(
      bytes + columns.getUint32(block.offsets + i * 4, true),
      bytes + shard.endOf(columns, block, i),
    );
    const time = shard.timeAt(columns, block, i);
    const level = (columns.getUint8(block.levels + i) & 15) as LevelCode;
    const end = firstLineEnd(record);
    const facts = readLine(shard.spec, record.subarray(0, end));
    lines.push({
      record: block.first + i,
      time,
      level,
      message: decoder.decode(record.subarray(0, facts.messageStart)).length,
    });
    for (let at = record.indexOf(10); at >= 0 && at + 1 < record.length; at = record.indexOf(10, at + 1)) {
      lines.push({ record: block.first + i, time, level, message: null });
    }
  }
  return { lines, next: block.first + i };
}
