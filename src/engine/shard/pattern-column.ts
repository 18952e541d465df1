/** Questions to the skeleton column: which records are of a pattern, and what each pattern has. */

import { breathe } from '../../base/breathe';
import { TIME_NONE, TIME_WIDE } from '../kernels/index-layout';
import { LEVEL_COUNT } from '../records/record';
import type { Inside } from './inside';
import { type LoadedShard, type RecordBlock, throwIfGone } from './loaded-shard';
import type { LocalPatterns, PatternBinning, ShardKey, ShardPatternCounts } from './shard-api';

/** Work between two breaths. */
const BREATH_MS = 12;

/** What the skeleton column holds for records [first, first + count) of a shard, as far as there are any. */
export function skeletonIdsOf(shard: LoadedShard, buffer: ArrayBuffer, first: number, count: number): Uint32Array {
  const end = Math.min(shard.recordCount, first + count);
  const ids = new Uint32Array(Math.max(0, end - first));
  for (let at = first; at < end; ) {
    const block = shard.blockOf(at);
    const stop = Math.min(end, block.first + block.count);
    ids.set(new Uint32Array(buffer, block.skeletons + (at - block.first) * 4, stop - at), at - first);
    at = stop;
  }
  return ids;
}

/** Pattern of a record whose skeleton column holds `id`. */
export function patternOf({ ofSkeleton, ofCoarse }: LocalPatterns, id: number): number {
  return (id < ofSkeleton.length ? ofSkeleton[id] : ofCoarse?.[id & 0xffff]) as number;
}

/** @throws Fault `stale` when cancelled, `source-unknown`, `selection-unknown` */
export async function countPatterns(
  inside: Inside,
  selection: number,
  shards: readonly { readonly key: ShardKey; readonly patterns: LocalPatterns }[],
  bins: PatternBinning,
  ticket: number,
): Promise<ShardPatternCounts[]> {
  const found: ShardPatternCounts[] = [];
  const counter = new PatternCounter(bins);
  let breathed = performance.now();
  for (const { key, patterns } of shards) {
    const shard = inside.shardOf(key);
    counter.begin(shard, patterns);
    for (const [index, block] of shard.blocks.entries()) {
      throwIfGone(shard);
      const bits = inside.bitsOf(key, selection);
      counter.count(block, inside.arena.memory.buffer, bits === null ? 0 : (bits.pointers[index] as number));
      if (performance.now() - breathed <= BREATH_MS) continue;
      await breathe();
      breathed = performance.now();
      inside.throwIfCancelled(ticket);
      throwIfGone(shard);
    }
    found.push(counter.end(new DataView(inside.arena.memory.buffer)));
  }
  return found;
}

/**
 * Counts one shard after the other. A pattern's run of records in one bin is written down when the next bin begins for it:
 * where times go forward that is one triple for each bin it has records in, however many patterns and bins there are.
 */
class PatternCounter {
  private shard: LoadedShard | undefined;
  private local: LocalPatterns = { ofSkeleton: new Uint32Array(0), ofCoarse: null };
  /** Patterns of the shard in the order they were met. */
  private met: number[] = [];
  // By pattern, grown as patterns come; only those of `met` are valid.
  private isMet = new Uint8Array(0);
  private levels = new Uint32Array(0);
  private firstTime = new Float64Array(0);
  private lastTime = new Float64Array(0);
  /** Record indexes in the shard. */
  private first = new Uint32Array(0);
  private last = new Uint32Array(0);
  private bin = new Int32Array(0);
  private inBin = new Uint32Array(0);
  private places = new Uint32Array(0);
  /** {pattern, bin, records}, as the runs ended. */
  private runs = new Uint32Array(3 * 1024);
  private runCount = 0;

  constructor(private readonly binning: PatternBinning) {}

