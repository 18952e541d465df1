/** A record's text in full: rows carry only its beginning, and only as far as it is valid UTF-8. */

import type { EngineApi, Row } from '../api';

// The engine gives at most 1 MiB of bytes a call.
const PIECE_BYTES = 1024 * 1024;
const REPLACEMENT = '\ufffd';

export interface RecordReader {
  /** Whether the row's text is the record's bytes: nothing cut off, nothing replaced while decoding. */
  isExact(row: Row): boolean;
  /** The record's bytes in order, without its last line end; the next piece is read when `take` has resolved. */
  eachPiece(row: Row, take: (bytes: Uint8Array) => Promise<void>): Promise<void>;
  /** What is not valid UTF-8 becomes U+FFFD. */
  readText(row: Row): Promise<string>;
}

export function createRecordReader(engine: Pick<EngineApi, 'bytes'>): RecordReader {
  async function eachPiece(row: Row, take: (bytes: Uint8Array) => Promise<void>): Promise<void> {
    const { source, offset } = row.id;
    const end = offset + row.textBytes;
    for (let start = offset; start < end; start += PIECE_BYTES) {
      await take(await engine.bytes(source, start, Math.min(start + PIECE_BYTES, end)));
    }
  }

  return {
    isExact: (row) => !row.isCut && !row.text.includes(REPLACEMENT),
    eachPiece,
    async readText(row) {
      const decoder = new TextDecoder();
      let text = '';
      await eachPiece(row, async (bytes) => {
        text += decoder.decode(bytes, { stream: true });
      });
      return text + decoder.decode();
    },
  };
}
