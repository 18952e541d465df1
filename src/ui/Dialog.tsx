/** A dialog over the page: the browser's own, which keeps the focus in and gives it back when it closes. */
import { createUniqueId, onMount, type ParentComponent } from 'solid-js';

import { IconButton } from './Button';
import styles from './Dialog.module.css';

export const Dialog: ParentComponent<{ title: string; isWide?: boolean; onClose: () => void }> = (props) => {
  let dialog!: HTMLDialogElement;
  const titleId = createUniqueId();
  onMount(() => dialog.showModal());
  return (
    <dialog
      ref={(element) => {
        dialog = element;
      }}
      class={`${styles.dialog} ${props.isWide ? styles.wide : ''}`}
      aria-labelledby={titleId}
      onClose={() => props.onClose()}
      onClick={(event) => {
        if (event.target === dialog) dialog.close(); // beside it
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <header class={styles.head}>
        <h2 id={titleId}>{props.title}</h2>
        <IconButton icon="close" label="Close" keys="Esc" onClick={() => dialog.close()} />
      </header>
      <div class={styles.body}>{props.children}</div>
    </dialog>
  );
};
