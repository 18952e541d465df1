/** The log and what stands around it: legend, timeline, rows, results, details. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: a scrolling region, not a section of its own
import { type Component, Match, Show, Suspense, Switch } from 'solid-js';

import type { RecordId } from '../../engine/records/record';
import { readSurroundings } from '../../state/surroundings';
import type { Workspace } from '../../state/workspace';
import { Button } from '../../ui/Button';
import type { Dock } from '../BottomDock';
import { FaultNotes } from '../SourceNotes';
import { Legend } from '../filter/Legend';
import { toEmptyText } from '../fault-text';
import { toCountText } from '../../ui/size-text';
import { ClockRepairBar } from '../sources/ClockRepairBar';
import { Timeline } from '../timeline/Timeline';
import { TimelineTools } from '../timeline/TimelineTools';
import { BesideFrame } from './BesideFrame';
import { DetailsDrawer, HexView, NothingLeft, ResultsPane, ValueMenus } from './lazy-parts';
import { bindValuePointer } from '../values/value-pointer';
import styles from './LinesView.module.css';
import { LogGrid } from './LogGrid';

interface LinesViewProps {
  workspace: Workspace;
  dock: Dock;
  onDock: (dock: Dock) => void;
  onCopy: (text: string) => void;
  /** Opens the note of a record for writing. */
  onNote: (record: RecordId) => void;
  focusView: () => void;
}

