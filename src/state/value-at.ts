/** What stands at a place in log text: a number, an id, a path, what is in quotes, what follows a name and a sign. */

/** UTF-16, half-open. */
export interface ValueSpan {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** The name before it, where there is one: `status=503`, `"status": 503`, `status: 503`. */
  readonly key: string | null;
}

// A value longer than this is a text: nobody looks for all of it.
const LONGEST = 200;
// So far around the place is looked: enough for the longest value and a name before it.
const WINDOW = 2 * LONGEST;

//                   ┌ name                       ┌ its quote ┌ sign
const KEY_BEFORE = /(?<name>[\p{L}_$@][\p{L}\p{N}_.$-]*)["']?\s{0,2}[=:]\s{0,2}$/u;
const URL = /[a-z][a-z0-9+.-]*:\/\/[^\s"'<>`]+/gi;
const QUOTED = /(["'`])((?:\\.|(?!\1)[^\\\n])*)\1/g;
/** Between these lies a word; what is inside is looked at as a whole. */
const WORD = /[^\s,;()[\]{}"'`<>|=]+/g;
// What a sentence puts around a word.
const EDGES = /^[.:!?#*&+-]+(?=[\p{L}\p{N}])|[.:!?*&+-]+$/gu;

/** @returns what stands at `index`, or null where there is only prose or nothing */
export function valueAt(text: string, index: number): ValueSpan | null {
  const from = Math.max(0, index - WINDOW);
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  const newline = text.indexOf('\n', index);
  const start = Math.max(from, lineStart);
  const end = Math.min(newline < 0 ? text.length : newline, index + WINDOW);
  const line = text.slice(start, end);
  const at = index - start;
  const quoted = addressAt(line, at) ?? quotedAt(line, at);
  const found = quoted === undefined ? wordAt(line, at) : quoted;
  if (!found || found.end - found.start > LONGEST || found.value.trim() === '') return null;
  return { ...found, start: found.start + start, end: found.end + start };
}

function addressAt(line: string, at: number): ValueSpan | null {
  const match = matchAt(line, URL, at);
  if (!match) return null;
  const value = match.text.replace(/[.,;:!?)\]}]+$/, '');
  const end = match.start + value.length;
  return at < end ? { start: match.start, end, value, key: keyBefore(line, match.start) } : null;
}

/** @returns undefined outside of quotes, and in a sentence: its words are looked at */
function quotedAt(line: string, at: number): ValueSpan | null | undefined {
  // An apostrophe is no quote, and quotes pair up from the left: all of the line's are walked.
  for (const match of line.matchAll(QUOTED)) {
    const isApostrophe = /[\p{L}\p{N}]/u.test(line[match.index - 1] ?? '');
    const start = match.index + 1;
    const end = match.index + match[0].length - 1;
    if (isApostrophe || at < start - 1 || at > end) continue;
    const key = keyBefore(line, match.index);
    // A name itself, as in JSON: its value is what can be asked for.
    const sign = key === null ? /^\s*:\s*/.exec(line.slice(end + 1)) : null;
    if (sign) return valueFrom(line, end + 1 + sign[0].length);
    // A sentence in quotes is prose, unless a name says what it is.
    const value = line.slice(start, end);
    return key === null && /\s\S+\s/.test(value) ? undefined : { start, end, value, key };
  }
  return undefined;
}

/** What begins there, in quotes or not. */
function valueFrom(line: string, at: number): ValueSpan | null {
  const isQuoted = /["'`]/.test(line[at] ?? '');
  return (isQuoted ? quotedAt(line, at + 1) : wordAt(line, at)) ?? null;
}

function wordAt(line: string, at: number): ValueSpan | null {
  const match = matchAt(line, WORD, at);
  if (!match) return null;
  // name=value and name:value, with the place in either of them
  const isName = line[match.end] === '=' && /[^\s=]/.test(line[match.end + 1] ?? '');
  if (isName) return valueFrom(line, match.end + 1);
  const pair = /^(?<name>[\p{L}_][\p{L}\p{N}_.-]*):(?<value>[^:/\\].*)$/u.exec(match.text);
  const { name, value: behind = '' } = pair?.groups ?? {};
  if (name !== undefined && isValue(trimmed(behind).value)) {
    const inner = trimmed(behind);
    const start = match.start + name.length + 1 + inner.start;
    return { start, end: start + inner.value.length, value: inner.value, key: name };
  }
  const inner = trimmed(match.text);
  const start = match.start + inner.start;
  const end = start + inner.value.length;
  if (at < start || at >= end) return null;
  const key = keyBefore(line, start);
  const isAssigned = line[match.start - 1] === '=';
  return isAssigned || isValue(inner.value) ? { start, end, value: inner.value, key } : null;
}

/** Without the signs of a sentence around it. A sign before a digit belongs to a number. */
function trimmed(text: string): { start: number; value: string } {
  if (/^[-+]?[.\d]/.test(text)) return { start: 0, value: text.replace(/[.:!?]+$/, '') };
  const head = /^[.:!?#*&+-]+(?=[\p{L}\p{N}])/u.exec(text)?.[0].length ?? 0;
  return { start: head, value: text.replace(EDGES, '') };
}

/** More than a word of prose: a digit in it, or a sign or a capital inside it. */
function isValue(word: string): boolean {
  if (/\p{N}/u.test(word)) return true;
  if (/[_@/\\#$%]/.test(word)) return word.length > 1 && /\p{L}/u.test(word);
  return /\p{L}[.:-]\p{L}/u.test(word) || /\p{Ll}\p{Lu}/u.test(word);
}

function keyBefore(line: string, start: number): string | null {
  return KEY_BEFORE.exec(line.slice(Math.max(0, start - 80), start))?.groups?.name ?? null;
}

function matchAt(line: string, pattern: RegExp, at: number): { text: string; start: number; end: number } | null {
  for (const match of line.matchAll(pattern)) {
    if (match.index > at) return null;
    const end = match.index + match[0].length;
    if (at < end) return { text: match[0], start: match.index, end };
  }
  return null;
}
