/**
 * A table of many rows of one height, of which only those in view are drawn: heads stay at the top, and the browser scrolls.
 * Up to some 500,000 rows: elements end at 33 million pixels.
 */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed, which rows of a table element are not
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are read, not chosen; the table itself scrolls by key
import { createMemo, createSignal, For, type JSX, onCleanup, onMount } from 'solid-js';

import styles from './FixedRows.module.css';
import { bindVars } from './vars';

interface FixedRowsProps<T> {
  /** What the table is of, read out. */
  label: string;
  rows: readonly T[];
  rowPx: number;
  /** The heads, a `columnheader` each. */
  head: JSX.Element;
  /** Lays out a row and the heads: a grid with one column for each. */
  columnsClass: string | undefined;
  /** The cells of a row. */
  children: (row: T, index: number) => JSX.Element;
}

// Rows drawn above and below what is in view, so that a turn of the wheel shows no gap.
const EXTRA_ROWS = 8;

export const FixedRows = <T,>(props: FixedRowsProps<T>) => {
  let scroller!: HTMLDivElement;
  const [top, setTop] = createSignal(0);
  const [height, setHeight] = createSignal(0);

  onMount(() => {
    const observer = new ResizeObserver(() => setHeight(scroller.clientHeight));
    observer.observe(scroller);
    onCleanup(() => observer.disconnect());
  });

  const first = createMemo(() => {
    const last = Math.max(0, props.rows.length - Math.ceil(height() / props.rowPx));
    return Math.max(0, Math.min(last, Math.floor(top() / props.rowPx)) - EXTRA_ROWS);
  });
  const shown = createMemo(() => {
    const count = Math.ceil(height() / props.rowPx) + 2 * EXTRA_ROWS + 1;
    return props.rows.slice(first(), first() + count).map((row, at) => ({ row, index: first() + at }));
  });

  return (
    <div
      ref={(element) => {
        scroller = element;
        bindVars(element, () => ({ '--row-px': `${props.rowPx}px` }));
      }}
      class={styles.scroller}
      role="table"
      aria-label={props.label}
      aria-rowcount={props.rows.length + 1}
      tabIndex={0}
      onScroll={() => setTop(scroller.scrollTop)}
    >
      <div class={`${styles.head} ${props.columnsClass ?? ''}`} role="row" aria-rowindex={1}>
        {props.head}
      </div>
      <div
        class={styles.rows}
        role="rowgroup"
        ref={(element) =>
          bindVars(element, () => ({
            '--whole': `${props.rows.length * props.rowPx}px`,
            '--above': `${first() * props.rowPx}px`,
          }))
        }
      >
        <For each={shown()}>
          {({ row, index }) => (
            <div class={`${styles.row} ${props.columnsClass ?? ''}`} role="row" aria-rowindex={index + 2}>
              {props.children(row, index)}
            </div>
          )}
        </For>
      </div>
    </div>
  );
};
