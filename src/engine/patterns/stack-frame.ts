/** One line of a stack trace: the frame it tells of, in the ways of the languages. */

import { isOwnFrame, type StackLanguage } from './stack-library';
import { frameKey } from './stack-names';

export interface StackFrame {
  readonly language: StackLanguage;
  /** '' where the trace does not say. */
  readonly file: string;
  /** The function, with its class and package as far as the trace says; '' for none. */
  readonly name: string;
  /** From 1; null where the trace does not say. */
  readonly line: number | null;
  /** Not of a runtime, a framework or a package: see `stack-library.ts`. */
  readonly isInApp: boolean;
  /** What it is told apart by: see `frameKey`. */
  readonly key: string;
}

/** Half a frame: in Go and Rust the function stands on one line and its place on the next. */
export interface FramePlace {
  readonly language: 'go' | 'rust';
  readonly file: string;
  readonly line: number;
}

export function frameOf(language: StackLanguage, name: string, file: string, line: number | null): StackFrame {
  const isInApp = isOwnFrame(language, name, file);
  return { language, file, name, line, isInApp, key: frameKey(language, name, file) };
}

/** @param text  a line without the blanks around it */
export function readFrame(text: string): StackFrame | null {
  switch (text.charCodeAt(0)) {
    case 97: // a
      if (text.startsWith('at ')) return readAt(text.slice(3));
      break;
    case 35: // #
      return readNumbered(text);
    case 40: // (
      return readElixir(text);
    default:
      break;
  }
  return readPython(text) ?? readRuby(text) ?? readFirefox(text) ?? readElixir(text);
}

//                       ┌ file                                        ┌ line
const JVM_PLACE = /^(?:([\w$.<>-]+)(?::(-?\d+))?|(?:Native Method|Unknown Source)(?::\d+)?)$/;
//                  ┌ file or address, line and column behind it
const SCRIPT_PLACE = /^(.*?):(\d+)(?::(\d+))?$/;
//                   ┌ file   ┌ in the reader's language
const DOTNET_PLACE = /^(.*):(?:line |Zeile |ligne |línea |строка )?(\d+)$/;

/** What follows "at ": Java's, .NET's and V8's frames begin alike. */
function readAt(line: string): StackFrame | null {
  const text = line.endsWith(' {') ? line.slice(0, -2) : line; // Node shows an error's own properties behind its frames
  const open = text.indexOf('(');
  if (open < 0) return readBarePlace(text);
  const close = text.indexOf(')', open);
  if (close < 0) return null; // cut off
  if (open > 0 && text[open - 1] === ' ' && text.endsWith(')')) {
    const script = readScript(text);
    if (script !== null) return script;
  }
  const owner = text.slice(0, open).trimEnd();
  if (!isQualified(owner)) return readScript(text);
  const place = JVM_PLACE.exec(text.slice(open + 1, close));
  const inFile = text.lastIndexOf(' in ');
  const dotnet = inFile < close ? null : DOTNET_PLACE.exec(text.slice(inFile + 4));
  if (place !== null && dotnet === null && text[open - 1] !== ' ' && isJvmFile(place[0])) {
    // Java writes class loader and module before the class: `app//com.acme.Foo.bar`, `java.base@17/java.lang.Thread.run`.
    const name = owner.slice(owner.lastIndexOf('/', owner.indexOf('$$') < 0 ? undefined : owner.indexOf('$$')) + 1);
    return frameOf('jvm', name, place[1] ?? '', toLine(place[2]));
  }
  return frameOf('dotnet', owner, dotnet?.[1] ?? '', toLine(dotnet?.[2]));
}

function isJvmFile(inside: string): boolean {
  return /[.:]|^Native Method$|^Unknown Source$|^<generated>$/.test(inside);
}

/** A name with a dot inside and no blanks but those of generic arguments. */
function isQualified(owner: string): boolean {
  return /^[^\s.][^\s]*\.[^\s]+$/.test(owner) && !owner.includes('://');
}

