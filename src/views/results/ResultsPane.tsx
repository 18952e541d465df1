/** The results: what the filter's texts match, listed below the whole log; with marks, context and a search of its own. */
// biome-ignore-all lint/a11y/useSemanticElements: a group of toggles, not of form fields
import { type Component, createSignal, For, Match, onCleanup, onMount, Show, Switch } from 'solid-js';

import { CONTEXT_CHOICES, type ResultsList } from '../../state/results';
import type { Workspace } from '../../state/workspace';
import { IconButton } from '../../ui/Button';
import { FindField } from '../../ui/FindField';
import { MenuButton } from '../../ui/MenuButton';
import { Splitter } from '../../ui/Splitter';
import { toCountText, toNumberText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import { toFaultText } from '../fault-text';
import { LogGrid } from '../lines/LogGrid';
import styles from './ResultsPane.module.css';

interface ResultsPaneProps {
  workspace: Workspace;
  onOpenDetails: () => void;
}

// Head, and three rows; the log above keeps at least as much.
const MIN_PX = 96;
const MAX_SHARE = 0.6;

export const ResultsPane: Component<ResultsPaneProps> = (props) => {
  const { results, panes, layout, marks } = props.workspace;
  let pane!: HTMLElement;
  const [areaPx, setAreaPx] = createSignal(600);
  const maxPx = () => Math.max(MIN_PX, Math.round(areaPx() * MAX_SHARE));
  const heightPx = () => Math.max(MIN_PX, Math.min(maxPx(), Math.round(areaPx() * layout.layout().dockShare)));

  onMount(() => {
    const area = pane.parentElement;
    if (!area) return;
    const observer = new ResizeObserver(() => setAreaPx(area.clientHeight));
    observer.observe(area);
    setAreaPx(area.clientHeight);
    onCleanup(() => observer.disconnect());
  });

  const lists: readonly { list: ResultsList; title: () => string }[] = [
    { list: 'hits', title: () => 'Hits' },
    { list: 'marks', title: () => `Marks ${toNumberText(marks.list().length)}` },
    { list: 'both', title: () => 'Both' },
  ];
  const count = () => panes.get('results')?.records.count() ?? 0;
  const place = () => {
    const at = results.place();
    return at === null ? toNumberText(count()) : `${toNumberText(at)} of ${toNumberText(count())}`;
  };
  const isBehind = () => panes.get('results')?.records.isStale() ?? false;

  return (
    <section
      ref={(element) => {
        pane = element;
        bindVars(element, () => ({ '--height': `${heightPx()}px` }));
      }}
      class={styles.pane}
      aria-label="Results"
    >
      <Splitter
        label="Height of the results"
        orientation="horizontal"
        isAfter
        size={heightPx()}
        min={MIN_PX}
        max={maxPx()}
        onSize={(px) => layout.change('Results resized', { dockShare: px / areaPx() }, 'dock height')}
      />
      <header class={styles.head}>
        <h2>Results</h2>
        <output class={styles.place} classList={{ [styles.behind ?? '']: isBehind() }}>
          {place()}
        </output>
        <span class={styles.steps}>
          <IconButton
            icon="up"
            label="Previous result"
            command="result.previous"
            onClick={() => void results.walk(-1)}
          />
          <IconButton icon="down" label="Next result" command="result.next" onClick={() => void results.walk(1)} />
        </span>
        <div class={styles.segments} role="group" aria-label="Listed">
          <For each={lists}>
            {({ list, title }) => (
              <button
                type="button"
                class={styles.segment}
                aria-pressed={results.layout().list === list}
                onClick={() => results.setList(list)}
              >
                {title()}
              </button>
            )}
          </For>
        </div>
        <span class={styles.find} classList={{ [styles.bad ?? '']: results.findFault() !== null }}>
          <FindField label="Find in results" value={results.find()} onInput={(text) => results.setFind(text)} />
        </span>
        <Show when={results.findFault()}>
          {(fault) => (
            <span class={styles.fault} role="alert">
              {toFaultText(fault()).what}
            </span>
          )}
        </Show>
        <span class={styles.push} />
        <MenuButton
          label="Context: records listed around each result"
          entries={() =>
            CONTEXT_CHOICES.map((choice) => ({
              label: choice === 0 ? 'No context' : `${toCountText(choice, 'record')} before and after`,
              kind: 'choice',
              isOn: results.layout().context === choice,
              run: () => results.setContext(choice),
            }))
          }
        >
          Context {results.layout().context}
        </MenuButton>
        <IconButton icon="close" label="Close the results" command="filter.split" onClick={() => results.toggle()} />
      </header>
      <div class={styles.list}>
        <Show when={panes.get('results')}>
          {(shown) => (
            <>
              <LogGrid workspace={props.workspace} pane={shown()} label="Results" onOpenDetails={props.onOpenDetails} />
              <Show when={shown().records.count() === 0 && shown().records.isCurrent()}>
                <p class={styles.nothing}>
                  <Switch fallback="No record of the log passes the filter.">
                    <Match when={results.find().trim() !== ''}>No result holds what is searched inside.</Match>
                    <Match when={results.layout().list === 'marks'}>No record is marked.</Match>
                    <Match when={!results.hasTexts()}>
                      Type a filter: what matches is listed here, and the log stays whole.
                    </Match>
                  </Switch>
                </p>
              </Show>
            </>
          )}
        </Show>
      </div>
    </section>
  );
};
