/** Door to offline: keeps the app's files, answers every navigation with the page. A new version waits until asked. */
import { NavigationRoute, registerRoute } from 'workbox-routing';

import { type AppFiles, createAppFiles } from '../src/offline/app-files';
import { withHeaders } from '../src/offline/headed';
import type { KeepingNews, ToPage, ToServiceWorker } from '../src/offline/messages';
import type { Release } from '../src/offline/release';
import { createShares } from '../src/offline/shares';
import { tidyReleases } from '../src/offline/tidy';

/** Replaced by the build (scripts/service-worker.mjs). */
declare const LOUPE_RELEASE: Release;
/** The same: the firewall's headers (scripts/csp.mjs). */
declare const LOUPE_HEADERS: Readonly<Record<string, string>>;
declare const self: ServiceWorkerGlobalScope;

const { scope } = self.registration;
const files: AppFiles = createAppFiles(LOUPE_RELEASE, { caches, fetch: (url, options) => fetch(url, options), scope });
const shares = createShares(scope);

self.addEventListener('install', (event) => event.waitUntil(files.install()));

// The very first visit is taken over at once, so what it loads later comes from the cache too.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

registerRoute(
  ({ request }) => shares.isShare(request),
  ({ request, event }) => {
    const received = shares.receive(request);
    event.waitUntil(received.then(({ held }) => held));
    return received.then(({ response }) => response);
  },
  'POST',
);
registerRoute(
  new NavigationRoute(async ({ request }) => {
    const page = await files.startPage();
    return page ? withHeaders(page, LOUPE_HEADERS) : fetch(request);
  }),
);
registerRoute(
  ({ url }) => url.href.startsWith(scope),
  async ({ request }) => {
    const file = await files.answer(request.url);
    return file ? withHeaders(file, LOUPE_HEADERS) : fetch(request);
  },
);

self.addEventListener('message', (event) => {
  const message = event.data as ToServiceWorker;
  const answer = (value: unknown) => event.ports[0]?.postMessage(value);
  switch (message.type) {
    case 'skip-waiting':
      return event.waitUntil(self.skipWaiting());
    case 'page-started':
      return event.waitUntil(tidyReleases(files, self.registration, listPages));
    case 'status':
      return event.waitUntil(files.status().then(answer));
    case 'keep-all':
      return event.waitUntil(keepAll(answer));
    case 'take-shared':
      return answer(shares.take(message.id));
  }
});

async function listPages() {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return pages
    .filter((page) => page.url.startsWith(scope))
    .map((page) => (message: ToPage, port: MessagePort) => page.postMessage(message, [port]));
}

async function keepAll(tell: (news: KeepingNews) => void): Promise<void> {
  const onProgress = (status: KeepingNews['status']) => tell({ status, isDone: false, isFailed: false });
  const isFailed = await files.keepAll(onProgress).then(
    () => false,
    () => true, // no network, or the host has another release already: what is kept stays
  );
  tell({ status: await files.status(), isDone: true, isFailed });
}
