/** A kept first look as a page: the sentence, what there was to look at first, the facts. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: a scrolling region, not a section of its own
import { type Component, For, Show } from 'solid-js';

import type { AnalysisHead, FirstLookBody } from '../../protocol/analysis';
import { toCountText } from '../../ui/size-text';
import { LogText } from '../LogText';
import { AnalysisFacts } from './AnalysisFacts';
import styles from './Analyses.module.css';
import { toMadeText, toSparkPath } from './analysis-text';

const SPARK_PX = 22;

export const KeptFirstLook: Component<{ head: AnalysisHead; body: FirstLookBody; zone: string }> = (props) => (
  <div class={styles.page}>
    <AnalysisFacts head={props.head} zone={props.zone} />
    <div class={styles.look} role="region" aria-label="First look as it was" tabIndex={0}>
      <p class={styles.headline}>
        <LogText text={props.body.headline} />
      </p>
      <ol class={styles.items}>
        <For each={props.body.items}>
          {(item) => (
            <li>
              <div class={styles.item}>
                <b>
                  <LogText text={item.title} />
                </b>
                <span class={styles.detail}>
                  <LogText text={item.detail} />
                </span>
                <span class={styles.faint}>
                  {[
                    ...(item.count === null ? [] : [toCountText(item.count, 'record')]),
                    ...(item.time === null ? [] : [toMadeText(item.time, props.zone)]),
                  ].join(', ')}
                </span>
              </div>
              <Show when={item.bins.length > 0}>
                <svg
                  class={`${styles.spark} ${styles.itemSpark}`}
                  viewBox={`0 0 ${item.bins.length} ${SPARK_PX}`}
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  <path d={sparkOf(item.bins)} />
                </svg>
              </Show>
            </li>
          )}
        </For>
      </ol>
      <dl class={styles.facts}>
        <For each={props.body.facts}>
          {({ name, value }) => (
            <div>
              <dt>{name}</dt>
              <dd>
                <LogText text={value} />
              </dd>
            </div>
          )}
        </For>
      </dl>
    </div>
  </div>
);

function sparkOf(bins: readonly number[]): string {
  const at = bins.flatMap((count, bin) => (count > 0 ? [bin] : []));
  return toSparkPath(
    at,
    at.map((bin) => bins[bin] ?? 0),
    SPARK_PX,
  );
}
