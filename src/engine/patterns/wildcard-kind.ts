/** What a value looks like that stands in the place of a wildcard. */

import type { WildcardKind } from './pattern';

// Longer values are told apart by their ends alone; no number, address or time is as long.
const SHAPE_LIMIT = 128;

const NUMBER = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d{1,3})?%?$/i;
//                      ┌ Go and systemd: 1h2m3.5s                 ┌ ISO 8601: PT1M2.5S
const COMPOUND =
  /^(?:-?(?:\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|s|m|h|d|w) ?){2,6}|-?P(?:\d+D)?T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)$/;
const DURATION =
  /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)? ?(?:ns|us|µs|μs|ms|msecs?|millis|s|secs?|m|mins?|h|hrs?|d|w|(?:nano|micro|milli)?seconds?|minutes?|hours?|days?|weeks?)$/;
const BYTES = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)? ?(?:[kKMGTPE](?:i?B|ib|b|i)?|B|[bB]ytes?)$/;
const DIGIT = /\d/;
const LETTERS_HEX = /^[a-f]{8,}h?$/i;
const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const HEX =
  /^(?:0x[0-9a-f]+|[0-9a-f]{8,}|(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{4,}|[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,7})h?$/i;
//                 ┌ Java writes an address without a name so        ┌ port or length of the prefix
const IPV4 = /^[/[]?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\]?(?:[:/]\d{1,5})?$/;
const IPV6 =
  /^\/?\[?[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?:(?:\d{1,3}\.){3}\d{1,3})?(?:%\w{1,16})?\]?(?:[:/]\d{1,5})?$/i;
const DATE_TIME =
  /^\d{4}[-/.]\d{2}[-/.]\d{2}(?:[T _-]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?$/;
const CLOCK = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?Z?$/;
const NAMED_DATE =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:\d{1,2}[ /-])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ /-]\d{1,4}[ :,]+\d{1,2}:?\d{2}[\d:. ]*(?:[A-Z]{1,5}|[+-]\d{4})?(?: \d{4})?$/;
const URL_START = /^[a-z][a-z0-9+.-]{1,30}:\/\/\S/i;
const EMAIL = /^<?[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}>?$/;
const PATH_START = /^(?:\.{0,2}\/|~\/|\\\\|[a-z]:[\\/])/i;
const EXTENSION = /\.[a-z][a-z0-9]{0,5}$/i;

/** The kind of one value; an empty one is a word. */
export function kindOf(value: string): WildcardKind {
  const shape = value.length <= SHAPE_LIMIT ? shapeOf(value) : null;
  if (shape !== null) return shape;
  if (isQuoted(value)) return 'quoted';
  const hasBlank = /\s/.test(value);
  if (!hasBlank && URL_START.test(value)) return 'url';
  if (isPath(value, hasBlank)) return 'path';
  return hasBlank ? 'text' : 'word';
}

function shapeOf(value: string): WildcardKind | null {
  const first = value.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  if (isDigit || first === 43 || first === 45) {
    if (NUMBER.test(value)) return 'number';
    if (DURATION.test(value) || COMPOUND.test(value)) return 'duration';
    if (BYTES.test(value)) return 'bytes';
    if (isDigit && (DATE_TIME.test(value) || CLOCK.test(value))) return 'time';
  }
  // Most words have no digits, and most of what follows has some.
  if (!DIGIT.test(value) && !value.includes(':')) {
    if (LETTERS_HEX.test(value)) return 'hex';
    return value.includes('@') && EMAIL.test(value) ? 'email' : null;
  }
  if (UUID.test(value)) return 'uuid';
  if (HEX.test(value)) return 'hex';
  if (isAddress(value)) return 'ip';
  if (NAMED_DATE.test(value)) return 'time';
  if (value.includes('@') && EMAIL.test(value)) return 'email';
  return first === 80 && COMPOUND.test(value) && value.length > 2 ? 'duration' : null;
}

function isAddress(value: string): boolean {
  const parts = IPV4.exec(value);
  if (parts !== null) return parts.slice(1).every((part) => Number(part) <= 255);
  return IPV6.test(value) && (value.includes('::') || value.split(':').length >= 8);
}

function isQuoted(value: string): boolean {
  const quote = value[0];
  return value.length >= 2 && (quote === '"' || quote === "'" || quote === '`') && value.endsWith(quote);
}

/** Begins like a path, or has segments: "conf/app.yaml" and "a/b/c", not "n/a". */
function isPath(value: string, hasBlank: boolean): boolean {
  if (PATH_START.test(value)) return true;
  const slash = hasBlank ? -1 : value.indexOf('/');
  return slash > 0 && (value.indexOf('/', slash + 1) > 0 || EXTENSION.test(value.slice(-8)));
}

/**
 * The narrowest kind that takes both. Commutative, associative and idempotent, so that the kind of many values depends on
 * no order: number < duration, bytes, hex; all of one word < word < text; quoted < text.
 */
export function joinKinds(a: WildcardKind, b: WildcardKind): WildcardKind {
  if (a === b) return a;
  if (a === 'number' && MEASURES.has(b)) return b;
  if (b === 'number' && MEASURES.has(a)) return a;
  return a === 'quoted' || b === 'quoted' || a === 'text' || b === 'text' ? 'text' : 'word';
}

/** Kinds whose values may be plain numbers: "0" among "5ms", "12345678" among hex ids. */
const MEASURES: ReadonlySet<WildcardKind> = new Set(['duration', 'bytes', 'hex']);
