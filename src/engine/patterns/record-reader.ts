/** Texts of records from anywhere in the sources, in batches: what classification looks at. */

import type { Ticket } from '../../base/breathe';
import { Fault } from '../../base/fault';
import type { Fleet } from '../fleet';
import type { RecordId, SourceId } from '../records/record';
import type { RecordText, ShardKey } from '../shard/shard-api';
import type { SourceEntry } from '../source-entry';

/** Records asked for at once: 1 MiB of text at most. */
const BATCH = 64;

/**
 * @param onText  called for each record once, in no particular order
 * @throws Fault `stale` when cancelled, `source-unknown` when a shard was dropped meanwhile
 */
export async function readRecords(
  fleet: Fleet,
  entryOf: (source: SourceId) => SourceEntry,
  records: readonly RecordId[],
  ticket: Ticket,
  onText: (index: number, text: RecordText) => void,
): Promise<void> {
  const byShard = new Map<ShardKey, { readonly start: number; readonly indexes: number[] }>();
  const bounds = new Map<SourceId, readonly ShardBounds[]>();
  records.forEach(({ source, offset }, index) => {
    let shards = bounds.get(source);
    if (shards === undefined) {
      shards = boundsOf(entryOf(source));
      bounds.set(source, shards);
    }
    const shard = shardAt(shards, offset);
    const list = byShard.get(shard.key);
    if (list === undefined) byShard.set(shard.key, { start: shard.start, indexes: [index] });
    else list.indexes.push(index);
  });
  await Promise.all(
    [...byShard].map(async ([key, { start, indexes }]) => {
      indexes.sort((a, b) => (records[a] as RecordId).offset - (records[b] as RecordId).offset);
      for (let first = 0; first < indexes.length; first += BATCH) {
        ticket.throwIfCancelled();
        const batch = indexes.slice(first, first + BATCH);
        const offsets = Float64Array.from(batch, (index) => (records[index] as RecordId).offset - start);
        const texts = await fleet.onShard(key, (api) => api.texts(key, offsets));
        batch.forEach((index, i) => {
          onText(index, texts[i] as RecordText);
        });
      }
    }),
  );
  ticket.throwIfCancelled();
}

interface ShardBounds {
  readonly key: ShardKey;
  /** Offset of its first byte in the decoded source. */
  readonly start: number;
}

function boundsOf(entry: SourceEntry): ShardBounds[] {
  let start = 0;
  return entry.readable().map(({ key, report }) => {
    const bounds = { key, start };
    start += report.decodedBytes;
    return bounds;
  });
}

/** The last one that begins at or before the offset. */
function shardAt(shards: readonly ShardBounds[], offset: number): ShardBounds {
  let low = 0;
  let high = shards.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((shards[middle] as ShardBounds).start <= offset) low = middle;
    else high = middle - 1;
  }
  const found = shards[low];
  if (found === undefined) throw new Fault('source-unknown', 'the record is not there any more');
  return found;
}
