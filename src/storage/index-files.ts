/**
 * Columns of indexes in the origin's private file system, a folder for each index and a file for each shard. A worker reads
 * such a file straight into its memory, some six times as fast as a value of IndexedDB (docs/decisions/0020-index-cache.md).
 */
import { Fault } from '../base/fault';
import type { IndexFile, IndexFiles } from '../engine/index-cache';
import { throwUnlessStorage } from './index-database';

export const INDEX_FOLDER = 'index';
/** A file that cannot be had within this is left: reading the bytes it stands for takes no longer. */
const OPENED_WITHIN_MS = 5000;

interface SyncAccess {
  getSize(): number;
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  close(): void;
}

/** Only workers have it, and the page's types do not know it. */
interface WithSyncAccess {
  /** Browsers that do not know the mode let one at a time have the file. */
  createSyncAccessHandle(options: { mode: 'read-only' | 'readwrite' }): Promise<SyncAccess>;
}

// Chromium 156 forgets a pending createSyncAccessHandle when its file handle is collected: the promise never settles (2026-11,
// 37 of 40 times with forced collections, one opening of a gigabyte in ten without). So handles are held until it has.
const underWay = new Set<WithSyncAccess>();

async function openAccess(file: WithSyncAccess, mode: 'read-only' | 'readwrite'): Promise<SyncAccess> {
  underWay.add(file);
  try {
    return await file.createSyncAccessHandle({ mode });
  } finally {
    underWay.delete(file);
  }
}

/** Null when it comes too late; then nobody keeps it. */
function inTime(opening: Promise<SyncAccess>): Promise<SyncAccess | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve(null);
      opening.then(
        (access) => access.close(),
        () => undefined, // nobody waits for it any more
      );
    }, OPENED_WITHIN_MS);
    opening.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** False where there is no such file system (private windows of some browsers). */
export function hasIndexFiles(): boolean {
  return typeof navigator.storage?.getDirectory === 'function';
}

async function openFolder(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(INDEX_FOLDER, { create: true });
}

/** What a file system that fails says comes to nothing. */
async function attempt<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  if (!hasIndexFiles()) return otherwise;
  try {
    return await work();
  } catch (error) {
    throwUnlessStorage(error);
    return otherwise;
  }
}

/** Ids of the indexes that have files. */
export function listIndexFolders(): Promise<string[]> {
  return attempt(async () => {
    const ids: string[] = [];
    for await (const id of (await openFolder()).keys()) ids.push(id);
    return ids;
  }, []);
}

/** What is being read stays, until it is swept. */
export function removeIndexFolder(id: string): Promise<void> {
  return attempt(async () => (await openFolder()).removeEntry(id, { recursive: true }), undefined);
}

/** @returns false when a tab is just reading or writing one: it is swept by the next that writes */
export function removeAllIndexFiles(): Promise<boolean> {
  if (!hasIndexFiles()) return Promise.resolve(true);
  return attempt(async () => {
    const root = await navigator.storage.getDirectory();
    const names: string[] = [];
    for await (const name of root.keys()) names.push(name);
    if (names.includes(INDEX_FOLDER)) await root.removeEntry(INDEX_FOLDER, { recursive: true });
    return true;
  }, false);
}

/** For a shard worker: each reads and writes the files of its own shards. */
export function createIndexFiles(): IndexFiles {
  /** The shards of a source follow each other: the way to their folder is gone once. */
  let last: { index: string; folder: Promise<FileSystemDirectoryHandle> } | undefined;

  async function fileOf(index: string, shard: number, create: boolean): Promise<WithSyncAccess> {
    if (last?.index !== index) {
      const folder = openFolder().then((all) => all.getDirectoryHandle(index, { create }));
      last = { index, folder };
      folder.catch(() => {
        if (last?.folder === folder) last = undefined; // told below; it may be there the next time
      });
    }
    const handle: unknown = await (await last.folder).getFileHandle(`${shard}`, { create });
    return handle as WithSyncAccess;
  }

  return {
    open: ({ index, shard }) =>
      attempt<IndexFile | null>(async () => {
        const access = await inTime(openAccess(await fileOf(index, shard, false), 'read-only'));
        if (access === null) return null;
        return {
          size: access.getSize(),
          read(into, at) {
            try {
              return access.read(into, { at });
            } catch (error) {
              throwUnlessStorage(error);
              return 0;
            }
          },
          close: () => access.close(),
        };
      }, null),

    async write({ index, shard }, offset, pieces) {
      try {
        const access = await openAccess(await fileOf(index, shard, true), 'readwrite');
        try {
          if (offset === 0) access.truncate(0);
          let at = offset;
          for (const piece of pieces()) {
            if (access.write(piece, { at }) < piece.length) throw new DOMException('no room', 'QuotaExceededError');
            at += piece.length;
          }
        } finally {
          access.close();
        }
      } catch (cause) {
        if (cause instanceof Fault) throw cause;
        throwUnlessStorage(cause);
        throw new Fault('storage-full', `a part of an index could not be kept: ${cause.message}`, { cause });
      }
    },
  };
}
