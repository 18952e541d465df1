/** Door to the engine: puts EngineApi on this thread. No logic lives here. */
import { expose } from 'comlink';

import { createBrowserEnvironment } from '../src/places/browser-environment';
import { whenReady } from '../src/places/when-ready';
import { installFaultWire } from '../src/bridge/fault-wire';
import { allowOwnScripts } from '../src/bridge/own-scripts';
import { createEngine } from '../src/engine/host';
import { createIndexCache } from '../src/storage/index-cache';
import kernelsUrl from '../src/engine/kernels/kernels.wasm?url';

installFaultWire();
if (import.meta.env.PROD) allowOwnScripts(import.meta.url);
const environment = createBrowserEnvironment({
  startShard: () => new Worker(new URL('./shard.worker.ts', import.meta.url), { type: 'module' }),
  startHash: () => new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' }),
  startUnpack: () => new Worker(new URL('./unpack.worker.ts', import.meta.url), { type: 'module' }),
  kernelsUrl,
  // Its address holds a hash of all that makes an index: the engine's code, and the addresses of workers and kernels.
  indexCache: createIndexCache({ version: import.meta.url }),
});
expose(whenReady(createEngine(environment)));
