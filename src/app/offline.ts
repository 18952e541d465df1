/** Offline use and updates: registers the service worker, in production builds only. Knows nothing of Solid. */
import type { KeepingNews, ToPage, ToServiceWorker } from '../offline/messages';
import type { OfflineStatus } from '../offline/release';
import type { Shared } from '../offline/shares';

export interface OfflineControls {
  /** True once the app is kept for offline use; false where that cannot be (development, a private window, plain http). */
  readonly ready: Promise<boolean>;
  /** Asks the server for a newer version. @returns whether there is one: `onUpdateReady` tells when it is kept */
  checkForUpdate(): Promise<boolean>;
  /** Lets the newer version take over and reloads the page. Does nothing when there is none. */
  applyUpdate(): void;
  /** How much of the app is kept; null where nothing is. */
  status(): Promise<OfflineStatus | null>;
  /** Keeps all of it. @returns the last news; null where nothing can be kept */
  keepAll(onNews: (news: KeepingNews) => void): Promise<KeepingNews | null>;
  /** What another app has shared. @returns null when it is not there any more */
  takeShared(id: string): Promise<Shared | null>;
}

export interface OfflineOptions {
  /** A newer version is kept and waits; it takes over by `applyUpdate`, or when the last tab is closed. */
  onUpdateReady: () => void;
}

const NO_OFFLINE: OfflineControls = {
  ready: Promise.resolve(false),
  checkForUpdate: () => Promise.resolve(false),
  applyUpdate: () => {},
  status: () => Promise.resolve(null),
  keepAll: () => Promise.resolve(null),
  takeShared: () => Promise.resolve(null),
};

// A service worker that is asked has to start first; one that does not answer at all is a browser's fault.
const ANSWER_MS = 10_000;
// How long a page may be open before it looks for a newer version when it is looked at again.
const CHECK_MS = 60 * 60 * 1000;

export function registerOffline({ onUpdateReady }: OfflineOptions): OfflineControls {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return NO_OFFLINE;
  const { serviceWorker } = navigator;
  const version = document.documentElement.dataset.version ?? '';
  let waiting: ServiceWorker | null = null;
  let isNewer = false;
  let checkedAt = Date.now();

  function offer(worker: ServiceWorker | null) {
    waiting = worker;
    isNewer = true;
    onUpdateReady();
  }

  /** One that is being installed is offered when it is kept, unless it is the first: that takes over by itself. */
  function follow(registration: ServiceWorkerRegistration) {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && registration.active) offer(installing);
    });
  }

  // A browser may refuse: then the app works, only not offline. `ready` tells.
  const registration = serviceWorker.register('service.js').catch(() => null);
  void registration.then((found) => {
    if (!found) return;
    if (found.waiting) offer(found.waiting);
    follow(found);
    found.addEventListener('updatefound', () => follow(found));
  });

  serviceWorker.addEventListener('message', (event: MessageEvent<ToPage>) => {
    if (event.data.type === 'which-version') event.ports[0]?.postMessage(version);
  });
  serviceWorker.startMessages();

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && Date.now() - checkedAt > CHECK_MS) void checkForUpdate();
  });

  async function checkForUpdate(): Promise<boolean> {
    checkedAt = Date.now();
    const found = await registration;
    // Without a network there is nothing to be found.
    await found?.update().catch(() => undefined);
    return isNewer || (found !== null && (found.installing !== null || found.waiting !== null));
  }

  /** @returns the last answer; null when there is none */
  async function ask<T>(message: ToServiceWorker, isLast: (answer: T) => boolean = () => true): Promise<T | null> {
    const active = (await registration) && (await serviceWorker.ready).active;
    if (!active) return null;
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      let timer: ReturnType<typeof setTimeout>;
      const end = (answer: T | null) => {
        clearTimeout(timer);
        port1.close();
        resolve(answer);
      };
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => end(null), ANSWER_MS);
      };
      port1.onmessage = (event: MessageEvent<T>) => (isLast(event.data) ? end(event.data) : wait());
      wait();
      active.postMessage(message, [port2]);
    });
  }

  async function start(): Promise<boolean> {
    const status = await ask<OfflineStatus>({ type: 'status' });
    if (!status) return false;
    // The host was changed between this page and the service worker that it brought: both are of other releases.
    if (status.version !== version && !isNewer) offer(null);
    serviceWorker.controller?.postMessage({ type: 'page-started' } satisfies ToServiceWorker);
    return status.isUsable;
  }

  return {
    ready: start(),
    checkForUpdate,
    applyUpdate() {
      if (!isNewer) return;
      // Taken already, by another tab: a reload is all.
      if (!waiting || waiting.state === 'activated') return location.reload();
      serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      waiting.postMessage({ type: 'skip-waiting' } satisfies ToServiceWorker);
    },
    status: () => ask({ type: 'status' }),
    keepAll: (onNews) =>
      ask<KeepingNews>({ type: 'keep-all' }, (news) => {
        onNews(news);
        return news.isDone;
      }),
    takeShared: (id) => ask({ type: 'take-shared', id }),
  };
}
