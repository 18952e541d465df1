/** What the shown sources are, whatever the filter leaves: counts, span, levels, first and last error, bursts, the longest gap. */
import { createEffect, createMemo, createSignal, onCleanup } from 'solid-js';

import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { Row, SourceSummary } from '../engine/api';
import type { EpochMs, RecordId } from '../engine/records/record';
import { type Burst, biggestBurst, ERROR_CODES, findBursts, type Gap, longestGap } from './bursts';
import type { TimeRange } from './filter';
import type { SourcesStore } from './sources';
import type { TimelineStore } from './timeline';

/** A record and when it was; null: it has no time. */
export interface Moment {
  readonly record: RecordId;
  readonly time: EpochMs | null;
}

export interface FirstLook {
  /** Those that hold text, in order. */
  readonly sources: readonly SourceSummary[];
  /** There is more to come: every count is "so far". */
  readonly isReading: boolean;
  readonly recordCount: number;
  readonly lineCount: number;
  /** Per level code 0..6. */
  readonly levelCounts: readonly number[];
  readonly errorCount: number;
  /** From the first record with a time to the last, which is at `end`; records far from all others left out. Null without times. */
  readonly span: TimeRange | null;
  /** ERROR or FATAL; null: none, or not looked up yet. */
  readonly firstError: Moment | null;
  readonly lastError: Moment | null;
  readonly errorBurst: Burst | null;
  /** Of records of any level. */
  readonly burst: Burst | null;
  /** The longest, from the record before it to the one after it. */
  readonly gap: Silence | null;
  readonly problemCount: number;
  /** Records without a time of their own or of one before them. */
  readonly untimedCount: number;
  /** Records so far from all others that the chart leaves them out, or would. */
  readonly farCount: number;
  readonly sizeBytes: number;
  /** For how long anything was being read. */
  readonly readMs: number;
}

/** Time between two records that follow each other. */
export interface Silence extends TimeRange {
  /** The one that ends it. */
  readonly record: RecordId | null;
  /** Records that would have come at the usual pace. */
  readonly missed: number;
}

interface Errors {
  readonly first: Moment;
  readonly last: Moment;
}

