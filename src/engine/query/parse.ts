/**
 * The filter's text form: what people type into the filter box, and what `print.ts` writes. Tokens: see `tokens.ts`.
 *
 *   timeout "connection reset"      both; blanks join with AND, which binds tighter than OR
 *   (a OR b) NOT c -d !e            negation binds tightest
 *   error Error "Reset" "Reset"i    without case, unless an upper-case letter is in it; "…"i always without
 *   'error'                         exactly so, case and all
 *   /time(d )?out/is                a regular expression; i without case, s: . matches line ends too
 *   level>=warn  level:error  level!=debug  level:warn,fatal  level:info..error  level:none  level:*
 *   time:10:00..10:05  time:[2025-01-01 10:00..]  time:-15m  time>=2025-01-01T10:00  (see time-text.ts)
 *   source:app.log  source:"*.log"  source~worker
 *   pattern:"Connection <*> closed"                                the records of a pattern, by its text
 *   pattern:"took <*> ms"@1=10..30  …@1=..30  …@1=10..              … whose first wildcard has such a value: plain, ms or B
 *   status=500  user:"Ann B"  path~api  duration>1.5  trace.id:*      fields: equal, contains, number, exists
 *   *                               everything
 *
 * `name:value` is a field, and only `name=value` if the caller knows the fields (`isField`) and the name is none of them;
 * then it is the word itself: `pool.ts:41`.
 */

import { Fault } from '../../base/fault';
import { LEVEL_WORDS, LEVELS, type Level } from '../records/record';
import { ALL, FILTER_DEPTH_LIMIT, NOTHING, type Filter } from './filter';
import { checkRegex } from './regex-shape';
import { EXPECTED_RANGE, parseTimeComparison, parseTimeRange, type TimeContext, type TimeRange } from './time-text';
import {
  isKnownKey,
  NUMBER,
  tokenize,
  type ConditionToken,
  type PhraseToken,
  type TermToken,
  type Token,
} from './tokens';

export interface ParseContext extends TimeContext {
  /** Whether a name is a field of what is open. Absent: every name is. Decides only about `name:value` with a bare value. */
  readonly isField?: (name: string) => boolean;
}

/** A part that can be taken away by itself: the members of a top-level AND, else the whole. UTF-16 [start, end) in the text. */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly filter: Filter;
}

export interface ParsedFilter {
  readonly filter: Filter;
  readonly clauses: readonly Clause[];
}

/**
 * @throws Fault `filter-syntax` with details { at, length, expected }: UTF-16 position and length in `text`, and what would
 *         have been right there, completing "expected …". Nesting is limited to FILTER_DEPTH_LIMIT.
 * @throws Fault `regex-syntax` with details { at, length } of the place in `text`
 */
export function parseFilter(text: string, context: ParseContext): ParsedFilter {
  return new FilterParser(text, context).run();
}

const EXPECTED_CONDITION = 'a word, a "phrase", a /regex/ or a condition such as level>=warn';
const EXPECTED_LEVEL = `one of ${LEVELS.map((level) => level.toLowerCase()).join(', ')}, none or *`;
const UPPER_CASE = /[\p{Lu}\p{Lt}]/u;

/** The rule for words and "phrases": an upper-case letter in it makes it exact. */
export function isSmartCaseSensitive(text: string): boolean {
  return UPPER_CASE.test(text);
}

function syntaxFault(at: number, length: number, expected: string): Fault {
  return new Fault('filter-syntax', `at character ${at + 1}: expected ${expected}`, {
    details: { at, length, expected },
  });
}

class FilterParser {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(
    private readonly text: string,
    private readonly context: ParseContext,
  ) {
    this.tokens = tokenize(text);
  }

  run(): ParsedFilter {
    if (this.tokens.length === 0) return { filter: ALL, clauses: [] };
    const [first, ...others] = this.parseOr(0);
    if (first === undefined) throw this.unexpected(EXPECTED_CONDITION);
    const stray = this.tokens[this.position];
    if (stray !== undefined) throw syntaxFault(stray.start, stray.end - stray.start, 'an opening ( before this )');
    const filter = joinOr([first, ...others]);
    if (others.length === 0) return { filter, clauses: first };
    return {
      filter,
      clauses: [{ start: first[0]?.start ?? 0, end: others.at(-1)?.at(-1)?.end ?? this.text.length, filter }],
    };
  }

  /** Alternatives, each a list of conjuncts. */
  private parseOr(depth: number): Clause[][] {
    const branches = [this.parseAnd(depth)];
    while (this.tokens[this.position]?.kind === 'or') {
      this.position += 1;
      branches.push(this.parseAnd(depth));
    }
    return branches;
  }

  private parseAnd(depth: number): Clause[] {
    const clauses = [this.parseUnary(depth)];
    for (;;) {
      const token = this.tokens[this.position];
      if (token === undefined || token.kind === 'or' || token.kind === 'close') return clauses;
      if (token.kind === 'and') this.position += 1;
      clauses.push(this.parseUnary(depth));
    }
  }

