/**
 * Strings that must be in a record for a pattern to match in it: the kernels look for those first, at memory speed, and
 * RegExp only sees the candidates.
 *
 * A sequence is walked from left to right with a *run*: the few strings that the part since the last break can be.
 *
 *   (?:dis)?connect(?:ed|ing) to \d+ ms
 *   ├────────────────────────────┤        run: 4 strings, up to the digits
 *                                 ├ break ├──┤ run: " ms"
 *
 * Every run that ends, and every run before it branches out, is a requirement; they are ranked by length and rarity.
 * The same idea as RE2's prefilter, with ranks in place of an and/or tree: one good literal beats several.
 *
 * @see https://github.com/google/re2/blob/main/re2/prefilter.cc
 */

import { parseRegex, type RegexNode, type SetNode } from './regex-parse';
import { foldsBeyondAscii } from './regex-shape';

/** A match needs at least one of the strings in its record. */
export interface LiteralSet {
  /** At least one, at most 8, none empty. Well-formed UTF-16, no line ends, no U+FFFD. */
  readonly anyOf: readonly string[];
  /** The strings are ASCII in lower case and occur in any case of A–Z; otherwise they occur as they are. */
  readonly isFolded: boolean;
}

export interface LiteralOptions {
  /**
   * The records are known to be ASCII only. Otherwise, under the flag i, a literal is split at k and s, which the Kelvin
   * sign U+212A and the long s U+017F match too. Absent: false.
   */
  readonly isAsciiText?: boolean;
}

/**
 * What every match of the pattern requires, best first: each set by itself is a safe prefilter, and all of them hold.
 * At most 16 sets, without those that a better one implies. Empty when nothing is required, or the pattern is not
 * understood (invalid, or nested too deep): then every record is a candidate.
 */
export function requiredLiterals(pattern: string, flags: string, options: LiteralOptions = {}): readonly LiteralSet[] {
  const { node } = parseRegex(pattern, flags);
  if (node === null) return [];
  const distinct = new Map<string, { set: LiteralSet; score: number }>();
  for (const set of requirementsOf(infoOf(node, options.isAsciiText ?? false))) {
    const key = JSON.stringify(set);
    if (!distinct.has(key)) distinct.set(key, { set, score: scoreOf(set) });
  }
  const ranked = [...distinct.values()].sort((a, b) => b.score - a.score);
  const kept: LiteralSet[] = [];
  for (const { set } of ranked) {
    if (kept.length === MAX_SETS) break;
    if (!kept.some((better) => implies(better, set))) kept.push(set);
  }
  return kept;
}

/** Strings in one set: a search each, so more than a few cost more than they save. */
const MAX_STRINGS = 8;
const MAX_SETS = 16;
/** UTF-16 units; longer needles find no less. */
const MAX_LENGTH = 128;
/** A class with this few members counts as alternatives: [Ee]rror. */
const MAX_CLASS = 4;

/** A string that a part can match in full; folded when a letter in it may be of either case (then it is all ASCII). */
interface Piece {
  readonly text: string;
  readonly isFolded: boolean;
}

interface Info {
  /** All strings the part can match, where they are few. */
  readonly exact: readonly Piece[] | null;
  /** What a match begins and ends with, where `exact` is null but this is known. */
  readonly edges: readonly Piece[] | null;
  readonly sets: readonly LiteralSet[];
}

const NOTHING: readonly Piece[] = [{ text: '', isFolded: false }];
const EMPTY: Info = { exact: NOTHING, edges: null, sets: [] };
const ANYTHING: Info = { exact: null, edges: null, sets: [] };

function infoOf(node: RegexNode, isAsciiText: boolean): Info {
  switch (node.kind) {
    case 'char': {
      const piece = toPiece(node.code, node.fold, isAsciiText);
      return piece === null ? ANYTHING : { exact: [piece], edges: null, sets: [] };
    }
    case 'set':
      return classInfo(node, isAsciiText);
    case 'sequence':
      return sequenceInfo(node.items, isAsciiText);
    case 'choice':
      return choiceInfo(node.branches.map((branch) => infoOf(branch, isAsciiText)));
    case 'repeat':
      return repeatInfo(infoOf(node.body, isAsciiText), node.min, node.max);
    case 'edge':
      return EMPTY;
    // What a positive look-around sees is in the same record.
    case 'look':
      return node.isNegative ? EMPTY : { ...EMPTY, sets: requirementsOf(infoOf(node.body, isAsciiText)) };
    case 'reference':
      return ANYTHING;
  }
}

