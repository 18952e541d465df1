import { createHash } from 'node:crypto';

import { beforeEach, expect, test } from 'vitest';

import { createAppFiles } from './app-files';
import type { AppFile, Release } from './release';

const SCOPE = 'https://logs.example/loupe/';

/** Caches as a browser's: named, in the order in which they were made. */
class FakeCaches {
  readonly all = new Map<string, Map<string, Response>>();
  async open(name: string) {
    const entries = this.all.get(name) ?? new Map<string, Response>();
    this.all.set(name, entries);
    return {
      match: async (address: string) => entries.get(address)?.clone(),
      put: async (address: string, response: Response) => void entries.set(address, response),
      keys: async () => [...entries.keys()].map((url) => ({ url })),
    };
  }
  keys = async () => [...this.all.keys()];
  delete = async (name: string) => this.all.delete(name);
}

let caches = new FakeCaches();
let host: Record<string, string> = {};
let fetched: string[] = [];

beforeEach(() => {
  caches = new FakeCaches();
  host = {};
  fetched = [];
});

const digest = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** The host as a browser asks it: what is not the wanted file is a TypeError. */
async function fetchFile(address: string, { integrity }: RequestInit): Promise<Response> {
  const url = address.slice(SCOPE.length);
  fetched.push(url);
  const text = host[url];
  if (text === undefined) return new Response('', { status: 404 });
  if (digest(text) !== integrity) throw new TypeError('Failed to fetch');
  return new Response(text);
}

function release(version: string, files: Record<string, string>, later: readonly string[] = []): Release {
  const list = Object.entries(files).map(
    ([url, text]): AppFile => ({
      url,
      integrity: digest(text),
      sizeBytes: text.length,
      isLater: later.includes(url),
    }),
  );
  return { version, files: list };
}

const filesOf = (of: Release, scope = SCOPE) =>
  createAppFiles(of, { caches: caches as unknown as CacheStorage, fetch: fetchFile, scope });

const A = { 'index.html': 'page a', 'assets/app-aaaaaaaa.js': 'app a', 'assets/kernels-kkkkkkkk.wasm': 'kernels' };
const B = { 'index.html': 'page b', 'assets/app-bbbbbbbb.js': 'app b', 'assets/kernels-kkkkkkkk.wasm': 'kernels' };

async function textOf(files: ReturnType<typeof filesOf>, url: string) {
  return (await files.answer(`${SCOPE}${url}`))?.text();
}

test('what is installed is there without a network', async () => {
  host = A;
  const files = filesOf(release('a', A));
  await files.install();
  host = {};
  fetched = [];
  expect(await (await files.startPage())?.text()).toBe('page a');
  expect(await textOf(files, 'assets/app-aaaaaaaa.js?x#y')).toBe('app a');
  expect(await textOf(files, 'no.such')).toBeUndefined();
  expect(await files.status()).toEqual({
    version: 'a',
    keptCount: 3,
    fileCount: 3,
    keptBytes: 18,
    totalBytes: 18,
    isUsable: true,
  });
  expect(fetched).toEqual([]);
});

test('beside a newer release an older page finds its own files; what both have is not fetched twice', async () => {
  host = A;
  const a = filesOf(release('a', A));
  await a.install();
  host = B;
  fetched = [];
  const b = filesOf(release('b', B));
  await b.install();
  expect(fetched.sort()).toEqual(['assets/app-bbbbbbbb.js', 'index.html']);
  expect(await (await a.startPage())?.text()).toBe('page a');
  expect(await (await b.startPage())?.text()).toBe('page b');
  // The newer one has taken over; the older page goes on.
  expect(await textOf(b, 'assets/app-aaaaaaaa.js')).toBe('app a');
  await b.forgetOthers(['a']);
  expect(await textOf(b, 'assets/app-aaaaaaaa.js')).toBe('app a');
  await b.forgetOthers(['b']);
  expect(await textOf(b, 'assets/app-aaaaaaaa.js')).toBeUndefined();
  expect(await textOf(b, 'assets/kernels-kkkkkkkk.wasm')).toBe('kernels');
});

test('a host that is just being changed gives no release of two versions', async () => {
  host = { ...B, 'index.html': 'page a' };
  const b = filesOf(release('b', B));
  await expect(b.install()).rejects.toThrow(TypeError);
  host = B;
  fetched = [];
  await b.install();
  expect(fetched).toContain('index.html');
  expect((await b.status()).keptCount).toBe(3);
});

test('what is for later is kept when it is first used, or when all is asked for', async () => {
  const files = { ...A, 'assets/big-gggggggg.wasm': 'big', 'assets/huge-hhhhhhhh.wasm': 'huge' };
  host = files;
  const app = filesOf(release('a', files, ['assets/big-gggggggg.wasm', 'assets/huge-hhhhhhhh.wasm']));
  await app.install();
  expect(await app.status()).toMatchObject({ keptCount: 3, fileCount: 5, isUsable: true });
  expect(await textOf(app, 'assets/big-gggggggg.wasm')).toBe('big');
  expect(await app.status()).toMatchObject({ keptCount: 4 });
  const counts: number[] = [];
  await app.keepAll(({ keptCount }) => counts.push(keptCount));
  expect(counts).toEqual([5]);
  host = {};
  expect(await textOf(app, 'assets/huge-hhhhhhhh.wasm')).toBe('huge');
});

test('what the browser threw away is fetched again, and only as the file of this release', async () => {
  host = A;
  const app = filesOf(release('a', A));
  await app.install();
  for (const entries of caches.all.values()) entries.clear();
  expect(await app.status()).toMatchObject({ keptCount: 0, isUsable: false });
  expect(await app.startPage()).toBeUndefined();
  expect(await textOf(app, 'assets/app-aaaaaaaa.js')).toBe('app a');
  expect(await app.status()).toMatchObject({ keptCount: 1 });
  host = B;
  await expect(app.keepAll(() => {})).rejects.toThrow(TypeError);
  expect(await app.status()).toMatchObject({ keptCount: 2 });
});

test('another app at the same host, below another folder, is left alone', async () => {
  host = A;
  await filesOf(release('a', A)).install();
  await caches.open('loupe-app /other/ x');
  await caches.open('somebody else');
  await caches.open(`workbox-precache-v2-${SCOPE}`);
  await caches.open('workbox-precache-v2-https://logs.example/other/');
  await filesOf(release('b', B)).forgetOthers([]);
  expect(await caches.keys()).toEqual([
    'loupe-app /other/ x',
    'somebody else',
    'workbox-precache-v2-https://logs.example/other/',
  ]);
});
