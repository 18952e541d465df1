/** While files hang over the window, all of it is the target and says what will happen. */
import { type Component, createSignal, onCleanup, onMount, Show } from 'solid-js';

import type { OpenRequest } from '../state/sources';
import { toCountText } from '../ui/size-text';
import styles from './DropTarget.module.css';
import { readDrop } from './read-drop';

interface DropTargetProps {
  /** Name of the workspace that a drop adds to; null: it makes one. */
  workspace: string | null;
  /** @param isNew  Shift was held: they are for a workspace of their own */
  onFiles: (files: OpenRequest[], isNew: boolean) => void;
}

export const DropTarget: Component<DropTargetProps> = (props) => {
  const [isNew, setIsNew] = createSignal(false);
  const [count, setCount] = createSignal(0);
  // Enter and leave come for every element under the pointer: the window is left when they cancel out.
  let depth = 0;

  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  const onEnter = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth += 1;
    setCount(Math.max(1, event.dataTransfer?.items.length ?? 1));
  };
  const onOver = (event: DragEvent) => {
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setIsNew(event.shiftKey);
  };
  const onLeave = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    depth -= 1;
    if (depth <= 0) setCount(0);
  };
  const onDrop = (event: DragEvent) => {
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    depth = 0;
    setCount(0);
    const { shiftKey } = event; // read now: the files come later
    void readDrop(event.dataTransfer).then((files) => props.onFiles(files, shiftKey));
  };

  onMount(() => {
    const listeners = { dragenter: onEnter, dragover: onOver, dragleave: onLeave, drop: onDrop } as const;
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
    onCleanup(() => {
      for (const [name, listener] of Object.entries(listeners))
        window.removeEventListener(name, listener as EventListener);
    });
  });

  return (
    <Show when={count() > 0}>
      <div class={styles.target}>
        <p class={styles.what}>
          {props.workspace === null
            ? 'Drop to open'
            : isNew()
              ? 'Drop for a new workspace'
              : `Drop to add to ${props.workspace}`}
        </p>
        <p class={styles.note}>
          {toCountText(count(), 'file or folder', 'files and folders')}. Read here, uploaded nowhere.
          {props.workspace !== null && !isNew() ? ' Hold Shift for a new workspace.' : ''}
        </p>
      </div>
    </Show>
  );
};
