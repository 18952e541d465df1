/**
 * The export format of the systemd journal, read as JSON lines: an entry becomes one line, as `journalctl -o json` has it.
 *
 *   __CURSOR=s=bcce4f…⏎                       {"__CURSOR":"s=bcce4f…",
 *   PRIORITY=6⏎                                "PRIORITY":"6",
 *   MESSAGE⏎ length (u64 LE) data ⏎     ──►    "MESSAGE":"two\nlines"}⏎
 *   ⏎
 *
 * So binary fields and messages of many lines are one record, and the format `journal-json` reads the rest. Bytes that are no
 * UTF-8 stay as they are.
 *
 * @see https://systemd.io/JOURNAL_EXPORT_FORMATS/
 */

const LF = 10;
const EQUALS = 61;
/** What every entry begins with. */
const FIRST_FIELD = '__CURSOR=';
/** Longest name of a field, which is 64 bytes in the journal; what is longer is no name. */
const MOST_NAME_BYTES = 256;
const HEX = '0123456789abcdef';

/** The most bytes that one byte becomes: a control character, \u0001. */
export const JOURNAL_GROWTH = 6;

export function isJournalExport(head: Uint8Array): boolean {
  if (!startsEntry(head, 0)) return false;
  const end = head.indexOf(LF);
  return end > 0 && hasText(head, end + 1, '__REALTIME_TIMESTAMP=');
}

/** Whether an entry begins at that line start. */
export function startsEntry(bytes: Uint8Array, at: number): boolean {
  return hasText(bytes, at, FIRST_FIELD);
}

function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

type Where = 'name' | 'text' | 'length' | 'data' | 'behind data';

/** What `decodeInto` of `source/decode.ts` does; begins at an entry. */
export function createJournalDecoder(): {
  decodeInto(chunk: Uint8Array, target: Uint8Array, isFinal: boolean): number;
} {
  let where: Where = 'name';
  let name: number[] = [];
  let hasField = false;
  let lengthBytes = 0;
  let left = 0;
  let at = 0;

  function put(target: Uint8Array, text: string): void {
    for (let i = 0; i < text.length; i++) target[at++] = text.charCodeAt(i);
  }

  function putValue(target: Uint8Array, byte: number): void {
    if (byte === 34 || byte === 92) {
      target[at++] = 92;
      target[at++] = byte;
    } else if (byte >= 32) target[at++] = byte;
    else if (byte === LF) put(target, '\\n');
    else if (byte === 9) put(target, '\\t');
    else if (byte === 13) put(target, '\\r');
    else put(target, `\\u00${HEX[byte >> 4]}${HEX[byte & 15]}`);
  }

  function beginValue(target: Uint8Array): void {
    put(target, hasField ? ',"' : '{"');
    for (const byte of name) putValue(target, byte);
    put(target, '":"');
    hasField = true;
    name = [];
  }

  function endEntry(target: Uint8Array): void {
    if (hasField) put(target, '}\n');
    hasField = false;
  }

  return {
    decodeInto(chunk, target, isFinal) {
      at = 0;
      for (const byte of chunk) {
        switch (where) {
          case 'name':
            if (byte === EQUALS || name.length === MOST_NAME_BYTES) {
              beginValue(target);
              where = 'text';
            } else if (byte !== LF) name.push(byte);
            else if (name.length === 0) endEntry(target);
            else {
              beginValue(target);
              where = 'length';
              lengthBytes = 0;
              left = 0;
            }
            break;
          case 'text':
            if (byte === LF) {
              put(target, '"');
              where = 'name';
            } else putValue(target, byte);
            break;
          case 'length':
            left += byte * 2 ** (8 * lengthBytes);
            if (++lengthBytes === 8) where = left === 0 ? 'behind data' : 'data';
            break;
          case 'data':
            putValue(target, byte);
            if (--left === 0) where = 'behind data';
            break;
          case 'behind data':
            put(target, '"');
            where = 'name';
            break;
        }
      }
      if (isFinal) {
        // What breaks off is closed: a value where it ends, a name as one without a value.
        const isInValue = where !== 'name' || name.length > 0;
        if (where === 'name' && name.length > 0) beginValue(target);
        if (isInValue) put(target, '"');
        where = 'name';
        endEntry(target);
      }
      return at;
    },
  };
}
