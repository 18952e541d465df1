/** The first look in one sentence of fact. Pure. */
import type { EpochMs, RecordId } from '../../engine/records/record';
import type { FirstLook, Moment } from '../../state/first-look';
import { toCountText, toNumberText } from '../../ui/size-text';
import { toClockText, toDayText } from '../time-text';

/** A part of a sentence; with `to` it leads to that record or moment. */
export interface Piece {
  readonly text: string;
  readonly to?: RecordId | EpochMs;
}

// Errors within this share of the span's ends were there from its start, or to its end.
const EDGE_SHARE = 0.02;
// So many of all errors in so little of their time are what the sentence is about.
const CROWD_SHARE = 0.5;
const CROWD_SPAN_SHARE = 0.5;
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
  const crowd = toCrowd(look, first, last);
  if (crowd) {
    const moment = (time: EpochMs) => ({ text: momentText(time, look, zone), to: time });
    return [
      { text: `${toNumberText(crowd.count)} of ${toCountText(look.errorCount, 'error')} came between ` },
      moment(crowd.start),
      { text: ' and ' },
      moment(crowd.end),
      { text: '; the first of all at ' },
      at(first),
      { text: ', the last at ' },
      at(last),
      { text: '.' },
    ];
  }
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

/** The burst that holds most errors in a small part of the time between the first and the last; null when they are not so crowded. */
function toCrowd({ burst, errorCount }: FirstLook, first: Moment, last: Moment) {
  if (!burst?.isOfErrors || first.time === null || last.time === null) return null;
  const isShort = burst.end - burst.start <= CROWD_SPAN_SHARE * (last.time - first.time);
  return isShort && burst.count >= CROWD_SHARE * errorCount && burst.count < errorCount ? burst : null;
}

/** Far enough from an end of the span for "began" and "ended" to be true. */
function isInside(time: EpochMs | null, { span }: FirstLook, edge: 'start' | 'end'): boolean {
  if (time === null || !span || span.end <= span.start) return false;
  const far = (span.end - span.start) * EDGE_SHARE;
  return edge === 'start' ? time - span.start > far : span.end - time > far;
}

function link({ record, time }: Moment, look: FirstLook, zone: string): Piece {
  if (time === null) return { text: 'a record without a time', to: record };
  return { text: momentText(time, look, zone), to: record };
}

function momentText(time: EpochMs, { span }: FirstLook, zone: string): string {
  const isLong = span !== null && span.end - span.start >= DAY_MS;
  return `${isLong ? `${toDayText(time, zone)} ` : ''}${toClockText(time, zone)}`;
}
