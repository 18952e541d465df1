/** Forms as numbers: a vocabulary of items, and a table that holds each different form once. */

import { type CanonicalForm, STAR, STAR_ROLE } from './canonical';
import { GLUE_WORDS, isLogTerm } from './log-words';

/** Id of STAR in every vocabulary. */
export const STAR_ID = 0;

/** Numbers items. Hashes are of the items' texts: they do not depend on which item came first. */
export class Vocabulary {
  private readonly ids = new Map<string, number>();
  private readonly texts: string[] = [];
  private readonly lows: number[] = [];
  private readonly highs: number[] = [];
  /** -1: not asked for yet. */
  private readonly logs: number[] = [];

  constructor() {
    this.idOf(STAR);
  }

  idOf(text: string): number {
    let id = this.ids.get(text);
    if (id !== undefined) return id;
    id = this.texts.push(text) - 1;
    this.ids.set(text, id);
    let low = 0x811c9dc5;
    let high = 0x2545f491;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x5bd1e995);
    }
    this.lows.push(low);
    this.highs.push(high ^ (high >>> 15));
    this.logs.push(-1);
    return id;
  }

  textOf(id: number): string {
    return this.texts[id] as string;
  }

  lowOf(id: number): number {
    return this.lows[id] as number;
  }

  highOf(id: number): number {
    return this.highs[id] as number;
  }

  isLogTerm(id: number): boolean {
    let known = this.logs[id] as number;
    if (known < 0) {
      known = isLogTerm(this.textOf(id)) ? 1 : 0;
      this.logs[id] = known;
    }
    return known === 1;
  }

  isGlue(id: number): boolean {
    return GLUE_WORDS.has(this.textOf(id).toLowerCase());
  }
}

/** Numbers pairs of 32-bit hashes, 0 upwards in the order in which they come. */
export class HashTable {
  private slots: Int32Array;
  private lows: Int32Array;
  private highs: Int32Array;
  count = 0;

  /** @param expected  pairs, about */
  constructor(expected: number) {
    let size = 16;
    while (size < expected * 2) size *= 2;
    this.slots = new Int32Array(size).fill(-1);
    this.lows = new Int32Array(size >> 1);
    this.highs = new Int32Array(size >> 1);
  }

  indexOf(low: number, high: number): number {
    const mask = this.slots.length - 1;
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask;
    for (;;) {
      const index = this.slots[slot] as number;
      if (index < 0) break;
      if (this.lows[index] === low && this.highs[index] === high) return index;
      slot = (slot + 1) & mask;
    }
    if (this.count >= this.lows.length) {
      this.grow();
      return this.indexOf(low, high);
    }
    this.slots[slot] = this.count;
    this.lows[this.count] = low;
    this.highs[this.count] = high;
    return this.count++;
  }

  private grow(): void {
    const { lows, highs, count } = this;
    const size = this.slots.length * 2;
    this.slots = new Int32Array(size).fill(-1);
    this.lows = new Int32Array(size >> 1);
    this.highs = new Int32Array(size >> 1);
    this.count = 0;
    for (let i = 0; i < count; i++) this.indexOf(lows[i] as number, highs[i] as number);
  }
}

/** What item `id` at place `at` adds to the hash of a form; a frame's hash is a form's with one place's share exchanged. */
export function shareOf(hash: number, at: number): number {
  let value = Math.imul(hash ^ Math.imul(at + 1, 0x9e3779b1), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

export interface Form {
  /** Ids of a vocabulary. */
  readonly ids: Int32Array;
  readonly roles: Uint8Array;
  /** Hashes: the sums of the shares of all places. */
  low: number;
  high: number;
}

/** Different forms. */
export class FormTable {
  readonly forms: Form[] = [];
  private readonly byHash: HashTable;
  private readonly words: Vocabulary;

  constructor(words: Vocabulary, expected: number) {
    this.words = words;
    this.byHash = new HashTable(expected);
  }

  addCanonical({ items, roles }: CanonicalForm): number {
    const ids = new Int32Array(items.length);
    let low = ids.length;
    let high = 0;
    for (let at = 0; at < ids.length; at++) {
      const id = this.words.idOf(items[at] as string);
      ids[at] = id;
      low = (low + shareOf(this.words.lowOf(id), at)) | 0;
      high = (high + shareOf(this.words.highOf(id), at)) | 0;
    }
    return this.add({ ids, roles: Uint8Array.from(roles), low, high });
  }

  /** The number of the form, which is taken over. */
  private add(form: Form): number {
    const index = this.byHash.indexOf(form.low, form.high);
    const known = this.forms[index];
    if (known === undefined) this.forms.push(form);
    else {
      // Roles may differ where blanks do; the lesser ones hold, whichever came first.
      for (const [at, role] of form.roles.entries()) known.roles[at] = Math.min(role, known.roles[at] as number);
    }
    return index;
  }

  /** The same forms with the places in `stars` made stars; `movedTo` tells the new number of each. */
  withStars(stars: ReadonlyMap<number, readonly number[]>): { table: FormTable; movedTo: Uint32Array } {
    const table = new FormTable(this.words, this.forms.length);
    const movedTo = new Uint32Array(this.forms.length);
    for (const [index, form] of this.forms.entries()) {
      for (const at of stars.get(index) ?? []) {
        const id = form.ids[at] as number;
        form.low = (form.low + shareOf(this.words.lowOf(STAR_ID), at) - shareOf(this.words.lowOf(id), at)) | 0;
        form.high = (form.high + shareOf(this.words.highOf(STAR_ID), at) - shareOf(this.words.highOf(id), at)) | 0;
        form.ids[at] = STAR_ID;
        form.roles[at] = STAR_ROLE;
      }
      movedTo[index] = table.add(form);
    }
    return { table, movedTo };
  }
}