/**
 * Null where the character cannot be part of a needle: it may be written otherwise in the bytes (line ends; U+FFFD, which
 * stands for invalid bytes; lone surrogates), or other characters fold to it.
 */
function toPiece(code: number, fold: boolean, isAsciiText: boolean): Piece | null {
  if (code === 0x0a || code === 0x0d || code === 0xfffd || (code >= 0xd800 && code <= 0xdfff)) return null;
  const text = String.fromCodePoint(code);
  if (!fold) return { text, isFolded: false };
  if (code > 0x7f || (!isAsciiText && foldsBeyondAscii(code))) return null;
  const lower = text.toLowerCase();
  return { text: lower, isFolded: lower !== text.toUpperCase() };
}

function classInfo(set: SetNode, isAsciiText: boolean): Info {
  if (set.isNegated || set.escapes.length > 0) return ANYTHING;
  let size = 0;
  for (const [from, to] of set.ranges) size += to - from + 1;
  if (size === 0 || size > MAX_CLASS) return ANYTHING;
  const pieces: Piece[] = [];
  for (const [from, to] of set.ranges) {
    for (let code = from; code <= to; code += 1) {
      const piece = toPiece(code, set.fold, isAsciiText);
      if (piece === null) return ANYTHING;
      pieces.push(piece);
    }
  }
  const [first, second, third] = withoutDuplicates(pieces);
  // [Ee] is one search without case rather than two with.
  if (
    first !== undefined &&
    second !== undefined &&
    third === undefined &&
    !first.isFolded &&
    isAscii(first.text + second.text) &&
    first.text.toLowerCase() === second.text.toLowerCase()
  ) {
    return { exact: [{ text: first.text.toLowerCase(), isFolded: true }], edges: null, sets: [] };
  }
  return { exact: withoutDuplicates(pieces), edges: null, sets: [] };
}

function sequenceInfo(items: readonly RegexNode[], isAsciiText: boolean): Info {
  const sets: LiteralSet[] = [];
  let run: readonly Piece[] = NOTHING;
  let isWhole = true;
  const keep = (pieces: readonly Piece[]): void => {
    const set = toSet(pieces);
    if (set !== null) sets.push(set);
  };
  for (const item of items) {
    const info = infoOf(item, isAsciiText);
    for (const set of info.sets) sets.push(set);
    const next = info.exact ?? info.edges;
    const joined = next === null ? null : product(run, next);
    if (info.exact !== null && joined !== null) {
      if (info.exact.length > 1) keep(run);
      run = joined;
      continue;
    }
    keep(run);
    if (joined !== null) keep(joined);
    isWhole = false;
    run = next ?? NOTHING;
  }
  if (isWhole) return { exact: run, edges: null, sets };
  keep(run);
  return { exact: null, edges: null, sets };
}

function choiceInfo(branches: readonly Info[]): Info {
  const pieces = branches.every((branch) => branch.exact !== null)
    ? withoutDuplicates(branches.flatMap((branch) => branch.exact ?? []))
    : [];
  const exact = pieces.length > 0 && pieces.length <= MAX_STRINGS ? pieces : null;

  const chosen: LiteralSet[] = [];
  for (const branch of branches) {
    const [first, ...others] = requirementsOf(branch);
    if (first === undefined) return { exact, edges: null, sets: [] };
    chosen.push(others.reduce((best, set) => (scoreOf(set) > scoreOf(best) ? set : best), first));
  }
  const union = toSet(chosen.flatMap((set) => set.anyOf.map((text) => ({ text, isFolded: set.isFolded }))));
  return { exact, edges: null, sets: union === null ? [] : [union] };
}

