/** Keeps indexes in maps, as a browser keeps them in its database: cloned, by key, a half-written one invisible. */

import type { IndexCache, IndexChunk, IndexChunks } from '../engine/index-cache';
import type { IndexHead } from '../engine/index-head';

export interface MemoryIndexCache {
  readonly indexCache: IndexCache;
  readonly indexChunks: IndexChunks;
  /** By key. */
  readonly heads: Map<string, { id: string; head: IndexHead; sizeBytes: number }>;
  /** By `id/shard/part`. */
  readonly chunks: Map<string, IndexChunk>;
  /** Resolves with the key of the next index that is kept from now on. */
  whenWritten(): Promise<string>;
  /** Chunks read so far. */
  readonly readCount: () => number;
}

export interface MemoryIndexCacheOptions {
  /** Runs before a chunk is read, to make it late. */
  readonly onRead?: () => Promise<void>;
  /** Runs when a chunk was written. */
  readonly onWritten?: () => void;
}

export function createMemoryIndexCache({ onRead, onWritten }: MemoryIndexCacheOptions = {}): MemoryIndexCache {
  const heads: MemoryIndexCache['heads'] = new Map();
  const chunks: MemoryIndexCache['chunks'] = new Map();
  const waiting: ((key: string) => void)[] = [];
  let nextId = 1;
  let readCount = 0;

  function forget(id: string): void {
    for (const name of [...chunks.keys()]) if (name.startsWith(`${id}/`)) chunks.delete(name);
  }

  return {
    heads,
    chunks,
    readCount: () => readCount,
    whenWritten: () => new Promise((resolve) => waiting.push(resolve)),
    indexCache: {
      async mayHold(sizeBytes) {
        return [...heads.values()].some((held) => held.sizeBytes === sizeBytes);
      },
      async read(key) {
        const held = heads.get(key);
        return held === undefined ? null : structuredClone({ id: held.id, head: held.head });
      },
      async begin() {
        return `index-${nextId++}`;
      },
      async commit(key, id, head, { sourceBytes }) {
        const old = heads.get(key);
        if (old !== undefined) forget(old.id);
        heads.set(key, { id, head: structuredClone(head) as IndexHead, sizeBytes: sourceBytes });
        for (const tell of waiting.splice(0)) tell(key);
        return true;
      },
      async drop(which) {
        const id = 'id' in which ? which.id : heads.get(which.key)?.id;
        if ('key' in which) heads.delete(which.key);
        if (id !== undefined) forget(id);
      },
    },
    indexChunks: {
      async read({ index, shard, part }) {
        await onRead?.();
        readCount++;
        const chunk = chunks.get(`${index}/${shard}/${part}`);
        return chunk === undefined ? null : structuredClone(chunk);
      },
      async write({ index, shard, part }, chunk) {
        chunks.set(`${index}/${shard}/${part}`, structuredClone(chunk));
        onWritten?.();
      },
    },
  };
}
