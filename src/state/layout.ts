/** How the records are laid out: columns, wrapping, panes and their sizes. Saved with the workspace; changes are acts. */
import { createSignal } from 'solid-js';

import type { ActsStore, SessionPart } from './acts';

/** A column of the log; a field shown as a column is `field:` and the field's name. */
export type ColumnId = 'time' | 'delta' | 'level' | 'source' | 'message' | `field:${string}`;

export interface Column {
  readonly id: ColumnId;
  /** px; null: as wide as the style sheet says */
  readonly width: number | null;
  readonly isHidden: boolean;
}

export interface Layout {
  /** In order from the left. The message is always among them and takes what room is left. */
  readonly columns: readonly Column[];
  readonly isWrapped: boolean;
  /** JSON records are unfolded as fields rather than as they are written. */
  readonly isPretty: boolean;
  readonly areDetailsOpen: boolean;
  /** px */
  readonly detailsWidth: number;
  /** Height of the bottom dock as a share of the work area, 0..1. */
  readonly dockShare: number;
}

export const DEFAULT_LAYOUT: Layout = {
  columns: (['time', 'delta', 'level', 'source', 'message'] as const).map((id) => ({
    id,
    width: null,
    isHidden: false,
  })),
  isWrapped: false,
  isPretty: true,
  areDetailsOpen: false,
  detailsWidth: 360,
  dockShare: 0.28,
};

/** The name of the field that a column shows; null for the columns every record has. */
export function fieldOf(id: ColumnId): string | null {
  return id.startsWith('field:') ? id.slice('field:'.length) : null;
}

export function createLayout(acts: ActsStore) {
  const [layout, setLayout] = createSignal<Layout>(DEFAULT_LAYOUT);
  const part: SessionPart<Layout> = { save: layout, restore: (value) => setLayout(value) };

  /** @param title  as the act is named: "Column hidden" */
  function change(title: string, next: Partial<Layout>, mergeKey?: string) {
    acts.change(title, part, () => setLayout((old) => ({ ...old, ...next })), mergeKey);
  }

  function changeColumn(title: string, id: ColumnId, next: Partial<Column>, mergeKey?: string) {
    const columns = layout().columns.map((column) => (column.id === id ? { ...column, ...next } : column));
    change(title, { columns }, mergeKey);
  }

  return {
    layout,
    part,
    change,
    /** Changes without an act: what a person would not think of as a change, such as an open drawer. */
    set: (next: Partial<Layout>) => setLayout((old) => ({ ...old, ...next })),
    shownColumns: () => layout().columns.filter((column) => !column.isHidden),
    /** Names of the fields shown as columns, in order: what rows are asked to bring along. */
    shownFields: () => layout().columns.flatMap((column) => (column.isHidden ? [] : (fieldOf(column.id) ?? []))),
    setWidth: (id: ColumnId, width: number | null) =>
      changeColumn('Column resized', id, { width }, `column width ${id}`),
    setHidden: (id: ColumnId, isHidden: boolean) =>
      changeColumn(isHidden ? 'Column hidden' : 'Column shown', id, { isHidden }),
    /** Puts a column before another, or at the end (before null). */
    move(id: ColumnId, before: ColumnId | null) {
      const moved = layout().columns.find((column) => column.id === id);
      if (!moved || id === before) return;
      const rest = layout().columns.filter((column) => column.id !== id);
      const at = before === null ? rest.length : rest.findIndex((column) => column.id === before);
      if (at < 0) return;
      change('Column moved', { columns: [...rest.slice(0, at), moved, ...rest.slice(at)] });
    },
    /** Shows a field as a column before the message, or takes the column away. */
    toggleField(name: string) {
      const id: ColumnId = `field:${name}`;
      const { columns } = layout();
      if (columns.some((column) => column.id === id)) {
        change('Column removed', { columns: columns.filter((column) => column.id !== id) });
        return;
      }
      const at = columns.findIndex((column) => column.id === 'message');
      const added: Column = { id, width: null, isHidden: false };
      change('Column added', { columns: [...columns.slice(0, at), added, ...columns.slice(at)] });
    },
    reset: () => change('Columns reset', { columns: DEFAULT_LAYOUT.columns }),
  };
}

export type LayoutStore = ReturnType<typeof createLayout>;
