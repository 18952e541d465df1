/** The dock below every view: sources, the timeline as a table, marks, saved filters, top values; while files are read, how far. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: a scrolling region, not a section of its own
import { type Component, createEffect, createSignal, Match, on, onCleanup, Show, Suspense, Switch } from 'solid-js';

import type { RecordId } from '../engine/records/record';
import type { Workspace } from '../state/workspace';
import { IconButton } from '../ui/Button';
import styles from './BottomDock.module.css';
import {
  MarksPanel,
  NamedFilters,
  OpeningPanel,
  SourcesPanel,
  TimelineTable,
  TopValuesPanel,
} from './lines/lazy-parts';

export type Dock = 'sources' | 'table' | 'marks' | 'filters' | 'top' | null;

const DOCK_TITLES = {
  sources: 'Sources',
  table: 'Timeline as a table',
  marks: 'Marks and notes',
  filters: 'Saved filters and colours',
  top: 'Top values',
} as const;

interface BottomDockProps {
  workspace: Workspace;
  dock: Dock;
  onDock: (dock: Dock) => void;
  onCopy: (text: string) => void;
  /** Opens the note of a record for writing. */
  onNote: (record: RecordId) => void;
}

// Reading that is over sooner is not worth a panel that comes and goes.
const PANEL_AFTER_MS = 300;

export const BottomDock: Component<BottomDockProps> = (props) => {
  const { engine, sources, digests, records, timeline, cursor, settings, marks, values, topValues } = props.workspace;
  const zone = () => settings.settings().zone;
  const [isReadingLong, setIsReadingLong] = createSignal(false);
  const goToTime = (time: number) => void cursor.goTo({ kind: 'time', time });

  createEffect(
    on(props.workspace.isReading, (reading) => {
      if (!reading) {
        setIsReadingLong(false);
        return;
      }
      const timer = setTimeout(() => setIsReadingLong(true), PANEL_AFTER_MS);
      onCleanup(() => clearTimeout(timer));
    }),
  );

  // The values of a field are asked for from menus and by key: their list opens; closing it is not asking any more.
  createEffect(
    on(values.topField, (field) => {
      if (field !== null) props.onDock('top');
      else if (props.dock === 'top') props.onDock(null);
    }),
  );
  createEffect(
    on(
      () => props.dock,
      (dock) => {
        if (dock !== 'top') values.showTop(null);
      },
      { defer: true },
    ),
  );

  return (
    <Switch>
      <Match when={props.dock !== null}>
        <section class={styles.dock} aria-label={DOCK_TITLES[props.dock ?? 'sources']} data-region="dock" tabIndex={-1}>
          <header class={styles.dockHead}>
            <h2>
              {DOCK_TITLES[props.dock ?? 'sources']}
              {props.dock === 'top' ? ` of ${values.topField() ?? ''}` : ''}
            </h2>
            <IconButton icon="close" label="Close" keys="Esc" onClick={() => props.onDock(null)} />
          </header>
          <Switch>
            <Match when={props.dock === 'table'}>
              <div class={styles.scroll} tabIndex={0} role="region" aria-label="Counts, scrollable">
                <Show when={timeline.zoom.shown()}>
                  {(counts) => (
                    <TimelineTable counts={counts()} span={timeline.zoom.span()} zone={zone()} onGoTo={goToTime} />
                  )}
                </Show>
              </div>
            </Match>
            <Match when={props.dock === 'sources'}>
              <SourcesPanel
                sources={sources}
                digests={digests}
                formats={() => engine.formats()}
                zone={zone()}
                repair={props.workspace.clockRepair}
                selectedSource={props.workspace.panes.active().records.selected()?.id.source ?? null}
                onCopy={props.onCopy}
                onShowBytes={(source) => props.workspace.setBytesOf(source)}
                onShowRecord={(record) => void cursor.goTo({ kind: 'record', record })}
              />
            </Match>
            <Match when={props.dock === 'filters'}>
              <Suspense>
                <NamedFilters workspace={props.workspace} />
              </Suspense>
            </Match>
            <Match when={props.dock === 'top' && values.topField()}>
              {(field) => (
                <Suspense>
                  <TopValuesPanel
                    field={field()}
                    top={topValues}
                    onInclude={(value) => values.include({ kind: 'field', name: field(), value })}
                    onExclude={(value) => values.exclude({ kind: 'field', name: field(), value })}
                  />
                </Suspense>
              )}
            </Match>
            <Match when={props.dock === 'marks'}>
              <Suspense>
                <MarksPanel
                  marks={marks}
                  sourceName={(id) => sources.nameOf(id)}
                  sourceColour={(id) => sources.colourOf(id)}
                  zone={zone()}
                  isSelected={(id) => records.isSelected(id)}
                  onGoTo={(record) => void cursor.goTo({ kind: 'record', record })}
                  onNote={props.onNote}
                  onCopy={props.onCopy}
                />
              </Suspense>
            </Match>
          </Switch>
        </section>
      </Match>
      <Match when={isReadingLong()}>
        <OpeningPanel sources={sources} firstError={() => void cursor.nextError(1)} />
      </Match>
    </Switch>
  );
};
