/** Encodings from before Unicode: their names, which of them take several bytes a character, and their decoders. */

/** Names as the Encoding standard has them (https://encoding.spec.whatwg.org/#names-and-labels). One byte a character. */
const SINGLE_BYTE = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-7',
  'koi8-r',
  'koi8-u',
  'ibm866',
] as const;

/** One to four bytes a character. Line feeds and carriage returns are never the second byte of one. */
const MULTI_BYTE = ['shift_jis', 'euc-jp', 'euc-kr', 'gb18030', 'big5'] as const;

type SingleByteEncoding = (typeof SINGLE_BYTE)[number];
type MultiByteEncoding = (typeof MULTI_BYTE)[number];
export type LegacyEncoding = SingleByteEncoding | MultiByteEncoding;

export const LEGACY_ENCODINGS: readonly LegacyEncoding[] = [...SINGLE_BYTE, ...MULTI_BYTE];

export function isMultiByte(encoding: string): encoding is MultiByteEncoding {
  return (MULTI_BYTE as readonly string[]).includes(encoding);
}

/** What `decodeInto` of `source/decode.ts` does, without the line ends. */
export interface LegacyDecoder {
  /** Room that is too small ends the text there, and more is returned than there is; `decodedSizeBound` is always enough. */
  decodeInto(chunk: Uint8Array, target: Uint8Array, isFinal: boolean): number;
  readonly replacedCount: number;
}

export function createLegacyDecoder(encoding: LegacyEncoding): LegacyDecoder {
  return isMultiByte(encoding) ? createMultiByteDecoder(encoding) : createSingleByteDecoder(encoding);
}

/** Upper half of Windows-1252 where it is not Latin-1: some places decode it as Latin-1 (Node 20). */
const WINDOWS_1252_C1 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const TABLES = new Map<SingleByteEncoding, Uint16Array>();

/** Characters of the bytes 128 to 255; U+FFFD where there is none. */
function upperHalf(encoding: SingleByteEncoding): Uint16Array {
  let table = TABLES.get(encoding);
  if (table === undefined) {
    const decoder = new TextDecoder(encoding);
    table = Uint16Array.from({ length: 128 }, (_, i) => decoder.decode(Uint8Array.of(128 + i)).charCodeAt(0));
    if (encoding === 'windows-1252') for (let i = 0; i < 32; i++) table[i] = WINDOWS_1252_C1.charCodeAt(i);
    TABLES.set(encoding, table);
  }
  return table;
}

function createSingleByteDecoder(encoding: SingleByteEncoding): LegacyDecoder {
  const upper = upperHalf(encoding);
  let replacedCount = 0;
  return {
    get replacedCount() {
      return replacedCount;
    },
    decodeInto(chunk, target) {
      let at = 0;
      for (let i = 0; i < chunk.length; i++) {
        const byte = chunk[i] as number;
        if (byte < 128) {
          target[at++] = byte;
          continue;
        }
        const unit = upper[byte - 128] as number;
        if (unit === 0xfffd) replacedCount++;
        if (unit < 0x800) target[at++] = 0xc0 | (unit >> 6);
        else {
          target[at++] = 0xe0 | (unit >> 12);
          target[at++] = 0x80 | ((unit >> 6) & 63);
        }
        target[at++] = 0x80 | (unit & 63);
      }
      return at;
    },
  };
}

/**
 * Fewest bytes that a streaming decoder is given at once. Node's has room for two units a byte, and fails where a byte or two
 * bring out the error that up to three bytes before them are.
 */
const LEAST_BYTES = 8;

/** The place's own decoder keeps what a chunk ends in the middle of; the last bytes wait, so that no call is too short. */
function createMultiByteDecoder(encoding: MultiByteEncoding): LegacyDecoder {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const encoder = new TextEncoder();
  let replacedCount = 0;
  /** Bytes that were not given to the decoder yet: fewer than twice LEAST_BYTES. */
  let held = new Uint8Array(0);
  return {
    get replacedCount() {
      return replacedCount;
    },
    decodeInto(chunk, target, isFinal) {
      const bytes = new Uint8Array(held.length + chunk.length);
      bytes.set(held);
      bytes.set(chunk, held.length);
      let end = bytes.length;
      if (!isFinal) end = end >= 2 * LEAST_BYTES ? end - LEAST_BYTES : 0;
      held = bytes.slice(end);
      const text = end === 0 && !isFinal ? '' : decoder.decode(bytes.subarray(0, end), { stream: !isFinal });
      for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) replacedCount++;
      const { read, written } = encoder.encodeInto(text, target);
      return written + text.length - read;
    },
  };
}

/** Bytes that are looked back at for a place where a character surely begins. */
export const CHARACTER_LOOK_BYTES = 4096;

/**
 * The nearest place at or before `at` that splits no character.
 *
 * Bytes below 0x30 are never part of a longer character, so one begins behind the last of them; from there on lengths are
 * counted. Where there is none within CHARACTER_LOOK_BYTES, any place is as good.
 */
export function toLegacyCharacterStart(bytes: Uint8Array, at: number, encoding: LegacyEncoding): number {
  if (!isMultiByte(encoding)) return at;
  const floor = Math.max(0, at - CHARACTER_LOOK_BYTES);
  let from = at;
  while (from > floor && (bytes[from - 1] as number) >= 0x30) from--;
  if (from === floor && floor > 0) return at;
  while (from < at) {
    const length = characterLength(bytes, from, encoding);
    if (from + length > at) return from;
    from += length;
  }
  return at;
}

function characterLength(bytes: Uint8Array, at: number, encoding: MultiByteEncoding): number {
  const lead = bytes[at] as number;
  if (lead <= 0x80 || lead === 0xff) return 1;
  const second = bytes[at + 1] ?? 0;
  if (encoding === 'shift_jis' && lead >= 0xa0 && lead < 0xe0) return 1; // half-width katakana
  if (encoding === 'gb18030' && second >= 0x30 && second < 0x3a) return 4;
  if (encoding === 'euc-jp' && lead === 0x8f) return 3;
  return second < 0x40 ? 1 : 2; // no second byte: a lead that stands alone
}
