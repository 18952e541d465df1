/** What a source is made of, told from its first bytes: text or not, which encoding, which line ends; each with the reason. */

import { describeBinary } from './binary-kinds';
import { type Encoding, unitBytesOf } from './byte-source';
import { guessEncoding } from './guess-encoding';
import { isJournalExport } from './journal-export';

/** Bytes to hand in: enough for every rule below, cheap to read. */
export const HEAD_BYTES = 64 * 1024;

export interface HeadFacts {
  readonly kind: 'text' | 'binary' | 'empty';
  /** What a binary source is ("PNG image"), where its first bytes tell; null for text and unknown kinds. */
  readonly binaryName: string | null;
  readonly encoding: Encoding;
  /** Length of the byte-order mark: the text begins behind it. */
  readonly bomBytes: 0 | 2 | 3;
  readonly lineEnding: 'LF' | 'CRLF' | 'CR';
  /** Lines end in a lone CR. */
  readonly isCr: boolean;
  /** For people: "UTF-16 little-endian: 96 % of the odd bytes are NUL". */
  readonly reason: string;
}

const LF = 10;
const CR = 13;

// A run this long is a hole (a crash, copytruncate), not data: text with holes stays text and the NULs are counted as a problem.
const HOLE_BYTES = 64;
// 2026-11: control bytes are 8 % of compressed data and 15–60 % of programs; the worst of our sample logs has 0.4 %.
const MAX_CONTROL_SHARE = 0.04;
// Half of what random bytes show; Latin-1 logs in Western languages stay below 10 %.
const MAX_INVALID_SHARE = 0.25;

/**
 * @param head  the first bytes of the source, `HEAD_BYTES` of them where there are as many
 * @param probes  places further on: an encoding from before Unicode may show only there
 */
export function detectHead(head: Uint8Array, probes: readonly Uint8Array[] = []): HeadFacts {
  const [b0, b1, b2] = head;
  if (head.length === 0) return text('utf-8', 0, head, 'no bytes', 'empty');
  if (b0 === 0xef && b1 === 0xbb && b2 === 0xbf) return text('utf-8', 3, head, 'UTF-8 byte-order mark');
  // FF FE 00 00 would be UTF-32; as UTF-16 it is a NUL first, which no text has.
  if (b0 === 0xff && b1 === 0xfe && !(head[2] === 0 && head[3] === 0)) {
    return text('utf-16le', 2, head, 'UTF-16 little-endian byte-order mark');
  }
  if (b0 === 0xfe && b1 === 0xff) return text('utf-16be', 2, head, 'UTF-16 big-endian byte-order mark');

  if (isJournalExport(head)) return text('journal-export', 0, head, 'entries begin with __CURSOR and a time');

  const binaryName = describeBinary(head);
  if (binaryName !== null) return { ...text('utf-8', 0, head, `first bytes of a ${binaryName}`, 'binary'), binaryName };

  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const asciiShare = utf16AsciiShare(head, encoding);
    if (asciiShare === 0) continue;
    const side = encoding === 'utf-16le' ? 'little-endian: the odd' : 'big-endian: the even';
    return text(
      encoding,
      encoding === 'utf-16le' && b0 === 0xff && b1 === 0xfe ? 2 : 0, // the mark that might have been UTF-32's
      head,
      `UTF-16 ${side} bytes are NUL for ${Math.floor(asciiShare * 100)} % of the characters`,
    );
  }
  const controls = findControls(head);
  if (controls !== null) return text('utf-8', 0, head, controls, 'binary');
  const guess = guessEncoding([head, ...probes]);
  if (guess !== null) return text(guess.encoding, 0, head, guess.reason);
  const refusal = findInvalid(head);
  if (refusal !== null) return text('utf-8', 0, head, refusal, 'binary');
  return text('utf-8', 0, head, head.some((byte) => byte > 127) ? 'reads as UTF-8' : 'ASCII');
}

/** The same of a text whose encoding was chosen by a person: whatever it looks like, it is read so. */
export function readHeadAs(head: Uint8Array, encoding: Encoding): HeadFacts {
  const [b0, b1, b2] = head;
  let bomBytes: HeadFacts['bomBytes'] = 0;
  if (encoding === 'utf-8' && b0 === 0xef && b1 === 0xbb && b2 === 0xbf) bomBytes = 3;
  if (encoding === 'utf-16le' && b0 === 0xff && b1 === 0xfe) bomBytes = 2;
  if (encoding === 'utf-16be' && b0 === 0xfe && b1 === 0xff) bomBytes = 2;
  return text(encoding, bomBytes, head, 'chosen by you', head.length === 0 ? 'empty' : 'text');
}

