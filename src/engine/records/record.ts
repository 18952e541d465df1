/** Words for one record: levels, times, ids. The only place where level numbers are defined. */

/** Milliseconds since 1970-01-01T00:00:00Z, possibly fractional below 1 ms never: finer digits are re-read from the bytes. */
export type EpochMs = number;

/** Index of a source within one engine, never reused. */
export type SourceId = number;

/** A record's identity: its source and the byte offset of its first byte in the (decoded to UTF-8) source. */
export interface RecordId {
  readonly source: SourceId;
  readonly offset: number;
}

/** Ordered by seriousness; the number is what the level column holds (0 is "no level"). */
export const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type Level = (typeof LEVELS)[number];

/** 0 none, 1 TRACE … 6 FATAL. */
export type LevelCode = 0 | 1 | 2 | 3 | 4 | 5 | 6;
export const LEVEL_COUNT = 7;

export function toLevel(code: number): Level | null {
  return LEVELS[code - 1] ?? null;
}

export function toLevelCode(level: Level | null): LevelCode {
  return (level === null ? 0 : LEVELS.indexOf(level) + 1) as LevelCode;
}

/** Lower-cased words that name a level, for every format; a format may add its own. */
export const LEVEL_WORDS: Readonly<Record<string, Level>> = {
  trace: 'TRACE',
  verbose: 'TRACE',
  finest: 'TRACE',
  finer: 'TRACE',
  all: 'TRACE',
  trc: 'TRACE',
  vrb: 'TRACE',
  silly: 'TRACE',
  debug: 'DEBUG',
  fine: 'DEBUG',
  config: 'DEBUG',
  dbg: 'DEBUG',
  debg: 'DEBUG',
  info: 'INFO',
  information: 'INFO',
  informational: 'INFO',
  notice: 'INFO',
  log: 'INFO',
  inf: 'INFO',
  stats: 'INFO',
  note: 'INFO',
  http: 'INFO',
  ok: 'INFO',
  audit: 'INFO',
  warn: 'WARN',
  warning: 'WARN',
  wrn: 'WARN',
  warng: 'WARN',
  deprecated: 'WARN',
  error: 'ERROR',
  err: 'ERROR',
  severe: 'ERROR',
  eror: 'ERROR',
  failure: 'ERROR',
  failed: 'ERROR',
  exception: 'ERROR',
  fatal: 'FATAL',
  critical: 'FATAL',
  crit: 'FATAL',
  alert: 'FATAL',
  emerg: 'FATAL',
  emergency: 'FATAL',
  panic: 'FATAL',
  ftl: 'FATAL',
  crt: 'FATAL',
  dpanic: 'FATAL',
};
