/** A selection's patterns, put together from what its shards counted. */

import { LEVEL_COUNT, type SourceId } from '../records/record';
import type { PatternBinning, ShardPatternCounts } from '../shard/shard-api';
import type { PatternBins, PatternRow, PatternTable, Seen } from './pattern';
import type { Book } from './pattern-book';

interface Sum {
  count: number;
  readonly levelCounts: number[];
  readonly sources: Map<SourceId, number>;
  first: Seen;
  last: Seen;
}

export class PatternTableMaker {
  private readonly sums: (Sum | undefined)[];
  private readonly bins: Uint32Array[] = [];

  constructor(patternCount: number) {
    this.sums = Array.from({ length: patternCount });
  }

  /** Adds a shard's counts; shards come in the order of the records. */
  add(source: SourceId, decodedStart: number, { patterns, levels, ends, bins }: ShardPatternCounts): void {
    this.bins.push(bins);
    patterns.forEach((pattern, i) => {
      const seen = (at: number): Seen => {
        const time = ends[i * 4 + at] as number;
        const offset = decodedStart + (ends[i * 4 + at + 1] as number);
        return { record: { source, offset }, time: Number.isNaN(time) ? null : time };
      };
      const [first, last] = [seen(0), seen(2)];
      let sum = this.sums[pattern];
      if (sum === undefined) {
        sum = { count: 0, levelCounts: Array.from({ length: LEVEL_COUNT }, () => 0), sources: new Map(), first, last };
        this.sums[pattern] = sum;
      } else {
        if (isBefore(first, sum.first)) sum.first = first;
        if (isBehind(last, sum.last)) sum.last = last;
      }
      let count = 0;
      for (let level = 0; level < LEVEL_COUNT; level++) {
        const records = levels[i * LEVEL_COUNT + level] as number;
        sum.levelCounts[level] = (sum.levelCounts[level] as number) + records;
        count += records;
      }
      sum.count += count;
      sum.sources.set(source, (sum.sources.get(source) ?? 0) + count);
    });
  }

  finish(book: Book, binning: PatternBinning, isComplete: boolean): PatternTable {
    const rows: PatternRow[] = [];
    let recordCount = 0;
    this.sums.forEach((sum, id) => {
      const pattern = book.patterns[id];
      if (sum === undefined || pattern === undefined) return;
      recordCount += sum.count;
      const { count, levelCounts, first, last } = sum;
      const sources = Array.from(sum.sources, ([source, records]) => ({ source, count: records }));
      rows.push({ ...pattern, count, levelCounts, sources, first, last, example: book.examples[id] ?? '' });
    });
    rows.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
    return {
      revision: book.revision,
      recordCount,
      rows,
      bins: this.joinBins(rows, binning),
      skeletonCount: book.skeletonCount,
      merged: book.merged,
      isComplete,
    };
  }

  /** Of all shards: by row, and in a row by bin. */
  private joinBins(rows: readonly PatternRow[], { startMs, binMs, binCount }: PatternBinning): PatternBins {
    const rowOf = new Uint32Array(this.sums.length);
    rows.forEach(({ id }, row) => {
      rowOf[id] = row;
    });
    const mostOf = new Uint32Array(rows.length + 1);
    for (const bins of this.bins)
      for (let at = 0; at < bins.length; at += 3) {
        const row = rowOf[bins[at] as number] as number;
        mostOf[row + 1] = (mostOf[row + 1] as number) + 1;
      }
    for (let row = 0; row < rows.length; row++) mostOf[row + 1] = (mostOf[row + 1] as number) + (mostOf[row] as number);
    const entryCount = mostOf[rows.length] as number;
    const unsortedAt = new Uint16Array(entryCount);
    const unsortedCounts = new Uint32Array(entryCount);
    const next = mostOf.slice();
    for (const bins of this.bins)
      for (let at = 0; at < bins.length; at += 3) {
        const row = rowOf[bins[at] as number] as number;
        const entry = next[row] as number;
        unsortedAt[entry] = bins[at + 1] as number;
        unsortedCounts[entry] = bins[at + 2] as number;
        next[row] = entry + 1;
      }
    const starts = new Uint32Array(rows.length + 1);
    const at = new Uint16Array(entryCount);
    const counts = new Uint32Array(entryCount);
    const sums = new Uint32Array(binCount);
    let size = 0;
    for (let row = 0; row < rows.length; row++) {
      const [from, to] = [mostOf[row] as number, mostOf[row + 1] as number];
      const mine = unsortedAt.slice(from, to).sort();
      for (let entry = from; entry < to; entry++) {
        const bin = unsortedAt[entry] as number;
        sums[bin] = (sums[bin] as number) + (unsortedCounts[entry] as number);
      }
      for (const bin of mine) {
        if (sums[bin] === 0) continue; // a bin that several shards have was written already
        at[size] = bin;
        counts[size] = sums[bin] as number;
        sums[bin] = 0;
        size++;
      }
      starts[row + 1] = size;
    }
    return { startMs, binMs, binCount, starts, at: at.slice(0, size), counts: counts.slice(0, size) };
  }
}

// Records with a time count before those without; of equal ones the first added is the first, the last added the last.

function isBefore(a: Seen, b: Seen): boolean {
  return a.time !== null && (b.time === null || a.time < b.time);
}

function isBehind(a: Seen, b: Seen): boolean {
  return b.time === null || (a.time !== null && a.time >= b.time);
}
