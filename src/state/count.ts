/** How many records a filter keeps, without keeping the selection. */

import { isFault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { Filter } from '../engine/query/filter';
import type { SourceId } from '../engine/records/record';

export type CountRecords = (filter: Filter, signal?: AbortSignal) => Promise<number>;

/** @throws Fault as `select` does; `stale` when the signal was aborted */
export function createCount(engine: EngineClient, sources: () => readonly SourceId[]): CountRecords {
  return async (filter, signal) => {
    const wanted = sources();
    if (wanted.length === 0) return 0;
    const info = await engine.select(filter, signal ? { sources: wanted, signal } : { sources: wanted });
    void engine.release(info.handle).catch(ignoreFault); // the engine keeps its bits for the next wish
    return info.count;
  };
}

/** For what nobody waits for: a Fault is told elsewhere or not at all, anything else is a bug. */
export function ignoreFault(error: unknown): void {
  if (!isFault(error)) throw error;
}

/** The count, or null where the engine refused: a newer wish came, an expression took too long. */
export async function countOrNull(count: CountRecords, filter: Filter, signal: AbortSignal): Promise<number | null> {
  try {
    return await count(filter, signal);
  } catch (error) {
    ignoreFault(error);
    return null;
  }
}
