/** All keys, as the list that runs them tells them. */
import { type Component, createMemo, For } from 'solid-js';

import { Dialog } from '../ui/Dialog';
import { KeyCaps } from '../ui/keys';
import styles from './KeysSheet.module.css';

export interface KeyLine {
  readonly keys: readonly string[];
  readonly group: string;
  readonly title: string;
}

export const KeysSheet: Component<{ lines: readonly KeyLine[]; onClose: () => void }> = (props) => {
  const bound = createMemo(() => props.lines.filter((line) => line.keys.length > 0));
  const groups = createMemo(() => [...new Set(bound().map((line) => line.group))]);
  return (
    <Dialog title="Keys" isWide onClose={props.onClose}>
      <div class={styles.columns}>
        <For each={groups()}>
          {(group) => (
            <section class={styles.group}>
              <h3>{group}</h3>
              <dl>
                <For each={bound().filter((line) => line.group === group)}>
                  {(line) => (
                    <div class={styles.line}>
                      <dt>
                        <For each={line.keys}>{(key) => <KeyCaps name={key} />}</For>
                      </dt>
                      <dd>{line.title}</dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
      <p class={styles.foot}>No key works while a text is typed, except with Ctrl or Alt.</p>
    </Dialog>
  );
};
