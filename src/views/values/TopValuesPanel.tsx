/** The values of a field, most frequent first: bars to compare, a click includes or excludes one. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: a scrolling region, not a section of its own
import { type Component, For, Show } from 'solid-js';

import type { TopValuesStore } from '../../state/top-values';
import { Button, IconButton } from '../../ui/Button';
import { toCountText, toNumberText, toPercentText } from '../../ui/size-text';
import { FaultNote } from '../FaultNote';
import { LogText } from '../LogText';
import styles from './TopValuesPanel.module.css';

interface TopValuesPanelProps {
  field: string;
  top: TopValuesStore;
  onInclude: (value: string) => void;
  onExclude: (value: string) => void;
}

// A value may be a whole text: its beginning tells which one it is.
const SHOWN_UNITS = 400;

export const TopValuesPanel: Component<TopValuesPanelProps> = (props) => {
  const answer = () => props.top.answer();
  const most = () => answer()?.values[0]?.count ?? 1;
  const shown = () => answer()?.values.reduce((sum, one) => sum + one.count, 0) ?? 0;
  const summary = () => {
    const known = answer();
    if (!known) return '';
    const missing = known.missingCount === 0 ? '' : `, ${toNumberText(known.missingCount)} without it`;
    return `${toCountText(known.distinctCount, 'value')} in ${toCountText(known.recordCount - known.missingCount, 'record')}${missing}`;
  };
  /** What the list leaves out. */
  const rest = () => {
    const known = answer();
    if (!known || known.distinctCount <= known.values.length) return '';
    const others = known.recordCount - known.missingCount - shown();
    return `${toCountText(known.distinctCount - known.values.length, 'more value')} in ${toCountText(others, 'record')}`;
  };

  return (
    <div class={styles.panel}>
      <p class={styles.summary} role="status">
        <Show when={props.top.isCounting()} fallback={summary()}>
          Counting the values of {props.field} …{' '}
          <Button size="small" look="quiet" onClick={() => props.top.cancel()}>
            Cancel
          </Button>
        </Show>
      </p>
      <Show when={props.top.fault()}>{(fault) => <FaultNote fault={fault()} />}</Show>
      <Show when={answer()}>
        {(known) => (
          <div class={styles.scroll} tabIndex={0} role="region" aria-label={`Values of ${props.field}`}>
            <table class={styles.table} classList={{ [styles.behind ?? '']: props.top.isCounting() }}>
              <thead>
                <tr>
                  <th scope="col">Value</th>
                  <th scope="col">Records</th>
                  <th scope="col">Share</th>
                  <td />
                </tr>
              </thead>
              <tbody>
                <For each={known().values}>
                  {(one) => (
                    <tr>
                      <th scope="row">
                        <svg class={styles.bar} aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 1">
                          <rect class={styles.fill} width={(100 * one.count) / most()} height="1" />
                        </svg>
                        <button
                          type="button"
                          class={styles.value}
                          data-field={props.field}
                          data-value={one.value}
                          aria-haspopup="menu"
                        >
                          <Show when={one.value !== ''} fallback={<i>empty</i>}>
                            <LogText text={one.value} end={Math.min(one.value.length, SHOWN_UNITS)} />
                          </Show>
                        </button>
                      </th>
                      <td>{toNumberText(one.count)}</td>
                      <td>{toPercentText(one.count / Math.max(1, known().recordCount))}</td>
                      <td class={styles.tools}>
                        <IconButton
                          icon="plus"
                          label={`Include ${one.value}`}
                          onClick={() => props.onInclude(one.value)}
                        />
                        <IconButton
                          icon="minus"
                          label={`Exclude ${one.value}`}
                          onClick={() => props.onExclude(one.value)}
                        />
                      </td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
            <Show when={known().values.length === 0}>
              <p class={styles.rest}>No record that passes the filter has the field {props.field}.</p>
            </Show>
            <Show when={rest()}>{(text) => <p class={styles.rest}>{text()}</p>}</Show>
          </div>
        )}
      </Show>
    </div>
  );
};
