/** The whole time as a chart: the timeline, higher, and never zoomed. A click goes there, a brush shows its records. */
import { type Component, createMemo, Show } from 'solid-js';

import type { TimelineStore } from '../../state/timeline';
import type { Workspace } from '../../state/workspace';
import { toNumberText } from '../../ui/size-text';
import { toDateText } from '../time-text';
import { PAGE_FRAME } from '../timeline/frame';
import { maxOf, toBinText, TROUBLE_CODES, VOLUME_CODES } from '../timeline/shapes';
import { Timeline } from '../timeline/Timeline';
import styles from './FirstLook.module.css';
import type { LookTarget } from './look-target';

interface LookChartProps {
  workspace: Workspace;
  zone: string;
  isReading: boolean;
  onGo: (target: LookTarget) => void;
}

export const LookChart: Component<LookChartProps> = (props) => {
  const { timeline, filter, marks, view } = props.workspace;
  const { zoom } = timeline;
  /** The same counts as if nothing were zoomed; what would zoom shows the lines, zoomed. */
  const whole: TimelineStore = {
    ...timeline,
    shownGaps: timeline.gaps,
    zoom: {
      ...zoom,
      view: () => null,
      span: zoom.bounds,
      shown: timeline.counts,
      zoom: () => {},
      pan: () => {},
      show(span) {
        zoom.show(span);
        view.show('lines');
      },
    },
  };
  const caption = createMemo(() => {
    const all = timeline.counts()?.all;
    if (!all || all.binCount === 0) return '';
    const first = toDateText(all.startMs, props.zone);
    const last = toDateText(all.startMs + all.binMs * all.binCount - 1, props.zone);
    const trouble = maxOf(all, TROUBLE_CODES);
    const volume = maxOf(all, VOLUME_CODES);
    const scales =
      trouble === 0
        ? `At most ${toNumberText(volume)}.`
        : `Above the axis FATAL, ERROR and WARN, up to ${toNumberText(trouble)}; below it the rest, up to ${toNumberText(volume)}.`;
    return `Records per ${toBinText(all.binMs)}, ${first === last ? first : `${first} to ${last}`}, ${props.zone}. ${scales} Click to go there, drag to filter.`;
  });
  return (
    <Show when={(timeline.counts()?.all.binCount ?? 0) > 0 || props.isReading}>
      <section class={styles.chart} aria-label="Records over time">
        <Timeline
          timeline={whole}
          filter={filter}
          marks={marks}
          zone={props.zone}
          isReading={props.isReading}
          here={null}
          frame={PAGE_FRAME}
          onGoTo={(time) => props.onGo({ kind: 'time', time })}
          onShowRecord={(record) => props.onGo({ kind: 'record', record })}
          onFilter={(span) => props.onGo({ kind: 'span', span })}
        />
        <p class={styles.caption}>{caption()}</p>
      </section>
    </Show>
  );
};
