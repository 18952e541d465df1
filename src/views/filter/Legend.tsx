/** Levels and sources with their counts: what is pressed is shown. */
// biome-ignore-all lint/a11y/useSemanticElements: a group of toggles, not of form fields
import { type Component, createMemo, For, type JSX, Show } from 'solid-js';

import { fileNameOf } from '../../state/source-groups';
import type { FilterStore, LevelKey } from '../../state/filter';
import { SOURCE_COLOURS, type SourcesStore } from '../../state/sources';
import { Icon } from '../../ui/Icon';
import type { MenuEntry } from '../../ui/Menu';
import { MenuButton } from '../../ui/MenuButton';
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
  const entries = (): MenuEntry[] => [
    {
      label: 'Show all',
      isDisabled: props.sources.hidden().size === 0,
      run: () => props.sources.setShown(props.sources.ids(), true),
    },
    'line',
    ...props.sources.list().map((source) => ({
      label: props.sources.nameOf(source.id),
      isOn: !props.sources.hidden().has(source.id),
      note: () => toNumberText(source.recordCount),
      run: () => props.sources.toggle(source.id),
    })),
  ];
  const toggle = (event: MouseEvent, level: LevelKey) => {
    const all = looks().map((look) => look.key);
    if (event.altKey) props.filter.showOnlyLevel(level, all);
    else if (event.shiftKey) props.filter.showLevelAndWorse(level, all);
    else props.filter.toggleLevel(level);
  };
  return (
    <div class={styles.legend}>
      <div class={`${styles.toggles} ${styles.levels}`} role="group" aria-label="Levels">
        <For each={looks()}>
          {(look) => (
            <button
              type="button"
              class={`${styles.toggle} ${look.className}`}
              aria-pressed={!props.filter.levelsOff().has(look.key)}
              title="Click switches it, Alt-click shows only it, Shift-click it and worse"
              onClick={(event) => toggle(event, look.key)}
            >
              <Show when={look.glyph}>{(glyph) => <Icon name={glyph()} small class={styles.glyph} />}</Show>
              <span class={styles.word}>{look.word}</span>
              <span class={styles.count}>{toNumberText(countLevel(shown(), look.code))}</span>
            </button>
          )}
        </For>
      </div>
      <span class={styles.push} />
      {/* Of more, each would be too narrow for its name: then, and on narrow screens, they are one menu. */}
      <Show when={props.sources.ids().length > 1 && props.sources.ids().length <= SOURCE_COLOURS}>
        <div class={`${styles.toggles} ${styles.sources}`} role="group" aria-label="Sources">
          <For each={props.sources.ids()}>
            {(id) => (
              <button
                type="button"
                class={`${styles.toggle} ${styles.narrowing}`}
                aria-pressed={!props.sources.hidden().has(id)}
                title={`${props.sources.nameOf(id)}: click shows or hides it, Alt-click shows only it`}
                onClick={(event) => (event.altKey ? props.sources.showOnly(id) : props.sources.toggle(id))}
              >
                <i class={`${styles.bar} src-${props.sources.colourOf(id)}`} aria-hidden="true" />
                <span class={styles.sourceName}>{fileNameOf(props.sources.nameOf(id))}</span>
              </button>
            )}
          </For>
        </div>
      </Show>
      <Show when={props.sources.ids().length > 1}>
        <span class={props.sources.ids().length <= SOURCE_COLOURS ? styles.whenNarrow : undefined}>
          <MenuButton label="Shown sources" entries={entries}>
            {props.sources.visibleIds().length} of {props.sources.ids().length} shown
          </MenuButton>
        </span>
      </Show>
      {props.children}
    </div>
  );
};
