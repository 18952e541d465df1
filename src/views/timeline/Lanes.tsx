/** The counts as stepped areas: a lane for trouble, one for the rest, each on its own scale. */
// biome-ignore-all lint/a11y/noSvgWithoutTitle: the lanes are parts of one picture, which has its name
import { type Component, createMemo, For } from 'solid-js';

import type { Histogram } from '../../engine/api';
import { LEVEL_LOOKS, toLook } from '../levels';
import type { Axis } from './axis';
import { buildAreas, maxOf, TROUBLE_CODES, VOLUME_CODES } from './shapes';
import styles from './Timeline.module.css';

/** Where a lane stands, px from the top of the chart. `isDown`: it hangs below the axis. */
interface Lane {
  readonly y: number;
  readonly height: number;
  readonly isDown: boolean;
}

export interface LaneLayout {
  /** Null where there is no trouble to show. */
  readonly trouble: Lane | null;
  readonly volume: Lane;
  readonly axisY: number;
}

const LEVELLED_CODES = [...TROUBLE_CODES, ...VOLUME_CODES].filter((code) => code !== 0);

// y of all lanes together; flags stand above, the labels below.
export const TOP = 14;
export const BOTTOM = 74;

const DIVIDED: LaneLayout = {
  trouble: { y: TOP, height: 44, isDown: false },
  volume: { y: 60, height: 14, isDown: true },
  axisY: 58.5,
};
const CALM: LaneLayout = {
  trouble: null,
  volume: { y: TOP, height: BOTTOM - TOP, isDown: false },
  axisY: BOTTOM + 0.5,
};

/** A log without trouble has the whole height for its volume. */
export function toLaneLayout(maxTrouble: number): LaneLayout {
  return maxTrouble === 0 ? CALM : DIVIDED;
}

interface LanesProps {
  histogram: Histogram;
  axis: Axis;
  maxTrouble: number;
  maxVolume: number;
  isLog: boolean;
  isGhost?: boolean;
}

export const Lanes: Component<LanesProps> = (props) => {
  // The pale fill of records without a level is for beside the others: alone it would hardly be seen.
  const isUnlevelled = () => maxOf(props.histogram, LEVELLED_CODES) === 0;
  const lanes = createMemo(() => {
    const { trouble, volume } = toLaneLayout(props.maxTrouble);
    const isLog = props.isLog;
    const areas = (box: Lane, codes: readonly number[], max: number) => ({
      box,
      areas: buildAreas(props.histogram, codes, max, { height: box.height, isDown: box.isDown, isLog }),
    });
    return [
      ...(trouble ? [areas(trouble, TROUBLE_CODES, props.maxTrouble)] : []),
      areas(volume, VOLUME_CODES, props.maxVolume),
    ];
  });
  return (
    <For each={lanes()}>
      {(lane) => (
        // The outer box cuts off what lies outside the span, the inner one holds all bins.
        <svg x="0" y={lane.box.y} width="100%" height={lane.box.height}>
          <svg
            class={props.isGhost ? styles.ghost : styles.lane}
            x={props.axis.percent(props.histogram.startMs)}
            width={props.axis.length(props.histogram.binCount * props.histogram.binMs)}
            height={lane.box.height}
            viewBox={`0 0 ${Math.max(1, props.histogram.binCount)} ${lane.box.height}`}
            preserveAspectRatio="none"
          >
            <For each={lane.areas}>
              {(area) => (
                <path
                  class={
                    toLook(isUnlevelled() ? 'INFO' : (LEVEL_LOOKS.find((look) => look.code === area.code)?.key ?? null))
                      .className
                  }
                  d={area.path}
                />
              )}
            </For>
          </svg>
        </svg>
      )}
    </For>
  );
};
