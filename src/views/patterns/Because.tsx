/** A class in words: category, severity, and the reason, whose first word opens the rule that decided. */
import { type Component, useContext } from 'solid-js';

import type { Classification } from '../../engine/patterns/pattern';
import type { Workspace } from '../../state/workspace';
import { CommandContext } from '../../ui/command-context';
import styles from './Because.module.css';

export const Because: Component<{ workspace: Workspace; found: Classification }> = (props) => {
  const offer = useContext(CommandContext);
  return (
    <>
      {props.found.category}, {props.found.severity},{' '}
      <button
        type="button"
        class={styles.because}
        title={`Show the rule ${props.found.rule}`}
        onClick={() => {
          props.workspace.classRules.lookAt(props.found.rule);
          offer('rules.edit')?.run();
        }}
      >
        because
      </button>{' '}
      {props.found.because}.
    </>
  );
};
