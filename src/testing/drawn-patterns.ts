/**
 * Patterns of drawn rows, in the plainest way that is still true: a word that is variable is a wildcard, and records with the
 * same text are one pattern. How finely words are told apart follows the granularity:
 *
 *   0  the first word       1  the first three words        2, 3  words without a digit        4  words that are no number
 */

import type { Row } from '../engine/api';
import { binsFor } from '../engine/derive/bins';
import type {
  Classification,
  ClassRule,
  Granularity,
  Pattern,
  PatternClass,
  PatternGrouping,
  PatternRow,
  PatternTable,
  PatternToken,
  WildcardKind,
  WildcardMeasure,
  WildcardValues,
} from '../engine/patterns/pattern';
import { WILDCARD } from '../engine/patterns/pattern';
import type { WildcardRange } from '../engine/query/filter';
import { LEVEL_COUNT, toLevelCode } from '../engine/records/record';

const FINEST: Granularity = 4;

export function drawnMessage({ text, messageStart }: Row): string {
  return (text.slice(messageStart).split('\n', 1)[0] ?? '').trim().replace(/\s+/g, ' ');
}

function maskAt(message: string, granularity: Granularity): string {
  const words = message.split(' ').filter(Boolean);
  const kept = granularity === 0 ? 1 : granularity === 1 ? 3 : words.length;
  const variable = granularity === FINEST ? /^[\d.,]+$/ : /\d/;
  const masked = words.slice(0, kept).map((word) => (variable.test(word) ? WILDCARD : word));
  return [...masked, ...(words.length > kept ? [WILDCARD] : [])].join(' ');
}

function mergedText(texts: readonly string[]): string {
  const [first = [], ...others] = texts.map((text) => text.split(' '));
  let same = 0;
  while (same < first.length && others.every((words) => words[same] === first[same])) same += 1;
  return [...first.slice(0, same), WILDCARD].join(' ');
}

/** The text of the pattern that a record is of. */
export function drawnPatternOf(row: Row, grouping: PatternGrouping): string {
  const message = drawnMessage(row);
  let text = maskAt(message, grouping.granularity);
  for (const merge of grouping.merges) if (merge.includes(text)) text = mergedText(merge);
  for (const split of grouping.splits) if (split.text === text) text = maskAt(message, split.granularity);
  return text;
}

/** The value of each wildcard of the record's pattern. */
export function drawnValues(row: Row, text: string): string[] {
  const words = drawnMessage(row).split(' ');
  const parts = text.split(' ');
  return parts.flatMap((part, at) => {
    if (part !== WILDCARD) return [];
    return [at === parts.length - 1 ? words.slice(at).join(' ') : (words[at] ?? '')];
  });
}

function kindOf(value: string): WildcardKind {
  if (/^\d+(?:\.\d+)?$/.test(value)) return 'number';
  if (/^\d+(?:\.\d+)?(?:ms|s)$/.test(value)) return 'duration';
  return value.includes(' ') ? 'text' : 'word';
}

function tokensOf(text: string, rows: readonly Row[]): PatternToken[] {
  let wildcard = -1;
  return text.split(/(<\*>)/).flatMap((part): PatternToken[] => {
    if (part === '') return [];
    if (part !== WILDCARD) return [{ kind: 'literal', text: part }];
    wildcard += 1;
    const kinds = new Set(rows.map((row) => kindOf(drawnValues(row, text)[wildcard] ?? '')));
    const [only] = kinds;
    return [{ kind: 'wildcard', type: kinds.size === 1 && only ? only : kinds.has('text') ? 'text' : 'word' }];
  });
}

function group(rows: readonly Row[], grouping: PatternGrouping): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const text = drawnPatternOf(row, grouping);
    const members = groups.get(text);
    if (members) members.push(row);
    else groups.set(text, [row]);
  }
  return groups;
}

const skeletonsOf = (rows: readonly Row[]) => new Set(rows.map((row) => maskAt(drawnMessage(row), FINEST))).size;

/** @param all  every record of the engine: what a pattern is does not depend on the selection */
export function drawnPattern(record: Row, all: readonly Row[], grouping: PatternGrouping): Pattern {
  const text = drawnPatternOf(record, grouping);
  const members = all.filter((row) => drawnPatternOf(row, grouping) === text);
  return { id: 0, text, tokens: tokensOf(text, members), skeletonCount: skeletonsOf(members), isMerged: false };
}

