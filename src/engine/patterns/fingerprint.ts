/** What an error group goes by, as a name that is the same in every run and place. */

import type { ErrorGroup } from './pattern';
import type { TraceKey } from './stack';
import { isGenericType, shortFrame, shortType } from './stack-names';

/** What tells a group from others, and what it is called. */
export type GroupName = Pick<ErrorGroup, 'fingerprint' | 'by' | 'title' | 'exception' | 'frames'>;

/**
 * In-app frames and the exception's type; without frames, the type; without a type that says more than "error", the
 * pattern.
 *
 * @param trace  null: the record tells of no exception
 * @param pattern  text of the record's pattern
 */
export function groupName(trace: TraceKey | null, pattern: string): GroupName {
  const exception = trace?.type ?? '';
  const [innermost, ...outer] = trace?.frames ?? [];
  if (innermost !== undefined) {
    const frames = [innermost, ...outer];
    const place = shortFrame(innermost);
    const title = exception === '' ? place : `${shortType(exception)} at ${place}`;
    return { fingerprint: fingerprintOf('frames', exception, ...frames), by: 'frames', title, exception, frames };
  }
  if (exception !== '' && !isGenericType(exception))
    return {
      fingerprint: fingerprintOf('exception', exception),
      by: 'exception',
      title: shortType(exception),
      exception,
      frames: [],
    };
  return { fingerprint: fingerprintOf('pattern', pattern), by: 'pattern', title: pattern, exception: '', frames: [] };
}

/** 16 hex digits over texts: two lanes of 32 bits over their UTF-16 units, each stirred at the end (as MurmurHash3 does). */
export function fingerprintOf(...texts: readonly string[]): string {
  let low = 0x9e3779b9;
  let high = 0x85ebca6b;
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul(high ^ unit, 0x5bd1e995) ^ (high >>> 15);
    }
    low = Math.imul(low ^ 0x1ffff, 0x01000193); // where one text ends
    high = Math.imul(high ^ 0x1ffff, 0x5bd1e995);
  }
  return hex(stir(low ^ Math.imul(high, 0x27d4eb2f))) + hex(stir(high ^ Math.imul(low, 0x165667b1)));
}

function stir(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
