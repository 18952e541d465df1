/** What this browser keeps for Loupe: what, how much, and the way to be rid of it. */
import { type Component, createSignal, For, Show } from 'solid-js';

import { createKeptData, type KeptKind } from '../../state/kept-data';
import type { OfflineCopy } from '../../state/offline-copy';
import { Button } from '../../ui/Button';
import { toCountText, toFileSizeText, toNumberText } from '../../ui/size-text';
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

function persistenceText(isPersisted: boolean | null): string {
  if (isPersisted === null) return 'The browser does not say whether it may delete it by itself.';
  return isPersisted
    ? 'The browser keeps it until it is deleted here or in the browser’s own settings.'
    : 'When the disk grows full, the browser may delete all of it.';
}

interface KeptDataSettingProps {
  offlineCopy: OfflineCopy;
  onDeleted: () => void;
}

export const KeptDataSetting: Component<KeptDataSettingProps> = (props) => {
  const store = createKeptData();
  const [isSure, setIsSure] = createSignal(false);
  const [isBlocked, setIsBlocked] = createSignal(false);
  const [isRefused, setIsRefused] = createSignal(false);

  async function remove(): Promise<void> {
    if (await store.deleteAll()) props.onDeleted();
    else setIsBlocked(true);
  }

  return (
    <>
      <p class={styles.sentence}>
        All of it lies in this browser, on this device. Nothing is uploaded.
        <Show when={store.kept()?.quotaBytes}>
          {(quota) => (
            <>
              {' '}
              This site uses {toFileSizeText(store.grant()?.usedBytes ?? 0)} of the {toFileSizeText(quota())} that the
              browser grants it.
            </>
          )}
        </Show>
      </p>
      <Show when={store.grant()}>
        {(grant) => (
          <div class={styles.delete}>
            <p class={styles.sentence} role="status">
              {persistenceText(grant().isPersisted)}
              {isRefused() ? ' It was asked not to, and refused: an installed app is granted it more often.' : ''}
            </p>
            <Show when={grant().isPersisted === false}>
              <Button onClick={() => void store.persist().then((isKept) => setIsRefused(!isKept))}>
                Ask the browser to keep it
              </Button>
            </Show>
          </div>
        )}
      </Show>
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
      <OfflineFiles copy={props.offlineCopy} />
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

const OfflineFiles: Component<{ copy: OfflineCopy }> = (props) => {
  void props.copy.measure();
  const text = (status: NonNullable<ReturnType<OfflineCopy['status']>>) =>
    props.copy.isWhole()
      ? `All ${toCountText(status.fileCount, 'file')} of Loupe are kept: everything works without a network.`
      : `${toNumberText(status.keptCount)} of ${toCountText(status.fileCount, 'file')} of Loupe are kept${
          status.isUsable ? '; the rest is fetched when it is first used' : ': without a network it may not start'
        }.`;
  return (
    <Show
      when={props.copy.status()}
      fallback={<p class={styles.sentence}>Loupe’s own files are not kept: without a network it does not start.</p>}
    >
      {(status) => (
        <div class={styles.delete}>
          <p class={styles.sentence} role="status">
            {text(status())}
            {props.copy.isFailed() ? ' One could not be fetched: try again with a network.' : ''}
          </p>
          <Show when={!props.copy.isWhole()}>
            <Button disabled={props.copy.isKeeping()} onClick={() => void props.copy.keepAll()}>
              Make available offline
            </Button>
          </Show>
        </div>
      )}
    </Show>
  );
};
