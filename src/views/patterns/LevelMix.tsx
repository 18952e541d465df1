/** The levels of a pattern's records as one bar, worst first. */
import { type Component, For } from 'solid-js';

import { LEVEL_LOOKS } from '../levels';
import styles from './LevelMix.module.css';
import { toMixText } from './pattern-words';

interface LevelMixProps {
  levelCounts: readonly number[];
  count: number;
}

const WIDTH = 36;
// One record of a million is still seen.
const MIN_PX = 1;

export const LevelMix: Component<LevelMixProps> = (props) => {
  const parts = () => {
    let x = 0;
    return LEVEL_LOOKS.flatMap(({ code, className }) => {
      const count = props.levelCounts[code] ?? 0;
      if (count === 0) return [];
      const width = Math.max(MIN_PX, (WIDTH * count) / props.count);
      const part = { x, className, width: Math.min(width, WIDTH - x) };
      x += width;
      return [part];
    });
  };
  return (
    <svg class={styles.mix} width={WIDTH} height="6" role="img" aria-label={toMixText(props.levelCounts, props.count)}>
      <title>{toMixText(props.levelCounts, props.count)}</title>
      <For each={parts()}>
        {(part) => <rect class={`${styles.part} ${part.className}`} x={part.x} width={part.width} height="6" />}
      </For>
    </svg>
  );
};