  private parseUnary(depth: number): Clause {
    const token = this.tokens[this.position];
    if (token === undefined || token.kind === 'and' || token.kind === 'or' || token.kind === 'close') {
      throw this.unexpected(EXPECTED_CONDITION);
    }
    if ((token.kind === 'not' || token.kind === 'open') && depth >= FILTER_DEPTH_LIMIT) {
      throw syntaxFault(
        token.start,
        token.end - token.start,
        `at most ${FILTER_DEPTH_LIMIT} parentheses and negations inside each other`,
      );
    }
    this.position += 1;
    if (token.kind === 'not') {
      const inner = this.parseUnary(depth + 1);
      return { start: token.start, end: inner.end, filter: { kind: 'not', of: inner.filter } };
    }
    if (token.kind === 'open') {
      const filter = joinOr(this.parseOr(depth + 1));
      const close = this.tokens[this.position];
      if (close === undefined) throw syntaxFault(token.start, 1, 'a closing ) for this one');
      this.position += 1;
      return { start: token.start, end: close.end, filter };
    }
    return { start: token.start, end: token.end, filter: this.toFilter(token) };
  }

  private unexpected(expected: string): Fault {
    const token = this.tokens[this.position];
    return token === undefined
      ? syntaxFault(this.text.length, 0, expected)
      : syntaxFault(token.start, token.end - token.start, expected);
  }

  private toFilter(token: ConditionToken): Filter {
    switch (token.kind) {
      case 'word':
        return token.text === '*' ? ALL : toText(token.text);
      case 'phrase':
        return phraseFilter(token);
      case 'regex':
        try {
          checkRegex(token.pattern, token.flags);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          throw new Fault('regex-syntax', error.message, {
            cause: error,
            details: { ...error.details, at: token.start, length: token.end - token.start },
          });
        }
        return { kind: 'regex', pattern: token.pattern, flags: token.flags };
      case 'term':
        return this.termFilter(token);
    }
  }

  private termFilter(token: TermToken): Filter {
    if (token.wrong !== null) throw syntaxFault(token.wrong.at, token.wrong.length, token.wrong.expected);
    if (!token.isNameQuoted && isKnownKey(token.name)) {
      switch (token.name) {
        case 'level':
          return levelFilter(token);
        case 'time':
          return timeFilter(token, this.context);
        case 'source':
          return sourceFilter(token);
      }
    }
    const { name, operator, value } = token;
    if (name === 'record' && operator === ':' && token.quote === '' && RECORDS.test(value)) return recordsFilter(value);
    if (name === 'pattern' && operator === ':' && token.quote === '"' && !token.isNameQuoted)
      return patternFilter(token);
    if (operator === ':' && token.quote === '') {
      if (value === '*') return { kind: 'field', name, op: 'exists', value: '' };
      const isField = this.context.isField;
      if (!token.isNameQuoted && isField !== undefined && !isField(name))
        return toText(this.text.slice(token.start, token.end));
    }
    switch (operator) {
      case ':':
        return { kind: 'field', name, op: '=', value };
      case '!=':
        return { kind: 'not', of: { kind: 'field', name, op: '=', value } };
      case '!~':
        return { kind: 'not', of: { kind: 'field', name, op: '~', value } };
      default:
        return { kind: 'field', name, op: operator, value };
    }
  }
}

// As `print.ts` writes a hand's choice of records: source@offset, with commas between.
const RECORDS = /^\d+@\d+(?:,\d+@\d+)*$/;

function recordsFilter(value: string): Filter {
  const of = value.split(',').map((part) => {
    const [source, offset] = part.split('@');
    return { source: Number(source), offset: Number(offset) };
  });
  return { kind: 'records', of };
}

//                       ┌ wildcard, from 1  ┌ from  ┌ to, both included; either may be left out
const WILDCARD_RANGE = /^@([1-9]\d{0,3})=(.*?)\.\.(.*)$/;
const EXPECTED_WILDCARD_RANGE = 'the place of a wildcard and a range, such as @1=10..30 or @2=..1.5';

function patternFilter(token: TermToken): Filter {
  const { value: text, range } = token;
  if (range === '') return { kind: 'pattern', text };
  const [, place, from = '', to = ''] = WILDCARD_RANGE.exec(range) ?? [];
  const isRange = place !== undefined && [from, to].every((bound) => bound === '' || NUMBER.test(bound));
  const min = from === '' ? null : Number(from);
  const max = to === '' ? null : Number(to);
  if (!isRange || !Number.isFinite(min ?? 0) || !Number.isFinite(max ?? 0))
    throw syntaxFault(token.end - range.length, range.length, EXPECTED_WILDCARD_RANGE);
  return { kind: 'pattern', text, where: { wildcard: Number(place) - 1, min, max } };
}

function joinOr(branches: readonly Clause[][]): Filter {
  const of = branches.map((clauses) => joinAnd(clauses));
  return of.length === 1 ? (of[0] as Filter) : { kind: 'or', of };
}

function joinAnd(clauses: readonly Clause[]): Filter {
  return clauses.length === 1
    ? (clauses[0] as Clause).filter
    : { kind: 'and', of: clauses.map((clause) => clause.filter) };
}

