/** BytesRefs of Node: paths and memory. The same in the main thread and in shard workers. */
import { Fault } from '../src/base/fault';
import type { BytesRef, ByteSource } from '../src/engine/source/byte-source';
import { openMemory } from '../src/engine/source/memory-source';
import { openPath } from './path-source';

export function openBytes(ref: BytesRef): ByteSource {
  switch (ref.kind) {
    case 'path':
      return openPath(ref.path, ref.size, ref.identity);
    case 'memory':
      return openMemory(ref.bytes);
    case 'blob':
      throw new Fault('unsupported', 'the command line reads files, not Blobs');
  }
}
