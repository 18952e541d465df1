/** Two tables of patterns side by side: what is new, gone or changed, by the patterns' texts, the largest effect first. */
import type { AnalysisHead, KeptPattern } from '../protocol/analysis';

export type ChangeKind = 'new' | 'gone' | 'changed' | 'same';

/** One pattern on both sides. */
export interface PatternChange {
  readonly kind: ChangeKind;
  readonly text: string;
  /** Null on the side that does not have it. */
  readonly before: KeptPattern | null;
  readonly after: KeptPattern | null;
  /** Shares of the side's records, 0..1. */
  readonly shareBefore: number;
  readonly shareAfter: number;
  /** `shareAfter / shareBefore`; null for one that is new or gone. */
  readonly factor: number | null;
  /** How far the two counts are from what equal shares would give; 0: not at all. See `toEffect`. */
  readonly effect: number;
}

export interface Comparison {
  /** Largest effect first; equal ones by the larger count, then by text. */
  readonly changes: readonly PatternChange[];
  readonly kindCounts: Readonly<Record<ChangeKind, number>>;
}

/** A side: its patterns, each text once, whose counts add up to its records. */
export interface ComparedTable {
  readonly recordCount: number;
  readonly patterns: readonly KeptPattern[];
}

// A share has changed when it is a quarter larger or smaller, …
const LEAST_FACTOR = 1.25;
// … and chance would bring it about less than once in a thousand times: chi-square with one degree of freedom.
const LEAST_EFFECT = 10.83;

/** Every pattern of either side is in the outcome exactly once. Exact: all counts, no samples. */
export function compareTables(before: ComparedTable, after: ComparedTable): Comparison {
  const later = new Map(after.patterns.map((pattern) => [pattern.text, pattern]));
  const earlier = new Set(before.patterns.map(({ text }) => text));
  const pairs = [
    ...before.patterns.map((pattern) => [pattern, later.get(pattern.text) ?? null] as const),
    ...after.patterns.filter(({ text }) => !earlier.has(text)).map((pattern) => [null, pattern] as const),
  ];
  const changes = pairs
    .map(([first, second]) => toChange(first, second, before.recordCount, after.recordCount))
    .sort(byEffect);
  const kindCounts = { new: 0, gone: 0, changed: 0, same: 0 };
  for (const { kind } of changes) kindCounts[kind] += 1;
  return { changes, kindCounts };
}

function toChange(
  before: KeptPattern | null,
  after: KeptPattern | null,
  recordsBefore: number,
  recordsAfter: number,
): PatternChange {
  const shareBefore = before ? before.count / recordsBefore : 0;
  const shareAfter = after ? after.count / recordsAfter : 0;
  const factor = before && after ? shareAfter / shareBefore : null;
  const effect = toEffect(before?.count ?? 0, recordsBefore, after?.count ?? 0, recordsAfter);
  const text = (before ?? after)?.text ?? '';
  return { kind: toKind(before, after, factor, effect), text, before, after, shareBefore, shareAfter, factor, effect };
}

function toKind(
  before: KeptPattern | null,
  after: KeptPattern | null,
  factor: number | null,
  effect: number,
): ChangeKind {
  if (!before) return 'new';
  if (!after) return 'gone';
  const isLarge = factor !== null && (factor >= LEAST_FACTOR || factor <= 1 / LEAST_FACTOR);
  return isLarge && effect >= LEAST_EFFECT ? 'changed' : 'same';
}

function byEffect(a: PatternChange, b: PatternChange): number {
  return b.effect - a.effect || mostOf(b) - mostOf(a) || (a.text < b.text ? -1 : 1);
}

const mostOf = ({ before, after }: PatternChange) => Math.max(before?.count ?? 0, after?.count ?? 0);

/**
 * The log-likelihood ratio G² of two counts out of two totals: it weighs a large change of a rare pattern and a small one of
 * a frequent pattern on one scale, and does not take few records for proof.
 *
 * @returns at least 0; 0 when the shares are equal or a side is empty
 * @see https://aclanthology.org/J93-1003/ (Dunning 1993, Accurate Methods for the Statistics of Surprise and Coincidence)
 */
export function toEffect(before: number, recordsBefore: number, after: number, recordsAfter: number): number {
  const all = recordsBefore + recordsAfter;
  if (recordsBefore === 0 || recordsAfter === 0) return 0;
  const having = before + after;
  const term = (count: number, total: number, part: number) =>
    count === 0 ? 0 : count * Math.log(count / ((total * part) / all));
  const sum =
    term(before, recordsBefore, having) +
    term(after, recordsAfter, having) +
    term(recordsBefore - before, recordsBefore, all - having) +
    term(recordsAfter - after, recordsAfter, all - having);
  return Math.max(0, 2 * sum); // rounding may leave a hair below nothing
}

/** What keeps two analyses from being compared like with like, as sentences; empty: nothing does. */
export function toDoubts(before: AnalysisHead, after: AnalysisHead): string[] {
  const doubts: string[] = [];
  const [first, second] = [before.grouping, after.grouping];
  if (first && second && first.granularity !== second.granularity) {
    doubts.push(
      `Patterns were told apart at granularity ${first.granularity + 1} and ${second.granularity + 1} of 5: what is new or gone may only be cut differently.`,
    );
  } else if (JSON.stringify(first) !== JSON.stringify(second)) {
    doubts.push('Different patterns were merged or split by hand: what is new or gone may only be cut differently.');
  }
  if (before.engineVersion !== after.engineVersion) {
    doubts.push(
      `They were made by versions ${before.engineVersion} and ${after.engineVersion} of the engine, which may tell patterns apart differently.`,
    );
  }
  if (filterKey(before) !== filterKey(after)) {
    doubts.push(`They were filtered differently: ${nameFilter(before)}, and ${nameFilter(after)}.`);
  }
  for (const [head, name] of [
    [before, 'first'],
    [after, 'second'],
  ] as const) {
    if (!head.isComplete)
      doubts.push(`The ${name} was made while a source was still being read: its counts are “so far”.`);
  }
  return doubts;
}

const nameFilter = ({ filter }: AnalysisHead) => (filter.text === '' ? 'all records' : filter.text);

/** Equal for filters that keep the same: chips' numbers, and those switched off, do not matter. */
export function filterKey({ filter }: Pick<AnalysisHead, 'filter'>): string {
  const { clauses, draft, range, levelsOff } = filter.part;
  const on = clauses.filter(({ isOn }) => isOn).map(({ text, isNegated }) => [text, isNegated]);
  return JSON.stringify([
    on,
    draft.trim(),
    range && [range.start, range.end],
    [...levelsOff].sort((a, b) => (String(a) < String(b) ? -1 : 1)),
  ]);
}
