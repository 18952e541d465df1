/** The first look in one sentence of fact. Pure. */
import type { EpochMs, RecordId } from '../../engine/records/record';
import type { FirstLook, Moment } from '../../state/first-look';
import { toCountText, toNumberText } from '../../ui/size-text';
import { toClockText, toDayText } from '../time-text';

/** A part of a sentence; with `record` it leads there. */
export interface Piece {
  readonly text: string;
  readonly record?: RecordId;
}

// Errors within this share of the span's ends were there from its start, or to its end.
const EDGE_SHARE = 0.02;
const DAY_MS = 86_400_000;

export function toHeadline(look: FirstLook, zone: string): Piece[] {
  if (look.recordCount === 0) return [{ text: look.isReading ? 'Reading.' : 'No records.' }];
  if (look.errorCount === 0) return [{ text: quiet(look) }];
  const { firstError: first, lastError: last } = look;
  const count = look.levelCounts.reduce((sum, of) => sum + of, 0);
  const among = ` among ${toCountText(count, 'record')}`;
  if (!first) return [{ text: `${toCountText(look.errorCount, 'error')}${among}${look.isReading ? ' so far' : ''}.` }];
  const at = (moment: Moment) => link(moment, look, zone);
  if (look.isReading || !last) {
    return [{ text: `${toCountText(look.errorCount, 'error')} so far, the first at ` }, at(first), { text: '.' }];
  }
  if (look.errorCount === 1) return [{ text: 'One error, at ' }, at(first), { text: `,${among}.` }];
  if (look.errorCount === 2)
    return [{ text: 'Two errors, at ' }, at(first), { text: ' and at ' }, at(last), { text: '.' }];
  const began = isInside(first.time, look, 'start');
  const ended = isInside(last.time, look, 'end');
  if (began && ended)
    return [{ text: 'Errors began at ' }, at(first), { text: ' and ended at ' }, at(last), { text: '.' }];
  if (began)
    return [{ text: 'Errors began at ' }, at(first), { text: ' and go on to the end, at ' }, at(last), { text: '.' }];
  if (ended) return [{ text: 'Errors from the start, at ' }, at(first), { text: ', until ' }, at(last), { text: '.' }];
  return [
    { text: 'Errors from start to end, the first at ' },
    at(first),
    { text: ', the last at ' },
    at(last),
    { text: '.' },
  ];
}

function quiet({ levelCounts, recordCount, burst, gap, isReading }: FirstLook): string {
  if (isReading) return `No errors among ${toCountText(recordCount, 'record')} so far.`;
  const hasLevels = levelCounts.some((count, code) => code > 0 && count > 0);
  if (!hasLevels)
    return `${toCountText(recordCount, 'record')} without levels${burst || gap ? '.' : '; nothing stands out.'}`;
  const warnings = levelCounts[4] ?? 0;
  if (warnings > 0)
    return `No errors; ${toCountText(warnings, 'warning')} among ${toCountText(recordCount, 'record')}.`;
  const nothing = burst || gap ? '' : 'Nothing stands out: ';
  return `${nothing}${nothing === '' ? 'N' : 'n'}o errors and no warnings among ${toNumberText(recordCount)} records.`;
}

/** Far enough from an end of the span for "began" and "ended" to be true. */
function isInside(time: EpochMs | null, { span }: FirstLook, edge: 'start' | 'end'): boolean {
  if (time === null || !span || span.end <= span.start) return false;
  const far = (span.end - span.start) * EDGE_SHARE;
  return edge === 'start' ? time - span.start > far : span.end - time > far;
}

function link({ record, time }: Moment, { span }: FirstLook, zone: string): Piece {
  if (time === null) return { text: 'a record without a time', record };
  const isLong = span !== null && span.end - span.start >= DAY_MS;
  return { text: `${isLong ? `${toDayText(time, zone)} ` : ''}${toClockText(time, zone)}`, record };
}
