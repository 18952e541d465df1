/**
 * How high the rows of records are, px: worked out where a row's shape tells it, measured where text wraps or a record is
 * unfolded. What was measured is kept by record, so that scrolling back meets the same heights again.
 */
import { createSignal } from 'solid-js';

import type { Row } from '../engine/api';
import { keyOf } from './folds';

export interface RowHeightsOptions {
  /** Height that a row's shape tells; exact unless `isUncertain`. */
  readonly estimate: (row: Row) => number;
  /** Whether only the screen can tell: the text wraps, or unfolded fields flow in columns. */
  readonly isUncertain: (row: Row) => boolean;
}

// Far more than a person scrolls through between two changes of the width; the oldest are forgotten and measured again.
const KEPT_HEIGHTS = 50_000;
// Layout rounds to 1/64 px.
const SAME_PX = 0.05;

export function createRowHeights({ estimate, isUncertain }: RowHeightsOptions) {
  const measured = new Map<string, number>();
  const [version, setVersion] = createSignal(0);
  const tell = () => setVersion((old) => old + 1);
  return {
    heightOf(row: Row): number {
      version();
      return (isUncertain(row) ? measured.get(keyOf(row.id)) : undefined) ?? estimate(row);
    },
    /**
     * Takes up what the screen shows.
     *
     * @param heights  px
     * @returns whether any differs from what was known
     */
    note(heights: readonly { readonly row: Row; readonly px: number }[]): boolean {
      let isNew = false;
      for (const { row, px } of heights) {
        if (!isUncertain(row)) continue;
        const key = keyOf(row.id);
        const known = measured.get(key);
        if (known !== undefined && Math.abs(known - px) < SAME_PX) continue;
        measured.set(key, px);
        isNew = true;
      }
      for (const key of measured.keys()) {
        if (measured.size <= KEPT_HEIGHTS) break;
        measured.delete(key);
      }
      if (isNew) tell();
      return isNew;
    },
    /** One record is drawn differently. */
    forgetOne(row: Row) {
      if (measured.delete(keyOf(row.id))) tell();
    },
    /** The rows are drawn differently: of another width, wrapped, unfolded. */
    forget() {
      if (measured.size === 0) return;
      measured.clear();
      tell();
    },
  };
}
