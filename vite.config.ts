/** The app: a Solid page, module workers, one service worker, all of it in dist/app. */
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

import { cspPlugin, responseHeaders } from './scripts/csp.mjs';
import { serviceWorkerPlugin } from './scripts/service-worker.mjs';
import { trustedTypesPlugin } from './scripts/trusted-types.mjs';

export default defineConfig({
  plugins: [solid(), trustedTypesPlugin(), cspPlugin(), serviceWorkerPlugin()],
  // Relative addresses: the built folder works below any path of any static host.
  base: './',
  // One page. An unknown address is a 404, not the page again: a missing worker or kernel should say so.
  appType: 'mpa',
  worker: { format: 'es' },
  build: {
    outDir: 'dist/app',
    target: 'es2023',
    sourcemap: true,
    // Files stay files: the policy lets neither fetch nor a worker read a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { host: 'localhost' },
  preview: { host: 'localhost', headers: responseHeaders },
});
