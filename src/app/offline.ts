/** Offline use and updates: registers the service worker, in production builds only. Knows nothing of Solid. */
import type { Workbox } from 'workbox-window';

export interface OfflineControls {
  /** True once the app is kept for offline use; false where that cannot be (development, a private window, plain http). */
  readonly ready: Promise<boolean>;
  /** Asks the server for a newer version; `onUpdateReady` tells when one is waiting. */
  checkForUpdate(): Promise<void>;
  /** Lets the waiting version take over and reloads the page. Does nothing when none is waiting. */
  applyUpdate(): void;
}

export interface OfflineOptions {
  /** A new version is downloaded and waits; it takes over by `applyUpdate`, or when the last tab is closed. */
  onUpdateReady: () => void;
}

const NO_OFFLINE: OfflineControls = {
  ready: Promise.resolve(false),
  checkForUpdate: () => Promise.resolve(),
  applyUpdate: () => {},
};

export function registerOffline({ onUpdateReady }: OfflineOptions): OfflineControls {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return NO_OFFLINE;

  let workbox: Workbox | undefined;
  let waiting: ServiceWorker | undefined;

  // Not needed to show a log: fetched by itself, after the page. A browser may refuse: then the app works, only not
  // offline. `ready` tells.
  const registration = import('workbox-window')
    .then((module) => {
      workbox = new module.Workbox('service.js');
      workbox.addEventListener('waiting', (event) => {
        waiting = event.sw;
        onUpdateReady();
      });
      return workbox.register({ immediate: true });
    })
    .catch(() => undefined);

  return {
    ready: registration.then((registered) => (registered && workbox ? workbox.active.then(() => true) : false)),
    async checkForUpdate() {
      await (await registration)?.update();
    },
    applyUpdate() {
      if (!waiting) return;
      workbox?.addEventListener('controlling', () => location.reload());
      waiting.postMessage({ type: 'skip-waiting' });
    },
  };
}
