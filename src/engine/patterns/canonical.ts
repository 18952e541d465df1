/**
 * The canonical form of a skeleton: what is left of it when everything that looks like a value by itself is one star.
 *
 *   Opened file /var/log/a.b, size ␀ kB (user=ann, retry=true)   →   Opened file * , size * ( user = ann , retry = true )
 *
 * Skeletons of one canonical form are of one pattern. What a value looks like is told by the text alone and never by what
 * other skeletons have in its place: that is for `merge-forms.ts`. Blanks take no part.
 */

import { atomsOf, BLANK, MAX_ATOMS, REST, WORD } from './atoms';
import { DATE_WORDS, isLogWord, PLACE_WORDS, TELLING_KEYS, UNIT_WORDS } from './log-words';
import { isConstantName, isDateWord, isListMark, isShortHex, isValue } from './word-shape';

export const STAR = '*';

/** A punctuation mark. */
export const MARK_ROLE = 0;
/** A value by itself. */
export const STAR_ROLE = 1;
/** A word of the message. */
export const WORD_ROLE = 2;
/** A word in the place of a value: `user=ann`, "users". */
export const SOFT_ROLE = 3;
/** The same where the value says what happened: `state=open`. */
export const TELLING_ROLE = 4;
/** A word behind a colon that touches it: `index:ann`. */
export const WEAK_ROLE = 5;

export interface CanonicalForm {
  readonly items: readonly string[];
  readonly roles: readonly number[];
}

/** The form that says no more than the skeleton: runs of blanks are one, and that is all. */
export function plainOf(text: string, limit = MAX_ATOMS): CanonicalForm {
  const { texts } = atomsOf(text, limit);
  return { items: texts, roles: texts.map(() => MARK_ROLE) };
}

/** The items of a message while it is made canonical; `spaced` tells of a blank before an item. */
interface Draft {
  texts: string[];
  roles: number[];
  spaced: boolean[];
}

/** @param limit  atoms that are looked at: what follows is one value */
export function canonicalOf(text: string, limit = MAX_ATOMS): CanonicalForm {
  const draft = joinValues(joinQuoted(draftOf(text, limit)));
  joinChains(draft);
  joinNumbered(draft);
  swallowUnits(draft);
  joinRuns(draft);
  markValues(draft);
  return { items: draft.texts, roles: draft.roles };
}

function draftOf(text: string, limit: number): Draft {
  const { texts, kinds } = atomsOf(text, limit);
  const draft: Draft = { texts: [], roles: [], spaced: [] };
  let isSpaced = false;
  for (let at = 0; at < texts.length; at++) {
    const kind = kinds[at];
    const atom = texts[at] as string;
    if (kind === BLANK) {
      isSpaced = true;
      continue;
    }
    const last = draft.texts.length - 1;
    if (kind === REST) push(draft, STAR, STAR_ROLE, isSpaced);
    else if (kind !== WORD) {
      // A number takes the full stop behind it along when it is masked.
      const isStop =
        atom === '.' &&
        draft.roles[last] === STAR_ROLE &&
        !isSpaced &&
        (at + 1 >= texts.length || kinds[at + 1] === BLANK);
      const isRoot =
        atom === '/' &&
        (isSpaced || '"\'=('.includes(texts[at - 1] ?? ' ')) &&
        (at + 1 >= texts.length || kinds[at + 1] === BLANK);
      if (isRoot) push(draft, STAR, STAR_ROLE, isSpaced);
      else if (!isStop) push(draft, atom, MARK_ROLE, isSpaced);
    } else if (atom.startsWith('//') && !isSpaced && draft.texts[last] === ':' && draft.roles[last - 1] === WORD_ROLE) {
      // A URL: its scheme and colon are drafted already; it goes on to the next blank, quote or bracket.
      truncate(draft, last - 1);
      push(draft, STAR, STAR_ROLE, draft.spaced[last - 1] as boolean);
      while (at + 1 < texts.length && kinds[at + 1] !== BLANK && !URL_ENDS.has(texts[at + 1] as string)) at += 1;
    } else if (isValue(atom, texts[at + 1])) {
      push(draft, STAR, STAR_ROLE, isSpaced);
      // "/search?q=a&page=2" goes on behind its = signs.
      const isQuery = atom.includes('?') && texts[at + 1] === '=';
      while (isQuery && at + 1 < texts.length && kinds[at + 1] !== BLANK && !URL_ENDS.has(texts[at + 1] as string))
        at += 1;
    } else push(draft, atom, WORD_ROLE, isSpaced);
    isSpaced = false;
  }
  return draft;
}

