/** The counts as stepped areas: a lane for trouble, one for the rest, each on its own scale. */
// biome-ignore-all lint/a11y/noSvgWithoutTitle: the lanes are parts of one picture, which has its name
import { type Component, createMemo, For, useContext } from 'solid-js';

import type { Histogram } from '../../engine/api';
import { LEVEL_LOOKS, toLook } from '../levels';
import type { Axis } from './axis';
import { FrameContext, type Lane } from './frame';
import { buildAreas, maxOf, TROUBLE_CODES, VOLUME_CODES } from './shapes';
import styles from './Timeline.module.css';

const LEVELLED_CODES = [...TROUBLE_CODES, ...VOLUME_CODES].filter((code) => code !== 0);

interface LanesProps {
  histogram: Histogram;
  axis: Axis;
  maxTrouble: number;
  maxVolume: number;
  isLog: boolean;
  isGhost?: boolean;
}

export const Lanes: Component<LanesProps> = (props) => {
  const frame = useContext(FrameContext);
  // The pale fill of records without a level is for beside the others: alone it would hardly be seen.
  const isUnlevelled = () => maxOf(props.histogram, LEVELLED_CODES) === 0;
  const lanes = createMemo(() => {
    const { trouble, volume } = props.maxTrouble === 0 ? frame.calm : frame.divided;
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