export function createFirstLook(
  engine: EngineClient,
  sources: SourcesStore,
  timeline: TimelineStore,
  isReading: () => boolean,
) {
  const shown = createMemo(() =>
    // Those too whose files have not been handed out again.
    sources.ids().flatMap((id) => {
      const source = sources.get(id);
      return source?.kind === 'text' && !sources.hidden().has(id) ? [source] : [];
    }),
  );

  const [errors, setErrors] = createSignal<Errors | null>(null);
  const [isLookingUp, setIsLookingUp] = createSignal(false);
  const latest = createLatest();
  onCleanup(() => latest.abort());
  /** The first error of each source, and the last ones when reading is over: until then they change all the time. */
  const errorIds = createMemo(
    () =>
      shown().flatMap(({ state, firstError, lastError }) =>
        state === 'detached' ? [] : [{ first: plain(firstError), last: plain(isReading() ? firstError : lastError) }],
      ),
    [],
    { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  createEffect(() => void lookUp(errorIds()));

  async function lookUp(ids: readonly { first: RecordId | null; last: RecordId | null }[]): Promise<void> {
    setIsLookingUp(true);
    try {
      const found = await latest.run(async () => {
        const [first, last] = await Promise.all([
          Promise.all(ids.flatMap((id) => (id.first ? [readMoment(id.first)] : []))),
          Promise.all(ids.flatMap((id) => (id.last ? [readMoment(id.last)] : []))),
        ]);
        const earliest = first.reduce<Moment | null>((best, one) => (isEarlier(one, best) ? one : best), null);
        const latestOne = last.reduce<Moment | null>((best, one) => (isEarlier(best, one) || !best ? one : best), null);
        return earliest && latestOne ? { first: earliest, last: latestOne } : null;
      });
      setErrors(found);
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale') return; // newer ids are being looked up
      setErrors(null); // the file cannot be read, which is told beside it
    }
    setIsLookingUp(false);
  }

  async function readMoment(record: RecordId): Promise<Moment> {
    const { row } = await engine.details(record);
    return { record, time: row.time };
  }

  // Of everything, whatever the filter leaves.
  const all = () => timeline.counts()?.all ?? null;
  const burstOf = (codes?: readonly number[]) =>
    createMemo(() => {
      const histogram = all();
      return histogram && biggestBurst(findBursts(histogram, codes));
    });
  const burst = burstOf();
  const errorBurst = burstOf(ERROR_CODES);

  const longest = createMemo(() => longestGap(timeline.gaps()), null, { equals: isSameSpan });
  const [silence, setSilence] = createSignal<Silence | null>(null);
  const latestGap = createLatest();
  onCleanup(() => latestGap.abort());
  createEffect(() => {
    const gap = longest();
    const handles = timeline.handles();
    if (gap && handles) void measure(gap, handles.all);
    else setSilence(null);
  });

  /** Bins tell where a gap is; how long it is to the millisecond, the records around it. */
  async function measure(gap: Gap, handle: number): Promise<void> {
    try {
      const found = await latestGap.run(async () => {
        const position = await engine.positionAtTime(handle, gap.start);
        const { rows } = await engine.rows(handle, Math.max(0, position - 1), 2);
        return toSilence(gap, rows);
      });
      setSilence(found);
    } catch (error) {
      if (!isFault(error)) throw error;
      // `stale` and `selection-unknown`: other counts are on their way. Others are told beside the source.
    }
  }

  /** When errors began: where most of them burst, else with the first one. */
  const trouble = createMemo((): EpochMs | null => errorBurst()?.start ?? errors()?.first.time ?? null);

  const look = createMemo<FirstLook | null>(() => {
    const list = shown();
    if (list.length === 0) return null;
    const sum = (of: (source: SourceSummary) => number) => list.reduce((total, source) => total + of(source), 0);
    const levelCounts = Array.from({ length: 7 }, (_, code) => sum((source) => source.levelCounts[code] ?? 0));
    return {
      sources: list,
      isReading: isReading(),
      recordCount: sum((source) => source.recordCount),
      lineCount: sum((source) => source.lineCount),
      levelCounts,
      errorCount: ERROR_CODES.reduce((total, code) => total + (levelCounts[code] ?? 0), 0),
      span: spanOf(list),
      firstError: errors()?.first ?? null,
      lastError: isReading() ? null : (errors()?.last ?? null),
      errorBurst: errorBurst(),
      burst: burst(),
      gap: silence(),
      problemCount: sum((source) => source.problems.reduce((count, problem) => count + problem.count, 0)),
      untimedCount: all()?.untimedCount ?? 0,
      farCount: timeline.counts()?.farCount ?? 0,
      sizeBytes: sum((source) => source.sizeBytes),
      readMs: lengthOfAll(
        list.map(({ startedAtMs, elapsedMs }) => ({ start: startedAtMs, end: startedAtMs + elapsedMs })),
      ),
    };
  });

  function spanOf(list: readonly SourceSummary[]): TimeRange | null {
    const bounds = timeline.zoom.bounds();
    if ((timeline.counts()?.farCount ?? 0) > 0 && !timeline.areAllTimesShown()) return bounds;
    const first = list.flatMap(({ firstTime }) => (firstTime === null ? [] : [firstTime]));
    const last = list.flatMap(({ lastTime }) => (lastTime === null ? [] : [lastTime]));
    return first.length === 0 ? null : { start: Math.min(...first), end: Math.max(...last) };
  }

  return {
    /** Null while no source with text is shown. */
    look,
    trouble,
    isStale: isLookingUp,
  };
}

export type FirstLookStore = ReturnType<typeof createFirstLook>;

/** Where the times of a file run backwards the records beside the gap are others: then the empty bins are all that is sure. */
function toSilence(gap: Gap, rows: readonly Row[]): Silence {
  const [before, after] = rows;
  const isAround =
    typeof before?.time === 'number' &&
    typeof after?.time === 'number' &&
    before.time <= gap.start &&
    after.time >= gap.end;
  return isAround
    ? { start: before.time ?? gap.start, end: after.time ?? gap.end, record: after.id, missed: gap.missed }
    : { start: gap.start, end: gap.end, record: null, missed: gap.missed };
}

function isSameSpan(a: TimeRange | null, b: TimeRange | null): boolean {
  return a === b || (a !== null && b !== null && a.start === b.start && a.end === b.end);
}

/** What is kept in a store is a proxy, which cannot cross to the engine. */
function plain(id: RecordId | null): RecordId | null {
  return id && { source: id.source, offset: id.offset };
}

function isEarlier(a: Moment | null, b: Moment | null): boolean {
  if (!a) return false;
  return !b || (a.time ?? Infinity) < (b.time ?? Infinity);
}

/** Time that lies in any of the spans, ms. */
function lengthOfAll(spans: readonly TimeRange[]): number {
  let length = 0;
  let done = Number.NEGATIVE_INFINITY;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    length += Math.max(0, end - Math.max(start, done));
    done = Math.max(done, end);
  }
  return length;
}
