/** The first line of a record whose beginning has scrolled out: it stays on top while the rest of it is read. */
import type { Component } from 'solid-js';

import type { RecordItem } from '../../state/record-pages';
import { Icon } from '../../ui/Icon';
import { bindVars } from '../../ui/vars';
import { toLook } from '../levels';
import { toClockParts } from '../time-text';
import { toColumnKind } from './columns';
import styles from './LogGrid.module.css';
import type { RowContext } from './LogRow';
import { RowMessage } from './RowMessage';

interface StickyLineProps {
  item: RecordItem;
  /** px by which the next record pushes it out at the top, at most 0. */
  push: number;
  context: RowContext;
}

export const StickyLine: Component<StickyLineProps> = (props) => {
  const row = () => props.item.row;
  const look = () => toLook(row().level);
  const clock = () => {
    const { time } = row();
    return time === null ? null : toClockParts(time, props.context.zone());
  };
  return (
    <div
      ref={(element) => bindVars(element, () => ({ '--push': `${props.push}px` }))}
      class={`${styles.row} ${styles.sticky} ${look().className}`}
      data-index={props.item.index}
      aria-hidden="true"
    >
      <span class={styles.gutter} />
      {props.context.columns().map((column) => (
        <span class={styles[toColumnKind(column)]}>
          {column === 'time' ? (
            <>
              {clock()?.clock}
              <span class={styles.faint}>{clock()?.fraction}</span>
            </>
          ) : column === 'level' && look().glyph ? (
            <>
              <Icon name={look().glyph ?? 'info'} small />
              <span class={styles.levelWord}>{look().word}</span>
            </>
          ) : column === 'source' ? (
            <>
              <i class={`${styles.bar} src-${props.context.sourceColour(row().id.source)}`} />
              <span class={styles.sourceName}>{props.context.sourceName(row().id.source)}</span>
            </>
          ) : column === 'message' ? (
            <RowMessage row={row()} isWrapped={false} isUnfolded hasTrace={false} colourOf={props.context.colourOf} />
          ) : null}
        </span>
      ))}
    </div>
  );
};
