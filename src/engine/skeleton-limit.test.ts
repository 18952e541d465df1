/** Logs with more kinds of messages than a shard tells apart: said so, and every record counted all the same. */
import { expect, test } from 'vitest';

import { closeDoorsAfterEach, inProcess, openSource } from '../testing/doors';
import { EAGER_INDEX } from '../testing/index-cache-property';
import { textInput } from '../testing/in-process';
import { createMemoryIndexCache } from '../testing/memory-index-cache';
import type { EngineApi, SourceSummary } from './api';
import { describeProblem } from './verbs/triage';

closeDoorsAfterEach();

/** 40 kinds, three records each. */
const LOG = Array.from({ length: 120 }, (_, i) => {
  const name = String.fromCharCode(97 + (i % 40) / 26, 97 + ((i % 40) % 26));
  return `2025-01-01T00:00:${String(i % 60).padStart(2, '0')}Z INFO ${name} went to sleep after ${i} rounds`;
}).join('\n');

const overflowOf = ({ problems }: SourceSummary) => problems.find(({ code }) => code === 'skeleton-overflow');

async function patternCounts(engine: EngineApi): Promise<[string, number][]> {
  const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
  const { rows } = await engine.patterns(handle, { maxBins: 10 }, 2);
  return rows.map(({ text, count }) => [text, count]);
}

test('within the limit there is nothing to say', async () => {
  const engine = await inProcess({ tuning: { skeletonLimit: 40 } });
  const summary = await openSource(engine, textInput(LOG));
  expect(summary.skeletonCount).toBe(40);
  expect(overflowOf(summary)).toBeUndefined();
});

test('past the limit the records are counted that are told apart by how they begin', async () => {
  const engine = await inProcess({ tuning: { skeletonLimit: 30 } });
  const summary = await openSource(engine, textInput(LOG));
  expect(summary.skeletonCount).toBe(30);
  const problem = overflowOf(summary);
  expect(problem).toEqual({ code: 'skeleton-overflow', count: 30, first: null });
  expect(describeProblem({ code: 'skeleton-overflow', count: 30 })).toBe(
    '30 records have kinds of messages past the limit: they are told apart by how they begin',
  );
});

test.each([0, 1, 30])(
  'patterns add up to the records with a limit of %i, kept in an index or not',
  async (skeletonLimit) => {
    const cache = createMemoryIndexCache();
    const tuning = {
      skeletonLimit,
      index: EAGER_INDEX,
      cuts: { shardBytes: 3000, windows: [64, 300] },
      firstShardBytes: 500,
    };
    const engine = await inProcess({ cache, tuning });
    const written = cache.whenWritten();
    const summary = await openSource(engine, textInput(LOG));
    const counts = await patternCounts(engine);
    expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(120);
    for (const [text, count] of counts)
      expect((await engine.select({ kind: 'pattern', text }, { callId: 3 })).count).toBe(count);
    await written;
    const reader = await inProcess({ cache, tuning, workers: 5 });
    const again = await openSource(reader, textInput(LOG));
    expect(again.isFromCache).toBe(true);
    expect(overflowOf(again)).toEqual(overflowOf(summary));
    expect(await patternCounts(reader)).toEqual(counts);
  },
);
