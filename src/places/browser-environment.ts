/** The browser as a place for the engine: workers, Files, OPFS. Runs in the engine's worker. */
import { wrap } from 'comlink';

import type { Environment, ShardHandle, Unpacker } from '../engine/environment';
import { defaultBudgetBytes } from '../engine/budget';
import type { IndexCache } from '../engine/index-cache';
import { hasSimd } from '../engine/kernels/simd';
import type { ShardApi } from '../engine/shard/shard-api';
import type { BytesRef } from '../engine/source/byte-source';
import { openBytes } from './blob-source';
import { raceDeath } from '../bridge/fault-wire';
import { fingerprintOf } from './digests';
import { createSpill } from './opfs-spill';
import { createHashClient, type HashClient } from './hash-door';
import type { UnpackDoor } from './unpack-door';

/** More than this only wait for memory. */
const MAX_WORKERS = 8;

/** How this place starts its workers and finds its kernels; handed in by the door, since a bundler must see the addresses. */
export interface BrowserParts {
  startShard(): Worker;
  startHash(): Worker;
  startUnpack(): Worker;
  readonly kernelsUrl: string;
  readonly indexCache: IndexCache;
}

export function createBrowserEnvironment(parts: BrowserParts): Environment {
  const isFast = hasSimd();
  let module: Promise<WebAssembly.Module> | undefined;
  let hash: HashClient | undefined;

  function hashClient(): HashClient {
    if (hash === undefined) {
      const worker = parts.startHash();
      const died = deathOf(worker);
      void died.then(() => {
        worker.terminate();
        hash = undefined; // the next one to ask starts another
      });
      hash = createHashClient(worker, died);
    }
    return hash;
  }

  function compileKernels(): Promise<WebAssembly.Module> {
    module ??= WebAssembly.compileStreaming(fetch(parts.kernelsUrl)).catch((error: unknown) => {
      module = undefined; // a fetch that failed may succeed when a worker is started again
      throw error;
    });
    return module;
  }

  return {
    workerCount: Math.max(1, Math.min(navigator.hardwareConcurrency || 2, MAX_WORKERS)),
    budgetBytes: defaultBudgetBytes((navigator as { deviceMemory?: number }).deviceMemory),
    isInteractive: true,
    kernels: isFast ? 'simd' : 'portable',
    async spawnShard() {
      const kernels = isFast ? compileKernels() : undefined;
      const handle = startShard(parts.startShard());
      try {
        await raceDeath(handle.api.init({ module: await kernels, worker: 0 }), handle.died);
      } catch (error) {
        handle.end();
        throw error;
      }
      return handle;
    },
    openBytes,
    unpacker: (kind) => (kind === 'gzip' ? createUnpacker(parts) : undefined),
    spill: createSpill(),
    indexCache: parts.indexCache,
    // Here: 2 MiB are hashed sooner than a worker has started, and a source that is opened again waits for it.
    fingerprint: fingerprintOf,
    digest: (ref, onProgress, signal) => hashClient().digest(ref, onProgress, signal),
    now: () => Date.now(),
  };
}

/** Resolves when a worker is gone by itself. */
function deathOf(worker: Worker): Promise<string> {
  return new Promise((resolve) => {
    worker.addEventListener('error', (event) => resolve(event.message || 'a worker could not be loaded'));
    worker.addEventListener('messageerror', () => resolve('a message could not be read'));
  });
}

function startShard(worker: Worker): ShardHandle {
  return { api: wrap<ShardApi>(worker) as unknown as ShardApi, died: deathOf(worker), end: () => worker.terminate() };
}

/** One worker per unpacking, ended with it: inflating is all it does. */
function createUnpacker(parts: BrowserParts): Unpacker {
  return {
    async unpack(ref: BytesRef, sink, signal) {
      const worker = parts.startUnpack();
      try {
        const door = wrap<UnpackDoor>(worker) as unknown as UnpackDoor;
        const died = deathOf(worker);
        await raceDeath(door.begin(ref), died);
        for (;;) {
          if (signal.aborted) return;
          const segment = await raceDeath(door.next(), died);
          if (segment === null) return;
          await sink.segment(segment.bytes, segment.packedBytes);
        }
      } finally {
        worker.terminate();
      }
    },
  };
}
