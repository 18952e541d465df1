/** The part of the timeline that is looked at: which span the axis covers, and its counts in finer bins. */
import { createEffect, createMemo, createSignal, onCleanup } from 'solid-js';

import { isFault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { EpochMs } from '../engine/records/record';
import type { TimeRange } from './filter';
import { fitSpan, lengthOf, panSpan, revealTime, zoomSpan } from './time-span';
import { spanOf, type TimelineCounts } from './timeline-counts';

/** The selections that stand, by handle: of everything, and of what the filter keeps (null: nothing is filtered). */
export interface TimelineHandles {
  readonly all: number;
  readonly kept: number | null;
}

interface ZoomBase {
  /** The counts of the whole; null before the first. */
  readonly whole: () => TimelineCounts | null;
  /** Changes whenever the counts have to be asked for anew. */
  readonly handles: () => TimelineHandles | null;
  readonly isGrowing: () => boolean;
  readonly maxBins: number;
}

/** Counts of a span in finer bins than the whole's. */
interface Part extends TimelineCounts {
  readonly span: TimeRange;
}

// To each side of what is seen as much again by half is asked for, so that a pan or a step back finds it drawn.
const MARGIN = 0.5;

export function createTimelineZoom(engine: EngineClient, base: ZoomBase) {
  // Where the person wants to be; may reach beyond what has been read so far.
  const [wanted, setWanted] = createSignal<TimeRange | null>(null, { equals: isSameSpan });
  const [part, setPart] = createSignal<Part | null>(null);
  const [isStale, setIsStale] = createSignal(false);
  let isAsking = false;
  let isWishPending = false;
  let isEnded = false;
  onCleanup(() => {
    isEnded = true;
  });

  const bounds = createMemo(() => spanOf(base.whole()), null, { equals: isSameSpan });
  const view = createMemo(
    () => {
      const span = wanted();
      const whole = bounds();
      return span === null || whole === null || base.isGrowing() ? span : fitSpan(span, whole);
    },
    null,
    { equals: isSameSpan },
  );

  createEffect(() => {
    const isZoomed = view() !== null;
    base.handles();
    if (!isZoomed) {
      setIsStale(false);
      return;
    }
    setIsStale(true);
    if (isAsking) isWishPending = true;
    else void ask();
  });

  /** One question at a time, the newest next: a wheel turns faster than large logs are counted. */
  async function ask(): Promise<void> {
    isAsking = true;
    do {
      isWishPending = false;
      const span = view();
      const handles = base.handles();
      if (!span || !handles) break;
      const next = await tryCount(span, handles);
      if (isEnded) return;
      if (next && view() !== null) setPart(next);
    } while (isWishPending);
    isAsking = false;
    setIsStale(false);
  }

  async function tryCount(span: TimeRange, handles: TimelineHandles): Promise<Part | null> {
    const margin = Math.round(lengthOf(span) * MARGIN);
    const wide = { start: span.start - margin, end: span.end + margin };
    const wish = { ...wide, maxBins: maxBinsFor(wide) };
    try {
      const [all, kept] = await Promise.all([
        engine.histogram(handles.all, wish),
        handles.kept === null ? null : engine.histogram(handles.kept, wish),
      ]);
      return { all, kept, farCount: 0, span: wide };
    } catch (error) {
      if (!isFault(error)) throw error;
      return null; // the selection was replaced, and its successor's handles ask again; or the engine is gone
    }
  }

  /** While panning the bins keep their width, however they come to lie. */
  function maxBinsFor(wide: TimeRange): number {
    const most = base.maxBins * (1 + 2 * MARGIN);
    const last = part();
    if (!last || Math.abs(lengthOf(last.span) - lengthOf(wide)) > 1) return most;
    return Math.max(most, Math.ceil(lengthOf(wide) / last.all.binMs) + 1);
  }

  /** What is drawn: the part, where it covers what is seen; else the whole, whose coarser bins cover everything. */
  const shown = createMemo<TimelineCounts | null>(() => {
    const span = view();
    const fine = part();
    return span && fine && fine.span.start <= span.start && fine.span.end >= span.end ? fine : base.whole();
  });
  /** What the axis covers. */
  const span = createMemo(() => view() ?? bounds(), null, { equals: isSameSpan });

  /** Changes the span by what is seen and the whole. */
  function move(work: (span: TimeRange, whole: TimeRange) => TimeRange | null) {
    const now = span();
    const whole = bounds();
    if (now && whole) setWanted(work(now, whole));
  }

  return {
    /** The zoomed span; null: the whole. */
    view,
    bounds,
    span,
    shown,
    isStale,
    /** As a person left it, before anything is read. */
    restore: setWanted,
    /** @param factor  above 1 shows less time; `about` keeps its place */
    zoom: (about: EpochMs, factor: number) => move((now, whole) => zoomSpan(now, whole, about, factor)),
    pan: (byMs: number) => move((now, whole) => panSpan(now, whole, byMs)),
    show: (wish: TimeRange) => move((_, whole) => fitSpan(wish, whole)),
    showWhole: () => setWanted(null),
    /** Moves a zoomed timeline no further than needed to have a moment in view. */
    reveal(time: EpochMs) {
      if (view() !== null) move((now, whole) => revealTime(now, whole, time));
    },
  };
}

export type TimelineZoom = ReturnType<typeof createTimelineZoom>;

function isSameSpan(a: TimeRange | null, b: TimeRange | null): boolean {
  return a === b || (a !== null && b !== null && a.start === b.start && a.end === b.end);
}