function readScript(text: string): StackFrame | null {
  const open = text.lastIndexOf(' (');
  if (open < 0 || !text.endsWith(')')) return null;
  const inside = text.slice(open + 2, -1);
  const name = text.slice(0, open);
  const place = SCRIPT_PLACE.exec(inside);
  if (place !== null && (place[3] !== undefined || /[./\\]/.test(inside)))
    return frameOf('script', name, place[1] as string, toLine(place[2]));
  return /^(?:native|<anonymous>|index \d+|eval at .*)$/.test(inside)
    ? frameOf('script', name, '<anonymous>', null)
    : null;
}

/** `at /srv/app/orders.js:41:7`, `at async file:///srv/app/main.mjs:3:1`. */
function readBarePlace(text: string): StackFrame | null {
  const place = SCRIPT_PLACE.exec(text.startsWith('async ') ? text.slice(6) : text);
  if (place === null || place[3] === undefined || /\s/.test(place[1] as string)) return null;
  return frameOf('script', '', place[1] as string, toLine(place[2]));
}

//                            ┌ file       ┌ line        ┌ function
const PYTHON = /^(?:[|+ ]+)?File "([^"]+)", line (\d+)(?:, in (.+))?$/;
function readPython(text: string): StackFrame | null {
  if (!text.includes('File "')) return null;
  const match = PYTHON.exec(text);
  return match && frameOf('python', match[3] ?? '', match[1] as string, toLine(match[2]));
}

