/** One of a few: radio buttons that stand side by side. */
import { type Component, createUniqueId, For } from 'solid-js';

import styles from './Choice.module.css';

interface ChoiceProps {
  /** Name of the group, read out before the choices. */
  label: string;
  choices: readonly { readonly value: string; readonly label: string }[];
  value: string;
  onChoose: (value: string) => void;
}

export const Choice: Component<ChoiceProps> = (props) => {
  const name = createUniqueId();
  return (
    <fieldset class={styles.group}>
      <legend class="unseen">{props.label}</legend>
      <For each={props.choices}>
        {(choice) => (
          <label class={styles.choice}>
            <input
              class={styles.radio}
              type="radio"
              name={name}
              value={choice.value}
              checked={props.value === choice.value}
              onChange={() => props.onChoose(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        )}
      </For>
    </fieldset>
  );
};
