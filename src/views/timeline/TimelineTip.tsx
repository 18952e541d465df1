/** The crosshair and the line of figures above it, wherever in the page a moment is pointed at. */
import { type Component, createMemo, For, Show } from 'solid-js';

import type { Mark } from '../../state/marks';
import type { TimelineStore } from '../../state/timeline';
import { lengthOf } from '../../state/time-span';
import { toNumberText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import { LogText } from '../LogText';
import { type Axis, gatherByPixel } from './axis';
import { FLAG_PX } from './Overlays';
import styles from './Timeline.module.css';
import { toTip } from './tip';

interface TimelineTipProps {
  timeline: TimelineStore;
  marks: readonly Mark[];
  axis: Axis;
  zone: string;
  /** A brush is being drawn, which has figures of its own. */
  isHidden: boolean;
}

export const TimelineTip: Component<TimelineTipProps> = (props) => {
  const hovered = () => {
    const time = props.isHidden ? null : props.timeline.hover();
    return time !== null && props.axis.isInView(time) ? time : null;
  };
  const tip = createMemo(() => {
    const time = hovered();
    const counts = props.timeline.zoom.shown();
    return time !== null && counts
      ? toTip(counts, props.timeline.shownGaps(), time, props.zone, lengthOf(props.axis.span))
      : null;
  });
  /** Marks whose flag stands where the pointer is. */
  const marks = createMemo(() => {
    const time = hovered();
    if (time === null) return [];
    const place = (at: number) => props.axis.share(at) * props.axis.width;
    return (
      gatherByPixel(props.marks, props.axis, FLAG_PX).find(
        (group) => place(time) - place(group.time) > -FLAG_PX / 2 && place(time) - place(group.time) < FLAG_PX,
      )?.things ?? []
    );
  });
  const isRight = () => props.axis.share(hovered() ?? 0) > 0.5;
  const place = () => {
    const share = Math.max(0, Math.min(1, props.axis.share(hovered() ?? 0)));
    return isRight() ? 1 - share : share;
  };
  return (
    <Show when={tip()}>
      {(now) => (
        <div
          class={styles.tip}
          classList={{ [styles.tipRight ?? '']: isRight() }}
          ref={(element) => bindVars(element, () => ({ '--x': `${(place() * 100).toFixed(3)}%` }))}
          aria-hidden="true"
          data-tip
        >
          <b>{now().time}</b>
          <span>{now().text}</span>
          <For each={marks().slice(0, 1)}>
            {(mark) => (
              <span class={styles.tipMark}>
                <LogText text={mark.note === '' ? mark.text : (mark.note.split('\n', 1)[0] ?? '')} />
              </span>
            )}
          </For>
          <Show when={marks().length > 1}>
            <span>and {toNumberText(marks().length - 1)} more</span>
          </Show>
        </div>
      )}
    </Show>
  );
};
