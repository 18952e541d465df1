/** The bytes of a source as UTF-8 with LF, chunk by chunk, into memory that the caller owns. */

import { type Encoding, isUtf16 } from './byte-source';
import { createJournalDecoder, JOURNAL_GROWTH } from './journal-export';
import { createLegacyDecoder, type LegacyEncoding } from './legacy-encodings';

export interface Decoder {
  /**
   * Decodes the next bytes. What a chunk ends in the middle of (half a unit, half a surrogate pair) waits for the next one.
   *
   * @param target   room for what is left of `decodedSizeBound`
   * @param isFinal  nothing follows: what still waits becomes U+FFFD
   * @returns bytes written at the start of `target`
   */
  decodeInto(chunk: Uint8Array, target: Uint8Array, isFinal: boolean): number;
  /** U+FFFD written so far for what the encoding has no character for. Invalid UTF-8 is left as it is: the bytes are the truth. */
  readonly replacedCount: number;
}

/**
 * The most bytes that `rawBytes` can decode to: 3 for each UTF-16 unit (a pair takes 4 for two), 3 for each byte of a text from
 * before Unicode (a currency sign, a half-width katakana), 6 for each of a journal export (a control character).
 */
export function decodedSizeBound(rawBytes: number, encoding: Encoding): number {
  if (encoding === 'utf-8') return rawBytes;
  // What is left open at the end is closed: three bytes more.
  if (encoding === 'journal-export') return rawBytes * JOURNAL_GROWTH + 16;
  return isUtf16(encoding) ? Math.ceil(rawBytes / 2) * 3 : rawBytes * 3;
}

/**
 * A byte-order mark is text like any other here (U+FEFF): begin behind it.
 *
 * @param isCr  lines end in a lone CR: each becomes LF
 */
export function createDecoder(encoding: Encoding, isCr: boolean): Decoder {
  if (encoding === 'utf-8') return createCopier(isCr);
  if (encoding === 'journal-export') return { ...createJournalDecoder(), replacedCount: 0 };
  return isUtf16(encoding) ? createUtf16Decoder(encoding === 'utf-16be', isCr) : createTranscoder(encoding, isCr);
}

function createTranscoder(encoding: LegacyEncoding, isCr: boolean): Decoder {
  const legacy = createLegacyDecoder(encoding);
  return {
    get replacedCount() {
      return legacy.replacedCount;
    },
    decodeInto(chunk, target, isFinal) {
      const written = legacy.decodeInto(chunk, target, isFinal);
      if (isCr) translateCr(target.subarray(0, written));
      return written;
    },
  };
}

/** CR to LF in place; offsets stay. */
export function translateCr(bytes: Uint8Array): void {
  for (let at = bytes.indexOf(13); at !== -1; at = bytes.indexOf(13, at + 1)) bytes[at] = 10;
}

function createCopier(isCr: boolean): Decoder {
  return {
    replacedCount: 0,
    decodeInto(chunk, target) {
      target.set(chunk);
      if (isCr) translateCr(target.subarray(0, chunk.length));
      return chunk.length;
    },
  };
}

/**
 * for each unit: below 0x80 one byte, below 0x800 two, else three; a high surrogate waits for its low one and makes four
 *
 * What the code adds: a run of ASCII is copied four units at a time after one test of all eight bytes; a unit cut by a seam
 * waits as `oddByte`, a high surrogate as `high`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2781#section-2.2
 */
function createUtf16Decoder(isBigEndian: boolean, isCr: boolean): Decoder {
  const low = isBigEndian ? 1 : 0;
  const high = 1 - low;
  let oddByte = -1;
  let pendingHigh = 0;
  let replacedCount = 0;

  function replace(target: Uint8Array, at: number): number {
    replacedCount += 1;
    target[at] = 0xef;
    target[at + 1] = 0xbf;
    target[at + 2] = 0xbd;
    return at + 3;
  }

  function put(unit: number, target: Uint8Array, start: number): number {
    let at = start;
    if (pendingHigh !== 0) {
      const lead = pendingHigh;
      pendingHigh = 0;
      if ((unit & 0xfc00) === 0xdc00) {
        const point = 0x10000 + ((lead & 0x3ff) << 10) + (unit & 0x3ff);
        target[at] = 0xf0 | (point >> 18);
        target[at + 1] = 0x80 | ((point >> 12) & 63);
        target[at + 2] = 0x80 | ((point >> 6) & 63);
        target[at + 3] = 0x80 | (point & 63);
        return at + 4;
      }
      at = replace(target, at);
    }
    if (unit < 0x80) {
      target[at] = isCr && unit === 13 ? 10 : unit;
      return at + 1;
    }
    if (unit < 0x800) {
      target[at] = 0xc0 | (unit >> 6);
      target[at + 1] = 0x80 | (unit & 63);
      return at + 2;
    }
    if ((unit & 0xfc00) === 0xd800) {
      pendingHigh = unit;
      return at;
    }
    if ((unit & 0xfc00) === 0xdc00) return replace(target, at);
    target[at] = 0xe0 | (unit >> 12);
    target[at + 1] = 0x80 | ((unit >> 6) & 63);
    target[at + 2] = 0x80 | (unit & 63);
    return at + 3;
  }

  return {
    get replacedCount() {
      return replacedCount;
    },
    decodeInto(chunk, target, isFinal) {
      const { length } = chunk;
      let at = 0;
      let from = 0;
      if (oddByte !== -1 && length > 0) {
        const next = chunk[0] as number;
        at = put(isBigEndian ? (oddByte << 8) | next : oddByte | (next << 8), target, at);
        oddByte = -1;
        from = 1;
      }
      const end = from + ((length - from) & ~1);
      while (from < end) {
        if (pendingHigh === 0 && !isCr) {
          while (from + 8 <= end) {
            const a = chunk[from + low] as number;
            const b = chunk[from + 2 + low] as number;
            const c = chunk[from + 4 + low] as number;
            const d = chunk[from + 6 + low] as number;
            const rest =
              (chunk[from + high] as number) |
              (chunk[from + 2 + high] as number) |
              (chunk[from + 4 + high] as number) |
              (chunk[from + 6 + high] as number);
            if ((rest | ((a | b | c | d) & 0x80)) !== 0) break;
            target[at] = a;
            target[at + 1] = b;
            target[at + 2] = c;
            target[at + 3] = d;
            at += 4;
            from += 8;
          }
          if (from === end) break;
        }
        at = put((chunk[from + low] as number) | ((chunk[from + high] as number) << 8), target, at);
        from += 2;
      }
      if (from < length) oddByte = chunk[from] as number;
      if (isFinal) {
        // One for both, as TextDecoder has it.
        if (pendingHigh !== 0 || oddByte !== -1) at = replace(target, at);
        pendingHigh = 0;
        oddByte = -1;
      }
      return at;
    },
  };
}
