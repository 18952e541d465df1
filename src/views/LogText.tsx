/**
 * Log text on the page: text nodes, marks around hits, colours of highlights and of terminals, visible tokens for what
 * would hide or disturb. Never HTML.
 */
import { type Component, For, Match, Switch } from 'solid-js';

import styles from './LogText.module.css';
import { type Piece, toPieces } from './text-pieces';

interface LogTextProps {
  text: string;
  /** UTF-16 pairs, as in Row. */
  hits?: readonly number[] | undefined;
  /** UTF-16 triples, as in Row. */
  highlights?: readonly number[] | undefined;
  /** The colour of a highlight, 1..9, by its index; absent: the index after the first is the colour. */
  colourOf?: ((index: number) => number) | undefined;
  /** Part of `text` to show, UTF-16, half-open. */
  start?: number;
  end?: number;
}

export const LogText: Component<LogTextProps> = (props) => {
  const classOf = (piece: Piece) => {
    const names = piece.style.map((name) => styles[name] ?? '');
    if (piece.highlight >= 0) names.push(`hl-${props.colourOf?.(piece.highlight) ?? (piece.highlight % 9) + 1}`);
    return names.join(' ');
  };
  return (
    <For each={toPieces(props.text, { hits: props.hits, highlights: props.highlights }, props.start, props.end)}>
      {(piece) => (
        <Switch fallback={piece.text}>
          <Match when={piece.isToken}>
            <span class={`${styles.token} ${piece.isHit ? styles.hit : ''}`}>{piece.text}</span>
          </Match>
          <Match when={piece.isHit}>
            <mark class={classOf(piece)}>{piece.text}</mark>
          </Match>
          <Match when={piece.style.length > 0 || piece.highlight >= 0}>
            <span class={classOf(piece)}>{piece.text}</span>
          </Match>
        </Switch>
      )}
    </For>
  );
};
