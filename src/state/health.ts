/** How the engine is: workers, memory. Asked while something is being read, and once after. */
import { createEffect, createSignal, on, onCleanup } from 'solid-js';

import { isFault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { EngineHealth } from '../engine/api';

// Often enough for a figure in the status line, seldom enough to cost nothing.
const EVERY_MS = 1000;

export function createHealth(engine: EngineClient, isBusy: () => boolean, revision: () => number) {
  const [health, setHealth] = createSignal<EngineHealth | null>(null);
  const [restarts, setRestarts] = createSignal<readonly string[]>([]);
  let isAsking = false;

  async function ask(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    try {
      setHealth(await engine.health());
    } catch (error) {
      if (!isFault(error)) throw error; // the engine is gone, which is told elsewhere
    } finally {
      isAsking = false;
    }
  }

  createEffect(on([revision, isBusy], () => void ask()));
  const timer = setInterval(() => {
    // Asked until the workers rest, so that the last figure is true.
    if (isBusy() || health()?.workers.some((worker) => worker.isBusy)) void ask();
  }, EVERY_MS);
  onCleanup(() => clearInterval(timer));
  onCleanup(
    engine.onEvent((event) => {
      if (event.kind === 'worker-restarted') setRestarts((old) => [...old, event.reason]);
    }),
  );

  return { health, restarts };
}

export type HealthStore = ReturnType<typeof createHealth>;