/** `from app/models/user.rb:12:in 'User#find'`; the first one has the message behind it. */
function readRuby(text: string): StackFrame | null {
  const at = text.indexOf(':in ');
  if (at < 0 || !/[`']/.test(text[at + 4] ?? '')) return null;
  const end = text.indexOf("'", at + 5);
  const place = SCRIPT_PLACE.exec(text.slice(0, at).replace(/^(?:from |\[?\d+\]?:? )/, ''));
  if (end < 0 || place === null || place[3] !== undefined || /\s/.test(place[1] as string)) return null;
  return frameOf('ruby', text.slice(at + 5, end), place[1] as string, toLine(place[2]));
}

/** `submit@https://shop.example/app.js:12:5`. */
function readFirefox(text: string): StackFrame | null {
  const at = text.indexOf('@');
  if (at < 0) return null;
  const place = SCRIPT_PLACE.exec(text.slice(at + 1));
  const file = place?.[1] ?? '';
  if (place === null || !/[/\\]/.test(file) || /[\s@]/.test(file) || /[\s()]/.test(text.slice(0, at))) return null;
  return frameOf('script', text.slice(0, at), file, toLine(place[2]));
}

//                   ┌ address                ┌ function and what follows
const NATIVE = /^#\d+\s+(?:0x[\da-f]*\s+)?(?:in\s+)?(\S.*)$/;
//              ┌ file            ┌ line   ┌ call
const PHP = /^#\d+ ([^(]+)\((\d+)\): (.+)$/;
const PHP_INTERNAL = /^#\d+ (\[internal function\]): (.+)$/;

/** Frames with a number before: of PHP, of C and C++ as debuggers and sanitizers write them, of Dart. */
function readNumbered(text: string): StackFrame | null {
  const php = PHP.exec(text);
  if (php !== null) return frameOf('php', callee(php[3] as string), php[1] as string, toLine(php[2]));
  const internal = PHP_INTERNAL.exec(text);
  if (internal !== null) return frameOf('php', callee(internal[2] as string), internal[1] as string, null);
  const match = NATIVE.exec(text);
  if (match === null) return null;
  const rest = match[1] as string;
  if (rest.startsWith('{')) return null; // PHP's {main}
  const dart = /^(\S+)\s+\(((?:package|dart|file):[^()]*?):(\d+)(?::\d+)?\)$/.exec(rest);
  if (dart !== null) return frameOf('native', dart[1] as string, dart[2] as string, toLine(dart[3]));
  const at = rest.lastIndexOf(' at ');
  const head = at < 0 ? rest : rest.slice(0, at);
  const open = head.indexOf(' (');
  // asan: `in main /src/main.cc:12:3` and `in read (/lib/libc.so.6+0x1b)`; gdb: `main (argc=1) at main.cc:12`, `… from /lib/x.so`
  const blank = at < 0 && !head.endsWith(')') ? head.lastIndexOf(' ') : -1;
  const bare = blank < 0 ? null : SCRIPT_PLACE.exec(head.slice(blank + 1));
  if (bare !== null && /[/\\.]/.test(bare[1] as string))
    return frameOf('native', callee(head.slice(0, blank)), bare[1] as string, toLine(bare[2]));
  const name = callee(open < 0 ? head : head.slice(0, open));
  const place = at < 0 ? null : SCRIPT_PLACE.exec(rest.slice(at + 4));
  if (place !== null) return frameOf('native', name, place[1] as string, toLine(place[2]));
  const library = / from (\S+)$/.exec(rest)?.[1] ?? /\((\/[^()]*?)(?:\+0x[\da-f]*)?\)$/.exec(rest)?.[1];
  return /^[\w:~<>$.*&,' ]+$/.test(name) && (library !== undefined || open >= 0)
    ? frameOf('native', name, library ?? '', null)
    : null;
}

/** A call without its arguments. */
function callee(call: string): string {
  const open = call.indexOf('(', call.startsWith('(anonymous') ? 1 : 0);
  return (open <= 0 ? call : call.slice(0, open)).trim();
}

//                   ┌ application and version   ┌ file          ┌ line  ┌ function
const ELIXIR = /^(?:\(([\w-]+)(?: [\w.+-]+)?\) )?([\w/.-]+\.(?:exs?|erl|eex|heex)):(\d+): (.+)$/;
function readElixir(text: string): StackFrame | null {
  if (!text.includes('.e') && !text.includes('.heex')) return null;
  const match = ELIXIR.exec(text);
  if (match === null) return null;
  const [, app = '', file = '', line, name = ''] = match;
  return frameOf('elixir', app === '' ? name : `${app} ${name}`, file, toLine(line));
}

//                  ┌ file                    ┌ line
const GO_PLACE = /^((?:[A-Za-z]:)?[^\s:]*\/[^\s:/]+\.(?:go|s)|_cgo_gotypes\.go):(\d+)(?: \+0x[\da-f]*)?$/;
const RUST_PLACE = /^at (\S+\.rs):(\d+)(?::\d+)?$/;

/** @param text  a line without the blanks around it */
export function readPlace(text: string): FramePlace | null {
  if (text.includes('.go:') || text.includes('.s:')) {
    const match = GO_PLACE.exec(text);
    if (match !== null) return { language: 'go', file: match[1] as string, line: toLine(match[2]) ?? 0 };
  }
  if (!text.startsWith('at ') || !text.includes('.rs:')) return null;
  const match = RUST_PLACE.exec(text);
  return match && { language: 'rust', file: match[1] as string, line: toLine(match[2]) ?? 0 };
}

const RUST_NAME = /^\d+:\s+(?:0x[\da-f]*\s+-\s+)?(\S.*)$/;

/** The function of a frame whose place the next line tells; '' for none. */
export function readName(text: string): string {
  const rust = RUST_NAME.exec(text);
  if (rust !== null) return rust[1] as string;
  if (!text.includes('.')) return '';
  let end = text.lastIndexOf(' in goroutine ');
  if (end < 0) end = text.length;
  if (text[end - 1] === ')') end = openOf(text, end - 1);
  const name = text.slice(text.startsWith('created by ') ? 11 : 0, Math.max(0, end));
  return /^[^\s"',:;=]+$/.test(name) && name.slice(name.lastIndexOf('/') + 1).includes('.') ? name : '';
}

/** Where the parenthesis opens that closes at `close`; -1 where none does. */
function openOf(text: string, close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    if (text[at] === ')') depth++;
    else if (text[at] === '(' && --depth === 0) return at;
  }
  return -1;
}

function toLine(digits: string | undefined): number | null {
  if (digits === undefined) return null;
  const line = Number(digits);
  return Number.isSafeInteger(line) && line >= 0 ? line : null;
}
