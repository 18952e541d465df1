/**
 * Magnitudes: what a wildcard's value is as a number, in one unit whatever it was written in.
 *
 *   number    1,234   -3.5   1e3   12%  (as 12)                  0x1f is an id, not a magnitude: `kindOf` calls it hex
 *   duration  12ms  1.5 s  2m30s  1 day, 2:03:04  00:01:02.5 (h:m:s)  1:02.5 (m:s)  PT3S                          in ms
 *   bytes     512  512B  3 bytes  12KB (1000)  12KiB (1024)  12K (1024, as du, free and the JVM write it)          in B
 *
 * A number without a unit is no duration (0 is), and a count of bytes: sizes are written so below 1 K. Months and years are
 * no durations. What is read is the nearest Float64 to what is written: the decimal point is moved in the text, since
 * 1.001 * 1000 is not 1001.
 */

import type { PatternToken, WildcardKind, WildcardMeasure } from './pattern';

export type MeasureUnit = WildcardMeasure['unit'];
export type MeasuredKind = 'number' | 'duration' | 'bytes';

/** How a wildcard's values are read. */
export interface Measuring {
  readonly kind: MeasuredKind;
  /** What a number is one of that has no unit of its own; null: nothing. */
  readonly scale: Scale | null;
  readonly unit: MeasureUnit;
}

/** A unit in ms or B: 10^power × times. */
interface Scale {
  readonly power: number;
  readonly times: number;
}

// No value that can be read is longer, in UTF-16 units or bytes.
const VALUE_LIMIT = 128;
/** Whole numbers of so many digits are exact as Float64, and so are powers of ten of up to 22. */
const EXACT_DIGITS = 15;
const MINUS = 45;
const POINT = 46;
const LETTER_M = 109;
const LETTER_S = 115;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const AMOUNT = '(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?|\\.\\d+';
//                            ┌ sign       ┌ digits           ┌ exponent
const NUMBER = new RegExp(`^([-+]?)(${AMOUNT})(?:[eE]([-+]?\\d{1,3}))?%?$`);
//                            ┌ sign       ┌ digits                       ┌ unit
const SIZE = new RegExp(`^([-+]?)(${AMOUNT}) ?(?:(?:([kKMGTPE])(i?)([bB]?)|(?:B|b|[bB]ytes?))?)$`);
//                        ┌ digits                    ┌ unit
const PART = new RegExp(`(${AMOUNT}) ?([a-zµμ]+),? ?(?:and )?`, 'y');
//             ┌ hours or minutes  ┌ minutes or seconds  ┌ seconds     ┌ fraction
const CLOCK = /^(\d{1,6}):([0-5]\d)(?::([0-5]\d))?(?:[.,](\d{1,9}))?$/;
//                    ┌ weeks         ┌ days              ┌ hours       ┌ minutes     ┌ seconds
const ISO = /^P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,9})?)S)?)?$/;

const ONE: Scale = { power: 0, times: 1 };
const SECOND: Scale = { power: 3, times: 1 };
const MINUTE: Scale = { power: 3, times: 60 };
const HOUR: Scale = { power: 3, times: 3600 };
const DAY: Scale = { power: 3, times: 86400 };
const WEEK: Scale = { power: 3, times: 604800 };

const DURATION_UNITS: ReadonlyMap<string, Scale> = new Map(
  [
    ['ns nsec nsecs nanos nanosecond nanoseconds', { power: -6, times: 1 }] as const,
    ['us µs μs usec usecs micros microsecond microseconds', { power: -3, times: 1 }] as const,
    ['ms msec msecs millis millisecond milliseconds', ONE] as const,
    ['s sec secs second seconds', SECOND] as const,
    ['m min mins minute minutes', MINUTE] as const,
    ['h hr hrs hour hours', HOUR] as const,
    ['d day days', DAY] as const,
    ['w week weeks', WEEK] as const,
  ].flatMap(([names, scale]) => names.split(' ').map((name): [string, Scale] => [name, scale])),
);

const SIZE_LETTERS = 'KMGTPE';

/**
 * The magnitude of a value: a plain number, ms or B; null where it cannot be read as one or is past what a Float64 holds.
 */
