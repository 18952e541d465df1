/** The kept analyses of the workspace, newest first: opened, picked for comparing, named, written to files, deleted. */
import { type Component, createSignal, For, Show } from 'solid-js';

import type { AnalysesStore, KeptAnalysis, UnreadAnalysis } from '../../state/analyses';
import { Button, IconButton } from '../../ui/Button';
import type { MenuEntry } from '../../ui/Menu';
import { MenuButton } from '../../ui/MenuButton';
import { toCountText, toFileSizeText, toNumberText } from '../../ui/size-text';
import { toAgoText } from '../workspaces/ago-text';
import styles from './Analyses.module.css';
import { toFilterText, toItemsText, toKindText, toMadeText, toSourcesText } from './analysis-text';

interface AnalysesListProps {
  store: AnalysesStore;
  zone: string;
  picked: ReadonlySet<string>;
  onPick: (id: string, isPicked: boolean) => void;
  onOpen: (id: string) => void;
  onSave: (analysis: KeptAnalysis) => void;
}

export const AnalysesList: Component<AnalysesListProps> = (props) => {
  const [renaming, setRenaming] = createSignal<string | null>(null);
  const entriesOf = (analysis: KeptAnalysis): MenuEntry[] => [
    { label: 'Rename', run: () => setRenaming(analysis.id) },
    ...(analysis.head.isAutomatic
      ? [{ label: 'Keep until deleted', run: () => props.store.keepForGood(analysis.id) }]
      : []),
    { label: 'Save as a file', run: () => props.onSave(analysis) },
    'line',
    { label: 'Delete', icon: 'close', run: () => props.store.remove([analysis.id]) },
  ];

  return (
    <table class={styles.list} aria-label="Kept analyses">
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">Pick</span>
          </th>
          <th scope="col">Name</th>
          <th scope="col">What</th>
          <th scope="col" class={styles.number}>
            Records
          </th>
          <th scope="col">Filter</th>
          <th scope="col">Sources</th>
          <th scope="col">Made</th>
          <th scope="col" class={styles.number}>
            Size
          </th>
          <th scope="col">
            <span class="unseen">Acts</span>
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={props.store.list()}>
          {(analysis) => (
            <tr>
              <td>
                <input
                  type="checkbox"
                  aria-label={`Pick ${analysis.head.title}, ${toKindText(analysis.head)}`}
                  checked={props.picked.has(analysis.id)}
                  onChange={(event) => props.onPick(analysis.id, event.currentTarget.checked)}
                />
              </td>
              <th scope="row">
                <Show
                  when={renaming() === analysis.id}
                  fallback={
                    <button type="button" class={styles.open} onClick={() => props.onOpen(analysis.id)}>
                      {analysis.head.title}
                    </button>
                  }
                >
                  <NameField
                    name={analysis.head.title}
                    onEnd={(name) => {
                      setRenaming(null);
                      if (name !== null) props.store.rename(analysis.id, name);
                    }}
                  />
                </Show>
                <Show when={analysis.head.isAutomatic}>
                  <span class={styles.faint}> by itself</span>
                </Show>
              </th>
              <td>{toItemsText(analysis.head)}</td>
              <td class={styles.number}>
                {toNumberText(analysis.head.recordCount)}
                <Show when={!analysis.head.isComplete}>
                  <span class={styles.faint}> so far</span>
                </Show>
              </td>
              <td class={styles.cut} title={toFilterText(analysis.head)}>
                {toFilterText(analysis.head)}
              </td>
              <td class={styles.cut} title={analysis.head.sources.map(({ name }) => name).join('\n')}>
                {toSourcesText(analysis.head)}
              </td>
              <td title={toMadeText(analysis.head.madeAt, props.zone)}>
                {toAgoText(analysis.head.madeAt, Date.now())}
              </td>
              <td class={styles.number}>{toFileSizeText(analysis.sizeBytes)}</td>
              <td class={styles.acts}>
                <MenuButton
                  label={`More about ${analysis.head.title}`}
                  icon="more"
                  entries={() => entriesOf(analysis)}
                />
              </td>
            </tr>
          )}
        </For>
        <For each={props.store.unread()}>{(one) => <UnreadRow analysis={one} store={props.store} />}</For>
      </tbody>
    </table>
  );
};

const UnreadRow: Component<{ analysis: UnreadAnalysis; store: AnalysesStore }> = (props) => (
  <tr>
    <td />
    <td colSpan={7} class={styles.faint}>
      One of them {props.analysis.reason}.
    </td>
    <td class={styles.acts}>
      <IconButton icon="close" label="Delete it" onClick={() => props.store.remove([props.analysis.id])} />
    </td>
  </tr>
);

const NameField: Component<{ name: string; onEnd: (name: string | null) => void }> = (props) => {
  let hasEnded = false;
  const end = (name: string | null) => {
    if (hasEnded) return;
    hasEnded = true;
    props.onEnd(name);
  };
  return (
    <input
      ref={(element) =>
        queueMicrotask(() => {
          element.focus();
          element.select();
        })
      }
      class={styles.nameField}
      aria-label="Name of the analysis"
      maxLength={200}
      value={props.name}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault(); // it ends the naming, not the dialog
        event.stopPropagation();
        end(event.key === 'Enter' ? event.currentTarget.value : null);
      }}
      onBlur={(event) => end(event.currentTarget.value)}
    />
  );
};

/** What can be done with those that are picked, and with what is shown now. */
export const ListTools: Component<{
  picked: readonly KeptAnalysis[];
  canKeepPatterns: boolean;
  canKeepFirstLook: boolean;
  onKeepPatterns: () => void;
  onKeepFirstLook: () => void;
  onCompare: () => void;
  onRemove: () => void;
  onFile: (file: File) => void;
}> = (props) => {
  let picker!: HTMLInputElement;
  const patterns = () => props.picked.filter(({ head }) => head.kind === 'patterns').length;
  const isOnlyPatterns = () => patterns() === props.picked.length;
  const canCompare = () => isOnlyPatterns() && (patterns() === 2 || (patterns() === 1 && props.canKeepPatterns));
  return (
    <div class={styles.tools}>
      <Button size="small" disabled={!props.canKeepPatterns} onClick={() => props.onKeepPatterns()}>
        Keep the patterns shown
      </Button>
      <Button size="small" disabled={!props.canKeepFirstLook} onClick={() => props.onKeepFirstLook()}>
        Keep the first look
      </Button>
      <Button size="small" onClick={() => picker.click()}>
        Read a file
      </Button>
      <input
        ref={(element) => {
          picker = element;
        }}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="File of an analysis"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) props.onFile(file);
          event.currentTarget.value = '';
        }}
      />
      <span class={styles.push} />
      <Show when={props.picked.length > 0}>
        <span class={styles.faint}>{toCountText(props.picked.length, 'picked', 'picked')}</span>
      </Show>
      <Button
        size="small"
        disabled={!canCompare()}
        title="Two with patterns, or one with the patterns shown now"
        onClick={() => props.onCompare()}
      >
        Compare
      </Button>
      <Button size="small" disabled={props.picked.length === 0} onClick={() => props.onRemove()}>
        Delete
      </Button>
    </div>
  );
};
