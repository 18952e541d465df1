/** Where lines begin, looking backwards in raw bytes: the common part of cutting files into shards and streams into segments. */

import { type Encoding, isUtf16 } from './byte-source';
import { createDecoder, decodedSizeBound } from './decode';
import { startsEntry } from './journal-export';
import { toLegacyCharacterStart } from './legacy-encodings';

/** How far back a better place is looked for, bytes: most records are found in the first. Ascending. */
export const SEARCH_WINDOWS: readonly number[] = [64 * 1024, 1024 * 1024, 16 * 1024 * 1024];

/** Bytes behind a cut's nominal place that are read too, so that the line at the cut can be judged by its beginning. */
export const LOOK_BYTES = 4096;

// A line is judged by its first bytes; no format reads further than this before its message.
const JUDGED_BYTES = 64 * 1024;

export interface LineRules {
  readonly encoding: Encoding;
  /** Lines end in a lone CR. */
  readonly isCr: boolean;
  /**
   * Whether the line [start, end) begins a record, in UTF-8 without its line feed; its end may be missing where nothing
   * behind it was read. Absent: every line does.
   */
  readonly isRecordStart?: (bytes: Uint8Array, start: number, end: number) => boolean;
}

/** Positions relative to `bytes`; -1 where there is none. */
export interface Starts {
  /** Last line start that begins a record. */
  readonly record: number;
  /** Last line start of any kind. */
  readonly line: number;
}

/**
 * The last starts in (low, high].
 *
 * @param bytes  for UTF-16 its first byte must be the first of a unit
 */
export function findLastStarts(bytes: Uint8Array, low: number, high: number, rules: LineRules): Starts {
  const line = findLastLineStart(bytes, low, high, rules);
  let record = line;
  while (record !== -1 && !isRecordAt(bytes, record, rules)) record = findLastLineStart(bytes, low, record - 1, rules);
  return { record, line };
}

/**
 * Where to cut at or before `nominal`, after `floor`: before the last record within the search windows, else before the last
 * line, else -1.
 */
export function chooseCut(
  bytes: Uint8Array,
  floor: number,
  nominal: number,
  rules: LineRules,
  windows = SEARCH_WINDOWS,
): number {
  let line = -1;
  let high = nominal;
  for (const window of windows) {
    const low = Math.max(floor, nominal - window);
    const found = findLastStarts(bytes, low, high, rules);
    if (found.record !== -1) return found.record;
    if (line === -1) line = found.line;
    high = low;
  }
  return line;
}

/** The nearest place at or before `at` that does not split a character: by no more than 3 bytes in UTF-8 and UTF-16. */
export function toCharacterStart(bytes: Uint8Array, at: number, encoding: Encoding): number {
  if (encoding === 'journal-export') return at;
  if (encoding === 'utf-8') {
    for (let start = at; start > at - 4 && start > 0; start--) {
      if (((bytes[start] ?? 0) & 0xc0) !== 0x80) return start;
    }
    return at; // no UTF-8: any place is as good
  }
  if (!isUtf16(encoding)) return toLegacyCharacterStart(bytes, at, encoding);
  const even = at & ~1;
  const lead = encoding === 'utf-16le' ? 1 : 0;
  const isLow = ((bytes[even + lead] ?? 0) & 0xfc) === 0xdc;
  return isLow && even >= 2 && ((bytes[even - 2 + lead] ?? 0) & 0xfc) === 0xd8 ? even - 2 : even;
}

/** For text whose format is not known: it begins at the margin and tells a time, a number or an object early on. */
export function looksLikeRecordStart(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] ?? 32;
  if (start >= end || first <= 32) return false;
  if (first === 0x7b) return true;
  const stop = Math.min(end, start + 48);
  for (let at = start; at < stop; at++) {
    const byte = bytes[at] as number;
    if (byte >= 0x30 && byte <= 0x39) return true;
  }
  return false;
}

/** Position behind the last newline that ends in (low, high]; -1 when there is none. */
function findLastLineStart(bytes: Uint8Array, low: number, high: number, { encoding, isCr }: LineRules): number {
  const newline = isCr ? 13 : 10;
  if (!isUtf16(encoding)) {
    if (high < 1) return -1;
    const at = bytes.lastIndexOf(newline, high - 1);
    return at >= low && at !== -1 ? at + 1 : -1;
  }
  const isBigEndian = encoding === 'utf-16be';
  for (let at = high - 1; at >= 0 && at >= low; at--) {
    at = bytes.lastIndexOf(newline, at);
    if (at < low || at === -1) return -1;
    const other = isBigEndian ? at - 1 : at + 1;
    if ((at & 1) !== (isBigEndian ? 1 : 0) || bytes[other] !== 0) continue;
    const start = (at | 1) + 1;
    if (start <= high && start - 2 >= low) return start;
  }
  return -1;
}

function isRecordAt(bytes: Uint8Array, start: number, rules: LineRules): boolean {
  const { encoding, isCr, isRecordStart } = rules;
  // Whatever its format: the lines within an entry begin nothing.
  if (encoding === 'journal-export') return startsEntry(bytes, start);
  if (isRecordStart === undefined) return true;
  if (encoding === 'utf-8' && !isCr) {
    const end = bytes.indexOf(10, start);
    return isRecordStart(bytes, start, end === -1 ? bytes.length : end);
  }
  const raw = bytes.subarray(start, start + JUDGED_BYTES);
  const decoded = new Uint8Array(decodedSizeBound(raw.length, encoding));
  const length = createDecoder(encoding, isCr).decodeInto(raw, decoded, false);
  const end = decoded.subarray(0, length).indexOf(10);
  return isRecordStart(decoded, 0, end === -1 ? length : end);
}
