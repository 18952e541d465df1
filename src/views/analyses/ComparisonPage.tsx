/** Two tables of patterns side by side: what is new, gone or changed, the largest effect first. */
// biome-ignore-all lint/a11y/useSemanticElements: rows of a table that draws those in view, see FixedRows
// biome-ignore-all lint/a11y/useFocusableInteractive: cells are read, not chosen
import { type Component, createEffect, createMemo, createResource, createSignal, For, Show } from 'solid-js';

import type { Analysis, Parsed, PatternsBody } from '../../protocol/analysis';
import type { AnalysesStore, KeptAnalysis } from '../../state/analyses';
import { type ChangeKind, compareTables, type PatternChange, toDoubts } from '../../state/compare-analyses';
import { Button } from '../../ui/Button';
import { FindField } from '../../ui/FindField';
import { FixedRows } from '../../ui/FixedRows';
import { toCountText, toNumberText } from '../../ui/size-text';
import styles from './Analyses.module.css';
import { toChangeText, toMadeText, toShareText } from './analysis-text';
import { KeptTokens } from './KeptTokens';

/** A side: the id of a kept analysis, or what is shown now. */
export const NOW = 'now';

interface ComparisonPageProps {
  store: AnalysesStore;
  before: string;
  after: string;
  zone: string;
  onSides: (before: string, after: string) => void;
}

const KINDS: readonly { readonly kind: ChangeKind; readonly label: string }[] = [
  { kind: 'new', label: 'New' },
  { kind: 'gone', label: 'Gone' },
  { kind: 'changed', label: 'Changed' },
  { kind: 'same', label: 'About the same' },
];
const ROW_PX = 36;

interface Side {
  readonly head: Analysis['head'];
  readonly body: PatternsBody;
}

export const ComparisonPage: Component<ComparisonPageProps> = (props) => {
  const [shown, setShown] = createSignal<ReadonlySet<ChangeKind>>(new Set(['new', 'gone', 'changed'] as const));
  const [query, setQuery] = createSignal('');
  const read = async (id: string): Promise<Parsed<Side>> => {
    const current = id === NOW ? props.store.current() : null;
    if (id === NOW && !current) return { kind: 'refused', reason: 'is not there: the patterns are being counted' };
    const outcome: Parsed<Analysis> = current ? { kind: 'parsed', value: current } : await props.store.open(id);
    if (outcome.kind === 'refused') return outcome;
    const { head, body } = outcome.value;
    return body.kind === 'patterns'
      ? { kind: 'parsed', value: { head, body } }
      : { kind: 'refused', reason: 'holds no patterns' };
  };
  const [before] = createResource(() => props.before, read);
  const [after] = createResource(() => props.after, read);
  const sides = createMemo(() => {
    const [first, second] = [before.latest, after.latest];
    return first?.kind === 'parsed' && second?.kind === 'parsed' ? ([first.value, second.value] as const) : null;
  });
  const refusals = () =>
    [before.latest, after.latest].flatMap((side, at) =>
      side?.kind === 'refused' ? [`The ${at === 0 ? 'first' : 'second'} ${side.reason}.`] : [],
    );
  const comparison = createMemo(() => {
    const both = sides();
    return both && compareTables(toTable(both[0]), toTable(both[1]));
  });
  const doubts = () => {
    const both = sides();
    return both ? toDoubts(both[0].head, both[1].head) : [];
  };
  const rows = createMemo(() => {
    const words = query().toLowerCase().split(/\s+/).filter(Boolean);
    return (comparison()?.changes ?? []).filter(
      ({ kind, text }) => shown().has(kind) && words.every((word) => text.toLowerCase().includes(word)),
    );
  });
  const toggle = (kind: ChangeKind) =>
    setShown((old) => new Set(old.has(kind) ? [...old].filter((one) => one !== kind) : [...old, kind]));
  // What was looked at and is deleted cannot be compared any more.
  createEffect(() => {
    const ids = new Set(props.store.list().map(({ id }) => id));
    const next = (id: string) => (id === NOW || ids.has(id) ? id : (choices()[0]?.id ?? NOW));
    if (next(props.before) !== props.before || next(props.after) !== props.after) {
      props.onSides(next(props.before), next(props.after));
    }
  });
  const choices = () => props.store.list().filter(({ head }) => head.kind === 'patterns');

  return (
    <div class={styles.page}>
      <div class={styles.sides}>
        <SideChoice
          label="Before"
          value={props.before}
          choices={choices()}
          hasNow={props.store.patterns() !== null}
          zone={props.zone}
          onChoose={(id) => props.onSides(id, props.after)}
        />
        <Button size="small" onClick={() => props.onSides(props.after, props.before)}>
          Swap
        </Button>
        <SideChoice
          label="After"
          value={props.after}
          choices={choices()}
          hasNow={props.store.patterns() !== null}
          zone={props.zone}
          onChoose={(id) => props.onSides(props.before, id)}
        />
      </div>
      <For each={refusals()}>{(text) => <p class={styles.fault}>{text}</p>}</For>
      <Show when={doubts().length > 0}>
        <ul class={styles.note} aria-label="What to keep in mind">
          <For each={doubts()}>{(text) => <li>{text}</li>}</For>
        </ul>
      </Show>
      <Show when={comparison()}>
        {(known) => (
          <>
            <div class={styles.tools}>
              <fieldset class={styles.chips}>
                <legend class="unseen">What is listed</legend>
                <For each={KINDS}>
                  {({ kind, label }) => (
                    <button
                      type="button"
                      class={styles.chip}
                      aria-pressed={shown().has(kind)}
                      onClick={() => toggle(kind)}
                    >
                      {label} <span class={styles.chipCount}>{toNumberText(known().kindCounts[kind])}</span>
                    </button>
                  )}
                </For>
              </fieldset>
              <FindField label="Find a pattern" value={query()} onInput={setQuery} />
              <span class={styles.count} role="status">
                {toCountText(rows().length, 'pattern')} of {toNumberText(known().changes.length)}
              </span>
            </div>
            <Show
              when={rows().length > 0}
              fallback={
                <p class={styles.empty}>
                  {known().kindCounts.new + known().kindCounts.gone + known().kindCounts.changed === 0
                    ? 'Nothing is new or gone, and no share has changed by a quarter or more.'
                    : 'No pattern that is listed goes by that.'}
                </p>
              }
            >
              <FixedRows
                label="Patterns compared"
                rows={rows()}
                rowPx={ROW_PX}
                columnsClass={styles.changeColumns}
                head={
                  <>
                    <span role="columnheader" class={styles.number}>
                      Change
                    </span>
                    <span role="columnheader">Pattern</span>
                    <span role="columnheader" class={styles.number}>
                      Before
                    </span>
                    <span role="columnheader" class={styles.number}>
                      Share
                    </span>
                    <span role="columnheader" class={styles.number}>
                      After
                    </span>
                    <span role="columnheader" class={styles.number}>
                      Share
                    </span>
                  </>
                }
              >
                {(change) => <ChangeCells change={change} />}
              </FixedRows>
            </Show>
          </>
        )}
      </Show>
    </div>
  );
};

