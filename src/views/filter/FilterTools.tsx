/** At the right end of the filter bar: whether what does not match is hidden, or matches are listed; saving the filter. */
// biome-ignore-all lint/a11y/useSemanticElements: a group of toggles, not of form fields
import type { Component } from 'solid-js';

import { IconButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useTooltip } from '../../ui/keys';
import styles from './FilterTools.module.css';

interface FilterToolsProps {
  isSplit: boolean;
  onSplit: () => void;
  areNamedShown: boolean;
  onNamed: () => void;
}

export const FilterTools: Component<FilterToolsProps> = (props) => {
  const tooltip = useTooltip();
  return (
    <>
      <div class={styles.segments} role="group" aria-label="Matches">
        <button
          type="button"
          class={styles.segment}
          aria-pressed={!props.isSplit}
          title={tooltip('Hide what does not match', 'filter.split')}
          onClick={() => props.isSplit && props.onSplit()}
        >
          <Icon name="inplace" />
          <span class={styles.word}>In place</span>
        </button>
        <button
          type="button"
          class={styles.segment}
          aria-pressed={props.isSplit}
          title={tooltip('Keep the log whole and list the matches', 'filter.split')}
          onClick={() => props.isSplit || props.onSplit()}
        >
          <Icon name="split" />
          <span class={styles.word}>Split</span>
        </button>
      </div>
      <IconButton
        icon="star"
        label="Saved filters"
        command="filters.show"
        aria-expanded={props.areNamedShown}
        onClick={() => props.onNamed()}
      />
    </>
  );
};
