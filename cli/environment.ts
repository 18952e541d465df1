/** Node as a place for the engine: threads, files, a temporary folder. */
import { readFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';

import { wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';

import { Fault } from '../src/base/fault';
import { digestOf, fingerprintOf } from '../src/places/digests';
import { installFaultWire } from '../src/bridge/fault-wire';
import { defaultBudgetBytes } from '../src/engine/budget';
import type { Environment, ShardHandle } from '../src/engine/environment';
import { hasSimd } from '../src/engine/kernels/simd';
import type { ShardApi } from '../src/engine/shard/shard-api';
import { createGzipUnpacker } from '../src/unpackers/gzip';
import { openBytes } from './open-bytes';
import type { TempFolder } from './temp-folder';

// More than eight only wait for memory and the disk.
const MAX_WORKERS = 8;

/**
 * @param wanted  LOUPE_WORKERS as it was set
 * @returns how many shard workers to run, or undefined when `wanted` is no whole number from 1 to 64
 */
export function readWorkerCount(wanted: string | undefined): number | undefined {
  if (wanted === undefined || wanted === '') return Math.min(availableParallelism(), MAX_WORKERS);
  const count = Number(wanted);
  return /^\d+$/.test(wanted) && count >= 1 && count <= 64 ? count : undefined;
}

export interface NodeEnvironmentOptions {
  readonly workerCount: number;
  readonly temp: TempFolder;
}

export function createNodeEnvironment({ workerCount, temp }: NodeEnvironmentOptions): Environment {
  installFaultWire();
  const isFast = hasSimd();
  let kernels: Promise<WebAssembly.Module> | undefined;
  const gzip = createGzipUnpacker(openBytes);

  let spawned = 0;

  return {
    workerCount,
    async spawnShard() {
      if (isFast)
        kernels ??= readFile(new URL('./kernels.wasm', import.meta.url)).then((bytes) => WebAssembly.compile(bytes));
      const shard = startShard();
      spawned += 1;
      try {
        // A worker that cannot start never answers.
        const isDead = shard.died.then((reason) => Promise.reject(new Fault('worker-died', reason)));
        await Promise.race([shard.api.init({ module: await kernels, worker: spawned - 1 }), isDead]);
      } catch (error) {
        shard.end();
        throw error;
      }
      return shard;
    },
    openBytes,
    unpacker: (kind) => (kind === 'gzip' ? gzip : undefined),
    spill: { put: (bytes) => temp.put(bytes), drop: (ref) => temp.drop(ref) },
    fingerprint: fingerprintOf,
    digest: (ref, onProgress, signal) => digestOf(openBytes(ref), onProgress, signal),
    now: () => Date.now(),
    budgetBytes: defaultBudgetBytes(totalmem() / 1024 ** 3),
    isInteractive: false,
    kernels: isFast ? 'simd' : 'portable',
  };
}

/** Messages sent before the thread's script listens are kept by the system. */
function startShard(): ShardHandle {
  const worker = new Worker(new URL('./shard.worker.js', import.meta.url));
  let isEnded = false;
  const died = new Promise<string>((resolve) => {
    const tell = (reason: string) => {
      if (!isEnded) resolve(reason);
    };
    worker.on('error', (error) => tell(error.message));
    worker.on('messageerror', (error) => tell(`a message could not be read: ${error.message}`));
    worker.on('exit', (code) => tell(`it ended with status ${code}`));
  });
  return {
    api: wrap<ShardApi>(nodeEndpoint(worker)) as unknown as ShardApi,
    died,
    end() {
      isEnded = true;
      void worker.terminate();
    },
  };
}
