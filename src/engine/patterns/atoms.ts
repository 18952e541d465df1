/**
 * The atoms of a skeleton: blanks, punctuation marks and words.
 *
 *   "Opened file /var/log/a.b, size ␀ kB."   →   Opened ␣ file ␣ /var/log/a.b , ␣ size ␣ ␀ ␣ kB .
 *
 * A word may hold marks that join (- _ . / and the like); those at its end that only punctuate are marks by themselves.
 */

/** What stands for a masked part: SKELETON_MARK as a character. */
export const MASK = '\0';

export const BLANK = 0;
export const MARK = 1;
export const WORD = 2;
/** What comes behind the atoms that were asked for, in one. */
export const REST = 3;
export type AtomKind = typeof BLANK | typeof MARK | typeof WORD | typeof REST;

export interface Atoms {
  readonly texts: readonly string[];
  readonly kinds: readonly AtomKind[];
}

// A message of 1,024 bytes has rarely more than 200.
export const MAX_ATOMS = 240;

const BLANK_CLASS = 0;
const MARK_CLASS = 1;
const LETTER_CLASS = 2;
/** Belongs to the word it touches: / \ - + _ @ # $ % ~ & * . ? ! */
const JOINT_CLASS = 3;

const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (code === 32 || (code >= 9 && code <= 13)) return BLANK_CLASS;
  if (code === 0 || /[A-Za-z0-9]/.test(char)) return LETTER_CLASS;
  return '/\\-+_@#$%~&*.?!'.includes(char) ? JOINT_CLASS : MARK_CLASS;
});

function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (CLASSES[code] as number) : LETTER_CLASS;
}

/** Marks that a word does not begin with, and those it does not end with. */
const NEVER_FIRST = '*.?!&';
const NEVER_LAST = '*.?!&';

/** Blanks at the ends are left out; a run of them is one space. What follows the first `limit` atoms is one. */
export function atomsOf(text: string, limit = MAX_ATOMS): Atoms {
  const texts: string[] = [];
  const kinds: AtomKind[] = [];
  const end = endOf(text);
  let at = 0;
  while (at < end && classAt(text, at) === BLANK_CLASS) at += 1;

  const add = (kind: AtomKind, start: number, stop: number): void => {
    texts.push(text.slice(start, stop));
    kinds.push(kind);
  };

  while (at < end) {
    if (texts.length >= limit) {
      texts.push(text.slice(at, end).replace(/[ \t-\r]+/g, ' '));
      kinds.push(REST);
      break;
    }
    const start = at;
    const kind = classAt(text, at);
    at += 1;
    if (kind === BLANK_CLASS) {
      while (classAt(text, at) === BLANK_CLASS) at += 1;
      texts.push(' ');
      kinds.push(BLANK);
      continue;
    }
    if (kind === MARK_CLASS) {
      add(MARK, start, at);
      continue;
    }
    while (at < end && classAt(text, at) >= LETTER_CLASS) at += 1;
    let first = start;
    let last = at;
    while (first < last && NEVER_FIRST.includes(text[first] as string)) first += 1;
    while (last > first && NEVER_LAST.includes(text[last - 1] as string)) last -= 1;
    if (hasLetter(text, first, last)) {
      // ".so", "./run" and "../x" keep their dots.
      while (first > start && text[first - 1] === '.' && (first - start <= 1 || text[first] === '/')) first -= 1;
      if (first > start) add(MARK, start, first);
      add(WORD, first, last);
      if (last < at) add(MARK, last, at);
    } else add(MARK, start, at);
  }
  return { texts, kinds };
}

function hasLetter(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (classAt(text, at) === LETTER_CLASS) return true;
  return false;
}

function endOf(text: string): number {
  let end = text.length;
  while (end > 0 && classAt(text, end - 1) === BLANK_CLASS) end -= 1;
  return end;
}
