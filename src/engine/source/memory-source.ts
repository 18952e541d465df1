/** Bytes that are in memory already, as a ByteSource. */

import { Fault } from '../../base/fault';
import type { ByteSource } from './byte-source';

export function openMemory(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(start, end) {
      if (start < 0 || end > bytes.length) {
        return Promise.reject(new Fault('file-changed', `asked for [${start}, ${end}) of ${bytes.length} bytes`));
      }
      // A copy: what is read may be transferred, the source must not be.
      return Promise.resolve(bytes.slice(start, end));
    },
  };
}
