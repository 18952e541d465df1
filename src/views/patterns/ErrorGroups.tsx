/** Errors by what caused them: a row each, which opens to its frames and patterns and leads to its records. */
import {
  type Component,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  Match,
  onCleanup,
  Show,
  Switch,
} from 'solid-js';

import type { Seen, ErrorGroup } from '../../engine/patterns/pattern';
import type { Workspace } from '../../state/workspace';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { toCountText, toNumberText, toPercentText } from '../../ui/size-text';
import { FaultNote } from '../FaultNote';
import { LogText } from '../LogText';
import { toClockText, toDayText } from '../time-text';
import { Because } from './Because';
import styles from './ErrorGroups.module.css';

interface ErrorGroupsProps {
  workspace: Workspace;
  zone: string;
  /** The focus, into the view that is shown. */
  focusView: () => void;
}

// Rows that are drawn at first, and with every further wish.
const STEP = 100;
const SOURCES_SHOWN = 2;

export const ErrorGroups: Component<ErrorGroupsProps> = (props) => {
  const { errorGroups, isReading } = props.workspace;
  onCleanup(errorGroups.want());
  const [shownCount, setShownCount] = createSignal(STEP);
  const groups = () => errorGroups.answer()?.groups ?? [];
  const recordCount = () => errorGroups.answer()?.recordCount ?? 0;
  const hasDays = createMemo(() => {
    const days = new Set<string>();
    for (const { first, last } of groups())
      for (const { time } of [first, last]) if (time !== null) days.add(toDayText(time, props.zone));
    return days.size > 1;
  });
  const progressText = () => {
    const progress = errorGroups.progress();
    return progress ? `${toPercentText(progress.done / Math.max(1, progress.total))} of the records` : '';
  };

  return (
    <section class={styles.part} aria-label="Error groups" aria-busy={errorGroups.isLate()}>
      <Show when={errorGroups.fault()}>
        {(fault) => <FaultNote fault={fault()} action={{ label: 'Count again', onClick: () => errorGroups.retry() }} />}
      </Show>
      <p class={styles.summary} role="status">
        <Show
          when={errorGroups.answer()}
          fallback={isReading() ? 'Errors are grouped when all is read.' : 'Reading errors …'}
        >
          <b>{toCountText(groups().length, 'group')}</b> of {toCountText(recordCount(), 'record')} at ERROR or FATAL
        </Show>
        <Show when={errorGroups.isLate()}>
          <span class={styles.progress}>reading {progressText()}</span>
        </Show>
      </p>
      <Switch>
        <Match when={errorGroups.answer() && groups().length === 0}>
          <p class={styles.nothing}>No record at ERROR or FATAL.</p>
        </Match>
        <Match when={groups().length > 0}>
          <div class={styles.scroll}>
            <table class={styles.table} classList={{ [styles.behind ?? '']: errorGroups.isLate() }}>
              <thead>
                <tr>
                  <th scope="col">Error</th>
                  <th scope="col" class={styles.number}>
                    Records
                  </th>
                  <th scope="col">Category</th>
                  <th scope="col" class={styles.source}>
                    Source
                  </th>
                  <th scope="col">First</th>
                  <th scope="col">Last</th>
                </tr>
              </thead>
              <For each={groups().slice(0, shownCount())}>
                {(group) => (
                  <GroupRows
                    workspace={props.workspace}
                    group={group}
                    share={group.count / Math.max(1, recordCount())}
                    zone={props.zone}
                    hasDays={hasDays()}
                    focusView={props.focusView}
                  />
                )}
              </For>
            </table>
            <Show when={groups().length > shownCount()}>
              <p class={styles.more}>
                {toNumberText(shownCount())} of {toCountText(groups().length, 'group')}{' '}
                <Button size="small" onClick={() => setShownCount((count) => count + STEP)}>
                  Show {toNumberText(Math.min(STEP, groups().length - shownCount()))} more
                </Button>
              </p>
            </Show>
          </div>
        </Match>
      </Switch>
    </section>
  );
};

interface GroupRowsProps {
  workspace: Workspace;
  group: ErrorGroup;
  /** Of all errors, 0..1. */
  share: number;
  zone: string;
  /** The log has several days. */
  hasDays: boolean;
  focusView: () => void;
}

