/** Kept analyses for tests: drawn by hand, and random ones whose counts add up. */
import fc from 'fast-check';

import type { Analysis, AnalysisHead, KeptPattern, KeptToken, PatternsBody } from '../protocol/analysis';

const KINDS = ['number', 'duration', 'uuid', 'ip', 'word', 'text'] as const;

export const NO_FILTER = { text: '', part: { clauses: [], draft: '', range: null, levelsOff: [] } };

/** A head of an analysis of patterns over one source. */
export function headOf(part: Partial<AnalysisHead> & Pick<AnalysisHead, 'recordCount' | 'itemCount'>): AnalysisHead {
  return {
    version: 1,
    id: 'a1',
    kind: 'patterns',
    title: 'app.log',
    madeAt: 1_779_184_800_000,
    isAutomatic: false,
    engineVersion: 1,
    appVersion: '0.1.0',
    zone: 'UTC',
    filter: NO_FILTER,
    sources: [
      {
        key: 'app.log',
        name: 'app.log',
        fingerprint: 'ab12',
        recordCount: part.recordCount,
        sizeBytes: 1000,
        span: { start: 1_779_184_800_000, end: 1_779_188_400_000 },
      },
    ],
    isComplete: true,
    grouping: { granularity: 2, merges: [], splits: [] },
    ...part,
  };
}

/** An analysis of patterns by their texts and counts, all of one source, without times. */
export function drawAnalysis(patterns: Readonly<Record<string, number>>, part: Partial<AnalysisHead> = {}): Analysis {
  const kept = Object.entries(patterns).map(([text, count]) => drawPattern(text, count));
  const recordCount = kept.reduce((sum, { count }) => sum + count, 0);
  return { head: headOf({ recordCount, itemCount: kept.length, ...part }), body: bodyOf(kept) };
}

export function bodyOf(patterns: KeptPattern[], binCount = 0): PatternsBody {
  return {
    kind: 'patterns',
    skeletonCount: patterns.length,
    merged: null,
    bins: { startMs: 1_779_184_800_000, binMs: 60_000, binCount },
    patterns,
    groups: null,
  };
}

export function drawPattern(text: string, count: number, part: Partial<KeptPattern> = {}): KeptPattern {
  const place = { source: 0, offset: 0, time: null };
  return {
    text,
    name: null,
    tokens: text.split(/(<\*>)/).flatMap((piece): KeptToken[] => {
      if (piece === '') return [];
      return piece === '<*>' ? [{ wildcard: 'number' }] : [piece];
    }),
    skeletonCount: 1,
    isMerged: false,
    count,
    levelCounts: [0, 0, 0, count, 0, 0, 0],
    sources: [[0, count]],
    first: place,
    last: place,
    classification: null,
    at: [],
    counts: [],
    ...part,
  };
}

const sumOf = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0);
const BINS = 40;

const token = fc.oneof(fc.string({ maxLength: 12 }), fc.record({ wildcard: fc.constantFrom(...KINDS) }));

/** A pattern over `sourceCount` sources, its counts in agreement; its text is made unique by `arbitraryAnalysis`. */
const arbitraryPattern = (sourceCount: number) =>
  fc
    .record({
      tokens: fc.array(token, { maxLength: 6 }),
      levelCounts: fc.array(fc.nat(1000), { minLength: 7, maxLength: 7 }),
      binned: fc.uniqueArray(fc.nat(BINS - 1), { maxLength: 5 }),
      source: fc.nat(sourceCount - 1),
      name: fc.option(fc.string({ maxLength: 10 })),
      times: fc.option(fc.tuple(fc.nat(1e12), fc.nat(1e9))),
      offset: fc.nat(1e15),
      isMerged: fc.boolean(),
      classification: fc.option(
        fc.record({
          category: fc.constantFrom('Code' as const, 'External' as const),
          severity: fc.constantFrom('low' as const, 'critical' as const),
          rule: fc.string({ maxLength: 8 }),
          because: fc.string({ maxLength: 20 }),
        }),
      ),
    })
    .map(({ levelCounts, binned, source, times, offset, ...rest }): KeptPattern => {
      const levels = levelCounts.map((one, at) => (at === 0 ? one + 1 : one));
      const count = sumOf(levels);
      const at = [...binned].sort((a, b) => a - b).slice(0, count);
      return {
        ...rest,
        text: '',
        skeletonCount: 1,
        count,
        levelCounts: levels,
        sources: [[source, count]],
        first: { source, offset, time: times?.[0] ?? null },
        last: { source, offset: offset + 1, time: times ? times[0] + times[1] : null },
        at,
        counts: at.map(() => 1),
      };
    });

/** Any analysis of patterns that agrees with itself. */
export const arbitraryAnalysis: fc.Arbitrary<Analysis> = fc
  .integer({ min: 1, max: 3 })
  .chain((sourceCount) =>
    fc.record({
      sourceCount: fc.constant(sourceCount),
      patterns: fc.array(arbitraryPattern(sourceCount), { maxLength: 20 }),
      title: fc.string({ minLength: 1, maxLength: 30 }),
      granularity: fc.constantFrom(0 as const, 2 as const, 4 as const),
      madeAt: fc.nat(2e12),
    }),
  )
  .map(({ sourceCount, patterns, title, granularity, madeAt }) => {
    const unique = patterns.map((one, at) => ({ ...one, text: `${at} ${one.tokens.length}` }));
    const sources = Array.from({ length: sourceCount }, (_, at) => ({
      key: `s${at}`,
      name: `s${at}.log`,
      fingerprint: null,
      recordCount: sumOf(unique.map((one) => (one.sources[0]?.[0] === at ? one.count : 0))),
      sizeBytes: at,
      span: null,
    }));
    const recordCount = sumOf(unique.map(({ count }) => count));
    const grouping = { granularity, merges: [['a', 'b']], splits: [] };
    return {
      head: headOf({ recordCount, itemCount: unique.length, title, madeAt, grouping, sources }),
      body: bodyOf(unique, BINS),
    };
  });
