/** A pattern's records over the timeline's span, each on a scale of its own; the moment that parts old from new is dashed. */
import type { Component } from 'solid-js';

import type { PatternBins } from '../../engine/patterns/pattern';
import type { EpochMs } from '../../engine/records/record';
import { binsOf } from '../../state/pattern-facts';
import styles from './Sparkline.module.css';

interface SparklineProps {
  bins: PatternBins;
  /** Index of the pattern's row. */
  index: number;
  moment: EpochMs | null;
  /** What it shows, for those who listen. */
  label: string;
  /** A class with the level's colours. */
  level: string;
}

const HEIGHT = 22;
// Above the tallest bar, so that it does not touch the row's edge; and what a bin with one record has at least.
const TOP = 1.5;
const MIN_PX = 1.5;

export const Sparkline: Component<SparklineProps> = (props) => (
  <svg
    class={`${styles.spark} ${props.level}`}
    viewBox={`0 0 ${Math.max(1, props.bins.binCount)} ${HEIGHT}`}
    preserveAspectRatio="none"
    role="img"
    aria-label={props.label}
  >
    <path class={styles.base} d={`M0 ${HEIGHT - 0.5}H${Math.max(1, props.bins.binCount)}`} />
    <path class={styles.area} d={toSparkPath(props.bins, props.index)} />
    <path class={styles.moment} d={toMomentPath(props.bins, props.moment)} />
  </svg>
);

/** One bar for each bin that is not empty, in a box of `binCount` × 22. */
export function toSparkPath(bins: PatternBins, index: number): string {
  const { at, counts } = binsOf(bins, index);
  const most = counts.reduce((max, count) => Math.max(max, count), 0);
  let path = '';
  at.forEach((bin, entry) => {
    const size = Math.max(MIN_PX, ((HEIGHT - TOP) * (counts[entry] ?? 0)) / most);
    path += `M${bin} ${HEIGHT}V${Math.round((HEIGHT - size) * 100) / 100}H${bin + 1}V${HEIGHT}Z`;
  });
  return path;
}

function toMomentPath({ startMs, binMs, binCount }: PatternBins, moment: EpochMs | null): string {
  if (moment === null) return '';
  const x = (moment - startMs) / binMs;
  return x < 0 || x > binCount ? '' : `M${Math.round(x * 100) / 100} 0V${HEIGHT}`;
}
