/** A filter's text cut into clauses: the parts that chips hold, each by itself with a text that stays what it is anywhere. */

import type { Filter } from './filter';
import { parseFilter, type Clause, type ParseContext } from './parse';
import { describeClauses, printFilter, type PrintOptions } from './print';
import { tokenize, type Token } from './tokens';

/** A member of a filter's top-level AND; alternatives joined by OR are one. */
export interface FilterClause {
  /** Without its negation. Reads as `filter` alone, and in parentheses (where `isJoined`) inside any other filter. */
  readonly text: string;
  readonly isNegated: boolean;
  /** What `text` means: without the negation. */
  readonly filter: Filter;
  /** `text` is several conditions: beside others, or negated, it needs parentheses. */
  readonly isJoined: boolean;
  /** For people: "level ≥ warn", "10:00 – 10:05"; as typed where that says it best. */
  readonly label: string;
}

/**
 * @returns [] for a text that says nothing
 * @throws Fault `filter-syntax` and `regex-syntax` as `parseFilter` does
 */
export function splitFilter(text: string, context: ParseContext): FilterClause[] {
  return parseFilter(text, context).clauses.map((clause) => toClause(text, clause, context));
}

function toClause(whole: string, clause: Clause, context: ParseContext): FilterClause {
  const tokens = tokenize(whole).filter((token) => token.start >= clause.start && token.end <= clause.end);
  const isNegated = tokens[0]?.kind === 'not' && clause.filter.kind === 'not';
  const inner = isNegated && clause.filter.kind === 'not' ? clause.filter.of : clause.filter;
  const own = isNegated ? tokens.slice(1) : tokens;
  const isGrouped = isOneGroup(own);
  const part = isGrouped ? own.slice(1, -1) : own;
  const typed = whole.slice(part[0]?.start ?? clause.start, part.at(-1)?.end ?? clause.end);
  const text = isFirm(part) ? typed : printFilter(inner, {}) || '*';
  return {
    text,
    isNegated,
    filter: inner,
    isJoined: inner.kind === 'or' || inner.kind === 'and',
    label: toLabel(inner, text, context),
  };
}

/** The tokens are one pair of parentheses with something in it. */
function isOneGroup(tokens: readonly Token[]): boolean {
  if (tokens[0]?.kind !== 'open' || tokens.at(-1)?.kind !== 'close') return false;
  let depth = 0;
  return tokens.every((token, at) => {
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    return depth > 0 || at === tokens.length - 1;
  });
}

/**
 * Whether the typed text means the same wherever it stands. A word that begins with / or ` could find a partner later in
 * the text, and times are read in the zone of who reads them, unless they say how long ago.
 */
function isFirm(tokens: readonly Token[]): boolean {
  return tokens.every((token) => {
    if (token.kind === 'word') return !/^[/`]/.test(token.text);
    return token.kind !== 'term' || token.isNameQuoted || token.name !== 'time' || /^-\d/.test(token.value.trim());
  });
}

/** Kinds whose text form is for the machine first. */
const DESCRIBED: ReadonlySet<Filter['kind']> = new Set(['level', 'time', 'source', 'field']);

function toLabel(filter: Filter, text: string, context: ParseContext): string {
  if (!DESCRIBED.has(filter.kind)) return text;
  const moment = filter.kind === 'time' ? (filter.start ?? filter.end) : null;
  return describeClauses(filter, moment === null ? {} : zoneOf(moment, context))[0]?.label ?? text;
}

function zoneOf(moment: number, { zoneOffsetMinutes = 0 }: ParseContext): PrintOptions {
  return { zoneOffsetMinutes: typeof zoneOffsetMinutes === 'number' ? zoneOffsetMinutes : zoneOffsetMinutes(moment) };
}