export function readMeasure(kind: MeasuredKind, value: string): number | null {
  return readWith({ kind, scale: kind === 'duration' ? null : ONE, unit: 'none' }, value);
}

/** The same where the pattern says how its values are to be read; see `measuringOf`. */
export function readWith(measuring: Measuring, value: string): number | null {
  if (value.length > VALUE_LIMIT) return null;
  const text = value.trim();
  const found = measuring.kind === 'bytes' ? readSize(text) : measuring.kind === 'duration' ? readDuration(text) : null;
  const number = found ?? readNumber(text, measuring.scale);
  return number === null || !Number.isFinite(number) ? null : number + 0; // no negative zero
}

/** The same of a value as UTF-8 bytes [start, end): what most values look like without making a string of them. */
export function readBytes(measuring: Measuring, bytes: Uint8Array, start: number, end: number): number | null {
  if (end - start > VALUE_LIMIT) return null;
  const isNegative = start < end && bytes[start] === MINUS;
  let at = isNegative ? start + 1 : start;
  const first = at;
  let digits = 0;
  let point = -1;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 48 && byte <= 57) digits = digits * 10 + byte - 48;
    else if (byte === POINT && point < 0 && at > first) point = at;
    else break;
  }
  const fraction = point < 0 ? 0 : at - point - 1;
  const isPlain = at > first && at - first <= EXACT_DIGITS && (point < 0 || fraction > 0);
  const scale = isPlain ? scaleOf(measuring, bytes, at, end) : null;
  if (scale === null) return readWith(measuring, decoder.decode(bytes.subarray(start, end)));
  // Both are exact and the result is rounded once, as it is where the text is read as a number.
  const power = scale.power - fraction;
  const amount = (power < 0 ? digits / 10 ** -power : digits * 10 ** power) * scale.times;
  return isNegative ? 0 - amount : amount;
}

/** What a plain number is one of, by what is behind it; null where that takes a closer look. */
function scaleOf({ kind, scale }: Measuring, bytes: Uint8Array, at: number, end: number): Scale | null {
  if (at === end) return scale;
  if (kind !== 'duration' || bytes[end - 1] !== LETTER_S) return null;
  return end - at === 1 ? SECOND : end - at === 2 && bytes[at] === LETTER_M ? ONE : null;
}

function readNumber(text: string, scale: Scale | null): number | null {
  const parts = NUMBER.exec(text);
  if (parts === null) return null;
  const [, sign, digits = '', exponent = '0'] = parts;
  if (scale === null) return /^[0.,]*$/.test(digits) ? 0 : null;
  return scaled(sign, digits, Number(exponent), scale);
}

/** @param digits  with commas between thousands */
function scaled(sign: string | undefined, digits: string, exponent: number, { power, times }: Scale): number {
  const amount = Number(`${digits.replaceAll(',', '')}e${exponent + power}`) * times;
  return sign === '-' ? 0 - amount : amount;
}

function readSize(text: string): number | null {
  const parts = SIZE.exec(text);
  if (parts === null) return null;
  const [, sign, digits = '', letter, i, b] = parts;
  return scaled(sign, digits, 0, letter === undefined ? ONE : sizeScale(letter, i === 'i' || b === ''));
}

function sizeScale(letter: string, isBinary: boolean): Scale {
  const step = SIZE_LETTERS.indexOf(letter.toUpperCase()) + 1;
  return isBinary ? { power: 0, times: 1024 ** step } : { power: 3 * step, times: 1 };
}

function readDuration(text: string): number | null {
  const sign = text.startsWith('-') ? '-' : '';
  const amount = text.replace(/^[-+]/, '');
  const found = readIso(amount) ?? readClock(amount) ?? readParts(amount);
  return found === null || sign === '' ? found : 0 - found;
}

