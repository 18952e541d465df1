/** What one line tells about an error, by itself: a frame, the exception's type, where a chain goes on. */

import { type FramePlace, readFrame, readName, readPlace, type StackFrame } from './stack-frame';
import { isGenericType } from './stack-names';

/** How the exception of a line stands to the one before it. */
export type Relation = 'thrown' | 'cause' | 'inner' | 'wrapping' | 'suppressed';

export interface LineFact {
  /** Blanks before it (and the bars of Python's groups). */
  readonly indent: number;
  readonly frame?: StackFrame;
  /** A function, to be completed by the place on the next line. */
  readonly name?: string;
  readonly place?: FramePlace;
  readonly relation?: Relation;
  /** Types of exceptions, the outermost first: .NET writes several in a line. */
  readonly types?: readonly string[];
  /** What would be a type where one is awaited: at the end of Python's traceback, before frames. */
  readonly word?: string;
  /** A type named somewhere in a message. */
  readonly named?: string;
  /** traceback: Python's begins; end: .NET's inner exception ends; thread: Go tells of another goroutine. */
  readonly mark?: 'traceback' | 'end' | 'thread';
}

/** UTF-16 units of a line that are looked at. */
const LINE_LIMIT = 2000;

const TYPE = /(?:[A-Za-z_$][\w$`+]*(?:\.|::|\\|\/))*[A-Za-z_$][\w$`+]*/y;
//                 ┌ endings that say what it is
const TYPE_NAMED = /(?:Exception|Error|Throwable)$|.(?:Fault|Failure|Interrupt|Panic|Timeout|Warning|Exit)$/;

//               ┌ what stands before a type, by what it says of the relation
const RELATIONS: readonly (readonly [RegExp, Relation])[] = [
  [/^(?:Caused by|Cause|caused by|\[cause\]|\[errors?\]|Root cause):?\s+/, 'cause'],
  [/^Suppressed:\s+/, 'suppressed'],
  [/^Wrapped by:\s+/, 'wrapping'],
  [/^--->\s+\(Inner Exception #\d+\)\s+/, 'suppressed'],
  [/^--->\s+/, 'inner'],
  [/^Next\s+/, 'wrapping'],
];
const THROWN =
  /^(?:Exception in thread "[^"]*"\s+|Exception in thread \S+\s+|Unhandled exception[.:]\s+|(?:PHP )?(?:Fatal|Recoverable fatal) error:\s+|Uncaught(?: exception)?:?\s+|Unhandled(?: rejection)?:?\s+|\(node:\d+\)\s+|Traceback:\s+|\*\* \(|\[object\] \(|\(in promise\)\s+)+/;

/** @param text  one line, without its end */
export function readLineFact(text: string): LineFact | null {
  const line = text.length > LINE_LIMIT ? text.slice(0, LINE_LIMIT) : text;
  let indent = 0;
  while (indent < line.length && ' \t|+'.includes(line[indent] as string)) indent++;
  const bare = line.slice(indent).trimEnd();
  if (bare === '') return null;
  const place = readPlace(bare);
  if (place !== null) return { indent, place };
  const frame = readFrame(bare);
  if (frame !== null) {
    const types = frame.language === 'ruby' ? rubyTypes(bare) : [];
    return types.length === 0 ? { indent, frame } : { indent, frame, types, relation: 'thrown' };
  }
  const mark = readMark(bare);
  if (mark !== undefined) return { indent, mark };
  const header = readHeader(bare);
  if (header !== null) return { indent, ...header };
  const name = readName(bare);
  const word = readWord(bare);
  if (name === '' && word === '') return null;
  return { indent, ...(name === '' ? {} : { name }), ...(word === '' ? {} : { word }) };
}

function readMark(text: string): LineFact['mark'] {
  if (text.includes('Traceback (most recent call last)')) return 'traceback';
  if (text.startsWith('--- End of ')) return text.includes('inner') ? 'end' : undefined;
  return /^goroutine \d+ .*\[/.test(text) ? 'thread' : undefined;
}

function readHeader(text: string): Pick<LineFact, 'relation' | 'types'> | null {
  for (const [before, relation] of RELATIONS) {
    const match = before.exec(text);
    if (match === null) continue;
    const types = typesAt(text, match[0].length, true);
    return types.length === 0 ? null : { relation, types };
  }
  if (/^(?:fatal error|panic): /.test(text)) return { relation: 'thrown', types: [panicType(text)] };
  if (/^thread '[^']*'.{0,40} panicked at /.test(text)) return { relation: 'thrown', types: ['panic'] };
  const sanitizer = /^(?:==\d+==\s*)?ERROR: (\w+Sanitizer): ([\w-]+)/.exec(text);
  if (sanitizer !== null) return { relation: 'thrown', types: [`${sanitizer[1]}: ${sanitizer[2]}`] };
  const signal = /^(?:Program|Thread \S+ .{0,60}) (?:received|terminated with) signal (SIG\w+)/.exec(text);
  if (signal !== null) return { relation: 'thrown', types: [signal[1] as string] };
  const thrown = THROWN.exec(text)?.[0].length ?? 0;
  const types = typesAt(text, thrown, false);
  return types.length === 0 ? null : { relation: 'thrown', types };
}

/** Go's runtime errors are told apart by their text up to the first number; other panics are values of any kind. */
function panicType(text: string): string {
  const said = text.slice(text.indexOf(': ') + 2);
  if (text.startsWith('fatal error: ')) return `fatal error: ${said.split(/[^\w ]/, 1)[0]}`.trimEnd();
  const type = /^runtime error: [a-zA-Z ]+/.exec(said)?.[0];
  return type === undefined ? 'panic' : type.trimEnd();
}

/** The type at a place in the line, and with .NET those behind its arrows; none where it is no type by its looks. */
function typesAt(text: string, at: number, isSure: boolean): string[] {
  const first = typeAt(text, at);
  if (first === '' || !(isSure ? /[A-Z]/.test(first) : isTypeName(first))) return [];
  if (!isSure && at + first.length === text.length && isGenericType(first)) return []; // a level: "Error"
  const types = [first];
  for (let arrow = text.indexOf(' ---> '); arrow >= 0; arrow = text.indexOf(' ---> ', arrow + 6)) {
    const inner = typeAt(text, arrow + 6);
    if (inner !== '') types.push(inner);
  }
  return types;
}

/** A type, when nothing follows it but its message. */
function typeAt(text: string, at: number): string {
  TYPE.lastIndex = at;
  const type = TYPE.exec(text)?.[0] ?? '';
  return type !== '' &&
    /^(?:$|:|\)|\(|\s*\[| \(|\s+-\s|,|;| in )/.test(text.slice(at + type.length, at + type.length + 4))
    ? type
    : '';
}

function isTypeName(type: string): boolean {
  const last = type.slice(Math.max(type.lastIndexOf('.'), type.lastIndexOf(':'), type.lastIndexOf('\\')) + 1);
  return /^[A-Z_]/.test(last) && TYPE_NAMED.test(last);
}

/** `app.rb:3:in 'charge': card declined (Billing::Declined)`. */
function rubyTypes(text: string): string[] {
  const type = /\(([A-Z][\w:]*)\)$/.exec(text)?.[1];
  return type === undefined ? [] : [type];
}

/** `name` or `name: message`, the name with its package. */
function readWord(text: string): string {
  TYPE.lastIndex = 0;
  const word = TYPE.exec(text)?.[0] ?? '';
  const next = text[word.length];
  return word !== '' &&
    (next === undefined || (next === ':' && /^(?:$|\s)/.test(text.slice(word.length + 1, word.length + 2))))
    ? word
    : '';
}

/** What a record may tell of an exception by itself; where none of this occurs there is nothing to be read. */
export const SIGNS =
  /xception|Error|hrowable|Fault|Failure|Interrupt|panic|Panic|Timeout|fatal error|Traceback|signal SIG|Sanitizer|\\n|:in [`']/;

//                  ┌ a type named somewhere in a text
const TYPE_TOKEN = /[A-Za-z_$][\w$]*(?:(?:\.|::|\\)[A-Za-z_$][\w$]*)*/g;
const NAMED = /^[A-Z_][\w$]*[\w$](?:Exception|Error|Throwable)$/;

/** The first exception that a message names: "request failed: java.net.ConnectException: refused"; '' for none. */
export function namedType(message: string): string {
  if (!/xception|Error|hrowable/.test(message)) return '';
  const text = message.slice(0, LINE_LIMIT);
  for (const { 0: token, index } of text.matchAll(TYPE_TOKEN)) {
    const last = token.slice(Math.max(token.lastIndexOf('.'), token.lastIndexOf(':'), token.lastIndexOf('\\')) + 1);
    // What has a value is a key: `NSUnderlyingError=0x1f`.
    if (NAMED.test(last) && text[index + token.length] !== '=') return token;
  }
  return '';
}
