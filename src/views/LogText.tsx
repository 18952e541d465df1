/** Log text on the page: text nodes, marks around hits, visible tokens for what would hide or disturb. Never HTML. */
import { type Component, For, Match, Switch } from 'solid-js';

import styles from './LogText.module.css';
import { toPieces } from './text-pieces';

interface LogTextProps {
  text: string;
  /** UTF-16 pairs, as in Row. */
  hits?: readonly number[];
  /** Part of `text` to show, UTF-16, half-open. */
  start?: number;
  end?: number;
}

export const LogText: Component<LogTextProps> = (props) => (
  <For each={toPieces(props.text, props.hits, props.start, props.end)}>
    {(piece) => (
      <Switch fallback={piece.text}>
        <Match when={piece.isToken}>
          <span class={`${styles.token} ${piece.isHit ? styles.hit : ''}`}>{piece.text}</span>
        </Match>
        <Match when={piece.isHit}>
          <mark>{piece.text}</mark>
        </Match>
      </Switch>
    )}
  </For>
);
