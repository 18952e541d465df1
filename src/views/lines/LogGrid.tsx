/** The records of a pane: a grid of which only the rows on screen exist. Its position is a record and pixels into it. */
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be told that a hundred million of its rows are elsewhere; axe checks the grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and tells the active row by aria-activedescendant
import { type Component, createEffect, createMemo, createSignal, For, on, Show, useContext } from 'solid-js';

import type { Row } from '../../engine/api';
import type { ColumnId } from '../../state/layout';
import type { Pane } from '../../state/panes';
import type { RecordItem } from '../../state/record-pages';
import type { Workspace } from '../../state/workspace';
import { CommandContext } from '../../ui/command-context';
import { Menu } from '../../ui/Menu';
import type { Box } from '../../ui/menu-place';
import { ScrollArea } from '../../ui/ScrollArea';
import { toCountText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import { toDateText, toDayText } from '../time-text';
import { ColumnHeads } from './ColumnHeads';
import { toTracks } from './columns';
import { ColumnsButton } from './ColumnsButton';
import type { RowVerb } from './HoverVerbs';
import styles from './LogGrid.module.css';
import { LogRow, type RowContext, toCellId, toRowId } from './LogRow';
import { measureColumn, measureRows } from './measure';
import { Minimap } from './Minimap';
import { toRowMenu } from './row-menu';
import { StickyLine } from './StickyLine';

interface LogGridProps {
  workspace: Workspace;
  /** Whose records are shown. Its id is the id of the grid's element, and begins those of the rows. */
  pane: Pane;
  /** What the grid is called, before its count: "Log". */
  label: string;
  /** Enter or a double click on a record. */
  onOpenDetails: () => void;
}

export const LogGrid: Component<LogGridProps> = (props) => {
  let grid!: HTMLDivElement;
  let rows!: HTMLDivElement;
  const records = () => props.pane.records;
  const { panes, sources, settings, layout, marks, highlights, copying, engine } = props.workspace;
  const zone = () => settings.settings().zone;
  const shownSources = createMemo(() => sources.list().filter((source) => !sources.hidden().has(source.id)));
  const hasOneSource = () => shownSources().length === 1;
  // A source that is being read keeps the columns in their places: whether it has times and levels shows in the end.
  const hasTimes = () => shownSources().some((source) => source.firstTime !== null || source.state === 'opening');
  const hasLevels = () =>
    shownSources().some(
      (source) => source.state === 'opening' || source.levelCounts.some((count, code) => code > 0 && count > 0),
    );
  const isReading = () => sources.opening().length > 0;
  const hasSeveralYears = createMemo(() => {
    const times = shownSources().flatMap(({ firstTime, lastTime }) => [firstTime ?? [], lastTime ?? []].flat());
    return new Set(times.map((time) => toDateText(time, zone()).slice(-4))).size > 1;
  });
  const topDay = () => {
    const time = records().visible()[0]?.row.time;
    if (typeof time !== 'number') return zone();
    return hasSeveralYears() ? toDateText(time, zone()) : `${toDayText(time, zone())}, ${zone()}`;
  };

  const [resized, setResized] = createSignal<{ id: ColumnId; width: number } | null>(null);
  const commandOf = useContext(CommandContext);
  // What the menu of the selected records belongs to; null: it is closed.
  const [menu, setMenu] = createSignal<Element | Box | null>(null);
  const [hovered, setHovered] = createSignal(-1);
  // The cell that the arrows have come to: 0 is the gutter, -1 the row as a whole.
  const [activeCell, setActiveCell] = createSignal(-1);
  // A width that changes leaves the rows' cells as they are.
  const columnIds = createMemo(() => layout.shownColumns().map((column) => column.id), [], {
    equals: (a, b) => a.join('\n') === b.join('\n'),
  });

  const context: RowContext = {
    paneId: props.pane.id,
    records: props.pane.records,
    zone,
    columns: columnIds,
    fields: createMemo(() => layout.shownFields()),
    sourceName: (id) => sources.nameOf(id),
    sourceColour: (id) => sources.colourOf(id),
    markOf({ row }) {
      const mark = marks.get(row.id);
      return mark ? (mark.note === '' ? 'mark' : 'note') : null;
    },
    hovered,
    colourOf: (highlight) => highlights.colourOf(highlight),
    recordColourOf: (keptBy) => highlights.recordColourOf(keptBy),
  };

  // The row heights are tokens: read again when the density changes.
  const measure = (viewHeight: number, viewWidth: number) => {
    const style = getComputedStyle(grid);
    records().setMetrics({
      viewWidth,
      viewHeight,
      rowHeight: Number.parseFloat(style.getPropertyValue('--row')) || 24,
      lineHeight: Number.parseFloat(style.getPropertyValue('--under')) || 20,
    });
  };
  createEffect(
    on(
      () => settings.settings().density,
      () => measure(records().metrics().viewHeight, records().metrics().viewWidth ?? 0),
      { defer: true },
    ),
  );
  // Before the frame is painted: what came in above moves nothing that one sees.
  createEffect(() => {
    const items = records().visible();
    if (records().hasUncertainHeights()) records().noteHeights(measureRows(rows, items, toElement));
  });
  // Narrower or wider columns leave the message more or less room to wrap in.
  createEffect(on([() => layout.layout().columns, resized], () => records().forgetHeights(), { defer: true }));

  const toElement = (item: RecordItem) => document.getElementById(toRowId(props.pane.id, item.index));

  const activeId = () => {
    const choice = records().selected();
    const isHere =
      choice?.isKept &&
      records()
        .visible()
        .some((item) => item.index === choice.index);
    if (!isHere) return undefined;
    const column = activeCell() === 0 ? 'gutter' : columnIds()[activeCell() - 1];
    return column ? toCellId(props.pane.id, choice.index, column) : toRowId(props.pane.id, choice.index);
  };

  const itemOf = (target: EventTarget | null) => {
    if (!(target instanceof Element)) return undefined;
    const place = target.closest<HTMLElement>('[data-index]');
    return place ? records().itemAt(Number(place.dataset.index)) : undefined;
  };

  const onClick = (event: MouseEvent) => {
    const item = itemOf(event.target);
    if (!item || !(event.target instanceof Element)) return;
    const verb = event.target.closest<HTMLElement>('[data-verb]');
    const shape = event.target.closest<HTMLElement>('[data-shape]')?.dataset.shape;
    if (verb) runVerb(verb.dataset.verb as RowVerb, item.row, verb);
    else if (shape === 'fields' || shape === 'json' || shape === 'raw') records().setJsonShape(item.row.id, shape);
    else if (event.target.closest('[data-fold]')) records().toggleFold(item.row.id);
    else if (event.shiftKey) void records().extendTo(item.index);
    else if (event.ctrlKey || event.metaKey) void records().togglePick(item.index);
    else if (window.getSelection()?.isCollapsed !== false) void records().select(item.index); // text wins over rows
  };

  function runVerb(verb: RowVerb, row: Row, anchor: Element) {
    if (verb === 'mark') marks.toggle(row);
    else if (verb === 'copy') void choose(row).then(copying.copyRaw);
    else if (verb === 'link') void choose(row).then(() => commandOf('link.copy')?.run());
    else void choose(row).then(() => setMenu(anchor));
  }

  /** Selects a record that verbs are to act on; one of several that are selected stands for them all. */
  async function choose(row: Row): Promise<void> {
    const index = records()
      .visible()
      .find((item) => item.row === row)?.index;
    if (index !== undefined && !records().isPicked(index)) await records().select(index);
  }

  /** The element of the selected row, where its menu opens by key. */
  const selectedElement = () => {
    const choice = records().selected();
    return choice?.isKept ? document.getElementById(toRowId(props.pane.id, choice.index)) : null;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target === grid && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      event.preventDefault();
      setMenu(selectedElement());
      return;
    }
    if (event.target !== grid || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setActiveCell((old) => Math.max(-1, Math.min(columnIds().length, old + step)));
  };

  async function readFields(): Promise<readonly string[]> {
    const id = records().selected()?.id ?? records().visible()[0]?.row.id;
    if (!id) return [];
    const details = await engine.details(id);
    return details.fields.map((field) => field.name);
  }

  /** The record whose beginning has scrolled out while its end is in view. */
  const cut = () => {
    const first = records().visible()[0];
    const { rowHeight } = records().metrics();
    const height = first ? records().heightOf(first.index) : 0;
    // A row of one line is gone when it is gone; what remains of a longer one has to say what it belongs to.
    return first && records().offset() > rowHeight / 2 && height > 1.5 * rowHeight
      ? { item: first, push: Math.min(0, height - records().offset() - rowHeight) }
      : null;
  };

  return (
    <div class={styles.frame}>
      <div
        ref={(element) => {
          grid = element;
          bindVars(element, () => ({ '--cols': toTracks(layout.shownColumns(), resized()) }));
        }}
        id={props.pane.id}
        class={styles.grid}
        classList={{
          [styles.oneSource ?? '']: hasOneSource(),
          [styles.noTimes ?? '']: !hasTimes(),
          [styles.noLevels ?? '']: !hasLevels(),
          [styles.stale ?? '']: records().isStale(),
          [styles.wrapped ?? '']: records().isWrapped(),
        }}
        role="grid"
        tabIndex={0}
        aria-label={`${props.label}, ${toCountText(records().count(), 'record')}${isReading() ? ' so far' : ''}`}
        aria-rowcount={isReading() ? -1 : records().count() + 1}
        aria-multiselectable="true"
        aria-busy={isReading()}
        aria-activedescendant={activeId()}
        data-region={props.pane.id}
        onFocusIn={() => panes.activate(props.pane.id)}
        onPointerDown={() => panes.activate(props.pane.id)}
        onMouseDown={(event) => {
          if (!event.shiftKey || !itemOf(event.target)) return;
          event.preventDefault(); // it would select all the text between
          grid.focus();
        }}
        onClick={onClick}
        onKeyDown={onKeyDown}
        onCopy={(event) => {
          if (window.getSelection()?.isCollapsed === false || records().pickedCount() === 0) return;
          event.preventDefault();
          void copying.copyRaw();
        }}
        onPointerOver={(event) => {
          if (event.pointerType !== 'touch') setHovered(itemOf(event.target)?.index ?? -1);
        }}
        onPointerLeave={() => setHovered(-1)}
        onContextMenu={(event) => {
          const item = itemOf(event.target);
          // Selected text is for the browser's own menu.
          if (!item || event.shiftKey || window.getSelection()?.isCollapsed === false) return;
          event.preventDefault();
          const { clientX: x, clientY: y } = event;
          void choose(item.row).then(() => setMenu({ left: x, right: x, top: y, bottom: y }));
        }}
        onDblClick={(event) => {
          const isOnButton = event.target instanceof Element && event.target.closest('button') !== null;
          if (itemOf(event.target) && !isOnButton) props.onOpenDetails();
        }}
      >
        <ColumnHeads
          layout={layout}
          columns={layout.shownColumns()}
          day={topDay()}
          isSortedByTime={records().answer()?.info.order === 'time'}
          onResizing={setResized}
          measure={(id) => measureColumn(rows, id)}
          readFields={readFields}
        />
        <ScrollArea
          rowHeight={records().metrics().rowHeight}
          viewHeight={records().metrics().viewHeight}
          onScroll={(px) => records().scrollBy(px)}
          onResize={measure}
        >
          <div
            class={styles.rows}
            role="rowgroup"
            ref={(element) => {
              rows = element;
              bindVars(element, () => ({ '--shift': `${-records().offset()}px` }));
            }}
          >
            <For each={records().visible()}>{(item) => <LogRow item={item} context={context} />}</For>
          </div>
          <Show when={cut()}>{(now) => <StickyLine item={now().item} push={now().push} context={context} />}</Show>
        </ScrollArea>
      </div>
      <Show when={menu()}>
        {(anchor) => (
          <Menu
            label={toCountText(records().pickedCount(), 'record')}
            anchor={anchor()}
            entries={toRowMenu(commandOf)}
            onClose={() => setMenu(null)}
          />
        )}
      </Show>
      <div class={styles.side}>
        <ColumnsButton layout={layout} readFields={readFields} />
        <Show when={records().count() > 0}>
          <Minimap workspace={props.workspace} pane={props.pane} label={`Place in the ${props.label.toLowerCase()}`} />
        </Show>
      </div>
    </div>
  );
};
