/**
 * The heads of the columns: dragged they move, dragged at the edge they resize, a double click there fits, a right click
 * opens what else there is. By key: the arrows walk them, with Shift they resize, with Ctrl and Shift they move, Enter
 * opens the menu.
 */
// biome-ignore-all lint/a11y/useSemanticElements: heads of the grid, see LogGrid
// biome-ignore-all lint/a11y/useFocusableInteractive: the head of the gutter does nothing
import { type Component, createSignal, For, type JSX, onCleanup, Show } from 'solid-js';

import type { Column, ColumnId, LayoutStore } from '../../state/layout';
import { Menu, type MenuEntry } from '../../ui/Menu';
import { clampWidth, toColumnKind, toColumnTitle } from './columns';
import styles from './LogGrid.module.css';

interface ColumnHeadsProps {
  layout: LayoutStore;
  columns: readonly Column[];
  /** The time column says which day it is. */
  day: string;
  /** Records stand in the order of their times. */
  isSortedByTime: boolean;
  /** While an edge is dragged. */
  onResizing: (resized: { id: ColumnId; width: number } | null) => void;
  /** px that the widest value on screen takes. */
  measure: (id: ColumnId) => number;
  /** Names of the fields of the record at hand, for adding columns. */
  readFields: () => Promise<readonly string[]>;
}

// Less is a click with an unsteady hand.
const DRAG_PX = 4;
const KEY_STEP_PX = 8;
// A menu of more is no menu; the details and the palette offer all.
const MENU_FIELDS = 24;