const GroupRows: Component<GroupRowsProps> = (props) => {
  const { errorGroups, sources, view } = props.workspace;
  const id = createUniqueId();
  const isOpen = () => errorGroups.isOpen(props.group);
  const seen = ({ time }: Seen) => {
    if (time === null) return '';
    const clock = toClockText(time, props.zone);
    return props.hasDays ? `${toDayText(time, props.zone)} ${clock}` : clock;
  };
  const fatalCount = () => props.group.levelCounts[6] ?? 0;
  async function show() {
    await errorGroups.show(props.group);
    view.show('lines');
    props.focusView();
  }

  return (
    <tbody classList={{ [styles.open ?? '']: isOpen() }}>
      <tr class={styles.row}>
        <th scope="row" class={styles.error}>
          <button
            type="button"
            class={styles.toggle}
            aria-expanded={isOpen()}
            aria-controls={id}
            onClick={() => errorGroups.toggle(props.group)}
          >
            <Icon name={isOpen() ? 'down' : 'right'} small class={styles.arrow} />
            <span class={styles.title} classList={{ [styles.mono ?? '']: props.group.by === 'pattern' }}>
              <LogText text={props.group.title} />
            </span>
          </button>
        </th>
        <td class={styles.number}>
          {toNumberText(props.group.count)} <span class={styles.faint}>{toPercentText(props.share)}</span>
        </td>
        <td>
          <Show when={props.group.classification}>
            {(found) => (
              <span title={`Rule ${found().rule}: ${found().because}`}>
                {found().category}, {found().severity}
              </span>
            )}
          </Show>
        </td>
        <td class={styles.source}>
          <For each={props.group.sources.slice(0, SOURCES_SHOWN)}>
            {({ source }) => (
              <span class={styles.sourceName}>
                <i class={`${styles.bar} src-${sources.colourOf(source)}`} /> {sources.nameOf(source)}
              </span>
            )}
          </For>
          <Show when={props.group.sources.length > SOURCES_SHOWN}>
            <span class={styles.faint}>and {toNumberText(props.group.sources.length - SOURCES_SHOWN)} more</span>
          </Show>
        </td>
        <td class={styles.time}>{seen(props.group.first)}</td>
        <td class={styles.time}>{seen(props.group.last)}</td>
      </tr>
      <tr id={id} hidden={!isOpen()}>
        <td colSpan={6} class={styles.details}>
          <Show when={isOpen()}>
            <p class={styles.facts}>
              {toBasisText(props.group)}
              <Show when={fatalCount() > 0}> {toNumberText(fatalCount())} FATAL.</Show>
              <Show when={props.group.classification}>
                {(found) => (
                  <>
                    {' '}
                    <Because workspace={props.workspace} found={found()} />
                  </>
                )}
              </Show>
            </p>
            <Show when={props.group.frames.length > 0}>
              <p class={styles.heading} id={`${id}-frames`}>
                Own frames, innermost first
              </p>
              <ol class={styles.frames} aria-labelledby={`${id}-frames`}>
                <For each={props.group.frames}>
                  {(frame) => (
                    <li>
                      <LogText text={frame} />
                    </li>
                  )}
                </For>
              </ol>
            </Show>
            <Show when={props.group.by !== 'pattern'}>
              <p class={styles.heading} id={`${id}-patterns`}>
                Patterns of its records, most records first
              </p>
              <ul class={styles.patterns} aria-labelledby={`${id}-patterns`}>
                <For each={props.group.patterns}>
                  {(text) => (
                    <li>
                      <LogText text={text === '' ? '(empty message)' : text} />
                    </li>
                  )}
                </For>
              </ul>
            </Show>
            <div class={styles.verbs}>
              <Button
                size="small"
                look="primary"
                title="Filter by level, exception and patterns of the group"
                onClick={() => void show()}
              >
                Show records
              </Button>
              <Button size="small" onClick={() => void goTo(props.group.first)}>
                Go to the first
              </Button>
              <Button size="small" onClick={() => void goTo(props.group.last)}>
                Go to the last
              </Button>
            </div>
          </Show>
        </td>
      </tr>
    </tbody>
  );

  async function goTo({ record }: Seen) {
    await props.workspace.cursor.goTo({ kind: 'record', record });
    props.focusView();
  }
};

/** What makes its records one group. */
function toBasisText({ by, exception }: ErrorGroup): string {
  if (by === 'pattern') return 'Grouped by the pattern: no exception is told.';
  if (by === 'exception') return `Grouped by the exception, ${exception}: no own frame is told.`;
  return exception === ''
    ? 'Grouped by own frames: no exception is told.'
    : `Grouped by own frames and the exception, ${exception}.`;
}
