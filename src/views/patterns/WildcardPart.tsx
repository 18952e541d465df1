/** The values of a pattern's wildcards, a tab each: measured ones as ranks and bars, others as the most frequent. */
// biome-ignore-all lint/a11y/useSemanticElements: tabs
import { type Component, createUniqueId, For, Match, Show, Switch } from 'solid-js';

import type { WildcardValues } from '../../engine/patterns/pattern';
import { patternClause, textClause } from '../../state/clause-text';
import type { PatternFacts } from '../../state/pattern-facts';
import { wildcardNames } from '../../state/pattern-text';
import type { Workspace } from '../../state/workspace';
import { Button } from '../../ui/Button';
import { toCountText, toNumberText, toPercentText } from '../../ui/size-text';
import { FaultNote } from '../FaultNote';
import { LogText } from '../LogText';
import { Histogram } from './Histogram';
import { KIND_WORDS, toMeasureText, toShareText } from './pattern-words';
import styles from './WildcardPart.module.css';

interface WildcardPartProps {
  workspace: Workspace;
  facts: PatternFacts;
}

const FEW = 4;
// A value may be a whole text: its beginning tells which one it is.
const SHOWN_UNITS = 200;

export const WildcardPart: Component<WildcardPartProps> = (props) => {
  const { patterns, filter } = props.workspace;
  const { values } = patterns;
  const id = createUniqueId();
  let tabs!: HTMLDivElement;
  const text = () => props.facts.row.text;
  const wildcards = () => {
    const names = wildcardNames(props.facts.row.tokens);
    return props.facts.row.tokens
      .flatMap((token) => (token.kind === 'wildcard' ? [token.type] : []))
      .map((kind, index) => ({ index, kind, name: names[index] === kind ? KIND_WORDS[kind] : (names[index] ?? kind) }));
  };
  const open = () => patterns.openWildcard() ?? 0;
  const known = () => values.of(patterns.valuesTarget());
  const distinctOf = (index: number) => {
    const target = patterns.valuesTarget();
    return target && values.of({ ...target, wildcard: index })?.distinctCount;
  };
  const openName = () => wildcards()[open()]?.name ?? 'value';
  const go = (to: number) => {
    const index = (to + wildcards().length) % wildcards().length;
    patterns.openValues(index);
    tabs.querySelectorAll<HTMLElement>('[role=tab]')[index]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowRight: open() + 1, ArrowLeft: open() - 1, Home: 0, End: wildcards().length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    go(to);
  };
  const includeRange = (min: number | null, max: number | null) =>
    filter.add(patternClause(text(), { wildcard: open(), min, max }), false);
  const includeValue = (value: string) =>
    void filter.addText(`${patternClause(text()).text} ${textClause(value).text}`);
  const share = () => {
    const progress = values.progress();
    return progress && progress.total > 0 ? toPercentText(progress.done / progress.total) : '';
  };

  return (
    <Show when={wildcards().length > 0}>
      <section class={styles.part} aria-label="Variable parts">
        <div
          ref={(element) => {
            tabs = element;
          }}
          class={styles.tabs}
          role="tablist"
          aria-label="Variable parts"
          onKeyDown={onKeyDown}
        >
          <For each={wildcards()}>
            {(wildcard) => (
              <button
                type="button"
                class={styles.tab}
                role="tab"
                id={`${id}-tab-${wildcard.index}`}
                aria-controls={`${id}-values`}
                aria-selected={open() === wildcard.index}
                tabIndex={open() === wildcard.index ? 0 : -1}
                onClick={() => patterns.openValues(wildcard.index)}
              >
                {wildcard.name}
                <Show when={distinctOf(wildcard.index)}>
                  {(count) => <span class={styles.distinct}>{toNumberText(count())}</span>}
                </Show>
              </button>
            )}
          </For>
        </div>
        <div id={`${id}-values`} class={styles.values} role="tabpanel" aria-labelledby={`${id}-tab-${open()}`}>
          <Switch>
            <Match when={values.fault()}>
              {(fault) => (
                <FaultNote
                  fault={fault()}
                  action={
                    // There would be as many values again.
                    fault().code === 'values-too-many'
                      ? undefined
                      : { label: 'Try again', onClick: () => values.again() }
                  }
                />
              )}
            </Match>
            <Match when={known()}>
              {(found) => <Values name={openName()} values={found()} onRange={includeRange} onInclude={includeValue} />}
            </Match>
            <Match when={values.isGivenUp()}>
              <p class={styles.wait}>
                Not counted.{' '}
                <Button size="small" onClick={() => values.again()}>
                  Count the values
                </Button>
              </p>
            </Match>
            <Match when={values.isCounting()}>
              <p class={styles.wait}>
                Counting the values of {toCountText(props.facts.row.count, 'record')} … {share()}{' '}
                <Button size="small" look="quiet" onClick={() => values.cancel()}>
                  Cancel
                </Button>
              </p>
            </Match>
          </Switch>
        </div>
      </section>
    </Show>
  );
};

