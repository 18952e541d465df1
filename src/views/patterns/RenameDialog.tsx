/** What a pattern is called. */
import { type Component, onMount } from 'solid-js';

import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { LogText } from '../LogText';
import styles from './RenameDialog.module.css';

interface RenameDialogProps {
  text: string;
  name: string;
  /** Empty: no name. */
  onSave: (name: string) => void;
  onClose: () => void;
}

// As the session keeps it.
const NAME_LIMIT = 1000;

export const RenameDialog: Component<RenameDialogProps> = (props) => {
  let field!: HTMLInputElement;
  onMount(() => {
    field.value = props.name;
    field.select();
  });
  return (
    <Dialog title="Rename the pattern" onClose={props.onClose}>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          props.onSave(field.value);
          props.onClose();
        }}
      >
        <p class={styles.text}>
          <LogText text={props.text} />
        </p>
        <input
          ref={(element) => {
            field = element;
          }}
          class={styles.field}
          type="text"
          aria-label="Name"
          placeholder="No name: the pattern's text"
          maxlength={NAME_LIMIT}
          autocomplete="off"
          spellcheck={false}
          autofocus
        />
        <div class={styles.foot}>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button look="primary" type="submit">
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
