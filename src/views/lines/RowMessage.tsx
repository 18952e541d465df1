/** What a record says, in one line: its message, the rest of a JSON record, and what is hidden in it. */
import { type Component, createMemo, Show } from 'solid-js';

import type { Row } from '../../engine/api';
import { toCountText } from '../../ui/size-text';
import { LogText } from '../LogText';
import { countHitsOutside } from '../text-pieces';
import styles from './LogGrid.module.css';
import { messagePart } from './message-part';

interface RowMessageProps {
  row: Row;
  isWrapped: boolean;
  isUnfolded: boolean;
  /** What is hidden in its lines is told below the row. */
  hasTrace: boolean;
  colourOf: (highlight: number) => number;
}

// So much of a hit before the message tells which one it is.
const HIT_UNITS = 40;

export const RowMessage: Component<RowMessageProps> = (props) => {
  const row = () => props.row;
  const part = createMemo(() => messagePart(row(), props.isWrapped));
  const hitsElsewhere = () => countHitsOutside(row().hits, part().start, Math.max(part().end, part().restEnd));
  /** Nothing is marked in what the row shows: then it says where the match is. */
  const areAllHitsElsewhere = () => 2 * (hitsElsewhere().before + hitsElsewhere().after) === row().hits.length;
  const firstHitEnd = () => Math.min(row().hits[1] ?? 0, (row().hits[0] ?? 0) + HIT_UNITS);
  return (
    <>
      <span class={styles.messageText}>
        <LogText
          text={row().text}
          hits={row().hits}
          highlights={row().highlights}
          colourOf={props.colourOf}
          start={part().start}
          end={part().end}
        />
        <Show when={part().restEnd > part().restStart}>
          <span class={styles.rest}>
            <LogText
              text={row().text}
              hits={row().hits}
              highlights={row().highlights}
              colourOf={props.colourOf}
              start={part().restStart}
              end={part().restEnd}
            />
          </span>
        </Show>
      </span>
      <Show when={row().isPiece}>
        <span class={styles.note}>part of a longer line</span>
      </Show>
      <Show when={props.isWrapped && part().leftOutCount > 0}>
        <span class={styles.note}>{toCountText(part().leftOutCount, 'more character')} in the details</span>
      </Show>
      <Show when={areAllHitsElsewhere() && hitsElsewhere().before > 0}>
        <span class={styles.inside}>
          <LogText text={row().text} start={row().hits[0] ?? 0} end={firstHitEnd()} />
          {hitsElsewhere().before > 1 ? ` and ${toCountText(hitsElsewhere().before - 1, 'hit')}` : ''} before the
          message
        </span>
      </Show>
      <Show when={hitsElsewhere().after > 0 && !props.isUnfolded && !props.hasTrace}>
        <span class={styles.inside}>{toCountText(hitsElsewhere().after, 'hit')} inside</span>
      </Show>
      <Show when={row().lineCount > 1 && !props.isUnfolded && !props.hasTrace}>
        <button type="button" class={styles.lines} data-fold="" tabIndex={-1}>
          {toCountText(row().lineCount, 'line')}
        </button>
      </Show>
    </>
  );
};
