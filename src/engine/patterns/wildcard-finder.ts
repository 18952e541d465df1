/**
 * Finds one wildcard's value in message after message, as `createTokenMatcher` does, on their bytes: most messages are
 * ASCII, and none of them becomes a string. The others are decoded and matched there.
 */

import { SKELETON_BYTES } from '../kernels/index-layout';
import { createTokenMatcher, isBlank, type TokenMatcher } from './match-tokens';
import type { PatternToken } from './pattern';

const SPACE = 32;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Finds a value's bytes: those of the message, or, where it is no valid UTF-8, of what it is read as. */
export class WildcardFinder {
  /** Where the value is that was found last: [start, end) of these bytes. */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;

  private readonly matchText: TokenMatcher;
  private readonly literals: readonly (Uint8Array | null)[];
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
    this.matchText = createTokenMatcher(tokens);
    const texts = tokens.map((token) => (token.kind === 'literal' ? token.text : null));
    const first = texts[0];
    if (typeof first === 'string' && !first.startsWith(' ')) texts[0] = ` ${first}`;
    const last = texts.at(-1);
    if (typeof last === 'string' && !last.endsWith(' ')) texts[texts.length - 1] = `${last} `;
    this.literals = texts.map((text) => (text === null ? null : encoder.encode(text)));
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
    if (!this.takeText(memory, start, stop)) {
      const message = decoder.decode(memory.subarray(start, stop));
      const range = this.matchText(message)?.[this.wildcard];
      if (range === undefined) return false;
      this.bytes = encoder.encode(message.slice(range[0], range[1]));
      this.start = 0;
      this.end = this.bytes.length;
      return true;
    }
    if (!this.findValue(0) && !this.findValue(1)) return false;
    const last = this.length - 1;
    const from = this.places[Math.min(Math.max(this.start, 1), last)] as number;
    const to = this.places[Math.min(Math.max(this.end, 1), last)] as number;
    this.bytes = memory;
    this.start = start + from;
    this.end = start + Math.max(from, to);
    return true;
  }

  /** @returns false when some byte is not ASCII */
  private takeText(memory: Uint8Array, start: number, stop: number): boolean {
    const { text, places } = this;
    text[0] = SPACE;
    places[0] = 0;
    let length = 1;
    let wasBlank = true;
    for (let at = start; at < stop; at++) {
      const byte = memory[at] as number;
      if (byte > SPACE) {
        if (byte > 127) return false;
        text[length] = byte;
        places[length++] = at - start;
        wasBlank = false;
      } else if (!isBlank(byte)) {
        text[length] = byte;
        places[length++] = at - start;
        wasBlank = false;
      } else if (!wasBlank) {
        text[length] = SPACE;
        places[length++] = at - start;
        wasBlank = true;
      }
    }
    if (!wasBlank || length === 1) {
      text[length] = SPACE;
      places[length++] = stop - start;
    }
    this.length = length;
    return true;
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
