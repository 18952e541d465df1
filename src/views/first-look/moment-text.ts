/** Moments of the first look: as short as the log's span allows. Pure. */
import type { EpochMs } from '../../engine/records/record';
import type { TimeRange } from '../../state/filter';
import { toClockText, toDateText, toDayText } from '../time-text';

const DAY_MS = 86_400_000;

/**
 * "14:06:31"; with its day where the log covers more than one, or the moment lies outside; with its year where that is
 * not the year of all others.
 *
 * @param span  of the log; null: it has no times
 */
export function toMomentText(time: EpochMs, span: TimeRange | null, zone: string): string {
  const clock = toClockText(time, zone);
  if (span === null) return clock;
  const isOutside = time < span.start || time > span.end;
  if (span.end - span.start < DAY_MS && !isOutside) return clock;
  const years = new Set([time, span.start, span.end].map((moment) => toDateText(moment, zone).slice(-4)));
  return `${years.size > 1 ? toDateText(time, zone) : toDayText(time, zone)} ${clock}`;
}
