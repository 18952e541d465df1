/** What only the screen can tell: how high rows came out, and how wide a column's values are. */

import type { Row } from '../../engine/api';
import type { ColumnId } from '../../state/layout';
import type { RecordItem } from '../../state/record-pages';

/**
 * Heights of records' rows, px, with what stands below them. One layout for all of them.
 *
 * @param rows   holds the rows, one below the other, and nothing else
 * @param toElement  the row of a record
 * @returns empty where nothing is laid out: in a hidden page, or without a screen
 */
export function measureRows(
  rows: HTMLElement,
  items: readonly RecordItem[],
  toElement: (item: RecordItem) => HTMLElement | null,
): { row: Row; px: number }[] {
  const total = rows.offsetHeight;
  if (total === 0) return [];
  const tops = items.map((item) => toElement(item)?.offsetTop ?? null);
  const first = tops[0] ?? 0;
  return items.flatMap(({ row }, at) => {
    const top = tops[at];
    const next = at + 1 < items.length ? tops[at + 1] : first + total;
    return typeof top === 'number' && typeof next === 'number' && next > top ? [{ row, px: next - top }] : [];
  });
}

// Beside the text: the cell's own padding and a little air.
const CELL_AIR_PX = 18;

/** px that the widest value of a column on screen needs; 0 without any. */
export function measureColumn(rows: HTMLElement, id: ColumnId): number {
  const range = document.createRange();
  let widest = 0;
  for (const cell of rows.querySelectorAll(`[data-column="${CSS.escape(id)}"]`)) {
    range.selectNodeContents(cell);
    widest = Math.max(widest, range.getBoundingClientRect().width);
  }
  return Math.ceil(widest) + CELL_AIR_PX;
}
