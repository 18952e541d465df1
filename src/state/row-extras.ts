/** What rows bring along when they were asked to: colours, columns, context. */
import type { Row } from '../engine/api';

export interface RowExtras {
  /** UTF-16 triples [start, end, index of the highlight], flattened. */
  readonly highlights: readonly number[];
  /** Highlights that keep the whole record. */
  readonly keptBy: readonly number[];
  /** Values of the fields asked for, in their order; null where the record has none. */
  readonly values: readonly (string | null)[];
  /** Shown only for being near a record that the filter keeps. */
  readonly isContext: boolean;
}

const NONE: RowExtras = { highlights: [], keptBy: [], values: [], isContext: false };

export function extrasOf(row: Row & Partial<RowExtras>): RowExtras {
  return row.highlights ? { ...NONE, ...row } : NONE;
}
