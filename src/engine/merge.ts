/**
 * Several sources by time. Each keeps its file order; its merge key is the running maximum of its times, so keys never
 * decrease within a source, and equal keys go by source, then by file order.
 *
 *   coarse index   the key at every 4,096th kept record of each source
 *   row i          a coarse key surely before it → exact ranks there (one round trip) → merge on from there
 */

import type { Fleet } from './fleet';
import { type Cut, cutsAt } from './merge-cuts';
import type { SourceId } from './records/record';
import type { RecordPlace } from './shard-reader';
import type { ShardSlot } from './source-entry';
import type { Selection } from './selection';
import type { Selections } from './selections';

const STEP = 4096;

export interface CoarseSource {
  readonly source: SourceId;
  readonly count: number;
  /** Key at positions 0, STEP, 2 STEP, … */
  readonly keys: Float64Array;
  readonly slots: readonly ShardSlot[];
  /** Kept records before each slot. */
  readonly before: readonly number[];
  /** Greatest time of the slots before each slot. */
  readonly carries: readonly number[];
}

/** First positions of `count` runs of equal length, and where the last one ends: p lies in run floor(p × count / total). */
export function runStarts(total: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, run) => Math.ceil((run * total) / count));
}

export class Merge {
  /** The cut after the rows told last, so that scrolling on need not search. */
  private last: { position: number; cut: Cut } | undefined;

  /** The cuts at the runs told last: who counts hits in them asks again and again. */
  private runs: { count: number; cuts: Promise<Cut[]> } | undefined;

  private constructor(
    private readonly fleet: Fleet,
    private readonly bits: number,
    readonly sources: readonly CoarseSource[],
  ) {}

  static async build(fleet: Fleet, selections: Selections, selection: Selection): Promise<Merge> {
    const sources = await Promise.all(
      selection.sources.map(async (source): Promise<CoarseSource> => {
        const slots = selections.covered(selection, source);
        const maxima = await Promise.all(slots.map((slot) => fleet.onShard(slot.key, (api) => api.maxTime(slot.key))));
        const before: number[] = [];
        const carries: number[] = [];
        let count = 0;
        let carry = -Infinity;
        slots.forEach((slot, i) => {
          before.push(count);
          carries.push(carry);
          count += selections.countIn(selection, slot);
          carry = Math.max(carry, maxima[i] ?? -Infinity);
        });
        const parts = await Promise.all(
          slots.map((slot, i) => {
            const start = before[i] as number;
            const first = Math.ceil(start / STEP) * STEP - start;
            return fleet.onShard(slot.key, (api) =>
              api.keys(slot.key, selection.bits, first, Infinity, STEP, carries[i] as number),
            );
          }),
        );
        const keys = new Float64Array(Math.ceil(count / STEP));
        let filled = 0;
        for (const part of parts) {
          keys.set(part, filled);
          filled += part.length;
        }
        return { source, count, keys, slots, before, carries };
      }),
    );
    return new Merge(fleet, selection.bits, sources);
  }

  get count(): number {
    return this.sources.reduce((sum, source) => sum + source.count, 0);
  }

  /** Keys of positions [first, end) of one source. */
  private async keysOf(source: CoarseSource, first: number, end: number): Promise<Float64Array> {
    const stop = Math.min(end, source.count);
    if (first >= stop) return new Float64Array(0);
    const parts: Promise<Float64Array>[] = [];
    source.slots.forEach((slot, i) => {
      const start = source.before[i] as number;
      const after = source.before[i + 1] ?? source.count;
      const from = Math.max(first, start);
      const to = Math.min(stop, after);
      if (from < to)
        parts.push(
          this.fleet.onShard(slot.key, (api) =>
            api.keys(slot.key, this.bits, from - start, to - start, 1, source.carries[i] as number),
          ),
        );
    });
    const keys = new Float64Array(stop - first);
    let filled = 0;
    for (const part of await Promise.all(parts)) {
      keys.set(part, filled);
      filled += part.length;
    }
    return keys;
  }

  /** Keys at ascending positions of one source. */
  private async keysAt(source: CoarseSource, positions: Float64Array): Promise<Float64Array> {
    const keys = new Float64Array(positions.length);
    let first = 0;
    await Promise.all(
      source.slots.map(async (slot, i) => {
        const start = source.before[i] as number;
        const after = source.before[i + 1] ?? source.count;
        const from = first;
        while (first < positions.length && (positions[first] as number) < after) first++;
        if (from === first) return;
        const mine = Uint32Array.from(positions.subarray(from, first), (position) => position - start);
        const carry = source.carries[i] as number;
        keys.set(await this.fleet.onShard(slot.key, (api) => api.keysAt(slot.key, this.bits, mine, carry)), from);
      }),
    );
    return keys;
  }

  /** How many records of each source come before each of `count` equal runs of the merged order, and after the last. */
  runsOf(count: number): Promise<Cut[]> {
    if (this.runs?.count === count) return this.runs.cuts;
    const targets = runStarts(this.count, count);
    const cuts = cutsAt(this.sources, STEP, targets, (source, positions) =>
      this.keysAt(this.sources[source] as CoarseSource, positions),
    );
    const runs = { count, cuts };
    this.runs = runs;
    cuts.catch(() => {
      if (this.runs === runs) this.runs = undefined; // told to who waits for it; the next one tries again
    });
    return cuts;
  }

  /** Merge key at a position of one source. */
  async keyAt(index: number, position: number): Promise<number> {
    const source = this.sources[index] as CoarseSource;
    return (await this.keysOf(source, position, position + 1))[0] as number;
  }

