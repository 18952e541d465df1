/** The page's end of the engine's thread: calls as promises, cancelling by AbortSignal, and what happens when the thread dies. */
import { proxy, wrap } from 'comlink';

import { Fault, isFault } from '../base/fault';
import type { EngineApi, EngineEvent, Overview, Pause, SelectContext, SelectionInfo, TopValues } from '../engine/api';
import type { Digests } from '../engine/environment';
import type { ClassRule, ErrorGroups, PatternClass, PatternTable, WildcardValues } from '../engine/patterns/pattern';
import type { Filter } from '../engine/query/filter';
import type { EpochMs, SourceId } from '../engine/records/record';
import { type CallTimings, createCallTimings } from './call-timings';
import { installFaultWire } from './fault-wire';

/** Calls that cross as they are. A record, so that a new call of the contract is a type error here until it is listed. */
const PLAIN_CALLS = {
  configure: true,
  open: true,
  whenOpened: true,
  stopOpening: true,
  close: true,
  refresh: true,
  forceFormat: true,
  forceEncoding: true,
  setZone: true,
  setOffset: true,
  formats: true,
  parseFilter: true,
  splitFilter: true,
  completions: true,
  release: true,
  rows: true,
  positionOf: true,
  positionsOf: true,
  positionAtTime: true,
  positionOfLine: true,
  setGrouping: true,
  patternOf: true,
  classRules: true,
  checkRules: true,
  patternIds: true,
  histogram: true,
  details: true,
  bytes: true,
  lines: true,
  health: true,
  restartWorker: true,
} satisfies Record<PlainCall, true>;

type PlainCall = Exclude<
  keyof EngineApi,
  | 'listen'
  | 'select'
  | 'seek'
  | 'seekPause'
  | 'overview'
  | 'topValues'
  | 'patterns'
  | 'wildcardValues'
  | 'classify'
  | 'errorGroups'
  | 'digests'
  | 'cancel'
  | 'shutdown'
>;

/**
 * EngineApi as a page likes it: an AbortSignal in place of a call id. An aborted call rejects at once with Fault `stale`,
 * whatever the engine still does; a call that is pending when the worker dies rejects with Fault `worker-died`.
 */
export interface EngineClient extends Pick<EngineApi, PlainCall> {
  /** The calls as they cross the wire, without deadline or death: for measuring. */
  readonly api: EngineApi;
  select(
    filter: Filter,
    options: { sources?: readonly SourceId[]; context?: SelectContext; signal?: AbortSignal },
  ): Promise<SelectionInfo>;
  seek(handle: number, from: number, direction: 1 | -1, filter: Filter, signal?: AbortSignal): Promise<number | null>;
  seekPause(
    handle: number,
    from: number,
    direction: 1 | -1,
    minMs: number,
    signal?: AbortSignal,
  ): Promise<Pause | null>;
  overview(handle: number, bucketCount: number, options?: { hits?: Filter; signal?: AbortSignal }): Promise<Overview>;
  topValues(handle: number, field: string, limit: number, signal?: AbortSignal): Promise<TopValues>;
  patterns(
    handle: number,
    options: { start?: EpochMs; end?: EpochMs; maxBins: number; signal?: AbortSignal },
  ): Promise<PatternTable>;
  /** `onProgress`: records done and in all, a few times a second. */
  wildcardValues(
    handle: number,
    wanted: { pattern: string; wildcard: number; topCount: number; maxBins: number },
    options?: ProgressOptions,
  ): Promise<WildcardValues>;
  classify(handle: number, rules: readonly ClassRule[], options?: ProgressOptions): Promise<readonly PatternClass[]>;
  errorGroups(handle: number, rules: readonly ClassRule[], options?: ProgressOptions): Promise<ErrorGroups>;
  digests(source: SourceId, signal?: AbortSignal): Promise<Digests>;
  /** @returns the way to stop listening */
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** Tells once why the worker died; at once when it is dead already. */
  onDeath(listener: (reason: Fault) => void): () => void;
  /** How long calls waited for their answers since the engine was dialled. */
  timings(): CallTimings;
  /** Calls that wait for an answer now; digests, which nobody waits for, are not counted. */
  pendingCount(): number;
  /** Ends the thread. Pending calls reject with Fault `stale`. */
  end(): void;
}

export interface ProgressOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Dials the engine behind a worker's door. */
export function createEngineClient(worker: Worker): EngineClient {
  installFaultWire();
  const died = new Promise<string>((resolve) => {
    worker.addEventListener('error', (event) => resolve(event.message || 'the worker could not be loaded'));
    worker.addEventListener('messageerror', () => resolve('a message could not be read'));
  });
  return connectEngine(wrap<EngineApi>(worker) as unknown as EngineApi, {
    died,
    end: () => worker.terminate(),
    passListener: (listener) => proxy(listener),
  });
}

export interface Lifeline {
  /** Resolves with the reason when the engine's thread is gone by itself. */
  readonly died: Promise<string>;
  end(): void;
  /** Makes a function fit to cross the wire; absent where there is no wire. */
  passListener?(listener: (event: EngineEvent) => void): (event: EngineEvent) => void;
}

