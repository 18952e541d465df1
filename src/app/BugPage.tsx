/** What is left when the page itself broke. */
import type { Component } from 'solid-js';

import { Icon } from '../ui/Icon';
import styles from './App.module.css';

export const BugPage: Component<{ error: unknown }> = (props) => (
  <main class={styles.bug}>
    <h1>
      <Icon name="warning" /> Something in Loupe broke
    </h1>
    <p>Your files are untouched. Reload the page to go on; this text helps whoever mends it:</p>
    <pre>{props.error instanceof Error ? (props.error.stack ?? props.error.message) : String(props.error)}</pre>
    <button type="button" class={styles.reload} onClick={() => location.reload()}>
      Reload
    </button>
  </main>
);