  begin(shard: LoadedShard, local: LocalPatterns): void {
    for (const pattern of this.met) this.isMet[pattern] = 0;
    this.met = [];
    this.runCount = 0;
    this.shard = shard;
    this.local = local;
    let most = 0;
    for (const id of local.ofSkeleton) if (id + 1 > most) most = id + 1;
    for (const id of local.ofCoarse ?? []) if (id !== 0xffffffff && id + 1 > most) most = id + 1;
    if (most > this.isMet.length) this.grow(most);
  }

  private grow(most: number): void {
    const room = 2 ** Math.ceil(Math.log2(most));
    this.isMet = new Uint8Array(room);
    this.levels = new Uint32Array(room * LEVEL_COUNT);
    this.firstTime = new Float64Array(room);
    this.lastTime = new Float64Array(room);
    this.first = new Uint32Array(room);
    this.last = new Uint32Array(room);
    this.bin = new Int32Array(room);
    this.inBin = new Uint32Array(room);
    this.places = new Uint32Array(room);
  }

  private meet(pattern: number, record: number): void {
    this.isMet[pattern] = 1;
    this.met.push(pattern);
    this.levels.fill(0, pattern * LEVEL_COUNT, (pattern + 1) * LEVEL_COUNT);
    this.firstTime[pattern] = Number.NaN;
    this.lastTime[pattern] = Number.NaN;
    this.first[pattern] = record;
    this.bin[pattern] = -1;
    this.inBin[pattern] = 0;
  }

  /** @param pointer  of the selection's bits; 0: all records */
  count(block: RecordBlock, buffer: ArrayBuffer, pointer: number): void {
    const shard = this.shard as LoadedShard;
    const { ofSkeleton, ofCoarse } = this.local;
    const { startMs, binMs, binCount } = this.binning;
    const { isMet, levels, firstTime, lastTime, first, last, bin, inBin } = this;
    const view = new DataView(buffer);
    const bits = new Uint32Array(buffer, pointer, pointer === 0 ? 0 : (block.count + 31) >> 5);
    const skeletons = new Uint32Array(buffer, block.skeletons, block.count);
    const times = new Int32Array(buffer, block.times, block.count);
    const levelCodes = new Uint8Array(buffer, block.levels, block.count);
    const shift = shard.shiftOf(block);
    const base = shift === null ? 0 : block.base + shift;
    for (let i = 0; i < block.count; i++) {
      if (pointer !== 0) {
        const word = bits[i >> 5] as number;
        if (word === 0) {
          i |= 31;
          continue;
        }
        if (((word >>> (i & 31)) & 1) === 0) continue;
      }
      const id = skeletons[i] as number;
      const pattern = (id < ofSkeleton.length ? ofSkeleton[id] : ofCoarse?.[id & 0xffff]) as number;
      const record = block.first + i;
      if (isMet[pattern] === 0) this.meet(pattern, record);
      const code = (levelCodes[i] as number) & 15;
      const at = pattern * LEVEL_COUNT + (code < LEVEL_COUNT ? code : 0);
      levels[at] = (levels[at] as number) + 1;
      const delta = times[i] as number;
      if (delta === TIME_NONE) {
        if (Number.isNaN(lastTime[pattern] as number)) last[pattern] = record;
        continue;
      }
      const time = delta === TIME_WIDE || shift === null ? (shard.timeAt(view, block, i) as number) : base + delta;
      // What has no time yet compares as false: the first time is taken.
      if (!((firstTime[pattern] as number) <= time)) {
        firstTime[pattern] = time;
        first[pattern] = record;
      }
      if (!((lastTime[pattern] as number) > time)) {
        lastTime[pattern] = time;
        last[pattern] = record;
      }
      const place = Math.floor((time - startMs) / binMs);
      if (place < 0 || place >= binCount) continue;
      if (place === bin[pattern]) {
        inBin[pattern] = (inBin[pattern] as number) + 1;
        continue;
      }
      this.endRun(pattern);
      bin[pattern] = place;
      inBin[pattern] = 1;
    }
  }

