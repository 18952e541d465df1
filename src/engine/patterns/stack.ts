/** A record's stack trace: which exception, what caused it, and the frames, whatever language wrote it. */

import type { StackFrame } from './stack-frame';
import { frameOf } from './stack-frame';
import { isGenericType, plainType } from './stack-names';
import { type LineFact, namedType, readLineFact, SIGNS } from './stack-line';
import { bodyOf, holdsLines, maskNumbers, splitQuoted } from './stack-text';

export type { StackFrame } from './stack-frame';

/** Bytes of a record that are looked at for its stack trace: a stack overflow's 1,024 frames and what caused it. */
export const STACK_BYTES = 256 * 1024;
/** Frames that a group goes by at most. */
export const GROUP_FRAMES = 8;

export interface StackTrace {
  /** Type of the innermost cause, with its package where it was told; '' for none. */
  readonly exception: string;
  /** Types from the outermost exception to the innermost cause; without those that are not told. */
  readonly chain: readonly string[];
  /** Of the innermost cause first, of each exception the innermost first. */
  readonly frames: readonly StackFrame[];
}

/** What of a stack trace an error group goes by. */
export interface TraceKey {
  /** Type of the innermost cause that says more than that there was an error; else one that does not; '' for none. */
  readonly type: string;
  /** Keys of in-app frames, innermost first, each once, at most GROUP_FRAMES. */
  readonly frames: readonly string[];
}

/**
 * Reads a record.
 *
 * @param text  at most STACK_BYTES of it are worth giving
 * @param messageStart  UTF-16 index in its first line
 * @returns null where it tells neither of an exception nor of frames
 */
export function readStack(text: string, messageStart: number): StackTrace | null {
  const [first = '', ...rest] = text.split('\n');
  const reader = new StackReader();
  for (const fact of firstLineFacts(withoutReturn(first), messageStart)) reader.add(fact);
  for (const line of rest) for (const fact of lineFacts(withoutReturn(line))) reader.add(fact);
  const trace = reader.trace();
  return trace.exception === '' && trace.frames.length === 0 ? null : trace;
}

/**
 * What a record goes by: its trace with the numbers of its further lines made alike, so that it is the same for records that
 * differ in those only. This defines it; shards find the same with every line read once (`shard/trace-keys.ts`).
 */
