/** How Loupe is: checks with their repairs, then the figures behind them. Looked at twice a second while it is shown. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: a scrolling region, not a section of its own
import { type Component, createMemo, createSignal, For, Index, Show } from 'solid-js';

import { version } from '../../../package.json';
import type { HealthFacts } from '../../state/health-facts';
import { createSelfKnowledge } from '../../state/self-knowledge';
import type { Workspace } from '../../state/workspace';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { saveFile } from '../../ui/save-file';
import { toCountText } from '../../ui/size-text';
import styles from './Health.module.css';
import { type CheckedFact, type CheckState, lookAtHealth, type Repair, worstState } from './health-checks';
import { toHealthJson, toPrometheusText } from './health-export';
import { IndexTable, ProblemsTable, StorageTable, TimingsTable, WorkersTable } from './HealthTables';

const STATE_WORDS: Record<CheckState, string> = { pass: 'Pass', warn: 'Warn', fail: 'Fail' };
const STATE_ICONS = { pass: 'check', warn: 'warning', fail: 'close' } as const;

const REPAIR_LABELS: Record<Repair['kind'], string> = {
  'restart-engine': 'Restart the engine',
  'restart-worker': 'Restart the worker',
  'clear-indexes': 'Clear the indexes',
  persist: 'Ask the browser to keep it',
  update: 'Reload with the newer version',
  sources: 'Show the sources',
  settings: 'Open the settings',
};

interface HealthPageProps {
  workspace: Workspace;
  storeTrouble: HealthFacts['storeTrouble'];
  onRepair: (kind: Repair['kind']) => void;
}

export const HealthPage: Component<HealthPageProps> = (props) => {
  const self = createSelfKnowledge(props.workspace, { version, storeTrouble: () => props.storeTrouble });
  const { facts } = self;
  const checks = createMemo(() => lookAtHealth(facts()));
  /** What came of the last repair, or of saving. */
  const [said, setSaid] = createSignal('');

  const summary = () => {
    const open = checks().filter(({ state }) => state !== 'pass').length;
    if (open === 0) return `All is well: ${toCountText(checks().length, 'check')} passed.`;
    return `${open} of ${toCountText(checks().length, 'check')} ${open === 1 ? 'needs' : 'need'} a look.`;
  };

  async function repair(wanted: Repair): Promise<void> {
    if (wanted.kind === 'restart-worker') {
      setSaid(`Worker ${wanted.worker + 1} is being restarted`);
      await self.restartWorker(wanted.worker);
      setSaid(`Worker ${wanted.worker + 1} was restarted`);
    } else if (wanted.kind === 'clear-indexes') {
      const isDone = await self.clearIndexes();
      setSaid(isDone ? 'The indexes are cleared' : 'Another tab still uses the indexes: they go once it is closed');
    } else if (wanted.kind === 'persist') {
      const isGranted = await self.persist();
      setSaid(
        isGranted
          ? 'The browser has promised to keep it'
          : 'The browser refused: installed apps and sites used often are granted it',
      );
    } else props.onRepair(wanted.kind);
  }

  function save(name: string, type: string, text: string) {
    saveFile(name, new Blob([text], { type }));
    setSaid(`Saved as ${name}`);
  }

  return (
    <div class={styles.page} role="region" aria-label="Health of Loupe" tabIndex={0}>
      <div class={styles.lead}>
        <p class={styles.summary} data-state={worstState(checks())}>
          {summary()}
        </p>
        <span class={styles.verbs}>
          <Button
            icon="file"
            onClick={() => save('loupe-health.json', 'application/json', toHealthJson(facts()))}
            title="Figures only: no text of a log, no name of a file"
          >
            Save as JSON
          </Button>
          <Button
            icon="file"
            onClick={() => save('loupe-health.prom', 'text/plain', toPrometheusText(facts()))}
            title="The text format of Prometheus. Figures only: no text of a log, no name of a file"
          >
            Save for Prometheus
          </Button>
        </span>
      </div>
      <p class={styles.note}>
        Looked at twice a second while this page is open. It stays on this device; what is saved holds figures only.
        <Show when={said()}>
          {' '}
          <b role="status">{said()}.</b>
        </Show>
      </p>
      <ul class={styles.checks} aria-label="Checks">
        <Index each={checks()}>
          {(check) => <CheckLine check={check()} onRepair={(wanted) => void repair(wanted)} />}
        </Index>
      </ul>
      <Show when={facts().engine}>
        {(engine) => (
          <>
            <WorkersTable
              engine={engine()}
              loads={facts().loads}
              onRestart={(worker) => void repair({ kind: 'restart-worker', worker })}
            />
            <TimingsTable timings={facts().timings} />
            <Show when={engine().indexCache}>
              {(counts) => <IndexTable counts={counts()} onClear={() => void repair({ kind: 'clear-indexes' })} />}
            </Show>
          </>
        )}
      </Show>
      <Show when={facts().storage}>{(storage) => <StorageTable storage={storage()} />}</Show>
      <ProblemsTable sources={facts().sources} />
    </div>
  );
};

const CheckLine: Component<{ check: CheckedFact; onRepair: (repair: Repair) => void }> = (props) => (
  <li class={styles.check} data-check={props.check.id} data-state={props.check.state}>
    <span class={styles.state}>
      <Icon name={STATE_ICONS[props.check.state]} />
      {STATE_WORDS[props.check.state]}
    </span>
    <b>{props.check.title}</b>
    <span class={styles.text}>{props.check.text}</span>
    <For each={props.check.repair ? [props.check.repair] : []}>
      {(wanted) => (
        <Button size="small" onClick={() => props.onRepair(wanted)}>
          {REPAIR_LABELS[wanted.kind]}
        </Button>
      )}
    </For>
  </li>
);
