/** The fields of a record: each value opens its menu; hover shows the verbs used most. */
import { type Component, createSignal, For, Show } from 'solid-js';

import type { Field } from '../../engine/api';
import { IconButton } from '../../ui/Button';
import { LogText } from '../LogText';
import styles from './FieldsPart.module.css';

interface FieldsPartProps {
  fields: readonly Field[];
  isColumn: (name: string) => boolean;
  onInclude: (field: Field) => void;
  onExclude: (field: Field) => void;
  onColumn: (name: string) => void;
}

export const FieldsPart: Component<FieldsPartProps> = (props) => {
  let list!: HTMLDListElement;
  // One stop for Tab; arrows walk the values.
  const [current, setCurrent] = createSignal(0);
  const stop = () => Math.min(current(), props.fields.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    const last = props.fields.length - 1;
    const next = { ArrowDown: stop() + 1, ArrowUp: stop() - 1, Home: 0, End: last }[event.key];
    if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const at = Math.max(0, Math.min(last, next));
    setCurrent(at);
    list.querySelectorAll<HTMLElement>('[data-field]')[at]?.focus();
  };

  return (
    <section class={styles.part}>
      <h3>
        Fields <span class={styles.faint}>{props.fields.length}</span>
      </h3>
      <Show
        when={props.fields.length > 0}
        fallback={<p class={styles.faint}>This format names no fields in this record.</p>}
      >
        <dl
          ref={(element) => {
            list = element;
          }}
          class={styles.fields}
          onKeyDown={onKeyDown}
        >
          <For each={props.fields}>
            {(field, at) => (
              <div class={styles.field}>
                <dt>
                  <LogText text={field.name} />
                </dt>
                <dd>
                  <button
                    type="button"
                    class={styles.value}
                    data-field={field.name}
                    data-value={field.value}
                    aria-haspopup="menu"
                    aria-keyshortcuts="+ - *"
                    tabIndex={at() === stop() ? 0 : -1}
                    onFocus={() => setCurrent(at())}
                  >
                    <LogText text={field.value} />
                  </button>
                  <span class={styles.tools}>
                    <IconButton
                      icon="plus"
                      label={`Include ${field.name}`}
                      keys="+"
                      tabIndex={-1}
                      onClick={() => props.onInclude(field)}
                    />
                    <IconButton
                      icon="minus"
                      label={`Exclude ${field.name}`}
                      keys="-"
                      tabIndex={-1}
                      onClick={() => props.onExclude(field)}
                    />
                    <IconButton
                      icon="table"
                      label={
                        props.isColumn(field.name)
                          ? `Take the column ${field.name} away`
                          : `Show ${field.name} as column`
                      }
                      tabIndex={-1}
                      aria-pressed={props.isColumn(field.name)}
                      onClick={() => props.onColumn(field.name)}
                    />
                  </span>
                </dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
    </section>
  );
};
