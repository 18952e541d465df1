/**
 * Layouts for a W3C extended log, made of its #Fields lines: one for each list of fields that the sample has.
 *
 *   #Fields: date time c-ip cs-method cs-uri-stem sc-status
 *   2023-07-19 08:14:05 203.0.113.9 GET /favicon.ico 404
 *
 * @see https://www.w3.org/TR/WD-logfile.html
 */

import type { LayoutFormat } from './format';
import { type LearnedHeader, literal, toFieldName } from './learn-table';
import type { SampleLines } from './sample-lines';

const DIRECTIVE = '#Fields:';
/** Lists of fields that are told apart: a server that was set up anew writes another. */
const MOST_LISTS = 6;
const MOST_FIELDS = 100;
/** Times in one column, as Exchange writes them. */
const STAMPS: ReadonlySet<string> = new Set(['date-time', 'datetime', 'timestamp', 'time-stamp']);

/** @returns null when no window has a #Fields line with a time and another field */
export function learnDirectives(format: LayoutFormat, windows: readonly SampleLines[]): LearnedHeader | null {
  const lists = new Map<string, string[]>();
  const decoder = new TextDecoder();
  for (const { bytes, starts, ends } of windows) {
    for (let i = 0; i < starts.length; i++) {
      const [start, end] = [starts[i] as number, ends[i] as number];
      if (bytes[start] !== 35 || end - start > 8192) continue;
      const line = decoder.decode(bytes.subarray(start, end));
      if (!line.startsWith(DIRECTIVE)) continue;
      const list = line.slice(DIRECTIVE.length).trim();
      const separator = list.includes(',') ? ',' : ' ';
      const fields = list.split(separator === ',' ? ',' : /[ \t]+/).map((field) => field.trim());
      // The list stands between blanks even where rows stand between tabs.
      const next = decoder.decode(bytes.subarray(starts[i + 1] ?? end, ends[i + 1] ?? end));
      const delimiter = separator === ',' ? ',' : next.includes('\t') ? '\t' : ' ';
      const layout = fields.length < 2 || fields.length > MOST_FIELDS ? null : layoutOf(fields, delimiter);
      if (layout !== null && lists.size < MOST_LISTS) lists.set(layout, fields);
    }
  }
  const [first] = lists.values();
  if (first === undefined) return null;
  const more = lists.size === 1 ? '' : `, and ${lists.size - 1} other lists of fields`;
  return {
    format: {
      ...format,
      layouts: [
        ...lists.keys(),
        ...format.layouts,
        // A list of fields that lies outside of the sample: its rows are told from the rest by their time.
        '{time:yyyy-MM-dd HH:mm:ss?.?f} {message}',
      ],
    },
    how: `#Fields names ${first.length} columns${more}`,
    innerLines: new Set(),
  };
}

function layoutOf(fields: readonly string[], delimiter: string): string | null {
  const between = literal(delimiter);
  const message = ['cs-method', 'cs-uri-stem', 'cs-uri'].find((name) => fields.includes(name));
  let hasTime = false;
  let text = '';
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] ?? '';
    if (i > 0) text += between;
    if (field === message) text += '{start}';
    if (field === 'date' && fields[i + 1] === 'time') {
      text += `{time:yyyy-MM-dd${delimiter === ',' ? ',' : ' '}HH:mm:ss?.?f}`;
      hasTime = true;
      i++;
    } else if (STAMPS.has(field.toLowerCase()) && !hasTime) {
      text += '{time:yyyy-MM-dd[T ]HH:mm:ss?.?f?z}';
      hasTime = true;
    } else if (field === 'time' && !hasTime) {
      text += '{time:HH:mm:ss?.?f}';
      hasTime = true;
    } else {
      const name = toFieldName(field, i);
      const cell = `{${name}:cell=${delimiter}}`;
      text += field === 'sc-status' ? `({${name}:status}|${cell})` : cell;
    }
  }
  return hasTime ? `${text}( )?(!${between}|{_:word})` : null;
}
