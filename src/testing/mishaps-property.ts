/** One engine in trouble (workers killed, budgets cut, minds changed) and one that is left in peace must give the same answers. */
import { deepEqual, equal } from 'node:assert/strict';

import fc from 'fast-check';

import { isFault } from '../base/fault';
import type { EngineApi, SelectContext, SourceInput } from '../engine/api';
import type { Filter } from '../engine/query/filter';
import { runsRegex } from '../engine/query/plan';
import type { SourceId } from '../engine/records/record';
import type { BytesRef, ByteSource } from '../engine/source/byte-source';
import { openMemory } from '../engine/source/memory-source';
import { inProcessEngine, textInput } from './in-process';
import { SMALL_SHARDS } from './random-bytes';
import { randomFilter } from './random-filters';
import { type RandomLog, randomLog } from './random-logs';

/** What a person does, while a worker may die so many turns of the event loop later. */
type Step =
  | { kind: 'open'; log: RandomLog }
  | { kind: 'close'; source: number }
  | { kind: 'list'; source: number }
  | { kind: 'format'; source: number; format: string | null }
  | { kind: 'zone'; source: number; zone: string }
  | { kind: 'offset'; source: number; offsetMs: number }
  | { kind: 'select'; filter: Filter; context: SelectContext }
  | { kind: 'cancel'; filter: Filter; context: SelectContext };

interface Mishap {
  readonly step: Step;
  /** Workers to kill during the step, each after so many turns. A call is made three times at most, so two may die. */
  readonly kills: readonly { worker: number; turns: number }[];
  /** Set before the step. */
  readonly budgetBytes: number | null;
}

const NO_CONTEXT: SelectContext = { before: 0, after: 0 };

const source = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('open' as const), log: randomLog(40) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('close' as const, 'list' as const), source }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('format' as const), source, format: fc.constantFrom('plain', null) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('zone' as const),
      source,
      zone: fc.constantFrom('UTC', 'Europe/Berlin', '-03:30'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('offset' as const),
      source,
      offsetMs: fc.constantFrom(0, -7000, 86_400_000),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('select' as const, 'select' as const, 'cancel' as const),
      filter: randomFilter,
      context: fc.oneof(fc.constant(NO_CONTEXT), fc.record({ before: fc.nat(4), after: fc.nat(4) })),
    }),
  },
);

const mishap: fc.Arbitrary<Mishap> = fc.record({
  step,
  kills: fc.array(fc.record({ worker: fc.nat(4), turns: fc.nat(40) }), { maxLength: 2 }),
  budgetBytes: fc.option(fc.constantFrom(0, 1000, 10_000, 1_000_000_000), { nil: null }),
});

const troubledPlace = fc.record({
  workers: fc.constantFrom(1, 2, 3),
  isPortable: fc.boolean(),
  hasSpill: fc.boolean(),
  /** Bytes come into memory behind opening, whatever else happens. */
  isInteractive: fc.boolean(),
  chunkBytes: fc.constantFrom(64, 65536),
});

export function mishapsProperty() {
  return fc.asyncProperty(
    randomLog(40),
    fc.array(mishap, { minLength: 1, maxLength: 8 }),
    troubledPlace,
    async (first, mishaps, { workers, isPortable, hasSpill, isInteractive, chunkBytes }) => {
      const files = new Map<string, Uint8Array>();
      const living: ((reason: string) => void)[] = [];
      const calm = await inProcessEngine({ workers: 1, tuning: SMALL_SHARDS });
      const troubled = await inProcessEngine({
        workers,
        isPortable,
        hasSpill,
        isInteractive,
        tuning: { ...SMALL_SHARDS, chunkBytes },
        openBytes: (ref) => slowly(ref, files),
        onSpawn: ({ die }) => living.push(die),
      });
      const sources: SourceId[] = [];
      try {
        for (const { step, kills, budgetBytes } of [
          { step: openStep(first), kills: [], budgetBytes: null },
          ...mishaps,
        ]) {
          if (budgetBytes !== null) await troubled.configure({ budgetBytes });
          const dying = kills.map(async ({ worker, turns }) => {
            for (let turn = 0; turn < turns; turn++) await nextTurn();
            living[living.length - 1 - (worker % workers)]?.('killed by the test');
          });
          await take(step, calm, troubled, sources, files);
          await Promise.all(dying);
        }
        equal((await troubled.health()).workers.length, workers);
      } finally {
        await Promise.all([calm.shutdown(), troubled.shutdown()]);
      }
    },
  );
}

