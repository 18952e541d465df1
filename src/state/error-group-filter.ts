/** A filter that shows the records of an error group. Pure. */
import type { ErrorGroup } from '../engine/patterns/pattern';
import { patternClause, textClause } from './clause-text';

// The engine tells so many patterns of a group: where there are as many, there may be more.
const TOLD_PATTERNS = 5;

/**
 * Records at ERROR or above, of the group's patterns and naming its exception, as a filter's text. Nothing else about a stack
 * trace can be asked for: records with the same exception from another place may be among them.
 */
export function errorGroupText(group: Pick<ErrorGroup, 'patterns' | 'exception'>): string {
  // What counts classes is not in the name: `Pool$3` was read as Pool.
  const name = /[A-Za-z_]\w*$/.exec(group.exception)?.[0];
  const parts = ['level>=error'];
  if (name !== undefined) parts.push(textClause(name).text);
  if (name === undefined || group.patterns.length < TOLD_PATTERNS) {
    const patterns = group.patterns.map((text) => patternClause(text).text);
    parts.push(patterns.length === 1 ? (patterns[0] as string) : `(${patterns.join(' OR ')})`);
  }
  return parts.join(' ');
}
