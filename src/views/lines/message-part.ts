/** Which part of a record's text its row shows. */

import type { Row } from '../../engine/api';

export interface MessagePart {
  readonly start: number;
  readonly end: number;
  /** What follows the message in a JSON record; empty elsewhere. */
  readonly restStart: number;
  readonly restEnd: number;
  /** UTF-16 units of the line after what is shown. */
  readonly leftOutCount: number;
}

// A row shows at most what fits a very wide screen; wrapped, a few screens' worth. The rest is in the details.
const ROW_UNITS = 1000;
const WRAPPED_UNITS = 6000;

/**
 * The first line's message; the whole first line where the format found no message in it. A message that is a string in a
 * JSON record ends with its quote, and the record's other members follow it, fainter. UTF-16, half-open.
 */
export function messagePart(
  { text, messageStart }: Pick<Row, 'text' | 'messageStart'>,
  isWrapped = false,
): MessagePart {
  const limit = isWrapped ? WRAPPED_UNITS : ROW_UNITS;
  const newline = text.indexOf('\n');
  const lineEnd = newline < 0 ? text.length : newline;
  const end = text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
  const start = messageStart < end ? messageStart : 0;
  const isString = start > 0 && text[start - 1] === '"' && text.startsWith('{');
  const quote = isString ? findQuote(text, start, end) : -1;
  if (quote < 0) {
    const shown = Math.min(end, start + limit);
    return { start, end: shown, restStart: end, restEnd: end, leftOutCount: end - shown };
  }
  const restStart = text[quote + 1] === ',' ? quote + 2 : quote + 1;
  const restEnd = Math.min(end, restStart + limit);
  return { start, end: Math.min(quote, start + limit), restStart, restEnd, leftOutCount: end - restEnd };
}

/** The first quote at or after `start` that no backslash escapes; -1 when there is none before `end`. */
function findQuote(text: string, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return -1;
}
