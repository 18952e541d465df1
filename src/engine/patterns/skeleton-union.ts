/** The different skeletons of many shards: one index for each 64-bit hash, with what the shards know of it added up. */

import type { ShardSkeletons } from '../shard/shard-api';

/** Slots a skeleton, at least: half of them stay free. */
const SLOTS_PER_SKELETON = 2;
const FIRST_SLOTS = 1024;

export class SkeletonUnion {
  count = 0;
  /** Two words each: low, high. */
  hashes = new Uint32Array(FIRST_SLOTS);
  /** Records of each. */
  counts = new Float64Array(FIRST_SLOTS / 2);
  coarse = new Uint16Array(FIRST_SLOTS / 2);
  /** Where the first shard that has it keeps it: index of the shard, and of the skeleton in it. */
  shards = new Uint32Array(FIRST_SLOTS / 2);
  ids = new Uint32Array(FIRST_SLOTS / 2);
  /** Index of a skeleton + 1; 0 is free. */
  private slots = new Uint32Array(FIRST_SLOTS);

  /**
   * Adds the skeletons of one shard.
   *
   * @param shard  index of the shard; those added first are the ones that keep a skeleton
   * @returns the index of each of its skeletons in the union
   */
  add({ hashes, counts, coarse }: ShardSkeletons, shard: number): Uint32Array {
    const found = new Uint32Array(counts.length);
    this.reserve(this.count + counts.length);
    for (let id = 0; id < counts.length; id++) {
      const low = hashes[id * 2] as number;
      const high = hashes[id * 2 + 1] as number;
      const mask = this.slots.length - 1;
      let slot = low & mask;
      let index = -1;
      for (; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
        const held = (this.slots[slot] as number) - 1;
        if (this.hashes[held * 2] !== low || this.hashes[held * 2 + 1] !== high) continue;
        index = held;
        break;
      }
      if (index < 0) {
        index = this.count++;
        this.slots[slot] = index + 1;
        this.hashes[index * 2] = low;
        this.hashes[index * 2 + 1] = high;
        this.coarse[index] = coarse[id] as number;
        this.shards[index] = shard;
        this.ids[index] = id;
      }
      this.counts[index] = (this.counts[index] as number) + (counts[id] as number);
      found[id] = index;
    }
    return found;
  }

  private reserve(count: number): void {
    if (count * 2 > this.hashes.length) {
      const room = 2 ** Math.ceil(Math.log2(count));
      this.hashes = grown(this.hashes, new Uint32Array(room * 2));
      this.counts = grown(this.counts, new Float64Array(room));
      this.coarse = grown(this.coarse, new Uint16Array(room));
      this.shards = grown(this.shards, new Uint32Array(room));
      this.ids = grown(this.ids, new Uint32Array(room));
    }
    if (count * SLOTS_PER_SKELETON <= this.slots.length) return;
    this.slots = new Uint32Array(2 ** Math.ceil(Math.log2(count * SLOTS_PER_SKELETON)));
    const mask = this.slots.length - 1;
    for (let index = 0; index < this.count; index++) {
      let slot = (this.hashes[index * 2] as number) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = index + 1;
    }
  }
}

function grown<T extends Uint32Array | Uint16Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/**
 * The least number of records a skeleton must have more than, so that at most `most` have more; 0 when there are no more
 * than that. Those with equal counts stay together: which are kept depends on nothing but the counts.
 */
export function fewestKept(counts: Float64Array, count: number, most: number): number {
  if (count <= most) return 0;
  const having = new Map<number, number>();
  for (let index = 0; index < count; index++) {
    const records = counts[index] as number;
    having.set(records, (having.get(records) ?? 0) + 1);
  }
  let kept = 0;
  for (const records of [...having.keys()].sort((a, b) => b - a)) {
    kept += having.get(records) as number;
    if (kept > most) return records;
  }
  return 0;
}
