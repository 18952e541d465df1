/**
 * Times as people type them.
 *
 *   2025-01-01T10:00:05.123Z   date and time; T or a blank between; . or , before the fraction; - or / in the date
 *   2025-01-01 10:00+02:00     Z, ±hh, ±hhmm or ±hh:mm; without, the zone of the context
 *   2025-01-01   2025-01   2025   10:00:05   10:00      parts stand for their whole day, month, second, minute …
 *   -15m  2h  1h30m            before the end of the span (of "now" when there is no span); no sign is a minus
 *   +5m                        after the start of the span, or of the range it ends
 *   @1735725600  @1735725600000  @5ms   since 1970: up to 11 digits seconds, more milliseconds, or with the unit
 *
 * A clock without a date means the last day of the span on which that moment lies inside the span, else the span's last day.
 */

import type { EpochMs } from '../records/record';

export interface TimeContext {
  readonly now: EpochMs;
  /** Minutes east of UTC for times typed without a zone: fixed, or by wall time (ms as if UTC). Absent: 0. */
  readonly zoneOffsetMinutes?: number | ((wallMs: number) => number);
  /** First and last time of what is open. */
  readonly span?: { readonly start: EpochMs; readonly end: EpochMs } | null;
}

/** Half-open [start, end), epoch ms UTC; null is open. */
export interface TimeRange {
  readonly start: EpochMs | null;
  readonly end: EpochMs | null;
}

export type TimeUnit = 'year' | 'month' | 'day' | 'minute' | 'second' | 'ms';

export type TimeText =
  /** `wallMs`: as if the zone were UTC; for a clock without a date, ms since midnight. `unit`: the finest part written. */
  | {
      readonly kind: 'moment';
      readonly wallMs: number;
      readonly unit: TimeUnit;
      readonly hasDate: boolean;
      readonly offsetMinutes: number | null;
    }
  /** Negative: before the end of the span; otherwise after the start. */
  | { readonly kind: 'relative'; readonly ms: number; readonly from: 'start' | 'end' };

/** Completes the sentence "expected …". */
export const EXPECTED_TIME = 'a time such as 10:05, 2025-01-31T10:05 or -15m';
export const EXPECTED_RANGE = 'a time such as 10:05 or -15m, or a range such as [10:00..10:05]';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The range of a JavaScript date. @see https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LIMIT_MS = 8.64e15;
const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: MINUTE_MS,
  h: 3_600_000,
  d: DAY_MS,
  w: 7 * DAY_MS,
};

//              ┌ year   ┌ sep   ┌ month         ┌ day
const DATE = /^(\d{4})(?:([-/])(\d{1,2})(?:\2(\d{1,2}))?)?$/;
//               ┌ hour     ┌ minute    ┌ second     ┌ fraction        ┌ zone
const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:\s*(Z|z|[-+]\d\d(?::?\d\d)?))?$/;
const RELATIVE = /^([-+]?)((?:\d+(?:\.\d+)?(?:ms|[smhdw]))+)$/;
const EPOCH = /^@(-?\d+)(ms|s)?$/;

/** @returns null when the text is no time */
export function parseTimeText(text: string): TimeText | null {
  const trimmed = text.trim();
  return parseRelative(trimmed) ?? parseEpoch(trimmed) ?? parseMoment(trimmed);
}

function parseRelative(text: string): TimeText | null {
  const match = RELATIVE.exec(text);
  if (match === null) return null;
  let ms = 0;
  for (const [, count, unit] of (match[2] ?? '').matchAll(/([\d.]+)([a-z]+)/g))
    ms += Number(count) * (UNIT_MS[unit ?? ''] ?? 0);
  ms = Math.round(ms);
  if (ms > LIMIT_MS) return null;
  return match[1] === '+'
    ? { kind: 'relative', ms, from: 'start' }
    : { kind: 'relative', ms: ms === 0 ? 0 : -ms, from: 'end' };
}

function parseEpoch(text: string): TimeText | null {
  const match = EPOCH.exec(text);
  if (match === null) return null;
  const digits = match[1] ?? '';
  const isSeconds = match[2] === 's' || (match[2] === undefined && digits.replace('-', '').length <= 11);
  const wallMs = Number(digits) * (isSeconds ? 1000 : 1);
  if (Math.abs(wallMs) > LIMIT_MS) return null;
  return { kind: 'moment', wallMs: wallMs + 0, unit: isSeconds ? 'second' : 'ms', hasDate: true, offsetMinutes: 0 };
}

