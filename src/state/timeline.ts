/**
 * Records over time: counted for the whole by the engine whenever records or filter change, and in finer bins for the part
 * that is looked at; the brush drawn over them, the pinned moment, the scale.
 */
import { batch, createEffect, createMemo, createSignal, onCleanup, untrack } from 'solid-js';

import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { Histogram } from '../engine/api';
import type { EpochMs, SourceId } from '../engine/records/record';
import type { ActsStore, SessionPart } from './acts';
import { ERROR_CODES, findBursts, findChanges, findGaps } from './bursts';
import { countBinned, findCrowd, occupiedSpan } from './far-times';
import type { TimeRange } from './filter';
import type { Answer } from './records';
import type { TimelineCounts } from './timeline-counts';
import { createTimelineZoom, type TimelineHandles } from './timeline-zoom';

/** What is saved of the timeline. */
export interface TimelineState {
  /** The zoomed span; null: the whole. */
  readonly view: TimeRange | null;
  readonly isLogScale: boolean;
  /** The moment drawn through every chart, EpochMs. */
  readonly pin: EpochMs | null;
  /** Records far from all others are on the axis too. */
  readonly areAllTimesShown: boolean;
}

// More bins than this are thinner than the eye separates at the width of a laptop.
const MAX_BINS = 300;

// While files are read, the curve is drawn anew at most twice a second: each time every record's time is looked at.
const GROWTH_PAUSE_MS = 500;

export function createTimeline(
  engine: EngineClient,
  answer: () => Answer | null,
  sources: { revision: () => number; isGrowing: () => boolean },
  acts: ActsStore,
) {
  const [counts, setCounts] = createSignal<TimelineCounts | null>(null);
  const [handles, setHandles] = createSignal<TimelineHandles | null>(null);
  const [isStale, setIsStale] = createSignal(false);
  const [brush, setBrush] = createSignal<TimeRange | null>(null);
  const [isLogScale, setIsLogScale] = createSignal(false);
  const [pin, setPin] = createSignal<EpochMs | null>(null);
  const [hover, setHover] = createSignal<EpochMs | null>(null);
  const [areAllTimesShown, setAreAllTimesShown] = createSignal(false);
  const latest = createLatest();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastEndMs = -Infinity;
  /** The selection of everything, kept while the sources stay as they are. */
  let whole: { handle: number; key: string } | undefined;
  let isStill = false;

  createEffect(() => {
    // The answer follows the sources as they grow; what they hold is read beside it, and is no reason of its own.
    const current = answer();
    areAllTimesShown();
    if (!current && isStill) return;
    isStill = false;
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
      batch(() => {
        setCounts(next?.counts ?? null);
        setHandles(next?.handles ?? null);
      });
    } catch (error) {
      if (!isFault(error)) throw error;
      // `selection-unknown`: the selection was replaced while this waited, and its successor asks again.
      // Any other fault is told by the records, which ask the same engine for the same selection.
    }
    if (run !== runs) return;
    lastEndMs = performance.now();
    setIsStale(false);
  }

  async function count(current: Answer, revisionNow: number, signal: AbortSignal): Promise<Counted> {
    const own = current.info.handle;
    if (current.filter.kind === 'all') {
      return { counts: { ...(await countAll(own)), kept: null }, handles: { all: own, kept: null } };
    }
    const handle = await selectWhole(current.sources, revisionNow, signal);
    const { all, farCount } = await countAll(handle);
    const span = { start: all.startMs, end: all.startMs + all.binCount * all.binMs };
    const kept = all.binCount === 0 ? null : await engine.histogram(own, { ...span, maxBins: MAX_BINS });
    return { counts: { all, kept, farCount }, handles: { all: handle, kept: own } };
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

  const zoom = createTimelineZoom(engine, { whole: counts, handles, isGrowing: sources.isGrowing, maxBins: MAX_BINS });
  /** Of what is in the log: the filter's records, or all. */
  const kept = createMemo(() => counts()?.kept ?? counts()?.all ?? null);
  const listed = <T>(find: (histogram: Histogram) => T[], from: () => Histogram | null) =>
    createMemo(() => {
      const histogram = from();
      return histogram ? find(histogram) : [];
    });
  const shownAll = () => zoom.shown()?.all ?? null;
  const gaps = listed(findGaps, () => counts()?.all ?? null);
  /** In the bins that are drawn; of the whole's those too that reach beyond the part that was asked for. */
  const shownGaps = createMemo(() => {
    const histogram = shownAll();
    const fine = histogram ? findGaps(histogram) : [];
    return [...fine, ...gaps().filter((gap) => !fine.some(({ start, end }) => start <= gap.start && end >= gap.end))];
  });

  const pinPart: SessionPart<EpochMs | null> = { save: pin, restore: (value) => setPin(value) };
  const scalePart: SessionPart<boolean> = { save: isLogScale, restore: setIsLogScale };
  const farPart: SessionPart<boolean> = { save: areAllTimesShown, restore: setAreAllTimesShown };
  const part: SessionPart<TimelineState> = {
    save: () => ({
      view: zoom.view(),
      isLogScale: isLogScale(),
      pin: pin(),
      areAllTimesShown: areAllTimesShown(),
    }),
    restore(state) {
      batch(() => {
        zoom.restore(state.view);
        setIsLogScale(state.isLogScale);
        setPin(state.pin);
        setAreAllTimesShown(state.areAllTimesShown);
        setBrush(null);
      });
    },
  };

  return {
    part,
    /** Shows the counts that were kept with the workspace, until its records are here. */
    showStill(kept: TimelineCounts) {
      isStill = true;
      setIsStale(false);
      setCounts(kept);
    },
    /** The whole, whatever is zoomed. */
    counts,
    /** Of the selections that were counted; those let go by now answer with Fault `selection-unknown`. */
    handles,
    zoom,
    isStale: () => isStale() || zoom.isStale(),
    /** Other records are being counted than those that are drawn; finer bins of the same are not meant. */
    isRecounting: isStale,
    areAllTimesShown,
    toggleAllTimes: () =>
      acts.change(areAllTimesShown() ? 'Far records left out' : 'Far records shown', farPart, () =>
        setAreAllTimesShown(!areAllTimesShown()),
      ),
    /** A span that has been drawn and not used yet. */
    brush,
    setBrush,
    /** The moment under the pointer in any chart over time; null: none. */
    hover,
    setHover,
    isLogScale,
    toggleLogScale: () =>
      acts.change(isLogScale() ? 'Linear scale' : 'Logarithmic scale', scalePart, () => setIsLogScale(!isLogScale())),
    pin,
    /** @param time  null takes the pin away */
    setPin: (time: EpochMs | null) =>
      acts.change(time === null ? 'Moment unpinned' : 'Moment pinned', pinPart, () => setPin(time)),
    /** Over the whole, of what is in the log. */
    bursts: listed(findBursts, kept),
    errorBursts: listed((histogram) => findBursts(histogram, ERROR_CODES), kept),
    /** Over the whole, of all records. */
    gaps,
    shownGaps,
    shownChanges: listed(findChanges, () => zoom.shown()?.kept ?? shownAll()),
  };
}

interface Counted {
  readonly counts: TimelineCounts;
  readonly handles: TimelineHandles;
}

export type TimelineStore = ReturnType<typeof createTimeline>;
