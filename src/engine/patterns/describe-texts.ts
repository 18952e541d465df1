/**
 * What skeletons of one pattern have in common: literals and wildcards that every one of them has in this order.
 *
 * Where all have as many atoms, place by place; otherwise by the longest common run of atoms, one skeleton after the other
 * in the order of their texts. Every skeleton, and every message it stands for, is taken by the outcome (`match-tokens.ts`).
 */

import { atomsOf, type Atoms, BLANK, MARK, MASK } from './atoms';
import { createTokenMatcher } from './match-tokens';
import { type PatternToken, WILDCARD } from './pattern';

/** Literals; null for a wildcard. No two wildcards and no two literals are neighbours. */
export type Pieces = (string | null)[];

// Patterns with more are lists or dumps, which nobody reads value by value; what follows is one wildcard.
const MAX_WILDCARDS = 40;
// Cells of the alignment tables of one pattern: some 20 ms. What comes after is aligned by its ends only.
const MAX_CELLS = 4_000_000;

/** @param texts  at least one; equal ones are fine */
export function describeTexts(texts: readonly string[]): Pieces {
  if (texts.length === 1) return alone(texts[0] as string);
  const different = [...new Set(texts)].sort((a, b) => (a < b ? -1 : 1));
  const [first, ...others] = different.map((text) => atomsOf(text));
  if (first === undefined) return [];
  const isAligned = others.every((other) => hasShapeOf(other, first));
  const common = isAligned ? placeByPlace(first, others) : alongside(first, others);
  const pieces = tidy(common, !isAligned);
  return isAligned ? pieces : spaced(pieces, different);
}

/** "is<*> full" of "is full" and "is nearly full" reads better as "is <*> full"; that is the same where all are taken by it. */
function spaced(pieces: Pieces, texts: readonly string[]): Pieces {
  const wider = pieces.map((piece, at) => {
    if (piece === null) return null;
    const before = pieces[at - 2];
    const after = pieces[at + 2];
    const head = typeof before === 'string' && before.endsWith(' ') && !piece.startsWith(' ') ? ' ' : '';
    const tail = typeof after === 'string' && after.startsWith(' ') && !piece.endsWith(' ') ? ' ' : '';
    return head + piece + tail;
  });
  const match = createTokenMatcher(toTokens(wider));
  return texts.every((text) => match(text) !== null) ? wider : pieces;
}

/** The kinds of wildcards are yet to be told. */
export function toTokens(pieces: Pieces): PatternToken[] {
  return pieces.map((piece) =>
    piece === null ? { kind: 'wildcard', type: 'word' } : { kind: 'literal', text: piece },
  );
}

/** What a single skeleton says: the way most patterns of a log with many of them come about. */
function alone(text: string): Pieces {
  const parts = text.replace(BLANKS, ' ').split(MASK);
  if (parts.length - 1 > MAX_WILDCARDS || text.includes(WILDCARD)) return tidy(atomsOf(text).texts as Common, false);
  const pieces: Pieces = [];
  for (const [at, part] of parts.entries()) {
    if (at > 0 && pieces.at(-1) !== null) pieces.push(null);
    const literal = at + 1 < parts.length ? withoutSign(part) : part;
    if (literal !== '') pieces.push(literal);
  }
  return trimmed(pieces);
}

const BLANKS = /[ \t-\r]{2,}|[\t-\r]/g;

/** A sign is part of its number: "blk_-17", "-17"; in "web-17" it is none. */
function withoutSign(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === 45 || text.charCodeAt(end - 1) === 43)) end -= 1;
  if (end === text.length || (end > 0 && isAlphanumeric(text.charCodeAt(end - 1)))) return text;
  return text.slice(0, end);
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** An atom that all have; '' where they have different ones, or some have none. */
type Common = string[];

function hasShapeOf(a: Atoms, b: Atoms): boolean {
  if (a.kinds.length !== b.kinds.length) return false;
  for (let at = 0; at < a.kinds.length; at++) {
    if (a.kinds[at] !== b.kinds[at]) return false;
    if ((a.kinds[at] === BLANK || a.kinds[at] === MARK) && a.texts[at] !== b.texts[at]) return false;
  }
  return true;
}

function placeByPlace(first: Atoms, others: readonly Atoms[]): Common {
  return first.texts.flatMap((text, at) => {
    let start = text.length;
    let isSame = true;
    for (const other of others) {
      const word = other.texts[at] as string;
      if (word === text) continue;
      isSame = false;
      start = Math.min(start, sharedStart(text, word));
    }
    if (isSame) return [text];
    const cut = joinerBefore(text, start);
    return cut === 0 ? [''] : [text.slice(0, cut), ''];
  });
}

function sharedStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  return at;
}

const SHORTEST_START = 3;

/** End of the last joint of a word before `end`, "org.apache." of "org.apache.had"; 0 where so little is left that it tells nothing. */
function joinerBefore(word: string, end: number): number {
  let at = end;
  while (at > 0 && !'._-/\\:$@'.includes(word[at - 1] as string)) at -= 1;
  return at < SHORTEST_START || word.slice(0, at).includes(MASK) ? 0 : at;
}

