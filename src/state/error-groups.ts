/**
 * The errors of what the filter leaves, by what caused them: asked for while somebody looks at them, when nothing is being read
 * any more, and anew when filter, sources, patterns or rules change. The old answer stays until the new one is there.
 */
import { batch, createEffect, createMemo, createSignal, onCleanup, untrack } from 'solid-js';

import { type Fault, isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { ClassRule, ErrorGroup, ErrorGroups } from '../engine/patterns/pattern';
import type { Filter } from '../engine/query/filter';
import type { SourceId } from '../engine/records/record';
import { ignoreFault } from './count';
import { errorGroupText } from './error-group-filter';

export interface ErrorGroupsWish {
  readonly filter: () => Filter;
  readonly sources: () => readonly SourceId[];
  /** Rises when the sources hold other records than before. */
  readonly revision: () => number;
  /** Rises when records are told apart differently. */
  readonly regroupings: () => number;
  /** In order; the first that holds decides. */
  readonly rules: () => readonly ClassRule[];
  readonly isGrowing: () => boolean;
  /** Adds to what the filter says. */
  readonly addText: (text: string) => Promise<void>;
}

// An answer that comes sooner is not announced.
const LATE_MS = 300;

export function createErrorGroups(engine: EngineClient, wish: ErrorGroupsWish) {
  const [wantCount, setWantCount] = createSignal(0);
  const [answer, setAnswer] = createSignal<ErrorGroups | null>(null);
  const [fault, setFault] = createSignal<Fault | null>(null);
  const [progress, setProgress] = createSignal<{ done: number; total: number } | null>(null);
  const [isAsking, setIsAsking] = createSignal(false);
  const [isLate, setIsLate] = createSignal(false);
  const [tries, setTries] = createSignal(0);
  const [open, setOpen] = createSignal<ReadonlySet<string>>(new Set());
  const latest = createLatest();
  let lateTimer: ReturnType<typeof setTimeout> | undefined;
  let answeredKey = '';

  const isWanted = createMemo(() => wantCount() > 0);

  createEffect(() => {
    const sources = wish.sources();
    const key = JSON.stringify([wish.filter(), sources, wish.revision(), wish.regroupings(), wish.rules(), tries()]);
    if (!isWanted() || wish.isGrowing() || (key === answeredKey && untrack(answer) !== null)) {
      latest.abort();
      setAsking(false);
      return;
    }
    setAsking(true);
    void ask(untrack(wish.filter), sources, untrack(wish.rules), key);
  });
  onCleanup(() => {
    clearTimeout(lateTimer);
    latest.abort();
  });

  function setAsking(isSo: boolean) {
    clearTimeout(lateTimer);
    setProgress(null);
    setIsAsking(isSo);
    if (isSo) lateTimer = setTimeout(() => setIsLate(true), LATE_MS);
    else setIsLate(false);
  }

  async function ask(
    filter: Filter,
    sources: readonly SourceId[],
    rules: readonly ClassRule[],
    key: string,
  ): Promise<void> {
    try {
      const found = await latest.run((signal) => read(filter, sources, rules, signal));
      batch(() => {
        setAnswer(found);
        setFault(null);
      });
      answeredKey = key;
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale') return; // the newer wish, or who went, tells
      if (error.code !== 'worker-died') setFault(error); // that is told for the whole page
    }
    setAsking(false);
  }

  async function read(
    filter: Filter,
    sources: readonly SourceId[],
    rules: readonly ClassRule[],
    signal: AbortSignal,
  ): Promise<ErrorGroups> {
    if (sources.length === 0) return { recordCount: 0, groups: [] };
    const { handle } = await engine.select(filter, { sources, signal });
    try {
      const onProgress = (done: number, total: number) => {
        if (!signal.aborted) setProgress({ done, total });
      };
      return await engine.errorGroups(handle, rules, { signal, onProgress });
    } finally {
      void engine.release(handle).catch(ignoreFault); // forgotten already, or the engine is gone
    }
  }

  return {
    /** Null before the first. */
    answer,
    /** Why there is no newer one. */
    fault,
    /** Records done and in all; null: nothing is told yet. */
    progress,
    /** A newer answer has been on its way for a while. */
    isLate,
    retry: () => setTries((count) => count + 1),
    /** From now on somebody looks. @returns the way to tell that they have gone */
    want(): () => void {
      setWantCount((count) => count + 1);
      let isOver = false;
      return () => {
        if (!isOver) setWantCount((count) => count - 1);
        isOver = true;
      };
    },
    /** Its frames and patterns are shown. */
    isOpen: (group: ErrorGroup) => open().has(group.fingerprint),
    toggle: (group: ErrorGroup) =>
      setOpen((old) => {
        const next = new Set(old);
        if (!next.delete(group.fingerprint)) next.add(group.fingerprint);
        return next;
      }),
    /** Narrows the filter to the group's records: see `errorGroupText`. */
    async show(group: ErrorGroup): Promise<void> {
      try {
        await wish.addText(errorGroupText(group));
      } catch (error) {
        if (!isFault(error)) throw error; // the engine is gone, which is told for the whole page
      }
    },
    isIdle: () => !isAsking(),
  };
}

export type ErrorGroupsStore = ReturnType<typeof createErrorGroups>;
