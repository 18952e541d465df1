/** Which patterns are listed, and in which order: chips, search, sorting, grouping. Pure. */
import type { Category } from '../engine/patterns/pattern';
import type { SourceId } from '../engine/records/record';
import { byCount, byRelevance, type PatternFacts } from './pattern-facts';

export const PATTERN_SORTS = ['relevance', 'count', 'errors', 'first', 'last', 'burst', 'rising', 'name'] as const;
export type PatternSort = (typeof PATTERN_SORTS)[number];

export const PATTERN_GROUPINGS = ['none', 'level', 'source', 'category'] as const;
export type PatternGroups = (typeof PATTERN_GROUPINGS)[number];

export const PATTERN_CHIPS = ['new', 'errors', 'rare', 'denoise'] as const;
export type PatternChip = (typeof PATTERN_CHIPS)[number];

export interface ListWish {
  readonly chips: ReadonlySet<PatternChip>;
  /** Patterns that hold more than this share of the records are hidden by the chip `denoise`, 0..1. */
  readonly denoiseShare: number;
  /** Words that must all occur in the text or the name, without case. */
  readonly find: string;
  readonly sort: PatternSort;
  readonly groups: PatternGroups;
  readonly nameOf: (text: string) => string | null;
  readonly categoryOf: (text: string) => Category | null;
}

/** What a group is of; null: of what has none. */
export type GroupKey =
  | { readonly by: 'level'; readonly level: number }
  | { readonly by: 'source'; readonly source: SourceId }
  | { readonly by: 'category'; readonly category: Category | null };

export type ListItem =
  | { readonly kind: 'group'; readonly key: GroupKey; readonly patternCount: number; readonly recordCount: number }
  | { readonly kind: 'pattern'; readonly facts: PatternFacts };

/** How many patterns each chip alone would leave; `denoise`: how many it hides. */
export function countChips(all: readonly PatternFacts[], denoiseShare: number): Readonly<Record<PatternChip, number>> {
  const counts = { new: 0, errors: 0, rare: 0, denoise: 0 };
  for (const facts of all) {
    if (facts.isNew) counts.new += 1;
    if (facts.errorCount > 0) counts.errors += 1;
    if (facts.isRare) counts.rare += 1;
    if (facts.share > denoiseShare) counts.denoise += 1;
  }
  return counts;
}

/** The patterns that pass, sorted. */
export function filterPatterns(all: readonly PatternFacts[], wish: ListWish): PatternFacts[] {
  const words = wish.find.toLowerCase().split(/\s+/).filter(Boolean);
  const passes = (facts: PatternFacts) => {
    if (wish.chips.has('new') && !facts.isNew) return false;
    if (wish.chips.has('errors') && facts.errorCount === 0) return false;
    if (wish.chips.has('rare') && !facts.isRare) return false;
    if (wish.chips.has('denoise') && facts.share > wish.denoiseShare) return false;
    if (words.length === 0) return true;
    const text = `${facts.row.text} ${wish.nameOf(facts.row.text) ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return all.filter(passes).sort(comparatorOf(wish));
}

function comparatorOf(wish: ListWish): (a: PatternFacts, b: PatternFacts) => number {
  const from =
    (key: (facts: PatternFacts) => number) =>
    (a: PatternFacts, b: PatternFacts): number => {
      const [left, right] = [key(a), key(b)];
      return left === right ? byCount(a, b) : left < right ? -1 : 1;
    };
  switch (wish.sort) {
    case 'relevance':
      return byRelevance;
    case 'count':
      return byCount;
    case 'errors':
      return from((facts) => -facts.errorCount);
    case 'first':
      return from((facts) => facts.row.first.time ?? Infinity);
    case 'last':
      return from((facts) => -(facts.row.last.time ?? -Infinity));
    case 'burst':
      return from((facts) => -(facts.burst ?? 0));
    case 'rising':
      // What is new has risen from nothing.
      return from((facts) => -(facts.isNew ? Infinity : (facts.change ?? 0)));
    case 'name': {
      const names = new Intl.Collator('en', { numeric: true });
      const titleOf = (facts: PatternFacts) => wish.nameOf(facts.row.text) ?? facts.row.text;
      return (a, b) => names.compare(titleOf(a), titleOf(b)) || byCount(a, b);
    }
  }
}

/** With a heading before each group; groups in the order of their worst level, most records, or the categories' own. */
export function toItems(sorted: readonly PatternFacts[], wish: Pick<ListWish, 'groups' | 'categoryOf'>): ListItem[] {
  const toItem = (facts: PatternFacts): ListItem => ({ kind: 'pattern', facts });
  if (wish.groups === 'none') return sorted.map(toItem);
  const groups = new Map<string, { key: GroupKey; members: PatternFacts[]; recordCount: number }>();
  for (const facts of sorted) {
    const key = keyOf(facts, wish);
    const name = JSON.stringify(key);
    const group = groups.get(name) ?? { key, members: [], recordCount: 0 };
    if (group.members.length === 0) groups.set(name, group);
    group.members.push(facts);
    group.recordCount += facts.row.count;
  }
  return [...groups.values()]
    .sort((a, b) => rankOf(b.key) - rankOf(a.key) || b.recordCount - a.recordCount)
    .flatMap(({ key, members, recordCount }) => [
      { kind: 'group' as const, key, patternCount: members.length, recordCount },
      ...members.map(toItem),
    ]);
}

function keyOf(facts: PatternFacts, { groups, categoryOf }: Pick<ListWish, 'groups' | 'categoryOf'>): GroupKey {
  if (groups === 'level') return { by: 'level', level: facts.level };
  if (groups === 'category') return { by: 'category', category: categoryOf(facts.row.text) };
  return { by: 'source', source: mainSource(facts) };
}

/** The source with most of its records, the first of equal ones. */
export function mainSource({ row }: PatternFacts): SourceId {
  const [first, ...others] = row.sources;
  if (!first) return 0;
  return others.reduce((best, one) => (one.count > best.count ? one : best), first).source;
}

/** Groups of a higher rank come first: worse levels; what has a category. */
function rankOf(key: GroupKey): number {
  if (key.by === 'level') return key.level;
  return key.by === 'category' && key.category === null ? -1 : 0;
}
