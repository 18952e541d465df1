/** Workspaces in the database; where there is none, in memory as long as the page lives. */
import { createBacklog, type Writes } from './backlog';
import { type Database, openDatabase } from './database';
import { createMemoryStore, sortNewest, toInfo } from './memory-store';
import type { StoreTrouble, WholeWorkspace, WorkspaceStore } from './stored';

/** What a store needs to go on when the browser refuses. */
export interface WorkspaceStoreOptions {
  /** Deletes what can be made again, for what cannot. @returns whether there was anything */
  readonly makeRoom?: () => Promise<boolean>;
}

/**
 * @param onTrouble  told when the browser does not keep what it is given; null: it does again, and has all of it. May be
 *   told several times
 */
export function createWorkspaceStore(
  onTrouble: (trouble: StoreTrouble | null) => void,
  { makeRoom = makeRoomOfIndexes }: WorkspaceStoreOptions = {},
): WorkspaceStore {
  const memory = createMemoryStore();
  const backlog = createBacklog();
  let told: StoreTrouble | null = null;
  let isRoomMade = false;
  let opened = open();

  function tell(trouble: StoreTrouble | null) {
    // A database that is closed says no more than that: why it was closed has been told.
    if (told === 'deleted' && trouble === 'outdated') return;
    told = trouble;
    onTrouble(trouble);
  }

  function open(): Promise<WorkspaceStore> {
    const onGone = () => {
      opened = open(); // what comes next goes into a new one
      tell('lost');
    };
    return openDatabase(tell, onGone).then((database) => (database ? createDatabaseStore(database) : memory));
  }

  /** Does it in the database; what it refuses (no room, closed under our feet) is told, and lives on in memory only. */
  async function attempt<T>(work: (store: WorkspaceStore) => Promise<T>): Promise<T> {
    const store = await opened;
    try {
      return await work(store);
    } catch (error) {
      tell(troubleOf(error));
      return work(memory);
    }
  }

  /** What is refused is owed: it is written before anything else, as soon as the browser takes it. */
  async function write(work: (store: Writes) => Promise<void>): Promise<void> {
    const store = await opened;
    if (store === memory) return work(memory);
    const isOwed = !backlog.isEmpty();
    if (isOwed) await work(backlog);
    try {
      await (isOwed ? backlog.repay(store) : work(store));
      isRoomMade = false;
      if (told !== null && backlog.isEmpty()) tell(null);
    } catch (error) {
      const trouble = troubleOf(error);
      if (!isOwed) await work(backlog);
      // Once, until something could be written again: what is deleted is made anew meanwhile.
      const isRetried = trouble === 'full' && !isRoomMade && (await makeRoom());
      isRoomMade = trouble === 'full';
      await work(memory);
      if (isRetried) return write(async () => {}); // it is owed by now
      tell(trouble);
    }
  }

  return {
    list: () => attempt((store) => store.list()),
    read: (id) => attempt((store) => store.read(id)),
    save: (workspace, changed, removed) => write((store) => store.save(workspace, changed, removed)),
    saveMarks: (id, changed, removed) => write((store) => store.saveMarks(id, changed, removed)),
    saveHead: (id, head) => write((store) => store.saveHead(id, head)),
    async readAnalyses(id) {
      const rows = await attempt((store) => store.readAnalyses(id));
      // Those that there was no room for live in memory beside the others.
      const ids = new Set(rows.map((row) => row.id));
      return [...rows, ...(await memory.readAnalyses(id)).filter((row) => !ids.has(row.id))];
    },
    saveAnalyses: (id, changed, removed) =>
      write(async (store) => {
        await store.saveAnalyses(id, changed, removed);
        if (store !== memory) await memory.saveAnalyses(id, [], [...removed, ...changed.map((row) => row.id)]);
      }),
    rename: (id, name) => attempt((store) => store.rename(id, name)),
    remove: (id) => {
      backlog.forget(id);
      return attempt((store) => store.remove(id));
    },
    putBack: (whole) => {
      backlog.forget(whole.workspace.id);
      return attempt((store) => store.putBack(whole));
    },
  };
}

/** Indexes of logs are made again when a log is opened; marks are not. */
async function makeRoomOfIndexes(): Promise<boolean> {
  const { deleteIndexes } = await import('./kept-data');
  return deleteIndexes();
}

/** @throws the error itself when it is a bug: DataCloneError and the like */
function troubleOf(error: unknown): StoreTrouble {
  if (!(error instanceof DOMException)) throw error;
  switch (error.name) {
    case 'QuotaExceededError':
      return 'full';
    case 'InvalidStateError': // closed for another tab
      return 'outdated';
    case 'AbortError':
    case 'UnknownError':
      return 'unavailable';
    case 'NotReadableError':
    case 'DataError': // a row that the browser itself cannot read any more
      return 'damaged';
    default:
      throw error;
  }
}

