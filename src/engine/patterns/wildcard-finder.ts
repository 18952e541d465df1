/**
 * Finds one wildcard's value in message after message, as `createTokenMatcher` does, on their bytes, so that no message
 * becomes a string.
 *
 *   tidy message      no run of blanks, none at its ends: matched where it lies
 *   all others        copied with one space for every run, one before it and one behind it, and matched there
 *
 * Literals begin and end where characters do, so bytes that are no UTF-8 are found to lie in values; those are then told as
 * they are read. Only a literal that holds U+FFFD itself, from a text that was damaged, needs decoded messages.
 */

import { SKELETON_BYTES } from '../kernels/index-layout';
import { createTokenMatcher, isBlank, type TokenMatcher } from './match-tokens';
import type { PatternToken } from './pattern';

const SPACE = 32;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class WildcardFinder {
  /** Where the value is that was found last: [start, end) of these bytes. */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;

  /** For messages that must be decoded; null where none is. */
  private readonly matchText: TokenMatcher | null;
  private readonly literals: readonly (Uint8Array | null)[];
  /** The same without the blanks before and behind the message. */
  private readonly tidyLiterals: readonly (Uint8Array | null)[];
  /** Index of the wildcard among the tokens. */
  private readonly place: number;
  /** The message with one space for every run of blanks, one before it and one behind it … */
  private readonly text = new Uint8Array(SKELETON_BYTES + 2);
  /** … and where in the message each byte of it stands. */
  private readonly places = new Uint16Array(SKELETON_BYTES + 2);
  private length = 0;

  constructor(
    tokens: readonly PatternToken[],
    private readonly wildcard: number,
  ) {
    const texts = tokens.map((token) => (token.kind === 'literal' ? token.text : null));
    this.matchText = texts.some((text) => text?.includes('\ufffd')) ? createTokenMatcher(tokens) : null;
    const first = texts[0];
    if (typeof first === 'string' && !first.startsWith(' ')) texts[0] = ` ${first}`;
    const last = texts.at(-1);
    if (typeof last === 'string' && !last.endsWith(' ')) texts[texts.length - 1] = `${last} `;
    this.literals = texts.map((text) => (text === null ? null : encoder.encode(text)));
    this.tidyLiterals = this.literals.map((literal, index) => {
      const begin = index === 0 ? 1 : 0;
      return (
        literal?.subarray(begin, index === texts.length - 1 ? Math.max(begin, literal.length - 1) : undefined) ?? null
      );
    });
    let left = wildcard;
    this.place = tokens.findIndex((token) => token.kind === 'wildcard' && left-- === 0);
  }

  /**
   * Looks at the message at [start, end) of a memory, or its first SKELETON_BYTES.
   *
   * @returns false when it is not of the pattern; else `bytes`, `start` and `end` tell the value until the next call
   */
  find(memory: Uint8Array, start: number, end: number): boolean {
    if (this.place < 0) return false;
    const stop = Math.min(end, start + SKELETON_BYTES);
    if (this.matchText !== null) return this.findDecoded(this.matchText, memory.subarray(start, stop));
    this.bytes = memory;
    // What is not found there may take a blank before or behind the message, or share one.
    const isFound = isTidy(memory, start, stop) && this.findTidy(memory, start, stop);
    if (!isFound && !this.findSpaced(memory, start, stop)) return false;
    for (let at = this.start; at < this.end; at++) {
      if ((memory[at] as number) < 128) continue;
      this.takeText(decoder.decode(memory.subarray(this.start, this.end)));
      return true;
    }
    return true;
  }

  private takeText(value: string): void {
    this.bytes = encoder.encode(value);
    this.start = 0;
    this.end = this.bytes.length;
  }

  private findDecoded(matchText: TokenMatcher, bytes: Uint8Array): boolean {
    const message = decoder.decode(bytes);
    const range = matchText(message)?.[this.wildcard];
    if (range === undefined) return false;
    this.takeText(message.slice(range[0], range[1]));
    return true;
  }

  /** As `findLiterals` of match-tokens; false also where that might find otherwise by a blank before the message. */
  private findTidy(memory: Uint8Array, start: number, stop: number): boolean {
    const { tidyLiterals, place } = this;
    const last = tidyLiterals.length - 1;
    let at = start;
    for (let index = 0; index <= last; index++) {
      const literal = tidyLiterals[index] as Uint8Array | null;
      if (literal === null) {
        if (index === place) {
          this.start = at;
          this.end = index === last ? stop : at;
        }
        continue;
      }
      const isOpen = index > 0 && tidyLiterals[index - 1] === null;
      let found = at;
      if (index === last) {
        found = isOpen ? stop - literal.length : at;
        if (found < at || found + literal.length !== stop) return false;
      } else if (isOpen) {
        if (at === start && literal[0] === SPACE) return false;
        found = indexIn(memory, stop, literal, at);
        if (found < 0) return false;
      }
      if ((index === last || !isOpen) && !isAt(memory, stop, literal, found)) return false;
      if (isOpen && index - 1 === place) this.end = found;
      at = found + literal.length;
    }
    return true;
  }

  private findSpaced(memory: Uint8Array, start: number, stop: number): boolean {
    this.space(memory, start, stop);
    if (!this.findValue(0) && !this.findValue(1)) return false;
    const last = this.length - 1;
    const from = this.places[Math.min(Math.max(this.start, 1), last)] as number;
    const to = this.places[Math.min(Math.max(this.end, 1), last)] as number;
    this.start = start + from;
    this.end = start + Math.max(from, to);
    return true;
  }

  /** Fills `text` and `places`. */
  private space(memory: Uint8Array, start: number, stop: number): void {
    const { text, places } = this;
    text[0] = SPACE;
    places[0] = 0;
    let length = 1;
    let wasBlank = true;
    for (let at = start; at < stop; at++) {
      const byte = memory[at] as number;
      const isSpace = byte <= SPACE && isBlank(byte);
      if (isSpace && wasBlank) continue;
      text[length] = isSpace ? SPACE : byte;
      places[length++] = at - start;
      wasBlank = isSpace;
    }
    if (!wasBlank || length === 1) {
      text[length] = SPACE;
      places[length++] = stop - start;
    }
    this.length = length;
  }

  /** Sets `start` and `end` to the value in the text; see `findLiterals` of match-tokens, whose twin on bytes it is. */
  private findValue(shared: 0 | 1): boolean {
    const { literals, text, length, place } = this;
    const last = literals.length - 1;
    let at = 0;
    let endsInSpace = false;
    for (let index = 0; index <= last; index++) {
      const literal = literals[index] as Uint8Array | null;
      if (literal === null) {
        if (index === place) {
          this.start = Math.max(at, 1);
          this.end = index === last ? length - 1 : at;
        }
        continue;
      }
      const isOpen = index > 0 && literals[index - 1] === null;
      const from = endsInSpace && isOpen && literal[0] === SPACE ? at - shared : at;
      let start = from;
      if (index === last) start = isOpen ? length - literal.length : from;
      else if (isOpen) start = indexIn(text, length, literal, from);
      if (start < from || !isAt(text, length, literal, start)) return false;
      if (index === last && start + literal.length !== length) return false;
      if (isOpen && index - 1 === place) this.end = Math.max(start, this.start);
      at = start + literal.length;
      endsInSpace = literal[literal.length - 1] === SPACE;
    }
    return true;
  }
}

/** Blanks are single spaces between other bytes. */
function isTidy(memory: Uint8Array, start: number, stop: number): boolean {
  let wasBlank = true;
  for (let at = start; at < stop; at++) {
    const byte = memory[at] as number;
    if (byte > SPACE) wasBlank = false;
    else if (!isBlank(byte)) wasBlank = false;
    else if (wasBlank || byte !== SPACE) return false;
    else wasBlank = true;
  }
  return !wasBlank;
}

function isAt(text: Uint8Array, length: number, literal: Uint8Array, at: number): boolean {
  if (at + literal.length > length) return false;
  for (let i = 0; i < literal.length; i++) if (text[at + i] !== literal[i]) return false;
  return true;
}

function indexIn(text: Uint8Array, length: number, literal: Uint8Array, from: number): number {
  const first = literal[0];
  const stop = length - literal.length;
  for (let at = from; at <= stop; at++) if (text[at] === first && isAt(text, length, literal, at)) return at;
  return -1;
}
