/**
 * A pattern as other texts: a regular expression, a layout for a format rule; and what its wildcards are called.
 *
 *   pattern   upstream <*> answered <*> after <*>
 *   regex     upstream\s+(?<word>\S*)\s+answered\s+(?<number>…)\s+after\s+(?<duration>…)
 *   layout    {start}upstream {word:word} answered {number:word} after {duration:rest}
 */
import type { PatternToken, WildcardKind } from '../engine/patterns/pattern';

/** Names of the wildcards, in order: by the `name=` before them or by their kind, numbered where they would be the same. */
export function wildcardNames(tokens: readonly PatternToken[]): string[] {
  const used = new Map<string, number>();
  return tokens.flatMap((token, index) => {
    if (token.kind === 'literal') return [];
    const before = tokens[index - 1];
    const name = (before?.kind === 'literal' ? nameBefore(before.text) : null) ?? token.type;
    let number = (used.get(name) ?? 0) + 1;
    while (number > 1 && used.has(`${name}${number}`)) number += 1;
    used.set(name, number);
    const unique = number === 1 ? name : `${name}${number}`;
    used.set(unique, Math.max(1, used.get(unique) ?? 0));
    return [unique];
  });
}

//                                ┌ amount=, "amount":, amount:
const NAME_BEFORE = /(?:^|[\s,;({[])"?([A-Za-z_][A-Za-z0-9_]{0,30})(?:= ?|": ?|:)["'[(]?$/;

function nameBefore(literal: string): string | null {
  return NAME_BEFORE.exec(literal.slice(-40))?.[1] ?? null;
}

/** What values of a kind look like: everything the miner takes for one, and little more. */
const SHAPES: Readonly<Record<WildcardKind, string>> = {
  number: String.raw`[+-]?[\d,]+(?:\.\d+)?(?:[eE][+-]?\d+)?%?`,
  duration: String.raw`[+-]?P?T?\d[\w.,µμ]*(?: [a-z]+)?`,
  bytes: String.raw`[+-]?\d[\d.,]*(?: ?[A-Za-z]{1,5})?`,
  hex: String.raw`[\da-fA-Fx:-]+h?`,
  uuid: String.raw`\{?[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}\}?`,
  ip: String.raw`[\/\[]?[\w.:%]+\]?(?:[:\/]\d{1,5})?`,
  path: String.raw`\S+`,
  url: String.raw`\S+`,
  email: String.raw`<?[^\s@]+@[^\s@]+`,
  quoted: '(?:"[^"]*"|\'[^\']*\'|`[^`]*`)',
  time: String.raw`[\w:.,\/+\-]+(?: [\w:.,\/+\-]+)*?`,
  word: String.raw`\S*`,
  text: '.*?',
};

/**
 * An ECMAScript expression (flag `u`) for the pattern's text in a line, with a named group for each wildcard. It matches the
 * example: a wildcard whose value there is of another shape takes any word, or anything.
 *
 * @param example  a message of the pattern
 */
export function toRegexText(tokens: readonly PatternToken[], example: string): string {
  const values = valuesIn(tokens, example);
  const names = wildcardNames(tokens);
  let wildcard = 0;
  return tokens
    .map((token, index) => {
      if (token.kind === 'literal') {
        const mayBeEmpty = (at: number) => values === null || values[at] === '';
        const isEmptyBefore = tokens[index - 1]?.kind === 'wildcard' && mayBeEmpty(wildcard - 1);
        const isEmptyAfter = tokens[index + 1]?.kind === 'wildcard' && mayBeEmpty(wildcard);
        return literalRegex(token.text, {
          start: index === 0 ? 'none' : isEmptyBefore ? 'some' : 'any',
          end: index === tokens.length - 1 ? 'none' : isEmptyAfter ? 'some' : 'any',
        });
      }
      const isLast = index === tokens.length - 1;
      const shape = shapeFor(token.type, values === null ? null : (values[wildcard] ?? null));
      const group = `(?<${names[wildcard] ?? 'value'}>${isLast && shape === '.*?' ? '.*' : shape})`;
      wildcard += 1;
      return group;
    })
    .join('');
}

/** @param value  what it is in the example; null: not known, so that it may be anything */
function shapeFor(kind: WildcardKind, value: string | null): string {
  if (value === null) return '.*?';
  const shapes = [SHAPES[kind], String.raw`\S*`];
  return shapes.find((shape) => new RegExp(`^(?:${shape})$`, 'u').test(value)) ?? '.*?';
}

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;

/** @param blanks  of its first and last blank: left out, may be missing, or as any other */
function literalRegex(text: string, blanks: Record<'start' | 'end', 'none' | 'some' | 'any'>): string {
  const core = text.trim().replace(SPECIAL, '\\$&').replace(/\s+/g, String.raw`\s+`);
  const edge = (has: boolean, how: 'none' | 'some' | 'any') => {
    if (!has || how === 'none') return '';
    return how === 'some' ? String.raw`\s*` : String.raw`\s+`;
  };
  if (core === '') {
    const isLoose = blanks.start === 'some' || blanks.end === 'some';
    return edge(text !== '' && blanks.start !== 'none' && blanks.end !== 'none', isLoose ? 'some' : 'any');
  }
  return edge(/^\s/.test(text), blanks.start) + core + edge(/\s$/.test(text), blanks.end);
}

/**
 * The wildcards' values in a message, runs of blanks as one space: each literal at the first place behind what came before, the
 * last one at the end. Null where the message is not of the pattern, as when it was cut.
 */
export function valuesIn(tokens: readonly PatternToken[], message: string): string[] | null {
  const text = ` ${message.trim().replace(/\s+/g, ' ')} `;
  const values: string[] = [];
  let at = 0;
  let start: number | null = null;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'wildcard') {
      start = at;
      continue;
    }
    let literal = token.text;
    if (index === 0 && !literal.startsWith(' ')) literal = ` ${literal}`;
    const isLast = index === tokens.length - 1;
    if (isLast && !literal.endsWith(' ')) literal = `${literal} `;
    const found: number = start === null ? at : isLast ? text.length - literal.length : text.indexOf(literal, at);
    if (found < at || !text.startsWith(literal, found)) return null;
    if (start !== null) values.push(text.slice(start, found).trim());
    start = null;
    at = found + literal.length;
  }
  if (start !== null) values.push(text.slice(start).trim());
  const isWhole = start !== null || at === text.length;
  return isWhole && values.length === tokens.filter((token) => token.kind === 'wildcard').length ? values : null;
}

/** Kinds whose values may hold blanks. */
const SPACED: ReadonlySet<WildcardKind> = new Set(['text', 'quoted', 'time', 'duration', 'bytes', 'path']);

/** Words with a meaning of their own between braces. */
const RESERVED: ReadonlySet<string> = new Set(['time', 'level', 'message', 'start', 'scan']);

/**
 * A layout for a format rule that begins at the message, with a field for each wildcard: the header's layout goes before it.
 * A single-word wildcard before a blank is a word, others reach to the text that follows.
 */
export function toLayoutText(tokens: readonly PatternToken[]): string {
  const names = wildcardNames(tokens).map((name) => (RESERVED.has(name) ? `${name}_value` : name));
  let wildcard = 0;
  const parts = tokens.map((token, index) => {
    if (token.kind === 'literal') return token.text.replace(/[(){}|\\]/g, '\\$&').replace(/\s+/g, ' ');
    const name = names[wildcard] ?? 'value';
    wildcard += 1;
    const next = tokens[index + 1];
    if (next === undefined) return `{${name}:rest}`;
    const end = next.kind === 'literal' ? /^\s?[^\s}]*/.exec(next.text)?.[0] : '';
    if (!end) return `{${name}:word}`;
    if (end.startsWith(' ') && (end === ' ' || !SPACED.has(token.type))) return `{${name}:word}`;
    return `{${name}:until=${end}}`;
  });
  return `{start}${parts.join('')}`;
}
