/** Filters as text: the form `parseFilter` reads back with the same meaning, and the parts that chips show. */

import { unreachable } from '../../base/fault';
import { LEVELS, type Level } from '../records/record';
import { type Filter, simplifyFilter, type WildcardRange } from './filter';
import { isSmartCaseSensitive } from './parse';
import { printTime } from './time-text';
import { isKnownKey, tokenize } from './tokens';

export interface PrintOptions {
  /** Minutes east of UTC in which times are written, without a zone; parse with the same offset. Absent: UTC, with a Z. */
  readonly zoneOffsetMinutes?: number;
}

/** @returns '' for `all`; otherwise text that parses to a filter which simplifies to the same value */
export function printFilter(filter: Filter, options: PrintOptions = {}): string {
  const simple = simplifyFilter(filter);
  return simple.kind === 'all' ? '' : print(simple, options, 'top');
}

/** A part of a filter as a chip shows it. */
export interface FilterChip {
  /** The part, to be taken out or negated; for `isNegated` the whole `not`. */
  readonly filter: Filter;
  readonly kind: Filter['kind'];
  readonly isNegated: boolean;
  /** The text form, negation included. */
  readonly text: string;
  /** For people, negation left out: "level ≥ warn", "10:00 – 10:05", "status = 500". */
  readonly label: string;
}

/** The members of the top-level AND (the whole filter when it is none); [] for `all`. */
export function describeClauses(filter: Filter, options: PrintOptions = {}): FilterChip[] {
  const simple = simplifyFilter(filter);
  if (simple.kind === 'all') return [];
  const parts = simple.kind === 'and' ? simple.of : [simple];
  return parts.map((part) => {
    const inner = part.kind === 'not' ? part.of : part;
    return {
      filter: part,
      kind: inner.kind,
      isNegated: part.kind === 'not',
      text: print(part, options, 'top'),
      label: describe(inner, options),
    };
  });
}

function print(filter: Filter, options: PrintOptions, within: 'top' | 'and' | 'not'): string {
  switch (filter.kind) {
    case 'all':
      return '*';
    case 'text':
      return printText(filter.text, filter.caseSensitive);
    case 'regex':
      return `/${printPattern(filter.pattern)}/${filter.flags}`;
    case 'level':
      return printLevel(filter.min, filter.max);
    case 'time':
      return `time:[${printBound(filter.start, options)}..${printBound(filter.end, options)}]`;
    case 'source':
      return printTerm('source', ':', filter.name);
    case 'field':
      return printField(filter);
    case 'records':
      return filter.of.length === 0
        ? '-*'
        : `record:${filter.of.map(({ source, offset }) => `${source}@${offset}`).join(',')}`;
    case 'pattern':
      return `pattern:${quote(filter.text, '"')}${printWhere(filter.where)}`;
    case 'and': {
      const text = filter.of.map((part) => print(part, options, 'and')).join(' ');
      return within === 'top' ? text : `(${text})`;
    }
    case 'or': {
      // "and" binds tighter than "or", so only what stands inside something else needs parentheses.
      const text = filter.of.map((part) => print(part, options, part.kind === 'and' ? 'top' : 'and')).join(' OR ');
      return within === 'top' ? text : `(${text})`;
    }
    case 'not': {
      const inner = print(filter.of, options, 'not');
      // -- -> and -= begin words.
      return /^[->=]/.test(inner) ? `-(${inner})` : `-${inner}`;
    }
    default:
      return unreachable(filter);
  }
}

/** `@2=10..30` behind a pattern: its second wildcard lies between 10 and 30, both included. */
function printWhere(where: WildcardRange | undefined): string {
  return where === undefined ? '' : `@${where.wildcard + 1}=${where.min ?? ''}..${where.max ?? ''}`;
}

