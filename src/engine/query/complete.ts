/** What could stand at the cursor of the filter box: keys, operators, levels, sources, fields and their values. */

import { LEVELS, type Level } from '../records/record';
import { isKnownKey, tokenize, type TermToken, type Token } from './tokens';

export interface CompletionContext {
  /** Fields of what is open, the most useful first; `values`: some that occur, the most frequent first. */
  readonly fields: readonly { readonly name: string; readonly values?: readonly string[] }[];
  /** Names of the open sources. */
  readonly sources: readonly string[];
  /** Texts of the patterns there are, the most frequent first. */
  readonly patterns?: readonly string[];
  /** Levels that occur; null: records without one. */
  readonly levels: readonly (Level | null)[];
}

/** Replace UTF-16 [from, to) of the text by `insert`; the cursor goes behind it. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly label: string;
  /** What it does, in a few words. */
  readonly detail: string;
}

interface Suggestion {
  readonly insert: string;
  readonly label?: string;
  readonly detail: string;
}

const KEYS: readonly Suggestion[] = [
  { insert: 'level:', detail: 'records of a level' },
  { insert: 'level>=', detail: 'records of a level or worse' },
  { insert: 'time:', detail: 'records of a time or range' },
  { insert: 'source:', detail: 'records of a source' },
  { insert: 'pattern:', detail: 'records of a pattern' },
];

/** Patterns that are suggested at once. */
const MOST_PATTERNS = 50;

const OPERATORS: readonly Suggestion[] = [
  { insert: 'AND ', label: 'AND', detail: 'both' },
  { insert: 'OR ', label: 'OR', detail: 'either' },
  { insert: 'NOT ', label: 'NOT', detail: 'without' },
];

const TIMES: readonly Suggestion[] = [
  { insert: '-5m', detail: 'the last 5 minutes' },
  { insert: '-15m', detail: 'the last 15 minutes' },
  { insert: '-1h', detail: 'the last hour' },
  { insert: '-1d', detail: 'the last day' },
  { insert: '+5m', detail: 'the first 5 minutes' },
  { insert: '[', label: '[from..to]', detail: 'a range, e.g. [10:00..10:05]' },
];

/**
 * Suggestions in the order of the context, those that begin with what is typed before those that hold it; without regard
 * to case. Works on text that does not parse.
 *
 * @param cursor  UTF-16 position in [0, text.length]
 */
export function completions(text: string, cursor: number, context: CompletionContext): Completion[] {
  const tokens = tokenize(text);
  const token = tokens.find(
    (candidate) => candidate.start < cursor && cursor <= candidate.end && !isPunctuation(candidate),
  );
  if (token === undefined) return complete(startSuggestions(tokens, cursor, context), '', cursor, cursor);

  if (token.kind === 'term') {
    if (cursor >= token.valueStart) return valueCompletions(token, text, cursor, context);
    return complete(
      startSuggestions(tokens, token.start, context),
      text.slice(token.start, cursor),
      token.start,
      token.valueStart,
    );
  }
  if (token.kind === 'phrase' || token.kind === 'regex') return [];
  // A field with its sign but no value yet is still a word to the tokenizer: "status=".
  const half = /^(.*?)([:=~])$/u.exec(text.slice(token.start, cursor));
  if (half?.[1] === 'pattern' && token.end === cursor)
    return complete(patternSuggestions(context.patterns ?? [], ''), '', cursor, cursor);
  const field = half === null ? undefined : context.fields.find(({ name }) => name === half[1]);
  if (field !== undefined && token.end === cursor)
    return complete(valueSuggestions(field.values ?? []), '', cursor, cursor);
  return complete(
    startSuggestions(tokens, token.start, context),
    text.slice(token.start, cursor),
    token.start,
    token.end,
  );
}

function isPunctuation(token: Token): boolean {
  return token.kind === 'open' || token.kind === 'close' || (token.kind === 'not' && token.end - token.start === 1);
}