interface ValuesProps {
  name: string;
  values: WildcardValues;
  onRange: (min: number | null, max: number | null) => void;
  onInclude: (value: string) => void;
}

const Values: Component<ValuesProps> = (props) => {
  const most = () => props.values.top[0]?.count ?? 1;
  const shown = () => props.values.top.reduce((sum, one) => sum + one.count, 0);
  const rest = () => {
    const { distinctCount, top, recordCount, missingCount } = props.values;
    if (areAllDifferent())
      return `${toCountText(distinctCount, 'value')}, each in one record; these are the first by name.`;
    if (distinctCount <= top.length) return '';
    return `${toCountText(distinctCount - top.length, 'more value')} in ${toCountText(recordCount - missingCount - shown(), 'record')}`;
  };
  /** Nothing is more frequent than anything else: a few stand for what they look like. */
  const areAllDifferent = () => most() === 1 && props.values.distinctCount > props.values.top.length;
  const top = () => (areAllDifferent() ? props.values.top.slice(0, FEW) : props.values.top);
  return (
    <>
      <Show when={props.values.distinctCount > 1 && props.values.measure}>
        {(measure) => (
          <>
            <dl class={styles.ranks}>
              <For each={['min', 'median', 'p95', 'p99', 'max'] as const}>
                {(rank) => (
                  <div>
                    <dt>{rank}</dt>
                    <dd>{toMeasureText(measure()[rank], measure().unit)}</dd>
                  </div>
                )}
              </For>
            </dl>
            <Histogram name={props.name} measure={measure()} onRange={props.onRange} />
            <Show when={measure().unreadCount > 0}>
              <p class={styles.note}>{toCountText(measure().unreadCount, 'value')} could not be read as a number.</p>
            </Show>
          </>
        )}
      </Show>
      <Show when={props.values.missingCount > 0}>
        <p class={styles.note}>
          In {toCountText(props.values.missingCount, 'record')} it cannot be told from its neighbours.
        </p>
      </Show>
      <Show when={props.values.measure === null || props.values.distinctCount <= props.values.top.length}>
        <table class={styles.top}>
          <caption class="unseen">Most frequent values of {props.name}</caption>
          <tbody>
            <For each={top()}>
              {(one) => (
                <tr>
                  <th scope="row">
                    <button
                      type="button"
                      class={styles.value}
                      title="Show only records with this value"
                      onClick={() => props.onInclude(one.value)}
                    >
                      <Show when={one.value !== ''} fallback={<i>empty</i>}>
                        <LogText text={one.value} end={Math.min(one.value.length, SHOWN_UNITS)} />
                      </Show>
                    </button>
                  </th>
                  <td class={styles.barCell}>
                    <Show when={!areAllDifferent()}>
                      <svg class={styles.bar} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                        <rect class={styles.track} width="100" height="1" />
                        <rect class={styles.fill} width={(100 * one.count) / most()} height="1" />
                      </svg>
                    </Show>
                  </td>
                  <td class={styles.number}>{toNumberText(one.count)}</td>
                  <td class={styles.share}>{toShareText(one.count / Math.max(1, props.values.recordCount))}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
        <Show when={rest()}>{(text) => <p class={styles.note}>{text()}</p>}</Show>
      </Show>
    </>
  );
};
