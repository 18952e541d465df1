/** Reads all of an indexed shard into memory again. */

import { breathe } from '../../base/breathe';
import { Fault } from '../../base/fault';
import type { ByteSource } from '../source/byte-source';
import { createDecoder } from '../source/decode';
import { openStream } from '../source/streams';
import type { Arena, Block } from './arena';
import type { LoadedShard } from './loaded-shard';

const CHUNK_BYTES = 1024 * 1024;
/** Work between two breaths, so that questions get in. */
const BREATH_MS = 8;

/**
 * @returns the decoded bytes, the caller's to give back
 * @throws Fault as ByteSource.read does; `file-changed` when the bytes are not as many as were indexed
 */
export async function readWhole(shard: LoadedShard, arena: Arena, source: ByteSource): Promise<Block> {
  const { spec } = shard;
  const rawBytes = spec.end - spec.start;
  // Just as many as there were: what is more is told by the decoder, and is another text.
  const bytes = arena.allocate(Math.max(1, shard.decodedBytes));
  const stream = openStream(source, spec.start, spec.end, spec.chunkBytes === 0 ? CHUNK_BYTES : spec.chunkBytes);
  try {
    const decoder = createDecoder(spec.encoding, spec.isCr);
    let filled = 0;
    let read = 0;
    let breathed = performance.now();
    for (let chunk = await stream.next(); chunk !== null; chunk = await stream.next()) {
      read += chunk.length;
      const room = new Uint8Array(arena.memory.buffer, bytes.pointer + filled, bytes.size - filled);
      filled += decoder.decodeInto(chunk, room, read === rawBytes);
      if (filled > shard.decodedBytes) break;
      if (performance.now() - breathed <= BREATH_MS) continue;
      await breathe();
      breathed = performance.now();
    }
    if (filled !== shard.decodedBytes)
      throw new Fault('file-changed', 'the source is not what it was when it was indexed');
    return bytes;
  } catch (error) {
    arena.give(bytes);
    throw error;
  } finally {
    stream.cancel();
  }
}