  /** Positions of the source at `index` whose key is below `key` (or at most `key`). */
  rankOfKey(index: number, key: number, isInclusive: boolean): Promise<number> {
    return this.rankIn(this.sources[index] as CoarseSource, key, isInclusive);
  }

  /** Positions of one source whose key is below `key` (or at most `key`). */
  private async rankIn(source: CoarseSource, key: number, isInclusive: boolean): Promise<number> {
    let low = 0;
    let high = source.keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const value = source.keys[middle] as number;
      if (isInclusive ? value <= key : value < key) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return 0;
    const first = (low - 1) * STEP;
    const keys = await this.keysOf(source, first, first + STEP);
    let within = 0;
    while (within < keys.length && (isInclusive ? (keys[within] as number) <= key : (keys[within] as number) < key))
      within++;
    return first + within;
  }

  /** For each source, how many of its records come before `key`. */
  async cutAt(key: number): Promise<Cut> {
    return Promise.all(this.sources.map((source) => this.rankIn(source, key, false)));
  }

  /** Merged position of record `position` of the source at `index`. */
  async positionOf(index: number, position: number): Promise<number> {
    const source = this.sources[index];
    if (source === undefined) return this.count;
    if (position >= source.count) return this.positionAtEndOf(index);
    return this.rankOf(index, (await this.keysOf(source, position, position + 1))[0] as number, position);
  }

  /** Kept records before a record with this key of the source at `index`; `position` of them are of its own source. */
  private async rankOf(index: number, key: number, position: number): Promise<number> {
    const ranks = await Promise.all(
      this.sources.map(async (other, i) => (i === index ? position : this.rankIn(other, key, i < index))),
    );
    return ranks.reduce((sum, rank) => sum + rank, 0);
  }

  /**
   * Merged position of the first kept record at or after a record, which need not be kept itself.
   *
   * @param position  kept records of its source before it
   */
  async positionOfPlace(index: number, place: RecordPlace | null, position: number): Promise<number> {
    const source = this.sources[index];
    const slot = source?.slots[place?.shard ?? -1];
    if (source === undefined || slot === undefined || place === null) return this.positionOf(index, position);
    const { record } = place;
    const carry = source.carries[place.shard] as number;
    // Keys are running maxima over all records: the same whatever is kept.
    const found = await this.fleet.onShard(slot.key, (api) => api.keys(slot.key, 0, record, record + 1, 1, carry));
    return found[0] === undefined ? this.positionOf(index, position) : this.rankOf(index, found[0], position);
  }

  private async positionAtEndOf(index: number): Promise<number> {
    const source = this.sources[index] as CoarseSource;
    return source.count === 0 ? 0 : (await this.positionOf(index, source.count - 1)) + 1;
  }

  /** Source index and position for each merged row of [first, first + count). */
  async rows(first: number, count: number): Promise<{ source: number; position: number }[]> {
    const start = await this.startBefore(first);
    const need = first - start.position + count;
    const windows = await Promise.all(
      this.sources.map((source, i) => this.keysOf(source, start.cut[i] as number, (start.cut[i] as number) + need)),
    );
    const at = this.sources.map(() => 0);
    const rows: { source: number; position: number }[] = [];
    for (let position = start.position; position < first + count; position++) {
      let best = -1;
      for (let i = 0; i < windows.length; i++) {
        const window = windows[i] as Float64Array;
        if ((at[i] as number) >= window.length) continue;
        if (
          best < 0 ||
          (window[at[i] as number] as number) < ((windows[best] as Float64Array)[at[best] as number] as number)
        )
          best = i;
      }
      if (best < 0) break;
      const within = at[best] as number;
      at[best] = within + 1;
      if (position >= first) rows.push({ source: best, position: (start.cut[best] as number) + within });
    }
    this.last = {
      position: first + rows.length,
      cut: this.sources.map((_, i) => (start.cut[i] as number) + (at[i] as number)),
    };
    return rows;
  }

  /** A cut at or before merged position `first`, not far before it. */
  private async startBefore(first: number): Promise<{ position: number; cut: Cut }> {
    const { last } = this;
    if (last !== undefined && last.position <= first && first - last.position < STEP) return last;
    // The greatest coarse key that surely has at most `first` records before it.
    const all = this.sources.flatMap((source) => Array.from(source.keys)).sort((a, b) => a - b);
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.mostBefore(all[middle] as number) <= first) low = middle + 1;
      else high = middle;
    }
    const key = low === 0 ? undefined : all[low - 1];
    if (key === undefined) return { position: 0, cut: this.sources.map(() => 0) };
    return this.skipEqual(key, await this.cutAt(key), first);
  }

  /** Records of one key go by source, then by file order: those before `first` need not be walked (all of a log without times). */
  private async skipEqual(key: number, cut: Cut, first: number): Promise<{ position: number; cut: Cut }> {
    let position = cut.reduce((sum, rank) => sum + rank, 0);
    if (first - position < STEP) return { position, cut };
    const ends = await Promise.all(this.sources.map((source) => this.rankIn(source, key, true)));
    const skipped = cut.map((rank, i) => {
      const count = Math.min((ends[i] as number) - rank, first - position);
      position += count;
      return rank + count;
    });
    return { position, cut: skipped };
  }

  /** An upper bound of how many records have a key below `key`. */
  private mostBefore(key: number): number {
    let sum = 0;
    for (const source of this.sources) {
      let low = 0;
      let high = source.keys.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((source.keys[middle] as number) < key) low = middle + 1;
        else high = middle;
      }
      sum += Math.min(source.count, low * STEP);
    }
    return sum;
  }
}
