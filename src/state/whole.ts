/** The selection over all visible sources while the logs on screen each show a part of them: for timeline and counts. */
import { createEffect, createSignal, onCleanup, untrack } from 'solid-js';

import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { Filter } from '../engine/query/filter';
import type { SourceId } from '../engine/records/record';
import { growthPauseMs } from './growth-pause';
import type { Answer, RecordsStore } from './records';

export interface WholeWish {
  /** The logs show parts; otherwise the log's own answer is the whole. */
  readonly isParted: () => boolean;
  readonly filter: () => Filter;
  readonly sources: () => readonly SourceId[];
  readonly revision: () => number;
  readonly isGrowing: () => boolean;
}

/** @param log  the log's own, which is the whole while it is not parted, and stands until the whole is there */
export function createWhole(
  engine: EngineClient,
  wish: WholeWish,
  log: Pick<RecordsStore, 'answer' | 'count' | 'isStale' | 'fault' | 'dismissFault'>,
) {
  const [answer, setAnswer] = createSignal<Answer | null>(null);
  const [isStale, setIsStale] = createSignal(false);
  const latest = createLatest();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastEndMs = Number.NEGATIVE_INFINITY;
  let lastTookMs = 0;

  createEffect(() => {
    const filter = wish.filter();
    const sources = wish.sources();
    wish.revision();
    clearTimeout(timer);
    if (!wish.isParted() || sources.length === 0) {
      latest.abort();
      setIsStale(false);
      replace(null);
      return;
    }
    setIsStale(true);
    const pauseMs = untrack(wish.isGrowing) ? growthPauseMs(filter, lastTookMs) : 0;
    const waitMs = Math.max(0, lastEndMs + pauseMs - performance.now());
    timer = setTimeout(() => void select(filter, sources), waitMs);
  });
  onCleanup(() => {
    clearTimeout(timer);
    latest.abort();
    replace(null);
  });

  async function select(filter: Filter, sources: readonly SourceId[]): Promise<void> {
    const startMs = performance.now();
    try {
      const info = await latest.run((signal) => engine.select(filter, { sources, signal }));
      replace({ info, filter, sources });
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale') return; // the newer wish tells
      replace(null); // the log asks the same of the same engine, and tells why it cannot be answered
    }
    lastEndMs = performance.now();
    lastTookMs = lastEndMs - startMs;
    setIsStale(false);
  }

  function replace(next: Answer | null) {
    const old = untrack(answer);
    setAnswer(next);
    if (!old) return;
    void engine.release(old.info.handle).catch((error: unknown) => {
      if (!isFault(error)) throw error; // forgotten already, or the engine is gone
    });
  }

  const whole = () => (wish.isParted() ? (answer() ?? log.answer()) : log.answer());
  return {
    /** Null when no source is shown. */
    answer: whole,
    count: () => (wish.isParted() ? (whole()?.info.count ?? 0) : log.count()),
    isStale: () => isStale() || log.isStale(),
    /** Why the log cannot be answered: the whole is asked of the same engine. */
    fault: log.fault,
    dismissFault: log.dismissFault,
    isCurrent: () => !isStale(),
  };
}

export type WholeStore = ReturnType<typeof createWhole>;
