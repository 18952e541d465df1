/**
 * The files of one release, kept in a cache of their own.
 *
 *     loupe-app /loupe/ 3f9c…    ← this release
 *     loupe-app /loupe/ 81d0…    ← the one before, while a page of it is open
 *
 * Names of files hold a hash of their content, `index.html` and few others apart. So a page of an older release asks for
 * names that no other release has, and is answered from that release's cache; only a navigation makes it a newer one.
 */
import type { AppFile, OfflineStatus, Release } from './release';

export interface AppFilesPlace {
  readonly caches: CacheStorage;
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>;
  /** Address of the folder that the app lies in, with a slash at the end. */
  readonly scope: string;
}

const PREFIX = 'loupe-app';
/** Of releases made before caches had a version. */
const OLD_PREFIX = 'workbox-precache-';
const START_PAGE = 'index.html';
// As many requests as a browser makes to a host at a time over HTTP/1.1.
const AT_ONCE = 6;

export function createAppFiles(release: Release, { caches, fetch, scope }: AppFilesPlace) {
  const path = new URL(scope).pathname;
  const nameOf = (version: string) => `${PREFIX} ${path} ${version}`;
  const own = nameOf(release.version);
  const byUrl = new Map(release.files.map((file) => [addressOf(file), file]));

  function addressOf(file: Pick<AppFile, 'url'>): string {
    return new URL(file.url, scope).href;
  }

  /** @throws TypeError when it cannot be had, or is not the file of this release */
  async function load(file: AppFile): Promise<Response> {
    const response = await fetch(addressOf(file), { integrity: file.integrity, cache: 'no-cache' });
    if (!response.ok) throw new TypeError(`${file.url} was answered with ${response.status}`);
    // A navigation may not be answered by a response that followed a redirect: `/index.html` to `/` is a common one.
    if (!response.redirected) return response;
    return new Response(response.body, { status: 200, headers: response.headers });
  }

  /** Names of the caches of other releases. */
  async function others(): Promise<string[]> {
    const names = await caches.keys();
    return names.filter(
      (name) =>
        name !== own &&
        (name.startsWith(`${PREFIX} ${path} `) || (name.startsWith(OLD_PREFIX) && name.endsWith(scope))),
    );
  }

  async function findInOthers(address: string): Promise<Response | undefined> {
    for (const name of (await others()).reverse()) {
      const found = await (await caches.open(name)).match(address);
      if (found) return found;
    }
    return undefined;
  }

  async function keep(cache: Cache, file: AppFile): Promise<void> {
    if (await cache.match(addressOf(file))) return;
    // What has not changed since the release before is not fetched again. Files without a hash in their name may have.
    const old = hasHash(file.url) ? await findInOthers(addressOf(file)) : undefined;
    await cache.put(addressOf(file), old ?? (await load(file)));
  }

  async function missing(): Promise<AppFile[]> {
    const kept = new Set((await (await caches.open(own)).keys()).map((request) => request.url));
    return release.files.filter((file) => !kept.has(addressOf(file)));
  }

  async function status(): Promise<OfflineStatus> {
    const gone = await missing();
    const sum = (files: readonly AppFile[]) => files.reduce((bytes, file) => bytes + file.sizeBytes, 0);
    const totalBytes = sum(release.files);
    return {
      version: release.version,
      keptCount: release.files.length - gone.length,
      fileCount: release.files.length,
      keptBytes: totalBytes - sum(gone),
      totalBytes,
      isUsable: gone.every((file) => file.isLater),
    };
  }

  return {
    status,
    /**
     * Keeps all that is not for later. A release of which a file cannot be had is not used; what is there already is not
     * fetched again the next time.
     *
     * @throws TypeError when a file cannot be had, or belongs to another release: the host is just being changed
     */
    async install(): Promise<void> {
      const cache = await caches.open(own);
      const queue = release.files.filter((file) => !file.isLater);
      const drain = async () => {
        for (let file = queue.pop(); file !== undefined; file = queue.pop()) await keep(cache, file);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, drain));
    },
    /**
     * Keeps what is missing, one file after the other.
     *
     * @throws TypeError when one cannot be had; the others are kept
     */
    async keepAll(onProgress: (status: OfflineStatus) => void): Promise<OfflineStatus> {
      const cache = await caches.open(own);
      let failure: unknown = null;
      for (const file of await missing()) {
        try {
          await keep(cache, file);
        } catch (error) {
          failure = error;
        }
        onProgress(await status());
      }
      if (failure !== null) throw failure;
      return status();
    },
    /** The page of this release; undefined when the browser has thrown it away. */
    async startPage(): Promise<Response | undefined> {
      return (await caches.open(own)).match(new URL(START_PAGE, scope).href);
    },
    /**
     * A file of this release or of an older one. What is missing is fetched, and kept from then on.
     *
     * @returns undefined when it is a file of no release
     */
    async answer(address: string): Promise<Response | undefined> {
      const plain = address.replace(/[?#].*$/, '');
      const cache = await caches.open(own);
      const kept = await cache.match(plain);
      if (kept) return kept;
      const file = byUrl.get(plain);
      if (!file) return findInOthers(plain);
      const response = await load(file);
      await cache.put(plain, response.clone());
      return response;
    },
    /** Forgets releases. @param inUse  versions of the pages that are open */
    async forgetOthers(inUse: readonly string[]): Promise<void> {
      const kept = new Set(inUse.map(nameOf));
      for (const name of await others()) if (!kept.has(name)) await caches.delete(name);
    },
  };
}

export type AppFiles = ReturnType<typeof createAppFiles>;

/** Vite puts a hash of the content into these names. */
function hasHash(url: string): boolean {
  return /^assets\/.+-[\w-]{8}\.\w+$/.test(url);
}
