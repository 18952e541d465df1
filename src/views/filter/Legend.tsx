/** Levels and sources with their counts: what is pressed is shown. */
// biome-ignore-all lint/a11y/useSemanticElements: a group of toggles, not of form fields
import { type Component, createMemo, For, type JSX, Show } from 'solid-js';

import type { FilterStore } from '../../state/filter';
import { SOURCE_COLOURS, type SourcesStore } from '../../state/sources';
import { Icon } from '../../ui/Icon';
import { toNumberText } from '../../ui/size-text';
import { countLevel, LEVEL_LOOKS } from '../levels';
import styles from './Legend.module.css';

interface LegendProps {
  filter: FilterStore;
  sources: SourcesStore;
  /** What stands at the right end: the way to the sources' table. */
  children: JSX.Element;
}

export const Legend: Component<LegendProps> = (props) => {
  const shown = createMemo(() => props.sources.list().filter((source) => !props.sources.hidden().has(source.id)));
  const looks = createMemo(() =>
    LEVEL_LOOKS.filter((look) => countLevel(shown(), look.code) > 0 || props.filter.levelsOff().has(look.key)),
  );
  return (
    <div class={styles.legend}>
      <div class={`${styles.toggles} ${styles.levels}`} role="group" aria-label="Levels">
        <For each={looks()}>
          {(look) => (
            <button
              type="button"
              class={`${styles.toggle} ${look.className}`}
              aria-pressed={!props.filter.levelsOff().has(look.key)}
              title="Click switches it, Alt-click shows only it"
              onClick={(event) =>
                event.altKey
                  ? props.filter.showOnlyLevel(
                      look.key,
                      looks().map((other) => other.key),
                    )
                  : props.filter.toggleLevel(look.key)
              }
            >
              <Show when={look.glyph}>{(glyph) => <Icon name={glyph()} small class={styles.glyph} />}</Show>
              <span class={styles.word}>{look.word}</span>
              <span class={styles.count}>{toNumberText(countLevel(shown(), look.code))}</span>
            </button>
          )}
        </For>
      </div>
      <span class={styles.push} />
      <div class={`${styles.toggles} ${styles.sources}`} role="group" aria-label="Sources">
        {/* Of more, each would be too narrow for its name: their table, one click away, does the same. */}
        <For each={props.sources.ids().length <= SOURCE_COLOURS ? props.sources.ids() : []}>
          {(id) => (
            <button
              type="button"
              class={`${styles.toggle} ${styles.narrowing}`}
              aria-pressed={!props.sources.hidden().has(id)}
              title="Click shows or hides it, Alt-click shows only it"
              onClick={(event) => (event.altKey ? props.sources.showOnly(id) : props.sources.toggle(id))}
            >
              <i class={`${styles.bar} src-${props.sources.colourOf(id)}`} aria-hidden="true" />
              <span class={styles.sourceName}>{props.sources.get(id)?.name}</span>
            </button>
          )}
        </For>
      </div>
      {props.children}
    </div>
  );
};
