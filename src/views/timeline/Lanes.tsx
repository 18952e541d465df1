/** The counts as stepped areas: a lane for trouble, one for the rest, each on its own scale. */
import { type Component, createMemo, For } from 'solid-js';

import type { Histogram } from '../../engine/api';
import { LEVEL_LOOKS, toLook } from '../levels';
import { buildAreas, TROUBLE_CODES, VOLUME_CODES } from './shapes';
import styles from './Timeline.module.css';

// y of the parts: the trouble lane 14..58, the axis, the volume lane 60..74, the labels below.
export const TROUBLE = { y: 14, height: 44 };
export const VOLUME = { y: 60, height: 14 };

interface LanesProps {
  histogram: Histogram;
  maxTrouble: number;
  maxVolume: number;
  isGhost?: boolean;
  x?: string;
  width?: string;
}

export const Lanes: Component<LanesProps> = (props) => {
  const trouble = createMemo(() => buildAreas(props.histogram, TROUBLE_CODES, props.maxTrouble, TROUBLE.height, false));
  const volume = createMemo(() => buildAreas(props.histogram, VOLUME_CODES, props.maxVolume, VOLUME.height, true));
  return (
    <For
      each={[
        { box: TROUBLE, areas: trouble },
        { box: VOLUME, areas: volume },
      ]}
    >
      {(lane) => (
        <svg
          class={props.isGhost ? styles.ghost : styles.lane}
          x={props.x ?? '0'}
          y={lane.box.y}
          width={props.width ?? '100%'}
          height={lane.box.height}
          viewBox={`0 0 ${Math.max(1, props.histogram.binCount)} ${lane.box.height}`}
          preserveAspectRatio="none"
        >
          <For each={lane.areas()}>
            {(area) => (
              <path
                class={toLook(LEVEL_LOOKS.find((look) => look.code === area.code)?.key ?? null).className}
                d={area.path}
              />
            )}
          </For>
        </svg>
      )}
    </For>
  );
};

/** The selection's own bins, placed on the axis of everything: its span may be shorter. */
export const KeptLanes: Component<{ all: Histogram; kept: Histogram; maxTrouble: number; maxVolume: number }> = (props) => {
  const span = () => props.all.binCount * props.all.binMs;
  const share = (ms: number) => `${((ms / Math.max(1, span())) * 100).toFixed(4)}%`;
  return (
    <Lanes
      histogram={props.kept}
      maxTrouble={props.maxTrouble}
      maxVolume={props.maxVolume}
      x={share(props.kept.startMs - props.all.startMs)}
      width={share(props.kept.binCount * props.kept.binMs)}
    />
  );
};
