/** One record as a row of the grid; what else there is to see of it follows in a row of its own. */
// biome-ignore-all lint/a11y/useSemanticElements: rows of the grid, see LogGrid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and tells the active row by aria-activedescendant
import { type Component, createMemo, type JSX, Show } from 'solid-js';

import { type ColumnId, fieldOf } from '../../state/layout';
import type { PaneId } from '../../state/panes';
import type { RecordItem } from '../../state/record-pages';
import type { RecordsStore } from '../../state/records';
import { Icon } from '../../ui/Icon';
import { toCountText, toDeltaText } from '../../ui/size-text';
import { toLook } from '../levels';
import { LogText } from '../LogText';
import { toClockParts } from '../time-text';
import { toColumnKind } from './columns';
import { HoverVerbs } from './HoverVerbs';
import styles from './LogGrid.module.css';
import { RowMessage } from './RowMessage';
import { Unfolded } from './Unfolded';

/** What all rows of a grid share. Accessors, so that a row reads only what it draws. */
export interface RowContext {
  readonly paneId: PaneId;
  readonly records: RecordsStore;
  readonly zone: () => string;
  readonly columns: () => readonly ColumnId[];
  /** Names of the fields among the columns, in the order in which rows bring their values. */
  readonly fields: () => readonly string[];
  readonly sourceName: (source: number) => string;
  readonly sourceColour: (source: number) => number;
  readonly markOf: (item: RecordItem) => 'note' | 'mark' | null;
  /** Position of the record under the pointer; -1: none. */
  readonly hovered: () => number;
  /** Colour 1..9 of a highlight. */
  readonly colourOf: (highlight: number) => number;
  /** Colour 1..9 of a whole record; null: none. */
  readonly recordColourOf: (keptBy: readonly number[]) => number | null;
}

interface LogRowProps {
  item: RecordItem;
  context: RowContext;
}

/** Id of the element of a record's row. */
export const toRowId = (pane: PaneId, index: number) => `${pane}-record-${index}`;
/** Id of a cell in it. */
export const toCellId = (pane: PaneId, index: number, column: ColumnId | 'gutter') =>
  `${toRowId(pane, index)}-${column}`;

// A field's value in its column; the details hold the rest.
const VALUE_UNITS = 300;

export const LogRow: Component<LogRowProps> = (props) => {
  // Neither changes in the life of a row: another record is another row.
  const { context, item } = props;
  const { row, index } = item;
  const { records } = context;
  const look = toLook(row.level);
  const canUnfold = records.canUnfold(row);
  const isPicked = () => records.isPicked(index);
  const isUnfolded = () => canUnfold && records.isUnfolded(row.id);
  const under = createMemo(() => records.underOf(row));
  const mark = createMemo(() => context.markOf(item));
  const className = () => `${look.className} ${isPicked() ? styles.selected : ''}`;
  const recordClass = () => {
    const colour = context.recordColourOf(row.keptBy);
    return colour === null ? '' : `hl-${colour}`;
  };
  const delta = () => {
    const before = records.itemAt(index - 1)?.row.time;
    return typeof before === 'number' && row.time !== null ? toDeltaText(row.time - before) : '';
  };

  function content(column: ColumnId): JSX.Element {
    switch (column) {
      case 'time':
        return <Clock time={row.time} zone={context.zone()} />;
      case 'delta':
        return delta();
      case 'level':
        return look.glyph ? (
          <>
            <Icon name={look.glyph} small />
            <span class={styles.levelWord}>{look.word}</span>
          </>
        ) : null;
      case 'source':
        return (
          <>
            <i class={`${styles.bar} src-${context.sourceColour(row.id.source)}`} aria-hidden="true" />
            <span class={styles.sourceName}>{context.sourceName(row.id.source)}</span>
          </>
        );
      case 'message':
        return (
          <RowMessage
            row={row}
            isWrapped={records.isWrapped()}
            isUnfolded={isUnfolded()}
            hasTrace={under().kind === 'trace'}
            colourOf={context.colourOf}
          />
        );
      default: {
        const value = row.values[context.fields().indexOf(fieldOf(column) ?? '')] ?? '';
        return <LogText text={value} end={Math.min(value.length, VALUE_UNITS)} />;
      }
    }
  }

  return (
    <>
      <div
        id={toRowId(context.paneId, index)}
        class={`${styles.row} ${className()}`}
        classList={{ [styles.context ?? '']: row.isContext, [styles.active ?? '']: records.isSelected(row.id) }}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={isPicked()}
        data-index={index}
      >
        <span id={toCellId(context.paneId, index, 'gutter')} class={styles.gutter} role="gridcell">
          <Show when={mark()}>
            {(kind) => (
              <span class={styles.mark}>
                <Icon name={kind()} small />
                <span class="unseen">{kind() === 'note' ? 'Marked, with a note' : 'Marked'}</span>
              </span>
            )}
          </Show>
          <Show when={canUnfold}>
            <button
              type="button"
              class={styles.fold}
              data-fold=""
              tabIndex={-1}
              aria-expanded={isUnfolded()}
              aria-label={
                isUnfolded() ? 'Fold' : row.lineCount > 1 ? `Unfold ${toCountText(row.lineCount, 'line')}` : 'Unfold'
              }
            >
              <Icon name={isUnfolded() ? 'down' : 'right'} small />
            </button>
          </Show>
        </span>
        {context.columns().map((column) => (
          <span
            id={toCellId(context.paneId, index, column)}
            class={`${styles[toColumnKind(column)]} ${column === 'message' ? recordClass() : ''}`}
            role="gridcell"
            data-column={column}
          >
            {content(column)}
          </span>
        ))}
        <Show when={context.hovered() === index}>
          <HoverVerbs isMarked={mark() !== null} />
        </Show>
      </div>
      <Show when={under().kind !== 'none'}>
        <Unfolded
          row={row}
          index={index}
          under={under()}
          columnCount={context.columns().length}
          columnFields={context.fields()}
          looks={className()}
        />
      </Show>
    </>
  );
};

const Clock: Component<{ time: number | null; zone: string }> = (props) => (
  <Show when={props.time !== null && toClockParts(props.time, props.zone)}>
    {(clock) => (
      <>
        {clock().clock}
        <span class={styles.faint}>{clock().fraction}</span>
      </>
    )}
  </Show>
);
