/** How often texts come, as UTF-8 bytes: a table that makes no string of them. Exactly, or not at all. */

import { Fault } from '../../base/fault';
import { DISTINCT_LIMIT, DISTINCT_TEXT_LIMIT } from '../api';

const FIRST_SLOTS = 1024;
const FIRST_BYTES = 16 * 1024;

/** Different texts one behind the other, and how often each comes: text i ends at ends[i]. */
export interface CountedTexts {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  readonly counts: Float64Array;
}

/** At most DISTINCT_LIMIT texts, of at most DISTINCT_TEXT_LIMIT bytes together. */
export class TextCounts {
  size = 0;
  private bytes = new Uint8Array(FIRST_BYTES);
  private length = 0;
  // By text, in the order they came.
  private ends = new Uint32Array(FIRST_SLOTS / 2);
  private counts = new Float64Array(FIRST_SLOTS / 2);
  private hashes = new Uint32Array(FIRST_SLOTS / 2);
  /** Index of a text + 1; 0: free. Half of them stay free. */
  private slots = new Uint32Array(FIRST_SLOTS);
  // Drawn anew for each table: nobody can write a log whose values all fall into one slot.
  private readonly seed = Math.floor(Math.random() * 2 ** 32);
  private readonly factor = Math.floor(Math.random() * 2 ** 30) * 4 + 3;

  /**
   * Counts the text at [start, end) of some bytes. One that is too many has been counted all the same.
   *
   * @throws Fault `values-too-many`
   */
  add(from: Uint8Array, start: number, end: number, count: number): void {
    const { slots, hashes, counts } = this;
    const last = slots.length - 1;
    let hash = this.seed;
    for (let at = start; at < end; at++) {
      hash = Math.imul(hash ^ (from[at] as number), this.factor);
      hash ^= hash >>> 15;
    }
    hash >>>= 0;
    let slot = hash & last;
    for (;;) {
      const index = (slots[slot] as number) - 1;
      if (index < 0) break;
      if (hashes[index] === hash && this.isAt(index, from, start, end)) {
        counts[index] = (counts[index] as number) + count;
        return;
      }
      slot = (slot + 1) & last;
    }
    this.append(from, start, end, count, hash);
    slots[slot] = this.size;
    if (this.size * 2 >= slots.length) this.grow();
    if (this.size > DISTINCT_LIMIT || this.length > DISTINCT_TEXT_LIMIT)
      throw new Fault('values-too-many', `more than ${DISTINCT_LIMIT} different values, or too long ones`, {
        details: { limit: DISTINCT_LIMIT },
      });
  }

  /** Copied out: a part of an array would cross to another thread with all that is behind it. */
  collect(): CountedTexts {
    return {
      bytes: this.bytes.slice(0, this.length),
      ends: this.ends.slice(0, this.size),
      counts: this.counts.slice(0, this.size),
    };
  }

  private isAt(index: number, from: Uint8Array, start: number, end: number): boolean {
    const { bytes } = this;
    const first = index === 0 ? 0 : (this.ends[index - 1] as number);
    if ((this.ends[index] as number) - first !== end - start) return false;
    for (let at = start, mine = first; at < end; at++, mine++) if (bytes[mine] !== from[at]) return false;
    return true;
  }

  private append(from: Uint8Array, start: number, end: number, count: number, hash: number): void {
    if (this.length + end - start > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + end - start));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    const { bytes } = this;
    let { length } = this;
    for (let at = start; at < end; at++) bytes[length++] = from[at] as number;
    this.length = length;
    this.ends[this.size] = length;
    this.counts[this.size] = count;
    this.hashes[this.size] = hash;
    this.size++;
  }

  private grow(): void {
    const room = this.slots.length;
    const ends = new Uint32Array(room);
    const counts = new Float64Array(room);
    const hashes = new Uint32Array(room);
    ends.set(this.ends);
    counts.set(this.counts);
    hashes.set(this.hashes);
    Object.assign(this, { ends, counts, hashes });
    const slots = new Uint32Array(room * 2);
    const last = slots.length - 1;
    for (let index = 0; index < this.size; index++) {
      let slot = (hashes[index] as number) & last;
      while (slots[slot] !== 0) slot = (slot + 1) & last;
      slots[slot] = index + 1;
    }
    this.slots = slots;
  }
}
