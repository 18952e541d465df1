/** The engine without threads, for tests: shards live in the same thread, sources in memory. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { Fault } from '../base/fault';
import type { EngineApi, SourceInput } from '../engine/api';
import type { Environment, ShardHandle } from '../engine/environment';
import { createEngine } from '../engine/host';
import type { IndexCache, IndexFiles } from '../engine/index-cache';
import type { EngineTuning } from '../engine/opening';
import { createShardHost } from '../engine/shard/shard-host';
import type { BytesRef, ByteSource } from '../engine/source/byte-source';
import { openMemory } from '../engine/source/memory-source';

let module: WebAssembly.Module | undefined;

export function kernelsModule(): WebAssembly.Module {
  // From the project's root, where vitest and `npm run soak` run: a bundle lies elsewhere than this file.
  module ??= new WebAssembly.Module(readFileSync('src/engine/kernels/kernels.wasm'));
  return module;
}

export interface InProcessOptions {
  readonly workers?: number;
  readonly tuning?: Partial<EngineTuning>;
  readonly isPortable?: boolean;
  /** Replaces how bytes are opened, to make files change or vanish. */
  readonly openBytes?: (ref: BytesRef) => ByteSource;
  /** Told each shard worker as it starts, to kill it. */
  readonly onSpawn?: (shard: { handle: ShardHandle; die: (reason: string) => void }) => void;
  readonly hasSpill?: boolean;
  /** Warms up, and brings bytes into memory behind opening. */
  readonly isInteractive?: boolean;
  /** Where indexes are kept; engines that are given the same one find each other's. */
  readonly cache?: { readonly indexCache: IndexCache; readonly indexFiles: IndexFiles };
}

export function inProcessEnvironment(options: InProcessOptions = {}): Environment {
  const openBytes = options.openBytes ?? openMemoryRef;
  const spilled = new Set<BytesRef>();
  return {
    workerCount: options.workers ?? 2,
    budgetBytes: 1024 * 1024 * 1024,
    isInteractive: options.isInteractive ?? false,
    kernels: options.isPortable === true ? 'portable' : 'simd',
    async spawnShard() {
      const host = createShardHost({ openBytes, indexFiles: options.cache?.indexFiles });
      await host.init({ module: options.isPortable === true ? undefined : kernelsModule(), worker: 0 });
      let isEnded = false;
      // A worker that is gone answers nothing any more: its calls stay pending for ever.
      const api = new Proxy(host, {
        get:
          (target, name: keyof typeof host) =>
          (...args: never[]) =>
            isEnded
              ? new Promise(() => undefined)
              : (target[name] as (...args: never[]) => Promise<unknown>)(...args).then((value) =>
                  isEnded ? new Promise(() => undefined) : value,
                ),
      });
      let die: (reason: string) => void = () => undefined;
      const died = new Promise<string>((resolve) => {
        die = (reason) => {
          isEnded = true;
          resolve(reason);
        };
      });
      const handle: ShardHandle = {
        api,
        died,
        end: () => {
          isEnded = true;
        },
      };
      options.onSpawn?.({ handle, die });
      return handle;
    },
    openBytes,
    unpacker: () => ({
      async unpack(ref, sink) {
        const source = openBytes(ref);
        const bytes = new Uint8Array(gunzipSync(await source.read(0, source.size)));
        await sink.segment(bytes, source.size);
      },
    }),
    spill:
      options.hasSpill === false
        ? undefined
        : {
            async put(bytes) {
              const ref: BytesRef = { kind: 'memory', bytes: bytes.slice(), size: bytes.length };
              spilled.add(ref);
              return ref;
            },
            async drop(ref) {
              spilled.delete(ref);
            },
          },
    ...(options.cache === undefined ? {} : { indexCache: options.cache.indexCache }),
    fingerprint: async (bytes) => createHash('sha1').update(bytes).digest('hex').slice(0, 16),
    digest: async () => {
      throw new Fault('unsupported', 'no digests in process');
    },
    now: () => Date.now(),
  };
}

function openMemoryRef(ref: BytesRef): ByteSource {
  if (ref.kind !== 'memory') throw new Error('tests hold their sources in memory');
  return openMemory(ref.bytes);
}

export function inProcessEngine(options: InProcessOptions = {}): Promise<EngineApi> {
  return createEngine(inProcessEnvironment(options), options.tuning);
}

export function textInput(text: string | Uint8Array, more: Partial<SourceInput> = {}): SourceInput {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return {
    name: 'test.log',
    bytes: { kind: 'memory', bytes, size: bytes.length },
    lastModified: Date.UTC(2025, 5, 15, 12),
    ...more,
  };
}
