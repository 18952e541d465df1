/**
 * From the times a log holds to UTC, as a table applied at query time: a step function that is added to the raw time.
 *
 *   raw ms     ───────────┬───────────────────┬─────────────▶
 *                     breaks[0]           breaks[1]
 *   utc = raw +  shifts[0] │     shifts[1]     │  shifts[2]
 *
 * Raw is what the columns hold: ms of the time as written, roll-overs of year-less and date-less times included. Zones,
 * their changes through the year, years and dates are all of this shape, and so is any sequence of them (`compose`).
 */

/** A break belongs to the segment on its right. `shifts` is one longer than `breaks`; breaks ascend strictly. */
export interface TimeMap {
  /** Raw ms. */
  readonly breaks: Float64Array;
  /** Ms to add. */
  readonly shifts: Float64Array;
}

/** utc = raw: absolute times, and zone-less ones read as UTC. */
export const IDENTITY: TimeMap = { breaks: new Float64Array(0), shifts: new Float64Array(1) };

/** Collects segments from left to right; neighbours with the same shift become one. */
export class TimeMapBuilder {
  private readonly breaks: number[] = [];
  private readonly shifts: number[];

  /** @param first  the shift left of every break, ms */
  constructor(first: number) {
    this.shifts = [first];
  }

  /** From raw ms `at` on (at or past the last break) times shift by `shift` ms. */
  add(at: number, shift: number): void {
    const last = this.breaks.length - 1;
    if (last >= 0 && at <= (this.breaks[last] as number)) {
      this.breaks.pop();
      this.shifts.pop();
    }
    if (this.shifts[this.shifts.length - 1] === shift) return;
    this.breaks.push(at);
    this.shifts.push(shift);
  }

  build(): TimeMap {
    return { breaks: Float64Array.from(this.breaks), shifts: Float64Array.from(this.shifts) };
  }
}

/** Index into `shifts` for a raw time: how many breaks are at or before it. */
function segmentOf(map: TimeMap, raw: number): number {
  let low = 0;
  let high = map.breaks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((map.breaks[middle] as number) <= raw) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** EpochMs of a raw time. */
export function mapTime(map: TimeMap, raw: number): number {
  return raw + (map.shifts[segmentOf(map, raw)] as number);
}

/** The one shift that holds for all of [minRaw, maxRaw] (both included), or null when a break lies between them. */
export function shiftWithin(map: TimeMap, minRaw: number, maxRaw: number): number | null {
  const segment = segmentOf(map, minRaw);
  return segment === segmentOf(map, maxRaw) ? (map.shifts[segment] as number) : null;
}

/**
 * The raw times whose UTC lies in a range: most often one range; two when wall time repeats an hour or skips one.
 *
 * @param start  EpochMs, may be −Infinity
 * @param end  EpochMs, exclusive, may be Infinity
 * @returns ascending, disjoint half-open raw ranges; none when no raw time maps there
 */
export function preimages(map: TimeMap, start: number, end: number): [number, number][] {
  const ranges: [number, number][] = [];
  map.shifts.forEach((shift, segment) => {
    const from = Math.max(start - shift, map.breaks[segment - 1] ?? -Infinity);
    const to = Math.min(end - shift, map.breaks[segment] ?? Infinity);
    if (from >= to) return;
    const last = ranges[ranges.length - 1];
    if (last !== undefined && last[1] === from) last[1] = to;
    else ranges.push([from, to]);
  });
  return ranges;
}

/** The map that applies `first`, then `second` to its result. */
export function compose(first: TimeMap, second: TimeMap): TimeMap {
  const builder = new TimeMapBuilder((first.shifts[0] as number) + (second.shifts[0] as number));
  first.shifts.forEach((shift, segment) => {
    const from = first.breaks[segment - 1] ?? -Infinity;
    const to = first.breaks[segment] ?? Infinity;
    let inner = segmentOf(second, from + shift);
    if (segment > 0) builder.add(from, shift + (second.shifts[inner] as number));
    for (; inner < second.breaks.length; inner++) {
      const at = (second.breaks[inner] as number) - shift;
      if (at >= to) break;
      builder.add(at, shift + (second.shifts[inner + 1] as number));
    }
  });
  return builder.build();
}

/** The same map with `shiftMs` added to whatever it tells. */
export function delay(map: TimeMap, shiftMs: number): TimeMap {
  return shiftMs === 0 ? map : { breaks: map.breaks, shifts: map.shifts.map((shift) => shift + shiftMs) };
}

/**
 * The same map for raw values that are `rawDelta` ms smaller: a shard that counted its roll-overs from zero, while
 * `rawDelta` ms of them came before it.
 */
export function translate(map: TimeMap, rawDelta: number): TimeMap {
  if (rawDelta === 0) return map;
  return { breaks: map.breaks.map((at) => at - rawDelta), shifts: map.shifts.map((shift) => shift + rawDelta) };
}
