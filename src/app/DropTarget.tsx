/** While files hang over the window, all of it is the target and says what will happen. */
import { type Component, createSignal, onCleanup, onMount, Show } from 'solid-js';

import type { OpenRequest } from '../state/sources';
import { toCountText } from '../ui/size-text';
import styles from './DropTarget.module.css';
import { readDrop } from './read-drop';

export const DropTarget: Component<{ hasSources: boolean; onFiles: (files: OpenRequest[]) => void }> = (props) => {
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
    void readDrop(event.dataTransfer).then((files) => props.onFiles(files));
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
        <p class={styles.what}>{props.hasSources ? 'Drop to add to what is open' : 'Drop to open'}</p>
        <p class={styles.note}>
          {toCountText(count(), 'file or folder', 'files and folders')}. Read here, uploaded nowhere.
        </p>
      </div>
    </Show>
  );
};
