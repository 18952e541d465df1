/** Kept workspaces, the one opened last first: on the start, and in a dialog. */
import { type Component, For, Show } from 'solid-js';

import type { WorkspaceInfo } from '../../state/workspaces';
import { IconButton } from '../../ui/Button';
import { toCountText, toFileSizeText, toNumberText } from '../../ui/size-text';
import { toAgoText } from './ago-text';
import styles from './WorkspaceTable.module.css';

interface WorkspaceTableProps {
  list: readonly WorkspaceInfo[];
  /** Names the table: the id of its heading. */
  labelledBy: string;
  currentId: string | null;
  onOpen: (id: string) => void;
  onRemove: (info: WorkspaceInfo) => void;
}

const NAMED_SOURCES = 2;

export const WorkspaceTable: Component<WorkspaceTableProps> = (props) => (
  <table class={styles.table} aria-labelledby={props.labelledBy}>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Sources</th>
        <th scope="col" class={styles.number}>
          Records
        </th>
        <th scope="col" class={styles.number}>
          Size
        </th>
        <th scope="col" class={styles.number}>
          Marks
        </th>
        <th scope="col">Opened</th>
        <th scope="col">
          <span class="unseen">Acts</span>
        </th>
      </tr>
    </thead>
    <tbody>
      <For each={props.list}>
        {(info) => (
          <tr>
            <th scope="row">
              <button type="button" class={styles.open} onClick={() => props.onOpen(info.id)}>
                {info.name}
              </button>
              <Show when={info.id === props.currentId}>
                <span class={styles.faint}> on screen</span>
              </Show>
            </th>
            <td class={styles.sources} title={info.sources.map(({ name }) => name).join('\n')}>
              {toSourcesText(info)}
            </td>
            <td class={styles.number}>{info.recordCount === null ? '' : toNumberText(info.recordCount)}</td>
            <td class={styles.number}>
              {toFileSizeText(info.sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))}
            </td>
            <td class={styles.number}>{info.markCount === 0 ? '' : toNumberText(info.markCount)}</td>
            <td title={new Date(info.openedAt).toLocaleString()}>{toAgoText(info.openedAt, Date.now())}</td>
            <td class={styles.acts}>
              <IconButton icon="close" label={`Delete ${info.name}`} onClick={() => props.onRemove(info)} />
            </td>
          </tr>
        )}
      </For>
    </tbody>
  </table>
);

/** The names of the first, and how many more. */
function toSourcesText({ sources }: WorkspaceInfo): string {
  const named = sources.slice(0, NAMED_SOURCES).map(({ name, title }) => title ?? name);
  const more = sources.length - named.length;
  if (sources.length === 0) return 'none';
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${toCountText(more, 'more', 'more')}`;
}
