/** The app as a program on this device: kept for offline use, made newer, installed, launched with files. One a page. */
import { createSignal, onCleanup, onMount } from 'solid-js';

import { createOfflineCopy } from '../state/offline-copy';
import { type Launch, listenForLaunches } from './launches';
import type { OfflineControls, OfflineOptions } from './offline';
import { createInstalling } from './installing';

/**
 * Where a newer version stands. `offered`: someone is asked. `later`: it was put off; it takes over when the last tab is
 * closed, and is offered again by the next page. `waits`: it was taken, and comes when the work that is under way has ended.
 */
export type UpdateState = 'none' | 'offered' | 'later' | 'waits';

export function createProgram(register: ((options: OfflineOptions) => OfflineControls) | undefined) {
  const [update, setUpdate] = createSignal<UpdateState>('none');
  const [isOfflineReady, setIsOfflineReady] = createSignal(false);
  const [launch, setLaunch] = createSignal<Launch | null>(null);
  const [controls, setControls] = createSignal<OfflineControls | null>(null);
  const installing = createInstalling();
  let waiting: AbortController | undefined;
  onCleanup(() => waiting?.abort());

  onMount(() => {
    const offline = register?.({ onUpdateReady: () => update() === 'none' && setUpdate('offered') });
    setControls(offline ?? null);
    void offline?.ready.then(setIsOfflineReady);
    listenForLaunches(async (id) => (await offline?.takeShared(id)) ?? null, setLaunch);
  });

  return {
    isOfflineReady,
    installing,
    copy: createOfflineCopy(controls),
    update: {
      state: update,
      /** @returns whether there is a newer version; it is offered as soon as it is kept */
      check: async () => (await controls()?.checkForUpdate()) ?? false,
      later() {
        waiting?.abort();
        setUpdate('later');
      },
      /** Takes it when the work under way has ended. @param idle  resolves then, or when the signal says so */
      async take(idle: (signal: AbortSignal) => Promise<void>): Promise<void> {
        waiting?.abort();
        waiting = new AbortController();
        const { signal } = waiting;
        setUpdate('waits');
        await idle(signal);
        if (!signal.aborted) controls()?.applyUpdate();
      },
      /** Takes it, whatever is under way. */
      takeNow() {
        waiting?.abort();
        controls()?.applyUpdate();
      },
    },
    /** What the app was launched with and nobody has opened yet. */
    launch,
    takeLaunch(): Launch | null {
      const taken = launch();
      setLaunch(null);
      return taken;
    },
  };
}

export type Program = ReturnType<typeof createProgram>;