/** The same over any EngineApi: in process for tests, or over a MessageChannel. */
export function connectEngine(api: EngineApi, lifeline: Lifeline): EngineClient {
  const listeners = new Set<(event: EngineEvent) => void>();
  const mourners = new Set<(reason: Fault) => void>();
  /** One entry per call that waits: the way to make it fail. */
  const pending = new Set<(reason: Fault) => void>();
  let hashingCount = 0;
  let lastCallId = 0;
  let death: Fault | undefined;

  function die(reason: Fault) {
    if (death) return;
    death = reason;
    for (const fail of [...pending]) fail(reason);
    lifeline.end();
    if (!isFault(reason, 'stale')) for (const mourner of mourners) mourner(reason);
  }
  void lifeline.died.then((reason) => die(new Fault('worker-died', `the engine's worker died: ${reason}`)));

  /**
   * Races a call against the thread's death and the caller's change of mind.
   *
   * @param onLate  gets an answer that came after the caller had given up: what it holds must be let go
   */
  function call<T>(
    start: (callId: number) => Promise<T>,
    signal?: AbortSignal,
    onLate?: (value: T) => void,
  ): Promise<T> {
    if (death) return Promise.reject(death);
    if (signal?.aborted) return Promise.reject(new Fault('stale', 'given up before it began'));
    lastCallId += 1;
    const callId = lastCallId;
    return new Promise<T>((resolve, reject) => {
      const finish = () => {
        signal?.removeEventListener('abort', giveUp);
        return pending.delete(fail);
      };
      const fail = (reason: Fault) => {
        if (finish()) reject(reason);
      };
      const giveUp = () => {
        void api.cancel(callId);
        fail(new Fault('stale', 'a newer wish replaced this one'));
      };
      pending.add(fail);
      signal?.addEventListener('abort', giveUp, { once: true });
      start(callId).then(
        (value) => (finish() ? resolve(value) : onLate?.(value)),
        (error: unknown) => {
          if (finish()) reject(error);
        },
      );
    });
  }

  /** Calls whose progress someone wants to know. */
  const watched = new Map<number, (done: number, total: number) => void>();

  async function watchedCall<T>(
    start: (callId: number) => Promise<T>,
    { signal, onProgress }: ProgressOptions = {},
  ): Promise<T> {
    let mine = 0;
    try {
      return await call((callId) => {
        mine = callId;
        if (onProgress) watched.set(callId, onProgress);
        return start(callId);
      }, signal);
    } finally {
      watched.delete(mine);
    }
  }

  const tell = (event: EngineEvent) => {
    if (event.kind === 'progress') watched.get(event.callId)?.(event.done, event.total);
    for (const listener of listeners) listener(event);
  };
  void call(() => api.listen(lifeline.passListener?.(tell) ?? tell)).catch((error: unknown) => {
    if (error !== death) throw error; // a death is told by `onDeath`; a refusal to listen is a bug
  });

  const plain = Object.fromEntries(
    Object.keys(PLAIN_CALLS).map((name) => [
      name,
      (...args: unknown[]) => call(() => (api[name as PlainCall] as (...args: unknown[]) => Promise<unknown>)(...args)),
    ]),
  ) as Pick<EngineApi, PlainCall>;

  const calls = {
    ...plain,
    select: (filter, { signal, ...options }) =>
      call(
        (callId) => api.select(filter, { callId, ...options }),
        signal,
        (late) => void api.release(late.handle),
      ),
    seek: (handle, from, direction, filter, signal) =>
      call((callId) => api.seek(handle, from, direction, filter, callId), signal),
    seekPause: (handle, from, direction, minMs, signal) =>
      call((callId) => api.seekPause(handle, from, direction, minMs, callId), signal),
    overview: (handle, bucketCount, { hits, signal } = {}) =>
      call((callId) => api.overview(handle, bucketCount, hits, callId), signal),
    topValues: (handle, field, limit, signal) => call((callId) => api.topValues(handle, field, limit, callId), signal),
    patterns: (handle, { signal, ...options }) => call((callId) => api.patterns(handle, options, callId), signal),
    wildcardValues: (handle, wanted, options) =>
      watchedCall((callId) => api.wildcardValues(handle, wanted, callId), options),
    classify: (handle, rules, options) => watchedCall((callId) => api.classify(handle, rules, callId), options),
    errorGroups: (handle, rules, options) => watchedCall((callId) => api.errorGroups(handle, rules, callId), options),
    async digests(source, signal) {
      hashingCount += 1;
      try {
        return await call((callId) => api.digests(source, callId), signal);
      } finally {
        hashingCount -= 1;
      }
    },
  } satisfies Partial<EngineClient>;
  const timed = createCallTimings(calls, () => performance.now());

  return {
    ...timed.calls,
    api,
    timings: timed.read,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onDeath(listener) {
      if (death && !isFault(death, 'stale')) listener(death);
      mourners.add(listener);
      return () => mourners.delete(listener);
    },
    pendingCount: () => pending.size - hashingCount,
    end: () => die(new Fault('stale', 'the page has closed the engine')),
  };
}

/** Runs wishes of one kind so that only the newest is answered: starting one gives up the one before. */
export function createLatest() {
  let current: AbortController | undefined;
  return {
    /** @throws Fault `stale` when a newer run began, besides whatever `work` throws */
    async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
      current?.abort();
      const mine = new AbortController();
      current = mine;
      const value = await work(mine.signal);
      if (mine.signal.aborted) throw new Fault('stale', 'a newer wish replaced this one');
      return value;
    },
    abort() {
      current?.abort();
    },
  };
}
