/** The one meaning of "what is shown", as plain JSON. Text form: `parse.ts` and `print.ts`; execution: `plan.ts`. */

import type { EpochMs, Level, RecordId } from '../records/record';

export type Filter =
  | { kind: 'all' }
  /** Records whose text contains `text`. Insensitive folds ASCII letters (other letters by Unicode simple folding, record by record). */
  | { kind: 'text'; text: string; caseSensitive: boolean }
  /** ECMAScript syntax. `flags` may hold `i` and `s`; `m` and `u` are always on, so ^ and $ stand at line ends of the record. */
  | { kind: 'regex'; pattern: string; flags: string }
  /** Levels between `min` and `max`, both included. Records without a level match only `{ min: null, max: null }`. */
  | { kind: 'level'; min: Level | null; max: Level | null }
  /** Half-open [start, end) in epoch ms UTC; null is open. Records without a time never match. */
  | { kind: 'time'; start: EpochMs | null; end: EpochMs | null }
  /** Source by name (exact, or a glob with * and ?) or by id. */
  | { kind: 'source'; name: string }
  /** A field of the record: equals (exact), contains, exists, or numeric comparison. Matched on candidates, not by kernel. */
  | { kind: 'field'; name: string; op: FieldOperator; value: string }
  /** These records and no others: marks, a hand's choice. Ids of no record match nothing. */
  | { kind: 'records'; of: readonly RecordId[] }
  /**
   * Records of the pattern with this text, as patterns are made now; where there is none, of all messages that read like
   * it. With `where`, those whose wildcard has such a value.
   */
  | { kind: 'pattern'; text: string; where?: WildcardRange }
  | { kind: 'and'; of: Filter[] }
  | { kind: 'or'; of: Filter[] }
  | { kind: 'not'; of: Filter };

/** A wildcard by its index from 0. Both bounds are included, in its measure's unit; null is open. */
export interface WildcardRange {
  readonly wildcard: number;
  readonly min: number | null;
  readonly max: number | null;
}

/** `exists` has the value ''. */
export type FieldOperator = '=' | '~' | '>' | '>=' | '<' | '<=' | 'exists';

export const ALL: Filter = { kind: 'all' };

/** What keeps no record at all. */
export const NOTHING: Filter = { kind: 'not', of: ALL };

/** How deep the text form may nest parentheses and negations; people stay below 5, stacks hold thousands (2026-11). */
export const FILTER_DEPTH_LIMIT = 200;

/**
 * The same meaning with less: nested and/or flattened, `all` and `nothing` absorbed, double negation removed, an empty
 * text is `all`. Order is kept. Two filters that differ only in such matters simplify to equal values.
 */
export function simplifyFilter(filter: Filter): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const { kind } = filter;
      // `all` disappears from an "and" and swallows an "or"; `nothing` the other way round.
      const neutral = kind === 'and' ? isAll : isNothing;
      const absorbing = kind === 'and' ? isNothing : isAll;
      const parts: Filter[] = [];
      for (const member of filter.of) {
        const part = simplifyFilter(member);
        if (absorbing(part)) return part;
        if (neutral(part)) continue;
        if (part.kind === kind) for (const inner of part.of) parts.push(inner);
        else parts.push(part);
      }
      if (parts.length === 1) return parts[0] as Filter;
      if (parts.length === 0) return kind === 'and' ? ALL : NOTHING;
      return { kind, of: parts };
    }
    case 'not': {
      const inner = simplifyFilter(filter.of);
      return inner.kind === 'not' ? inner.of : { kind: 'not', of: inner };
    }
    case 'text':
      return filter.text === '' ? ALL : filter;
    case 'records':
      return filter.of.length === 0 ? NOTHING : filter;
    default:
      return filter;
  }
}

function isAll(filter: Filter): boolean {
  return filter.kind === 'all';
}

function isNothing(filter: Filter): boolean {
  return filter.kind === 'not' && filter.of.kind === 'all';
}
