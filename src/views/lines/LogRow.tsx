/** One record as a row of the grid; unfolded, its further lines follow in a row of their own. */
// biome-ignore-all lint/a11y/useSemanticElements: rows of the grid, see LogGrid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and tells the active row by aria-activedescendant
import { type Component, createMemo, Index, Show } from 'solid-js';

import type { Row } from '../../engine/api';
import type { RecordItem } from '../../state/record-pages';
import { type UnfoldedLines, unfoldedLines } from '../../state/folds';
import type { PaneId } from '../../state/panes';
import type { RecordsStore } from '../../state/records';
import { Icon } from '../../ui/Icon';
import { toCountText, toDeltaText } from '../../ui/size-text';
import { toLook } from '../levels';
import { LogText } from '../LogText';
import { countHitsOutside } from '../text-pieces';
import { toClockParts } from '../time-text';
import styles from './LogGrid.module.css';

export interface LogRowProps {
  paneId: PaneId;
  item: RecordItem;
  records: RecordsStore;
  zone: string;
  sourceName: string;
  sourceColour: number;
}

/** Id of the element of a record's row. */
export const toRowId = (pane: PaneId, index: number) => `${pane}-record-${index}`;

const FOLDED: UnfoldedLines = { lines: [], leftOutCount: 0 };
// A row shows at most what fits a very wide screen; the rest is in the details.
const ROW_UNITS = 1000;
// So much of a hit before the message tells which one it is.
const HIT_UNITS = 40;

export const LogRow: Component<LogRowProps> = (props) => {
  const row = () => props.item.row;
  const look = () => toLook(row().level);
  const isSelected = () => props.records.isSelected(row().id);
  const isUnfolded = () => row().lineCount > 1 && props.records.isUnfolded(row().id);
  const part = createMemo(() => messagePart(row()));
  const hitsElsewhere = () => countHitsOutside(row().hits, part().start, Math.max(part().end, part().restEnd));
  /** Nothing is marked in what the row shows: then it says where the match is. */
  const areAllHitsElsewhere = () => 2 * (hitsElsewhere().before + hitsElsewhere().after) === row().hits.length;
  const under = createMemo(() => (isUnfolded() ? unfoldedLines(row()) : FOLDED));
  const firstHitEnd = () => Math.min(row().hits[1] ?? 0, (row().hits[0] ?? 0) + HIT_UNITS);
  const delta = () => {
    const before = props.records.itemAt(props.item.index - 1)?.row.time;
    const time = row().time;
    return typeof before === 'number' && time !== null ? toDeltaText(time - before) : '';
  };

  return (
    <>
      <div
        id={toRowId(props.paneId, props.item.index)}
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
            <Show when={part().restEnd > part().restStart}>
              <span class={styles.rest}>
                <LogText text={row().text} hits={row().hits} start={part().restStart} end={part().restEnd} />
              </span>
            </Show>
          </span>
          <Show when={row().isPiece}>
            <span class={styles.note}>part of a longer line</span>
          </Show>
          <Show when={areAllHitsElsewhere() && hitsElsewhere().before > 0}>
            <span class={styles.inside}>
              <LogText text={row().text} start={row().hits[0] ?? 0} end={firstHitEnd()} />
              {hitsElsewhere().before > 1 ? ` and ${toCountText(hitsElsewhere().before - 1, 'hit')}` : ''} before the
              message
            </span>
          </Show>
          <Show when={hitsElsewhere().after > 0 && !isUnfolded()}>
            <span class={styles.inside}>{toCountText(hitsElsewhere().after, 'hit')} inside</span>
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
            <Index each={under().lines}>
              {(line) => (
                <span class={styles.underLine}>
                  <LogText text={line()} end={Math.min(line().length, ROW_UNITS)} />
                </span>
              )}
            </Index>
            <Show when={under().leftOutCount > 0}>
              <span class={styles.underLine}>{toCountText(under().leftOutCount, 'more line')} in the details</span>
            </Show>
          </span>
        </div>
      </Show>
    </>
  );
};

/**
 * The first line's message; the whole first line where the format found no message in it. A message that is a string in a
 * JSON record ends with its quote, and the record's other members follow it, fainter. UTF-16, half-open.
 */
export function messagePart({ text, messageStart }: Pick<Row, 'text' | 'messageStart'>): MessagePart {
  const newline = text.indexOf('\n');
  const lineEnd = newline < 0 ? text.length : newline;
  const end = text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
  const start = messageStart < end ? messageStart : 0;
  const isString = start > 0 && text[start - 1] === '"' && text.startsWith('{');
  const quote = isString ? findQuote(text, start, end) : -1;
  if (quote < 0) return { start, end: Math.min(end, start + ROW_UNITS), restStart: end, restEnd: end };
  const restStart = text[quote + 1] === ',' ? quote + 2 : quote + 1;
  return { start, end: Math.min(quote, start + ROW_UNITS), restStart, restEnd: Math.min(end, restStart + ROW_UNITS) };
}

interface MessagePart {
  readonly start: number;
  readonly end: number;
  /** What follows the message in a JSON record; empty elsewhere. */
  readonly restStart: number;
  readonly restEnd: number;
}

/** The first quote at or after `start` that no backslash escapes; -1 when there is none before `end`. */
function findQuote(text: string, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return -1;
}