export function traceKeyOf(text: string, messageStart: number): TraceKey | null {
  const [first = '', ...rest] = text.split('\n');
  const reader = new StackReader();
  for (const fact of firstLineFacts(withoutReturn(first), messageStart)) reader.add(fact);
  for (const line of rest) {
    const bytes = new TextEncoder().encode(withoutReturn(line));
    const masked = bytes.subarray(0, maskNumbers(bytes, 0, bytes.length, bytes));
    for (const fact of lineFacts(new TextDecoder('utf-8', { ignoreBOM: true }).decode(masked))) reader.add(fact);
  }
  return traceKey(reader.trace());
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** What a line that continues a record tells of. */
export function lineFacts(line: string): LineFact[] {
  if (holdsLines(line)) return splitQuoted(line).flatMap((piece) => readLineFact(piece) ?? []);
  const fact = readLineFact(line);
  return fact === null ? [] : [fact];
}

/** The same of a record's first line: an exception may be named anywhere in its message. */
export function firstLineFacts(line: string, messageStart: number): LineFact[] {
  const body = bodyOf(line, messageStart);
  if (!SIGNS.test(body)) return [];
  const isQuoted = holdsLines(body) || (body.length === line.length && body.includes('"'));
  const facts = isQuoted
    ? splitQuoted(body).flatMap((piece) => readLineFact(piece) ?? [])
    : [readLineFact(body) ?? { indent: 0 }];
  const named = namedType(body);
  return named === '' ? facts : [...facts, { indent: 0, named }];
}

interface Link {
  type: string;
  readonly frames: StackFrame[];
  /** Python tells the outermost frame first. */
  readonly isTurned: boolean;
}

/** Puts together what the lines of a record tell, in their order. */
export class StackReader {
  /** The innermost cause first. */
  private readonly links: Link[] = [];
  /** Where frames belong just now; null: nowhere. */
  private current: Link | null = null;
  private isSuppressed = false;
  /** Blanks before what is suppressed: a cause with fewer is one of what was thrown. */
  private suppressedIndent = 0;
  /** Blanks before Python's traceback while its exception is awaited. */
  private awaited: number | null = null;
  private threadCount = 0;
  /** The function whose place may come next. */
  private name = '';
  /** A dotted name that would be the type if frames follow. */
  private word = '';
  private named = '';

  add(fact: LineFact): void {
    const { mark, types, frame, place } = fact;
    if (fact.named !== undefined && this.named === '') this.named = fact.named;
    if (mark !== undefined) this.mark(mark, fact.indent);
    else if (types !== undefined && fact.relation !== undefined) this.header(fact);
    if (frame !== undefined) this.frame(frame);
    else if (place !== undefined && this.name !== '')
      this.frame(frameOf(place.language, this.name, place.file, place.line));
    else if (fact.word !== undefined) this.said(fact.word, fact.indent);
    this.name = fact.name ?? '';
  }

  private mark(mark: NonNullable<LineFact['mark']>, indent: number): void {
    switch (mark) {
      case 'traceback':
        this.isSuppressed = false;
        this.awaited = indent;
        this.push({ type: '', frames: [], isTurned: true }, this.links.length);
        return;
      case 'end':
        this.current = this.links[this.current === null ? 0 : this.links.indexOf(this.current) + 1] ?? this.current;
        return;
      case 'thread':
        // The first goroutine is the one that panicked; the others stand by.
        this.isSuppressed = this.threadCount++ > 0;
        this.suppressedIndent = -1;
        return;
    }
  }

  private push(link: Link, at: number): void {
    this.links.splice(at, 0, link);
    this.current = link;
  }

  private header({ types = [], relation, indent }: LineFact): void {
    const isLess = indent < this.suppressedIndent;
    if (this.isSuppressed && !(relation === 'cause' && isLess)) return;
    this.isSuppressed = relation === 'suppressed';
    const links = types.map((type): Link => ({ type, frames: [], isTurned: false })).reverse();
    const innermost = links[0];
    if (innermost === undefined) return;
    switch (relation) {
      case 'suppressed':
        this.suppressedIndent = indent;
        return;
      case 'cause':
      case 'inner':
        this.links.splice(
          relation === 'inner' && this.current !== null ? this.links.indexOf(this.current) : 0,
          0,
          ...links,
        );
        this.current = innermost;
        return;
      case 'wrapping':
        this.links.push(...links);
        this.current = innermost;
        return;
      default:
        this.thrown(links, innermost, indent);
    }
  }

  private thrown(links: Link[], innermost: Link, indent: number): void {
    if (this.awaited !== null) {
      if (this.current === null || this.current.frames.length === 0 || indent > this.awaited) return;
      this.current.type = innermost.type;
      this.awaited = null;
      return;
    }
    const { current } = this;
    if (current === null || current.frames.length === 0) {
      // What was named before, with no frames of its own, was the message that told of this one; or this one is in its message.
      if (current !== null && current.type !== '' && isGenericType(innermost.type)) return;
      if (current !== null) this.links.splice(this.links.indexOf(current), 1);
      this.links.unshift(...links);
      this.current = innermost;
      return;
    }
    if (current.type === '') {
      current.type = innermost.type; // Ruby's and others' that tell the frames first
      return;
    }
    // Another exception of the same record: the first one counts.
    this.isSuppressed = true;
    this.suppressedIndent = -1;
  }

  private frame(frame: StackFrame): void {
    if (this.isSuppressed) return;
    if (this.current === null) this.push({ type: this.word, frames: [], isTurned: frame.language === 'python' }, 0);
    else if (this.current.frames.length === 0 && this.current.type === '' && !this.current.isTurned)
      this.current.type = this.word;
    this.word = '';
    this.current?.frames.push(frame);
  }

  private said(word: string, indent: number): void {
    if (this.awaited !== null && this.current !== null) {
      if (this.current.frames.length === 0 || indent > this.awaited) return;
      this.current.type = word;
      this.awaited = null;
    } else if (word.includes('.') && /[.$][A-Z][\w$]*$/.test(word)) this.word = word;
  }

  trace(): StackTrace {
    const told = this.links.filter((link) => link.type !== '');
    const chain = told.map((link) => link.type).reverse();
    if (chain.length === 0 && this.named !== '') chain.push(this.named);
    const frames = this.links.flatMap((link) => (link.isTurned ? link.frames.toReversed() : link.frames));
    return { exception: chain.at(-1) ?? '', chain, frames };
  }
}

/** What a group goes by; null where that is the record's pattern alone. */
export function traceKey({ chain, frames }: StackTrace): TraceKey | null {
  const types = chain.map(plainType);
  const type = types.findLast((one) => !isGenericType(one)) ?? types.at(-1) ?? '';
  const own = new Set<string>();
  for (const frame of frames) {
    if (own.size === GROUP_FRAMES) break;
    // A frame that was there already is recursion, its own or through others.
    if (frame.isInApp) own.add(frame.key);
  }
  return type === '' && own.size === 0 ? null : { type, frames: [...own] };
}
