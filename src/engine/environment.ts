/** What differs by place (page worker, Node, test), handed to the engine by its door. */

import type { BytesRef, ByteSource } from './source/byte-source';
import type { IndexCache } from './index-cache';
import type { ShardApi } from './shard/shard-api';

/** Looked at now and then by long work; an AbortSignal fits. */
export interface StopSignal {
  readonly aborted: boolean;
}

/** A live shard worker. `end` terminates it at once; `died` resolves when it is gone by itself (crash), never on `end`. */
export interface ShardHandle {
  readonly api: ShardApi;
  readonly died: Promise<string>;
  end(): void;
}

/** Events of a running decompression, in order. Segments are cut at line ends where the lines allow (see `cutSegments`). */
export interface UnpackSink {
  /** `bytes` is handed over (transferred). `packedBytes`: how much of the input is consumed so far. Resolve to let the next come (back-pressure). */
  segment(bytes: Uint8Array, packedBytes: number): Promise<void>;
}

export interface Unpacker {
  /** Inflates all of `ref` into `sink` in order. Rejects with Fault `archive-damaged` after delivering what could be read. */
  unpack(ref: BytesRef, sink: UnpackSink, signal: StopSignal): Promise<void>;
}

/** Digests of a source's original bytes, lower-case hex. */
export interface Digests {
  readonly blake3: string;
  readonly sha256: string;
}

export interface Environment {
  /** How many shard workers to run (cores, at least 1). */
  readonly workerCount: number;
  /** What sources may take of memory unless `configure` says otherwise, bytes. */
  readonly budgetBytes: number;
  spawnShard(): Promise<ShardHandle>;
  openBytes(ref: BytesRef): ByteSource;
  /** Kinds by their magic bytes, e.g. `gzip`; undefined where this place cannot unpack. */
  unpacker(kind: 'gzip'): Unpacker | undefined;
  /** Keeps bytes outside memory (OPFS, a temp file) until `drop`; undefined where there is no such place. */
  readonly spill: { put(bytes: Uint8Array): Promise<BytesRef>; drop(ref: BytesRef): Promise<void> } | undefined;
  /** Indexes kept from one run to the next; absent: every source is read from its bytes. */
  readonly indexCache?: IndexCache;
  /** XXH3-64 of the given bytes, hex; cheap. */
  fingerprint(bytes: Uint8Array): Promise<string>;
  /** Runs beside the parse, at low priority; undefined where hashing is not set up. */
  digest(ref: BytesRef, onProgress: (doneBytes: number) => void, signal: StopSignal): Promise<Digests>;
  /** Monotonic enough to measure with, and EpochMs: `Date.now`. */
  now(): number;
  /** A person waits for the first file: get the code warm before it comes. */
  readonly isInteractive: boolean;
  /** Which kernels its shards run. */
  readonly kernels: 'simd' | 'portable';
}
