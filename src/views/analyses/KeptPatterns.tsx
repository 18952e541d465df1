/** The patterns of a kept analysis as a table: counts, shares, classes and times as they were, without the log. */
// biome-ignore-all lint/a11y/useSemanticElements: rows of a table that draws those in view, see FixedRows
// biome-ignore-all lint/a11y/useFocusableInteractive: cells are read, not chosen
import { type Component, createMemo, createSignal, Show } from 'solid-js';

import type { AnalysisHead, KeptPattern, PatternsBody } from '../../protocol/analysis';
import { FindField } from '../../ui/FindField';
import { FixedRows } from '../../ui/FixedRows';
import { Icon } from '../../ui/Icon';
import { toCountText, toNumberText } from '../../ui/size-text';
import { LEVEL_LOOKS, toLook } from '../levels';
import { toClockText } from '../time-text';
import { AnalysisFacts } from './AnalysisFacts';
import styles from './Analyses.module.css';
import { mainLevel, toMadeText, toShareText, toSparkPath } from './analysis-text';
import { KeptGroups } from './KeptGroups';
import { KeptTokens } from './KeptTokens';

const SORTS = {
  count: 'Most records',
  errors: 'Most errors',
  first: 'First seen',
  last: 'Last seen',
  text: 'Text',
} as const;
type Sort = keyof typeof SORTS;

const ROW_PX = 36;
const SPARK_PX = 22;

