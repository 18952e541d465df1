/** Counts over time: all records of the shown sources, and beside them what the filter keeps. */
import { createEffect, createSignal, onCleanup } from 'solid-js';

import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { Histogram } from '../engine/api';
import type { SourceId } from '../engine/records/record';
import type { Answer } from './records';

export interface TimelineCounts {
  readonly all: Histogram;
  /** The same span for the selection; null when nothing is filtered. */
  readonly kept: Histogram | null;
}

// More bins than this are thinner than the eye separates at the width of a laptop.
const MAX_BINS = 300;

export function createTimeline(engine: EngineClient, answer: () => Answer | null, revision: () => number) {
  const [counts, setCounts] = createSignal<TimelineCounts | null>(null);
  const [isStale, setIsStale] = createSignal(false);
  const latest = createLatest();
  /** The selection of everything, kept while the sources stay as they are. */
  let whole: { handle: number; key: string } | undefined;

  createEffect(() => {
    const current = answer();
    void refresh(current, revision());
  });
  onCleanup(() => {
    latest.abort();
    forgetWhole();
  });

  let runs = 0;
  async function refresh(current: Answer | null, revisionNow: number): Promise<void> {
    runs += 1;
    const run = runs;
    setIsStale(true);
    try {
      const next = await latest.run((signal) =>
        current ? count(current, revisionNow, signal) : Promise.resolve(null),
      );
      setCounts(next);
    } catch (error) {
      if (!isFault(error)) throw error;
      // `selection-unknown`: the selection was replaced while this waited, and its successor asks again.
      // Any other fault is told by the records, which ask the same engine for the same selection.
    }
    if (run === runs) setIsStale(false);
  }

  async function count(current: Answer, revisionNow: number, signal: AbortSignal): Promise<TimelineCounts> {
    if (current.filter.kind === 'all') {
      return { all: await engine.histogram(current.info.handle, { maxBins: MAX_BINS }), kept: null };
    }
    const handle = await selectWhole(current.sources, revisionNow, signal);
    const all = await engine.histogram(handle, { maxBins: MAX_BINS });
    if (all.binCount === 0) return { all, kept: null };
    const span = { start: all.startMs, end: all.startMs + all.binCount * all.binMs };
    return { all, kept: await engine.histogram(current.info.handle, { ...span, maxBins: MAX_BINS }) };
  }

  async function selectWhole(sources: readonly SourceId[], revisionNow: number, signal: AbortSignal): Promise<number> {
    const key = `${revisionNow} ${sources.join(' ')}`;
    if (whole?.key === key) return whole.handle;
    const { handle } = await engine.select({ kind: 'all' }, { sources, signal });
    forgetWhole();
    whole = { handle, key };
    return handle;
  }

  function forgetWhole() {
    if (whole) {
      void engine.release(whole.handle).catch((error: unknown) => {
        if (!isFault(error)) throw error; // forgotten already, or the engine is gone
      });
    }
    whole = undefined;
  }

  return { counts, isStale };
}

export type TimelineStore = ReturnType<typeof createTimeline>;
