/** Numbers by a hash of 64 bits: open addressing, nothing made per entry. Hashes are trusted, as those of skeletons are. */

export class HashIndex {
  private slots: number;
  /** Three words a slot: low, high, value; value 0 is free. */
  private words: Uint32Array;
  private filled = 0;

  /** @param slots  to begin with; a power of two */
  constructor(slots = 1024) {
    this.slots = slots;
    this.words = new Uint32Array(slots * 3);
  }

  get size(): number {
    return this.filled;
  }

  /** 0 for none. */
  get(low: number, high: number): number {
    return this.words[this.slotOf(low >>> 0, high >>> 0) * 3 + 2] as number;
  }

  /** @param value  1 to 2^32 - 1 */
  set(low: number, high: number, value: number): void {
    if (this.filled * 2 >= this.slots) this.grow();
    const at = this.slotOf(low >>> 0, high >>> 0) * 3;
    if (this.words[at + 2] === 0) this.filled++;
    this.words[at] = low;
    this.words[at + 1] = high;
    this.words[at + 2] = value;
  }

  clear(): void {
    this.words.fill(0);
    this.filled = 0;
  }

  private slotOf(low: number, high: number): number {
    const { words } = this;
    const mask = this.slots - 1;
    for (let slot = (low ^ (low >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * 3;
      if (words[at + 2] === 0 || (words[at] === low && words[at + 1] === high)) return slot;
    }
  }

  private grow(): void {
    const old = this.words;
    this.slots *= 2;
    this.words = new Uint32Array(this.slots * 3);
    for (let at = 0; at < old.length; at += 3) {
      if (old[at + 2] === 0) continue;
      this.words.set(old.subarray(at, at + 3), this.slotOf(old[at] as number, old[at + 1] as number) * 3);
    }
  }
}
