/** The timeline's counts as a table, for those who listen and for those who want figures. */
import { type Component, createMemo, For } from 'solid-js';

import type { TimeRange } from '../../state/filter';
import type { TimelineCounts } from '../../state/timeline-counts';
import { toCountText, toNumberText } from '../../ui/size-text';
import { LEVEL_LOOKS } from '../levels';
import { toFullText } from '../time-text';
import { toBinText } from './shapes';
import styles from './Timeline.module.css';

interface TimelineTableProps {
  counts: TimelineCounts;
  /** What the timeline shows: only bins that reach into it are listed. Null: all. */
  span: TimeRange | null;
  zone: string;
  onGoTo: (time: number) => void;
}

/** The same counts as a table. A time leads to its records. */
export const TimelineTable: Component<TimelineTableProps> = (props) => {
  const histogram = () => props.counts.kept ?? props.counts.all;
  const inView = createMemo(() => {
    const { startMs, binMs, binCount } = histogram();
    return Array.from({ length: binCount }, (_, bin) => bin).filter((bin) => {
      const start = startMs + bin * binMs;
      return !props.span || (start + binMs > props.span.start && start < props.span.end);
    });
  });
  const looks = createMemo(() =>
    LEVEL_LOOKS.filter((look) => inView().some((bin) => (histogram().counts[look.code]?.[bin] ?? 0) > 0)),
  );
  const bins = createMemo(() =>
    inView().filter((bin) => looks().some((look) => (histogram().counts[look.code]?.[bin] ?? 0) > 0)),
  );
  return (
    <table class={styles.table}>
      <caption>
        {props.counts.kept ? 'What the filter keeps' : 'All records'} per {toBinText(histogram().binMs)},{' '}
        {toCountText(bins().length, 'bin')} with records
        {histogram().untimedCount > 0
          ? `; ${toCountText(histogram().untimedCount, 'record')} without a time left out`
          : ''}
      </caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <For each={looks()}>{(look) => <th scope="col">{look.word}</th>}</For>
        </tr>
      </thead>
      <tbody>
        <For each={bins()}>
          {(bin) => {
            const time = histogram().startMs + bin * histogram().binMs;
            return (
              <tr>
                <th scope="row">
                  <button type="button" class={styles.link} onClick={() => props.onGoTo(time)}>
                    {toFullText(time, props.zone)}
                  </button>
                </th>
                <For each={looks()}>{(look) => <td>{toNumberText(histogram().counts[look.code]?.[bin] ?? 0)}</td>}</For>
              </tr>
            );
          }}
        </For>
      </tbody>
    </table>
  );
};
