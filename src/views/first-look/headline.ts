/** The first look in two sentences of fact: when errors came, and which they are. Pure. */
import type { EpochMs } from '../../engine/records/record';
import type { FirstLook, Moment } from '../../state/first-look';
import type { Findings } from '../../state/things';
import { toCountText, toNumberText } from '../../ui/size-text';
import type { Piece } from './look-target';
import { toMomentText } from './moment-text';

// Errors within this share of the span's ends were there from its start, or to its end.
const EDGE_SHARE = 0.02;
// So many of all errors in so little of their time are what the sentence is about.
const CROWD_SHARE = 0.5;
const CROWD_SPAN_SHARE = 0.5;
const WARN = 4;

/** @param thingCount  how many things there are to look at; null: not known yet */
export function toHeadline(look: FirstLook, thingCount: number | null, zone: string): Piece[] {
  if (look.recordCount === 0) return [{ text: look.isReading ? 'Reading.' : 'No records.' }];
  if (look.errorCount === 0) return [{ text: quiet(look, thingCount) }];
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
    const moment = (time: EpochMs) => ({
      text: toMomentText(time, look.span, zone),
      to: { kind: 'time' as const, time },
    });
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

/**
 * What is behind the headline, as far as it is known: how many errors in how many patterns, and warnings.
 *
 * @param findings  null: patterns are not counted yet
 */
export function toLead(look: FirstLook, findings: Findings | null, zone: string): Piece[] {
  const soFar = look.isReading ? ' so far' : '';
  const warnings = look.levelCounts[WARN] ?? 0;
  const pieces: Piece[] = [];
  if (look.errorCount > 0) {
    pieces.push({ text: toCountText(look.errorCount, 'error'), to: { kind: 'errors' } });
    const facts = findings?.facts.filter(({ errorCount }) => errorCount > 0) ?? [];
    if (facts.length > 0) {
      const fresh = facts.filter(({ isNew }) => isNew).length;
      pieces.push({ text: ' in ' }, { text: toCountText(facts.length, 'pattern'), to: { kind: 'patterns' } });
      const since = findings?.since ?? null;
      if (fresh > 0 && since !== null) {
        const which = facts.length === 1 ? '' : fresh === facts.length ? 'all ' : `${toNumberText(fresh)} of them `;
        pieces.push({ text: `, ${which}first seen since ${toMomentText(since, look.span, zone)}` });
      }
    }
    pieces.push({ text: `${soFar}.` });
  }
  if (warnings > 0) {
    const text = toCountText(warnings, 'warning');
    pieces.push(
      { text: pieces.length > 0 ? ' ' : '' },
      { text, to: { kind: 'level', level: 'WARN' } },
      { text: `${soFar}.` },
    );
  }
  if (pieces.length === 0 && findings) {
    const count = findings.table.rows.length;
    pieces.push(
      { text: 'All records are of ' },
      { text: toCountText(count, 'pattern'), to: { kind: 'patterns' } },
      { text: `${soFar}.` },
    );
  }
  return pieces;
}

function quiet({ levelCounts, recordCount, isReading }: FirstLook, thingCount: number | null): string {
  if (isReading) return `No errors among ${toCountText(recordCount, 'record')} so far.`;
  const hasLevels = levelCounts.some((count, code) => code > 0 && count > 0);
  const isQuiet = thingCount === 0;
  if (!hasLevels)
    return `${toCountText(recordCount, 'record')} without levels${isQuiet ? '; nothing stands out.' : '.'}`;
  const warnings = levelCounts[WARN] ?? 0;
  if (warnings > 0)
    return `No errors; ${toCountText(warnings, 'warning')} among ${toCountText(recordCount, 'record')}.`;
  const nothing = isQuiet ? 'Nothing stands out: n' : 'N';
  return `${nothing}o errors and no warnings among ${toCountText(recordCount, 'record')}.`;
}

/** The burst that holds most errors in a small part of the time between the first and the last; null when they are not so crowded. */
function toCrowd({ errorBurst: burst, errorCount }: FirstLook, first: Moment, last: Moment) {
  if (!burst || first.time === null || last.time === null) return null;
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
  if (time === null) return { text: 'a record without a time', to: { kind: 'record', record } };
  return { text: toMomentText(time, look.span, zone), to: { kind: 'record', record } };
}
