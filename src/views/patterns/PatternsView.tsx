/** The kinds of messages in the log: exact counts, what is new on top, and the one that is open beside the table. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
import { type Component, createEffect, createMemo, Match, onCleanup, Show, Suspense, Switch } from 'solid-js';

import type { Workspace } from '../../state/workspace';
import { Button } from '../../ui/Button';
import { latePart } from '../../ui/late-part';
import { toCountText, toNumberText } from '../../ui/size-text';
import { FaultNote } from '../FaultNote';
import { toEmptyText } from '../fault-text';
import { PatternPanel } from './PatternPanel';
import { PatternsToolbar } from './PatternsToolbar';
import styles from './PatternsView.module.css';
import { PatternTable } from './PatternTable';
import { RenameDialog } from './RenameDialog';

const ErrorGroups = latePart(async () => ({ default: (await import('./ErrorGroups')).ErrorGroups }));
const NothingLeft = latePart(async () => ({ default: (await import('../filter/NothingLeft')).NothingLeft }));

interface PatternsViewProps {
  workspace: Workspace;
  /** The focus, into the view that is shown. */
  focusView: () => void;
}

export const PatternsView: Component<PatternsViewProps> = (props) => {
  const { patterns, filter, sources, settings, isReading } = props.workspace;
  const { table, look, choice } = patterns;
  onCleanup(table.want());
  const zone = () => settings.settings().zone;
  const known = createMemo(() => table.answer()?.table ?? null);
  const isEmpty = () => known()?.rows.length === 0 && !table.isStale();

  // One is always selected, so that keys have something to act on: the first, until the person chooses.
  createEffect(() => {
    if (choice.selected() === null && choice.isIdle() && look.listed().length > 0)
      choice.select(look.listed()[0] ?? null);
  });

  return (
    <div class={styles.view}>
      <section class={styles.main} aria-label="Table of patterns">
        <PatternsToolbar
          workspace={props.workspace}
          count={known()?.rows.length ?? null}
          isSoFar={known() !== null && (isReading() || known()?.isComplete === false)}
          isBehind={table.isLate()}
          focusTable={() => props.focusView()}
        />
        <Show when={table.fault()}>
          {(fault) => <FaultNote fault={fault()} action={{ label: 'Count again', onClick: () => table.retry() }} />}
        </Show>
        <Show when={known()?.merged}>
          {(merged) => (
            <p class={styles.note}>
              {toCountText(known()?.skeletonCount ?? 0, 'kind')} of message: {toNumberText(merged().skeletonCount)} rare
              ones are put together by how they begin.
            </p>
          )}
        </Show>
        <Show
          when={patterns.tab() === 'patterns'}
          fallback={
            <div
              class={styles.errors}
              id="patterns-part-errors"
              role="tabpanel"
              aria-labelledby="patterns-tab-errors"
              tabIndex={0}
            >
              <Suspense>
                <ErrorGroups workspace={props.workspace} zone={zone()} focusView={props.focusView} />
              </Suspense>
            </div>
          }
        >
          <div class={styles.part} id="patterns-part-patterns" role="tabpanel" aria-labelledby="patterns-tab-patterns">
            <Switch>
              <Match when={isEmpty()}>
                <Show
                  when={filter.isFiltered()}
                  fallback={
                    <p class={styles.nothing}>
                      {sources
                        .list()
                        .filter((source) => !sources.hidden().has(source.id))
                        .map(toEmptyText)
                        .join(' ') || 'No records yet.'}
                    </p>
                  }
                >
                  <Suspense>
                    <div class={styles.nothingLeft}>
                      <NothingLeft workspace={props.workspace} zone={zone()} />
                    </div>
                  </Suspense>
                </Show>
              </Match>
              <Match when={known()}>
                {(shown) => (
                  <>
                    <Show when={choice.picks().size > 0}>
                      <div class={styles.picks}>
                        <Button
                          size="small"
                          look="primary"
                          disabled={choice.picks().size < 2}
                          onClick={() => {
                            patterns.merge();
                            props.focusView();
                          }}
                        >
                          Merge {toCountText(choice.picks().size, 'picked pattern')}
                        </Button>
                        <Button
                          size="small"
                          onClick={() => {
                            choice.clearPicks();
                            props.focusView();
                          }}
                        >
                          Clear
                        </Button>
                      </div>
                    </Show>
                    <PatternTable workspace={props.workspace} table={shown()} isBehind={table.isLate()} zone={zone()} />
                    <Show when={look.listed().length === 0 && shown().rows.length > 0}>
                      <p class={styles.none}>
                        None of {toCountText(shown().rows.length, 'pattern')} is shown.{' '}
                        <Button size="small" onClick={() => look.showAll()}>
                          Show all
                        </Button>
                      </p>
                    </Show>
                  </>
                )}
              </Match>
              <Match when={table.isLate()}>
                <p class={styles.nothing}>Counting patterns …</p>
              </Match>
            </Switch>
          </div>
        </Show>
      </section>
      <Show when={patterns.tab() === 'patterns' && patterns.panel() !== 'closed' && !isEmpty() && choice.selected()}>
        {(facts) => <PatternPanel workspace={props.workspace} facts={facts()} zone={zone()} />}
      </Show>
      <Show when={patterns.renaming()}>
        {(text) => (
          <RenameDialog
            text={text()}
            name={patterns.edits.nameOf(text()) ?? ''}
            onSave={(name) => patterns.edits.rename(text(), name)}
            onClose={() => {
              patterns.rename(null);
              props.focusView();
            }}
          />
        )}
      </Show>
    </div>
  );
};
