/** Finds which of many parts occur in a text, in one pass over it. */

/**
 * A part is text looked for without case. `*` stands for anything within a line. A blank in it stands for a run of blanks;
 * at its start or end, for the start or end of a word: ` oom ` is not in "room", and is in "oom-killer".
 * A part of stars alone is in every text but the empty one.
 *
 * The pieces between the stars make one machine (Aho and Corasick): states are the beginnings of pieces, and for each state
 * and letter the state after it is known. The text is read once, a letter a step, however many parts there are:
 *
 *   pieces   "timed out", "time"         text   u p s t r e a m   t i m e d   o u t
 *   states   t ti tim time timed …                                      ↑ "time"   ↑ "timed out"
 *
 * Pieces of one part have to occur in order in one line. As they are literal, taking each at the first place it can be is
 * never worse than any later one, so nothing is ever tried twice.
 *
 * @see https://cr.yp.to/bib/1975/aho.pdf
 */
export class PartFinder {
  /** Parts of stars alone. */
  readonly #always: readonly number[];
  /** Slot of a code unit (see `slotOf`) → letter of the machine; 0 for all that occur in no piece. */
  readonly #letters = new Uint8Array(SLOT_COUNT);
  readonly #letterCount: number;
  /** [state × letterCount + letter] → state; state 0 is the beginning. */
  readonly #next: Uint16Array | Uint32Array;
  /** State → the pieces that end there, shorter ones included; null for none, as nearly everywhere. */
  readonly #endsAt: readonly (readonly Piece[] | null)[];
  /** Parts found in the text at hand: those whose entry is #round. */
  readonly #foundIn: Uint32Array;
  #round = 0;
  /** Counts the lines of all texts, so that a part knows how far it got in the line at hand. */
  #line = 0;