function parseMoment(text: string): TimeText | null {
  if (text === '') return null;
  const { datePart, clockPart } = splitMoment(text);
  let wallMs = 0;
  let unit: TimeUnit = 'day';
  if (datePart !== '') {
    const date = DATE.exec(datePart);
    if (date === null) return null;
    const [, year, , month, day] = date;
    if (clockPart !== '' && day === undefined) return null;
    unit = day !== undefined ? 'day' : month !== undefined ? 'month' : 'year';
    const parsed = toWall(Number(year), Number(month ?? 1), Number(day ?? 1));
    if (parsed === null) return null;
    wallMs = parsed;
  }
  if (clockPart === '') return { kind: 'moment', wallMs, unit, hasDate: true, offsetMinutes: null };

  const clock = CLOCK.exec(clockPart);
  if (clock === null) return null;
  const [, hour, minute, second, fraction, zone] = clock;
  const isMidnightAfter = hour === '24' && minute === '00' && Number(second ?? 0) === 0 && Number(fraction ?? 0) === 0;
  if ((Number(hour) > 23 && !isMidnightAfter) || Number(minute) > 59 || Number(second ?? 0) > 59) return null;
  const offsetMinutes = zone === undefined ? null : parseZone(zone);
  if (offsetMinutes !== null && Math.abs(offsetMinutes) > 18 * 60) return null;
  wallMs += Number(hour) * 3_600_000 + Number(minute) * MINUTE_MS + Number(second ?? 0) * 1000;
  // Columns order by ms: finer digits are cut, as they are when a line is read.
  wallMs += Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  unit = fraction !== undefined ? 'ms' : second !== undefined ? 'second' : 'minute';
  return { kind: 'moment', wallMs, unit, hasDate: datePart !== '', offsetMinutes };
}

function splitMoment(text: string): { datePart: string; clockPart: string } {
  const between = /^(\S+?)(?:[Tt]|\s+)(\d{1,2}:.*)$/.exec(text);
  if (between !== null) return { datePart: between[1] ?? '', clockPart: between[2] ?? '' };
  return text.includes(':') ? { datePart: '', clockPart: text } : { datePart: text, clockPart: '' };
}

function parseZone(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return zone.startsWith('-') ? -minutes : minutes;
}

function toWall(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.getTime()
    : null;
}

/**
 * One side of a comparison. `:` and `=` keep the whole minute (day, second …) that was written; `<=` and `>` count it as
 * one too: `<=10:05` goes to 10:06, `>10:05` begins there. For a relative time `:` keeps everything from it to the end
 * (`-15m`: the last 15 minutes) or from the start to it (`+5m`: the first 5).
 *
 * @returns null when the text is no time
 */
export function parseTimeComparison(
  operator: ':' | '=' | '<' | '<=' | '>' | '>=',
  text: string,
  context: TimeContext,
): TimeRange | null {
  const time = parseTimeText(text);
  if (time === null) return null;
  const [first, after] = unitOf(time, context, null);
  switch (operator) {
    case '<':
      return { start: null, end: first };
    case '<=':
      return { start: null, end: after };
    case '>':
      return { start: after, end: null };
    case '>=':
      return { start: first, end: null };
    default:
      if (time.kind === 'moment') return { start: first, end: after };
      return time.from === 'end' ? { start: first, end: null } : { start: null, end: first };
  }
}

/**
 * [from, to): the end is where the second time begins. Either may be empty (open). A clock without a date takes the other's
 * date; an end at or before its start, both without a date, is on the next day. `+5m` as an end counts from the start.
 *
 * @returns which of the two is no time, or the range
 */
