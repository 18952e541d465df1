/**
 * The patterns of what the filter leaves, as the engine counts them: asked for while somebody looks at them, anew whenever
 * filter, sources or grouping change. The newest wish wins; the old answer stays until the new one is there.
 */
import { batch, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';

import { type Fault, isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { SelectionInfo } from '../engine/api';
import type { PatternGrouping, PatternTable } from '../engine/patterns/pattern';
import type { Filter } from '../engine/query/filter';
import type { SourceId } from '../engine/records/record';
import { ignoreFault } from './count';
import { isSameValue, type TimeRange } from './filter-parts';
import { DEFAULT_EDITS } from './pattern-edits';

/** A table and what was asked to get it. */
export interface PatternAnswer {
  /** The selection stands as long as the answer does. */
  readonly info: SelectionInfo;
  readonly filter: Filter;
  readonly sources: readonly SourceId[];
  readonly table: PatternTable;
}

export interface PatternTableWish {
  readonly filter: () => Filter;
  readonly sources: () => readonly SourceId[];
  /** Rises when the sources hold other records than before. */
  readonly revision: () => number;
  readonly isGrowing: () => boolean;
  readonly grouping: () => PatternGrouping;
  /** What the bins cover: the timeline's span. Null: there are no times; undefined: not known yet. */
  readonly span: () => TimeRange | null | undefined;
}

/** Bins of a sparkline, at most: it has about as many px. */
export const SPARK_BINS = 120;
// While files are read, counting patterns takes at most a quarter of the time, and comes at least every five seconds.
const GROWTH_MIN_MS = 500;
const GROWTH_FACTOR = 3;
const GROWTH_MAX_MS = 5000;
// An answer that comes sooner is not announced.
const LATE_MS = 300;

export function createPatternTable(engine: EngineClient, wish: PatternTableWish) {
  const [wantCount, setWantCount] = createSignal(0);
  const [answer, setAnswer] = createSignal<PatternAnswer | null>(null);
  const [fault, setFault] = createSignal<Fault | null>(null);
  const [isStale, setIsStale] = createSignal(false);
  const [isLate, setIsLate] = createSignal(false);
  const [tries, setTries] = createSignal(0);
  // What the engine groups by now, and how often that changed.
  const [applied, setApplied] = createSignal(0);
  const [applyingCount, setApplyingCount] = createSignal(0);
  const latest = createLatest();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lateTimer: ReturnType<typeof setTimeout> | undefined;
  let lastEndMs = Number.NEGATIVE_INFINITY;
  let lastTookMs = 0;
  let answeredKey = '';

  const isWanted = createMemo(() => wantCount() > 0);

  let applying: Promise<void> = Promise.resolve();
  /** Tells the engine, one grouping after the other; pattern filters follow too, whoever looks. */
  function apply(grouping: PatternGrouping): Promise<void> {
    setApplyingCount((count) => count + 1);
    const next = applying.then(async () => {
      try {
        await engine.setGrouping(grouping);
        setApplied((count) => count + 1);
      } catch (error) {
        if (!isFault(error)) throw error;
        if (error.code !== 'worker-died') setFault(error); // that is told for the whole page
      } finally {
        setApplyingCount((count) => count - 1);
      }
    });
    applying = next.catch(ignoreFault);
    return next;
  }
  let told: PatternGrouping = { granularity: DEFAULT_EDITS.granularity, merges: [], splits: [] };
  createEffect(
    on(wish.grouping, (grouping) => {
      if (isSameValue(grouping, told)) return;
      told = grouping;
      void apply(grouping);
    }),
  );

  createEffect(() => {
    clearTimeout(timer);
    if (!isWanted()) {
      latest.abort();
      setStale(false);
      return;
    }
    const filter = wish.filter();
    const sources = wish.sources();
    const span = wish.span();
    const key = JSON.stringify([filter, sources, wish.revision(), applied(), span ?? null, tries()]);
    if (applyingCount() > 0 || span === undefined) {
      setStale(true);
      return;
    }
    if (sources.length === 0) {
      latest.abort();
      replace(null);
      setStale(false);
      return;
    }
    if (key === answeredKey && untrack(answer)) {
      latest.abort();
      setStale(false);
      return;
    }
    setStale(true);
    const pauseMs = untrack(wish.isGrowing)
      ? Math.max(GROWTH_MIN_MS, Math.min(GROWTH_MAX_MS, GROWTH_FACTOR * lastTookMs))
      : 0;
    const waitMs = Math.max(0, lastEndMs + pauseMs - performance.now());
    timer = setTimeout(() => void ask(filter, sources, span, key), waitMs);
  });
  onCleanup(() => {
    clearTimeout(timer);
    clearTimeout(lateTimer);
    latest.abort();
    replace(null);
  });

  function setStale(isSo: boolean) {
    if (isSo === untrack(isStale)) return;
    setIsStale(isSo);
    clearTimeout(lateTimer);
    if (isSo) lateTimer = setTimeout(() => setIsLate(true), LATE_MS);
    else setIsLate(false);
  }

  async function ask(filter: Filter, sources: readonly SourceId[], span: TimeRange | null, key: string): Promise<void> {
    const startMs = performance.now();
    try {
      const next = await latest.run(async (signal) => {
        const info = await engine.select(filter, { sources, signal });
        try {
          const table = await engine.patterns(info.handle, { ...span, maxBins: SPARK_BINS, signal });
          return { info, filter, sources, table };
        } catch (error) {
          release(info.handle);
          throw error;
        }
      });
      batch(() => {
        replace(next);
        setFault(null);
      });
      answeredKey = key;
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale') return; // the newer wish tells
      if (error.code !== 'worker-died') setFault(error);
    }
    lastEndMs = performance.now();
    lastTookMs = lastEndMs - startMs;
    setStale(false);
  }

  function replace(next: PatternAnswer | null) {
    const old = untrack(answer);
    setAnswer(next);
    if (next === null) answeredKey = '';
    if (old) release(old.info.handle);
  }

  function release(handle: number) {
    void engine.release(handle).catch(ignoreFault); // forgotten already, or the engine is gone
  }

  return {
    /** Null before the first. */
    answer,
    /** Why there is no newer one. */
    fault,
    retry: () => {
      setFault(null);
      setTries((count) => count + 1);
    },
    /** A newer answer is on its way. */
    isStale,
    /** It has been for a while: what is on screen is of before. */
    isLate,
    /** Rises when the engine tells records apart differently: what holds a pattern filter is to be asked again. */
    applied,
    /**
     * Lets `work` try groupings, with the table standing still; then the person's own is put back.
     *
     * @throws what `work` throws
     */
    async during<T>(work: (tryGrouping: (grouping: PatternGrouping) => Promise<void>) => Promise<T>): Promise<T> {
      setApplyingCount((count) => count + 1);
      try {
        return await work(apply);
      } finally {
        await apply(untrack(wish.grouping));
        setApplyingCount((count) => count - 1);
      }
    },
    /** A grouping is being told, or tried. */
    isApplying: () => applyingCount() > 0,
    isWanted,
    /** From now on somebody looks. @returns the way to tell that they have gone */
    want(): () => void {
      setWantCount((count) => count + 1);
      let isOver = false;
      return () => {
        if (!isOver) setWantCount((count) => count - 1);
        isOver = true;
      };
    },
  };
}

export type PatternTableStore = ReturnType<typeof createPatternTable>;
