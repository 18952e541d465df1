/** A field that narrows the list below it. */
import type { Component } from 'solid-js';

import styles from './FindField.module.css';
import { Icon } from './Icon';

interface FindFieldProps {
  /** Its name, shown while it is empty. */
  label: string;
  value: string;
  onInput: (value: string) => void;
  autofocus?: boolean;
  /** Enter or ↓: into what was found. */
  onLeave?: () => void;
}

export const FindField: Component<FindFieldProps> = (props) => (
  <span class={styles.field}>
    <Icon name="search" />
    <input
      class={styles.input}
      type="search"
      aria-label={props.label}
      placeholder={props.label}
      autocomplete="off"
      spellcheck={false}
      autofocus={props.autofocus}
      value={props.value}
      onInput={(event) => props.onInput(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (props.onLeave && (event.key === 'Enter' || event.key === 'ArrowDown') && !event.isComposing) {
          event.preventDefault();
          event.stopPropagation();
          props.onLeave();
        }
        if (event.key !== 'Escape' || props.value === '') return;
        event.preventDefault(); // the first Escape empties it, the second closes what it is in
        event.stopPropagation();
        props.onInput('');
      }}
    />
  </span>
);
