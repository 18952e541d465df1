/** The question before marks are lost with their workspace. */
import type { Component } from 'solid-js';

import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { toCountText } from '../../ui/size-text';
import styles from './WorkspaceDialogs.module.css';

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
