/** How a person groups messages: how finely, what is one, what is told apart, what it is called. Saved with the workspace; changes are acts. */
import { createMemo, createSignal } from 'solid-js';

import type { Granularity, PatternGrouping } from '../engine/patterns/pattern';
import type { ActsStore, SessionPart } from './acts';
import { isSameValue } from './filter-parts';

export interface PatternEdits extends PatternGrouping {
  /** What patterns are called, by their texts. */
  readonly names: readonly PatternName[];
}

export interface PatternName {
  readonly text: string;
  readonly name: string;
}

export const DEFAULT_EDITS: PatternEdits = { granularity: 2, merges: [], splits: [], names: [] };

const STEPS: readonly Granularity[] = [0, 1, 2, 3, 4];

export function createPatternEdits(acts: ActsStore) {
  const [edits, setEdits] = createSignal<PatternEdits>(DEFAULT_EDITS);
  const part: SessionPart<PatternEdits> = { save: edits, restore: (value) => setEdits(value) };
  const names = createMemo(() => new Map(edits().names.map(({ text, name }) => [text, name])));
  /** What the engine is told; the names are not its business. */
  const grouping = createMemo(
    (): PatternGrouping => {
      const { granularity, merges, splits } = edits();
      return { granularity, merges, splits };
    },
    DEFAULT_EDITS,
    { equals: isSameValue },
  );

  function change(title: string, next: Partial<PatternEdits>, mergeKey?: string) {
    acts.change(title, part, () => setEdits((old) => ({ ...old, ...next })), mergeKey);
  }

  return {
    part,
    grouping,
    granularity: () => edits().granularity,
    /** What a person called it; null: nothing. */
    nameOf: (text: string): string | null => names().get(text) ?? null,
    setGranularity: (granularity: Granularity) => change('Granularity changed', { granularity }, 'pattern granularity'),
    /** One step finer or coarser, where there is one. */
    step(by: 1 | -1) {
      const granularity = STEPS.find((step) => step === edits().granularity + by);
      if (granularity !== undefined) change('Granularity changed', { granularity }, 'pattern granularity');
    },
    /** Puts another grouping in place: what a merge or a split comes to. */
    regroup: (title: string, next: Partial<Pick<PatternGrouping, 'merges' | 'splits'>>) => change(title, next),
    /** @param name  empty takes the name away */
    rename(text: string, name: string) {
      const others = edits().names.filter((one) => one.text !== text);
      const wanted = name.trim();
      change('Pattern renamed', { names: wanted === '' ? others : [...others, { text, name: wanted }] });
    },
    /** Whether anything was merged, split or named by hand. */
    isChanged: () => edits().merges.length + edits().splits.length + edits().names.length > 0,
    /** Back to what the engine finds by itself, at the same granularity. */
    reset: () => change('Patterns as found', { merges: [], splits: [], names: [] }),
  };
}

export type PatternEditsStore = ReturnType<typeof createPatternEdits>;
