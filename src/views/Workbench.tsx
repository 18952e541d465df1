/** An open log: the one filter, the view of it that is shown, and the dock below. */
import { type Component, Match, Show, Suspense, Switch } from 'solid-js';

import type { RecordId } from '../engine/records/record';
import type { Workspace } from '../state/workspace';
import { latePart } from '../ui/late-part';
import { BottomDock, type Dock } from './BottomDock';
import { FilterBar } from './filter/FilterBar';
import { FilterTools } from './filter/FilterTools';
import { LinesView } from './lines/LinesView';
import { FaultNotes } from './SourceNotes';
import styles from './Workbench.module.css';

const FirstLookView = latePart(async () => ({ default: (await import('./first-look/FirstLookView')).FirstLookView }));
const PatternsView = latePart(async () => ({ default: (await import('./patterns/PatternsView')).PatternsView }));

interface WorkbenchProps {
  workspace: Workspace;
  dock: Dock;
  onDock: (dock: Dock) => void;
  onCopy: (text: string) => void;
  /** Opens the note of a record for writing. */
  onNote: (record: RecordId) => void;
  filterRef: (input: HTMLInputElement) => void;
  /** The focus, into the view that is shown. */
  focusView: () => void;
}

export const Workbench: Component<WorkbenchProps> = (props) => {
  const { filter, records, results, settings, sources, view, whole, isReading } = props.workspace;
  /** What the log's own records are to answer. */
  const logFilter = () => (results.isSplit() ? filter.base() : filter.filter());
  const toggle = (panel: Dock) => props.onDock(props.dock === panel ? null : panel);
  return (
    <>
      <FilterBar
        ref={props.filterRef}
        filter={filter}
        records={records}
        count={results.isSplit() && results.hasTexts() ? results.hitCount() : whole.answer() && whole.count()}
        isBehind={
          results.isSplit() && results.hasTexts()
            ? results.isCounting()
            : whole.answer()?.filter !== logFilter() || (whole.isStale() && !isReading())
        }
        isWhole={whole.answer()?.filter.kind === 'all' && !(results.isSplit() && results.hasTexts())}
        zone={settings.settings().zone}
        isReading={isReading()}
        onLeave={() => props.focusView()}
      >
        <FilterTools
          isSplit={results.isSplit()}
          onSplit={() => {
            view.show('lines');
            results.toggle();
          }}
          areNamedShown={props.dock === 'filters'}
          onNamed={() => toggle('filters')}
        />
      </FilterBar>
      <Show when={!view.is('lines')}>
        <FaultNotes sources={sources} />
      </Show>
      <Switch>
        <Match when={view.is('first-look')}>
          <main class={styles.view} id="first-look" data-region="first-look" tabIndex={-1} aria-label="First look">
            <Suspense>
              <FirstLookView workspace={props.workspace} focusView={props.focusView} onDock={props.onDock} />
            </Suspense>
          </main>
        </Match>
        <Match when={view.is('lines')}>
          <LinesView
            workspace={props.workspace}
            dock={props.dock}
            onDock={props.onDock}
            onCopy={props.onCopy}
            onNote={props.onNote}
            focusView={props.focusView}
          />
        </Match>
        <Match when={view.is('patterns')}>
          <main class={styles.view} id="patterns" data-region="patterns" tabIndex={-1} aria-label="Patterns">
            <Suspense>
              <PatternsView workspace={props.workspace} focusView={props.focusView} />
            </Suspense>
          </main>
        </Match>
      </Switch>
      <BottomDock
        workspace={props.workspace}
        dock={props.dock}
        onDock={props.onDock}
        onCopy={props.onCopy}
        onNote={props.onNote}
      />
    </>
  );
};
