/**
 * Builds workers/service.sw.ts last, with the list of files it keeps for offline use.
 *
 * What workbox-build does for this (injectManifest), without its 300 packages: the list replaces `self.__WB_MANIFEST`.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

import { rolldown } from 'rolldown';

import { at, filesBelow } from './project.mjs';

const SOURCE = 'workers/service.sw.ts';
const OFFLINE = /\.(js|css|html|svg|wasm|webmanifest|log|jsonl)$/; // the last two are the bundled samples
/** Vite puts a hash of the content into these names, so the name alone tells versions apart. */
const IMMUTABLE = /^assets\/.+-[\w-]{8}\.\w+$/;

/**
 * @param {string} folder  the built app, absolute
 * @returns {{ url: string, revision: string | null }[]} urls relative to the service worker
 */
function buildPrecacheList(folder) {
  return filesBelow(folder)
    .map((file) => ({ file, url: relative(folder, file).split(sep).join('/') }))
    .filter(({ url }) => OFFLINE.test(url) && url !== 'service.js')
    .map(({ file, url }) => ({
      url,
      revision: IMMUTABLE.test(url) ? null : createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16),
    }));
}

/** @returns {import('vite').Plugin} */
export function serviceWorkerPlugin() {
  let folder = '';
  let isFailed = false;
  return {
    name: 'loupe:service-worker',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir); // --outDir may be absolute
    },
    buildEnd(error) {
      isFailed = error !== undefined;
    },
    async closeBundle() {
      if (isFailed) return;
      const bundle = await rolldown({
        input: at(SOURCE),
        cwd: at(),
        platform: 'browser',
        tsconfig: at('tsconfig.workers.json'),
        transform: {
          target: 'es2023',
          define: {
            'self.__WB_MANIFEST': JSON.stringify(buildPrecacheList(folder)),
            'process.env.NODE_ENV': '"production"',
          },
        },
      });
      await bundle.write({ file: join(folder, 'service.js'), format: 'iife', minify: true, codeSplitting: false });
      await bundle.close();
    },
  };
}
