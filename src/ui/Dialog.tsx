/** A dialog over the page: the browser's own, which keeps the focus in and gives it back when it closes. */
import { createUniqueId, type JSX, onCleanup, onMount, type ParentComponent } from 'solid-js';

import { IconButton } from './Button';
import styles from './Dialog.module.css';

interface DialogProps {
  title: string;
  /** wide: for tables and sheets; tall: of one height whatever is in it, so that nothing jumps while one looks for something. */
  look?: 'plain' | 'wide' | 'tall';
  /** Beside the title: a field to find something, a button. */
  head?: JSX.Element;
  /** Keys pressed anywhere inside; the page gets none of them. */
  onKey?: (event: KeyboardEvent) => void;
  onClose: () => void;
}

export const Dialog: ParentComponent<DialogProps> = (props) => {
  let dialog!: HTMLDialogElement;
  const titleId = createUniqueId();
  onMount(() => dialog.showModal());
  // One that is taken off the page while it is open would not give the focus back by itself.
  onCleanup(() => dialog.close());
  return (
    <dialog
      ref={(element) => {
        dialog = element;
      }}
      class={`${styles.dialog} ${styles[props.look ?? 'plain']}`}
      aria-labelledby={titleId}
      onClose={() => props.onClose()}
      onClick={(event) => {
        if (event.target === dialog) dialog.close(); // beside it
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        props.onKey?.(event);
      }}
    >
      <header class={styles.head}>
        <h2 id={titleId}>{props.title}</h2>
        {props.head}
        <span class={styles.push} />
        <IconButton icon="close" label="Close" keys="Esc" onClick={() => dialog.close()} />
      </header>
      <div class={styles.body}>{props.children}</div>
    </dialog>
  );
};
