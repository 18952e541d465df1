/** Where bytes come from: one interface for a File, a node file, a segment in memory, a range of a spill file. */

import { LEGACY_ENCODINGS, type LegacyEncoding } from './legacy-encodings';

/**
 * Random access to bytes that do not change.
 *
 * `read` is half-open; it resolves with exactly `end - start` bytes or rejects with a Fault:
 * `file-changed` (snapshot out of date), `file-vanished`, `file-unreadable`.
 * The returned array is the caller's to keep and may be transferred.
 */
export interface ByteSource {
  readonly size: number;
  read(start: number, end: number): Promise<Uint8Array>;
  /** For long ranges, where the place has a faster way than many reads. Call `openStream`, which does without where it is absent. */
  stream?(start: number, end: number, chunkBytes: number): ByteStream;
}

/** A range read in order. Reading begins when the stream is opened, about one chunk ahead. */
export interface ByteStream {
  /**
   * The next bytes: `chunkBytes` of them, fewer at the end of the range; null behind it. They stay valid until the next call:
   * the buffer is used again. Rejects as `ByteSource.read` does. One call at a time.
   */
  next(): Promise<Uint8Array | null>;
  /** Ends a stream that is not read to its end. */
  cancel(): void;
}

/**
 * A description of a ByteSource that can be posted to another thread, and turned back into a ByteSource there by
 * `Environment.openBytes`. `blob` is a File/Blob in the browser (structured-clonable); `path` a file in Node;
 * `memory` bytes (transferred once to the shard that will own them).
 */
export type BytesRef =
  | { kind: 'blob'; blob: unknown; size: number }
  /** `identity`: device and inode when it was named; another file in its place is Fault `file-replaced`. */
  | { kind: 'path'; path: string; size: number; identity?: string }
  | { kind: 'memory'; bytes: Uint8Array; size: number };

/** Text encodings of a source; everything is UTF-8 after decoding. Exports of the systemd journal become JSON lines. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'journal-export' | LegacyEncoding;

export const ENCODINGS: readonly Encoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'journal-export', ...LEGACY_ENCODINGS];

export function isEncoding(name: string): name is Encoding {
  return (ENCODINGS as readonly string[]).includes(name);
}

export function isUtf16(encoding: Encoding): encoding is 'utf-16le' | 'utf-16be' {
  return encoding === 'utf-16le' || encoding === 'utf-16be';
}

/** Bytes that a place in the text is a multiple of. */
export function unitBytesOf(encoding: Encoding): 1 | 2 {
  return isUtf16(encoding) ? 2 : 1;
}