export function parseTimeRange(from: string, to: string, context: TimeContext): TimeRange | 'from' | 'to' {
  const first = from.trim() === '' ? null : parseTimeText(from);
  if (first === null && from.trim() !== '') return 'from';
  const last = to.trim() === '' ? null : parseTimeText(to);
  if (last === null && to.trim() !== '') return 'to';

  const isFirstClock = first?.kind === 'moment' && !first.hasDate;
  let start: EpochMs | null = null;
  let end: EpochMs | null = null;
  if (isFirstClock && last?.kind === 'moment' && last.hasDate) {
    end = unitOf(last, context, null)[0];
    start = unitOf(first, context, end)[0];
  } else {
    start = first === null ? null : unitOf(first, context, null)[0];
    if (last?.kind === 'relative' && last.from === 'start' && start !== null) end = start + last.ms;
    else if (last !== null) end = unitOf(last, context, start)[0];
    const isLastClock = last?.kind === 'moment' && !last.hasDate;
    if (isLastClock && start !== null && end !== null && end <= start) end += DAY_MS;
  }
  return { start, end };
}

/** The unit a time names, as [first, after). `near`: an instant whose day a clock without a date falls on. */
function unitOf(time: TimeText, context: TimeContext, near: EpochMs | null): [EpochMs, EpochMs] {
  if (time.kind === 'relative') {
    const base = time.from === 'start' ? (context.span?.start ?? context.now) : (context.span?.end ?? context.now);
    return [base + time.ms, base + time.ms];
  }
  const wallMs = time.hasDate ? time.wallMs : time.wallMs + dayFor(time.wallMs, time.offsetMinutes, context, near);
  return [
    toInstant(wallMs, time.offsetMinutes, context),
    toInstant(nextUnit(wallMs, time.unit), time.offsetMinutes, context),
  ];
}

/** Wall ms of the midnight that begins the day a bare clock means. */
function dayFor(clockMs: number, offsetMinutes: number | null, context: TimeContext, near: EpochMs | null): number {
  const lastDay = startOfDay(toWallTime(near ?? context.span?.end ?? context.now, offsetMinutes, context));
  const { span } = context;
  if (near !== null || span === undefined || span === null) return lastDay;
  for (const day of [lastDay, lastDay - DAY_MS]) {
    const instant = toInstant(day + clockMs, offsetMinutes, context);
    if (instant >= span.start && instant <= span.end) return day;
  }
  return lastDay;
}

function startOfDay(wallMs: number): number {
  return Math.floor(wallMs / DAY_MS) * DAY_MS;
}

function offsetAt(wallMs: number, context: TimeContext): number {
  const zone = context.zoneOffsetMinutes ?? 0;
  return typeof zone === 'number' ? zone : zone(wallMs);
}

function toInstant(wallMs: number, offsetMinutes: number | null, context: TimeContext): EpochMs {
  return wallMs - (offsetMinutes ?? offsetAt(wallMs, context)) * MINUTE_MS;
}

function toWallTime(instant: EpochMs, offsetMinutes: number | null, context: TimeContext): number {
  if (offsetMinutes !== null) return instant + offsetMinutes * MINUTE_MS;
  // The offset goes by wall time, which is what we look for: one more step settles it except inside the hour of a change.
  const guess = instant + offsetAt(instant, context) * MINUTE_MS;
  return instant + offsetAt(guess, context) * MINUTE_MS;
}

function nextUnit(wallMs: number, unit: TimeUnit): number {
  switch (unit) {
    case 'ms':
      return wallMs + 1;
    case 'second':
      return wallMs + 1000;
    case 'minute':
      return wallMs + MINUTE_MS;
    case 'day':
      return wallMs + DAY_MS;
    case 'month':
    case 'year': {
      const date = new Date(wallMs);
      if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + 1);
      else date.setUTCFullYear(date.getUTCFullYear() + 1);
      return date.getTime();
    }
  }
}

/**
 * The shortest text that `parseTimeText` reads as this very ms: seconds and fraction only where they are not zero.
 *
 * @param zoneOffsetMinutes  absent: UTC, with a Z; else without zone, for a context with the same offset
 * @returns `@…ms` outside the years 0–9999
 */
export function printTime(time: EpochMs, zoneOffsetMinutes?: number): string {
  const wall = new Date(time + (zoneOffsetMinutes ?? 0) * MINUTE_MS);
  const iso = Number.isNaN(wall.getTime()) ? '' : wall.toISOString();
  if (iso.length !== 24) return `@${time}ms`;
  const short = iso.endsWith(':00.000Z')
    ? iso.slice(0, 16)
    : iso.endsWith('.000Z')
      ? iso.slice(0, 19)
      : iso.slice(0, 23);
  return zoneOffsetMinutes === undefined ? `${short}Z` : short;
}
