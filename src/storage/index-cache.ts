/** Which indexes are kept: heads in IndexedDB, columns in files of the origin. Who was used longest ago goes first. */
import type { IndexCache } from '../engine/index-cache';
import { createIndexConnection, type IndexDatabase, type IndexUse, throwUnlessStorage } from './index-database';
import { hasIndexFiles, listIndexFolders, removeIndexFolder } from './index-files';

const GIB = 1024 ** 3;
/** One index is written at a time, whatever tabs are open: what is begun and not committed is nobody's. */
const WRITE_LOCK = 'loupe-index-write';
/** An index can be made again: it need not survive a power cut. */
const RELAXED = { durability: 'relaxed' } as const;

export interface IndexCacheOptions {
  /** Of this build: indexes of other builds are not read, and go first. */
  readonly version: string;
  /** Absent: a tenth of what the browser grants, 1 GiB at most. */
  readonly budgetBytes?: number;
  readonly now?: () => number;
}

export function createIndexCache({ version, budgetBytes, now = Date.now }: IndexCacheOptions): IndexCache {
  const connect = createIndexConnection();
  /** Ends the turn of the index that is being written. */
  let endTurn: (() => void) | undefined;
  /** Sizes of the sources there is an index of. Kept by hand: a source that has none is not to wait for a database. */
  let known = readSizes();

  async function readSizes(): Promise<Set<number>> {
    const uses = await attempt((database) => database.getAll('uses'), []);
    return new Set(uses.filter((use) => use.version === version).map((use) => use.sourceBytes));
  }

  /** What the database says, or `otherwise` when it is not to be had. */
  async function attempt<T>(work: (database: IndexDatabase) => Promise<T>, otherwise: T): Promise<T> {
    const database = await connect();
    if (database === null) return otherwise;
    try {
      return await work(database);
    } catch (error) {
      throwUnlessStorage(error);
      return otherwise;
    }
  }

  async function remove(database: IndexDatabase, gone: readonly IndexUse[]): Promise<void> {
    if (gone.length === 0) return;
    const transaction = database.transaction(['uses', 'heads'], 'readwrite', RELAXED);
    const requests = gone.flatMap(({ key, id }) => [
      transaction.objectStore('uses').delete(key),
      transaction.objectStore('heads').delete(id),
    ]);
    await Promise.all([...requests, transaction.done]);
    for (const { id } of gone) await removeIndexFolder(id);
  }

  /** Files of indexes that were begun by a page that is gone, or that could not be removed then. */
  async function sweep(uses: readonly IndexUse[]): Promise<void> {
    const ids = new Set(uses.map((use) => use.id));
    for (const id of await listIndexFolders()) if (!ids.has(id)) await removeIndexFolder(id);
  }

  async function makeRoom(database: IndexDatabase, indexBytes: number): Promise<boolean> {
    const limit = budgetBytes ?? (await defaultBudget());
    if (indexBytes > limit || !hasIndexFiles()) return false;
    const uses = await database.getAll('uses');
    await sweep(uses);
    const stale = uses.filter((use) => use.version !== version);
    const mine = uses.filter((use) => use.version === version).sort((a, b) => a.usedAt - b.usedAt);
    let used = mine.reduce((sum, use) => sum + use.indexBytes, 0);
    while (used + indexBytes > limit) {
      const oldest = mine.shift() as IndexUse;
      used -= oldest.indexBytes;
      stale.push(oldest);
    }
    await remove(database, stale);
    if (stale.length > 0) known = readSizes();
    return true;
  }

  /** Waits until no tab writes an index, and keeps others waiting until `endTurn`. */
  function takeTurn(): Promise<void> {
    return new Promise((resolve) => {
      const turn = new Promise<void>((end) => {
        endTurn = end;
      });
      void navigator.locks.request(WRITE_LOCK, () => {
        resolve();
        return turn;
      });
    });
  }

  return {
    async mayHold(sizeBytes) {
      return (await known).has(sizeBytes);
    },

    read: (key) =>
      attempt(async (database) => {
        const use = await database.get('uses', key);
        if (use === undefined || use.version !== version) return null;
        const head: unknown = await database.get('heads', use.id);
        // Nobody waits for the note that it was used.
        void attempt((db) => db.put('uses', { ...use, usedAt: now() }), '');
        return { id: use.id, head };
      }, null),

    async begin(indexBytes) {
      endTurn?.();
      await takeTurn();
      const hasRoom = await attempt((database) => makeRoom(database, indexBytes), false);
      if (hasRoom) return `${now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
      endTurn?.();
      return null;
    },

    async commit(key, id, head, { sourceBytes, indexBytes }) {
      const isKept = await attempt(async (database) => {
        const old = await database.get('uses', key);
        const transaction = database.transaction(['uses', 'heads'], 'readwrite', RELAXED);
        const heads = transaction.objectStore('heads');
        const requests: Promise<unknown>[] = [
          heads.put(head, id),
          transaction.objectStore('uses').put({ key, version, id, sourceBytes, indexBytes, usedAt: now() }),
        ];
        if (old !== undefined) requests.push(heads.delete(old.id));
        await Promise.all([...requests, transaction.done]);
        if (old !== undefined) await removeIndexFolder(old.id);
        return true;
      }, false);
      if (isKept) (await known).add(sourceBytes);
      endTurn?.();
      return isKept;
    },

    async drop(which) {
      if ('id' in which) await removeIndexFolder(which.id);
      else
        await attempt(async (database) => {
          const use = await database.get('uses', which.key);
          if (use !== undefined) await remove(database, [use]);
        }, undefined);
      if ('id' in which) endTurn?.();
    },
  };
}

async function defaultBudget(): Promise<number> {
  const { quota = 0 } = await navigator.storage.estimate();
  return Math.min(GIB, quota / 10);
}
