/** The browser as a place for the engine: workers, Files, OPFS. Runs in the engine's worker. */
import { transfer, wrap } from 'comlink';

import type { Environment, ShardHandle, Unpacker } from '../engine/environment';
import { hasSimd } from '../engine/kernels/simd';
import type { ShardApi } from '../engine/shard/shard-api';
import type { BytesRef } from '../engine/source/byte-source';
import { openBytes } from './blob-source';
import { createSpill } from './opfs-spill';
import type { HashDoor } from './hash-door';
import type { UnpackDoor } from './unpack-door';

/** More than this only wait for memory. */
const MAX_WORKERS = 8;

/** How this place starts its workers and finds its kernels; handed in by the door, since a bundler must see the addresses. */
export interface BrowserParts {
  startShard(): Worker;
  startHash(): Worker;
  startUnpack(): Worker;
  readonly kernelsUrl: string;
}

export function createBrowserEnvironment(parts: BrowserParts): Environment {
  const isFast = hasSimd();
  let module: Promise<WebAssembly.Module> | undefined;
  let hash: { door: HashDoor } | undefined;

  function hashDoor(): HashDoor {
    hash ??= { door: wrap<HashDoor>(parts.startHash()) as unknown as HashDoor };
    return hash.door;
  }

  return {
    workerCount: Math.max(1, Math.min(navigator.hardwareConcurrency || 2, MAX_WORKERS)),
    kernels: isFast ? 'simd' : 'portable',
    async spawnShard() {
      if (isFast) module ??= WebAssembly.compileStreaming(fetch(parts.kernelsUrl));
      const handle = startShard(parts.startShard());
      await Promise.race([handle.api.init({ module: isFast ? await module : undefined, worker: 0 }), handle.died.then((reason) => Promise.reject(new Error(reason)))]);
      return handle;
    },
    openBytes,
    unpacker: (kind) => (kind === 'gzip' ? createUnpacker(parts) : undefined),
    spill: createSpill(),
    fingerprint: (bytes) => hashDoor().fingerprint(transfer(bytes, [bytes.buffer])),
    digest: (ref) => hashDoor().digest(ref),
    now: () => Date.now(),
  };
}

function startShard(worker: Worker): ShardHandle {
  const died = new Promise<string>((resolve) => {
    worker.addEventListener('error', (event) => resolve(event.message || 'a shard worker could not be loaded'));
    worker.addEventListener('messageerror', () => resolve('a message could not be read'));
  });
  return { api: wrap<ShardApi>(worker) as unknown as ShardApi, died, end: () => worker.terminate() };
}

/** One worker per unpacking, ended with it: inflating is all it does. */
function createUnpacker(parts: BrowserParts): Unpacker {
  return {
    async unpack(ref: BytesRef, sink, signal) {
      const worker = parts.startUnpack();
      try {
        const door = wrap<UnpackDoor>(worker) as unknown as UnpackDoor;
        await door.begin(ref);
        for (;;) {
          if (signal.aborted) return;
          const segment = await door.next();
          if (segment === null) return;
          await sink.segment(segment.bytes, segment.packedBytes);
        }
      } finally {
        worker.terminate();
      }
    },
  };
}
