/** What stands out about a pattern, in a word or a number each. */
import { type Component, Show } from 'solid-js';

import type { PatternFacts } from '../../state/pattern-facts';
import styles from './Badges.module.css';
import { toChangeText, toFactorText } from './pattern-words';

interface BadgesProps {
  facts: PatternFacts;
  /** All of them; absent: the one that says most. */
  areAll?: boolean;
}

export const Badges: Component<BadgesProps> = (props) => {
  const kinds = () => {
    const { isNew, burst, isRare, change } = props.facts;
    const found = [
      ...(isNew ? ['new' as const] : []),
      ...(burst === null ? [] : ['burst' as const]),
      ...(isRare ? ['rare' as const] : []),
      ...(change === null || isNew ? [] : ['change' as const]),
    ];
    return props.areAll ? found : found.slice(0, 1);
  };
  const has = (kind: 'new' | 'burst' | 'rare' | 'change') => kinds().includes(kind);
  return (
    <>
      <Show when={has('new')}>
        <span class={`${styles.badge} ${styles.new}`} title="First seen at the moment that is dashed, or after it">
          New
        </span>
      </Show>
      <Show when={has('burst') && props.facts.burst}>
        {(factor) => (
          <span class={styles.badge} title="Its busiest moment against the mean of the rest">
            {toFactorText(factor())}
          </span>
        )}
      </Show>
      <Show when={has('rare')}>
        <span class={styles.badge} title="At most 5 records and 1 % of all, or at most 0.01 % of all">
          Rare
        </span>
      </Show>
      <Show when={has('change') && props.facts.change !== null}>
        <span class={styles.badge} title="Records per time since the moment that is dashed, against before">
          {toChangeText(props.facts.change ?? 0)}
        </span>
      </Show>
    </>
  );
};
