/** The patterns of what is shown: their table, what a person makes of them, what is looked at, and the one that is open. */
import { createMemo, createSignal, untrack } from 'solid-js';

import { isFault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { ClassRule, Granularity } from '../engine/patterns/pattern';
import type { ActsStore } from './acts';
import type { FilterStore } from './filter';
import { isSameRange } from './filter-parts';
import type { FirstLookStore } from './first-look';
import { createPatternChoice } from './pattern-choice';
import { createPatternClasses } from './pattern-classes';
import { createPatternEdits } from './pattern-edits';
import { createPatternExamples } from './pattern-examples';
import { factsOf, type PatternFacts, sinceOf } from './pattern-facts';
import { createPatternLook } from './pattern-look';
import { createPatternTable } from './pattern-table';
import { createPatternValues, type ValuesTarget } from './pattern-values';
import type { SourcesStore } from './sources';
import type { TimelineStore } from './timeline';
import { spanOf } from './timeline-counts';

interface PatternsDeps {
  readonly acts: ActsStore;
  readonly filter: FilterStore;
  readonly sources: SourcesStore;
  readonly timeline: TimelineStore;
  readonly firstLook: FirstLookStore;
  readonly isGrowing: () => boolean;
  /** In order; the first that holds decides. */
  readonly rules: () => readonly ClassRule[];
  /** Tells what a verb has to say: why nothing happened. */
  readonly say: (text: string) => void;
}

/** The kinds of messages, or the errors by what caused them. */
export type PatternsTab = 'patterns' | 'errors';

const FINEST: Granularity = 4;

export function createPatterns(engine: EngineClient, deps: PatternsDeps) {
  const { acts, filter, sources, timeline, firstLook, isGrowing, say } = deps;
  const edits = createPatternEdits(acts);
  const span = createMemo(
    () => {
      const counts = timeline.counts();
      if (counts) return spanOf(counts);
      return timeline.isRecounting() ? undefined : null;
    },
    undefined,
    { equals: (a, b) => a === b || (a !== undefined && b !== undefined && isSameRange(a, b)) },
  );
  const table = createPatternTable(engine, {
    filter: filter.filter,
    sources: sources.visibleIds,
    revision: sources.revision,
    isGrowing,
    grouping: edits.grouping,
    span,
  });
  const classes = createPatternClasses(engine, { answer: table.answer, rules: deps.rules, isGrowing });

  const since = createMemo(() => {
    const known = table.answer()?.table;
    return known ? sinceOf(known, { pin: timeline.pin(), trouble: firstLook.trouble() }) : null;
  });
  const facts = createMemo((): readonly PatternFacts[] => {
    const known = table.answer()?.table;
    return known ? factsOf(known, since()) : [];
  });
  const look = createPatternLook({
    facts,
    nameOf: edits.nameOf,
    categoryOf: (text) => classes.of(text)?.category ?? null,
  });
  const choice = createPatternChoice(engine, { answer: table.answer, facts, listed: look.listed });

  // The panel beside the table; `auto`: it is open where there is room for both.
  const [panel, setPanel] = createSignal<'auto' | 'open' | 'closed'>('auto');
  // Beside the patterns stand the error groups, over the same records.
  const [tab, setTab] = createSignal<PatternsTab>('patterns');
  const [wildcard, setWildcard] = createSignal<{ pattern: string; index: number } | null>(null);
  /** The wildcard whose values are looked at: the first until another is chosen; null: there is none. */
  const openWildcard = createMemo(() => {
    const row = choice.selected()?.row;
    if (!row?.tokens.some((token) => token.kind === 'wildcard')) return null;
    const chosen = wildcard();
    return chosen?.pattern === row.text ? chosen.index : 0;
  });
  const [renaming, setRenaming] = createSignal<string | null>(null);
  const isPanelWanted = () => table.isWanted() && panel() !== 'closed';
  const valuesTarget = createMemo(
    (): ValuesTarget | null => {
      const answer = table.answer();
      const selected = choice.selected();
      const index = openWildcard();
      if (!isPanelWanted() || !answer || !selected || index === null) return null;
      return { handle: answer.info.handle, pattern: selected.row.text, wildcard: index };
    },
    null,
    { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  const values = createPatternValues(engine, valuesTarget);
  const examples = createPatternExamples(
    engine,
    createMemo(() => {
      const answer = table.answer();
      const pattern = choice.selected()?.row.text;
      return isPanelWanted() && answer && pattern !== undefined ? { answer, pattern } : null;
    }),
  );

  return {
    table,
    edits,
    look,
    choice,
    classes,
    values,
    examples,
    /** Of every pattern of the table, in its order. */
    facts,
    /** The moment that parts old from new; null: nothing does. */
    since,
    tab,
    setTab,
    panel,
    setPanel,
    /** The text of the pattern whose name is being written; null: none. */
    renaming,
    rename: (text: string | null) => setRenaming(text),
    openWildcard,
    valuesTarget,
    /** Opens a wildcard's values, of the selected pattern or of the one given. */
    openValues(index: number, of: PatternFacts | null = choice.selected()) {
      if (!of) return;
      choice.select(of);
      setWildcard({ pattern: of.row.text, index });
      setPanel('open');
    },
    /** One step back: picks are dropped, then the panel closes. @returns whether there was one */
    back(): boolean {
      if (choice.picks().size > 0) choice.clearPicks();
      else if (panel() === 'open') setPanel('auto');
      else return false;
      return true;
    },
    /** Makes the picked patterns one. */
    merge() {
      const texts = facts()
        .map(({ row }) => row.text)
        .filter((text) => choice.isPicked(text));
      const [first] = texts;
      if (first === undefined || texts.length < 2) {
        say('Pick two patterns or more with Space, then merge them');
        return;
      }
      choice.selectText(first);
      choice.clearPicks();
      edits.regroup(`${texts.length} patterns merged`, { merges: [...edits.grouping().merges, texts] });
    },
    /** Tells the selected pattern's records apart more finely, as coarsely as that can be done; or says why it cannot. */
    async split(): Promise<void> {
      const row = choice.selected()?.row;
      if (!row) return;
      if (row.isMerged) {
        say('Its messages are more than could be told apart: they are kept by how they begin');
        return;
      }
      if (row.skeletonCount === 1) {
        say('All its messages are the same but for their values: there is nothing to tell apart');
        return;
      }
      const { granularity, merges, splits } = untrack(edits.grouping);
      const others = splits.filter((split) => split.text !== row.text);
      try {
        const found = await table.during(async (tryGrouping) => {
          for (let finer = granularity; finer <= FINEST; finer += 1) {
            const next = [...others, { text: row.text, granularity: finer as Granularity }];
            await tryGrouping({ granularity, merges, splits: next });
            const pattern = await engine.patternOf(row.first.record);
            if (pattern.text !== row.text || pattern.skeletonCount < row.skeletonCount) return next;
          }
          return null;
        });
        if (found) edits.regroup('Pattern split', { splits: found });
        else say(`Its ${row.skeletonCount} forms differ too little to be told apart, however finely`);
      } catch (error) {
        if (!isFault(error)) throw error; // the source is closed, or the engine is gone, which is told elsewhere
      }
    },
    isIdle: () =>
      !table.isStale() &&
      !table.isApplying() &&
      choice.isIdle() &&
      classes.isIdle() &&
      examples.isIdle() &&
      !values.isCounting(),
  };
}

export type PatternsStore = ReturnType<typeof createPatterns>;