function openStep(log: RandomLog): Step {
  return { kind: 'open', log };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Files are read in the next turn, as from a disk; what was spilled is in memory. */
function slowly(ref: BytesRef, files: ReadonlyMap<string, Uint8Array>): ByteSource {
  const bytes = ref.kind === 'memory' ? ref.bytes : ref.kind === 'path' ? files.get(ref.path) : undefined;
  if (bytes === undefined) throw new Error('tests hold their files in memory');
  const whole = openMemory(bytes);
  return {
    size: ref.size,
    async read(start, end) {
      await nextTurn();
      return whole.read(start, end);
    },
  };
}

/** Takes a step with both engines and compares what a person would see. */
async function take(
  step: Step,
  calm: EngineApi,
  troubled: EngineApi,
  sources: SourceId[],
  files: Map<string, Uint8Array>,
): Promise<void> {
  const both = [calm, troubled];
  if (step.kind === 'open') {
    const { name, bytes } = step.log;
    const input = textInput(bytes, { name });
    // Every other file is read from its path, the others were handed over as a paste is.
    const path = `${files.size}`;
    files.set(path, bytes);
    const other: SourceInput =
      files.size % 2 === 0 ? input : { ...input, bytes: { kind: 'path', path, size: bytes.length } };
    const id = await calm.open(input);
    equal(await troubled.open(other), id);
    sources.push(id);
    await compareSummaries(calm, troubled, id);
    return;
  }
  if (step.kind === 'select') {
    await compareRows(calm, troubled, step.filter, step.context);
    return;
  }
  if (step.kind === 'cancel') {
    const search = troubled.select(step.filter, { callId: 77, context: step.context });
    await Promise.all([
      search.catch((error: unknown) => {
        if (!isFault(error, 'stale') && !isDeathOfRegex(error, step.filter)) throw error;
      }),
      nextTurn().then(() => troubled.cancel(77)),
    ]);
    await compareRows(calm, troubled, step.filter, step.context);
    return;
  }
  const id = sources[step.source % sources.length];
  if (id === undefined) return;
  if (step.kind === 'close') {
    sources.splice(sources.indexOf(id), 1);
    for (const engine of both) await engine.close(id);
  } else if (step.kind === 'format') {
    for (const engine of both) await engine.forceFormat(id, step.format);
    await compareSummaries(calm, troubled, id);
  } else if (step.kind === 'zone') {
    for (const engine of both) await engine.setZone(id, step.zone);
    await compareRows(calm, troubled, { kind: 'all' }, NO_CONTEXT);
  } else if (step.kind === 'offset') {
    for (const engine of both) await engine.setOffset(id, step.offsetMs);
    await compareRows(calm, troubled, { kind: 'all' }, NO_CONTEXT);
  } else {
    const [expected, found] = await Promise.all(both.map((engine) => engine.lines(id, 0, 10_000)));
    deepEqual(found, expected, 'lines');
  }
}

async function compareSummaries(calm: EngineApi, troubled: EngineApi, id: SourceId): Promise<void> {
  const [expected, found] = await Promise.all(
    [calm, troubled].map(async (engine) => {
      const { state, fault, recordCount, lineCount, levelCounts, firstTime, lastTime, problems, format } =
        await engine.whenOpened(id);
      return { state, fault, recordCount, lineCount, levelCounts, firstTime, lastTime, problems, format };
    }),
  );
  deepEqual(found, expected, 'what is known of a source');
}

/** A search that runs a person's pattern may be what killed its worker: it is not made again by itself. */
function isDeathOfRegex(error: unknown, filter: Filter): boolean {
  return isFault(error, 'worker-died') && runsRegex(filter);
}

/** Asks again as a person would; two workers die in a step at most. */
async function patiently<T>(filter: Filter, ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 3 || !isDeathOfRegex(error, filter)) throw error;
    }
  }
}

/** What is looked for in rows and overviews besides: a column and a needle. */
const WARNINGS: Filter = { kind: 'level', min: 'WARN', max: null };
const POOL: Filter = { kind: 'text', text: 'pool', caseSensitive: false };

async function compareRows(
  calm: EngineApi,
  troubled: EngineApi,
  filter: Filter,
  context: SelectContext,
): Promise<void> {
  const answerOf = async (engine: EngineApi) => {
    const { handle, count, keptCount } = await engine.select(filter, { callId: 1, context });
    const { rows } = await engine.rows(handle, 0, count, { highlights: [WARNINGS, POOL], fields: ['thread'] });
    const { counts } = await engine.histogram(handle, { maxBins: 9 });
    const overview = await engine.overview(handle, 7, POOL, 2);
    const pause = await engine.seekPause(handle, count >> 1, 1, 3000, 3);
    const next = await engine.seek(handle, count >> 1, -1, WARNINGS, 4);
    const values = await engine.topValues(handle, 'thread', 3, 5);
    await engine.release(handle);
    return { count, keptCount, rows, counts, overview, pause, next, values };
  };
  const [expected, found] = await Promise.all([answerOf(calm), patiently(filter, () => answerOf(troubled))]);
  deepEqual(found, expected, `rows of ${JSON.stringify(filter)}`);
}
