/** Where a person is, told to another window and gone to in this one: a moment, its height on screen, the selected record. */
import { createEffect, createSignal, onCleanup, untrack } from 'solid-js';

import { isFault } from '../base/fault';
import type { PlaceValue } from '../protocol/window-message';
import { createFollower, momentOf } from './follow';
import type { RecordsStore } from './records';
import type { Workspace } from './workspace';

/** @param isOpening  sources of the other window are still being opened here */
export function createSharedPlace(workspace: Workspace, isOpening: () => boolean) {
  const { engine, sources, filter, moves, panes } = workspace;
  const follower = createFollower(engine);
  const [goingCount, setGoingCount] = createSignal(0);
  /** Where the other window is, until this one is there too. */
  const [goal, setGoal] = createSignal<PlaceValue | null>(null);
  onCleanup(follower.stop);

  // While files are read, the place comes nearer with every answer; a move of one's own ends that.
  createEffect(() => {
    const place = goal();
    const answer = panes.log.records.answer();
    const isComplete = !workspace.isReading() && !isOpening() && !filter.isWaiting();
    if (!place || !answer) return;
    untrack(() => {
      setGoingCount((count) => count + 1);
      void go(place).then((isThere) => {
        setGoingCount((count) => count - 1);
        if (isThere && isComplete && goal() === place) setGoal(null);
      });
    });
  });

  /** @returns whether it is there, as far as there is such a place; false when it has to be tried again */
  async function go(place: PlaceValue): Promise<boolean> {
    const records = moves.unwatched('log');
    const answer = records?.answer();
    if (!records || !answer || answer.info.count === 0) return false;
    const { viewHeight, rowHeight } = records.metrics();
    const top = Math.max(0, Math.min(place.top, viewHeight - rowHeight));
    try {
      const index = await findSelected(answer.info.handle, place);
      if (goal() !== place || records.answer() !== answer) return false;
      if (index === null) records.deselect();
      else await records.select(index);
      if (index !== null && place.isSelectedInView) records.bringTo(index, top);
      else if (place.time !== null) await follower.bring(records, { time: place.time, top });
      return records.answer() === answer; // a newer one is gone to in turn
    } catch (error) {
      if (!isFault(error)) throw error;
      return false; // the selection was replaced: its successor goes there; a death is told elsewhere
    }
  }

  /** Position of the record that is selected there; null when none is, or the filter here leaves it out. */
  async function findSelected(handle: number, { selected }: PlaceValue): Promise<number | null> {
    const source = selected && sources.idOf(selected.source);
    if (!selected || source === null) return null;
    const index = await engine.positionOf(handle, { source, offset: selected.offset });
    const { rows } = await engine.rows(handle, index, 1);
    const id = rows[0]?.id;
    return id?.source === source && id.offset === selected.offset ? index : null;
  }

  return {
    /** What a list of records shows, as it is told to others. */
    of(records: RecordsStore): PlaceValue {
      const choice = records.selected();
      const moment = momentOf(records);
      const key = choice ? sources.keyOf(choice.id.source) : '';
      return {
        time: moment?.time ?? null,
        top: moment?.top ?? 0,
        selected: choice && key !== '' ? { source: key, offset: choice.id.offset } : null,
        isSelectedInView: choice?.isKept === true && records.visible().some(({ index }) => index === choice.index),
      };
    },
    /** Goes there as soon as its records are here. */
    goTo: (place: PlaceValue) => setGoal(place),
    /** The person has gone elsewhere. */
    forget: () => setGoal(null),
    isGoing: () => goingCount() > 0,
  };
}
