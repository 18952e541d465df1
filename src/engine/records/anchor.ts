/**
 * Years for year-less times and dates for date-less ones, counted back from the last record to when the file was last
 * written. The raw times of such records lie in a calendar of the indexer's own:
 *
 *   year-less   2000-01-01            + 366 days            + 366 days
 *               ├── year of the first ─┼── roll-over 1 ──────┼──▶      every year has a 29 February
 *   date-less   1970-01-01            + 1 day               + 1 day
 *               ├── day of the first ──┼── roll-over 1 ──────┼──▶
 *
 * The maps made here take such raw times to UTC: year or date first, the zone's offset then.
 */

import type { EpochMs } from './record';
import { compose, mapTime, TimeMapBuilder, type TimeMap } from './time-map';
import { zoneMap, zoneOffset } from './zone';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const LEAP_YEAR_MS = 366 * DAY_MS;
const YEARLESS_START_MS = Date.UTC(2000, 0, 1);
/** 1 January to 29 February, both included. */
const TO_MARCH_MS = 60 * DAY_MS;
/** A leap year is never farther back than eight years (1896 from 1904); two more for a record later in its year than now. */
const REACH_YEARS = 10;

/** Raw times of a source, ms, roll-overs included. */
export interface RawSpan {
  readonly minRaw: number;
  readonly maxRaw: number;
  /** Of the last record with a time. */
  readonly lastRaw: number;
}

/**
 * Raw times of a year-less source → UTC. The last record's year is the latest that puts it no more than a day after
 * `lastModified` (a copy may bear the time of a slower clock, or of another zone); if it was written on a 29 February, the
 * latest such leap year. A 29 February in a year that has none maps to 1 March.
 *
 * @param lastModified  EpochMs
 * @throws Fault `zone-unknown`
 */
export function yearlessMap(span: RawSpan, lastModified: EpochMs, zone: string): TimeMap {
  const lastRoll = rollOf(span.lastRaw);
  const lastYear = yearOfLast(span.lastRaw - lastRoll * LEAP_YEAR_MS, lastModified, zone);
  const first = rollOf(span.minRaw);
  const last = rollOf(span.maxRaw);
  const builder = new TimeMapBuilder(yearShift(first, lastYear - lastRoll + first));
  for (let roll = first; roll <= last; roll++) {
    const start = YEARLESS_START_MS + roll * LEAP_YEAR_MS;
    const year = lastYear - lastRoll + roll;
    const shift = yearShift(roll, year);
    if (roll > first) builder.add(start, shift);
    if (!isLeap(year)) builder.add(start + TO_MARCH_MS, shift - DAY_MS);
  }
  return withZone(builder.build(), span, zone);
}

/**
 * Raw times of a date-less source → UTC. The last record lies on the date of `lastModified` in the zone; on the day before
 * when its clock would be more than a minute later than `lastModified`.
 *
 * @param lastModified  EpochMs
 * @throws Fault `zone-unknown`
 */
export function datelessMap(span: RawSpan, lastModified: EpochMs, zone: string): TimeMap {
  const wallNow = lastModified + zoneOffset(zone, lastModified) * MINUTE_MS;
  const lastDay = Math.floor(span.lastRaw / DAY_MS);
  const clock = span.lastRaw - lastDay * DAY_MS;
  const today = Math.floor(wallNow / DAY_MS);
  const day = today * DAY_MS + clock > wallNow + MINUTE_MS ? today - 1 : today;
  return withZone(new TimeMapBuilder((day - lastDay) * DAY_MS).build(), span, zone);
}

/** How many years the roll-over count has gone on at a raw time; negative before 2000. */
function rollOf(raw: number): number {
  return Math.floor((raw - YEARLESS_START_MS) / LEAP_YEAR_MS);
}

/** What to add to raw times of January and February of a roll to put them into `year`. */
function yearShift(roll: number, year: number): number {
  return utcYearStart(year) - (YEARLESS_START_MS + roll * LEAP_YEAR_MS);
}

/** `Date.UTC` reads the years 0 to 99 as 1900 to 1999. */
function utcYearStart(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** @param raw  of the last record, as in the year 2000 */
function yearOfLast(raw: number, lastModified: EpochMs, zone: string): number {
  const sinceNewYear = raw - YEARLESS_START_MS;
  const isLeapDay = Math.floor(sinceNewYear / DAY_MS) === 59;
  const newest = new Date(lastModified).getUTCFullYear() + 1;
  // Ends in the second or third turn, unless it looks for a leap year.
  for (let year = newest; year > newest - REACH_YEARS; year--) {
    if (isLeapDay && !isLeap(year)) continue;
    const isLate = sinceNewYear >= TO_MARCH_MS && !isLeap(year);
    const wall = utcYearStart(year) + sinceNewYear - (isLate ? DAY_MS : 0);
    if (mapTime(zoneMap(zone, wall, wall), wall) <= lastModified + DAY_MS) return year;
  }
  return newest - REACH_YEARS;
}

function withZone(dates: TimeMap, span: RawSpan, zone: string): TimeMap {
  return compose(dates, zoneMap(zone, mapTime(dates, span.minRaw), mapTime(dates, span.maxRaw)));
}
