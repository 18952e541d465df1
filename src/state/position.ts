/** Where a person stands in a long list, and how scrolling moves them: a row's index and pixels into it, never a pixel sum. */

/** The top edge of the view: `offset` pixels below the top of row `index`; 0 <= offset < height of that row. */
export interface Position {
  readonly index: number;
  readonly offset: number;
}

export const START: Position = { index: 0, offset: 0 };

/** What is known of a list on screen. Heights in px. */
export interface ListLayout {
  readonly count: number;
  readonly rowHeight: number;
  readonly viewHeight: number;
  /** Height of a row that differs (an unfolded record); rowHeight for all others, also those not loaded yet. */
  readonly heightOf: (index: number) => number;
}

// Beyond so many rows a move is by plain division: a jump with the scroll bar must not walk a hundred million rows.
const WALK_ROWS = 2000;

/** The position `deltaPx` further down (up when negative), within the list. */
export function moveBy(from: Position, deltaPx: number, layout: ListLayout): Position {
  const { rowHeight, heightOf, count } = layout;
  let { index, offset } = from;
  const farRows = Math.trunc(deltaPx / rowHeight);
  if (Math.abs(farRows) > WALK_ROWS) {
    index += farRows;
    return clampPosition({ index, offset }, layout);
  }
  offset += deltaPx;
  while (offset < 0 && index > 0) {
    index -= 1;
    offset += heightOf(index);
  }
  while (index < count && offset >= heightOf(index)) {
    offset -= heightOf(index);
    index += 1;
  }
  return clampPosition({ index, offset }, layout);
}

/** The nearest position that exists: not above the first row, and no emptier than the last screen. */
export function clampPosition(position: Position, layout: ListLayout): Position {
  if (position.index < 0 || position.offset < 0) return position.index <= 0 ? START : { ...position, offset: 0 };
  const end = endPosition(layout);
  const isPast = position.index > end.index || (position.index === end.index && position.offset > end.offset);
  return isPast ? end : position;
}

/** The last position: the last row's bottom edge lies on the view's. START when everything fits. */
export function endPosition({ count, viewHeight, heightOf }: ListLayout): Position {
  let left = viewHeight;
  for (let index = count - 1; index >= 0; index -= 1) {
    left -= heightOf(index);
    if (left <= 0) return { index, offset: Math.abs(left) };
  }
  return START;
}

/** Rows that touch the view, half-open. */
export function visibleRange(
  position: Position,
  { count, viewHeight, heightOf }: ListLayout,
): { start: number; end: number } {
  let bottom = -position.offset;
  let end = position.index;
  while (end < count && bottom < viewHeight) {
    bottom += heightOf(end);
    end += 1;
  }
  return { start: Math.min(position.index, count), end };
}

/**
 * The position that shows a row whole with the least movement; a row far away comes to the upper third, with its context.
 *
 * @returns `from` itself when the row is in view already
 */
export function reveal(from: Position, index: number, layout: ListLayout): Position {
  const { viewHeight, rowHeight, heightOf } = layout;
  if (index < from.index || (index === from.index && from.offset > 0)) {
    if (from.index - index > viewHeight / rowHeight) return around(index, layout);
    return clampPosition({ index, offset: 0 }, layout);
  }
  let top = -from.offset;
  for (let at = from.index; at < index; at += 1) {
    top += heightOf(at);
    if (top > 2 * viewHeight) return around(index, layout);
  }
  const excess = top + Math.min(heightOf(index), viewHeight) - viewHeight;
  return excess <= 0 ? from : moveBy(from, excess, layout);
}

/** A row in the upper third of the view. */
function around(index: number, layout: ListLayout): Position {
  return moveBy({ index, offset: 0 }, -Math.floor(layout.viewHeight / 3 / layout.rowHeight) * layout.rowHeight, layout);
}

/** How far down the list a position is, 0 (start) to 1 (end); 0 when everything fits. */
export function toFraction(position: Position, layout: ListLayout): number {
  const end = endPosition(layout);
  const total = end.index + end.offset / layout.rowHeight;
  return total <= 0 ? 0 : Math.min(1, (position.index + position.offset / layout.rowHeight) / total);
}

/** The position a fraction of the way down: the inverse of `toFraction`, to the nearest whole row but at the end. */
export function fromFraction(fraction: number, layout: ListLayout): Position {
  if (fraction >= 1) return endPosition(layout);
  const end = endPosition(layout);
  return clampPosition(
    { index: Math.max(0, Math.round(fraction * (end.index + end.offset / layout.rowHeight))), offset: 0 },
    layout,
  );
}
