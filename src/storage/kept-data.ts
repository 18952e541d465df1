/** What the browser keeps for Loupe between visits: how much of what, and deleting it. */
import { type Database, DATABASE_NAME, openDatabase } from './database';
import { INDEX_DATABASE_NAME } from './index-database';
import { INDEX_FOLDER, removeAllIndexFiles } from './index-files';

export type KeptKind = 'settings' | 'workspaces' | 'analyses' | 'indexes' | 'unpacked' | 'app';

export interface KeptPart {
  readonly kind: KeptKind;
  /** null: the browser does not tell. */
  readonly bytes: number | null;
}

export interface KeptData {
  readonly parts: readonly KeptPart[];
  /** What this site may use; null: the browser does not tell. */
  readonly quotaBytes: number | null;
}

/** Keys of localStorage that are ours: other pages may live at the same origin. */
const OUR_KEY = /^loupe\./;
const SPILL_FOLDER = 'spill';

/** Chromium tells how much each kind of storage holds; the standard does not know it. */
interface DetailedEstimate extends StorageEstimate {
  usageDetails?: { indexedDB?: number; caches?: number };
}

export async function measureKeptData(
  storage: Pick<Storage, 'length' | 'key' | 'getItem'> | undefined,
): Promise<KeptData> {
  const estimate: DetailedEstimate = (await navigator.storage?.estimate?.()) ?? {};
  const analysisBytes = await measureAnalyses();
  const databaseBytes = estimate.usageDetails?.indexedDB ?? (estimate.usageDetails ? 0 : null);
  return {
    parts: [
      { kind: 'settings', bytes: storage ? measureSettings(storage) : 0 },
      { kind: 'workspaces', bytes: databaseBytes === null ? null : Math.max(0, databaseBytes - analysisBytes) },
      { kind: 'analyses', bytes: analysisBytes },
      { kind: 'indexes', bytes: await measureFiles(INDEX_FOLDER) },
      { kind: 'unpacked', bytes: await measureFiles(SPILL_FOLDER) },
      { kind: 'app', bytes: estimate.usageDetails?.caches ?? (estimate.usageDetails ? 0 : null) },
    ],
    quotaBytes: estimate.quota ?? null,
  };
}

/** Their bodies, which are nearly all of them. */
async function measureAnalyses(): Promise<number> {
  // Whoever keeps workspaces has told of trouble already; an older tab in the way is not waited for.
  const database = await new Promise<Database | null>((resolve, reject) => {
    openDatabase((trouble) => trouble === 'blocked' && resolve(null)).then(resolve, reject);
  });
  if (!database) return 0;
  try {
    let sum = 0;
    let cursor = await database.transaction('analyses').store.openCursor();
    while (cursor) {
      sum += cursor.value.body.size;
      cursor = await cursor.continue();
    }
    return sum;
  } finally {
    database.close();
  }
}

function ourKeys(storage: Pick<Storage, 'length' | 'key'>): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) =>
    OUR_KEY.test(key),
  );
}

/** Two bytes a UTF-16 unit, keys too. */
function measureSettings(storage: Pick<Storage, 'length' | 'key' | 'getItem'>): number {
  return ourKeys(storage).reduce((sum, key) => sum + 2 * (key.length + (storage.getItem(key)?.length ?? 0)), 0);
}

async function measureFiles(name: string): Promise<number | null> {
  const folder = await findFolder(name);
  return folder === undefined ? null : measureFolder(folder);
}

async function measureFolder(folder: FileSystemDirectoryHandle): Promise<number> {
  let sum = 0;
  for await (const handle of folder.values()) {
    if (handle.kind === 'directory') sum += await measureFolder(handle as FileSystemDirectoryHandle);
    else sum += await sizeOf(handle as FileSystemFileHandle);
  }
  return sum;
}

/** 0 for one that an engine is just deleting or writing. */
async function sizeOf(handle: FileSystemFileHandle): Promise<number> {
  try {
    return (await handle.getFile()).size;
  } catch (error) {
    if (error instanceof DOMException) return 0; // NotFoundError, NoModificationAllowedError
    throw error;
  }
}

/** Undefined where there is none: nothing was put there yet, or the browser has no such file system. */
async function findFolder(name: string): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    const root = await navigator.storage?.getDirectory?.();
    return await root?.getDirectoryHandle(name);
  } catch (error) {
    if (error instanceof DOMException) return undefined; // NotFoundError, SecurityError
    throw error;
  }
}

/**
 * Deletes settings, indexes, and workspaces with their marks, notes and analyses, on all tabs. What is unpacked belongs to open sources and
 * goes with them; the app's own files stay, so that it still works offline.
 *
 * @returns false when another tab does not let go of the workspaces: they are deleted once it is closed
 */
export async function deleteKeptData(
  storage: Pick<Storage, 'length' | 'key' | 'removeItem'> | undefined,
): Promise<boolean> {
  if (storage) for (const key of ourKeys(storage)) storage.removeItem(key);
  if (typeof indexedDB === 'undefined') return true;
  const deleted = await Promise.all([...(await ourDatabases()).map(deleteDatabase), removeAllIndexFiles()]);
  return deleted.every(Boolean);
}

/** Deletes the kept indexes alone, on all tabs: logs open from their bytes again, and indexes are written anew. As `deleteKeptData`. */
export async function deleteIndexes(): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return true;
  const deleted = await Promise.all([deleteDatabase(INDEX_DATABASE_NAME), removeAllIndexFiles()]);
  return deleted.every(Boolean);
}

async function ourDatabases(): Promise<string[]> {
  if (typeof indexedDB.databases !== 'function') return [DATABASE_NAME, INDEX_DATABASE_NAME];
  const names = (await indexedDB.databases()).map((database) => database.name ?? '');
  return names.filter((name) => name.startsWith(DATABASE_NAME));
}

function deleteDatabase(name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve(true);
    request.onblocked = () => resolve(false);
    request.onerror = () => reject(request.error ?? new Error(`the database ${name} could not be deleted`));
  });
}