function toText(text: string): Filter {
  return { kind: 'text', text, caseSensitive: isSmartCaseSensitive(text) };
}

function phraseFilter(token: PhraseToken): Filter {
  if (token.wrong !== null) throw syntaxFault(token.wrong.at, token.wrong.length, token.wrong.expected);
  if (token.text === '') return ALL;
  if (token.caseRule === 'smart') return toText(token.text);
  return { kind: 'text', text: token.text, caseSensitive: token.caseRule === 'exact' };
}

function wrongOperator(token: TermToken, allowed: string): Fault {
  const at = token.start + token.name.length;
  return syntaxFault(at, token.valueStart - at, `one of ${allowed} after ${token.name}; in quotes it is text`);
}

function wrongValue(token: TermToken, expected: string, offset = 0, length = token.value.length): Fault {
  // Escapes shift what is inside quotes: there the whole value is marked.
  if (token.quote === '"' || token.quote === "'")
    return syntaxFault(token.valueStart, token.end - token.valueStart, expected);
  return syntaxFault(token.valueStart + (token.quote === '[' ? 1 : 0) + offset, length, expected);
}

function levelFilter(token: TermToken): Filter {
  switch (token.operator) {
    case ':':
    case '=':
      return levelChoice(token);
    case '!=':
      return { kind: 'not', of: levelChoice(token) };
    case '~':
    case '!~':
      throw wrongOperator(token, ': = != > >= < <=');
    default: {
      const at = LEVELS.indexOf(toNamedLevel(token, token.value, 0));
      if (token.operator === '>=') return { kind: 'level', min: LEVELS[at] as Level, max: null };
      if (token.operator === '<=') return { kind: 'level', min: null, max: LEVELS[at] as Level };
      const next = LEVELS[token.operator === '>' ? at + 1 : at - 1];
      if (next === undefined) return NOTHING;
      return token.operator === '>' ? { kind: 'level', min: next, max: null } : { kind: 'level', min: null, max: next };
    }
  }
}

function levelChoice(token: TermToken): Filter {
  const of: Filter[] = [];
  let offset = 0;
  for (const part of token.value.split(',')) {
    of.push(levelRange(token, part, offset));
    offset += part.length + 1;
  }
  return of.length === 1 ? (of[0] as Filter) : { kind: 'or', of };
}

function levelRange(token: TermToken, part: string, offset: number): Filter {
  if (part === '*') return { kind: 'level', min: 'TRACE', max: 'FATAL' };
  if (part === 'none') return { kind: 'level', min: null, max: null };
  const dots = part.indexOf('..');
  if (dots < 0) {
    const level = toNamedLevel(token, part, offset);
    return { kind: 'level', min: level, max: level };
  }
  return {
    kind: 'level',
    min: toNamedLevel(token, part.slice(0, dots), offset),
    max: toNamedLevel(token, part.slice(dots + 2), offset + dots + 2),
  };
}

function toNamedLevel(token: TermToken, word: string, offset: number): Level {
  const lower = word.trim().toLowerCase();
  const level = Object.hasOwn(LEVEL_WORDS, lower) ? LEVEL_WORDS[lower] : undefined;
  if (level === undefined) throw wrongValue(token, EXPECTED_LEVEL, offset, word.length);
  return level;
}

function timeFilter(token: TermToken, context: TimeContext): Filter {
  switch (token.operator) {
    case '~':
    case '!~':
      throw wrongOperator(token, ': = != > >= < <=');
    case '!=':
      return { kind: 'not', of: { kind: 'time', ...timeRange(token, ':', context) } };
    default:
      return { kind: 'time', ...timeRange(token, token.operator, context) };
  }
}

function timeRange(token: TermToken, operator: ':' | '=' | '<' | '<=' | '>' | '>=', context: TimeContext): TimeRange {
  const isChoice = operator === ':' || operator === '=';
  const dots = isChoice ? token.value.indexOf('..') : -1;
  if (dots < 0) {
    if (token.value === '*' && isChoice) return { start: null, end: null };
    const range = parseTimeComparison(operator, token.value, context);
    if (range === null) throw wrongValue(token, `${EXPECTED_RANGE}; in quotes it is text`);
    return range;
  }
  const range = parseTimeRange(token.value.slice(0, dots), token.value.slice(dots + 2), context);
  if (range === 'from') throw wrongValue(token, EXPECTED_RANGE, 0, dots);
  if (range === 'to') throw wrongValue(token, EXPECTED_RANGE, dots + 2, token.value.length - dots - 2);
  return range;
}

function sourceFilter(token: TermToken): Filter {
  if (token.value === '' && token.quote === '') throw wrongValue(token, 'the name of a source, * and ? allowed');
  switch (token.operator) {
    case ':':
    case '=':
      return { kind: 'source', name: token.value };
    case '!=':
      return { kind: 'not', of: { kind: 'source', name: token.value } };
    case '~':
      return { kind: 'source', name: `*${token.value}*` };
    case '!~':
      return { kind: 'not', of: { kind: 'source', name: `*${token.value}*` } };
    default:
      throw wrongOperator(token, ': = != ~ !~');
  }
}
