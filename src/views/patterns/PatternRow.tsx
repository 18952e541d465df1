/** One pattern in the table. */
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and tells the active row by aria-activedescendant
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be told that most of its rows are elsewhere; axe checks the grid
import { type Component, Show } from 'solid-js';

import type { Category, PatternTable } from '../../engine/patterns/pattern';
import type { EpochMs, SourceId } from '../../engine/records/record';
import type { PatternFacts } from '../../state/pattern-facts';
import { mainSource } from '../../state/pattern-list';
import { IconButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { toNumberText } from '../../ui/size-text';
import { LEVEL_LOOKS, type LevelLook } from '../levels';
import { LogText } from '../LogText';
import { Badges } from './Badges';
import { LevelMix } from './LevelMix';
import { PatternText } from './PatternText';
import styles from './PatternTable.module.css';
import { hasSeveralDays, toSeenText, toShareText, toSparkText } from './pattern-words';
import { Sparkline } from './Sparkline';

/** What all rows share. */
export interface RowLook {
  readonly table: () => PatternTable;
  readonly moment: () => EpochMs | null;
  readonly zone: () => string;
  readonly nameOf: (text: string) => string | null;
  readonly categoryOf: (text: string) => Category | null;
  readonly sourceName: (source: SourceId) => string;
  readonly sourceColour: (source: SourceId) => number;
}

interface PatternRowProps {
  facts: PatternFacts;
  look: RowLook;
  isSelected: boolean;
  isPicked: boolean;
  /** The wildcard whose values are open, where the pattern is selected. */
  open: number | null;
}

export function lookOfCode(code: number): LevelLook {
  return LEVEL_LOOKS.find((look) => look.code === code) ?? (LEVEL_LOOKS[LEVEL_LOOKS.length - 1] as LevelLook);
}

/** The cells of a row; the row itself is the table's, which knows its place. */
export const PatternCells: Component<PatternRowProps> = (props) => {
  const level = () => lookOfCode(props.facts.level);
  const name = () => props.look.nameOf(props.facts.row.text);
  const days = () => hasSeveralDays(props.look.table().bins, props.look.zone());
  const seen = (time: EpochMs | null) => toSeenText(time, props.look.zone(), days());
  const source = () => mainSource(props.facts);
  const others = () => props.facts.row.sources.length - 1;
  return (
    <>
      <span class={`${styles.level} ${level().className}`} role="gridcell">
        <Show when={props.isPicked} fallback={<LevelGlyph look={level()} />}>
          <Icon name="check" class={styles.pick} />
          <span class="unseen">picked</span>
        </Show>
        <span class="unseen">{level().word}</span>
      </span>
      <span class={styles.text} role="rowheader">
        <Show when={name()}>
          {(given) => (
            <b class={styles.name}>
              <LogText text={given()} />
            </b>
          )}
        </Show>
        <span class={styles.pattern} classList={{ [styles.oneLine ?? '']: name() !== null }}>
          <PatternText tokens={props.facts.row.tokens} open={props.open} />
        </span>
      </span>
      <span class={styles.badges} role="gridcell">
        <Badges facts={props.facts} />
      </span>
      <span class={styles.count} role="gridcell">
        {toNumberText(props.facts.row.count)}
        <br />
        <span class={styles.faint}>{toShareText(props.facts.share)}</span>
      </span>
      <span class={styles.mix} role="gridcell">
        <LevelMix levelCounts={props.facts.row.levelCounts} count={props.facts.row.count} />
      </span>
      <span class={styles.spark} role="gridcell">
        <Show when={props.look.table().bins.binCount > 0}>
          <Sparkline
            bins={props.look.table().bins}
            index={props.facts.index}
            moment={props.look.moment()}
            level={level().className}
            label={toSparkText(props.facts, props.look.table().bins, props.look.zone())}
          />
        </Show>
      </span>
      <span class={styles.origin} role="gridcell">
        <Show when={props.look.categoryOf(props.facts.row.text)}>
          {(category) => <span class={styles.category}>{category()}</span>}
        </Show>
        <span class={styles.source}>
          <i class={`${styles.bar} src-${props.look.sourceColour(source())}`} />
          <span class={styles.sourceName}>{props.look.sourceName(source())}</span>
          <Show when={others() > 0}>
            <span class={styles.faint}>+{others()}</span>
          </Show>
        </span>
      </span>
      <span class={styles.times} role="gridcell">
        {seen(props.facts.row.first.time)}
        <br />
        <span class={styles.faint}>{seen(props.facts.row.last.time)}</span>
        {/* For the pointer: by key there is Enter and h. */}
        <span class={styles.verbs}>
          <IconButton
            icon="filter"
            label="Show records"
            command="pattern.show"
            tabIndex={-1}
            data-verb="pattern.show"
          />
          <IconButton icon="minus" label="Hide" command="pattern.hide" tabIndex={-1} data-verb="pattern.hide" />
        </span>
      </span>
    </>
  );
};

export const LevelGlyph: Component<{ look: LevelLook }> = (props) => (
  <Show when={props.look.glyph}>{(glyph) => <Icon name={glyph()} small class={styles.glyph} />}</Show>
);
