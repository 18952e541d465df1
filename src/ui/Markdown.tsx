/** A text in Markdown, drawn; its plain text until what draws it has been loaded. */
import { type Component, createEffect, createSignal, on, onCleanup } from 'solid-js';

import styles from './Markdown.module.css';

export const Markdown: Component<{ text: string }> = (props) => {
  let element!: HTMLDivElement;
  const [isDrawn, setIsDrawn] = createSignal(false);
  let asked = 0;
  onCleanup(() => {
    asked += 1;
  });
  createEffect(
    on(
      () => props.text,
      (text) => {
        asked += 1;
        const mine = asked;
        if (!isDrawn()) element.textContent = text;
        void import('./render-markdown').then(({ renderMarkdown }) => {
          if (mine !== asked) return;
          element.replaceChildren(renderMarkdown(text));
          setIsDrawn(true);
        });
      },
    ),
  );
  return (
    <div
      ref={(created) => {
        element = created;
      }}
      class={styles.markdown}
      classList={{ [styles.plain ?? '']: !isDrawn() }}
    />
  );
};
