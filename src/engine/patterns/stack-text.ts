/**
 * The lines in which a record tells of an error: its physical lines, and where one of them is JSON or another text in
 * quotes, the lines of the texts in it, as in {"stack_trace":"java.lang.Error: x\n\tat com.acme.Pool.take(Pool.java:41)"}.
 */

/** Texts taken out of one line at most. */
const MOST_PIECES = 4096;
/** Texts within texts that are opened: JSON in a field of JSON. */
const MOST_NESTED = 3;

/** Whether a line holds lines: escaped ones within quotes, or as syslog writes them. */
export function holdsLines(line: string): boolean {
  return (line.includes('\\n') && line.includes('"')) || line.includes('#012');
}

/**
 * The texts in a line with quotes, without their escapes and cut at their line ends; what stands outside quotes comes as
 * texts, too.
 *
 * @returns at most 4,096
 */
export function splitQuoted(line: string): string[] {
  const pieces: string[] = [];
  split(line, 1, pieces);
  return pieces.length > MOST_PIECES ? pieces.slice(0, MOST_PIECES) : pieces;
}

function split(line: string, depth: number, pieces: string[]): void {
  for (let at = 0; at < line.length && pieces.length < MOST_PIECES; ) {
    const { text, end } = unescapeUntilQuote(line, at);
    // JSON within JSON is one line; where there are several, what looks escaped is a folder of Windows.
    if (depth < MOST_NESTED && !text.includes('\n') && holdsLines(text)) split(text, depth + 1, pieces);
    else for (const piece of text.split(/\r?\n|#012/)) if (piece !== '') pieces.push(piece);
    at = end + 1;
  }
}

/** The text from `start` on up to a quote that is not escaped, or the line's end. */
function unescapeUntilQuote(line: string, start: number): { text: string; end: number } {
  let end = line.indexOf('"', start);
  if (end < 0) end = line.length;
  let slash = line.indexOf('\\', start);
  if (slash < 0 || slash > end) return { text: line.slice(start, end), end };
  let text = '';
  let from = start;
  while (slash >= 0 && slash < end) {
    const escaped = line[slash + 1] ?? '';
    text += line.slice(from, slash);
    from = slash + 2;
    if (escaped === 'u') {
      const code = /^[\da-fA-F]{4}$/.test(line.slice(from, from + 4))
        ? Number.parseInt(line.slice(from, from + 4), 16)
        : -1;
      if (code >= 0) from += 4;
      text += code >= 0 ? String.fromCharCode(code) : 'u';
    } else text += ESCAPES[escaped] ?? escaped;
    if (escaped === '"') {
      end = line.indexOf('"', from);
      if (end < 0) end = line.length;
    }
    slash = line.indexOf('\\', from);
  }
  return { text: text + line.slice(from, Math.max(from, end)), end: Math.max(from, end) };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: ' ', f: ' ' };

/**
 * What a record's first line tells of: its message, or all of it where the message is one of several texts in quotes.
 *
 * @param messageStart  UTF-16 index
 */
export function bodyOf(line: string, messageStart: number): string {
  const before = messageStart > 0 ? line[messageStart - 1] : '';
  return before === '"' || before === '=' || before === ':' || line.startsWith('{') ? line : line.slice(messageStart);
}

/**
 * Bytes of a text with numbers made alike, so that what differs in numbers only is read once: a run of digits becomes `0`
 * unless a word's letters stand before it (`V2Api` stays), and so does what follows `0x`.
 *
 * @param target  at least end - start bytes; from its beginning on, which may be those of `bytes` at `start`
 * @returns how many were written
 */
export function maskNumbers(bytes: Uint8Array, start: number, end: number, target: Uint8Array): number {
  let length = 0;
  let isWord = false; // the byte before belongs to a word that does not begin with a digit
  for (let at = start; at < end; ) {
    const byte = bytes[at] as number;
    const kind = KINDS[byte] as number;
    if (kind !== DIGIT || isWord) {
      target[length++] = byte;
      isWord = kind !== OTHER;
      at++;
      continue;
    }
    target[length++] = 48;
    if (byte === 48 && at + 1 < end && bytes[at + 1] === 120) {
      target[length++] = 120;
      for (at += 2; at < end && isHexDigit(bytes[at] as number); ) at++;
    } else for (at++; at < end && KINDS[bytes[at] as number] === DIGIT; ) at++;
  }
  return length;
}

const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
/** Of every byte: bytes of non-ASCII characters and `_` are letters. */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 48 && byte <= 57) return DIGIT;
  return byte >= 128 || /[A-Za-z_]/.test(String.fromCharCode(byte)) ? LETTER : OTHER;
});

function isHexDigit(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 102) || (byte >= 65 && byte <= 70);
}
