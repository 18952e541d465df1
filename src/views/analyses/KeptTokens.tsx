/** The text of a kept pattern: literals as they are, wildcards as tokens named by what their values look like. */
import { type Component, For, Show } from 'solid-js';

import type { KeptPattern, KeptToken } from '../../protocol/analysis';
import { LogText } from '../LogText';
import styles from './Analyses.module.css';

export const KeptTokens: Component<{ pattern: Pick<KeptPattern, 'tokens' | 'name'> }> = (props) => (
  <Show
    when={props.pattern.name}
    fallback={
      <Show when={props.pattern.tokens.length > 0} fallback={<i class={styles.faint}>empty message</i>}>
        <For each={props.pattern.tokens}>{(token) => <Token token={token} />}</For>
      </Show>
    }
  >
    {(name) => <b>{name()}</b>}
  </Show>
);

const Token: Component<{ token: KeptToken }> = (props) => (
  <Show
    when={typeof props.token === 'string' && props.token}
    fallback={<span class={styles.token}>{typeof props.token === 'string' ? '' : props.token.wildcard}</span>}
  >
    {(text) => <LogText text={text()} />}
  </Show>
);
