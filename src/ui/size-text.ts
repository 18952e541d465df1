/** Figures as people read them: digit groups by locale, file sizes in MB and GB, memory in MiB and GiB, spans of time. */

const NUMBER = new Intl.NumberFormat();

/** 9,512,920 */
export function toNumberText(value: number): string {
  return NUMBER.format(value);
}

/** "1 record", "9,512,920 records" */
export function toCountText(count: number, one: string, many = `${one}s`): string {
  return `${toNumberText(count)} ${count === 1 ? one : many}`;
}

const FILE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
const MEMORY_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Size of a file: 0 B, 512 B, 17.6 MB, 1.06 GB. */
export function toFileSizeText(bytes: number): string {
  return toUnitText(bytes, 1000, FILE_UNITS);
}

/** Memory: 1.75 GiB. */
export function toMemoryText(bytes: number): string {
  return toUnitText(bytes, 1024, MEMORY_UNITS);
}

function toUnitText(bytes: number, step: number, units: readonly string[]): string {
  let value = bytes;
  let unit = 0;
  while (value >= step && unit < units.length - 1) {
    value /= step;
    unit += 1;
  }
  return `${unit === 0 ? value : toThreeDigits(value)} ${units[unit] ?? ''}`;
}

/** 1.06, 17.6, 803 */
function toThreeDigits(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

/** How long something takes or took: 61 ms, 30.0 s, 4 min 20 s, 2 h 5 min, 3 d 4 h. */
export function toDurationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** Time since the record before: 0, +3 ms, +1.5 s, −2 min; short enough for its column. */
export function toDeltaText(ms: number): string {
  const size = Math.abs(ms);
  const sign = ms < 0 ? '−' : '+';
  if (size === 0) return '0';
  if (size < 1000) return `${sign}${size} ms`;
  if (size < 60_000) return `${sign}${toShort(size / 1000)} s`;
  if (size < 3_600_000) return `${sign}${Math.round(size / 60_000)} min`;
  if (size < 86_400_000) return `${sign}${toShort(size / 3_600_000)} h`;
  const days = Math.round(size / 86_400_000);
  return days < 1000 ? `${sign}${days} d` : `${sign}${Math.round(days / 365.2425)} y`;
}

function toShort(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}

/** A share of 1: 54 %, <1 %, 100 % only when it is all. */
export function toPercentText(share: number): string {
  if (share > 0 && share < 0.01) return '<1 %';
  return `${share >= 1 ? 100 : Math.min(99, Math.floor(share * 100))} %`;
}
