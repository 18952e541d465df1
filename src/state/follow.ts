/** Brings a list of records to a moment, as high on the screen as that moment stands in the list it follows. */
import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { EpochMs } from '../engine/records/record';
import type { RecordsStore } from './records';

/** A moment and where it stands. */
export interface Moment {
  readonly time: EpochMs;
  /** px from the top of the view to the top of the row; negative: scrolled out */
  readonly top: number;
}

/** The moment of the selected record while it is in view, else of the first row with a time; null when none has one. */
export function momentOf(records: RecordsStore): Moment | null {
  const choice = records.selected();
  let top = -records.offset();
  let first: Moment | null = null;
  for (const { index, row } of records.visible()) {
    if (row.time !== null) {
      const moment = { time: row.time, top };
      if (choice?.isKept && choice.index === index) return moment;
      first ??= moment;
    }
    top += records.heightOf(index);
  }
  return first;
}

/** The newest wish wins. */
export function createFollower(engine: EngineClient) {
  const latest = createLatest();
  return {
    /**
     * @param records  moved as the lock moves it, not as a person does
     * @returns index of the first record at or after the moment, clamped to the last; null when it could not be asked
     */
    async bring(records: RecordsStore, { time, top }: Moment): Promise<number | null> {
      const answer = records.answer();
      if (!answer || answer.info.count === 0) return null;
      try {
        const index = await latest.run(() => engine.positionAtTime(answer.info.handle, time));
        if (records.answer() !== answer) return null; // its successor is brought there in turn
        const at = Math.min(index, answer.info.count - 1);
        records.bringTo(at, top);
        return at;
      } catch (error) {
        if (!isFault(error)) throw error;
        return null; // `stale`, `selection-unknown`: a newer wish is under way; a death is told elsewhere
      }
    },
    stop: () => latest.abort(),
  };
}
