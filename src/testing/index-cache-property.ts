/** An engine that reads an index back and one that makes it from the bytes must give the same answers, whatever they are asked. */
import { deepEqual, equal } from 'node:assert/strict';

import fc from 'fast-check';

import type { EngineApi, SourceInput, SourceSummary } from '../engine/api';
import type { Filter } from '../engine/query/filter';
import type { SourceId } from '../engine/records/record';
import { inProcessEngine, textInput } from './in-process';
import { createMemoryIndexCache } from './memory-index-cache';
import { SMALL_SHARDS } from './random-bytes';
import { randomFilter } from './random-filters';
import { type RandomLog, randomLog } from './random-logs';

/** Everything is worth keeping, at once. */
export const EAGER_INDEX = { leastBytes: 1, partBytes: 8 * 1024 * 1024, calmMs: 0, grownCalmMs: 0 };

const place = fc.record({
  writers: fc.constantFrom(1, 2, 5),
  readers: fc.constantFrom(1, 2, 5),
  isPortable: fc.boolean(),
  chunkBytes: fc.constantFrom(64, 65536),
  partBytes: fc.constantFrom(1, 400, 8 * 1024 * 1024),
  shardBytes: fc.constantFrom(300, 600, 100_000),
  budgetBytes: fc.constantFrom(0, 1_000_000_000),
  zone: fc.constantFrom('UTC', 'Europe/Berlin'),
  format: fc.constantFrom(undefined, undefined, 'plain'),
});

/** @param logs  up to three sources in one engine, so that merged order is asked for too */
export function indexCacheProperty() {
  return fc.asyncProperty(
    fc.array(randomLog(60), { minLength: 1, maxLength: 3 }),
    fc.array(randomFilter, { minLength: 1, maxLength: 4 }),
    place,
    async (logs, filters, options) => {
      const { chunkBytes, shardBytes, isPortable, budgetBytes, zone, format } = options;
      const tuning = {
        ...SMALL_SHARDS,
        chunkBytes,
        cuts: { ...SMALL_SHARDS.cuts, shardBytes },
        index: { ...EAGER_INDEX, partBytes: options.partBytes },
      };
      const cache = createMemoryIndexCache();
      const inputs = uniqueOf(logs).map(({ name, bytes }) =>
        textInput(bytes, { name, zone, ...(format === undefined ? {} : { format }) }),
      );
      const fresh = await inProcessEngine({ workers: options.writers, tuning, cache, isPortable });
      const engines = [fresh];
      try {
        const before = await openAll(fresh, inputs, () => cache.whenWritten());
        const reader = await inProcessEngine({ workers: options.readers, tuning, cache, isPortable });
        engines.push(reader);
        const after = await openAll(reader, inputs);
        for (const [index, summary] of after.entries()) {
          deepEqual(withoutPlace(summary), withoutPlace(before[index] as SourceSummary), 'summaries');
          equal(summary.isFromCache, isKept(summary), `from the cache: ${summary.kind}`);
        }
        for (const engine of engines) await engine.configure({ budgetBytes });
        const sources = before.map(({ id }) => id);
        for (const filter of filters)
          deepEqual(
            await answers(reader, filter, sources),
            await answers(fresh, filter, sources),
            JSON.stringify(filter),
          );
      } finally {
        for (const engine of engines) await engine.shutdown();
      }
    },
  );
}

/** Two files with the same content share an index: only one of them would be written. */
function uniqueOf(logs: readonly RandomLog[]): RandomLog[] {
  const seen = new Map(logs.map((log) => [Buffer.from(log.bytes).toString('hex'), log]));
  return [...seen.values()];
}

function isKept(summary: SourceSummary): boolean {
  return summary.state === 'open' && summary.kind === 'text' && summary.lineCount > 0;
}

/** Opens the inputs one after the other; when asked to, waits until the index of each that is worth it was written. */
async function openAll(
  engine: EngineApi,
  inputs: readonly SourceInput[],
  whenWritten?: () => Promise<string>,
): Promise<SourceSummary[]> {
  const summaries: SourceSummary[] = [];
  for (const input of inputs) {
    const written = whenWritten?.();
    const summary = await engine.whenOpened(await engine.open(input));
    if (isKept(summary)) await written;
    summaries.push(summary);
  }
  return summaries;
}

/** Without what tells how it was opened, and how much of it is in memory. */
export function withoutPlace(summary: SourceSummary) {
  const {
    startedAtMs: _a,
    elapsedMs: _b,
    timings: _c,
    residentBytes: _d,
    isFromCache: _e,
    fingerprint: _f,
    ...rest
  } = summary;
  return rest;
}

/** All that can be asked about the records that a filter keeps. */
async function answers(engine: EngineApi, filter: Filter, sources: readonly SourceId[]) {
  const { handle, count, total, order } = await engine.select(filter, { callId: 1 });
  const { rows } = await engine.rows(handle, 0, count);
  const some = rows.filter((_, index) => index % 7 === 0);
  const found = {
    count,
    total,
    order,
    rows,
    bins: await engine.histogram(handle, { maxBins: 17 }),
    positions: await Promise.all(some.map((row) => engine.positionOf(handle, row.id))),
    byTime: await Promise.all(some.map((row) => engine.positionAtTime(handle, (row.time ?? 0) + 1))),
    byLine: await Promise.all(
      some.map((row) => engine.positionOfLine(handle, row.id.source, (row.lineNumber ?? 0) + row.lineCount)),
    ),
    details: await Promise.all(some.map((row) => engine.details(row.id))),
    lines: await Promise.all(sources.map((source) => engine.lines(source, 0, 10_000))),
    next: await engine.seek(handle, 0, 1, { kind: 'level', min: 'ERROR', max: null }, 2),
  };
  await engine.release(handle);
  return found;
}
