/** Figures as people read them, without Intl: the same in every place and locale, and cheap enough for a status line. */

const FILE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const MEMORY_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Size of a file: "512 B", "17.6 MB", "1.04 GB". */
export function formatBytes(bytes: number): string {
  return scale(bytes, 1000, FILE_UNITS);
}

/** Memory: "64.0 MiB", "1.75 GiB". */
export function formatMemory(bytes: number): string {
  return scale(bytes, 1024, MEMORY_UNITS);
}

/** Grouped by thousands: "9,512,920". */
export function formatCount(count: number): string {
  const digits = String(Math.abs(Math.round(count)));
  let text = '';
  for (let end = digits.length; end > 0; end -= 3) {
    text = digits.slice(Math.max(0, end - 3), end) + (text === '' ? '' : `,${text}`);
  }
  return count < 0 && text !== '0' ? `-${text}` : text;
}

/** "61 ms", "30.0 s", "4 min 20 s", "2 h 5 min", "3 d 4 h". Below a tenth of a millisecond it is "<0.1 ms". */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms < 9.95) return ms > 0 && ms < 0.1 ? '<0.1 ms' : `${round(ms, 1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** Bytes in a span of time: "1.20 GB/s"; "–" when no time has passed. */
export function formatRate(bytes: number, ms: number): string {
  return ms > 0 ? `${formatBytes((bytes * 1000) / ms)}/s` : '–';
}

/** "14:06:31" in 24 hours. @param offsetMs  what to add to UTC to get the wall time of the zone */
export function formatClock(time: number, offsetMs = 0): string {
  const { hour, minute, second } = toWall(time, offsetMs);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

/** "14:06:31.207" */
export function formatClockMs(time: number, offsetMs = 0): string {
  return `${formatClock(time, offsetMs)}.${String(modulo(Math.floor(time + offsetMs), 1000)).padStart(3, '0')}`;
}

/** "2026-05-19" */
export function formatDate(time: number, offsetMs = 0): string {
  const { year, month, day } = toWall(time, offsetMs);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** "2026-05-19 14:06:31.207" */
export function formatTime(time: number, offsetMs = 0): string {
  return `${formatDate(time, offsetMs)} ${formatClockMs(time, offsetMs)}`;
}

/** "UTC", "UTC+2", "UTC-3:30" */
export function formatOffset(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  if (minutes === 0) return 'UTC';
  const rest = minutes % 60;
  return `UTC${offsetMs < 0 ? '-' : '+'}${Math.floor(minutes / 60)}${rest === 0 ? '' : `:${two(rest)}`}`;
}

interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/**
 * Civil fields of a moment. Days to date by eras of 400 years of 146,097 days, counted from March so that the leap day
 * is the last of its year.
 *
 * @see https://howardhinnant.github.io/date_algorithms.html#civil_from_days
 */
function toWall(time: number, offsetMs: number): Wall {
  const seconds = Math.floor((time + offsetMs) / 1000);
  const dayCount = Math.floor(seconds / 86_400);
  const ofDay = seconds - dayCount * 86_400;
  const shifted = dayCount + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
    hour: Math.floor(ofDay / 3600),
    minute: Math.floor(ofDay / 60) % 60,
    second: ofDay % 60,
  };
}

function scale(amount: number, step: number, units: readonly string[]): string {
  let value = Math.abs(amount);
  let unit = 0;
  // 999.5 would be written 1000: it goes up a unit first.
  while (unit < units.length - 1 && (unit === 0 ? value >= step : value >= step - 0.5)) {
    value /= step;
    unit += 1;
  }
  const text = unit === 0 ? String(Math.round(value)) : value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
  return `${amount < 0 ? '-' : ''}${text} ${units[unit] ?? ''}`;
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

function round(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
