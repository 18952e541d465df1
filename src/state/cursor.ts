/** Walking from record to record: by row, by screen, by trouble, hit, mark or pause, to a line, a time or a share of the whole. */
import { createSignal } from 'solid-js';

import { isFault } from '../base/fault';
import { formatDuration } from '../base/units';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { Row, SelectionInfo } from '../engine/api';
import type { Filter } from '../engine/query/filter';
import type { EpochMs, Level, RecordId, SourceId } from '../engine/records/record';
import type { RecordsStore } from './records';

/** Where a person wants to go. `share` is 0..1. */
export type Destination =
  | { kind: 'record'; record: RecordId }
  | { kind: 'line'; source: SourceId; lineNumber: number }
  | { kind: 'time'; time: EpochMs }
  /** So many records further on, up when negative. */
  | { kind: 'records'; count: number }
  | { kind: 'share'; share: number };

export function createCursor(engine: EngineClient, records: RecordsStore, hits: () => Filter) {
  // What a move has to say, such as that there is nothing further; told in the status line and read out.
  const [notice, setNotice] = createSignal('');
  const latest = createLatest();

  /** Where the next move starts: the selected record, or just before the first on screen. */
  function from(direction: 1 | -1): number {
    const choice = records.selected();
    if (choice) return choice.isKept || direction === -1 ? choice.index : choice.index - 1;
    return direction === 1 ? records.topIndex() - 1 : records.topIndex();
  }

  /**
   * Asks the engine where to go and goes there; the newest move wins.
   *
   * @param ask  the position, or null when there is none, which `none` then tells
   */
  async function move(
    ask: (handle: number, signal: AbortSignal) => Promise<number | null>,
    none: string,
  ): Promise<boolean> {
    const current = records.answer();
    if (!current) return false;
    setNotice('');
    try {
      const index = await latest.run((signal) => ask(current.info.handle, signal));
      if (index === null) setNotice(none);
      else await records.select(index);
      return index !== null;
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'regex-timeout') setNotice('The expression took too long and was stopped');
      // `stale` and `selection-unknown`: a newer wish is under way.
      return false;
    }
  }

  const seek = (direction: 1 | -1, filter: Filter, what: string) =>
    move(
      (handle, signal) => engine.seek(handle, from(direction), direction, filter, signal),
      `No ${what} further ${direction === 1 ? 'down' : 'up'}`,
    ).then(() => undefined);

  const nextLevel = (direction: 1 | -1, min: Level, max: Level, what: string) =>
    seek(direction, { kind: 'level', min, max }, what);

  return {
    notice,
    say: setNotice,
    move(rows: number) {
      setNotice('');
      const choice = records.selected();
      return records.select(choice ? choice.index + rows : records.topIndex());
    },
    movePages(pages: number) {
      const step = Math.max(1, Math.floor(records.rowsPerScreen() * Math.abs(pages)) - (Math.abs(pages) === 1 ? 1 : 0));
      const choice = records.selected();
      return records.select((choice?.index ?? records.topIndex()) + Math.sign(pages) * step);
    },
    toStart: () => records.select(0),
    toEnd: () => records.select(records.count() - 1),
    nextError: (direction: 1 | -1) => nextLevel(direction, 'ERROR', 'FATAL', 'ERROR or FATAL'),
    nextWarning: (direction: 1 | -1) => nextLevel(direction, 'WARN', 'WARN', 'WARN'),
    nextHit: (direction: 1 | -1) => seek(direction, hits(), 'match'),
    /** The next record that a filter keeps, or the one before. @param what  as the notice names it: "mark" */
    nextOf: seek,
    /** The first (or last) record of all that a filter keeps. */
    endOf: (end: 'first' | 'last', filter: Filter, what: string) =>
      move(
        (handle, signal) =>
          end === 'first'
            ? engine.seek(handle, -1, 1, filter, signal)
            : engine.seek(handle, records.count(), -1, filter, signal),
        `No ${what}`,
      ).then(() => undefined),
    /** The next record that comes at least `minMs` after the one before it; tells how long the pause was. */
    async nextPause(direction: 1 | -1, minMs: number): Promise<void> {
      let pauseMs = 0;
      const isFound = await move(
        async (handle, signal) => {
          const found = await engine.seekPause(handle, from(direction), direction, minMs, signal);
          pauseMs = found?.pauseMs ?? 0;
          return found?.position ?? null;
        },
        `No pause of ${formatDuration(minMs)} or more further ${direction === 1 ? 'down' : 'up'}`,
      );
      if (isFound) setNotice(`A pause of ${formatDuration(pauseMs)} before this record`);
    },
    /**
     * Where such a move would lead, without going there; null: nowhere.
     *
     * @throws Fault `stale` when given up, `regex-timeout`, `selection-unknown`
     */
    async lookNext(
      direction: 1 | -1,
      filter: Filter,
      signal: AbortSignal,
    ): Promise<{ time: EpochMs | null; fromTime: EpochMs | null } | null> {
      const current = records.answer();
      if (!current) return null;
      const { handle } = current.info;
      const index = await engine.seek(handle, from(direction), direction, filter, signal);
      if (index === null) return null;
      const { rows } = await engine.rows(handle, index, 1);
      const here = records.itemAt(records.selected()?.index ?? records.topIndex());
      return { time: rows[0]?.time ?? null, fromTime: here?.row.time ?? null };
    },
    /** What is looked for as a hit. */
    hits,
    /** What lies at a destination, without going there; null when nothing can be told. */
    async look(destination: Destination): Promise<{ index: number; row: Row } | null> {
      const current = records.answer();
      if (!current || current.info.count === 0) return null;
      try {
        const wanted = await findIndex(current.info, destination);
        const index = Math.max(0, Math.min(current.info.count - 1, wanted));
        const { rows } = await engine.rows(current.info.handle, index, 1);
        return rows[0] ? { index, row: rows[0] } : null;
      } catch (error) {
        if (!isFault(error)) throw error;
        return null; // the selection was replaced, or the engine is gone, which is told elsewhere
      }
    },
    async goTo(destination: Destination): Promise<void> {
      const current = records.answer();
      if (!current) return;
      try {
        await records.select(await findIndex(current.info, destination));
      } catch (error) {
        if (!isFault(error)) throw error;
        if (error.code === 'source-unknown') setNotice('That source is closed');
        // Others: a newer wish is under way, or the engine is gone, which is told elsewhere.
      }
    },
  };

  function findIndex({ handle, count }: SelectionInfo, destination: Destination): number | Promise<number> {
    switch (destination.kind) {
      case 'record':
        return engine.positionOf(handle, destination.record);
      case 'line':
        return engine.positionOfLine(handle, destination.source, destination.lineNumber);
      case 'time':
        return engine.positionAtTime(handle, destination.time);
      case 'share':
        return Math.round(destination.share * (count - 1));
      case 'records':
        return (records.selected()?.index ?? records.topIndex()) + destination.count;
    }
  }
}

export type CursorStore = ReturnType<typeof createCursor>;