function printText(text: string, caseSensitive: boolean): string {
  if (caseSensitive !== isSmartCaseSensitive(text)) return caseSensitive ? quote(text, "'") : `${quote(text, '"')}i`;
  const [token, more] = tokenize(text);
  // A / or ` at the start could find a partner later in the text, and be a regex or a name.
  const isBare = token?.kind === 'word' && token.text === text && more === undefined && !/^(?:\*$|[/`])/.test(text);
  return isBare ? text : quote(text, '"');
}

function quote(text: string, sign: '"' | "'" | '`'): string {
  return sign + text.replaceAll('\\', '\\\\').replaceAll(sign, `\\${sign}`) + sign;
}

/** A slash outside [ ] would end the text form; an empty pattern would read as a comment. */
function printPattern(pattern: string): string {
  let text = '';
  let isInClass = false;
  for (let position = 0; position < pattern.length; position += 1) {
    const sign = pattern.charAt(position);
    if (sign === '\\') {
      text += sign + pattern.charAt(position + 1);
      position += 1;
      continue;
    }
    if (sign === '[') isInClass = true;
    else if (sign === ']') isInClass = false;
    text += sign === '/' && !isInClass ? '\\/' : sign;
  }
  return text === '' ? '(?:)' : text;
}

function printLevel(min: Level | null, max: Level | null): string {
  if (min === null) return max === null ? 'level:none' : `level<=${max.toLowerCase()}`;
  if (max === null) return `level>=${min.toLowerCase()}`;
  if (min === max) return `level:${min.toLowerCase()}`;
  if (min === LEVELS[0] && max === LEVELS.at(-1)) return 'level:*';
  return `level:${min.toLowerCase()}..${max.toLowerCase()}`;
}

function printBound(time: number | null, options: PrintOptions): string {
  return time === null ? '' : printTime(time, options.zoneOffsetMinutes);
}

function printField(filter: Extract<Filter, { kind: 'field' }>): string {
  const [token, more] = tokenize(`${filter.name}=1`);
  const isBareName =
    more === undefined && token?.kind === 'term' && token.name === filter.name && !isKnownKey(filter.name);
  const name = isBareName ? filter.name : quote(filter.name, '`');
  return filter.op === 'exists' ? `${name}:*` : printTerm(name, filter.op, filter.value);
}

function printTerm(name: string, operator: string, value: string): string {
  const bare = `${name}${operator}${value}`;
  const [token, more] = tokenize(bare);
  const isBare =
    more === undefined &&
    token?.kind === 'term' &&
    token.quote === '' &&
    token.value === value &&
    value !== '' &&
    token.operator === operator;
  return isBare ? bare : `${name}${operator}${quote(value, '"')}`;
}

function describe(filter: Filter, options: PrintOptions): string {
  switch (filter.kind) {
    case 'text':
      return filter.text;
    case 'level': {
      if (filter.min === null && filter.max === null) return 'no level';
      if (filter.min === filter.max) return `level ${filter.min?.toLowerCase() ?? ''}`;
      if (filter.max === null) return `level ≥ ${filter.min?.toLowerCase() ?? ''}`;
      if (filter.min === null) return `level ≤ ${filter.max.toLowerCase()}`;
      return `level ${filter.min.toLowerCase()} – ${filter.max.toLowerCase()}`;
    }
    case 'time': {
      const start = printBound(filter.start, options).replace('T', ' ');
      const end = printBound(filter.end, options).replace('T', ' ');
      if (start === '') return end === '' ? 'with a time' : `before ${end}`;
      if (end === '') return `from ${start}`;
      // The date once where both fall on the same day.
      const isSameDay = start.charAt(10) === ' ' && start.slice(0, 11) === end.slice(0, 11);
      return `${start} – ${isSameDay ? end.slice(11) : end}`;
    }
    case 'source':
      return `source ${filter.name}`;
    case 'records':
      return filter.of.length === 1 ? '1 record' : `${filter.of.length} records`;
    case 'field': {
      if (filter.op === 'exists') return `has ${filter.name}`;
      const signs = { '=': '=', '~': 'contains', '>': '>', '>=': '≥', '<': '<', '<=': '≤' } as const;
      return `${filter.name} ${signs[filter.op]} ${filter.value}`;
    }
    default:
      return print(filter, options, 'top');
  }
}
