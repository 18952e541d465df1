/** Windows of a source cut to lines for detection, and what a line looks like before any format is asked. */

const LF = 10;
const CR = 13;
const BLANK = 32;
const TAB = 9;

/** Kinds of lines, as in `SampleLines.kinds`. */
export const HEAD = 0; //         may begin a record
export const CONTINUATION = 1; // indented, a closing bracket, a frame or cause of a stack trace
export const EMPTY = 2;

/** Lines of one window: line i is `bytes[starts[i], ends[i])`, without its line end. */
export interface SampleLines {
  readonly bytes: Uint8Array;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** HEAD, CONTINUATION or EMPTY. */
  readonly kinds: readonly number[];
}

/**
 * @param samples  windows of the source: its head first, then places further on, ascending
 * @param isWhole  every window begins and ends with a line: nothing is cut off
 * @param maxLines  per window: of the head, of each other
 */
export function cutSamples(
  samples: readonly Uint8Array[],
  isWhole: boolean,
  maxLines: readonly [number, number],
): SampleLines[] {
  // Line ends are decided per source: CR alone only where there is no LF at all.
  const lineEnd = samples.some((sample) => sample.includes(LF)) ? LF : CR;
  return samples
    .map((sample, index) =>
      cutLines(sample, lineEnd, { isHead: index === 0, isWhole, maxLines: maxLines[index === 0 ? 0 : 1] }),
    )
    .filter((lines) => lines.starts.length > 0);
}

function cutLines(
  bytes: Uint8Array,
  lineEnd: number,
  options: { isHead: boolean; isWhole: boolean; maxLines: number },
): SampleLines {
  const starts: number[] = [];
  const ends: number[] = [];
  const kinds: number[] = [];
  let start = options.isHead && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if (!options.isHead && !options.isWhole) {
    const first = bytes.indexOf(lineEnd);
    start = first < 0 ? bytes.length : first + 1;
  }
  while (start < bytes.length && starts.length < options.maxLines) {
    const found = bytes.indexOf(lineEnd, start);
    // The head's only line is kept though it breaks off: it is all there is to judge by.
    if (found < 0 && !options.isWhole && !(options.isHead && starts.length === 0)) break;
    const next = found < 0 ? bytes.length : found + 1;
    let end = found < 0 ? bytes.length : found;
    if (end > start && bytes[end - 1] === CR) end--;
    starts.push(start);
    ends.push(end);
    kinds.push(kindOf(bytes, start, end));
    start = next;
  }
  return { bytes, starts, ends, kinds };
}

/** Texts that lines below a record begin with, in the stack traces of the JVM, .NET, Python, PHP, Go, Rust and JavaScript. */
const CONTINUATION_STARTS = [
  'at ',
  'Caused by: ',
  'Suppressed: ',
  '... ',
  'Traceback (most recent call last)',
  'During handling of the above',
  'The above exception was',
  '--- End of ',
  'Stack trace:',
  'stack backtrace:',
  '[stacktrace]',
  'thrown in ',
  'goroutine ',
  '#0 ',
  '#1 ',
  '#2 ',
  '#3 ',
  '#4 ',
  '#5 ',
  '#6 ',
  '#7 ',
  '#8 ',
  '#9 ',
];
const STARTS_BY_FIRST = new Map<number, string[]>();
for (const text of CONTINUATION_STARTS) {
  const first = text.charCodeAt(0);
  STARTS_BY_FIRST.set(first, [...(STARTS_BY_FIRST.get(first) ?? []), text]);
}

//                       ┌ package      ┌ class, ending as exceptions do                     ┌ its message, or nothing
const EXCEPTION = /^(?:[\w$]+[.\\/])*[\w$]{2,}(?:Exception|Error|Throwable|Interrupt|Exit)(?::|$)/;
/** Longest name that is looked at as an exception's. */
const EXCEPTION_BYTES = 120;

function kindOf(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return EMPTY;
  const first = bytes[start] as number;
  if (first === BLANK || first === TAB) return isBlank(bytes, start, end) ? EMPTY : CONTINUATION;
  if (first === 125 || first === 93 || first === 41) return CONTINUATION; // } ] )
  for (const text of STARTS_BY_FIRST.get(first) ?? []) if (hasText(bytes, start, end, text)) return CONTINUATION;
  return isException(bytes, start, end) ? CONTINUATION : HEAD;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (bytes[p] !== BLANK && bytes[p] !== TAB) return false;
  return true;
}

function hasText(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (start + text.length > end) return false;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** `java.io.IOException: no space`, `ValueError: …`, `TypeError`; not `Error: …`, which is a level. */
function isException(bytes: Uint8Array, start: number, end: number): boolean {
  let p = start;
  const stop = Math.min(end, start + EXCEPTION_BYTES);
  while (p < stop && isNameByte(bytes[p] as number)) p++;
  if (p - start < 6 || (p < end && bytes[p] !== 58)) return false;
  return EXCEPTION.test(String.fromCharCode(...bytes.subarray(start, Math.min(end, p + 1))));
}

function isNameByte(byte: number): boolean {
  return (
    (byte >= 97 && byte <= 122) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 46 && byte <= 57) ||
    byte === 95 ||
    byte === 36 ||
    byte === 92
  );
}
