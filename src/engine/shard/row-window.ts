/** A window of rows of one shard, with what was asked to be found in them: hits, highlights, values of fields. */

import { planFilter } from '../query/plan';
import type { Filter } from '../query/filter';
import { Evaluator, wordsFor } from './evaluate';
import type { Inside } from './inside';
import { type LoadedShard, type RecordBlock, sliceOf, throwIfGone } from './loaded-shard';
import { planPlaceOf } from './plan-place';
import { buildRow, patternsOf, type RowMarks } from './rows';
import type { SelectedShard, ShardRow, ShardRowsWish } from './shard-api';

export async function readRows(inside: Inside, asked: SelectedShard, wish: ShardRowsWish): Promise<ShardRow[]> {
  const { arena, blockBytes, kernels } = inside;
  const { key } = asked;
  const shard = inside.shardOf(key);
  const finder = new MarkFinder(inside, shard, asked, wish);
  const rows: ShardRow[] = [];
  const kept = inside.bitsOf(key, wish.selection)?.count ?? shard.recordCount;
  const end = Math.min(wish.first + wish.count, kept);
  try {
    for (let position = wish.first; position < end; ) {
      throwIfGone(shard);
      const block = shard.blockOf(inside.bitsOf(key, wish.selection)?.indexAt(position) ?? position);
      position = await blockBytes.with(shard, block, (bytes) => {
        const bits = inside.bitsOf(key, wish.selection); // while its bytes were read, the selection may have been given up
        const wanted: number[] = [];
        for (let next = position; next < end; next++) {
          const i = (bits === null ? next : bits.indexAt(next)) - block.first;
          if (i >= block.count) break;
          wanted.push(i);
        }
        finder.look(block, wanted, bytes);
        const columns = new DataView(arena.memory.buffer);
        const memory = new Uint8Array(arena.memory.buffer);
        let at = block.startOffset;
        let lines = block.linesBefore;
        wanted.forEach((i, n) => {
          const offset = columns.getUint32(block.offsets + i * 4, true);
          lines += kernels.countNewlines(bytes + at, bytes + offset);
          at = offset;
          rows.push(buildRow(shard, block, i, columns, memory, bytes, lines, finder.marksOf(block, i, n)));
        });
        return position + wanted.length;
      });
    }
    return rows;
  } finally {
    finder.close();
  }
}

/** A filter whose places are marked in rows, ready to be asked which of them it keeps. */
interface Marker {
  readonly patterns: readonly RegExp[];
  readonly evaluator: Evaluator;
  /** Of the records looked at last, in their order. */
  keeps: boolean[];
}

class MarkFinder {
  private readonly own: readonly RegExp[];
  /** Absent where the hits are those of the selection's own filter. */
  private readonly hits: Marker | undefined;
  private readonly highlights: readonly Marker[];

  constructor(
    private readonly inside: Inside,
    private readonly shard: LoadedShard,
    private readonly asked: SelectedShard,
    private readonly wish: ShardRowsWish,
  ) {
    this.own = wish.isOwnFilter ? patternsOf(wish.hits) : [];
    this.hits = wish.isOwnFilter || wish.hits === null ? undefined : this.marker(wish.hits);
    this.highlights = wish.highlights.map((filter) => this.marker(filter));
  }

  private marker(filter: Filter): Marker {
    const plan = planFilter(filter, planPlaceOf(this.shard, this.asked));
    const evaluator = new Evaluator(this.inside.kernels, this.inside.arena, plan);
    return { patterns: patternsOf(filter), evaluator, keeps: [] };
  }

  /** Evaluates the filters over these records of a block and no others. */
  look(block: RecordBlock, wanted: readonly number[], bytes: number): void {
    const { arena } = this.inside;
    const markers = [...(this.hits === undefined ? [] : [this.hits]), ...this.highlights];
    for (const marker of markers) marker.keeps = [];
    if (markers.length === 0 || wanted.length === 0) return;
    const bits = arena.allocate(wordsFor(wanted.length) * 4);
    try {
      for (let n = 0; n < wanted.length; ) {
        // Records that follow each other are evaluated together.
        const first = wanted[n] as number;
        let count = 1;
        while (wanted[n + count] === first + count) count++;
        for (const { evaluator, keeps } of markers) {
          const slice = sliceOf(block, first, count, new DataView(arena.memory.buffer));
          evaluator.evaluate(this.shard, slice, bytes, bits.pointer);
          const view = new DataView(arena.memory.buffer);
          for (let i = 0; i < count; i++)
            keeps.push(((view.getUint32(bits.pointer + (i >> 5) * 4, true) >>> (i & 31)) & 1) === 1);
        }
        n += count;
      }
    } finally {
      arena.give(bits);
    }
  }

  /** @param n  where record i of the block stands among those looked at last */
  marksOf(block: RecordBlock, i: number, n: number): RowMarks {
    const { wish, inside } = this;
    const isContext =
      wish.core !== wish.selection && inside.bitsOf(this.asked.key, wish.core)?.has(block.first + i) === false;
    return {
      hits:
        this.hits === undefined ? (isContext ? [] : this.own) : this.hits.keeps[n] === true ? this.hits.patterns : [],
      highlights: this.highlights.flatMap(({ keeps, patterns }, index) =>
        keeps[n] === true ? [{ index, patterns }] : [],
      ),
      fields: wish.fields,
      isContext,
    };
  }

  close(): void {
    this.hits?.evaluator.close();
    for (const { evaluator } of this.highlights) evaluator.close();
  }
}