const toTable = ({ head, body }: Side) => ({ recordCount: head.recordCount, patterns: body.patterns });

const ChangeCells: Component<{ change: PatternChange }> = (props) => {
  const pattern = () => props.change.after ?? props.change.before;
  const countText = (count: number | undefined) => (count === undefined ? 'none' : toNumberText(count));
  return (
    <>
      <span role="cell" class={`${styles.number} ${styles.change}`} data-kind={props.change.kind}>
        {toChangeText(props.change)}
      </span>
      <span role="rowheader" class={styles.text} title={props.change.text}>
        <Show when={pattern()}>{(known) => <KeptTokens pattern={known()} />}</Show>
      </span>
      <span role="cell" class={styles.number}>
        {countText(props.change.before?.count)}
      </span>
      <span role="cell" class={`${styles.number} ${styles.faint}`}>
        {props.change.before ? toShareText(props.change.shareBefore) : ''}
      </span>
      <span role="cell" class={styles.number}>
        {countText(props.change.after?.count)}
      </span>
      <span role="cell" class={`${styles.number} ${styles.faint}`}>
        {props.change.after ? toShareText(props.change.shareAfter) : ''}
      </span>
    </>
  );
};

const SideChoice: Component<{
  label: string;
  value: string;
  choices: readonly KeptAnalysis[];
  hasNow: boolean;
  zone: string;
  onChoose: (id: string) => void;
}> = (props) => (
  <label class={styles.side}>
    <span>{props.label}</span>
    <select value={props.value} onChange={(event) => props.onChoose(event.currentTarget.value)}>
      <Show when={props.hasNow || props.value === NOW}>
        <option value={NOW} selected={props.value === NOW}>
          What is shown now
        </option>
      </Show>
      <For each={props.choices}>
        {({ id, head }) => (
          <option value={id} selected={props.value === id}>
            {`${head.title}, ${toMadeText(head.madeAt, props.zone)}, ${toCountText(head.recordCount, 'record')}`}
          </option>
        )}
      </For>
    </select>
  </label>
);
