/** What can be done with the record under the pointer, at its row's right edge. For the pointer only: keys have the commands. */
import type { Component } from 'solid-js';

import { Icon } from '../../ui/Icon';
import styles from './LogGrid.module.css';

export type RowVerb = 'mark' | 'copy' | 'link' | 'more';

export const HoverVerbs: Component<{ isMarked: boolean }> = (props) => (
  <span class={styles.verbs} aria-hidden="true">
    <button
      type="button"
      class={styles.verb}
      data-verb="mark"
      tabIndex={-1}
      title={props.isMarked ? 'Take the mark away' : 'Mark'}
    >
      <Icon name="mark" small />
    </button>
    <button type="button" class={styles.verb} data-verb="copy" tabIndex={-1} title="Copy the raw text">
      <Icon name="copy" small />
    </button>
    <button type="button" class={styles.verb} data-verb="link" tabIndex={-1} title="Copy a link to it">
      <Icon name="link" small />
    </button>
    <button type="button" class={styles.verb} data-verb="more" tabIndex={-1} title="More">
      <Icon name="more" small />
    </button>
  </span>
);