export const LinesView: Component<LinesViewProps> = (props) => {
  const { engine, sources, filter, records, timeline, cursor, settings, layout } = props.workspace;
  const { marks, values, results } = props.workspace;
  const zone = () => settings.settings().zone;
  const isReading = props.workspace.isReading;
  const shownSources = () => sources.list().filter((source) => !sources.hidden().has(source.id));
  /** The source to show as bytes: the one asked for, or the only ones shown when none of them is text. */
  const bytesSource = () => {
    const asked = props.workspace.bytesOf();
    if (asked !== null) return sources.get(asked) ?? null;
    const shown = shownSources();
    return shown.length > 0 && shown.every((source) => source.kind === 'binary') ? (shown[0] ?? null) : null;
  };
  /** Shown sources that have nothing to read, told above the rows of the others. */
  const silentSources = () => {
    const silent = shownSources().filter((source) => source.kind !== 'text' && source.state !== 'opening');
    return silent.length < shownSources().length ? silent : [];
  };
  // While files are read the timeline has its place already, so that the rows stay where they are when the first times come.
  const hasTimes = () =>
    (timeline.counts()?.all.binCount ?? 0) > 0 ||
    shownSources().some((source) => source.firstTime !== null) ||
    (isReading() &&
      shownSources().every(
        // Before the first records nobody knows: most logs have times.
        (source) => source.kind === 'text' && (source.timeKind !== 'none' || source.recordCount === 0),
      ));
  const here = () => {
    const rows = records.visible();
    return (rows.find((item) => records.isSelected(item.row.id)) ?? rows[0])?.row.time ?? null;
  };
  const goToTime = (time: number) => void cursor.goTo({ kind: 'time', time });
  const detailsPlace = () => settings.settings().detailsPlace;
  const closeDetails = () => {
    layout.set({ areDetailsOpen: false });
    props.focusView();
  };

  return (
    <>
      <section class={styles.timeline} aria-label="Levels and timeline">
        <div data-region="legend" tabIndex={-1}>
          <Legend filter={filter} sources={sources}>
            <Button
              size="small"
              look="quiet"
              icon="layers"
              aria-expanded={props.dock === 'sources'}
              onClick={() => props.onDock(props.dock === 'sources' ? null : 'sources')}
            >
              {toCountText(sources.list().length, 'source')}
            </Button>
            <TimelineTools
              timeline={timeline}
              isTableOpen={props.dock === 'table'}
              onTable={() => props.onDock(props.dock === 'table' ? null : 'table')}
            />
          </Legend>
        </div>
        <Show when={hasTimes()}>
          <Timeline
            timeline={timeline}
            filter={filter}
            marks={marks}
            zone={zone()}
            isReading={isReading()}
            here={here()}
            onGoTo={(time) => {
              goToTime(time);
              props.focusView();
            }}
            onShowRecord={(record) => {
              void cursor.goTo({ kind: 'record', record });
              props.focusView();
            }}
          />
        </Show>
      </section>
      <ClockRepairBar repair={props.workspace.clockRepair} sources={sources} zone={zone()} />
      <FaultNotes sources={sources} />
      <Show when={silentSources().length > 0}>
        <p class={styles.silent}>{silentSources().map(toEmptyText).join(' ')}</p>
      </Show>
      <main
        class={`${styles.work} ${detailsPlace() === 'below' ? styles.stacked : ''}`}
        ref={(element) => bindValuePointer(element, props.workspace)}
      >
        <Switch>
          <Match when={bytesSource()}>
            {(source) => (
              <HexView
                source={source()}
                readBytes={(start, end) => engine.bytes(source().id, start, end)}
                onClose={props.workspace.bytesOf() === null ? undefined : () => props.workspace.setBytesOf(null)}
              />
            )}
          </Match>
          <Match when={true}>
            <div class={styles.column}>
              <BesideFrame workspace={props.workspace} onOpenDetails={() => layout.set({ areDetailsOpen: true })}>
                <div class={styles.pane}>
                  <LogGrid
                    workspace={props.workspace}
                    pane={props.workspace.panes.log}
                    label="Log"
                    onOpenDetails={() => layout.set({ areDetailsOpen: true })}
                  />
                  <Show when={records.answer() && records.count() === 0 && records.isCurrent()}>
                    <Nothing workspace={props.workspace} zone={zone()} />
                  </Show>
                </div>
              </BesideFrame>
              <Show when={results.isSplit() && props.dock === null}>
                <ResultsPane workspace={props.workspace} onOpenDetails={() => layout.set({ areDetailsOpen: true })} />
              </Show>
            </div>
            <Show when={layout.layout().areDetailsOpen}>
              <Suspense>
                <DetailsDrawer
                  selected={props.workspace.panes.active().records.selected()}
                  readDetails={(record) => engine.details(record)}
                  sourceName={(id) => sources.nameOf(id)}
                  sourceColour={(id) => sources.colourOf(id)}
                  zone={zone()}
                  readSurroundings={(record, reach) => readSurroundings(engine, record, reach)}
                  onGoTo={(record) => void cursor.goTo({ kind: 'record', record })}
                  place={detailsPlace()}
                  size={detailsPlace() === 'right' ? layout.layout().detailsWidth : settings.settings().detailsHeight}
                  onSize={(px) =>
                    detailsPlace() === 'right'
                      ? layout.set({ detailsWidth: px })
                      : settings.change({ detailsHeight: px })
                  }
                  noteOf={(record) => marks.get(record)?.note ?? ''}
                  isMarked={(record) => marks.has(record)}
                  onMark={(record) => marks.toggle(record)}
                  onNote={props.onNote}
                  isColumn={(name) => layout.layout().columns.some(({ id }) => id === `field:${name}`)}
                  onInclude={(field) => values.include({ kind: 'field', ...field })}
                  onExclude={(field) => values.exclude({ kind: 'field', ...field })}
                  onColumn={(name) => layout.toggleField(name)}
                  onCopy={props.onCopy}
                  onClose={closeDetails}
                />
              </Suspense>
            </Show>
          </Match>
        </Switch>
        <ValueMenus workspace={props.workspace} onCopy={props.onCopy} />
      </main>
    </>
  );
};

/** No record to show: which part of the filter emptied it, or that the sources hold none. */
const Nothing: Component<{ workspace: Workspace; zone: string }> = (props) => {
  const { filter, sources } = props.workspace;
  return (
    <Show
      when={filter.isFiltered()}
      fallback={
        <p class={styles.nothing}>
          <b>
            {sources
              .list()
              .filter((source) => !sources.hidden().has(source.id))
              .map(toEmptyText)
              .join(' ') || 'No records yet.'}
          </b>
        </p>
      }
    >
      <NothingLeft workspace={props.workspace} zone={props.zone} />
    </Show>
  );
};
