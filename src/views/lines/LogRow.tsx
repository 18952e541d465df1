/** One record as a row of the grid; unfolded, its further lines follow in a row of their own. */
// biome-ignore-all lint/a11y/useSemanticElements: rows of the grid, see LogGrid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and tells the active row by aria-activedescendant
import { type Component, createMemo, Index, Show } from 'solid-js';

import type { Row } from '../../engine/api';
import type { RecordItem } from '../../state/record-pages';
import { type RecordsStore, unfoldedLines } from '../../state/records';
import { Icon } from '../../ui/Icon';
import { toCountText, toDeltaText } from '../../ui/size-text';
import { toLook } from '../levels';
import { LogText } from '../LogText';
import { countHitsOutside } from '../text-pieces';
import { toClockParts } from '../time-text';
import styles from './LogGrid.module.css';

export interface LogRowProps {
  item: RecordItem;
  records: RecordsStore;
  zone: string;
  sourceName: string;
  sourceColour: number;
}

// A row shows at most what fits a very wide screen; the rest is in the details.
const ROW_UNITS = 1000;

export const LogRow: Component<LogRowProps> = (props) => {
  const row = () => props.item.row;
  const look = () => toLook(row().level);
  const isSelected = () => props.records.isSelected(row().id);
  const isUnfolded = () => row().lineCount > 1 && props.records.isUnfolded(row().id);
  const part = createMemo(() => messagePart(row()));
  const hitsElsewhere = () => countHitsOutside(row().hits, part().start, part().end);
  const delta = () => {
    const before = props.records.itemAt(props.item.index - 1)?.row.time;
    const time = row().time;
    return typeof before === 'number' && time !== null ? toDeltaText(time - before) : '';
  };

  return (
    <>
      <div
        id={`record-${props.item.index}`}
        class={`${styles.row} ${look().className} ${isSelected() ? styles.selected : ''}`}
        role="row"
        aria-rowindex={props.item.index + 2}
        aria-selected={isSelected()}
        data-index={props.item.index}
      >
        <span class={styles.gutter} role="gridcell">
          <Show when={row().lineCount > 1}>
            <button
              type="button"
              class={styles.fold}
              data-fold=""
              tabIndex={-1}
              aria-expanded={isUnfolded()}
              aria-label={isUnfolded() ? 'Fold' : `Unfold ${toCountText(row().lineCount, 'line')}`}
            >
              <Icon name={isUnfolded() ? 'down' : 'right'} small />
            </button>
          </Show>
        </span>
        <span class={styles.time} role="gridcell">
          <Show when={row().time !== null && toClockParts(row().time ?? 0, props.zone)}>
            {(clock) => (
              <>
                {clock().clock}
                <span class={styles.faint}>{clock().fraction}</span>
              </>
            )}
          </Show>
        </span>
        <span class={styles.delta} role="gridcell">
          {delta()}
        </span>
        <span class={styles.level} role="gridcell">
          <Show when={look().glyph}>
            {(glyph) => (
              <>
                <Icon name={glyph()} small />
                <span class={styles.levelWord}>{look().word}</span>
              </>
            )}
          </Show>
        </span>
        <span class={styles.source} role="gridcell">
          <i class={`${styles.bar} src-${props.sourceColour}`} aria-hidden="true" />
          <span class={styles.sourceName}>{props.sourceName}</span>
        </span>
        <span class={styles.message} role="gridcell">
          <span class={styles.messageText}>
            <LogText text={row().text} hits={row().hits} start={part().start} end={part().end} />
          </span>
          <Show when={row().isPiece}>
            <span class={styles.note}>part of a longer line</span>
          </Show>
          <Show when={hitsElsewhere() > 0 && !isUnfolded()}>
            <span class={styles.inside}>{toCountText(hitsElsewhere(), 'hit')} inside</span>
          </Show>
          <Show when={row().lineCount > 1 && !isUnfolded()}>
            <button type="button" class={styles.lines} data-fold="" tabIndex={-1}>
              {toCountText(row().lineCount, 'line')}
            </button>
          </Show>
        </span>
      </div>
      <Show when={isUnfolded()}>
        <div
          class={`${styles.under} ${look().className} ${isSelected() ? styles.selected : ''}`}
          role="row"
          data-index={props.item.index}
        >
          <span class={styles.gutter} aria-hidden="true" />
          <span class={styles.underCell} role="gridcell">
            <Index each={unfoldedLines(row())}>
              {(line) => (
                <span class={styles.underLine}>
                  <LogText text={line()} end={ROW_UNITS} />
                </span>
              )}
            </Index>
          </span>
        </div>
      </Show>
    </>
  );
};

/** The first line's message; the whole first line where the format found no message in it. UTF-16, half-open. */
function messagePart({ text, messageStart }: Row): { start: number; end: number } {
  const newline = text.indexOf('\n');
  const lineEnd = newline < 0 ? text.length : newline;
  const end = text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
  const start = messageStart < end ? messageStart : 0;
  return { start, end: Math.min(end, start + ROW_UNITS) };
}
