/** The workspaces opened last, on the start. */
import { type Component, Show } from 'solid-js';

import type { WorkspaceInfo } from '../../state/workspaces';
import { Button } from '../../ui/Button';
import styles from './Recents.module.css';
import { WorkspaceTable } from './WorkspaceTable';

interface RecentsProps {
  list: readonly WorkspaceInfo[];
  onOpen: (id: string) => void;
  onRemove: (info: WorkspaceInfo) => void;
  onAll: () => void;
}

const SHOWN = 6;

export const Recents: Component<RecentsProps> = (props) => (
  <section aria-labelledby="recent-workspaces">
    <h2 id="recent-workspaces" class={styles.title}>
      Recent workspaces
    </h2>
    <div class={styles.scroll}>
      <WorkspaceTable
        list={props.list.slice(0, SHOWN)}
        labelledBy="recent-workspaces"
        currentId={null}
        onOpen={props.onOpen}
        onRemove={props.onRemove}
      />
    </div>
    <Show when={props.list.length > SHOWN}>
      <Button size="small" look="quiet" onClick={() => props.onAll()}>
        All {props.list.length} workspaces
      </Button>
    </Show>
  </section>
);
