/** The status line: what is shown of how much and how sure that is; at the right how the engine is, and what was sent. */
import { type Component, Show } from 'solid-js';

import type { SecondWindow } from '../state/second-window';
import type { Workspace } from '../state/workspace';
import { Icon } from '../ui/Icon';
import { useTooltip } from '../ui/keys';
import { toCountText, toDurationText, toMemoryText, toNumberText, toPercentText } from '../ui/size-text';
import styles from './StatusBar.module.css';
import { WindowsBadge } from './WindowsBadge';

interface StatusBarProps {
  workspace: Workspace;
  windows: SecondWindow;
  /** The browser keeps nothing: a private window, a blocked site. */
  isForgetful: boolean;
  isOfflineReady: boolean;
  onZone: () => void;
  onOutbound: () => void;
  onProblems: () => void;
}

export const StatusBar: Component<StatusBarProps> = (props) => {
  const { records, sources, health, cursor, panes, settings, requests } = props.workspace;
  const answer = () => props.workspace.whole.answer();
  const tooltip = useTooltip();
  const readShare = () => {
    const list = sources.list().filter((source) => source.state === 'opening' || source.state === 'partial');
    const size = list.reduce((sum, source) => sum + source.sizeBytes, 0);
    if (list.length === 0) return null;
    return { share: size === 0 ? 1 : list.reduce((sum, source) => sum + source.indexedBytes, 0) / size };
  };
  const problemCount = () =>
    sources
      .list()
      .reduce((sum, source) => sum + source.problems.reduce((count, problem) => count + problem.count, 0), 0);
  const busyText = () => {
    const workers = health.health()?.workers;
    if (!workers) return '';
    const busy = workers.filter((worker) => worker.isBusy).length;
    return busy > 0
      ? `${busy} of ${toCountText(workers.length, 'worker')} busy`
      : `${toCountText(workers.length, 'worker')} idle`;
  };

  return (
    <footer class={styles.bar} data-region="status">
      <div class={styles.side}>
        <Show
          when={answer()}
          fallback={
            <span>
              {sources.list().length === 0
                ? 'No source open'
                : records.isStill()
                  ? `${toCountText(records.count(), 'record')}, as they were left`
                  : 'No source shown'}
            </span>
          }
        >
          {(current) => (
            <>
              <span class={records.isStale() && sources.opening().length === 0 ? styles.counting : ''}>
                <b>{toNumberText(current().info.count)}</b>
                {current().info.count === current().info.total
                  ? ' records'
                  : ` of ${toNumberText(current().info.total)} records`}
                {sources.opening().length > 0 ? ' so far' : ''}
              </span>
              <Show
                when={readShare()}
                fallback={
                  <span class={styles.item}>
                    <Icon name="check" />
                    Exact
                  </span>
                }
              >
                {(read) => (
                  <b class={styles.item}>
                    <Icon name="clock" />
                    Partial, {toPercentText(read().share)}
                  </b>
                )}
              </Show>
              <Show when={records.selected()}>
                {(choice) => (
                  <span class={styles.optional}>
                    {choice().isKept
                      ? `Record ${toNumberText(choice().index + 1)} selected`
                      : 'Selected record left out'}
                  </span>
                )}
              </Show>
              <span class={styles.optional}>{toDurationText(current().info.elapsedMs)}</span>
              <Show when={problemCount() > 0}>
                <button
                  type="button"
                  class={`${styles.zone} ${styles.optional}`}
                  title="Show them beside their sources"
                  onClick={() => props.onProblems()}
                >
                  {toCountText(problemCount(), 'problem')}
                </button>
              </Show>
            </>
          )}
        </Show>
        <Show when={panes.active().cursor.notice() || cursor.notice()}>
          {(text) => <b class={styles.notice}>{text()}</b>}
        </Show>
      </div>
      <div class={styles.side}>
        <WindowsBadge windows={props.windows} />
        <Show when={health.restarts().length > 0}>
          <span title={health.restarts().at(-1)}>{toCountText(health.restarts().length, 'worker restart')}</span>
        </Show>
        <span class={`${styles.optional} ${styles.workers}`}>{busyText()}</span>
        {/* Its place is kept while nothing is known yet: what stands beside it does not move. */}
        <span class={`${styles.optional} ${styles.memory}`}>
          <Show when={health.health()}>
            {(now) => (
              <>
                {toMemoryText(now().residentBytes)} of {toMemoryText(now().budgetBytes)} resident
              </>
            )}
          </Show>
        </span>
        <button
          type="button"
          class={styles.zone}
          title={`Zone of the times shown: choose another. ${tooltip("Between UTC and this device's", 'zone.toggle')}`}
          onClick={() => props.onZone()}
        >
          {settings.settings().zone}
        </button>
        <button
          type="button"
          class={`${styles.zone} ${styles.item}`}
          title={['What leaves this device', ...requests()].join('\n')}
          onClick={() => props.onOutbound()}
        >
          <Icon name="shield" />
          {requests().length === 0
            ? 'Nothing sent'
            : `${toCountText(requests().length, 'request')}, to ${requests().at(-1)}`}
        </button>
        <Show when={props.isForgetful}>
          <span
            class={styles.badge}
            title="A private window, or a blocked site: workspaces last until this page is closed."
          >
            Kept until closed
          </span>
        </Show>
        <Show when={props.isOfflineReady}>
          <span class={styles.badge}>Works offline</span>
        </Show>
      </div>
    </footer>
  );
};
