/**
 * The lines in which a record tells of an error: its physical lines, and where one of them is JSON or another text in
 * quotes, the lines of the texts in it, as in {"stack_trace":"java.lang.Error: x\n\tat com.acme.Pool.take(Pool.java:41)"}.
 */

/** Stretches of a quoted line: what stands between quotes and between escaped line ends. */
const MOST_PIECES = 4096;

/** Whether a line holds lines. */
export function holdsLines(line: string): boolean {
  return (line.includes('\\n') && line.includes('"')) || line.includes('#012');
}

/**
 * The texts in a line with quotes, cut at their line ends; what stands outside quotes comes as texts, too.
 *
 * @returns at most 4,096
 */
export function splitQuoted(line: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let from = 0;
  const cut = (end: number, next: number): void => {
    piece += line.slice(from, end);
    if (piece !== '') pieces.push(piece);
    piece = '';
    from = next;
  };
  for (let at = 0; at < line.length && pieces.length < MOST_PIECES; at++) {
    const char = line.charCodeAt(at);
    if (char === 34) cut(at, at + 1);
    else if (char === 35 && line.startsWith('#012', at)) cut(at, at + 4);
    else if (char === 92) {
      // A text within a text is escaped twice: \\n is a line end there.
      let end = at;
      while (line.charCodeAt(end) === 92) end++;
      const escaped = line[end] ?? '';
      if (escaped === 'n' || escaped === 'r') cut(at, end + 1);
      else {
        piece += line.slice(from, at) + (escaped === 't' ? '\t' : escaped === 'u' ? '' : escaped);
        from = end + 1;
        if (escaped === 'u') {
          const code = Number.parseInt(line.slice(end + 1, end + 5), 16);
          if (Number.isInteger(code)) piece += String.fromCharCode(code);
          from = end + 5;
        }
      }
      at = from - 1;
    }
  }
  cut(line.length, line.length);
  return pieces;
}

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
    if (byte >= 48 && byte <= 57 && !isWord) {
      target[length++] = 48;
      const isHex = byte === 48 && at + 1 < end && bytes[at + 1] === 120;
      if (isHex) {
        target[length++] = 120;
        for (at += 2; at < end && isHexDigit(bytes[at] as number); ) at++;
      } else for (at++; at < end && (bytes[at] as number) >= 48 && (bytes[at] as number) <= 57; ) at++;
      continue;
    }
    target[length++] = byte;
    isWord =
      (byte >= 97 && byte <= 122) ||
      (byte >= 65 && byte <= 90) ||
      byte === 95 ||
      byte >= 128 ||
      (isWord && byte >= 48 && byte <= 57);
    at++;
  }
  return length;
}

function isHexDigit(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 102) || (byte >= 65 && byte <= 70);
}