export function drawnTable(
  rows: readonly Row[],
  all: readonly Row[],
  grouping: PatternGrouping,
  options: { start?: number; end?: number; maxBins: number },
): Omit<PatternTable, 'revision' | 'isComplete'> {
  const whole = group(all, grouping);
  const sorted = [...group(rows, grouping)].sort(
    ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
  );
  const times = rows.flatMap((row) => (row.time === null ? [] : [row.time]));
  const start = options.start ?? Math.min(...times);
  const end = options.end === undefined ? Math.max(...times) : options.end - 1;
  const bins = times.length === 0 ? { startMs: 0, binMs: 1, binCount: 0 } : binsFor(start, end, options.maxBins);
  const starts = [0];
  const at: number[] = [];
  const counts: number[] = [];
  for (const [, members] of sorted) {
    const perBin = new Map<number, number>();
    for (const { time } of members) {
      if (time === null) continue;
      const bin = Math.floor((time - bins.startMs) / bins.binMs);
      if (bin >= 0 && bin < bins.binCount) perBin.set(bin, (perBin.get(bin) ?? 0) + 1);
    }
    for (const [bin, count] of [...perBin].sort(([a], [b]) => a - b)) {
      at.push(bin);
      counts.push(count);
    }
    starts.push(at.length);
  }
  return {
    recordCount: rows.length,
    rows: sorted.map(([text, members], id) => toRow(id, text, members, whole.get(text) ?? members)),
    bins: { ...bins, starts: Uint32Array.from(starts), at: Uint16Array.from(at), counts: Uint32Array.from(counts) },
    skeletonCount: skeletonsOf(all),
    merged: null,
  };
}

function toRow(id: number, text: string, members: readonly Row[], whole: readonly Row[]): PatternRow {
  const levelCounts = Array.from({ length: LEVEL_COUNT }, () => 0);
  const bySource = new Map<number, number>();
  for (const row of members) {
    const code = toLevelCode(row.level);
    levelCounts[code] = (levelCounts[code] ?? 0) + 1;
    bySource.set(row.id.source, (bySource.get(row.id.source) ?? 0) + 1);
  }
  const byTime = [...members].sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
  const seen = (row: Row | undefined) => ({ record: row?.id ?? { source: 0, offset: 0 }, time: row?.time ?? null });
  return {
    id,
    text,
    tokens: tokensOf(text, whole),
    skeletonCount: skeletonsOf(whole),
    isMerged: false,
    count: members.length,
    levelCounts,
    sources: [...bySource].map(([source, count]) => ({ source, count })),
    first: seen(byTime[0]),
    last: seen(byTime.at(-1)),
    example: members[0] ? drawnMessage(members[0]) : '',
  };
}

/** The number in a value, ms for durations; null: none. */
function toNumber(value: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(value);
  return match ? Number(match[1]) * (match[2] === 's' ? 1000 : 1) : null;
}

export function drawnIsWithin(row: Row, text: string, { wildcard, min, max }: WildcardRange): boolean {
  const number = toNumber(drawnValues(row, text)[wildcard] ?? '');
  return number !== null && number >= (min ?? -Infinity) && number <= (max ?? Infinity);
}

export function drawnWildcardValues(
  rows: readonly Row[],
  wanted: { pattern: string; wildcard: number; topCount: number; maxBins: number },
  grouping: PatternGrouping,
): WildcardValues {
  const members = rows.filter((row) => drawnPatternOf(row, grouping) === wanted.pattern);
  const values = members.map((row) => drawnValues(row, wanted.pattern)[wanted.wildcard] ?? '');
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const kinds = new Set(values.map(kindOf));
  const [only] = kinds;
  const type = kinds.size === 1 && only ? only : 'word';
  return {
    type,
    recordCount: members.length,
    missingCount: 0,
    distinctCount: counts.size,
    top: [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, wanted.topCount),
    measure: type === 'number' || type === 'duration' ? measureOf(values, type, wanted.maxBins) : null,
  };
}

function measureOf(values: readonly string[], type: WildcardKind, maxBins: number): WildcardMeasure {
  const numbers = values.flatMap((value) => toNumber(value) ?? []).sort((a, b) => a - b);
  const rank = (share: number) => numbers[Math.max(0, Math.ceil(share * numbers.length) - 1)] ?? 0;
  const min = numbers[0] ?? 0;
  const max = numbers.at(-1) ?? 0;
  const binCount = min === max ? 1 : Math.min(maxBins, 8);
  const edges = Array.from({ length: binCount + 1 }, (_, at) => min + ((max - min) * at) / binCount);
  const counts = Array.from({ length: binCount }, () => 0);
  for (const number of numbers) {
    const above = edges.findIndex((edge) => number < edge);
    const bin = above < 0 ? binCount - 1 : above - 1;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return {
    unit: type === 'duration' ? 'ms' : 'none',
    count: numbers.length,
    unreadCount: values.length - numbers.length,
    min,
    max,
    sum: numbers.reduce((sum, number) => sum + number, 0),
    median: rank(0.5),
    p95: rank(0.95),
    p99: rank(0.99),
    histogram: { edges, counts, isLog: false },
  };
}

/** Rules by what the message says alone. */
export function drawnClasses(
  rows: readonly Row[],
  grouping: PatternGrouping,
  rules: readonly ClassRule[],
): PatternClass[] {
  return [...group(rows, grouping)]
    .filter(([, members]) => members.some((row) => toLevelCode(row.level) >= toLevelCode('WARN')))
    .map(([text, members]) => ({ text, classification: members[0] ? drawnClass(members[0], rules) : null }));
}

export function drawnClass(row: Row, rules: readonly ClassRule[]): Classification | null {
  const message = drawnMessage(row).toLowerCase();
  const rule = rules.find((one) => one.message?.some((part) => message.includes(part.toLowerCase())));
  return rule ? { category: rule.category, severity: rule.severity, rule: rule.id, because: rule.because } : null;
}
