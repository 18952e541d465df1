/** The log's columns as people see them: titles, and the tracks of the one grid layout that head and rows share. */

import { type Column, type ColumnId, fieldOf } from '../../state/layout';

const TITLES: Readonly<Record<string, string>> = {
  time: 'Time',
  delta: 'Delta',
  level: 'Level',
  source: 'Source',
  message: 'Message',
};

/** What the column is called; a field by its own name. */
export function toColumnTitle(id: ColumnId): string {
  return fieldOf(id) ?? TITLES[id] ?? id;
}

/** The part of a class name or custom property that stands for a column: all fields look alike. */
export function toColumnKind(id: ColumnId): 'time' | 'delta' | 'level' | 'source' | 'message' | 'field' {
  return id === 'time' || id === 'delta' || id === 'level' || id === 'source' || id === 'message' ? id : 'field';
}

// Narrower than its head's word a column tells nothing; wider it leaves no room for the message. px.
export const MIN_COLUMN = 40;
export const MAX_COLUMN = 1200;

export const clampWidth = (px: number) => Math.round(Math.max(MIN_COLUMN, Math.min(MAX_COLUMN, px)));

/**
 * Value of `grid-template-columns`. A width a person chose gives way to the style sheet's `--cap-…`, which a narrow view or
 * a log without times sets to nothing.
 *
 * @param resized  a width that is being dragged, not taken up yet
 */
export function toTracks(columns: readonly Column[], resized: { id: ColumnId; width: number } | null): string {
  const tracks = columns.map(({ id, width }) => {
    const kind = toColumnKind(id);
    const px = resized?.id === id ? resized.width : width;
    if (kind === 'message') return px === null ? 'minmax(0, 1fr)' : `minmax(${px}px, 1fr)`;
    return px === null ? `var(--col-${kind})` : `min(${px}px, var(--cap-${kind}, ${px}px))`;
  });
  return ['var(--col-gutter)', ...tracks].join(' ');
}
