/** What to look at first in the log, asked for while somebody looks: of everything that is shown, whatever the filter leaves. */
import { createEffect, createMemo, createSignal, onCleanup } from 'solid-js';

import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { PatternTable } from '../engine/patterns/pattern';
import type { EpochMs } from '../engine/records/record';
import type { FoundFirstLook } from './analysis-body';
import type { FilterStore } from './filter';
import { isSameValue } from './filter-parts';
import type { FirstLookStore } from './first-look';
import { factsOf, type PatternFacts, sinceOf } from './pattern-facts';
import { SPARK_BINS } from './pattern-table';
import type { PatternsStore } from './patterns';
import { type Thing, thingsToLookAt } from './things-to-look-at';
import type { TimelineStore } from './timeline';
import { spanOf } from './timeline-counts';

interface ThingsDeps {
  readonly filter: FilterStore;
  readonly timeline: TimelineStore;
  readonly firstLook: FirstLookStore;
  readonly patterns: PatternsStore;
  readonly isGrowing: () => boolean;
  /** Somebody looks. */
  readonly isWanted: () => boolean;
}

/** What the patterns of everything tell. */
export interface Findings {
  readonly table: PatternTable;
  /** Of every row of the table, in its order. */
  readonly facts: readonly PatternFacts[];
  /** The moment that parts old from new; null: none. */
  readonly since: EpochMs | null;
  readonly things: readonly Thing[];
}

export function createThings(engine: EngineClient, deps: ThingsDeps) {
  const { filter, timeline, firstLook, patterns, isGrowing, isWanted } = deps;
  // The patterns of everything where the filter leaves less: nobody else asks for them.
  const [own, setOwn] = createSignal<PatternTable | null>(null);
  const [isAsking, setIsAsking] = createSignal(false);
  const latest = createLatest();
  onCleanup(() => latest.abort());

  // Unfiltered it is the table that the patterns are listed from.
  createEffect(() => {
    if (isWanted() && !filter.isFiltered()) onCleanup(patterns.table.want());
  });
  createEffect(() => {
    const handles = timeline.handles();
    const span = spanOf(timeline.counts());
    patterns.table.applied();
    // While files are read, what was counted before the filter came stays.
    if (!isWanted() || !filter.isFiltered() || !handles || isGrowing()) return;
    void ask(handles.all, span ?? {});
  });

  async function ask(handle: number, span: { start?: EpochMs; end?: EpochMs }): Promise<void> {
    setIsAsking(true);
    try {
      setOwn(await latest.run((signal) => engine.patterns(handle, { ...span, maxBins: SPARK_BINS, signal })));
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale') return; // the newer wish tells
      // `selection-unknown`: its successor's handle is on its way. Others are told by the records.
    }
    setIsAsking(false);
  }

  /** The newest there is; of before while a newer one is counted. */
  const table = createMemo<PatternTable | null>((old) => {
    if (filter.isFiltered()) return own() ?? old;
    const answer = patterns.table.answer();
    if (!answer) return firstLook.look() === null ? null : old;
    return answer.filter.kind === 'all' ? answer.table : old;
  }, null);

  const findings = createMemo<Findings | null>((old) => {
    if (!isWanted()) return old;
    const known = table();
    const look = firstLook.look();
    // Of no records at all nothing is to be said, least of all that nothing stands out.
    if (!known || !look || known.recordCount === 0) return null;
    const since = sinceOf(known, { pin: timeline.pin(), trouble: firstLook.trouble() });
    const facts = factsOf(known, since);
    const things = thingsToLookAt({ table: known, facts, since, gap: look.gap, burst: look.burst });
    return { table: known, facts, since, things };
  }, null);

  // The page has the words: what it shows, as it could be kept.
  const [told, tell] = createSignal<FoundFirstLook | null>(null, { equals: isSameValue });

  return {
    /** What the page shows, in words; null while it is not on screen, not settled, or a filter is on. */
    told,
    tell,
    /** Null while nothing has been counted. */
    findings,
    /** Why there are none, or no newer ones. */
    fault: () => (filter.isFiltered() ? null : patterns.table.fault()),
    isStale: isAsking,
    /** What is told is of all that is shown now. */
    isSettled: () => !isGrowing() && !isAsking() && !patterns.table.isStale() && findings()?.table.isComplete === true,
  };
}

export type ThingsStore = ReturnType<typeof createThings>;