function readIso(text: string): number | null {
  const parts = ISO.exec(text);
  if (parts === null || text.endsWith('P') || text.endsWith('T')) return null;
  const [, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0'] = parts;
  return (
    scaled('', weeks, 0, WEEK) +
    scaled('', days, 0, DAY) +
    scaled('', hours, 0, HOUR) +
    scaled('', minutes, 0, MINUTE) +
    scaled('', seconds.replace(',', '.'), 0, SECOND)
  );
}

/** h:m:s, or m:s where there are two. */
function readClock(text: string): number | null {
  const parts = CLOCK.exec(text);
  if (parts === null) return null;
  const [, first = '0', second = '0', third, fraction = '0'] = parts;
  const seconds = third ?? second;
  const minutes = third === undefined ? first : second;
  const hours = third === undefined ? '0' : first;
  const whole = scaled('', hours, 0, HOUR) + scaled('', minutes, 0, MINUTE);
  return whole + scaled('', `${seconds}.${fraction}`, 0, SECOND);
}

/** Parts with units, each smaller than the one before; a clock may end them: "1 day, 2:03:04". */
function readParts(text: string): number | null {
  let sum = 0;
  let last = Number.POSITIVE_INFINITY;
  let at = 0;
  while (at < text.length) {
    PART.lastIndex = at;
    const part = PART.exec(text);
    if (part === null) {
      const clock = last === DAY.times * 10 ** DAY.power ? readClock(text.slice(at)) : null;
      return clock === null ? null : sum + clock;
    }
    const [whole, digits = '', name = ''] = part;
    const scale = DURATION_UNITS.get(name);
    if (scale === undefined) return null;
    const size = scale.times * 10 ** scale.power;
    if (size >= last) return null;
    sum += scaled('', digits, 0, scale);
    last = size;
    at += whole.length;
  }
  return at === 0 || /[ ,]$/.test(text) ? null : sum;
}

//                        ┌ written at once     ┌ unit
const UNIT_BEHIND = /^( ?)([A-Za-zµμ]{1,12})(?![\p{L}\p{N}_]|\/s)/u;

/**
 * The unit that stands in the pattern right behind a wildcard: "took <*> ms", "<*> seconds", "<*>KB". Letters that may stand
 * for something else count only where nothing is between: "<*>h", not "<*> h"; m, d, w and K to E never do. A rate ("KB/s")
 * is no amount.
 *
 * @returns null where there is none
 */
export function unitAfter(
  tokens: readonly PatternToken[],
  wildcard: number,
): { readonly unit: 'ms' | 'B'; readonly scale: Scale } | null {
  const next = tokens[placeOf(tokens, wildcard) + 1];
  if (next?.kind !== 'literal') return null;
  const [, blank, name = ''] = UNIT_BEHIND.exec(next.text) ?? [];
  if (name === '' || /^[mdwKMGTPEkb]$/.test(name) || (name === 'h' && blank !== '')) return null;
  const duration = DURATION_UNITS.get(name) ?? DURATION_UNITS.get(name.length > 3 ? name.toLowerCase() : '');
  if (duration !== undefined) return { unit: 'ms', scale: duration };
  if (/^(?:B|[bB]ytes?|BYTES?)$/.test(name)) return { unit: 'B', scale: ONE };
  const size = /^([kKMGTPE])(i?)[bB]$/.exec(name);
  return size === null ? null : { unit: 'B', scale: sizeScale(size[1] as string, size[2] === 'i') };
}

/** Index in the tokens of a wildcard; -1 when there is none. */
function placeOf(tokens: readonly PatternToken[], wildcard: number): number {
  let left = wildcard;
  return tokens.findIndex((token) => token.kind === 'wildcard' && left-- === 0);
}

/** The type of a wildcard; null when the pattern has none of this index. */
export function kindAt(tokens: readonly PatternToken[], wildcard: number): WildcardKind | null {
  const token = tokens[placeOf(tokens, wildcard)];
  return token?.kind === 'wildcard' ? token.type : null;
}

/** How the values of a wildcard are read as magnitudes; null when they are none. */
export function measuringOf(tokens: readonly PatternToken[], wildcard: number): Measuring | null {
  const kind = kindAt(tokens, wildcard);
  return measuringsOf(tokens, wildcard).find((measuring) => measuring.kind === kind) ?? null;
}

/** How they could be read if they were of any such type. */
export function measuringsOf(tokens: readonly PatternToken[], wildcard: number): readonly Measuring[] {
  const behind = unitAfter(tokens, wildcard);
  return [
    { kind: 'number', scale: behind?.scale ?? ONE, unit: behind?.unit ?? 'none' },
    { kind: 'duration', scale: null, unit: 'ms' },
    { kind: 'bytes', scale: ONE, unit: 'B' },
  ];
}
