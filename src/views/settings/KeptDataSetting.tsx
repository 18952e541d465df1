/** What this browser keeps for Loupe: what, how much, and the way to be rid of it. */
import { type Component, createSignal, For, Show } from 'solid-js';

import { createKeptData, type KeptKind } from '../../state/kept-data';
import { Button } from '../../ui/Button';
import { toFileSizeText } from '../../ui/size-text';
import styles from './Settings.module.css';

const KINDS: Readonly<Record<KeptKind, { readonly title: string; readonly sentence: string }>> = {
  settings: { title: 'Settings', sentence: 'What is chosen here, the keys, the commands run last. No text of a log.' },
  workspaces: {
    title: 'Workspaces',
    sentence:
      'Names of sources, handles of files, filters, marks, notes, the last screen of each workspace, which is text of its log, and copies of what was pasted.',
  },
  analyses: {
    title: 'Analyses',
    sentence:
      'Patterns with their counts, times and classes, and first looks, of each workspace: texts of patterns are text of its log. They go with their workspace.',
  },
  indexes: {
    title: 'Indexes',
    sentence:
      'Where the records of large logs begin, their times and levels, so that a log opens again at once. No text of a log. What was used longest ago goes first.',
  },
  unpacked: {
    title: 'Unpacked archives',
    sentence:
      'Text of gzip files that are open and too large for memory. It goes with the source, or with the next archive.',
  },
  app: {
    title: 'Loupe itself',
    sentence: 'Its own files, so that it works offline. They stay when the rest is deleted.',
  },
};

export const KeptDataSetting: Component<{ onDeleted: () => void }> = (props) => {
  const store = createKeptData();
  const [isSure, setIsSure] = createSignal(false);
  const [isBlocked, setIsBlocked] = createSignal(false);

  async function remove(): Promise<void> {
    if (await store.deleteAll()) props.onDeleted();
    else setIsBlocked(true);
  }

  return (
    <>
      <p class={styles.sentence}>
        All of it lies in this browser, on this device. Nothing is uploaded.
        <Show when={store.kept()?.quotaBytes}>
          {(quota) => <> The browser grants this site up to {toFileSizeText(quota())}.</>}
        </Show>
      </p>
      <table class={styles.kept}>
        <thead class="unseen">
          <tr>
            <th scope="col">What</th>
            <th scope="col">What it holds</th>
            <th scope="col">Size</th>
          </tr>
        </thead>
        <tbody>
          <For each={store.kept()?.parts}>
            {(part) => (
              <tr>
                <th scope="row">{KINDS[part.kind].title}</th>
                <td class={styles.sentence}>{KINDS[part.kind].sentence}</td>
                <td class={styles.size}>{part.bytes === null ? 'not told' : toFileSizeText(part.bytes)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <div class={styles.delete}>
        <Show when={isSure()} fallback={<Button onClick={() => setIsSure(true)}>Delete everything kept</Button>}>
          <p class={styles.sentence}>
            <b>
              Settings, workspaces, marks, notes, analyses and indexes are deleted on all tabs. This cannot be undone.
            </b>{' '}
            Files on the disk are not touched.
          </p>
          <Button onClick={() => setIsSure(false)}>Keep them</Button>
          <Button look="primary" onClick={() => void remove()}>
            Delete for good
          </Button>
        </Show>
        <Show when={isBlocked()}>
          <p class={styles.sentence} role="alert">
            Another tab of Loupe still uses the workspaces: they are deleted once it is closed.
          </p>
        </Show>
      </div>
    </>
  );
};
