/** The whole in a strip below a zoomed timeline, with a window where it stands: a scroll bar over time. */
// biome-ignore-all lint/a11y/noSvgWithoutTitle: a part of one picture, which has its name; keys pan and zoom too
import { type Component, createMemo, For } from 'solid-js';

import type { TimeRange } from '../../state/filter';
import type { TimelineCounts } from '../../state/timeline-counts';
import { LEVEL_LOOKS } from '../levels';
import { createAxis } from './axis';
import { buildAreas, maxOf } from './shapes';
import styles from './Timeline.module.css';

interface OverviewProps {
  counts: TimelineCounts | null;
  whole: TimeRange;
  view: TimeRange;
  /** px */
  width: number;
  y: number;
  height: number;
  onShow: (span: TimeRange) => void;
}

const ERRORS = [6, 5] as const;
const EVERYTHING = [6, 5, 4, 3, 2, 1, 0] as const;
// A window narrower than this could not be seen, let alone caught.
const WINDOW_MIN_PX = 8;

export const Overview: Component<OverviewProps> = (props) => {
  let strip!: SVGSVGElement;
  /** How far behind the window's start the pointer holds it, ms; null: it does not. */
  let grip: number | null = null;
  const axis = createMemo(() => createAxis(props.whole, props.width));
  /** Everything as one silhouette, the errors among it in their colour; logarithmic, so that few errors are seen beside much else. */
  const layers = createMemo(() => {
    const histogram = props.counts?.all;
    if (!histogram) return [];
    const max = maxOf(histogram, EVERYTHING);
    const areas = (codes: readonly number[]) =>
      buildAreas(histogram, codes, max, { height: props.height, isDown: false, isLog: true });
    return [
      ...areas(EVERYTHING).map(({ path }) => ({ path, className: styles.overviewVolume })),
      ...areas(ERRORS).map(({ path, code }) => ({
        path,
        className: `${styles.overviewErrors} ${LEVEL_LOOKS.find((look) => look.code === code)?.className}`,
      })),
    ];
  });
  const length = () => props.view.end - props.view.start;
  const frame = () => {
    const size = Math.max(WINDOW_MIN_PX, (length() / Math.max(1, props.whole.end - props.whole.start)) * props.width);
    const x = axis().share(props.view.start) * props.width;
    return { x: Math.max(0, Math.min(props.width - size, x)), size };
  };

  const timeAt = (clientX: number) => {
    const box = strip.getBoundingClientRect();
    return axis().timeAt(Math.max(0, Math.min(1, (clientX - box.left) / Math.max(1, props.width))));
  };
  const showFrom = (start: number) => props.onShow({ start, end: start + length() });

  return (
    <svg
      ref={(element) => {
        strip = element;
      }}
      class={styles.overview}
      x="0"
      y={props.y}
      width="100%"
      height={props.height}
      data-overview
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        const time = timeAt(event.clientX);
        const isOnWindow = time >= props.view.start && time < props.view.end;
        grip = isOnWindow ? time - props.view.start : length() / 2;
        strip.setPointerCapture?.(event.pointerId);
        if (!isOnWindow) showFrom(time - grip);
      }}
      onPointerMove={(event) => {
        if (grip === null) return;
        event.stopPropagation();
        showFrom(timeAt(event.clientX) - grip);
      }}
      onPointerUp={(event) => {
        event.stopPropagation();
        grip = null;
      }}
      onPointerCancel={() => {
        grip = null;
      }}
      onDblClick={(event) => event.stopPropagation()}
    >
      <rect class={styles.overviewTrack} x="0" y="0" width="100%" height={props.height} />
      <svg
        width="100%"
        height={props.height}
        viewBox={`0 0 ${Math.max(1, props.counts?.all.binCount ?? 1)} ${props.height}`}
        preserveAspectRatio="none"
      >
        <For each={layers()}>{(layer) => <path class={layer.className} d={layer.path} />}</For>
      </svg>
      <rect class={styles.overviewWindow} x={frame().x} y="0.5" width={frame().size} height={props.height - 1} />
    </svg>
  );
};
