/** All workspaces in a dialog, and the question before marks are lost. */
import type { Component } from 'solid-js';

import type { WorkspaceInfo } from '../../state/workspaces';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { toCountText } from '../../ui/size-text';
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

interface DeleteDialogProps {
  name: string;
  markCount: number;
  onDelete: () => void;
  onClose: () => void;
}

export const DeleteDialog: Component<DeleteDialogProps> = (props) => (
  <Dialog title={`Delete ${props.name}`} onClose={props.onClose}>
    <p>
      Its {toCountText(props.markCount, 'mark')} and their notes are deleted with it. The files stay where they are.
    </p>
    <div class={styles.buttons}>
      <Button
        look="primary"
        onClick={() => {
          props.onDelete();
          props.onClose();
        }}
      >
        Delete the workspace
      </Button>
      <Button onClick={() => props.onClose()}>Keep it</Button>
    </div>
  </Dialog>
);
