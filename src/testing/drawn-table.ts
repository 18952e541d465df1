/** Tables of patterns drawn as counts per minute. */
import type { PatternRow, PatternTable } from '../engine/patterns/pattern';

export const MINUTE = 60_000;

export interface DrawnPattern {
  readonly text: string;
  /** Records per minute from the epoch on. */
  readonly bins: readonly number[];
  /** Level code of all of them, or counts per code. */
  readonly level?: number | readonly number[];
}

/** Minutes from the epoch on; a pattern's first and last records are where its first and last bins begin. */
export function drawTable(...drawn: DrawnPattern[]): PatternTable {
  const binCount = Math.max(0, ...drawn.map(({ bins }) => bins.length));
  const starts = [0];
  const at: number[] = [];
  const counts: number[] = [];
  const rows = drawn.map(({ text, bins, level = 3 }, id): PatternRow => {
    bins.forEach((count, bin) => {
      if (count === 0) return;
      at.push(bin);
      counts.push(count);
    });
    starts.push(at.length);
    const count = bins.reduce((sum, one) => sum + one, 0);
    const seen = (bin: number) => ({ record: { source: 1, offset: id }, time: bin < 0 ? null : bin * MINUTE });
    return {
      id,
      text,
      count,
      tokens: [{ kind: 'literal', text }],
      skeletonCount: 1,
      isMerged: false,
      levelCounts:
        typeof level === 'number' ? [0, 1, 2, 3, 4, 5, 6].map((code) => (code === level ? count : 0)) : level,
      sources: [{ source: 1, count }],
      first: seen(bins.findIndex((one) => one > 0)),
      last: seen(bins.findLastIndex((one) => one > 0)),
      example: text,
    };
  });
  return {
    rows,
    revision: 1,
    recordCount: rows.reduce((sum, row) => sum + row.count, 0),
    bins: {
      binCount,
      startMs: 0,
      binMs: MINUTE,
      starts: Uint32Array.from(starts),
      at: Uint16Array.from(at),
      counts: Uint32Array.from(counts),
    },
    skeletonCount: rows.length,
    merged: null,
    isComplete: true,
  };
}
