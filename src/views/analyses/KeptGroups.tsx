/** The error groups of a kept analysis: what they go by, how many errors each has, its class, as they were. */
// biome-ignore-all lint/a11y/useSemanticElements: rows of a table that draws those in view, see FixedRows
// biome-ignore-all lint/a11y/useFocusableInteractive: cells are read, not chosen
import { type Component, createMemo, Show } from 'solid-js';

import type { KeptErrorGroup } from '../../protocol/analysis';
import { FixedRows } from '../../ui/FixedRows';
import { toNumberText } from '../../ui/size-text';
import { LogText } from '../LogText';
import styles from './Analyses.module.css';
import { toShareText } from './analysis-text';

interface KeptGroupsProps {
  groups: readonly KeptErrorGroup[];
  timeText: (time: number | null) => string;
}

const ROW_PX = 36;
const BASES: Readonly<Record<KeptErrorGroup['by'], string>> = {
  frames: 'stack frames',
  exception: 'exception',
  pattern: 'pattern',
};

export const KeptGroups: Component<KeptGroupsProps> = (props) => {
  const total = createMemo(() => props.groups.reduce((sum, { count }) => sum + count, 0));
  return (
    <FixedRows
      label="Error groups of the analysis"
      rows={props.groups}
      rowPx={ROW_PX}
      columnsClass={styles.groupColumns}
      head={
        <>
          <span role="columnheader">Errors that have one cause</span>
          <span role="columnheader">Told by</span>
          <span role="columnheader" class={styles.number}>
            Errors
          </span>
          <span role="columnheader" class={styles.number}>
            Share
          </span>
          <span role="columnheader">Class</span>
          <span role="columnheader">First and last</span>
        </>
      }
    >
      {(group) => (
        <>
          <span role="rowheader" class={styles.text} title={[group.title, ...group.frames].join('\n')}>
            <LogText text={group.title} />
          </span>
          <span role="cell" class={styles.faint}>
            {BASES[group.by]}
          </span>
          <span role="cell" class={styles.number}>
            {toNumberText(group.count)}
          </span>
          <span role="cell" class={`${styles.number} ${styles.faint}`}>
            {toShareText(group.count / Math.max(1, total()))}
          </span>
          <span role="cell" class={styles.class} title={group.classification?.because}>
            <Show when={group.classification}>
              {(known) => (
                <>
                  {known().category} <span class={styles.faint}>{known().severity}</span>
                </>
              )}
            </Show>
          </span>
          <span role="cell" class={styles.times}>
            {props.timeText(group.first.time)}
            <span class={styles.faint}>{props.timeText(group.last.time)}</span>
          </span>
        </>
      )}
    </FixedRows>
  );
};
