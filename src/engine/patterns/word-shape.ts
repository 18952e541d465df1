/** What a word looks like by itself: a value, a name of a constant, or a word of the message. */

import { MASK } from './atoms';
import { DATE_WORDS, FILE_ENDINGS, HOST_ENDINGS } from './log-words';

const LONG_WORD = 48;

/** Whether a word is a value whatever stands around it. */
export function isValue(word: string, next: string | undefined): boolean {
  if (word.includes(MASK)) return true;
  if (word.length >= LONG_WORD || word === 'localhost') return true;
  let dots = 0;
  let slashes = 0;
  let isHex = true;
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (code === 46) dots += 1;
    else if (code === 47) slashes += 1;
    else if (code === 92) return true;
    else if (code === 64 && at > 0 && at < word.length - 1) return true;
    if (isHex && !((code >= 97 && code <= 102) || (code >= 65 && code <= 70))) isHex = false;
  }
  if (isHex && word.length >= 8) return true;
  if (slashes > 0) return isPath(word, slashes, dots);
  return dots > 0 && next !== '(' && isDotted(word, dots);
}

/** "/etc", "./run", "~/x", "a/b/c" and "conf/app.xml"; not "and/or", "n/a" nor "/" behind a word. */
function isPath(word: string, slashes: number, dots: number): boolean {
  const first = word[0];
  if (first === '/' || first === '.' || first === '~') return word.length > 1;
  return slashes > 1 || dots > 0;
}

/** Package names, host names and file names; not the names of exceptions and constants, which say what happened. */
function isDotted(word: string, dots: number): boolean {
  const lastDot = word.lastIndexOf('.');
  const last = word.slice(lastDot + 1);
  if (last === '' || /(?:Exception|Error|Failure|Fault|Throwable)$/.test(last) || isConstantName(last)) return false;
  if (dots > 1) return true;
  const ending = last.toLowerCase();
  if (FILE_ENDINGS.has(ending)) return true;
  return word === word.toLowerCase() && (HOST_ENDINGS.has(ending) || (ending.length === 2 && lastDot > 1));
}

/** "TIME_TICK", "MAIN" */
export function isConstantName(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
}

export function isShortHex(word: string): boolean {
  return word.length <= 4 && /^[0-9a-f]+$/i.test(word);
}

export function isDateWord(text: string | undefined): boolean {
  return text !== undefined && DATE_WORDS.has(text.toLowerCase());
}

const BETWEEN = ',;|-~#&+/';

/** Marks that stand between the items of a list. */
export function isListMark(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!BETWEEN.includes(text[at] as string)) return false;
  return true;
}