const ALL_STORES = ['workspaces', 'sources', 'marks', 'heads', 'analyses'] as const;

function createDatabaseStore(database: Database): WorkspaceStore {
  /** All rows of a workspace in a store whose key begins with it. An array sorts after every string and number. */
  const rangeOf = (id: string) => IDBKeyRange.bound([id], [id, []]);

  return {
    async list() {
      const transaction = database.transaction(['workspaces', 'marks']);
      const workspaces = await transaction.objectStore('workspaces').getAll();
      const counts = await Promise.all(workspaces.map(({ id }) => transaction.objectStore('marks').count(rangeOf(id))));
      await transaction.done;
      return sortNewest(workspaces.map((workspace, at) => toInfo(workspace, counts[at] ?? 0)));
    },
    async read(id) {
      const transaction = database.transaction(ALL_STORES);
      const [workspace, sources, marks, head, analyses] = await Promise.all([
        transaction.objectStore('workspaces').get(id),
        transaction.objectStore('sources').getAll(rangeOf(id)),
        transaction.objectStore('marks').getAll(rangeOf(id)),
        transaction.objectStore('heads').get(id),
        transaction.objectStore('analyses').getAll(rangeOf(id)),
      ]);
      await transaction.done;
      return workspace ? { workspace, sources, marks, head: head?.head ?? null, analyses } : null;
    },
    async save(workspace, changed, removed) {
      const transaction = database.transaction(['workspaces', 'sources'], 'readwrite');
      const store = transaction.objectStore('sources');
      await finish(transaction, [
        () => transaction.objectStore('workspaces').put(workspace),
        ...removed.map((key) => () => store.delete([workspace.id, key])),
        ...changed.map((source) => () => store.put(source)),
      ]);
    },
    async saveMarks(id, changed, removed) {
      const transaction = database.transaction('marks', 'readwrite');
      await finish(transaction, [
        ...changed.map((mark) => () => transaction.store.put(mark)),
        ...removed.map(
          ({ source, offset }) =>
            () =>
              transaction.store.delete([id, source, offset]),
        ),
      ]);
    },
    async saveHead(id, head) {
      const transaction = database.transaction('heads', 'readwrite');
      await finish(transaction, [() => transaction.store.put({ workspace: id, head })]);
    },
    readAnalyses: (id) => database.getAll('analyses', rangeOf(id)),
    async saveAnalyses(id, changed, removed) {
      const transaction = database.transaction('analyses', 'readwrite');
      await finish(transaction, [
        ...removed.map((one) => () => transaction.store.delete([id, one])),
        ...changed.map((analysis) => () => transaction.store.put(analysis)),
      ]);
    },
    async rename(id, name) {
      const transaction = database.transaction('workspaces', 'readwrite');
      const workspace = await transaction.store.get(id);
      if (workspace) await transaction.store.put({ ...workspace, name });
      await transaction.done;
    },
    async remove(id) {
      const transaction = database.transaction(ALL_STORES, 'readwrite');
      await Promise.all([
        transaction.objectStore('workspaces').delete(id),
        transaction.objectStore('sources').delete(rangeOf(id)),
        transaction.objectStore('marks').delete(rangeOf(id)),
        transaction.objectStore('heads').delete(id),
        transaction.objectStore('analyses').delete(rangeOf(id)),
        transaction.done,
      ]);
    },
    async putBack({ workspace, sources, marks, head, analyses }: WholeWorkspace) {
      const transaction = database.transaction(ALL_STORES, 'readwrite');
      await Promise.all([
        transaction.objectStore('workspaces').put(workspace),
        ...sources.map((source) => transaction.objectStore('sources').put(source)),
        ...marks.map((mark) => transaction.objectStore('marks').put(mark)),
        ...analyses.map((analysis) => transaction.objectStore('analyses').put(analysis)),
        head && transaction.objectStore('heads').put({ workspace: workspace.id, head }),
        transaction.done,
      ]);
    },
  };
}

/**
 * Commits without waiting for the requests' answers: a page that goes away would not live to see them, and what it has not
 * committed is undone.
 *
 * @param requests  made one after the other; when one cannot even be made, none is committed
 */
async function finish(
  transaction: { commit(): void; abort(): void; readonly error: DOMException | null; readonly done: Promise<void> },
  requests: readonly (() => Promise<unknown>)[],
): Promise<void> {
  // A request that falls with its transaction says only that; the transaction says why.
  const ended = transaction.done.then(
    () => null,
    (error: unknown) => ({ cause: transaction.error ?? error }),
  );
  try {
    for (const make of requests) make().catch(() => undefined);
    transaction.commit();
  } catch (error) {
    transaction.abort();
    throw error;
  }
  const failure = await ended;
  if (failure) throw failure.cause;
}
