/** Clauses as text: how they are joined to one filter, and how a value that was pointed at is written as a clause. */

import type { FilterClause } from '../engine/query/clauses';
import type { Filter, WildcardRange } from '../engine/query/filter';
import type { EpochMs, Level } from '../engine/records/record';

type Part = Pick<FilterClause, 'text' | 'isNegated' | 'isJoined'>;

/** One filter of clauses that all must hold. Read again, it is their AND. */
export function joinClauses(parts: readonly Part[]): string {
  const [only] = parts;
  if (only && parts.length === 1) return partText(only, true);
  return parts.map((part) => partText(part, false)).join(' ');
}

/** A clause with its negation. @param isAlone  nothing stands beside it: alternatives need no parentheses */
export function partText({ text, isNegated, isJoined }: Part, isAlone: boolean): string {
  // -- -> and -= begin words.
  if (isNegated) return isJoined || /^[->=]/.test(text) ? `-(${text})` : `-${text}`;
  return isJoined && !isAlone ? `(${text})` : text;
}

// Signs that mean nothing inside a word or a value, wherever it stands.
const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;
const PLAIN_NAME = /^[A-Za-z_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/;
const OPERATORS: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT']);
/** Names with a meaning of their own before a sign. */
const KEYS: ReadonlySet<string> = new Set(['level', 'time', 'source', 'record', 'pattern']);
const UPPER_CASE = /[\p{Lu}\p{Lt}]/u;

function quoted(text: string, sign: '"' | '`'): string {
  return `${sign}${text.replaceAll('\\', '\\\\').replaceAll(sign, `\\${sign}`)}${sign}`;
}

/** The meaning of a clause and its text, made from a value rather than read from what was typed. */
export type MadeClause = Omit<FilterClause, 'isNegated'>;

export function fieldClause(name: string, value: string): MadeClause {
  const nameText = PLAIN_NAME.test(name) && !KEYS.has(name) ? name : quoted(name, '`');
  return made(`${nameText}=${PLAIN.test(value) ? value : quoted(value, '"')}`, `${name} = ${value}`, {
    kind: 'field',
    name,
    op: '=',
    value,
  });
}

/** A piece of text, anywhere in the record; an upper-case letter in it makes it exact, as when it is typed. */
export function textClause(text: string): MadeClause {
  const typed = PLAIN.test(text) && !OPERATORS.has(text) ? text : quoted(text, '"');
  return made(typed, typed, { kind: 'text', text, caseSensitive: UPPER_CASE.test(text) });
}

export function levelClause(level: Level | null): MadeClause {
  const name = level === null ? 'none' : level.toLowerCase();
  return made(`level:${name}`, level === null ? 'no level' : `level ${name}`, {
    kind: 'level',
    min: level,
    max: level,
  });
}

/** A level and all that are worse. */
export function worseClause(min: Level): MadeClause {
  const text = `level>=${min.toLowerCase()}`;
  return made(text, text, { kind: 'level', min, max: null });
}

export function sourceClause(name: string): MadeClause {
  return made(`source:${PLAIN.test(name) ? name : quoted(name, '"')}`, `source ${name}`, { kind: 'source', name });
}

/** Records of a pattern; with `where`, those in which a wildcard's value lies between two bounds. */
export function patternClause(pattern: string, where?: WildcardRange): MadeClause {
  const range = where === undefined ? '' : `@${where.wildcard + 1}=${where.min ?? ''}..${where.max ?? ''}`;
  const text = `pattern:${quoted(pattern, '"')}${range}`;
  return made(
    text,
    text,
    where === undefined ? { kind: 'pattern', text: pattern } : { kind: 'pattern', text: pattern, where },
  );
}

function made(text: string, label: string, filter: Filter): MadeClause {
  return { text, label, filter, isJoined: false };
}

/** A span of time, half-open, in UTC: read anywhere, it is the same. */
export function timeText(start: EpochMs, end: EpochMs): string {
  return `time:[${momentText(start)}..${momentText(end)}]`;
}

function momentText(time: EpochMs): string {
  const moment = new Date(time);
  // Years beyond four digits have another form.
  return Number.isNaN(moment.getTime()) || moment.toISOString().length !== 24 ? `@${time}ms` : moment.toISOString();
}
