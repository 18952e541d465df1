/** Above the table: how many there are, what is shown of them, how finely and in which order. */
// biome-ignore-all lint/a11y/useFocusableInteractive: the tabs have the focus, not their list
// biome-ignore-all lint/a11y/useSemanticElements: a group of toggles, not of form fields
import { type Component, For, type ParentComponent, Show, useContext } from 'solid-js';

import type { Granularity } from '../../engine/patterns/pattern';
import { DENOISE_SHARES } from '../../state/pattern-look';
import { PATTERN_CHIPS, PATTERN_GROUPINGS, PATTERN_SORTS, type PatternChip } from '../../state/pattern-list';
import type { PatternsStore, PatternsTab } from '../../state/patterns';
import type { Workspace } from '../../state/workspace';
import { CommandContext } from '../../ui/command-context';
import { FindField } from '../../ui/FindField';
import { MenuButton } from '../../ui/MenuButton';
import { toCountText, toNumberText } from '../../ui/size-text';
import styles from './PatternsToolbar.module.css';
import { CHIP_WORDS, GROUP_WORDS, SORT_WORDS } from './pattern-words';

interface PatternsToolbarProps {
  workspace: Workspace;
  /** Of the selection; null: not known yet. */
  count: number | null;
  isSoFar: boolean;
  isBehind: boolean;
  /** The focus, into the table. */
  focusTable: () => void;
}

const ANALYSIS_COMMANDS = ['analysis.keep', 'analysis.list', 'rules.edit'] as const;
const GRANULARITY_WORDS = ['coarsest', 'coarse', 'medium', 'fine', 'finest'] as const;

export const PatternsToolbar: Component<PatternsToolbarProps> = (props) => {
  const { errorGroups, patterns, timeline } = props.workspace;
  const { look, edits } = patterns;
  const offer = useContext(CommandContext);
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const listed = () => look.listed().length;
  const title = (chip: PatternChip) => {
    switch (chip) {
      case 'new':
        if (patterns.since() === null) return 'Nothing parts old from new: no error, no pinned moment';
        return `First seen ${timeline.pin() === null ? 'when errors began' : 'at the pinned moment'}, or after`;
      case 'errors':
        return 'Only patterns with ERROR or FATAL records';
      case 'rare':
        return 'Only patterns of at most 5 records and 1 % of all, or of at most 0.01 % of all';
      case 'denoise':
        return `Hide patterns that hold more than ${percent(look.look().denoiseShare)} of the records`;
    }
  };
  const onTabKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    const next = patterns.tab() === 'patterns' ? 'errors' : 'patterns';
    patterns.setTab(next);
    document.getElementById(`patterns-tab-${next}`)?.focus();
  };
  const countOf = (chip: PatternChip) =>
    chip === 'denoise' ? `hides ${toNumberText(look.chipCounts().denoise)}` : toNumberText(look.chipCounts()[chip]);

  return (
    <div class={styles.toolbar} role="toolbar" aria-label="Patterns shown">
      <div class={styles.tabs} role="tablist" aria-label="Patterns or error groups" onKeyDown={onTabKey}>
        <Tab name="patterns" patterns={patterns}>
          <span classList={{ [styles.behind ?? '']: props.isBehind }}>
            <Show when={props.count !== null} fallback="Patterns">
              <Show when={!look.isWhole() && listed() !== props.count}>{toNumberText(listed())} of </Show>
              <b>{toNumberText(props.count ?? 0)}</b> {props.count === 1 ? 'pattern' : 'patterns'}
              <Show when={props.isSoFar}> so far</Show>
            </Show>
          </span>
        </Tab>
        <Tab name="errors" patterns={patterns}>
          <Show when={errorGroups.answer()} fallback="Error groups">
            {(known) => (
              <>
                <b>{toNumberText(known().groups.length)}</b> error {known().groups.length === 1 ? 'group' : 'groups'}
              </>
            )}
          </Show>
        </Tab>
      </div>
      <Show when={patterns.tab() === 'patterns'} fallback={<span class={styles.push} />}>
        <div class={styles.chips} role="group" aria-label="Show">
          <For each={PATTERN_CHIPS}>
            {(chip) => (
              <button
                type="button"
                class={styles.chip}
                aria-pressed={look.hasChip(chip)}
                title={title(chip)}
                onClick={() => look.toggleChip(chip)}
              >
                {CHIP_WORDS[chip]} <span class={styles.chipCount}>{countOf(chip)}</span>
              </button>
            )}
          </For>
          <MenuButton
            label={`Denoise above ${percent(look.look().denoiseShare)}`}
            title="What is noise"
            entries={() =>
              DENOISE_SHARES.map((share) => ({
                label: `Hides patterns above ${percent(share)}`,
                kind: 'choice' as const,
                isOn: look.look().denoiseShare === share,
                run: () => look.setDenoiseShare(share),
              }))
            }
          />
        </div>
        <span class={styles.find} id="pattern-find">
          <FindField
            label="Find a pattern"
            value={look.find()}
            onInput={look.setFind}
            onLeave={() => {
              if (patterns.choice.index() < 0) patterns.choice.toEnd('first');
              props.focusTable();
            }}
          />
        </span>
        <span class={styles.push} />
        <label class={styles.slider}>
          <span aria-hidden="true">Coarse</span>
          <input
            type="range"
            min="0"
            max="4"
            step="1"
            aria-label="Granularity"
            aria-valuetext={`${GRANULARITY_WORDS[edits.granularity()]}, ${toCountText(props.count ?? 0, 'pattern')}`}
            title="How finely messages are told apart"
            value={edits.granularity()}
            onInput={(event) => edits.setGranularity(Number(event.currentTarget.value) as Granularity)}
          />
          <span aria-hidden="true">Fine</span>
        </label>
        <MenuButton
          label="Group"
          look="plain"
          icon="layers"
          title="Group"
          entries={() => [
            ...PATTERN_GROUPINGS.map((groups) => ({
              label: GROUP_WORDS[groups],
              kind: 'choice' as const,
              isOn: look.look().groups === groups,
              run: () => look.setGroups(groups),
            })),
            'line',
            {
              label: 'Undo all merges, splits and names',
              isDisabled: !edits.isChanged(),
              run: () => edits.reset(),
            },
          ]}
        />
        <MenuButton
          label="Sort"
          look="plain"
          icon="sort"
          title="Sort"
          entries={() =>
            PATTERN_SORTS.map((sort) => ({
              label: SORT_WORDS[sort],
              kind: 'choice' as const,
              isOn: look.look().sort === sort,
              run: () => look.setSort(sort),
            }))
          }
        >
          <span class={styles.sort}>{SORT_WORDS[look.look().sort]}</span>
        </MenuButton>
      </Show>
      <MenuButton
        label="Analyses and rules"
        look="plain"
        icon="star"
        title="Keep these patterns, compare them, classification rules"
        entries={() =>
          ANALYSIS_COMMANDS.flatMap((id) => {
            const command = offer(id);
            return command ? [{ label: command.title, isDisabled: !command.isAvailable, run: command.run }] : [];
          })
        }
      />
    </div>
  );
};

interface TabProps {
  name: PatternsTab;
  patterns: PatternsStore;
}

const Tab: ParentComponent<TabProps> = (props) => (
  <button
    type="button"
    class={styles.tab}
    role="tab"
    id={`patterns-tab-${props.name}`}
    aria-controls={`patterns-part-${props.name}`}
    aria-selected={props.patterns.tab() === props.name}
    tabIndex={props.patterns.tab() === props.name ? 0 : -1}
    onClick={() => props.patterns.setTab(props.name)}
  >
    {props.children}
  </button>
);
