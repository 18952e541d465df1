/** BLAKE3 and SHA-256 of the sources: of small ones by themselves once nothing is read any more, of others when asked for. */
import { createEffect, createSignal, on, onCleanup } from 'solid-js';

import { type Fault, isFault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { SourceId } from '../engine/records/record';
import type { SourcesStore } from './sources';

/** Where the digests of a source are, as long as its summary has none. Waiting for their turn they have no bytes done. */
export type DigestRun =
  | { readonly kind: 'running'; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly kind: 'failed'; readonly fault: Fault };

// Up to here it takes a fifth of a second of one core; above it is a wish of its own.
const UNASKED_BYTES = 64_000_000;

interface Job {
  readonly id: SourceId;
  /** Nobody waits for it: it gives way when something is opened. */
  readonly isUnasked: boolean;
  readonly abort: AbortController;
}

export function createDigests(engine: EngineClient, sources: SourcesStore, isReading: () => boolean) {
  const [runs, setRuns] = createSignal<ReadonlyMap<SourceId, DigestRun>>(new Map());
  /** Size at which a source was begun by itself: once a size, so that one that was stopped or failed stays so. */
  const begun = new Map<SourceId, number>();
  let queue: Job[] = [];
  let current: Job | undefined;

  onCleanup(
    engine.onEvent((event) => {
      if (event.kind === 'closed') stop(event.source);
      else if (event.kind === 'digest' && runs().get(event.source)?.kind === 'running') {
        setRun(event.source, { kind: 'running', doneBytes: event.doneBytes, totalBytes: event.totalBytes });
      }
    }),
  );
  onCleanup(() => {
    queue = [];
    current?.abort.abort();
  });

  createEffect(
    on([sources.list, isReading], ([list, reading]) => {
      if (reading) {
        if (current?.isUnasked && !current.abort.signal.aborted) {
          queue.unshift({ ...current, abort: new AbortController() });
          current.abort.abort();
        }
        return;
      }
      for (const { id, state, sizeBytes, digests } of list) {
        if (state !== 'open' || digests !== null || sizeBytes > UNASKED_BYTES || begun.get(id) === sizeBytes) continue;
        begun.set(id, sizeBytes);
        add(id, true);
      }
      void next();
    }),
  );

  function add(id: SourceId, isUnasked: boolean) {
    queue.push({ id, isUnasked, abort: new AbortController() });
    setRun(id, { kind: 'running', doneBytes: 0, totalBytes: sources.get(id)?.sizeBytes ?? 0 });
  }

  /** One at a time: two would only share the same core. */
  async function next(): Promise<void> {
    if (current) return;
    const at = queue.findIndex((job) => !job.isUnasked || !isReading());
    const [job] = at < 0 ? [] : queue.splice(at, 1);
    if (!job) return;
    current = job;
    try {
      await engine.digests(job.id, job.abort.signal);
      setRun(job.id, null);
    } catch (error) {
      if (!isFault(error)) throw error;
      const isGivingWay = queue.some(({ id }) => id === job.id);
      if (!isGivingWay) setRun(job.id, isQuiet(error) ? null : { kind: 'failed', fault: error });
    } finally {
      current = undefined;
      void next();
    }
  }

  function stop(id: SourceId) {
    queue = queue.filter((job) => job.id !== id);
    if (current?.id === id) current.abort.abort();
    setRun(id, null);
  }

  function setRun(id: SourceId, run: DigestRun | null) {
    setRuns((old) => {
      const map = new Map(old);
      if (run) map.set(id, run);
      else map.delete(id);
      return map;
    });
  }

  return {
    runOf: (id: SourceId): DigestRun | null => runs().get(id) ?? null,
    /** Computes them now; nothing happens when they are under way. */
    compute(id: SourceId) {
      if (runs().get(id)?.kind === 'running') return;
      add(id, false);
      void next();
    },
    stop,
  };
}

export type DigestsStore = ReturnType<typeof createDigests>;

/** Given up, closed meanwhile, or told for the whole page. */
function isQuiet({ code }: Fault): boolean {
  return code === 'stale' || code === 'source-unknown' || code === 'worker-died';
}
