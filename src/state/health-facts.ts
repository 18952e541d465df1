/** What is known of how Loupe is: facts as plain data, with no text of a log and no name of a file in them. */
import type { CallTimings } from '../bridge/call-timings';
import type { EngineHealth } from '../engine/api';
import type { EpochMs } from '../engine/records/record';
import type { KeptData } from '../storage/kept-data';
import type { StoreTrouble } from '../storage/stored';

export interface SourceFacts {
  readonly state: string;
  readonly sizeBytes: number;
  readonly recordCount: number;
  readonly isFromCache: boolean;
  /** Code of the fault it is in; null: none. */
  readonly fault: string | null;
  readonly problems: readonly { readonly code: string; readonly count: number }[];
}

/** none: not registered (development, a private window, plain http); waiting: a newer version is ready to take over. */
export type ServiceWorkerState = 'none' | 'installing' | 'waiting' | 'active';

export interface StorageFacts extends KeptData {
  /** All that this site holds, as the browser counts it; null: it does not tell. */
  readonly usedBytes: number | null;
  /** Whether the browser has promised not to delete by itself; null: it does not tell. */
  readonly isPersisted: boolean | null;
}

export interface HealthFacts {
  readonly at: EpochMs;
  /** Of Loupe. */
  readonly version: string;
  /** Null while it has not answered, and after its death. */
  readonly engine: EngineHealth | null;
  readonly isEngineDead: boolean;
  /** Share of the last interval in which each worker had something to do, 0..1, by place in `engine.workers`. */
  readonly loads: readonly number[];
  readonly restartReasons: readonly string[];
  readonly timings: CallTimings;
  readonly sources: readonly SourceFacts[];
  /** Null while it is being measured. */
  readonly storage: StorageFacts | null;
  /** Why workspaces are not kept; null: they are. */
  readonly storeTrouble: StoreTrouble | null;
  readonly serviceWorker: {
    readonly state: ServiceWorkerState;
    /** It answers the requests of this page. */
    readonly isControlling: boolean;
  } | null;
  /** Requests made on a person's wish, to this origin. */
  readonly askedRequests: number;
}

/**
 * How busy each worker was between two answers.
 *
 * @returns as many as `now` has workers, 0..1; 0 where a worker or the time between is not known
 */
export function loadsBetween(before: EngineHealth | null, now: EngineHealth): number[] {
  const spanMs = now.upMs - (before?.upMs ?? 0);
  return now.workers.map((worker) => {
    const earlier = before?.workers.find(({ id }) => id === worker.id)?.busyMs ?? 0;
    return spanMs > 0 ? Math.max(0, Math.min(1, (worker.busyMs - earlier) / spanMs)) : 0;
  });
}
