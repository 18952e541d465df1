/** A dialog over the page: the browser's own, which keeps the focus in and gives it back when it closes. */
import { createUniqueId, type JSX, onCleanup, onMount, type ParentComponent } from 'solid-js';

import { IconButton } from './Button';
import styles from './Dialog.module.css';

interface DialogProps {
  title: string;
  /**
   * wide: for tables and sheets; tall: of one height whatever is in it, so that nothing jumps while one looks for something;
   * large: both.
   */
  look?: 'plain' | 'wide' | 'tall' | 'large';
  /** Beside the title: a field to find something. */
  head?: JSX.Element;
  /** Before the button that closes it. */
  tools?: JSX.Element;
  /** Keys pressed anywhere inside; the page gets none of them. */
  onKey?: (event: KeyboardEvent) => void;
  onClose: () => void;
}

export const Dialog: ParentComponent<DialogProps> = (props) => {
  let dialog!: HTMLDialogElement;
  const titleId = createUniqueId();
  let isClosed = false;
  onMount(() => dialog.showModal());
  // One that is taken off the page while it is open would not give the focus back by itself.
  onCleanup(() => dialog.close());

  /** Tells at once, once: the browser's own event comes a moment later, and keys pressed meanwhile would go nowhere. */
  function close() {
    if (isClosed) return;
    isClosed = true;
    dialog.close();
    props.onClose();
  }
  return (
    <dialog
      ref={(element) => {
        dialog = element;
      }}
      class={`${styles.dialog} ${styles[props.look ?? 'plain']}`}
      aria-labelledby={titleId}
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog) close(); // beside it
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) {
          event.preventDefault();
          close();
        } else props.onKey?.(event);
      }}
    >
      <header class={styles.head}>
        <h2 id={titleId}>{props.title}</h2>
        {props.head}
        <span class={styles.push} />
        {props.tools}
        <IconButton icon="close" label="Close" keys="Esc" onClick={close} />
      </header>
      <div class={styles.body}>{props.children}</div>
    </dialog>
  );
};
