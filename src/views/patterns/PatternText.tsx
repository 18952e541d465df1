/** A pattern's text: literals as log text, wildcards as tokens named by what their values look like. */
import { type Component, For, Show } from 'solid-js';

import type { PatternToken } from '../../engine/patterns/pattern';
import { LogText } from '../LogText';
import styles from './PatternText.module.css';
import { KIND_WORDS } from './pattern-words';

interface PatternTextProps {
  tokens: readonly PatternToken[];
  /** The wildcard whose values are open; null: none. */
  open?: number | null;
  /** Opens a wildcard's values. Absent: whoever draws the text hears its clicks, and by key they are not reached. */
  onOpen?: (wildcard: number) => void;
}

export const PatternText: Component<PatternTextProps> = (props) => {
  /** With the index of each wildcard among the wildcards; null for literals. */
  const pieces = () => {
    let wildcard = -1;
    return props.tokens.map((token) => {
      if (token.kind === 'literal') return { token, wildcard: null };
      wildcard += 1;
      return { token, wildcard };
    });
  };
  return (
    <Show when={props.tokens.length > 0} fallback={<i class={styles.empty}>empty message</i>}>
      <For each={pieces()}>
        {({ token, wildcard }) =>
          token.kind === 'literal' ? (
            <LogText text={token.text} />
          ) : (
            <button
              type="button"
              class={styles.token}
              classList={{ [styles.open ?? '']: props.open === wildcard }}
              tabIndex={props.onOpen ? 0 : -1}
              data-wildcard={wildcard}
              title="Its values"
              onClick={() => props.onOpen?.(wildcard ?? 0)}
            >
              {KIND_WORDS[token.type]}
            </button>
          )
        }
      </For>
    </Show>
  );
};
