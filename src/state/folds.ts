/** Which records of several lines are unfolded, and what of them is then shown in place. */
import { createSignal } from 'solid-js';

import type { Row } from '../engine/api';
import type { RecordId } from '../engine/records/record';

// An unfolded record shows so many lines in its place; the details hold the rest, and the row says so.
const UNFOLDED_LINES = 200;

export interface UnfoldedLines {
  readonly lines: readonly string[];
  /** Lines of the record that are not among them. */
  readonly leftOutCount: number;
}

/** What follows the first line of a record. */
export function unfoldedLines(row: Pick<Row, 'text' | 'lineCount'>): UnfoldedLines {
  const lines = row.text.split('\n').slice(1, 1 + UNFOLDED_LINES);
  return { lines, leftOutCount: Math.max(0, row.lineCount - 1 - lines.length) };
}

export function createFolds() {
  const [unfolded, setUnfolded] = createSignal<ReadonlySet<string>>(new Set());
  const isUnfolded = (id: RecordId) => unfolded().has(keyOf(id));
  return {
    isUnfolded,
    hasUnfolded: () => unfolded().size > 0,
    /** Lines below the record's row: none when it is folded, one more when some are left out, which it counts. */
    lineCountOf(row: Row): number {
      if (row.lineCount < 2 || !isUnfolded(row.id)) return 0;
      const { lines, leftOutCount } = unfoldedLines(row);
      return lines.length + (leftOutCount > 0 ? 1 : 0);
    },
    toggle(id: RecordId) {
      setUnfolded((old) => {
        const next = new Set(old);
        if (!next.delete(keyOf(id))) next.add(keyOf(id));
        return next;
      });
    },
  };
}

function keyOf(id: RecordId): string {
  return `${id.source}:${id.offset}`;
}