const URL_ENDS: ReadonlySet<string> = new Set(['"', "'", '`', '<', '>', '(', ')', '[', ']', '{', '}', '|', '^']);

function push(draft: Draft, text: string, role: number, isSpaced: boolean): void {
  draft.texts.push(text);
  draft.roles.push(role);
  draft.spaced.push(isSpaced);
}

function truncate(draft: Draft, length: number): void {
  draft.texts.length = length;
  draft.roles.length = length;
  draft.spaced.length = length;
}

const QUOTES = '"\'`';
const QUOTED_ITEMS = 24;

/** Quoted words without blanks become one item, unless they are keys: "name": … */
function joinQuoted(draft: Draft): Draft {
  const { texts, roles, spaced } = draft;
  if (!texts.includes('"') && !texts.includes("'") && !texts.includes('`')) return draft;
  const joined: Draft = { texts: [], roles: [], spaced: [] };
  for (let at = 0; at < texts.length; at++) {
    const close = closingQuote(draft, at);
    if (close < 0) {
      push(joined, texts[at] as string, roles[at] as number, spaced[at] as boolean);
      continue;
    }
    const isKey = texts[close + 1] === ':' && texts[at] !== '`';
    if (isKey) push(joined, texts.slice(at, close + 1).join(''), WORD_ROLE, spaced[at] as boolean);
    else {
      const isStar = close !== at + 2 || roles[at + 1] === STAR_ROLE;
      const isTelling = !isStar && TELLING_KEYS.has(keyBefore(joined));
      push(
        joined,
        isStar ? STAR : (texts[at + 1] as string),
        isStar ? STAR_ROLE : isTelling ? TELLING_ROLE : SOFT_ROLE,
        spaced[at] as boolean,
      );
    }
    at = close;
  }
  return joined;
}

/** Index of the quote that ends what begins at `at`; -1 when nothing quoted without blanks begins there. */
function closingQuote({ texts, roles, spaced }: Draft, at: number): number {
  const quote = texts[at] as string;
  if (roles[at] !== MARK_ROLE || quote.length !== 1 || !QUOTES.includes(quote)) return -1;
  // "isn't": behind a word it is an apostrophe.
  if (at > 0 && !spaced[at] && roles[at - 1] !== MARK_ROLE) return -1;
  for (let i = at + 1; i < texts.length && i <= at + QUOTED_ITEMS; i++) {
    if (spaced[i]) return -1;
    if (texts[i] === quote) {
      const next = roles[i + 1];
      return next !== undefined && next !== MARK_ROLE && !spaced[i + 1] ? -1 : i;
    }
  }
  return -1;
}