  constructor(parts: readonly string[]) {
    const made = parts.map(toPart);
    this.#always = made.filter((part) => part.pieces.length === 0).map((part) => part.index);
    this.#foundIn = new Uint32Array(parts.length);
    const pieces = made.flatMap((part) => part.pieces);
    let letterCount = 1;
    for (const { text } of pieces) {
      for (let at = 0; at < text.length; at++) {
        const slot = slotOf(text.charCodeAt(at));
        if (this.#letters[slot] === 0) this.#letters[slot] = letterCount++;
      }
    }
    this.#letterCount = letterCount;
    const trie = buildTrie(pieces, this.#letters, letterCount);
    this.#next = trie.next;
    this.#endsAt = trie.endsAt;
  }

  /**
   * Looks through another text; `hasAny` answers about it from then on.
   *
   * @param text  as `toSearchable` returns it
   */
  read(text: string): void {
    this.#round++;
    if (text !== '') for (const index of this.#always) this.#foundIn[index] = this.#round;
    const next = this.#next;
    const letters = this.#letters;
    const letterCount = this.#letterCount;
    let state = 0;
    this.#line++;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === LINE_END) this.#line++;
      state = next[state * letterCount + (letters[slotOf(unit)] as number)] as number;
      const ending = this.#endsAt[state];
      if (ending) for (const piece of ending) this.#take(piece, text, at + 1);
    }
  }

  /** Whether any of the parts with these indexes occurs in the text read last. */
  hasAny(partIndexes: readonly number[]): boolean {
    for (let at = 0; at < partIndexes.length; at++) {
      if (this.#foundIn[partIndexes[at] as number] === this.#round) return true;
    }
    return false;
  }

  #take(piece: Piece, text: string, end: number): void {
    const part = piece.part;
    if (this.#foundIn[part.index] === this.#round) return;
    if (part.line !== this.#line) {
      part.line = this.#line;
      part.pieceIndex = 0;
      part.reached = 0;
    }
    const start = end - piece.text.length;
    if (part.pieceIndex !== piece.index || start < part.reached) return;
    if (!piece.isPlain && !text.startsWith(piece.text, start)) return;
    if (piece.startsWord && start > 0 && isWordUnit(text.charCodeAt(start - 1))) return;
    if (piece.endsWord && end < text.length && isWordUnit(text.charCodeAt(end))) return;
    part.pieceIndex++;
    part.reached = end;
    if (part.pieceIndex === part.pieces.length) this.#foundIn[part.index] = this.#round;
  }
}

/** A part, and how far it has got in the line at hand. */
interface Part {
  readonly index: number;
  readonly pieces: Piece[];
  /** The next piece to be found, and where the one before ended; both for the line of this number. */
  pieceIndex: number;
  reached: number;
  line: number;
}

interface Piece {
  readonly part: Part;
  readonly index: number;
  readonly text: string;
  /** Has letters of its own only: where the machine finds it, it is. */
  readonly isPlain: boolean;
  readonly startsWord: boolean;
  readonly endsWord: boolean;
}

const LINE_END = 10;

// ASCII has letters of its own; all other code units share 32, so that the machine stays narrow whatever people look for.
const PLAIN_COUNT = 128;
const SLOT_COUNT = PLAIN_COUNT + 32;

function slotOf(unit: number): number {
  return unit < PLAIN_COUNT ? unit : PLAIN_COUNT + (unit & 31);
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= PLAIN_COUNT) return false;
  return true;
}

/** Lower case, runs of blanks as one space, line ends as LF. */
export function toSearchable(text: string): string {
  return text
    .toLowerCase()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ');
}

function toPart(text: string, index: number): Part {
  const part: Part = { index, pieces: [], pieceIndex: 0, reached: 0, line: -1 };
  for (const between of toSearchable(text).split('*')) {
    const piece = between.trim();
    if (piece === '') continue;
    part.pieces.push({
      part,
      index: part.pieces.length,
      text: piece,
      isPlain: isPlain(piece),
      startsWord: between.startsWith(' '),
      endsWord: between.endsWith(' '),
    });
  }
  return part;
}

function buildTrie(pieces: readonly Piece[], letters: Uint8Array, letterCount: number) {
  const stateLimit = 1 + pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  // The default rules have fewer states than 16 bits count; checked rules of a person may have some more, see RULE_LIMITS.
  const States = stateLimit <= 0xffff ? Uint16Array : Uint32Array;
  const next = new States(stateLimit * letterCount);
  const endsAt: Piece[][] = [[]];
  for (const piece of pieces) {
    let state = 0;
    for (let at = 0; at < piece.text.length; at++) {
      const edge = state * letterCount + (letters[slotOf(piece.text.charCodeAt(at))] as number);
      if (next[edge] === 0) next[edge] = endsAt.push([]) - 1;
      state = next[edge] as number;
    }
    (endsAt[state] as Piece[]).push(piece);
  }
  // Breadth first: a state's fallback is the longest other beginning that it ends with, which is shorter and so done before.
  const fallback = new Uint32Array(endsAt.length);
  const queue: number[] = [0];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] as number;
    for (let letter = 0; letter < letterCount; letter++) {
      const edge = state * letterCount + letter;
      const child = next[edge] as number;
      const detour = state === 0 ? 0 : (next[(fallback[state] as number) * letterCount + letter] as number);
      if (child === 0) {
        next[edge] = detour;
        continue;
      }
      fallback[child] = detour;
      (endsAt[child] as Piece[]).push(...(endsAt[detour] as Piece[]));
      queue.push(child);
    }
  }
  return {
    next: next.slice(0, endsAt.length * letterCount),
    endsAt: endsAt.map((ending) => (ending.length === 0 ? null : ending)),
  };
}

/** Letters and digits of any script, and `_`. */
function isWordUnit(unit: number): boolean {
  if (unit < 128) return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || unit === 95;
  return /[\p{L}\p{N}]/u.test(String.fromCharCode(unit));
}
