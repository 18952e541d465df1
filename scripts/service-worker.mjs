/** Builds workers/service.sw.ts last, with the list of the files it keeps for offline use. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

import { rolldown } from 'rolldown';

import { responseHeaders } from './csp.mjs';
import { at, filesBelow } from './project.mjs';

const SOURCE = 'workers/service.sw.ts';
const OFFLINE = /\.(js|css|html|svg|png|wasm|webmanifest|log|jsonl)$/; // the last two are the bundled samples
/** Larger ones are kept when they are first used; none of what opens logs is as large. */
const LATER_BYTES = 1024 * 1024;
/** In index.html: where the version stands, which is made of all files. */
const VERSION_PLACE = /(?<=<html[^>]* data-version=")[^"]*/;

/** @param {string | Buffer} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes);

/**
 * Writes the version into index.html and lists what the release is made of.
 *
 * @param {string} folder  the built app, absolute
 * @returns {import('../src/offline/release').Release} urls relative to the service worker
 */
function buildRelease(folder) {
  const files = filesBelow(folder)
    .map((file) => ({ file, url: relative(folder, file).split(sep).join('/') }))
    .filter(({ url }) => OFFLINE.test(url) && url !== 'service.js')
    .sort((a, b) => (a.url < b.url ? -1 : 1));
  const digests = files.map(({ file, url }) => `${url} ${sha256(readFileSync(file)).digest('hex')}`);
  const version = sha256(digests.join('\n')).digest('hex').slice(0, 16);
  const page = join(folder, 'index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace(VERSION_PLACE, version));
  return {
    version,
    files: files.map(({ file, url }) => {
      const bytes = readFileSync(file);
      const integrity = `sha256-${sha256(bytes).digest('base64')}`;
      return { url, integrity, sizeBytes: bytes.length, isLater: bytes.length > LATER_BYTES };
    }),
  };
}

/**
 * Writes service.js for what lies in a folder.
 *
 * @param {string} folder  the built app, absolute
 * @returns {Promise<import('../src/offline/release').Release>}
 */
export async function writeServiceWorker(folder) {
  const release = buildRelease(folder);
  const bundle = await rolldown({
    input: at(SOURCE),
    cwd: at(),
    platform: 'browser',
    tsconfig: at('tsconfig.workers.json'),
    transform: {
      target: 'es2023',
      define: { LOUPE_RELEASE: JSON.stringify(release), LOUPE_HEADERS: JSON.stringify(responseHeaders) },
    },
  });
  await bundle.write({ file: join(folder, 'service.js'), format: 'iife', minify: true, codeSplitting: false });
  await bundle.close();
  return release;
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
      await writeServiceWorker(folder);
    },
  };
}
