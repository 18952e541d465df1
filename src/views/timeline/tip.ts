/** What the timeline says about a moment under the pointer. Pure. */
import type { Gap } from '../../state/bursts';
import type { TimelineCounts } from '../../state/timeline-counts';
import { toDurationText, toNumberText } from '../../ui/size-text';
import { LEVEL_LOOKS } from '../levels';
import { toClockParts, toClockText, toDayText } from '../time-text';

export interface Tip {
  /** The bin's start, EpochMs. */
  readonly at: number;
  readonly time: string;
  readonly text: string;
}

const DAY_MS = 86_400_000;

/** @param spanMs  how much time the axis covers: a day or more has its days named */
export function toTip(counts: TimelineCounts, gaps: readonly Gap[], time: number, zone: string, spanMs: number): Tip {
  const { startMs, binMs, binCount } = counts.all;
  const bin = Math.floor((time - startMs) / binMs);
  const at = startMs + bin * binMs;
  const gap = gaps.find(({ start, end }) => time >= start && time < end);
  return { at, time: toMomentText(at, zone, binMs, spanMs), text: gap ? toGapText(gap) : countsText() };

  function countsText(): string {
    if (bin < 0 || bin >= binCount) return 'no records';
    const of = (histogram: TimelineCounts['all']) =>
      LEVEL_LOOKS.flatMap(({ code, word }) => {
        const count = histogram.counts[code]?.[bin + Math.round((startMs - histogram.startMs) / binMs)] ?? 0;
        return count > 0 ? [`${word} ${toNumberText(count)}`] : [];
      }).join('  ');
    const all = of(counts.all);
    if (all === '') return 'no records';
    if (!counts.kept) return all;
    // Bins of another width cannot be set beside these.
    const kept = counts.kept.binMs === binMs ? of(counts.kept) : '';
    return kept === '' ? `none kept of  ${all}` : kept === all ? all : `${kept}  of  ${all}`;
  }
}

function toMomentText(at: number, zone: string, binMs: number, spanMs: number): string {
  const { clock, fraction } = toClockParts(at, zone);
  const text = binMs < 1000 ? clock + fraction : clock;
  return spanMs >= DAY_MS ? `${toDayText(at, zone)} ${text}` : text;
}

/** "No records for at least 12 min, where about 4,800 are usual": bins are empty from edge to edge, and a part of their neighbours may be. */
export function toGapText({ start, end, missed }: Gap): string {
  return `No records for at least ${toDurationText(end - start)}, where about ${toNumberText(missed)} are usual`;
}

/** "14:06:31" or, on an axis of days, "19 May 14:06" */
export function toShortMoment(time: number, zone: string, spanMs: number): string {
  return spanMs >= DAY_MS ? `${toDayText(time, zone)} ${toClockText(time, zone).slice(0, 5)}` : toClockText(time, zone);
}
