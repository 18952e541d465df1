/** Keeps indexes in maps, as a browser keeps them: cloned, by key, a half-written one invisible. */

import type { IndexCache, IndexFiles } from '../engine/index-cache';
import type { IndexHead } from '../engine/index-head';

export interface MemoryIndexCache {
  readonly indexCache: IndexCache;
  readonly indexFiles: IndexFiles;
  /** By key. */
  readonly heads: Map<string, { id: string; head: IndexHead; sizeBytes: number }>;
  /** By `id/shard`. */
  readonly files: Map<string, Uint8Array>;
  /** Resolves with the key of the next index that is kept from now on. */
  whenWritten(): Promise<string>;
  /** Files opened so far. */
  readonly openCount: () => number;
}

export interface MemoryIndexCacheOptions {
  /** Runs before a file is opened, to make it late. */
  readonly onOpen?: () => Promise<void>;
  /** Runs when a part was written. */
  readonly onWritten?: () => void;
}

export function createMemoryIndexCache({ onOpen, onWritten }: MemoryIndexCacheOptions = {}): MemoryIndexCache {
  const heads: MemoryIndexCache['heads'] = new Map();
  const files: MemoryIndexCache['files'] = new Map();
  const waiting: ((key: string) => void)[] = [];
  let nextId = 1;
  let openCount = 0;

  function forget(id: string): void {
    for (const name of [...files.keys()]) if (name.startsWith(`${id}/`)) files.delete(name);
  }

  return {
    heads,
    files,
    openCount: () => openCount,
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
    indexFiles: {
      async open({ index, shard }) {
        await onOpen?.();
        openCount++;
        const bytes = files.get(`${index}/${shard}`);
        if (bytes === undefined) return null;
        return {
          size: bytes.length,
          read(into, at) {
            const found = bytes.subarray(at, at + into.length);
            into.set(found);
            return found.length;
          },
          close: () => undefined,
        };
      },
      async write({ index, shard }, offset, pieces) {
        const name = `${index}/${shard}`;
        await Promise.resolve(); // as a file that is opened
        const before = offset === 0 ? new Uint8Array(0) : (files.get(name) as Uint8Array);
        if (before.length !== offset) throw new Error(`${name} ends at ${before.length}, not at ${offset}`);
        files.set(name, new Uint8Array(Buffer.concat([before, ...pieces()])));
        onWritten?.();
      },
    },
  };
}
