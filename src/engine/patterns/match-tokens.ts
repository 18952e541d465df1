/**
 * Where a pattern's wildcards stand in a message.
 *
 *   pattern   literal wildcard literal … : the message's ends are the pattern's ends
 *   literal   at the first place where it occurs behind what came before; the last one at the message's end
 *   blanks    a run of them in the message is one space to a literal; those at the message's ends do not count
 *   wildcard  whatever lies between, also nothing
 *
 * A message is taken by this exactly when it can be taken at all, in time linear in its length.
 */

import type { PatternToken } from './pattern';

/** Start and end of a wildcard's value in the message, half-open. */
export type ValueRange = readonly [start: number, end: number];

/** The values of a message, one a wildcard; null when the message is not of the pattern. */
export type TokenMatcher = (message: string) => ValueRange[] | null;

export function matchTokens(tokens: readonly PatternToken[], message: string): ValueRange[] | null {
  return createTokenMatcher(tokens)(message);
}

/** For many messages of one pattern. Patterns are of a message's first SKELETON_BYTES: longer ones are to be given cut. */
export function createTokenMatcher(tokens: readonly PatternToken[]): TokenMatcher {
  const literals = tokens.map((token) => (token.kind === 'literal' ? token.text : null));
  // A space stands before and behind every message, so that a literal's outer blank may lie there: "error = <*>" takes "error =".
  const first = literals[0];
  if (typeof first === 'string' && !first.startsWith(' ')) literals[0] = ` ${first}`;
  const last = literals.at(-1);
  if (typeof last === 'string' && !last.endsWith(' ')) literals[literals.length - 1] = `${last} `;

  return (message) => {
    const { text, places } = spaced(message);
    if (literals.length === 0) return text === '  ' ? [] : null;
    // Only where it cannot be otherwise, the blanks around an empty value are one.
    const found = findLiterals(literals, text, 0) ?? findLiterals(literals, text, 1);
    if (found === null) return null;
    const toPlace = (at: number): number => (places === null ? at - 1 : (places[at] as number));
    return found.map(([start, end]) => {
      const from = toPlace(Math.min(Math.max(start, 1), text.length - 1));
      return [from, Math.max(from, toPlace(Math.min(Math.max(end, 1), text.length - 1)))];
    });
  };
}

/** @param shared  characters a literal may have in common with the one before it: 1 where both have a space there, or 0 */
function findLiterals(literals: readonly (string | null)[], text: string, shared: 0 | 1): [number, number][] | null {
  const values: [number, number][] = [];
  let at = 0;
  let endsInSpace = false;
  for (const [index, literal] of literals.entries()) {
    const isLast = index === literals.length - 1;
    if (literal === null) {
      values.push([Math.max(at, 1), isLast ? text.length - 1 : at]);
      continue;
    }
    const isOpen = index > 0 && literals[index - 1] === null;
    const from = endsInSpace && isOpen && literal.startsWith(' ') ? at - shared : at;
    let start = from;
    if (isLast) start = isOpen ? text.length - literal.length : from;
    else if (isOpen) start = text.indexOf(literal, from);
    if (start < from || !text.startsWith(literal, start)) return null;
    if (isLast && start + literal.length !== text.length) return null;
    const value = values.at(-1);
    if (isOpen && value !== undefined) value[1] = Math.max(start, value[0]);
    at = start + literal.length;
    endsInSpace = literal.endsWith(' ');
  }
  return values;
}

/**
 * The message with one space for every run of blanks, one before it and one behind it.
 *
 * @returns places: index in the message of each character of the text; null: one less than the index in the text
 */
function spaced(message: string): { text: string; places: Uint32Array | null } {
  let isPlain = true;
  let wasBlank = true;
  for (let i = 0; i < message.length && isPlain; i++) {
    const code = message.charCodeAt(i);
    isPlain = !isBlank(code) || (code === SPACE && !wasBlank);
    wasBlank = isBlank(code);
  }
  if (isPlain && !wasBlank) return { text: ` ${message} `, places: null };

  const places = new Uint32Array(message.length + 2);
  const parts: string[] = [' '];
  let length = 1;
  for (let at = 0; at < message.length; ) {
    if (isBlank(message.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    while (at < message.length && !isBlank(message.charCodeAt(at))) {
      places[length++] = at;
      at += 1;
    }
    parts.push(message.slice(start, at), ' ');
    places[length++] = at;
  }
  if (length === 1) {
    parts.push(' ');
    places[length++] = message.length;
  }
  return { text: parts.join(''), places: places.subarray(0, length) };
}

const SPACE = 32;

/** Space, tab and the other ASCII blanks. */
export function isBlank(code: number): boolean {
  return code === SPACE || (code >= 9 && code <= 13);
}
