/** A second log beside the first: its own sources over the same filter, and the lock that keeps both at the same time. */
import { createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';

import type { EngineClient } from '../bridge/engine-client';
import type { Filter } from '../engine/query/filter';
import type { EpochMs, SourceId } from '../engine/records/record';
import type { ActsStore, SessionPart } from './acts';
import { createCursor } from './cursor';
import { createFollower, type Moment, momentOf } from './follow';
import type { MovesStore } from './moves';
import type { PaneId, PanesStore } from './panes';
import { createRecords, type RecordsStore, type RecordsWish } from './records';
import type { SourceKey } from './source-settings';
import { isSameList } from './source-reading';
import type { SourcesStore } from './sources';

/** Of the two logs, by their place on screen. */
export type Side = 'left' | 'right';

export interface BesideLayout {
  readonly isOpen: boolean;
  /** Keys of the sources that each side leaves out, besides those that are hidden. */
  readonly leftOut: Readonly<Record<Side, readonly SourceKey[]>>;
  readonly isLocked: boolean;
  /** ms by which the right side is ahead of the left when both are locked. */
  readonly aheadMs: number;
  /** Width of the left side as a share of both. */
  readonly share: number;
}

export const MIN_SHARE = 0.15;

const CLOSED: BesideLayout = {
  isOpen: false,
  leftOut: { left: [], right: [] },
  isLocked: true,
  aheadMs: 0,
  share: 0.5,
};

const PANE_OF: Readonly<Record<Side, PaneId>> = { left: 'log', right: 'beside' };

/** What the pane that follows shows for the moment of the one that leads. */
export interface Meeting {
  readonly side: Side;
  readonly moment: Moment;
  /** Position of the first record at or after it. */
  readonly index: number;
}

interface BesideDeps {
  readonly panes: PanesStore;
  readonly moves: MovesStore;
  readonly sources: SourcesStore;
  /** What both logs show. */
  readonly filter: () => Filter;
  /** What walking from match to match looks for. */
  readonly hits: () => Filter;
  readonly isGrowing: () => boolean;
  /** How rows are drawn, in both. */
  readonly look: NonNullable<RecordsWish['look']>;
  readonly rows: NonNullable<RecordsWish['rows']>;
  readonly layout: BesideLayoutStore;
}

/** The layout alone: the log's own records ask it which sources are theirs, before there is anything beside them. */
export function createBesideLayout(acts: ActsStore, sources: SourcesStore) {
  const [layout, setLayout] = createSignal<BesideLayout>(CLOSED);
  const part: SessionPart<BesideLayout> = { save: layout, restore: (value) => setLayout(value) };
  const isShownOn = (side: Side, id: SourceId) => !layout().leftOut[side].includes(sources.keyOf(id));
  return {
    layout,
    part,
    change(title: string, next: Partial<BesideLayout>, mergeKey?: string) {
      acts.change(title, part, () => setLayout((old) => ({ ...old, ...next })), mergeKey);
    },
    /** Whether a side shows a source, as far as it is not hidden everywhere. */
    isShownOn,
    /** The sources of a side: all that are visible while there is one side. */
    sourcesOf: (side: Side): readonly SourceId[] =>
      layout().isOpen ? sources.visibleIds().filter((id) => isShownOn(side, id)) : sources.visibleIds(),
  };
}

export type BesideLayoutStore = ReturnType<typeof createBesideLayout>;

export function createBeside(engine: EngineClient, deps: BesideDeps) {
  const { panes, moves, sources, filter, layout: store } = deps;
  const { layout } = store;
  const right = createMemo(() => store.sourcesOf('right'), [], { equals: isSameList });
  const follower = createFollower(engine);
  const [meeting, setMeeting] = createSignal<Meeting | null>(null);
  onCleanup(follower.stop);

  const isOpen = createMemo(() => layout().isOpen);
  createEffect(
    on(isOpen, (isWanted) => {
      if (!isWanted) return;
      const made = createRecords(engine, {
        filter,
        sources: right,
        revision: sources.revision,
        isGrowing: deps.isGrowing,
        look: deps.look,
        rows: deps.rows,
      });
      const records = moves.watch('beside', made);
      panes.add({ id: 'beside', records, cursor: createCursor(engine, records, deps.hits) });
      onCleanup(() => {
        panes.remove('beside');
        moves.forget('beside');
        setMeeting(null);
      });
    }),
  );

  const leadingSide = (): Side => (moves.last()?.pane === 'beside' ? 'right' : 'left');
  const recordsOf = (side: Side): RecordsStore | null => panes.get(PANE_OF[side])?.records ?? null;

  // The side that was moved last leads; the other is brought to its moment, again when its own records have changed.
  createEffect(() => {
    const { isLocked, aheadMs } = layout();
    const side = leadingSide();
    const leader = recordsOf(side);
    const follows: Side = side === 'left' ? 'right' : 'left';
    const followed = moves.unwatched(PANE_OF[follows]);
    if (!isOpen() || !isLocked || !leader || !followed || !recordsOf(follows)) {
      setMeeting(null);
      return;
    }
    const moment = momentOf(leader);
    followed.answer();
    followed.metrics();
    if (moment) untrack(() => void bring(follows, followed, shifted(moment, side, aheadMs)));
  });

  async function bring(side: Side, records: RecordsStore, moment: Moment): Promise<void> {
    const index = await follower.bring(records, moment);
    if (index !== null && layout().isOpen) setMeeting({ side, moment, index });
  }

  /** EpochMs of a side's selected record; null when none is selected or it has no time. */
  async function selectedTime(side: Side): Promise<EpochMs | null> {
    const records = recordsOf(side);
    const choice = records?.selected();
    if (!records || !choice) return null;
    return records.itemAt(choice.index)?.row.time ?? (await engine.details(choice.id)).row.time;
  }

  /** By default the selected record's source stands left, the others right; a single source stands on both sides. */
  function firstLeftOut(): BesideLayout['leftOut'] {
    const ids = sources.visibleIds();
    if (ids.length < 2) return { left: [], right: [] };
    const left = panes.log.records.selected()?.id.source ?? ids[0] ?? -1;
    return { left: ids.filter((id) => id !== left).map(sources.keyOf), right: [sources.keyOf(left)] };
  }

  return {
    ...store,
    /** How the side that follows meets the moment of the one that leads; null while nothing is locked. */
    meeting,
    toggle() {
      if (layout().isOpen) store.change('Second log closed', { isOpen: false });
      else store.change('Second log opened', { isOpen: true, aheadMs: 0, isLocked: true, leftOut: firstLeftOut() });
    },
    toggleSource(side: Side, id: SourceId) {
      const key = sources.keyOf(id);
      const { leftOut } = layout();
      const isOut = leftOut[side].includes(key);
      const next = isOut ? leftOut[side].filter((other) => other !== key) : [...leftOut[side], key];
      store.change(isOut ? 'Source shown on a side' : 'Source hidden on a side', {
        leftOut: { ...leftOut, [side]: next },
      });
    },
    showOnly(side: Side, id: SourceId) {
      const { leftOut } = layout();
      const others = sources.ids().filter((other) => other !== id);
      store.change('Only one source on a side', { leftOut: { ...leftOut, [side]: others.map(sources.keyOf) } });
    },
    toggleLock: () =>
      store.change(layout().isLocked ? 'Panes unlocked' : 'Panes locked', { isLocked: !layout().isLocked }),
    /** The lock is at the same time again. */
    resetAhead: () => store.change('Panes locked at the same time', { aheadMs: 0, isLocked: true }),
    setShare: (share: number) =>
      store.change('Panes resized', { share: Math.max(MIN_SHARE, Math.min(1 - MIN_SHARE, share)) }, 'panes share'),
    canAlign: () => recordsOf('left')?.selected() != null && recordsOf('right')?.selected() != null,
    /**
     * Locks the panes so that the records selected in both stand side by side.
     *
     * @returns false when one of them has no time
     */
    async align(): Promise<boolean> {
      const [left, right] = await Promise.all([selectedTime('left'), selectedTime('right')]);
      if (left === null || right === null) return false;
      store.change('Moments aligned', { aheadMs: right - left, isLocked: true });
      return true;
    },
  };
}

export type BesideStore = ReturnType<typeof createBeside>;

function shifted(moment: Moment, from: Side, aheadMs: number): Moment {
  return { ...moment, time: moment.time + (from === 'left' ? aheadMs : -aheadMs) };
}
