/**
 * Repairing a clock by pointing: a record of one source, then the record of another that happened at the same moment.
 * What lies between them is what the first source's clock is off by.
 */
import { createSignal } from 'solid-js';

import type { EpochMs, RecordId, SourceId } from '../engine/records/record';
import { MAX_OFFSET_MS } from './clock-offset';
import type { PanesStore } from './panes';
import type { SourcesStore } from './sources';

/** A record with a time, by the clock as it was written. */
export interface ClockPoint {
  readonly id: RecordId;
  /** EpochMs without the offset of its source. */
  readonly writtenTime: EpochMs;
}

/** What would be done: `source` gets `offsetMs`, by which its times move `byMs` further on. */
export interface ClockProposal {
  readonly source: SourceId;
  readonly other: SourceId;
  readonly offsetMs: number;
  readonly byMs: number;
}

export function createClockRepair(panes: PanesStore, sources: SourcesStore) {
  const [from, setFrom] = createSignal<ClockPoint | null>(null);

  /** The record selected last; null when none is, or it has no time. */
  function selectedPoint(): ClockPoint | null {
    const { records } = panes.active();
    const choice = records.selected();
    const row = choice?.isKept ? records.itemAt(choice.index)?.row : undefined;
    if (!row || row.time === null) return null;
    return { id: row.id, writtenTime: row.time - sources.settingsOf(row.id.source).offsetMs };
  }

  /** The time of a point by the clock as it is corrected now. */
  const timeOf = (point: ClockPoint): EpochMs => point.writtenTime + sources.settingsOf(point.id.source).offsetMs;

  /** The second record, when one of another source is selected. */
  function to(): ClockPoint | null {
    const start = from();
    const point = start && selectedPoint();
    return start && point && point.id.source !== start.id.source ? point : null;
  }

  function toProposal(moved: ClockPoint, fixed: ClockPoint): ClockProposal | null {
    const offsetMs = timeOf(fixed) - moved.writtenTime;
    if (Math.abs(offsetMs) > MAX_OFFSET_MS) return null;
    return { source: moved.id.source, other: fixed.id.source, offsetMs, byMs: timeOf(fixed) - timeOf(moved) };
  }

  function propose(which: 'first' | 'second'): ClockProposal | null {
    const [start, end] = [from(), to()];
    if (!start || !end) return null;
    return which === 'first' ? toProposal(start, end) : toProposal(end, start);
  }

  return {
    /** The record it began with; null while nothing is being repaired. */
    from,
    to,
    timeOf,
    canBegin: () => sources.ids().length > 1 && selectedPoint() !== null,
    /** Begins with the selected record. @returns false when none with a time is selected */
    begin(): boolean {
      setFrom(selectedPoint());
      return from() !== null;
    },
    /** What correcting the clock of the first record's source, or of the second's, would do; null until both are known. */
    propose,
    apply(which: 'first' | 'second' = 'first') {
      const proposal = propose(which);
      if (!proposal) return;
      sources.setOffset(proposal.source, proposal.offsetMs);
      setFrom(null);
    },
    cancel: () => setFrom(null),
  };
}

export type ClockRepairStore = ReturnType<typeof createClockRepair>;
