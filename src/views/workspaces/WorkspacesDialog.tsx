/** All workspaces in a dialog. */
import type { Component } from 'solid-js';

import type { WorkspaceInfo } from '../../state/workspaces';
import { Dialog } from '../../ui/Dialog';
import styles from './WorkspaceDialogs.module.css';
import { WorkspaceTable } from './WorkspaceTable';

interface WorkspacesDialogProps {
  list: readonly WorkspaceInfo[];
  currentId: string | null;
  onOpen: (id: string) => void;
  onRemove: (info: WorkspaceInfo) => void;
  onClose: () => void;
}

export const WorkspacesDialog: Component<WorkspacesDialogProps> = (props) => (
  <Dialog title="Workspaces" look="wide" onClose={props.onClose}>
    <div class={styles.scroll}>
      <span id="workspaces-title" class="unseen">
        Workspaces kept in this browser
      </span>
      {props.list.length === 0 ? (
        <p>No workspace is kept in this browser.</p>
      ) : (
        <WorkspaceTable
          list={props.list}
          labelledBy="workspaces-title"
          currentId={props.currentId}
          onOpen={props.onOpen}
          onRemove={props.onRemove}
        />
      )}
    </div>
  </Dialog>
);