function repeatInfo(body: Info, min: number, max: number): Info {
  if (max === 0) return EMPTY;
  if (min === 0) {
    if (max > 1 || body.exact === null) return ANYTHING;
    const pieces = withoutDuplicates([...body.exact, ...NOTHING]);
    return pieces.length > MAX_STRINGS ? ANYTHING : { exact: pieces, edges: null, sets: [] };
  }
  if (body.exact === null) return { exact: null, edges: null, sets: body.sets };
  // x{3} is xxx; x{3,} begins and ends with xxx. Where that grows too much, fewer do: each copy is one of the strings.
  let power = body.exact;
  let count = 1;
  while (count < min) {
    const grown = product(power, body.exact);
    if (grown === null) break;
    power = grown;
    count += 1;
    if (power.every((piece) => piece.text === '')) count = min;
  }
  return count === min && min === max
    ? { exact: power, edges: null, sets: body.sets }
    : { exact: null, edges: power, sets: body.sets };
}

/** Every left with every right; null when they become too many or too long, or a folded one would hold non-ASCII. */
function product(left: readonly Piece[], right: readonly Piece[]): readonly Piece[] | null {
  if (left.length * right.length > MAX_STRINGS) return null;
  const pieces: Piece[] = [];
  for (const a of left) {
    for (const b of right) {
      const text = a.text + b.text;
      if (text.length > MAX_LENGTH) return null;
      const isFolded = a.isFolded || b.isFolded;
      if (isFolded && !isAscii(text)) return null;
      pieces.push({ text: isFolded ? text.toLowerCase() : text, isFolded });
    }
  }
  return withoutDuplicates(pieces);
}

/** Null when a piece is empty (nothing is required), there are too many, or folded ones meet non-ASCII ones. */
function toSet(pieces: readonly Piece[]): LiteralSet | null {
  const isFolded = pieces.some((piece) => piece.isFolded);
  if (pieces.some((piece) => piece.text === '' || (isFolded && !isAscii(piece.text)))) return null;
  const texts = new Set(pieces.map((piece) => (isFolded ? piece.text.toLowerCase() : piece.text)));
  if (texts.size > MAX_STRINGS * MAX_STRINGS) return null;
  // Where "ab" is wanted, "cab" says nothing new.
  const anyOf = [...texts].filter((text) => ![...texts].some((other) => other !== text && text.includes(other)));
  return anyOf.length === 0 || anyOf.length > MAX_STRINGS ? null : { anyOf, isFolded };
}

/** The sets of a part that is taken as a whole, its strings included. */
function requirementsOf(info: Info): LiteralSet[] {
  const own = toSet(info.exact ?? info.edges ?? []);
  return own === null ? [...info.sets] : [...info.sets, own];
}

/** Whether wherever `better` holds, `set` holds too: each of its strings has one of the others inside. */
function implies(better: LiteralSet, set: LiteralSet): boolean {
  if (better.isFolded && !set.isFolded) return false;
  return better.anyOf.every((text) =>
    set.anyOf.some((part) => (set.isFolded ? text.toLowerCase() : text).includes(part)),
  );
}

function withoutDuplicates(pieces: readonly Piece[]): readonly Piece[] {
  const seen = new Set<string>();
  return pieces.filter((piece) => {
    const key = `${piece.isFolded ? 'i' : '='}${piece.text}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

const EVERYWHERE = new Set(' 0123456789');
const COMMON = new Set('aeionrst.:-/,=');

/**
 * How much a set is worth as a prefilter: the least of its strings, and less for each further search. Counts are guesses of
 * how rare characters are in logs, in bits or so (2026-11): blanks and digits are everywhere, then common letters, then the rest.
 */
function scoreOf(set: LiteralSet): number {
  const least = Math.min(...set.anyOf.map((text) => rarityOf(text)));
  return least / (0.75 + set.anyOf.length / 4) - (set.isFolded ? 0.5 : 0);
}

function rarityOf(text: string): number {
  let sum = 0;
  // The first and last bytes find a needle; beyond 24 characters nothing gets rarer.
  for (const sign of text.slice(0, 24)) {
    if (EVERYWHERE.has(sign)) sum += 1;
    else sum += COMMON.has(sign) ? 2 : 3;
  }
  return sum;
}
