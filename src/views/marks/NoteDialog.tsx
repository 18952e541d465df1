/** Writing the note of a record: Markdown beside how it will look. */
import { type Component, createSignal, onMount, Show } from 'solid-js';

import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Markdown } from '../../ui/Markdown';
import { LogText } from '../LogText';
import styles from './NoteDialog.module.css';

interface NoteDialogProps {
  /** First line of the record. */
  recordText: string;
  note: string;
  onSave: (note: string) => void;
  onClose: () => void;
}

export const NoteDialog: Component<NoteDialogProps> = (props) => {
  // The note as it was when the dialog opened: what is typed is its own until it is saved.
  const [text, setText] = createSignal('');
  let area!: HTMLTextAreaElement;
  onMount(() => {
    setText(props.note);
    area.value = props.note;
    area.focus();
  });
  const save = () => {
    props.onSave(text().trim());
    props.onClose();
  };
  return (
    <Dialog title="Note" look="wide" onClose={props.onClose}>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p class={styles.record}>
          <LogText text={props.recordText} />
        </p>
        <div class={styles.halves}>
          <textarea
            ref={(element) => {
              area = element;
            }}
            class={styles.area}
            aria-label="Note, in Markdown"
            placeholder="What this record tells. Markdown: **bold**, `code`, - list, [link](https://…)"
            rows={8}
            autofocus
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              save();
            }}
          />
          <section class={styles.look} aria-label="How it looks">
            <Show when={text().trim() !== ''} fallback={<p class={styles.hint}>Nothing written yet.</p>}>
              <Markdown text={text()} />
            </Show>
          </section>
        </div>
        <div class={styles.foot}>
          <span class={styles.hint}>
            <kbd>Ctrl</kbd> <kbd>Enter</kbd> saves. The note marks the record.
          </span>
          <Show when={props.note !== ''}>
            <Button
              onClick={() => {
                props.onSave('');
                props.onClose();
              }}
            >
              Remove the note
            </Button>
          </Show>
          <Button look="primary" type="submit">
            Save the note
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
