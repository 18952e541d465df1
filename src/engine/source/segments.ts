/** A stream of unknown length cut into segments at the ends of records, holding no more than one segment. */

import { detectHead, HEAD_BYTES } from './encoding';
import {
  chooseCut,
  LOOK_BYTES,
  looksLikeRecordStart,
  SEARCH_WINDOWS,
  toCharacterStart,
  type LineRules,
} from './line-starts';

/** As large as the shards of a large file. */
export const SEGMENT_BYTES = 48 * 1024 * 1024;

/** The first segment is small, so that rows show while the rest is still being inflated. */
const FIRST_SEGMENT_BYTES = 1024 * 1024;

export interface SegmentCutter {
  /**
   * Takes the next bytes (copied).
   *
   * @returns the segments that are complete now, each 1 to `limitBytes` long (the first at most 1 MiB) and alone in its buffer
   */
  push(chunk: Uint8Array): Uint8Array[];
  /** What is left; null when nothing is. */
  finish(): Uint8Array | null;
}

/**
 * Each segment ends before the last line within the search windows that looks like a record's first, else at the last line
 * end, else (a line longer than the largest window) between two characters. Encoding and line end are told from the first
 * bytes. The result does not depend on how the chunks come.
 */
export function createSegmentCutter(
  limitBytes = SEGMENT_BYTES,
  windows: readonly number[] = SEARCH_WINDOWS,
): SegmentCutter {
  const full = Math.max(4, limitBytes & ~1);
  let limit = Math.min(full, FIRST_SEGMENT_BYTES);
  let capacity = limit + LOOK_BYTES;
  let buffer = new Uint8Array(0);
  let filled = 0;
  let rules: LineRules | undefined;

  function ensureRoom(wanted: number): void {
    if (buffer.length >= wanted) return;
    const grown = new Uint8Array(Math.min(capacity, Math.max(wanted, buffer.length * 2, 64 * 1024)));
    grown.set(buffer.subarray(0, filled));
    buffer = grown;
  }

  /** Hands the buffer over with the segment in it, and keeps the rest in a new one. */
  function cut(): Uint8Array {
    const bytes = buffer.subarray(0, filled);
    if (rules === undefined) {
      const head = detectHead(bytes.subarray(0, Math.min(HEAD_BYTES, limit)));
      rules = { encoding: head.encoding, isCr: head.isCr, isRecordStart: looksLikeRecordStart };
    }
    const chosen = chooseCut(bytes, 0, limit, rules, windows);
    const end = chosen !== -1 ? chosen : toCharacterStart(bytes, limit, rules.encoding) || limit;
    const segment = bytes.subarray(0, end);
    const rest = bytes.subarray(end);
    limit = full;
    capacity = limit + LOOK_BYTES;
    buffer = new Uint8Array(Math.max(rest.length, Math.min(capacity, 64 * 1024)));
    buffer.set(rest);
    filled = rest.length;
    return segment;
  }

  return {
    push(chunk) {
      const segments: Uint8Array[] = [];
      for (let from = 0; from < chunk.length; ) {
        const count = Math.min(chunk.length - from, capacity - filled);
        ensureRoom(filled + count);
        buffer.set(chunk.subarray(from, from + count), filled);
        filled += count;
        from += count;
        // Full means that the limit and what is looked at behind it are there, however the chunks came.
        if (filled === capacity) segments.push(cut());
      }
      return segments;
    },
    finish() {
      const rest = filled === 0 ? null : buffer.slice(0, filled);
      buffer = new Uint8Array(0);
      filled = 0;
      return rest;
    },
  };
}