export const ColumnHeads: Component<ColumnHeadsProps> = (props) => {
  let head!: HTMLDivElement;
  const [menu, setMenu] = createSignal<{ anchor: Element; entries: readonly MenuEntry[]; title: string } | null>(null);
  // Where a head that is dragged would go: before this column; null: at the end. Undefined: none is dragged.
  const [target, setTarget] = createSignal<ColumnId | null | undefined>(undefined);
  let stopDrag = () => {};
  onCleanup(() => stopDrag());

  const headOf = (id: ColumnId) => head.querySelector<HTMLElement>(`[data-column="${CSS.escape(id)}"]`);
  const isMessage = (id: ColumnId) => id === 'message';

  /** Follows the pointer until it is lifted; Escape gives up. */
  function follow(event: PointerEvent, onMove: (event: PointerEvent) => void, onEnd: (isDone: boolean) => void) {
    const element = event.currentTarget as HTMLElement;
    element.setPointerCapture(event.pointerId);
    const end = (isDone: boolean) => () => {
      stopDrag();
      onEnd(isDone);
    };
    const onUp = end(true);
    const onCancel = end(false);
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return;
      key.preventDefault();
      key.stopPropagation();
      onCancel();
    };
    stopDrag = () => {
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onCancel);
      window.removeEventListener('keydown', onKey, true);
      stopDrag = () => {};
    };
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onCancel);
    window.addEventListener('keydown', onKey, true);
  }

  function dragEdge(event: PointerEvent, id: ColumnId) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const startX = event.clientX;
    const startWidth = headOf(id)?.offsetWidth ?? 0;
    let width = startWidth;
    follow(
      event,
      (move) => {
        width = clampWidth(startWidth + move.clientX - startX);
        props.onResizing({ id, width });
      },
      (isDone) => {
        props.onResizing(null);
        if (isDone && width !== startWidth) props.layout.setWidth(id, width);
      },
    );
  }

  function dragHead(event: PointerEvent, id: ColumnId) {
    if (event.button !== 0) return;
    const startX = event.clientX;
    follow(
      event,
      (move) => {
        if (target() === undefined && Math.abs(move.clientX - startX) < DRAG_PX) return;
        setTarget(columnAt(move.clientX));
      },
      (isDone) => {
        const before = target();
        setTarget(undefined);
        if (isDone && before !== undefined) props.layout.move(id, before);
      },
    );
  }

  /** The column before whose head a place lies; null: after all. */
  function columnAt(x: number): ColumnId | null {
    for (const { id } of props.columns) {
      const box = headOf(id)?.getBoundingClientRect();
      if (box && x < box.left + box.width / 2) return id;
    }
    return null;
  }

  /** The head beside one; those without a width, such as the source of a single file, are passed over. */
  function nextHead(id: ColumnId, direction: 1 | -1): HTMLElement | undefined {
    const shown = props.columns.flatMap((column) => headOf(column.id) ?? []).filter((one) => one.offsetWidth > 0);
    return shown[shown.findIndex((one) => one.dataset.column === id) + direction];
  }

  const fit = (id: ColumnId) => props.layout.setWidth(id, clampWidth(props.measure(id)));
  const step = (id: ColumnId, px: number) => props.layout.setWidth(id, clampWidth((headOf(id)?.offsetWidth ?? 0) + px));

  function moveBy(id: ColumnId, direction: 1 | -1) {
    const at = props.columns.findIndex((column) => column.id === id);
    const before = props.columns[direction === 1 ? at + 2 : at - 1];
    if (at + direction < 0 || at + direction >= props.columns.length) return;
    props.layout.move(id, before?.id ?? null);
    queueMicrotask(() => headOf(id)?.focus());
  }

  async function openMenu(anchor: Element, id: ColumnId) {
    const fields = await props.readFields();
    setMenu({
      anchor,
      entries: toColumnMenu(props.layout, fields, id, { fit, step, moveBy }),
      title: toColumnTitle(id),
    });
  }

  const onKeyDown = (event: KeyboardEvent, id: ColumnId) => {
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null;
    if (event.altKey || event.metaKey) return;
    if (direction !== null && event.shiftKey && event.ctrlKey) moveBy(id, direction);
    else if (direction !== null && event.shiftKey) {
      if (!isMessage(id)) step(id, direction * KEY_STEP_PX);
    } else if (direction !== null && !event.ctrlKey) {
      nextHead(id, direction)?.focus();
    } else if (event.key === 'ArrowDown') head.closest<HTMLElement>('[role="grid"]')?.focus();
    else if (event.key === 'Enter' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      void openMenu(event.currentTarget as Element, id);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const label = (id: ColumnId): JSX.Element =>
    id === 'time' ? (
      <>
        Time<span class={styles.day}>{props.day}</span>
      </>
    ) : (
      toColumnTitle(id)
    );

  return (
    <>
      <div
        ref={(element) => {
          head = element;
        }}
        class={styles.head}
        classList={{ [styles.dropLast ?? '']: target() === null }}
        role="row"
        aria-rowindex={1}
      >
        <span class={styles.gutter} role="columnheader">
          <span class="unseen">Mark and fold</span>
        </span>
        <For each={props.columns.map((column) => column.id)}>
          {(id) => (
            <span
              class={styles[toColumnKind(id)]}
              classList={{ [styles.dropBefore ?? '']: target() === id }}
              role="columnheader"
              aria-sort={id === 'time' && props.isSortedByTime ? 'ascending' : undefined}
              aria-haspopup="menu"
              data-column={id}
              tabIndex={-1}
              title={toColumnTitle(id)}
              onPointerDown={(event) => dragHead(event, id)}
              onKeyDown={(event) => onKeyDown(event, id)}
              onContextMenu={(event) => {
                event.preventDefault();
                void openMenu(event.currentTarget, id);
              }}
            >
              {label(id)}
              <Show when={!isMessage(id)}>
                <span
                  class={styles.edge}
                  data-edge=""
                  aria-hidden="true"
                  onPointerDown={(event) => {
                    event.stopPropagation();
                    dragEdge(event, id);
                  }}
                  onDblClick={() => fit(id)}
                />
              </Show>
            </span>
          )}
        </For>
      </div>
      <Show when={menu()}>
        {(open) => (
          <Menu
            label={`Column ${open().title}`}
            anchor={open().anchor}
            entries={open().entries}
            onClose={() => setMenu(null)}
          />
        )}
      </Show>
    </>
  );
};

interface HeadVerbs {
  readonly fit: (id: ColumnId) => void;
  readonly step: (id: ColumnId, px: number) => void;
  readonly moveBy: (id: ColumnId, direction: 1 | -1) => void;
}

/** What can be done with the columns. @param id  the column it was asked at; absent: all in general */
export function toColumnMenu(
  layout: LayoutStore,
  fields: readonly string[],
  id?: ColumnId,
  verbs?: HeadVerbs,
): readonly MenuEntry[] {
  const columns = layout.layout().columns;
  const shown = new Set(columns.map((column) => column.id));
  const others = fields.filter((name) => !shown.has(`field:${name}`)).slice(0, MENU_FIELDS);
  const entries: MenuEntry[] = [];
  if (id !== undefined && verbs) {
    if (!id.startsWith('message')) {
      entries.push(
        { label: `Hide ${toColumnTitle(id)}`, icon: 'close', run: () => layout.setHidden(id, true) },
        { label: 'Fit to what is shown', run: () => verbs.fit(id) },
        { label: 'Wider', run: () => verbs.step(id, 4 * KEY_STEP_PX) },
        { label: 'Narrower', run: () => verbs.step(id, -4 * KEY_STEP_PX) },
      );
    }
    entries.push(
      { label: 'Move left', run: () => verbs.moveBy(id, -1) },
      { label: 'Move right', run: () => verbs.moveBy(id, 1) },
      'line',
    );
  }
  for (const column of columns) {
    const title = toColumnTitle(column.id);
    if (column.id === 'message') continue;
    const name = column.id.startsWith('field:') ? title : null;
    entries.push({
      label: title,
      isOn: !column.isHidden,
      kind: 'switch',
      run: () => (name !== null ? layout.toggleField(name) : layout.setHidden(column.id, !column.isHidden)),
    });
  }
  if (others.length > 0) {
    entries.push('line');
    for (const name of others)
      entries.push({ label: `Add ${name}`, icon: 'plus', run: () => layout.toggleField(name) });
  }
  entries.push('line', { label: 'Reset the columns', run: () => layout.reset() });
  return entries;
}
