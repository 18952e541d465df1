/** The records of a pane: a grid of which only the rows on screen exist. Its position is a record and pixels into it. */
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be told that a hundred million of its rows are elsewhere; axe checks the grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and tells the active row by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys of the log are those of the page, in app/key-bindings
import { type Component, createEffect, createMemo, For, on, Show } from 'solid-js';

import type { Pane } from '../../state/panes';
import type { Workspace } from '../../state/workspace';
import { ScrollArea, ScrollBar } from '../../ui/ScrollArea';
import { toCountText, toNumberText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import { toClockText, toDateText, toDayText } from '../time-text';
import styles from './LogGrid.module.css';
import { LogRow, toRowId } from './LogRow';

interface LogGridProps {
  workspace: Pick<Workspace, 'panes' | 'sources' | 'settings'>;
  /** Whose records are shown. Its id is the id of the grid's element, and begins those of the rows. */
  pane: Pane;
  /** What the grid is called, before its count: "Log". */
  label: string;
  /** Enter or a double click on a record. */
  onOpenDetails: () => void;
}

export const LogGrid: Component<LogGridProps> = (props) => {
  let grid!: HTMLDivElement;
  const records = () => props.pane.records;
  const { panes, sources, settings } = props.workspace;
  const zone = () => settings.settings().zone;
  const shownSources = createMemo(() => sources.list().filter((source) => !sources.hidden().has(source.id)));
  const hasOneSource = () => shownSources().length === 1;
  const hasTimes = () => shownSources().some((source) => source.firstTime !== null);
  const hasLevels = () =>
    shownSources().some((source) => source.levelCounts.some((count, code) => code > 0 && count > 0));
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

  // The row heights are tokens: read again when the density changes.
  const measure = (viewHeight: number) => {
    const style = getComputedStyle(grid);
    const rowHeight = Number.parseFloat(style.getPropertyValue('--row')) || 24;
    records().setMetrics({
      viewHeight,
      rowHeight,
      lineHeight: Number.parseFloat(style.getPropertyValue('--under')) || 20,
    });
  };
  createEffect(
    on(
      () => settings.settings().density,
      () => measure(records().metrics().viewHeight),
      { defer: true },
    ),
  );

  const activeId = () => {
    const choice = records().selected();
    const isHere =
      choice?.isKept &&
      records()
        .visible()
        .some((item) => item.index === choice.index);
    return isHere ? toRowId(props.pane.id, choice.index) : undefined;
  };

  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element)) return;
    const place = event.target.closest<HTMLElement>('[data-index]');
    const item = place && records().itemAt(Number(place.dataset.index));
    if (!item) return;
    if (event.target.closest('[data-fold]')) records().toggleFold(item.row.id);
    else if (window.getSelection()?.isCollapsed !== false) void records().select(item.index); // text wins over rows
  };

  const placeText = () => {
    const first = records().visible()[0];
    const time = typeof first?.row.time === 'number' ? `, ${toClockText(first.row.time, zone())}` : '';
    return first
      ? `Record ${toNumberText(first.index + 1)} of ${toNumberText(records().count())}${time}`
      : 'No records';
  };

  return (
    <>
      <div
        ref={(element) => {
          grid = element;
        }}
        id={props.pane.id}
        class={styles.grid}
        classList={{
          [styles.oneSource ?? '']: hasOneSource(),
          [styles.noTimes ?? '']: !hasTimes(),
          [styles.noLevels ?? '']: !hasLevels(),
          [styles.stale ?? '']: records().isStale(),
        }}
        role="grid"
        tabIndex={0}
        aria-label={`${props.label}, ${toCountText(records().count(), 'record')}${isReading() ? ' so far' : ''}`}
        aria-rowcount={isReading() ? -1 : records().count() + 1}
        aria-busy={isReading()}
        aria-activedescendant={activeId()}
        data-region={props.pane.id}
        onFocusIn={() => panes.activate(props.pane.id)}
        onPointerDown={() => panes.activate(props.pane.id)}
        onClick={onClick}
        onDblClick={(event) => {
          if (
            event.target instanceof Element &&
            event.target.closest('[data-index]') &&
            !event.target.closest('[data-fold]')
          ) {
            props.onOpenDetails();
          }
        }}
      >
        <div class={styles.head} role="row" aria-rowindex={1}>
          <span class={styles.gutter} role="columnheader">
            <span class="unseen">Fold</span>
          </span>
          <span class={styles.time} role="columnheader">
            Time<span class={styles.day}>{topDay()}</span>
          </span>
          <span class={styles.delta} role="columnheader">
            Delta
          </span>
          <span class={styles.level} role="columnheader">
            Level
          </span>
          <span class={styles.source} role="columnheader">
            Source
          </span>
          <span class={styles.message} role="columnheader">
            Message
          </span>
        </div>
        <ScrollArea
          rowHeight={records().metrics().rowHeight}
          viewHeight={records().metrics().viewHeight}
          onScroll={(px) => records().scrollBy(px)}
          onResize={measure}
        >
          <div
            class={styles.rows}
            role="rowgroup"
            ref={(element) => bindVars(element, () => ({ '--shift': `${-records().offset()}px` }))}
          >
            <For each={records().visible()}>
              {(item) => (
                <LogRow
                  item={item}
                  paneId={props.pane.id}
                  records={records()}
                  zone={zone()}
                  sourceName={sources.nameOf(item.row.id.source)}
                  sourceColour={sources.colourOf(item.row.id.source)}
                />
              )}
            </For>
          </div>
        </ScrollArea>
      </div>
      <Show when={records().count() > 0}>
        <ScrollBar
          label={`Place in the ${props.label.toLowerCase()}`}
          controls={props.pane.id}
          fraction={records().fraction()}
          share={Math.min(1, records().metrics().viewHeight / (records().metrics().rowHeight * records().count()))}
          valueText={placeText()}
          onFraction={(fraction) => records().scrollToFraction(fraction)}
        />
      </Show>
    </>
  );
};
