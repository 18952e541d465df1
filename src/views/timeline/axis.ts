/** From moments to places on the timeline and back. Pure. */
import type { TimeRange } from '../../state/filter';

export interface Axis {
  readonly span: TimeRange;
  /** px */
  readonly width: number;
  /** Where a moment stands, as a share of the width; outside [0, 1] when it is out of view. */
  share(time: number): number;
  /** The same as a percentage for SVG. */
  percent(time: number): string;
  /** A length of time as a percentage of the width. */
  length(ms: number): string;
  isInView(time: number): boolean;
  /** The moment at a share of the width. */
  timeAt(share: number): number;
}

export function createAxis(span: TimeRange, width: number): Axis {
  const length = Math.max(1, span.end - span.start);
  const share = (time: number) => (time - span.start) / length;
  const toPercent = (value: number) => `${(value * 100).toFixed(4)}%`;
  return {
    span,
    width,
    share,
    percent: (time) => toPercent(share(time)),
    length: (ms) => toPercent(ms / length),
    isInView: (time) => time >= span.start && time <= span.end,
    timeAt: (at) => span.start + at * length,
  };
}

/** Things at moments, gathered where they would stand on each other: at most one group per `px`. By time. */
export function gatherByPixel<T extends { time: number | null }>(
  things: readonly T[],
  axis: Axis,
  px: number,
): { time: number; things: T[] }[] {
  const groups: { time: number; place: number; things: T[] }[] = [];
  const timed = things.flatMap((thing) => (thing.time === null ? [] : [{ thing, time: thing.time }]));
  for (const { thing, time } of timed.sort((a, b) => a.time - b.time)) {
    if (!axis.isInView(time)) continue;
    const place = axis.share(time) * axis.width;
    const last = groups.at(-1);
    if (last && place - last.place < px) last.things.push(thing);
    else groups.push({ time, place, things: [thing] });
  }
  return groups;
}
