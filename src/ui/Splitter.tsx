/** The edge between two panes: dragged, or moved by arrow keys, Home and End. Who uses it keeps the size. */
import { type Component, createSignal } from 'solid-js';

import styles from './Splitter.module.css';

interface SplitterProps {
  /** What it resizes, for those who listen: "Width of the details". */
  label: string;
  /** `vertical`: a vertical line between panes side by side. */
  orientation: 'vertical' | 'horizontal';
  /** px of the pane that it resizes. */
  size: number;
  min: number;
  max: number;
  /** The pane lies after the line (right of it, below it): dragging towards it makes it smaller. */
  isAfter?: boolean;
  onSize: (px: number) => void;
  /** A double click: back to the size it had at first. */
  onReset?: () => void;
}

const STEP_PX = 16;

export const Splitter: Component<SplitterProps> = (props) => {
  const [grip, setGrip] = createSignal<{ at: number; size: number } | null>(null);
  const placeOf = (event: PointerEvent) => (props.orientation === 'vertical' ? event.clientX : event.clientY);
  const set = (px: number) => props.onSize(Math.round(Math.max(props.min, Math.min(props.max, px))));
  const onKeyDown = (event: KeyboardEvent) => {
    const towardsEnd = props.orientation === 'vertical' ? 'ArrowRight' : 'ArrowDown';
    const towardsStart = props.orientation === 'vertical' ? 'ArrowLeft' : 'ArrowUp';
    const grow = props.isAfter ? towardsStart : towardsEnd;
    const shrink = props.isAfter ? towardsEnd : towardsStart;
    const next = {
      [grow]: props.size + STEP_PX,
      [shrink]: props.size - STEP_PX,
      Home: props.min,
      End: props.max,
    }[event.key];
    if (next === undefined || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    set(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved
    <div
      class={`${styles.splitter} ${styles[props.orientation]}`}
      classList={{ [styles.active ?? '']: grip() !== null }}
      role="separator"
      tabIndex={0}
      aria-label={props.label}
      aria-orientation={props.orientation}
      aria-valuenow={Math.round(props.size)}
      aria-valuemin={Math.round(props.min)}
      aria-valuemax={Math.round(props.max)}
      onKeyDown={onKeyDown}
      onDblClick={() => props.onReset?.()}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault(); // no text is selected on the way
        event.currentTarget.setPointerCapture(event.pointerId);
        setGrip({ at: placeOf(event), size: props.size });
      }}
      onPointerMove={(event) => {
        const from = grip();
        if (from) set(from.size + (placeOf(event) - from.at) * (props.isAfter ? -1 : 1));
      }}
      onPointerUp={() => setGrip(null)}
      onPointerCancel={() => setGrip(null)}
    />
  );
};
