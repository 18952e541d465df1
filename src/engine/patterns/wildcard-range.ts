/** Whether a message's wildcard has a value in a range: the `where` of a pattern's filter. */

import type { WildcardRange } from '../query/filter';
import { kindAt, type Measuring, measuringOf, measuringsOf, readBytes } from './measure';
import type { PatternToken } from './pattern';
import { WildcardFinder } from './wildcard-finder';

/** Looks at the message at [start, end) of a memory. */
export type MessageTest = (memory: Uint8Array, start: number, end: number) => boolean;

/**
 * A wildcard of a type that is no magnitude keeps what can be read as any: the pattern may have been made differently when
 * the filter was, and a filter by a text that is no pattern now knows of no types.
 */
export function createRangeTest(tokens: readonly PatternToken[], { wildcard, min, max }: WildcardRange): MessageTest {
  if (kindAt(tokens, wildcard) === null) return () => false;
  const known = measuringOf(tokens, wildcard);
  const measurings: readonly Measuring[] = known === null ? measuringsOf(tokens, wildcard) : [known];
  const finder = new WildcardFinder(tokens, wildcard);
  return (memory, start, end) => {
    if (!finder.find(memory, start, end)) return false;
    for (const measuring of measurings) {
      const value = readBytes(measuring, finder.bytes, finder.start, finder.end);
      if (value !== null) return (min === null || value >= min) && (max === null || value <= max);
    }
    return false;
  };
}