function text(
  encoding: Encoding,
  bomBytes: 0 | 2 | 3,
  head: Uint8Array,
  reason: string,
  kind: HeadFacts['kind'] = 'text',
): HeadFacts {
  const lineEnding = findLineEnding(head, encoding, bomBytes);
  return { kind, binaryName: null, encoding, bomBytes, lineEnding, isCr: lineEnding === 'CR', reason };
}

/** CR only where the head has no LF; CRLF when most LFs have a CR before them. */
function findLineEnding(head: Uint8Array, encoding: Encoding, bomBytes: number): HeadFacts['lineEnding'] {
  const step = unitBytesOf(encoding);
  const low = encoding === 'utf-16be' ? 1 : 0;
  let lfs = 0;
  let crlfs = 0;
  let crs = 0;
  let before = -1;
  for (let at = bomBytes; at + step <= head.length; at += step) {
    const byte = head[at + low] as number;
    const unit = step === 1 ? byte : byte | ((head[at + 1 - low] as number) << 8);
    if (unit === LF) {
      lfs += 1;
      if (before === CR) crlfs += 1;
    } else if (unit === CR) crs += 1;
    before = unit;
  }
  if (lfs > 0) return crlfs * 2 > lfs ? 'CRLF' : 'LF';
  // One CR as the last character may be half of a CRLF that the head cuts in two.
  return crs > (before === CR ? 1 : 0) ? 'CR' : 'LF';
}

/**
 * How far the head reads as UTF-16 without a mark: the share of ASCII text among its units; 0 when it cannot be UTF-16.
 * A text in any script has ASCII blanks, digits and line ends; it has no U+0000, no lone surrogates, hardly a control.
 */
function utf16AsciiShare(head: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): number {
  const low = encoding === 'utf-16be' ? 1 : 0;
  const units = head.length >> 1;
  if (units < 2) return 0;
  let ascii = 0;
  let bad = 0;
  let isHigh = false;
  for (let index = 0; index < units; index++) {
    const unit = (head[index * 2 + low] as number) | ((head[index * 2 + 1 - low] as number) << 8);
    const isLow = unit >= 0xdc00 && unit < 0xe000;
    if (isLow !== isHigh) bad += 1;
    isHigh = unit >= 0xd800 && unit < 0xdc00;
    if (unit < 128) {
      if (isTextByte(unit)) ascii += 1;
      else bad += 1;
    } else if ((unit >= 0xe000 && unit < 0xf900) || unit >= 0xfffe) bad += 1;
  }
  return bad <= units * 0.01 && ascii >= units * 0.2 ? ascii / units : 0;
}

function isTextByte(byte: number): boolean {
  return (byte >= 32 && byte !== 127) || (byte >= 8 && byte <= 13) || byte === 27;
}

/** Bytes of the head that are no holes, and how many of them are control characters. */
function countControls(head: Uint8Array): { dense: number; controls: number } {
  let holes = 0;
  let run = 0;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) {
      run += 1;
      continue;
    }
    if (run >= HOLE_BYTES) holes += run;
    else controls += run;
    run = 0;
    // SOH and the separators FS…US stand between the fields of FIX messages and of JSON text sequences.
    if (byte === 127 || (byte < 28 && byte !== 1 && !isTextByte(byte))) controls += 1;
  }
  if (run >= HOLE_BYTES) holes += run;
  else controls += run;
  return { dense: head.length - holes, controls };
}

/** Why the head is no text in any encoding, for people; null when it may be. */
function findControls(head: Uint8Array): string | null {
  const { dense, controls } = countControls(head);
  if (dense === 0) return `only NUL bytes in the first ${head.length}`;
  if (controls > dense * MAX_CONTROL_SHARE) return `${toPercent(controls / dense)} of the bytes are control characters`;
  return null;
}

/** Why a head that reads well in no other encoding is no text in UTF-8 either. */
function findInvalid(head: Uint8Array): string | null {
  const { dense } = countControls(head);
  const invalid = countInvalid(head);
  if (invalid > dense * MAX_INVALID_SHARE) return `${toPercent(invalid / dense)} of the bytes are no UTF-8`;
  return null;
}

function toPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Bytes over 127 that are no part of a well-formed sequence; a sequence that the end cuts off is not counted. */
function countInvalid(head: Uint8Array): number {
  let invalid = 0;
  for (let at = 0; at < head.length; ) {
    const lead = head[at] as number;
    const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    let seen = 1;
    while (seen < length && at + seen < head.length && ((head[at + seen] as number) & 0xc0) === 0x80) seen += 1;
    if (length > 0 && (seen === length || at + seen === head.length)) at += seen;
    else {
      invalid += 1;
      at += 1;
    }
  }
  return invalid;
}
