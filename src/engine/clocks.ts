/**
 * The clocks of a source's shards: which year, date and zone their raw times are read with. Each kind of time is looked at
 * by itself: a log may go over from year-less times to whole ones.
 */

import { FLAG_DATELESS, FLAG_YEARLESS } from './kernels/index-layout';
import { datelessMap, type RawSpan, yearlessMap } from './records/anchor';
import type { EpochMs } from './records/record';
import { delay, IDENTITY, translate } from './records/time-map';
import { zoneMap } from './records/zone';
import type { RawTimes, ShardClock } from './shard/shard-api';

/** Raw times that come round again: see the drawing in `records/anchor.ts`. */
interface Period {
  readonly flag: number;
  readonly startMs: number;
  readonly lengthMs: number;
}

const DAY_MS = 86_400_000;
const YEARLESS: Period = { flag: FLAG_YEARLESS, startMs: Date.UTC(2000, 0, 1), lengthMs: 366 * DAY_MS };
const DATELESS: Period = { flag: FLAG_DATELESS, startMs: 0, lengthMs: DAY_MS };

/** What the raw times of one kind span over all shards, and what is to be added to those of each shard before, ms. */
interface Joined {
  readonly span: RawSpan | null;
  readonly bases: readonly number[];
}

/**
 * @param shards  raw times of each shard by kind, in the source's order
 * @param lastModified  EpochMs
 * @param zone  of times without one
 * @param offsetMs  added to all of them, whatever their kind: the clock that wrote them was wrong by so much
 */
export function clocksOf(
  shards: readonly { readonly times: readonly RawTimes[] }[],
  lastModified: EpochMs,
  zone: string,
  offsetMs = 0,
): ShardClock[] {
  const wallTimes = shards.flatMap(({ times }) => times.filter(({ flags }) => flags === 0));
  const wall =
    zone === 'UTC' || wallTimes.length === 0
      ? IDENTITY
      : zoneMap(
          zone,
          wallTimes.reduce((least, { min }) => Math.min(least, min), Infinity),
          wallTimes.reduce((most, { max }) => Math.max(most, max), -Infinity),
        );
  const years = join(shards, YEARLESS);
  const days = join(shards, DATELESS);
  const yearless = years.span === null ? IDENTITY : yearlessMap(years.span, lastModified, zone);
  const dateless = days.span === null ? IDENTITY : datelessMap(days.span, lastModified, zone);
  return shards.map((_, index) => ({
    absolute: delay(IDENTITY, offsetMs),
    wall: delay(wall, offsetMs),
    yearless: delay(translate(yearless, years.bases[index] as number), offsetMs),
    dateless: delay(translate(dateless, days.bases[index] as number), offsetMs),
  }));
}

/**
 * Puts the raw times of one kind in a row: shards count their roll-overs from zero, and one may lie at the seam between two.
 *
 *   shard 0  Nov, Dec │ Jan     shard 1  Feb, Mar     shard 2  Jan
 *   rolls       0        1                  0                   0
 *   base                 0                  1                   2     (from March to January lies another)
 */
function join(shards: readonly { readonly times: readonly RawTimes[] }[], period: Period): Joined {
  const { startMs, lengthMs } = period;
  const rollOf = (raw: number) => Math.floor((raw - startMs) / lengthMs);
  const bases: number[] = [];
  let before: { roll: number; within: number } | null = null;
  const span = { minRaw: Infinity, maxRaw: -Infinity, lastRaw: 0 };
  for (const { times } of shards) {
    const mine = times.find(({ flags }) => flags === period.flag);
    if (mine === undefined) {
      bases.push(0);
      continue;
    }
    const firstRoll = rollOf(mine.first);
    let roll = 0;
    if (before !== null) {
      const step = mine.first - firstRoll * lengthMs - before.within;
      roll = before.roll + (step < -lengthMs / 2 ? 1 : step > lengthMs / 2 ? -1 : 0);
    }
    const base = (roll - firstRoll) * lengthMs;
    bases.push(base);
    const lastRoll = rollOf(mine.last);
    before = { roll: lastRoll + roll - firstRoll, within: mine.last - lastRoll * lengthMs };
    span.minRaw = Math.min(span.minRaw, mine.min + base);
    span.maxRaw = Math.max(span.maxRaw, mine.max + base);
    span.lastRaw = mine.last + base;
  }
  return { span: before === null ? null : span, bases };
}
