/** Counts over time: all records of the shown sources, and beside them what the filter keeps. */
import { createEffect, createSignal, onCleanup, untrack } from 'solid-js';

import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { Histogram } from '../engine/api';
import type { SourceId } from '../engine/records/record';
import { countBinned, findCrowd, occupiedSpan } from './far-times';
import type { Answer } from './records';

export interface TimelineCounts {
  readonly all: Histogram;
  /** The same span for the selection; null when nothing is filtered. */
  readonly kept: Histogram | null;
  /** Records so far from all others that they are left out, unless all times are wanted. */
  readonly farCount: number;
}

// More bins than this are thinner than the eye separates at the width of a laptop.
const MAX_BINS = 300;

// While files are read, the curve is drawn anew at most twice a second: each time every record's time is looked at.
const GROWTH_PAUSE_MS = 500;

export function createTimeline(
  engine: EngineClient,
  answer: () => Answer | null,
  sources: { revision: () => number; isGrowing: () => boolean },
) {
  const [counts, setCounts] = createSignal<TimelineCounts | null>(null);
  const [isStale, setIsStale] = createSignal(false);
  const [areAllTimesShown, setAreAllTimesShown] = createSignal(false);
  const latest = createLatest();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastEndMs = -Infinity;
  /** The selection of everything, kept while the sources stay as they are. */
  let whole: { handle: number; key: string } | undefined;

  createEffect(() => {
    // The answer follows the sources as they grow; what they hold is read beside it, and is no reason of its own.
    const current = answer();
    areAllTimesShown();
    const revision = untrack(sources.revision);
    const waitMs = untrack(sources.isGrowing) ? Math.max(0, lastEndMs + GROWTH_PAUSE_MS - performance.now()) : 0;
    setIsStale(true);
    clearTimeout(timer);
    if (waitMs === 0) void refresh(current, revision);
    else timer = setTimeout(() => void refresh(current, revision), waitMs);
  });
  onCleanup(() => {
    clearTimeout(timer);
    latest.abort();
    forgetWhole();
  });

  let runs = 0;
  async function refresh(current: Answer | null, revisionNow: number): Promise<void> {
    runs += 1;
    const run = runs;
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
    if (run !== runs) return;
    lastEndMs = performance.now();
    setIsStale(false);
  }

  async function count(current: Answer, revisionNow: number, signal: AbortSignal): Promise<TimelineCounts> {
    if (current.filter.kind === 'all') return { ...(await countAll(current.info.handle)), kept: null };
    const handle = await selectWhole(current.sources, revisionNow, signal);
    const { all, farCount } = await countAll(handle);
    if (all.binCount === 0) return { all, kept: null, farCount };
    const span = { start: all.startMs, end: all.startMs + all.binCount * all.binMs };
    return { all, kept: await engine.histogram(current.info.handle, { ...span, maxBins: MAX_BINS }), farCount };
  }

  /** The span of nearly all records, or of all. Each look is at a twentieth of the one before at most, so they are few. */
  async function countAll(handle: number): Promise<{ all: Histogram; farCount: number }> {
    const everything = await engine.histogram(handle, { maxBins: MAX_BINS });
    const total = countBinned(everything);
    let all = everything;
    for (let crowd = findCrowd(all, total); crowd !== null; crowd = findCrowd(all, total)) {
      all = await engine.histogram(handle, { ...crowd, maxBins: MAX_BINS });
    }
    const farCount = total - countBinned(all);
    const span = all === everything ? null : occupiedSpan(all);
    if (span) all = await engine.histogram(handle, { ...span, maxBins: MAX_BINS });
    return { all: untrack(areAllTimesShown) ? everything : all, farCount };
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

  return { counts, isStale, areAllTimesShown, setAreAllTimesShown };
}

export type TimelineStore = ReturnType<typeof createTimeline>;
