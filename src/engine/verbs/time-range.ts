/** `--since` and `--until`, for every verb that has them. */

import { Fault } from '../../base/fault';
import type { EngineApi } from '../api';
import type { Filter } from '../query/filter';
import { EXPECTED_TIME, parseTimeText } from '../query/time-text';
import { textOf, type OptionSpec, type VerbRequest } from './verb';

export const TIME_OPTIONS: readonly OptionSpec[] = [
  { name: 'since', kind: 'text', placeholder: 'TIME', summary: 'only records at or after this time' },
  { name: 'until', kind: 'text', placeholder: 'TIME', summary: 'only records before this time' },
];

export const TIME_NOTES = [
  'TIME is absolute (2025-01-31T10:05, 2025-01-31, @1738317900), a time of day (10:05, on the last day it fits), or relative: ' +
    '-15m counts back from the last record, +5m on from the first. Records without a time are left out by either option.',
];

export interface RequestedTimes {
  /** Null: everything is wanted, also records without a time. */
  readonly filter: Filter | null;
}

/**
 * Relative times and times of day are read against the span of everything open, so the sources must be open already.
 *
 * @throws Fault `filter-syntax` with details { option, expected }
 */
export async function readTimeOptions(engine: EngineApi, request: VerbRequest): Promise<RequestedTimes> {
  const since = textOf(request, 'since');
  const until = textOf(request, 'until');
  if (since === undefined && until === undefined) return { filter: null };
  // What passes here holds neither ".." nor "]", so it can stand in the brackets below.
  for (const [option, text] of [
    ['since', since],
    ['until', until],
  ] as const) {
    if (text === undefined || parseTimeText(text) !== null) continue;
    throw new Fault('filter-syntax', `--${option}: "${text}" is not a time`, {
      details: { option, value: text, expected: EXPECTED_TIME },
    });
  }
  return { filter: await engine.parseFilter(`time:[${since ?? ''}..${until ?? ''}]`, { zone: request.zone }) };
}
