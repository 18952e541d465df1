/** A sentence with links in it. */
import { type Component, For, Show } from 'solid-js';

import styles from './FirstLook.module.css';
import type { LookTarget, Piece } from './look-target';

interface PieceTextProps {
  pieces: readonly Piece[];
  onGo: (target: LookTarget) => void;
}

export const PieceText: Component<PieceTextProps> = (props) => (
  <For each={props.pieces}>
    {(piece) => (
      <Show when={piece.to} fallback={piece.text}>
        {(to) => (
          <button type="button" class={styles.inline} onClick={() => props.onGo(to())}>
            {piece.text}
          </button>
        )}
      </Show>
    )}
  </For>
);
