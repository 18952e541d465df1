/** The database `loupe-cache`: which indexes are kept, and their heads. All of it can be thrown away; nothing else is here. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

export interface IndexSchema extends DBSchema {
  /** What is kept, a small row each: read as a whole. */
  uses: { key: string; value: IndexUse };
  /** By id of the index. */
  heads: { key: string; value: unknown };
}

export interface IndexUse {
  readonly key: string;
  /** Which build of Loupe wrote it: another one does not read it. */
  readonly version: string;
  readonly id: string;
  readonly sourceBytes: number;
  readonly indexBytes: number;
  /** EpochMs. */
  readonly usedAt: number;
}

export type IndexDatabase = IDBPDatabase<IndexSchema>;

export const INDEX_DATABASE_NAME = 'loupe-cache';

/** Upgrade `n` (from 0) makes version `n + 1` of version `n`. */
export const INDEX_UPGRADES: readonly ((database: IndexDatabase) => void)[] = [
  (database) => {
    database.createObjectStore('uses', { keyPath: 'key' });
    database.createObjectStore('heads');
  },
];

/** One connection for as long as it lasts; asked for anew when it was lost or given up for a newer Loupe in another tab. */
export function createIndexConnection(): () => Promise<IndexDatabase | null> {
  let opened: Promise<IndexDatabase | null> | undefined;

  async function open(): Promise<IndexDatabase | null> {
    if (typeof indexedDB === 'undefined') return null;
    try {
      const database = await openDB<IndexSchema>(INDEX_DATABASE_NAME, INDEX_UPGRADES.length, {
        upgrade(db, oldVersion) {
          for (const upgrade of INDEX_UPGRADES.slice(oldVersion)) upgrade(db);
        },
        blocking() {
          database.close();
          opened = undefined;
        },
        terminated() {
          opened = undefined;
        },
      });
      return database;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return null; // a private window, a blocked site, a newer version's database: nothing is kept
    }
  }

  return () => {
    opened ??= open();
    return opened;
  };
}

/** What a storage that fails may say; anything else is a bug. */
export function throwUnlessStorage(error: unknown): asserts error is DOMException {
  if (!(error instanceof DOMException) || error.name === 'DataCloneError') throw error;
}
