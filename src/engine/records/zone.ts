/**
 * Zones: wall time to UTC and back, from the time-zone data that every JavaScript engine carries (Intl).
 *
 *   clocks go forward (gap)                       clocks go back (overlap)
 *   wall  01:59 │ 02:30 does │ 03:00              wall  02:30 happens twice │ 03:00
 *               │ not exist  │                          the first is meant  │
 *   utc   00:59 │ 01:30      │ 01:00              utc   00:30 (not 01:30)   │ 02:00
 *               └ read with the offset before ┘
 *
 * Both readings keep the offset from before the change up to the later of the two wall times of the change, so a change
 * is one break of the map.
 */

import { Fault } from '../../base/fault';
import { TimeMapBuilder, type TimeMap } from './time-map';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
// Egypt 2014 and Morocco changed four times a year, 26 days apart at the least (tz database, 2025): a week steps over none.
const STEP_MS = 7 * DAY_MS;
/**
 * Changes are looked for between these moments; before and after, the offset at that end holds. Before 1850 there were no
 * zones; nobody knows the rules of 2150.
 */
const EARLIEST_MS = Date.UTC(1850, 0, 1);
const LATEST_MS = Date.UTC(2150, 0, 1);
/** Further from UTC than any zone ever was. */
const FARTHEST_MS = 26 * 60 * MINUTE_MS;

//                  ┌ sign ┌ hours      ┌ minutes
const FIXED = /^(?:UTC|GMT)?([-+])(\d\d)(?::?(\d\d))?$/;
//                      ┌ month  ┌ day    ┌ year      ┌ hour   ┌ minute ┌ second
const EN_US_MOMENT = /^(\d+)\/(\d+)\/(\d+)\D+(\d+):(\d+):(\d+)$/;

/** A change of offset: from `at` (EpochMs) on, wall time is UTC + `after` ms. */
interface Change {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** What is known of a zone; grows with what is asked. */
interface Zone {
  /** Ms east of UTC at a moment. */
  offsetAt(utc: number): number;
  /** Changes within [from, to), ascending. */
  changes: Change[];
  from: number;
  to: number;
}

const ZONES = new Map<string, Zone>();

/**
 * Wall time (ms as if it were UTC) → UTC, right for [fromWall, toWall]; beyond, the offset at that end goes on.
 *
 * @param zone  `UTC`, `Z`, `+02:00`, `-0530`, or an IANA name
 * @throws Fault `zone-unknown`
 */
export function zoneMap(zone: string, fromWall: number, toWall: number): TimeMap {
  const known = readZone(zone);
  const from = clamp(fromWall - FARTHEST_MS);
  const to = clamp(toWall + FARTHEST_MS);
  learn(known, from, to);
  const within = known.changes.filter((change) => change.at >= from && change.at < to);
  const builder = new TimeMapBuilder(-(within[0]?.before ?? known.offsetAt(from)));
  for (const { at, before, after } of within) builder.add(at + Math.max(before, after), -after);
  return builder.build();
}

/**
 * Minutes east of UTC at a moment (EpochMs); whole, except in the local mean times of before about 1920.
 *
 * @throws Fault `zone-unknown`
 */
export function zoneOffset(zone: string, utc: number): number {
  return readZone(zone).offsetAt(clamp(utc)) / MINUTE_MS;
}

function clamp(utc: number): number {
  return Math.min(LATEST_MS, Math.max(EARLIEST_MS, utc));
}

function readZone(name: string): Zone {
  const known = ZONES.get(name);
  if (known !== undefined) return known;
  const zone: Zone = { offsetAt: fixedOffset(name) ?? namedOffset(name), changes: [], from: Infinity, to: -Infinity };
  ZONES.set(name, zone);
  return zone;
}

function fixedOffset(name: string): Zone['offsetAt'] | null {
  if (name === 'UTC' || name === 'Z') return () => 0;
  const match = FIXED.exec(name);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? '0');
  if (minutes > 18 * 60 || Number(match[3] ?? '0') > 59) throw unknownZone(name);
  const offset = (match[1] === '-' ? -minutes : minutes) * MINUTE_MS;
  return () => offset + 0;
}

function namedOffset(name: string): Zone['offsetAt'] {
  const format = readFormat(name);
  return (utc) => {
    // The offset of a whole second; formatting knows nothing finer.
    const second = Math.floor(utc / 1000) * 1000;
    const match = EN_US_MOMENT.exec(format.format(second));
    if (match === null) throw new Error(`cannot read ${format.format(second)}`);
    const [, month, day, year, hour, minute, seconds] = match.map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
  };
}

function readFormat(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (cause) {
    throw unknownZone(name, cause);
  }
}

function unknownZone(name: string, cause?: unknown): Fault {
  return new Fault('zone-unknown', `${JSON.stringify(name)} is no time zone`, { cause, details: { zone: name } });
}

/** Finds the changes in [from, to) that are not known yet. */
function learn(zone: Zone, from: number, to: number): void {
  if (zone.from > zone.to) {
    zone.changes = findChanges(zone, from, to);
    zone.from = from;
    zone.to = Math.max(from, to);
    return;
  }
  if (from < zone.from) {
    zone.changes = [...findChanges(zone, from, zone.from), ...zone.changes];
    zone.from = from;
  }
  if (to > zone.to) {
    zone.changes = [...zone.changes, ...findChanges(zone, zone.to, to)];
    zone.to = to;
  }
}

/** Changes in (from, to], by steps and bisection to the second. */
function findChanges(zone: Zone, from: number, to: number): Change[] {
  const changes: Change[] = [];
  let low = from;
  let before = zone.offsetAt(low);
  while (low < to) {
    const high = Math.min(low + STEP_MS, to);
    const atHigh = zone.offsetAt(high);
    while (before !== atHigh) {
      // offsetAt(low) is `before`, offsetAt(above) is not: the first second that differs is in (low, above].
      let above = high;
      while (above - low > 1000) {
        const middle = Math.floor((low + above) / 2000) * 1000;
        if (middle <= low) break;
        if (zone.offsetAt(middle) === before) low = middle;
        else above = middle;
      }
      const at = Math.floor(above / 1000) * 1000;
      const after = zone.offsetAt(at);
      changes.push({ at, before, after });
      low = at;
      before = after;
    }
    low = high;
  }
  return changes;
}
