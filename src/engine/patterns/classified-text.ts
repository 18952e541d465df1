/** The pieces of an error record that rules look at: message, exception, frames, status. */

import type { ClassifiedText } from './pattern';

/** Characters of a record that are looked at; what comes after says nothing new. */
export const CLASSIFIED_LENGTH = 16_384;
/** A line is asked about as far as this; frames are shorter. */
const LINE_LENGTH = 2000;

/**
 * Works on the first CLASSIFIED_LENGTH characters and in time by their number.
 *
 * @param recordText  the whole record
 * @param messageStart  where its message starts in the first line, UTF-16
 * @returns message: its first line from messageStart, and the further lines that are no frames, such as "Caused by: …";
 *          exception: the innermost that is named as a cause, else the one that the trace ends with, else the first named
 */
export function classifiedTextOf(recordText: string, messageStart: number): ClassifiedText {
  const text = recordText.slice(messageStart, messageStart + CLASSIFIED_LENGTH);
  const message: string[] = [];
  const stack: string[] = [];
  let sourceIndent = -1;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const looked = line.slice(0, LINE_LENGTH);
    const indent = looked.length - looked.trimStart().length;
    const isSource = sourceIndent >= 0 && indent > sourceIndent;
    if (message.length > 0 && (isSource || isFrame(looked))) stack.push(line);
    else message.push(line);
    // Below a frame of Python stands the line of code, further in; what it says is not what happened.
    if (!isSource) sourceIndent = PYTHON.test(looked) ? indent : -1;
  }
  return {
    message: message.join('\n'),
    exception: exceptionIn(message),
    stack: stack.join('\n'),
    status: statusIn(message),
  };
}

// No expression here can try the same stretch in two ways: classes that follow each other have no character in common, or
// the search for the end goes to one place only.
const PYTHON = /^\s*File "[^"]*", line \d/;
//                ┌ Java, .NET, scripts          ┌ Rust's backtrace     ┌ PHP
const FRAME_START =
  /^\s*(?:at [\w$@./<[(*]|\.\.\. \d+ (?:more|common)|\d+: +[\w<{]|#\d+ |from \S|goroutine \d+ \[|created by )/;
const FRAME_PLACE =
  /[.\w>\])]:\d+(?:[:)\s+]|$)|\([^()]*\)\s*$|:line \d+|^\s*(?:\.\.\. \d+ |\d+: )|^goroutine |^created by |\{main\}/;
const GO_PLACE = /^\s+\S*\.go:\d/;
const RUBY_PLACE = /^\s*(?:from )?[^\s:]+\.rb:\d+:in /;
const GO_CALL = /^[\w./*()-]+\((?:0x[\da-f]+|\.\.\.|\{|\))/;

function isFrame(line: string): boolean {
  if (FRAME_START.test(line)) return FRAME_PLACE.test(line);
  return PYTHON.test(line) || GO_PLACE.test(line) || RUBY_PLACE.test(line) || GO_CALL.test(line);
}

const CAUSED_BY = 'Caused by: ';
const INNER = '---> ';
const NAME = /[\w$.\\:`]+/g;
//                 ┌ package                    ┌ name
const TYPE_ENDINGS =
  /(?:Exception|Error|Throwable|Fault|Interrupt|Panic|Violation|Timeout|Failure|Warning|KeyboardInterrupt|Exit)$/;
const RUBY_NAME = /^(?:[A-Z]\w*::)+[A-Z]\w*$|^[A-Z]\w*(?:\\[A-Z]\w*)+$/;
const GENERAL_NAMES = new Set([
  'Error',
  'Exception',
  'Failure',
  'Warning',
  'Timeout',
  'Fault',
  'Exit',
  'Panic',
  'Violation',
]);

function exceptionIn(lines: readonly string[]): string {
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = (lines[at] as string).slice(0, LINE_LENGTH);
    const cause = line.lastIndexOf(CAUSED_BY);
    if (cause >= 0) {
      const type = firstType(line.slice(cause + CAUSED_BY.length));
      if (type !== '') return type;
    }
    const inner = line.lastIndexOf(INNER);
    if (inner >= 0) {
      const type = firstType(line.slice(inner + INNER.length));
      if (type !== '') return type;
    }
  }
  const isPython = lines.some((line) => line.includes('Traceback (most recent call last)'));
  const inOrder = isPython ? lines.toReversed() : lines;
  for (const line of inOrder) {
    const type = firstType(line.slice(0, LINE_LENGTH));
    if (type !== '') return type;
  }
  return lines.some((line) => line.startsWith('panic: ') || line.includes("' panicked at ")) ? 'panic' : '';
}

function firstType(line: string): string {
  NAME.lastIndex = 0;
  for (let match = NAME.exec(line); match; match = NAME.exec(line)) {
    const name = match[0].replace(/^[.:\\]+|[.:\\]+$/g, '');
    if (isType(name)) return name;
  }
  return '';
}

function isType(name: string): boolean {
  const last = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':'), name.lastIndexOf('\\')) + 1);
  if (!/^[A-Z]/.test(last) || !/[a-z]/.test(last)) return false;
  if (RUBY_NAME.test(name)) return true;
  return TYPE_ENDINGS.test(last) && !(GENERAL_NAMES.has(last) && last === name);
}

const THREE_DIGITS = /(?<![\w.-])[1-5]\d\d(?![\w-]|\.\d)/g;
/** As far before a number as the word may begin that tells what it is. */
const WORD_REACH = 32;
const STATUS_WORD =
  /(?:status|statuscode|status[ _-]code|http[ _-]code|response[ _-]code|error[ _-]code|code|http|(?:http)?error|http\/[\d.]+|returned|responded with|response|got|answered)["' :=([<-]*(?:is |was |of |code )?["':=([<]*$/;
const PHRASES =
  /^ (?:bad request|unauthorized|payment required|forbidden|not found|method not allowed|request timeout|conflict|gone|payload too large|request entity too large|too many requests|internal server error|not implemented|bad gateway|service unavailable|service temporarily unavailable|gateway time|client error|server error|unprocessable)/;

/** The first that is a failure, else the first; null for none. */
function statusIn(lines: readonly string[]): number | null {
  let first: number | null = null;
  for (const line of lines) {
    for (const match of line.matchAll(THREE_DIGITS)) {
      const before = line.slice(Math.max(0, match.index - WORD_REACH), match.index).toLowerCase();
      const after = line.slice(match.index + 3, match.index + 3 + WORD_REACH).toLowerCase();
      const isStatus = (STATUS_WORD.test(before) && !before.includes('exit')) || PHRASES.test(after);
      if (!isStatus) continue;
      const status = Number(match[0]);
      if (status >= 400) return status;
      first ??= status;
    }
  }
  return first;
}
