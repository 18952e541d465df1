/** What is drawn over the counts: gaps, marks, the pinned moment, where the rows are. */
// biome-ignore-all lint/a11y/noSvgWithoutTitle: parts of one picture, which has its name
import { type Component, createMemo, For, Show, useContext } from 'solid-js';

import type { Gap } from '../../state/bursts';
import type { Mark } from '../../state/marks';
import { toClockText } from '../time-text';
import { type Axis, gatherByPixel } from './axis';
import { FrameContext } from './frame';
import styles from './Timeline.module.css';

// Flags nearer to each other than this are one.
export const FLAG_PX = 9;

export const Gaps: Component<{ gaps: readonly Gap[]; axis: Axis }> = (props) => {
  const frame = useContext(FrameContext);
  return (
    <svg x="0" y={frame.top} width="100%" height={frame.bottom - frame.top}>
      <For each={props.gaps.filter(({ start, end }) => end > props.axis.span.start && start < props.axis.span.end)}>
        {(gap) => (
          <rect
            data-gap
            class={styles.gap}
            x={props.axis.percent(gap.start)}
            width={props.axis.length(gap.end - gap.start)}
            height={frame.bottom - frame.top}
          />
        )}
      </For>
    </svg>
  );
};

/** Flags above the lanes; of those on one place the first leads to its record. */
export const MarkFlags: Component<{ marks: readonly Mark[]; axis: Axis }> = (props) => {
  const frame = useContext(FrameContext);
  const groups = createMemo(() => gatherByPixel(props.marks, props.axis, FLAG_PX));
  return (
    <For each={groups()}>
      {(group) => (
        <svg x={props.axis.percent(group.time)} y="0" width="1" height={frame.bottom} overflow="visible">
          <g data-flag={props.marks.indexOf(group.things[0] as Mark)}>
            <line class={styles.flagPole} x1="0" x2="0" y1="4" y2={frame.top + 4} />
            <path class={styles.flag} d={group.things.length > 1 ? 'M0 3h9v8H0z' : 'M0 3h8l-2.500 4 2.500 4H0z'} />
            <rect class={styles.flagCatch} x="-5" y="0" width="14" height={frame.top + 2} />
          </g>
        </svg>
      )}
    </For>
  );
};

/** The moment that is drawn through every chart. */
export const PinLine: Component<{ time: number | null; axis: Axis; zone: string; height: number }> = (props) => {
  const frame = useContext(FrameContext);
  return (
    <Show when={props.time !== null && props.axis.isInView(props.time) ? { at: props.time } : null}>
      {(pin) => {
        const isRight = () => props.axis.share(pin().at) > 0.5;
        return (
          <svg x={props.axis.percent(pin().at)} y="0" width="1" height={props.height} overflow="visible">
            <line class={styles.pin} x1="0" x2="0" y1="2" y2={frame.bottom} />
            <text class={styles.pinText} x={isRight() ? -5 : 5} y="10" text-anchor={isRight() ? 'end' : 'start'}>
              {toClockText(pin().at, props.zone)}
            </text>
          </svg>
        );
      }}
    </Show>
  );
};

/** Where the records on screen are; an arrow at the side where they are when that is out of view. */
export const Here: Component<{ time: number | null; axis: Axis; height: number }> = (props) => {
  const frame = useContext(FrameContext);
  return (
    <Show when={props.time === null ? null : { at: props.time }}>
      {(here) => (
        <Show
          when={props.axis.isInView(here().at)}
          fallback={
            <svg
              x={here().at < props.axis.span.start ? '0%' : '100%'}
              y="0"
              width="1"
              height={props.height}
              overflow="visible"
              data-here="out of view"
            >
              <path
                class={styles.hereMark}
                d={here().at < props.axis.span.start ? 'M1 76.500l6-4v8z' : 'M-1 76.500l-6-4v8z'}
              />
            </svg>
          }
        >
          <svg
            x={props.axis.percent(here().at)}
            y="0"
            width="1"
            height={props.height}
            overflow="visible"
            data-here="in view"
          >
            <line class={styles.here} x1="0" x2="0" y1={frame.top} y2={frame.bottom} />
            <path class={styles.hereMark} d="M-4 79h8L0 74z" />
          </svg>
        </Show>
      )}
    </Show>
  );
};

export const Crosshair: Component<{ time: number | null; axis: Axis }> = (props) => {
  const frame = useContext(FrameContext);
  return (
    <Show when={props.time !== null && props.axis.isInView(props.time) ? { at: props.time } : null}>
      {(now) => (
        <line
          class={styles.crosshair}
          x1={props.axis.percent(now().at)}
          x2={props.axis.percent(now().at)}
          y1={frame.top}
          y2={frame.bottom}
        />
      )}
    </Show>
  );
};
