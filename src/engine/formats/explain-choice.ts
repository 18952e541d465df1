/** Why a format fits, in a sentence for people. */

import { FLAG_ABSOLUTE, FLAG_DATELESS, FLAG_YEARLESS } from '../kernels/index-layout';
import type { Candidate } from './candidate';
import { CONTINUATION, HEAD, type SampleLines } from './sample-lines';

/** Columns that are named; the rest is "and more". */
const NAMED_COLUMNS = 3;

/** "Time with zone, level and logger in columns: 998 of 1,000 sampled lines; 2 continue a record" */
export function explain(candidate: Candidate, windows: readonly { lines: SampleLines; index: number }[]): string {
  let [lineCount, accepted, timed, levelled, continued, flags] = [0, 0, 0, 0, 0, 0];
  for (const { lines, index } of windows) {
    const outcome = candidate.outcome(index, lines);
    let hasRecord = index > 0;
    lines.kinds.forEach((kind, i) => {
      if (kind !== HEAD && kind !== CONTINUATION) return;
      lineCount++;
      if (Number.isNaN(outcome.worth[i])) {
        if (kind === CONTINUATION && hasRecord) continued++;
        return;
      }
      hasRecord = true;
      accepted++;
      if ((outcome.level[i] as number) > 0) levelled++;
      if (Number.isNaN(outcome.raw[i])) return;
      timed++;
      flags |= outcome.flags[i] as number;
    });
  }
  const counts = `${grouped(accepted)} of ${grouped(lineCount)} sampled lines`;
  const rest =
    continued === 0 ? '' : continued === 1 ? '; 1 continues a record' : `; ${grouped(continued)} continue a record`;
  return `${whatOf(candidate, { accepted, timed, levelled, flags })}: ${counts}${rest}`;
}

function whatOf(
  candidate: Candidate,
  seen: { accepted: number; timed: number; levelled: number; flags: number },
): string {
  if (candidate.format.kind === 'plain') return 'No columns that repeat; a record is a line that is not indented';
  if (candidate.how !== '') return upperFirst(candidate.how);
  const parts: string[] = [];
  if (seen.timed * 2 >= seen.accepted) parts.push(timeText(seen.flags));
  if (seen.levelled * 2 >= seen.accepted) parts.push('level');
  const columns = [...candidate.columns].filter(([, count]) => count * 2 >= seen.accepted).map(([name]) => name);
  parts.push(...columns.slice(0, NAMED_COLUMNS));
  if (columns.length > NAMED_COLUMNS) parts.push('more');
  if (parts.length === 0) return candidate.format.title;
  const last = parts.pop() ?? '';
  const all = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  return upperFirst(candidate.format.kind === 'layout' ? `${all} in columns` : `${all} by key`);
}

function timeText(flags: number): string {
  if (flags === FLAG_ABSOLUTE) return 'time with zone';
  if (flags === FLAG_YEARLESS) return 'time without year';
  if (flags === FLAG_DATELESS) return 'clock without date';
  return 'time';
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "1,000": written out, since the engine's sentences do not depend on where it runs. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