  private endRun(pattern: number): void {
    const records = this.inBin[pattern] as number;
    if (records === 0) return;
    const at = this.runCount * 3;
    if (at === this.runs.length) {
      const more = new Uint32Array(this.runs.length * 2);
      more.set(this.runs);
      this.runs = more;
    }
    this.runs[at] = pattern;
    this.runs[at + 1] = this.bin[pattern] as number;
    this.runs[at + 2] = records;
    this.runCount++;
  }

  end(view: DataView): ShardPatternCounts {
    const shard = this.shard as LoadedShard;
    for (const pattern of this.met) this.endRun(pattern);
    const patterns = Uint32Array.from(this.met).sort();
    const levels = new Uint32Array(patterns.length * LEVEL_COUNT);
    const ends = new Float64Array(patterns.length * 4);
    patterns.forEach((pattern, i) => {
      levels.set(this.levels.subarray(pattern * LEVEL_COUNT, (pattern + 1) * LEVEL_COUNT), i * LEVEL_COUNT);
      ends[i * 4] = this.firstTime[pattern] as number;
      ends[i * 4 + 1] = shard.offsetOf(view, this.first[pattern] as number);
      ends[i * 4 + 2] = this.lastTime[pattern] as number;
      ends[i * 4 + 3] = shard.offsetOf(view, this.last[pattern] as number);
    });
    return { patterns, levels, ends, bins: joinRuns(this.runs.subarray(0, this.runCount * 3), patterns, this.places) };
  }
}

/**
 * Runs in order, those of one pattern and bin added up.
 *
 * @param places  room for the place of each pattern among `patterns`
 */
function joinRuns(runs: Uint32Array, patterns: Uint32Array, places: Uint32Array): Uint32Array {
  patterns.forEach((pattern, i) => {
    places[pattern] = i;
  });
  const runCount = runs.length / 3;
  const starts = new Uint32Array(patterns.length + 1);
  for (let at = 0; at < runs.length; at += 3) {
    const place = (places[runs[at] as number] as number) + 1;
    starts[place] = (starts[place] as number) + 1;
  }
  for (let i = 0; i < patterns.length; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  const bins = new Uint32Array(runCount);
  const counts = new Uint32Array(runCount);
  const next = starts.slice();
  for (let at = 0; at < runs.length; at += 3) {
    const place = places[runs[at] as number] as number;
    const to = next[place] as number;
    bins[to] = runs[at + 1] as number;
    counts[to] = runs[at + 2] as number;
    next[place] = to + 1;
  }
  const joined = new Uint32Array(runs.length);
  let size = 0;
  for (let i = 0; i < patterns.length; i++) {
    const [start, end] = [starts[i] as number, starts[i + 1] as number];
    // Nearly always in order already: times go forward.
    let isAscending = true;
    for (let at = start + 1; at < end && isAscending; at++)
      isAscending = (bins[at - 1] as number) <= (bins[at] as number);
    if (!isAscending) sortPart(bins, counts, start, end);
    let last = -1;
    for (let at = start; at < end; at++) {
      const bin = bins[at] as number;
      if (bin !== last) {
        joined[size] = patterns[i] as number;
        joined[size + 1] = bin;
        size += 3;
        last = bin;
      }
      joined[size - 1] = (joined[size - 1] as number) + (counts[at] as number);
    }
  }
  return joined.slice(0, size);
}

/** Puts the bins [start, end) in order, and their counts with them. */
function sortPart(bins: Uint32Array, counts: Uint32Array, start: number, end: number): void {
  const order = Uint32Array.from({ length: end - start }, (_, i) => start + i);
  order.sort((a, b) => (bins[a] as number) - (bins[b] as number));
  bins.set(
    order.map((at) => bins[at] as number),
    start,
  );
  counts.set(
    order.map((at) => counts[at] as number),
    start,
  );
}