function complete(suggestions: readonly Suggestion[], typed: string, from: number, to: number): Completion[] {
  const wanted = typed.toLowerCase();
  const beginning: Completion[] = [];
  const holding: Completion[] = [];
  for (const { insert, label = insert, detail } of suggestions) {
    const at = label.toLowerCase().indexOf(wanted);
    if (at >= 0) (at === 0 ? beginning : holding).push({ from, to, insert, label, detail });
  }
  // A single suggestion that is there already suggests nothing.
  const all = [...beginning, ...holding];
  return all.length === 1 && all[0]?.insert.trimEnd() === typed ? [] : all;
}

function startSuggestions(tokens: readonly Token[], at: number, context: CompletionContext): Suggestion[] {
  const before = tokens.filter((token) => token.end <= at).at(-1);
  const isAfterCondition = before !== undefined && !['open', 'and', 'or', 'not'].includes(before.kind);
  const fields = context.fields.map(({ name }): Suggestion => {
    const insert = `${quotedName(name)}=`;
    return { insert, label: insert === `${name}=` ? insert : name, detail: 'field' };
  });
  const operators = OPERATORS.filter(({ label }) => isAfterCondition || label === 'NOT');
  return before?.kind === 'not' ? [...KEYS, ...fields] : [...KEYS, ...fields, ...operators];
}

/** A name as the tokenizer reads it back. */
function quotedName(name: string): string {
  const [token] = tokenize(`${name}=1`);
  if (token?.kind === 'term' && token.name === name && !token.isNameQuoted && !isKnownKey(name)) return name;
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

function valueCompletions(token: TermToken, text: string, cursor: number, context: CompletionContext): Completion[] {
  const isKnown = !token.isNameQuoted && isKnownKey(token.name);
  if (isKnown && token.name === 'time') {
    return token.quote === '' ? complete(TIMES, text.slice(token.valueStart, cursor), token.valueStart, token.end) : [];
  }
  if (isKnown && token.name === 'level') {
    // Only the level at the cursor: warn,er| and info..wa|
    const parts = text.slice(token.valueStart, cursor).split(/,|\.\./);
    const typed = parts.at(-1) ?? '';
    const behind = /^[a-z]*/i.exec(text.slice(cursor, token.end))?.[0].length ?? 0;
    return complete(levelSuggestions(token, context, parts.length > 1), typed, cursor - typed.length, cursor + behind);
  }
  const isQuoted = token.quote !== '';
  const typed = text.slice(token.valueStart + (isQuoted ? 1 : 0), cursor);
  if (token.range !== '') return [];
  if (token.name === 'pattern' && !token.isNameQuoted)
    return complete(patternSuggestions(context.patterns ?? [], typed), typed, token.valueStart, token.end);
  const values = isKnown ? context.sources : (context.fields.find(({ name }) => name === token.name)?.values ?? []);
  return complete(valueSuggestions(values), typed, token.valueStart, token.end);
}

function levelSuggestions(token: TermToken, context: CompletionContext, isList: boolean): Suggestion[] {
  const present = new Set(context.levels);
  const isChoice = token.operator === ':' || token.operator === '=' || token.operator === '!=';
  const levels = LEVELS.map(
    (level): Suggestion => ({
      insert: level.toLowerCase(),
      detail: present.has(level) ? 'level' : 'level (none here)',
    }),
  );
  // Levels that occur come first, the worst before the others.
  levels.reverse().sort((a, b) => a.detail.length - b.detail.length);
  if (!isChoice) return levels;
  const none: Suggestion = {
    insert: 'none',
    detail: present.has(null) ? 'without a level' : 'without a level (none here)',
  };
  return isList ? [...levels, none] : [...levels, none, { insert: '*', detail: 'any level' }];
}

function patternSuggestions(patterns: readonly string[], typed: string): Suggestion[] {
  const wanted = typed.toLowerCase();
  const fitting = patterns.filter((text) => text.toLowerCase().includes(wanted)).slice(0, MOST_PATTERNS);
  return fitting.map((text) => ({ insert: quoted(text), label: text, detail: 'pattern' }));
}

function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function valueSuggestions(values: readonly string[]): Suggestion[] {
  return values.map((value): Suggestion => {
    const bare = `name=${value}`;
    const [token, more] = tokenize(bare);
    const isBare =
      token?.kind === 'term' && token.quote === '' && token.value === value && value !== '' && more === undefined;
    return { insert: isBare ? value : quoted(value), label: value, detail: 'value' };
  });
}
