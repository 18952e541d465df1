/** Parts of the filter, and how they make one: what is saved of them, what a clause means, their AND. */

import type { Fault } from '../base/fault';
import type { FilterClause } from '../engine/query/clauses';
import type { Filter } from '../engine/query/filter';
import type { EpochMs, Level } from '../engine/records/record';

export interface TimeRange {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/** A level as the legend counts it; null: records without one. */
export type LevelKey = Level | null;

/** A finished part of the filter. `text` is without its negation. */
export interface Clause {
  readonly id: number;
  readonly text: string;
  /** Switched off it stays, and does nothing. */
  readonly isOn: boolean;
  readonly isNegated: boolean;
}

/** What is saved of the filter. */
export interface FilterSession {
  readonly clauses: readonly Clause[];
  readonly draft: string;
  readonly range: TimeRange | null;
  readonly levelsOff: readonly LevelKey[];
}

/** What a clause's text means; `fault` where it cannot be read: then it does nothing, and says so. */
export interface Meaning {
  readonly filter: Filter;
  readonly isJoined: boolean;
  readonly label: string;
  readonly fault: Fault | null;
}

export const ALL: Filter = { kind: 'all' };

export const NO_LEVELS: ReadonlySet<LevelKey> = new Set();

export function toFilter({ filter, isNegated }: FilterClause): Filter {
  return isNegated ? { kind: 'not', of: filter } : filter;
}

/** The clauses of a text that is kept as one. */
export function joinMeanings(text: string, read: readonly FilterClause[]): Meaning {
  const [only] = read;
  if (only && read.length === 1 && !only.isNegated) return { ...only, fault: null };
  return { filter: combine(read.map(toFilter), null, NO_LEVELS), isJoined: true, label: text, fault: null };
}

/** The AND of the parts that are not trivial. */
export function combine(texts: readonly Filter[], range: TimeRange | null, levelsOff: ReadonlySet<LevelKey>): Filter {
  const parts = texts.filter((text) => text.kind !== 'all');
  for (const level of levelsOff) parts.push({ kind: 'not', of: { kind: 'level', min: level, max: level } });
  if (range) parts.push({ kind: 'time', start: range.start, end: range.end });
  const [only] = parts;
  if (!only) return ALL;
  return parts.length === 1 ? only : { kind: 'and', of: parts };
}

export function isSameRange(a: TimeRange | null, b: TimeRange | null): boolean {
  return a === b || (a !== null && b !== null && a.start === b.start && a.end === b.end);
}

export function isSameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value));
}

export function isSameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether an expression of a person's is in it: one may take for ever. */
export function hasRegex(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.of.some(hasRegex);
  return filter.kind === 'not' ? hasRegex(filter.of) : filter.kind === 'regex';
}

/** Whether it asks for patterns: what it keeps follows how they are made. */
export function hasPattern(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.of.some(hasPattern);
  return filter.kind === 'not' ? hasPattern(filter.of) : filter.kind === 'pattern';
}
