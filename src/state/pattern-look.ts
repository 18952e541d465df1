/** How the table of patterns is looked at: chips, search, order, groups. Saved with the workspace, but for what is searched; no acts. */
import { createMemo, createSignal } from 'solid-js';

import type { Category } from '../engine/patterns/pattern';
import type { SessionPart } from './acts';
import type { PatternFacts } from './pattern-facts';
import {
  countChips,
  filterPatterns,
  type ListItem,
  type PatternChip,
  type PatternGroups,
  type PatternSort,
  toItems,
} from './pattern-list';

export interface PatternLook {
  readonly chips: readonly PatternChip[];
  readonly denoiseShare: number;
  readonly sort: PatternSort;
  readonly groups: PatternGroups;
}

export const DEFAULT_LOOK: PatternLook = { chips: [], denoiseShare: 0.1, sort: 'relevance', groups: 'none' };

/** Shares a person can choose from for hiding what is frequent. */
export const DENOISE_SHARES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5] as const;

interface LookWish {
  readonly facts: () => readonly PatternFacts[];
  readonly nameOf: (text: string) => string | null;
  readonly categoryOf: (text: string) => Category | null;
}

export function createPatternLook({ facts, nameOf, categoryOf }: LookWish) {
  const [look, setLook] = createSignal<PatternLook>(DEFAULT_LOOK);
  const [find, setFind] = createSignal('');
  const change = (next: Partial<PatternLook>) => setLook((old) => ({ ...old, ...next }));
  const part: SessionPart<PatternLook> = { save: look, restore: (value) => setLook(value) };

  const chips = createMemo(() => new Set(look().chips));
  const sorted = createMemo(() => {
    const { denoiseShare, sort, groups } = look();
    return filterPatterns(facts(), { chips: chips(), denoiseShare, sort, groups, find: find(), nameOf, categoryOf });
  });
  const items = createMemo((): readonly ListItem[] => toItems(sorted(), { groups: look().groups, categoryOf }));

  return {
    part,
    look,
    find,
    setFind,
    setSort: (sort: PatternSort) => change({ sort }),
    setGroups: (groups: PatternGroups) => change({ groups }),
    setDenoiseShare: (denoiseShare: number) => change({ denoiseShare }),
    hasChip: (chip: PatternChip) => chips().has(chip),
    toggleChip: (chip: PatternChip) =>
      change({ chips: chips().has(chip) ? look().chips.filter((one) => one !== chip) : [...look().chips, chip] }),
    chipCounts: createMemo(() => countChips(facts(), look().denoiseShare)),
    /** Nothing is left out by chips or search. */
    isWhole: () => chips().size === 0 && find().trim() === '',
    showAll() {
      setFind('');
      change({ chips: [] });
    },
    /** The patterns listed, in their order. */
    listed: sorted,
    /** The same with the groups' headings. */
    items,
  };
}

export type PatternLookStore = ReturnType<typeof createPatternLook>;
