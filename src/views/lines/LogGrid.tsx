/** The log: a grid of which only the rows on screen exist. Its position is a record and pixels into it. */
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be told that a hundred million of its rows are elsewhere; axe checks the grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and tells the active row by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys of the log are those of the page, in app/key-bindings
import { type Component, createEffect, createMemo, For, on, Show } from 'solid-js';

import type { SettingsStore } from '../../state/settings';
import type { RecordsStore } from '../../state/records';
import type { SourcesStore } from '../../state/sources';
import { ScrollArea, ScrollBar } from '../../ui/ScrollArea';
import { toCountText, toNumberText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import { toClockText, toDateText, toDayText } from '../time-text';
import styles from './LogGrid.module.css';
import { LogRow } from './LogRow';

interface LogGridProps {
  records: RecordsStore;
  sources: SourcesStore;
  settings: SettingsStore;
  /** Enter or a double click on a record. */
  onOpenDetails: () => void;
}

export const LogGrid: Component<LogGridProps> = (props) => {
  let grid!: HTMLDivElement;
  const zone = () => props.settings.settings().zone;
  const shownSources = createMemo(() =>
    props.sources.list().filter((source) => !props.sources.hidden().has(source.id)),
  );
  const hasOneSource = () => shownSources().length === 1;
  const hasTimes = () => shownSources().some((source) => source.firstTime !== null);
  const hasLevels = () =>
    shownSources().some((source) => source.levelCounts.some((count, code) => code > 0 && count > 0));
  const isReading = () => props.sources.opening().length > 0;
  const hasSeveralYears = createMemo(() => {
    const times = shownSources().flatMap(({ firstTime, lastTime }) => [firstTime ?? [], lastTime ?? []].flat());
    return new Set(times.map((time) => toDateText(time, zone()).slice(-4))).size > 1;
  });
  const topDay = () => {
    const time = props.records.visible()[0]?.row.time;
    if (typeof time !== 'number') return zone();
    return hasSeveralYears() ? toDateText(time, zone()) : `${toDayText(time, zone())}, ${zone()}`;
  };

  // The row heights are tokens: read again when the density changes.
  const measure = (viewHeight: number) => {
    const style = getComputedStyle(grid);
    const rowHeight = Number.parseFloat(style.getPropertyValue('--row')) || 24;
    props.records.setMetrics({
      viewHeight,
      rowHeight,
      lineHeight: Number.parseFloat(style.getPropertyValue('--under')) || 20,
    });
  };
  createEffect(
    on(
      () => props.settings.settings().density,
      () => measure(props.records.metrics().viewHeight),
      { defer: true },
    ),
  );

  const activeId = () => {
    const choice = props.records.selected();
    const isHere = choice?.isKept && props.records.visible().some((item) => item.index === choice.index);
    return isHere ? `record-${choice.index}` : undefined;
  };

  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element)) return;
    const place = event.target.closest<HTMLElement>('[data-index]');
    const item = place && props.records.itemAt(Number(place.dataset.index));
    if (!item) return;
    if (event.target.closest('[data-fold]')) props.records.toggleFold(item.row.id);
    else if (window.getSelection()?.isCollapsed !== false) void props.records.select(item.index); // text wins over rows
  };

  const placeText = () => {
    const first = props.records.visible()[0];
    const time = typeof first?.row.time === 'number' ? `, ${toClockText(first.row.time, zone())}` : '';
    return first
      ? `Record ${toNumberText(first.index + 1)} of ${toNumberText(props.records.count())}${time}`
      : 'No records';
  };

  return (
    <>
      <div
        ref={(element) => {
          grid = element;
        }}
        id="log"
        class={styles.grid}
        classList={{
          [styles.oneSource ?? '']: hasOneSource(),
          [styles.noTimes ?? '']: !hasTimes(),
          [styles.noLevels ?? '']: !hasLevels(),
          [styles.stale ?? '']: props.records.isStale(),
        }}
        role="grid"
        tabIndex={0}
        aria-label={`Log, ${toCountText(props.records.count(), 'record')}${isReading() ? ' so far' : ''}`}
        aria-rowcount={isReading() ? -1 : props.records.count() + 1}
        aria-busy={isReading()}
        aria-activedescendant={activeId()}
        data-region="log"
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
          rowHeight={props.records.metrics().rowHeight}
          viewHeight={props.records.metrics().viewHeight}
          onScroll={(px) => props.records.scrollBy(px)}
          onResize={measure}
        >
          <div
            class={styles.rows}
            role="rowgroup"
            ref={(element) => bindVars(element, () => ({ '--shift': `${-props.records.offset()}px` }))}
          >
            <For each={props.records.visible()}>
              {(item) => (
                <LogRow
                  item={item}
                  records={props.records}
                  zone={zone()}
                  sourceName={props.sources.get(item.row.id.source)?.name ?? ''}
                  sourceColour={props.sources.colourOf(item.row.id.source)}
                />
              )}
            </For>
          </div>
        </ScrollArea>
      </div>
      <Show when={props.records.count() > 0}>
        <ScrollBar
          label="Place in the log"
          controls="log"
          fraction={props.records.fraction()}
          share={Math.min(
            1,
            props.records.metrics().viewHeight / (props.records.metrics().rowHeight * props.records.count()),
          )}
          valueText={placeText()}
          onFraction={(fraction) => props.records.scrollToFraction(fraction)}
        />
      </Show>
    </>
  );
};
