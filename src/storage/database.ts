/** The database `loupe`: its stores, and how each version came out of the one before. */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';

import type { StoredAnalysis, StoredHead, StoredMark, StoredSource, StoredWorkspace, StoreTrouble } from './stored';

export interface LoupeSchema extends DBSchema {
  workspaces: { key: string; value: StoredWorkspace };
  /** Keyed by workspace and key of the source. */
  sources: { key: [string, string]; value: StoredSource };
  /** Keyed by workspace, key of the source and offset: a row each, so that two tabs cannot lose each other's. */
  marks: { key: [string, string, number]; value: StoredMark };
  heads: { key: string; value: StoredHead };
  /** Keyed by workspace and id. */
  analyses: { key: [string, string]; value: StoredAnalysis };
}

export type Database = IDBPDatabase<LoupeSchema>;
type UpgradeTransaction = IDBPTransaction<LoupeSchema, StoreNames<LoupeSchema>[], 'versionchange'>;

export const DATABASE_NAME = 'loupe';

/** Upgrade `n` (from 0) makes version `n + 1` of version `n`. What has been released is never changed: add another. */
export const UPGRADES: readonly ((database: Database, transaction: UpgradeTransaction) => void)[] = [
  (database) => {
    database.createObjectStore('workspaces', { keyPath: 'id' });
    database.createObjectStore('sources', { keyPath: ['workspace', 'key'] });
    database.createObjectStore('marks', { keyPath: ['workspace', 'source', 'offset'] });
  },
  (database) => {
    database.createObjectStore('heads', { keyPath: 'workspace' });
  },
  (database) => {
    database.createObjectStore('analyses', { keyPath: ['workspace', 'id'] });
  },
];

/**
 * @param onTrouble  told when the database cannot be had, or has to be given up later
 * @param onGone     told when the browser itself closed it later: site data were deleted, or the disk is full
 * @returns null when it cannot be had; while another tab blocks it, the promise waits
 */
export async function openDatabase(
  onTrouble: (trouble: StoreTrouble) => void,
  onGone: () => void = () => onTrouble('unavailable'),
): Promise<Database | null> {
  if (typeof indexedDB === 'undefined') {
    onTrouble('unavailable');
    return null;
  }
  try {
    const database = await openDB<LoupeSchema>(DATABASE_NAME, UPGRADES.length, {
      upgrade(db, oldVersion, _, transaction) {
        for (const upgrade of UPGRADES.slice(oldVersion)) upgrade(db, transaction);
      },
      blocked: () => onTrouble('blocked'),
      blocking(_, wantedVersion) {
        // A newer Loupe in another tab waits for this one to let go: its needs go first, since it was opened later. No
        // version is wanted where all is deleted.
        database.close();
        onTrouble(wantedVersion === null ? 'deleted' : 'outdated');
      },
      terminated: onGone,
    });
    return database;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    // VersionError: made by a newer version. Others (SecurityError, InvalidStateError, UnknownError): it is refused.
    onTrouble(error.name === 'VersionError' ? 'newer' : 'unavailable');
    return null;
  }
}
