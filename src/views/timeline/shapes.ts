/** The timeline's geometry: stepped areas on exact bins, stacked per lane, and the moments worth a tick. Pure. */

import type { Histogram } from '../../engine/api';
import { offsetMs } from '../time-text';

/** A level's area in one lane, as an SVG path in a box of `binCount` × `height`. */
export interface Area {
  readonly code: number;
  readonly path: string;
}

/** Level codes from the axis outwards. */
export const TROUBLE_CODES = [6, 5, 4] as const;
export const VOLUME_CODES = [3, 2, 1, 0] as const;

// A bin that holds one FATAL must be seen; any other trouble at least as a hairline (UX: brush).
const FATAL_MIN_PX = 5;
const TROUBLE_MIN_PX = 1.5;

/**
 * The largest stack of these levels in one bin: what the lane's scale says.
 *
 * @param span  only bins that reach into it, EpochMs; absent: all
 */
export function maxOf(histogram: Histogram, codes: readonly number[], span?: { start: number; end: number }): number {
  const { startMs, binMs, binCount } = histogram;
  const first = span ? Math.max(0, Math.floor((span.start - startMs) / binMs)) : 0;
  const last = span ? Math.min(binCount, Math.ceil((span.end - startMs) / binMs)) : binCount;
  let max = 0;
  for (let bin = first; bin < last; bin += 1) {
    max = Math.max(
      max,
      codes.reduce((sum, code) => sum + (histogram.counts[code]?.[bin] ?? 0), 0),
    );
  }
  return max;
}

/**
 * Stacked areas of one lane, the first code next to the axis.
 *
 * @param max    count that fills the lane; larger stacks are cut
 * @param place  `isDown`: the lane hangs below the axis, its zero is the box's top; `isLog`: heights are logarithms of
 *               stacks, so that equal steps are equal ratios
 */
export function buildAreas(
  histogram: Histogram,
  codes: readonly number[],
  max: number,
  { height, isDown, isLog }: { height: number; isDown: boolean; isLog: boolean },
): Area[] {
  const floor = new Float64Array(histogram.binCount);
  const stacked = new Float64Array(histogram.binCount);
  const heightOf = (count: number) =>
    max === 0 ? 0 : (isLog ? Math.log1p(count) / Math.log1p(max) : count / max) * height;
  return codes.map((code) => {
    const counts = histogram.counts[code];
    const bottom: number[] = [];
    const top: number[] = [];
    for (let bin = 0; bin < histogram.binCount; bin += 1) {
      const count = counts?.[bin] ?? 0;
      const low = floor[bin] ?? 0;
      const below = stacked[bin] ?? 0;
      stacked[bin] = below + count;
      const size = count === 0 ? 0 : Math.max(minPx(code), heightOf(below + count) - heightOf(below));
      const high = Math.min(height, low + size);
      floor[bin] = high;
      bottom.push(low);
      top.push(high);
    }
    return { code, path: toPath(bottom, top, (y) => (isDown ? y : height - y)) };
  });
}

function minPx(code: number): number {
  return code === 6 ? FATAL_MIN_PX : code >= 4 ? TROUBLE_MIN_PX : 0.5;
}

/** One closed figure per run of bins that are not empty: there and back again along its steps. */
function toPath(bottom: readonly number[], top: readonly number[], place: (y: number) => number): string {
  let path = '';
  for (let start = 0; start < top.length; start += 1) {
    if (top[start] === bottom[start]) continue;
    let end = start;
    while (end < top.length && top[end] !== bottom[end]) end += 1;
    path += `M${start} ${round(place(bottom[start] ?? 0))}`;
    for (let bin = start; bin < end; bin += 1) path += `V${round(place(top[bin] ?? 0))}H${bin + 1}`;
    for (let bin = end - 1; bin >= start; bin -= 1) path += `V${round(place(bottom[bin] ?? 0))}H${bin}`;
    path += 'Z';
    start = end - 1;
  }
  return path;
}

const round = (value: number) => Math.round(value * 100) / 100;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TICK_STEPS = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 91, 182, 365, 3650].map((n) => n * DAY),
];

export interface Tick {
  readonly time: number;
  readonly label: string;
}

/** Round moments of the zone between start and end, at most `most` of them. EpochMs. */
export function buildTicks(start: number, end: number, zone: string, most: number): Tick[] {
  const step = TICK_STEPS.find((size) => (end - start) / size <= most) ?? 3650 * DAY;
  const ticks: Tick[] = [];
  for (let wall = Math.ceil((start + offsetMs(zone, start)) / step) * step; ; wall += step) {
    // The clock may be put forward or back in between: each moment has the offset of its own.
    const guess = wall - offsetMs(zone, wall - offsetMs(zone, start));
    const time = wall - offsetMs(zone, guess);
    if (time > end) return ticks;
    const isSkipped = time + offsetMs(zone, time) !== wall;
    if (time >= start && !isSkipped) ticks.push({ time, label: toTickLabel(new Date(wall), step) });
  }
}

const DAY_LABEL = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const YEAR_LABEL = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

function toTickLabel(wall: Date, step: number): string {
  const iso = wall.toISOString();
  if (step >= 91 * DAY) return YEAR_LABEL.format(wall);
  if (step >= DAY || iso.endsWith('T00:00:00.000Z')) return DAY_LABEL.format(wall);
  if (step < SECOND) return iso.slice(17, 23);
  return step < MINUTE ? iso.slice(11, 19) : iso.slice(11, 16);
}

/** How wide a bin is, for people: "per min", "per 5 s". */
export function toBinText(binMs: number): string {
  const [size, unit] = [
    [DAY, 'day'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
    [SECOND, 's'],
  ].find(([ms]) => binMs % Number(ms) === 0) ?? [1, 'ms'];
  const count = binMs / Number(size);
  return count === 1 ? `${unit}` : `${count} ${unit}${size === DAY ? 's' : ''}`;
}