function alongside(first: Atoms, others: readonly Atoms[]): Common {
  let common: Common = [...first.texts];
  let cells = 0;
  for (const { texts } of others) {
    let head = 0;
    while (head < common.length && head < texts.length && common[head] === texts[head]) head += 1;
    let tail = 0;
    const most = Math.min(common.length, texts.length) - head;
    while (tail < most && common[common.length - 1 - tail] === texts[texts.length - 1 - tail]) tail += 1;
    const left = common.slice(head, common.length - tail);
    const right = texts.slice(head, texts.length - tail);
    cells += left.length * right.length;
    const between = left.length === 0 && right.length === 0 ? [] : cells <= MAX_CELLS ? aligned(left, right) : [''];
    common = [...common.slice(0, head), ...between, ...common.slice(common.length - tail)];
  }
  return common;
}

/** Words count most in an alignment, so that no blank is kept at the price of one. */
function weightOf(atom: string): number {
  if (atom === '') return 0;
  if (atom === ' ') return 1;
  if (atom.length > 2) return 12;
  return atom === MASK ? 4 : 3;
}

/** Longest common subsequence by weight; '' wherever one of the two has something that the other has not. */
function aligned(left: readonly string[], right: readonly string[]): Common {
  const width = right.length + 1;
  const best = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    const atom = left[i] as string;
    const weight = weightOf(atom);
    for (let j = right.length - 1; j >= 0; j--) {
      const skipLeft = best[(i + 1) * width + j] as number;
      const skipRight = best[i * width + j + 1] as number;
      const both = weight > 0 && atom === right[j] ? weight + (best[(i + 1) * width + j + 1] as number) : 0;
      best[i * width + j] = Math.max(skipLeft, skipRight, both);
    }
  }
  const common: Common = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const here = best[i * width + j] as number;
    const isBoth =
      i < left.length &&
      j < right.length &&
      left[i] === right[j] &&
      weightOf(left[i] as string) > 0 &&
      here === weightOf(left[i] as string) + (best[(i + 1) * width + j + 1] as number);
    if (isBoth) {
      common.push(left[i] as string);
      i += 1;
      j += 1;
      continue;
    }
    if (common.at(-1) !== '') common.push('');
    if (i < left.length && (j >= right.length || here === best[(i + 1) * width + j])) i += 1;
    else j += 1;
  }
  return common;
}

/** @param isRagged  lists differ in length: what is left between wildcards of marks alone says nothing */
function tidy(common: Common, isRagged: boolean): Pieces {
  const pieces: Pieces = [];
  let wildcards = 0;
  const addWildcard = (): void => {
    if (pieces.at(-1) === null) return;
    const between = pieces.at(-1);
    if (
      isRagged &&
      pieces.length > 1 &&
      between !== undefined &&
      pieces.at(-2) === null &&
      /^[\s,;|:/#&~+-]*$/.test(between as string)
    ) {
      pieces.pop();
      return;
    }
    pieces.push(null);
    wildcards += 1;
  };
  const addLiteral = (text: string): void => {
    if (text === '') return;
    const last = pieces.at(-1);
    if (typeof last === 'string') pieces[pieces.length - 1] = last + text;
    else pieces.push(text);
  };
  for (const atom of common) {
    if (wildcards >= MAX_WILDCARDS) break;
    if (atom === '') {
      addWildcard();
      continue;
    }
    const parts = atom.split(MASK);
    parts.forEach((part, at) => {
      const isBeforeMask = at + 1 < parts.length;
      addLiteral(isBeforeMask ? withoutSign(part) : part);
      if (isBeforeMask) addWildcard();
    });
  }
  if (wildcards >= MAX_WILDCARDS && pieces.at(-1) !== null) pieces.push(null);
  return trimmed(pieces.flatMap((piece) => (piece === null ? [null] : withoutWildcards(piece))));
}

/** A literal that reads like a wildcard would make two patterns of one text. */
function withoutWildcards(literal: string): Pieces {
  if (!literal.includes(WILDCARD)) return [literal];
  return literal.split(WILDCARD).flatMap((part, at): Pieces => (at === 0 ? [part] : [null, part]));
}

function trimmed(pieces: Pieces): Pieces {
  const kept: Pieces = [];
  for (const piece of pieces) {
    if (piece === '' || (piece === null && kept.at(-1) === null && kept.length > 0)) continue;
    const last = kept.at(-1);
    if (piece !== null && typeof last === 'string') kept[kept.length - 1] = (last + piece).replace(/ {2,}/g, ' ');
    else kept.push(piece);
  }
  if (typeof kept[0] === 'string') kept[0] = kept[0].trimStart();
  const last = kept.at(-1);
  if (typeof last === 'string') kept[kept.length - 1] = last.trimEnd();
  return kept.filter((piece) => piece !== '');
}
