/** A pane's records from end to end, for the map beside them: counted by the engine when they change, at a pace. */
import { createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';

import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { Overview } from '../engine/api';
import type { Filter } from '../engine/query/filter';
import type { EpochMs, RecordId } from '../engine/records/record';
import type { Answer } from './records';

interface OverviewWish {
  readonly answer: () => Answer | null;
  /** Buckets of the map: as many as it is high, px; 0 while it is not on screen. */
  readonly bucketCount: () => number;
  /** What counts as a hit; null: nothing is searched for, or all that is shown was found. */
  readonly hits: () => Filter | null;
  readonly isGrowing: () => boolean;
  /** Records with a mark. */
  readonly marks: () => readonly RecordId[];
}

export interface MarkPlace {
  readonly id: RecordId;
  readonly position: number;
}

// The map is looked at between two glances at the records: while these change it waits, so as not to take their time.
const PAUSE_MS = 120;
const GROWTH_PAUSE_MS = 1000;
// While sources grow the map takes at most a fifth of the engine's time.
const GROWTH_FACTOR = 4;

export function createOverview(engine: Pick<EngineClient, 'overview' | 'positionsOf' | 'rows'>, wish: OverviewWish) {
  const [overview, setOverview] = createSignal<Overview | null>(null);
  const [marks, setMarks] = createSignal<readonly MarkPlace[]>([]);
  const latest = createLatest();
  const latestMarks = createLatest();
  const latestTime = createLatest();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastTookMs = 0;
  let lastEndMs = -Infinity;

  createEffect(
    on([wish.answer, wish.bucketCount, wish.hits], ([answer, bucketCount, hits]) => {
      clearTimeout(timer);
      if (!answer || bucketCount < 1 || answer.info.count === 0) {
        latest.abort();
        setOverview(null);
        return;
      }
      const pauseMs = wish.isGrowing() ? Math.max(GROWTH_PAUSE_MS, GROWTH_FACTOR * lastTookMs) : 0;
      const waitMs = Math.max(PAUSE_MS, lastEndMs + pauseMs - performance.now());
      timer = setTimeout(() => void count(answer, Math.min(bucketCount, answer.info.count), hits), waitMs);
    }),
  );
  createEffect(on([wish.answer, wish.marks], ([answer, ids]) => void findMarks(answer, ids)));
  onCleanup(() => {
    clearTimeout(timer);
    latest.abort();
    latestMarks.abort();
  });

  async function count(answer: Answer, bucketCount: number, hits: Filter | null): Promise<void> {
    const startMs = performance.now();
    try {
      const found = await latest.run((signal) =>
        engine.overview(answer.info.handle, bucketCount, hits ? { hits, signal } : { signal }),
      );
      setOverview(found);
    } catch (error) {
      // A newer wish, a selection that is gone, an expression that takes too long: the map stays as it was.
      if (!isFault(error)) throw error;
    }
    lastEndMs = performance.now();
    lastTookMs = lastEndMs - startMs;
  }

  /** Where the marked records stand: those that the filter leaves out have no place. */
  async function findMarks(answer: Answer | null, ids: readonly RecordId[]): Promise<void> {
    if (!answer || ids.length === 0) {
      latestMarks.abort();
      if (untrack(marks).length > 0) setMarks([]);
      return;
    }
    try {
      const positions = await latestMarks.run(() => engine.positionsOf(answer.info.handle, ids));
      setMarks(
        ids.flatMap((id, at) => {
          const position = positions[at] ?? null;
          return position === null ? [] : [{ id, position }];
        }),
      );
    } catch (error) {
      if (!isFault(error)) throw error;
    }
  }

  return {
    /** Null before the first, and while there is nothing to map. */
    overview,
    /** Marked records among those shown. */
    marks,
    /** Time of the record at a position, EpochMs, null where it has none; undefined when a newer wish came. */
    async timeAt(handle: number, position: number): Promise<EpochMs | null | undefined> {
      try {
        const { rows } = await latestTime.run(() => engine.rows(handle, position, 1));
        return rows[0]?.time ?? null;
      } catch (error) {
        if (!isFault(error)) throw error; // a newer place, or another selection: its own answer tells
        return undefined;
      }
    },
  };
}

export type OverviewStore = ReturnType<typeof createOverview>;