export const KeptPatterns: Component<{ head: AnalysisHead; body: PatternsBody; zone: string }> = (props) => {
  const [query, setQuery] = createSignal('');
  const [sort, setSort] = createSignal<Sort>('count');
  const rows = createMemo(() => {
    const words = query().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({ text, name }: KeptPattern) => {
      const all = `${text} ${name ?? ''}`.toLowerCase();
      return words.every((word) => all.includes(word));
    };
    return props.body.patterns.filter(fits).sort(COMPARE[sort()]);
  });
  const isOneDay = () => {
    const spans = props.head.sources.flatMap(({ span }) => span ?? []);
    return spans.every(({ start, end }) => Math.abs(end - start) < 86_400_000);
  };
  const timeText = (time: number | null) => {
    if (time === null) return '';
    return isOneDay() ? toClockText(time, props.zone) : toMadeText(time, props.zone);
  };
  const merged = () => props.body.merged;
  const [areGroupsShown, setAreGroupsShown] = createSignal(false);
  const groups = createMemo(() => {
    const words = query().toLowerCase().split(/\s+/).filter(Boolean);
    return props.body.groups?.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word))) ?? [];
  });
  const listed = () => (areGroupsShown() ? groups().length : rows().length);
  const all = () => (areGroupsShown() ? (props.body.groups?.length ?? 0) : props.body.patterns.length);
  const noun = () => (areGroupsShown() ? 'error group' : 'pattern');

  return (
    <div class={styles.page}>
      <AnalysisFacts head={props.head} zone={props.zone} />
      <Show when={merged()}>
        {(known) => (
          <p class={styles.note}>
            {toNumberText(known().skeletonCount)} forms of messages were too many to be told apart: they are put
            together in {toCountText(known().patternCount, 'pattern')} by how they begin.
          </p>
        )}
      </Show>
      <div class={styles.tools}>
        <Show when={props.body.groups}>
          {(known) => (
            <fieldset class={styles.chips}>
              <legend class="unseen">What is listed</legend>
              <button
                type="button"
                class={styles.chip}
                aria-pressed={!areGroupsShown()}
                onClick={() => setAreGroupsShown(false)}
              >
                Patterns <span class={styles.chipCount}>{toNumberText(props.body.patterns.length)}</span>
              </button>
              <button
                type="button"
                class={styles.chip}
                aria-pressed={areGroupsShown()}
                onClick={() => setAreGroupsShown(true)}
              >
                Error groups <span class={styles.chipCount}>{toNumberText(known().length)}</span>
              </button>
            </fieldset>
          )}
        </Show>
        <FindField label={`Find ${areGroupsShown() ? 'an' : 'a'} ${noun()}`} value={query()} onInput={setQuery} />
        <Show when={!areGroupsShown()}>
          <label class={styles.sort}>
            Sort
            <select value={sort()} onChange={(event) => setSort(event.currentTarget.value as Sort)}>
              {Object.entries(SORTS).map(([value, label]) => (
                <option value={value}>{label}</option>
              ))}
            </select>
          </label>
        </Show>
        <span class={styles.count} role="status">
          {listed() === all()
            ? toCountText(all(), noun())
            : `${toNumberText(listed())} of ${toCountText(all(), noun())}`}
        </span>
      </div>
      <Show when={!areGroupsShown()} fallback={<KeptGroups groups={groups()} timeText={timeText} />}>
        <FixedRows
          label="Patterns of the analysis"
          rows={rows()}
          rowPx={ROW_PX}
          columnsClass={styles.patternColumns}
          head={
            <>
              <span role="columnheader">Level</span>
              <span role="columnheader">Pattern</span>
              <span role="columnheader" class={styles.number}>
                Records
              </span>
              <span role="columnheader" class={styles.number}>
                Share
              </span>
              <span role="columnheader">Over time</span>
              <span role="columnheader">Class</span>
              <span role="columnheader">First and last</span>
            </>
          }
        >
          {(pattern) => {
            const level = LEVEL_LOOKS.find(({ code }) => code === mainLevel(pattern)) ?? toLook(null);
            return (
              <>
                <span role="cell" class={`${styles.level} ${level.className}`}>
                  <Show when={level.glyph} fallback={<span class="unseen">{level.word}</span>}>
                    {(glyph) => (
                      <>
                        <Icon name={glyph()} small />
                        <span class="unseen">{level.word}</span>
                      </>
                    )}
                  </Show>
                </span>
                <span role="rowheader" class={styles.text} title={pattern.text}>
                  <KeptTokens pattern={pattern} />
                </span>
                <span role="cell" class={styles.number}>
                  {toNumberText(pattern.count)}
                </span>
                <span role="cell" class={`${styles.number} ${styles.faint}`}>
                  {toShareText(pattern.count / Math.max(1, props.head.recordCount))}
                </span>
                <span role="cell">
                  <Show when={props.body.bins.binCount > 0}>
                    <svg
                      class={`${styles.spark} ${level.className}`}
                      viewBox={`0 0 ${props.body.bins.binCount} ${SPARK_PX}`}
                      preserveAspectRatio="none"
                      aria-hidden="true"
                    >
                      <path d={toSparkPath(pattern.at, pattern.counts, SPARK_PX)} />
                    </svg>
                  </Show>
                </span>
                <span role="cell" class={styles.class} title={pattern.classification?.because}>
                  <Show when={pattern.classification}>
                    {(known) => (
                      <>
                        {known().category} <span class={styles.faint}>{known().severity}</span>
                      </>
                    )}
                  </Show>
                </span>
                <span role="cell" class={styles.times}>
                  {timeText(pattern.first.time)}
                  <span class={styles.faint}>{timeText(pattern.last.time)}</span>
                </span>
              </>
            );
          }}
        </FixedRows>
      </Show>
    </div>
  );
};

const errorsOf = ({ levelCounts }: KeptPattern) => (levelCounts[5] ?? 0) + (levelCounts[6] ?? 0);
const byCount = (a: KeptPattern, b: KeptPattern) => b.count - a.count || (a.text < b.text ? -1 : 1);
const COMPARE: Readonly<Record<Sort, (a: KeptPattern, b: KeptPattern) => number>> = {
  count: byCount,
  errors: (a, b) => errorsOf(b) - errorsOf(a) || byCount(a, b),
  first: (a, b) => (a.first.time ?? Infinity) - (b.first.time ?? Infinity) || byCount(a, b),
  last: (a, b) => (b.last.time ?? -Infinity) - (a.last.time ?? -Infinity) || byCount(a, b),
  text: (a, b) => (a.text < b.text ? -1 : 1),
};
