/** Error groups, put together from what the shards read. */

import { ERROR_GROUP_LIMIT, tooManyErrors } from '../shard/error-groups';
import { patternOf } from '../shard/pattern-column';
import type { LocalPatterns, ShardErrors } from '../shard/shard-api';
import { LEVEL_COUNT, type SourceId, toLevelCode } from '../records/record';
import { type GroupName, groupName } from './fingerprint';
import type { ErrorGroup, Pattern, Seen } from './pattern';

/** Patterns told of a group. */
const MOST_PATTERNS = 5;

const ERROR = toLevelCode('ERROR');
const FATAL = toLevelCode('FATAL');

interface Sum {
  readonly name: GroupName;
  count: number;
  readonly levelCounts: number[];
  readonly sources: Map<SourceId, number>;
  readonly patterns: Map<string, number>;
  first: Seen;
  last: Seen;
}

export class GroupSums {
  private readonly sums = new Map<string, Sum>();
  /** By pattern, of records that go by nothing else. */
  private readonly patternNames: (GroupName | undefined)[] = [];
  private records = 0;

  constructor(private readonly patterns: readonly Pattern[]) {}

  /** ERROR and FATAL records so far. */
  get recordCount(): number {
    return this.records;
  }

  /**
   * Adds a shard's errors; shards come in the order of the records.
   *
   * @throws Fault `values-too-many` past ERROR_GROUP_LIMIT groups
   */
  add(source: SourceId, decodedStart: number, errors: ShardErrors, local: LocalPatterns): void {
    const { parts, counts, ends } = errors;
    const names: (GroupName | undefined)[] = [];
    for (let i = 0; i * 2 < parts.length; i++) {
      const key = parts[i * 2] as number;
      const patternId = patternOf(local, parts[i * 2 + 1] as number);
      const pattern = this.patterns[patternId]?.text ?? '';
      let name = key === 0 ? this.patternNames[patternId] : names[key];
      if (name === undefined) {
        name = groupName(errors.keys[key] ?? null, pattern);
        if (key === 0) this.patternNames[patternId] = name;
        else if (name.by !== 'pattern') names[key] = name;
      }
      const seen = (at: number): Seen => {
        const time = ends[i * 4 + at] as number;
        const offset = decodedStart + (ends[i * 4 + at + 1] as number);
        return { record: { source, offset }, time: Number.isNaN(time) ? null : time };
      };
      const sum = this.sumOf(name, seen(0), seen(2));
      const errorCount = counts[i * 2] as number;
      const fatalCount = counts[i * 2 + 1] as number;
      const count = errorCount + fatalCount;
      this.records += count;
      sum.count += count;
      sum.levelCounts[ERROR] = (sum.levelCounts[ERROR] as number) + errorCount;
      sum.levelCounts[FATAL] = (sum.levelCounts[FATAL] as number) + fatalCount;
      sum.sources.set(source, (sum.sources.get(source) ?? 0) + count);
      sum.patterns.set(pattern, (sum.patterns.get(pattern) ?? 0) + count);
    }
  }

  private sumOf(name: GroupName, first: Seen, last: Seen): Sum {
    let sum = this.sums.get(name.fingerprint);
    if (sum === undefined) {
      if (this.sums.size === ERROR_GROUP_LIMIT) throw tooManyErrors();
      const levelCounts = Array.from({ length: LEVEL_COUNT }, () => 0);
      sum = { name, count: 0, levelCounts, sources: new Map(), patterns: new Map(), first, last };
      this.sums.set(name.fingerprint, sum);
      return sum;
    }
    if (isBefore(first, sum.first)) sum.first = first;
    if (isBehind(last, sum.last)) sum.last = last;
    return sum;
  }

  /** Most records first, equal counts by title, then by fingerprint. */
  groups(): ErrorGroup[] {
    const groups = Array.from(this.sums.values(), ({ name, count, levelCounts, sources, patterns, first, last }) => ({
      ...name,
      count,
      levelCounts,
      sources: Array.from(sources, ([source, records]) => ({ source, count: records })),
      first,
      last,
      patterns: [...patterns]
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, MOST_PATTERNS)
        .map(([text]) => text),
      classification: null,
    }));
    return groups.sort(
      (a, b) => b.count - a.count || compare(a.title, b.title) || compare(a.fingerprint, b.fingerprint),
    );
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// By time, then by source and place; records with a time stand for a group before those without.

function isBefore(a: Seen, b: Seen): boolean {
  if (a.time === b.time) return isPlacedBefore(a, b);
  return b.time === null || (a.time !== null && a.time < b.time);
}

function isBehind(a: Seen, b: Seen): boolean {
  if (a.time === b.time) return isPlacedBefore(b, a);
  return b.time === null || (a.time !== null && a.time > b.time);
}

function isPlacedBefore({ record: a }: Seen, { record: b }: Seen): boolean {
  return a.source !== b.source ? a.source < b.source : a.offset < b.offset;
}