/** The key that a value at the end of the draft would have: `key=`, `"key":`; lower case, '' for none. */
function keyBefore(draft: Draft): string {
  const last = draft.texts.length - 1;
  const sign = draft.texts[last];
  if (sign !== '=' && sign !== ':') return '';
  return (draft.texts[last - 1] ?? '').replace(/["'`]/g, '').toLowerCase();
}

const VALUE_ITEMS = 24;

/** What stands behind `key=` in brackets or quotes is one value, whatever words it has: `ws=WorkSource{7 ann}`, `agent="a b"`. */
function joinValues(draft: Draft): Draft {
  const { texts, roles, spaced } = draft;
  if (!texts.includes('=') && !texts.includes(':')) return draft;
  const joined: Draft = { texts: [], roles: [], spaced: [] };
  for (let at = 0; at < texts.length; at++) {
    const sign = texts[at - 1];
    const isValue =
      at > 1 &&
      roles[at - 1] === MARK_ROLE &&
      (sign === '=' || (sign === ':' && (texts[at - 2] as string).endsWith('"')));
    const end = isValue && !TELLING_KEYS.has(keyBefore(joined)) ? valueEnd(draft, at) : -1;
    if (end < 0) push(joined, texts[at] as string, roles[at] as number, spaced[at] as boolean);
    else {
      let isStar = false;
      for (let i = at; i < end; i++) isStar ||= roles[i] === STAR_ROLE;
      push(
        joined,
        isStar ? STAR : texts.slice(at, end).join(' '),
        isStar ? STAR_ROLE : SOFT_ROLE,
        spaced[at] as boolean,
      );
      at = end - 1;
    }
  }
  return joined;
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"' };

/** End of the value in brackets or quotes that begins at `start`, maybe with a name before the bracket; -1 for none. */
function valueEnd({ texts, roles, spaced }: Draft, start: number): number {
  let at = start;
  if (roles[at] === WORD_ROLE && !spaced[at + 1]) at += 1;
  const open = texts[at] as string;
  const close = roles[at] === MARK_ROLE ? CLOSING[open] : undefined;
  if (close === undefined || (open === '"' && at > start)) return -1;
  let depth = 1;
  for (at += 1; at < texts.length && at <= start + VALUE_ITEMS; at++) {
    const text = texts[at] as string;
    if (roles[at] !== MARK_ROLE) continue;
    if (text === '=') return -1;
    if (text === close) depth -= 1;
    else if (text === open) depth += 1;
    if (depth === 0) return at + 1;
  }
  return -1;
}

/** Addresses and times: stars and short hex words with colons between them, "10.0.0.1:80", "00:1a:ed:…", "fe80::1". */
function joinChains(draft: Draft): void {
  const { texts, roles, spaced } = draft;
  let to = 0;
  for (let at = 0; at < texts.length; ) {
    const end = chainEnd(draft, at);
    const isChain = end > at + 1;
    texts[to] = isChain ? STAR : (texts[at] as string);
    roles[to] = isChain ? STAR_ROLE : (roles[at] as number);
    spaced[to] = spaced[at] as boolean;
    to += 1;
    at = isChain ? end : at + 1;
  }
  truncate(draft, to);
}

function chainEnd({ texts, roles, spaced }: Draft, start: number): number {
  let at = start;
  let links = 0;
  let stars = 0;
  let words = 0;
  let end = start;
  while (at < texts.length && (at === start || !spaced[at])) {
    if (roles[at] === STAR_ROLE) stars += 1;
    else if (roles[at] === WORD_ROLE && isShortHex(texts[at] as string)) words += 1;
    else break;
    at += 1;
    end = at;
    const before = at;
    while (at < texts.length && !spaced[at] && texts[at] === ':') at += 1;
    if (at === before) break;
    links += 1;
  }
  const parts = stars + words;
  if (stars === 0 || parts < 2 || links === 0) return start + 1;
  return words === 0 || parts >= 3 ? end : start + 1;
}

/** Names with numbers that tell them apart: "kafka:9092" behind "to", and "LOCAL(0)", which is a word in the place of a value. */
function joinNumbered(draft: Draft): void {
  const { texts, roles, spaced } = draft;
  let to = 0;
  for (let at = 0; at < texts.length; at++) {
    let text = texts[at] as string;
    let role = roles[at] as number;
    const isSpaced = spaced[at] as boolean;
    if (role === WORD_ROLE && at > 0 && roles[at + 2] === STAR_ROLE && !spaced[at + 1] && !spaced[at + 2]) {
      if (texts[at + 1] === ':' && PLACE_WORDS.has((texts[at - 1] as string).toLowerCase()) && !isLogWord(text)) {
        text = STAR;
        role = STAR_ROLE;
        at += 2;
      } else if (texts[at + 1] === '(' && texts[at + 3] === ')' && isConstantName(text)) {
        text = `${text}()`;
        role = WEAK_ROLE;
        at += 3;
      }
    }
    texts[to] = text;
    roles[to] = role;
    spaced[to] = isSpaced;
    to += 1;
  }
  truncate(draft, to);
}

/** Units, comparators, names of months and days, and sizes said again in brackets go with their numbers. */
function swallowUnits(draft: Draft): void {
  const { texts, roles, spaced } = draft;
  let to = 0;
  const keep = (at: number, text: string, role: number): void => {
    texts[to] = text;
    roles[to] = role;
    spaced[to] = spaced[at] as boolean;
    to += 1;
  };
  for (let at = 0; at < texts.length; ) {
    const text = texts[at] as string;
    if (roles[at] === WORD_ROLE && roles[at + 1] === STAR_ROLE && DATE_WORDS.has(text.toLowerCase())) {
      keep(at, STAR, STAR_ROLE);
      at += 1;
      continue;
    }
    if (
      roles[at] === WORD_ROLE &&
      roles[at + 1] === WORD_ROLE &&
      roles[at + 2] === STAR_ROLE &&
      isDateWord(text) &&
      isDateWord(texts[at + 1])
    ) {
      keep(at, STAR, STAR_ROLE);
      at += 2;
      continue;
    }
    // "<1 sec", but "<1>" is in brackets.
    if (
      (text === '<' || text === '>') &&
      roles[at + 1] === STAR_ROLE &&
      !spaced[at + 1] &&
      texts[at + 2] !== '>' &&
      (spaced[at] || at === 0)
    ) {
      at += 1;
      continue;
    }
    keep(at, text, roles[at] as number);
    at += 1;
    if (roles[to - 1] !== STAR_ROLE) continue;
    if (isUnit(texts[at], roles[at])) at += 1;
    // "1234 bytes (1.2 KB)"
    if (
      texts[at] === '(' &&
      roles[at + 1] === STAR_ROLE &&
      isUnit(texts[at + 2], roles[at + 2]) &&
      texts[at + 3] === ')'
    )
      at += 4;
  }
  truncate(draft, to);
}

function isUnit(text: string | undefined, role: number | undefined): boolean {
  return text !== undefined && role === WORD_ROLE && UNIT_WORDS.has(text.toLowerCase());
}

/** Stars in a row, with the same mark between them or none, are one: lists differ in length. */
function joinRuns(draft: Draft): void {
  const { texts, roles, spaced } = draft;
  let to = 0;
  for (let at = 0; at < texts.length; at++) {
    if (roles[at] === STAR_ROLE && to > 0) {
      if (roles[to - 1] === STAR_ROLE) continue;
      const isBetween =
        to > 1 && roles[to - 2] === STAR_ROLE && roles[to - 1] === MARK_ROLE && isListMark(texts[to - 1] as string);
      if (isBetween) {
        to -= 1;
        continue;
      }
    }
    texts[to] = texts[at] as string;
    roles[to] = roles[at] as number;
    spaced[to] = spaced[at] as boolean;
    to += 1;
  }
  truncate(draft, to);
}

const VALUE_ENDS = ',;)]}>|"\'`';

/** Finds the words that stand where values stand. */
function markValues({ texts, roles, spaced }: Draft): void {
  for (let at = 1; at < texts.length; at++) {
    if (roles[at] !== WORD_ROLE) continue;
    const sign = texts[at - 1];
    if (sign !== '=' && sign !== ':') continue;
    const isLast =
      at + 1 >= texts.length ||
      (roles[at + 1] === MARK_ROLE && VALUE_ENDS.includes((texts[at + 1] as string)[0] as string));
    const isGlued = !spaced[at];
    if (sign === '=') {
      if (!isLast && !(isGlued && spaced[at + 1])) continue;
    } else if (!isGlued || spaced[at - 1] || texts[at - 2] === ':' || (!isLast && !spaced[at + 1])) continue;
    const key = (texts[at - 2] ?? '').replace(/["'`]/g, '').toLowerCase();
    roles[at] = TELLING_KEYS.has(key) ? TELLING_ROLE : sign === '=' ? SOFT_ROLE : WEAK_ROLE;
  }
}
