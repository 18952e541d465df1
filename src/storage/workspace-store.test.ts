import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { EMPTY_SESSION } from '../protocol/session';
import { refusedWritesProperty } from '../testing/refused-writes-property';
import { DATABASE_NAME, openDatabase, UPGRADES } from './database';
import { createMemoryStore } from './memory-store';
import type { Head, StoredAnalysis, StoredMark, StoredSource, StoredWorkspace, StoreTrouble } from './stored';
import { createWorkspaceStore } from './workspace-store';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const workspaceOf = (id: string, openedAt = 0): StoredWorkspace => ({
  id,
  name: `Workspace ${id}`,
  createdAt: 0,
  openedAt,
  session: EMPTY_SESSION,
  recordCount: null,
});
const sourceOf = (workspace: string, key: string): StoredSource => ({
  workspace,
  key,
  lastModified: 5,
  handle: null,
  bytes: null,
});
const markOf = (workspace: string, source: string, offset: number, note = ''): StoredMark => ({
  workspace,
  source,
  offset,
  note,
  time: null,
  text: 'a record',
  madeAt: 1,
});

const HEAD: Head = { sources: [], rows: [], first: 0, count: 0, total: 0, offsetPx: 0, timeline: null };
const analysisOf = (workspace: string, id: string, title = 'Patterns'): StoredAnalysis => ({
  workspace,
  id,
  head: { id, title },
  body: new Blob(['the rest of it']),
});

describe.each([
  ['database', () => createWorkspaceStore(() => {})],
  ['memory', createMemoryStore],
])('in %s', (_, create) => {
  test('a workspace comes back as it was saved', async () => {
    const store = create();
    await store.save(workspaceOf('a'), [sourceOf('a', 'k1'), sourceOf('a', 'k2')], []);
    await store.saveMarks('a', [markOf('a', 'k1', 10), markOf('a', 'k1', 2, 'seen')], []);
    const whole = await store.read('a');
    expect(whole?.workspace).toEqual(workspaceOf('a'));
    expect(whole?.sources.map(({ key }) => key).sort()).toEqual(['k1', 'k2']);
    expect(whole?.marks.map(({ offset }) => offset).sort()).toEqual([10, 2]);
    expect(await store.read('b')).toBeNull();
  });

  test('saving forgets the sources that are gone, and nothing of other workspaces', async () => {
    const store = create();
    await store.save(workspaceOf('a'), [sourceOf('a', 'k1'), sourceOf('a', 'k2')], []);
    await store.save(workspaceOf('ab'), [sourceOf('ab', 'k1')], []);
    await store.saveMarks('ab', [markOf('ab', 'k1', 1)], []);
    await store.save(workspaceOf('a'), [], ['k1']);
    expect((await store.read('a'))?.sources.map(({ key }) => key)).toEqual(['k2']);
    await store.remove('a');
    expect(await store.read('a')).toBeNull();
    const other = await store.read('ab');
    expect(other?.sources).toHaveLength(1);
    expect(other?.marks).toHaveLength(1);
  });

  test('marks are rows: writing some leaves the others', async () => {
    const store = create();
    await store.save(workspaceOf('a'), [], []);
    await store.saveMarks('a', [markOf('a', 'k', 1)], []);
    await store.saveMarks('a', [markOf('a', 'k', 2)], []);
    await store.saveMarks('a', [markOf('a', 'k', 2, 'now with a note')], [{ source: 'k', offset: 1 }]);
    expect((await store.read('a'))?.marks).toEqual([markOf('a', 'k', 2, 'now with a note')]);
  });

  test('analyses are rows: written, forgotten and read without those of other workspaces', async () => {
    const store = create();
    await store.save(workspaceOf('a'), [], []);
    await store.save(workspaceOf('ab'), [], []);
    await store.saveAnalyses('a', [analysisOf('a', '1'), analysisOf('a', '2')], []);
    await store.saveAnalyses('ab', [analysisOf('ab', '1')], []);
    await store.saveAnalyses('a', [analysisOf('a', '2', 'Renamed'), analysisOf('a', '3')], ['1']);
    const kept = await store.readAnalyses('a');
    expect(kept.map(({ id, head }) => [id, head])).toEqual([
      ['2', { id: '2', title: 'Renamed' }],
      ['3', { id: '3', title: 'Patterns' }],
    ]);
    expect(await kept[0]?.body.text()).toBe('the rest of it');
    await store.save(workspaceOf('a', 9), [], []);
    expect(await store.readAnalyses('a')).toHaveLength(2);
    expect((await store.read('a'))?.analyses).toHaveLength(2);
  });

  test('analyses go with their workspace and come back with it', async () => {
    const store = create();
    await store.save(workspaceOf('a'), [], []);
    await store.saveAnalyses('a', [analysisOf('a', '1')], []);
    const whole = await store.read('a');
    await store.remove('a');
    expect(await store.readAnalyses('a')).toEqual([]);
    if (whole) await store.putBack(whole);
    const [back] = await store.readAnalyses('a');
    expect(await back?.body.text()).toBe('the rest of it');
  });

  test('the list is by last opening and counts marks', async () => {
    const store = create();
    await store.save(workspaceOf('old', 1), [], []);
    await store.save(workspaceOf('new', 2), [], []);
    await store.saveMarks('old', [markOf('old', 'k', 1), markOf('old', 'k', 2)], []);
    await store.rename('old', 'Renamed');
    await store.rename('none', 'Nobody');
    expect((await store.list()).map(({ name, markCount }) => [name, markCount])).toEqual([
      ['Workspace new', 0],
      ['Renamed', 2],
    ]);
  });

  test('what was removed can be put back whole', async () => {
    const store = create();
    await store.save(workspaceOf('a'), [sourceOf('a', 'k')], []);
    await store.saveMarks('a', [markOf('a', 'k', 1)], []);
    const whole = await store.read('a');
    await store.remove('a');
    if (whole) await store.putBack(whole);
    expect(await store.read('a')).toEqual(whole);
  });
});

test('bytes kept for a pasted text come back', async () => {
  const store = createWorkspaceStore(() => {});
  await store.save(workspaceOf('a'), [{ ...sourceOf('a', 'k'), bytes: new Blob(['10:00 pasted']) }], []);
  expect(await (await store.read('a'))?.sources[0]?.bytes?.text()).toBe('10:00 pasted');
});

describe('upgrades', () => {
  /** A database as the version of that number left it. */
  async function leaveVersion(version: number) {
    const database = await openDB(DATABASE_NAME, version, {
      upgrade(db, old, _, transaction) {
        for (const upgrade of UPGRADES.slice(old, version)) upgrade(db as never, transaction as never);
      },
    });
    return database;
  }

  test('version 1 becomes the newest with everything in it', async () => {
    const first = await leaveVersion(1);
    expect([...first.objectStoreNames]).toEqual(['marks', 'sources', 'workspaces']);
    await first.put('workspaces', workspaceOf('a'));
    await first.put('sources', sourceOf('a', 'k'));
    await first.put('marks', markOf('a', 'k', 7, 'kept'));
    first.close();
    const whole = await createWorkspaceStore(() => {}).read('a');
    expect(whole).toEqual({
      workspace: workspaceOf('a'),
      sources: [sourceOf('a', 'k')],
      marks: [markOf('a', 'k', 7, 'kept')],
      head: null,
      analyses: [],
    });
  });

  test('version 2 becomes the newest with everything in it, and room for analyses', async () => {
    const second = await leaveVersion(2);
    await second.put('workspaces', workspaceOf('a'));
    await second.put('marks', markOf('a', 'k', 7, 'kept'));
    await second.put('heads', { workspace: 'a', head: HEAD });
    second.close();
    const store = createWorkspaceStore(() => {});
    await store.saveAnalyses('a', [analysisOf('a', '1')], []);
    expect(await store.read('a')).toMatchObject({
      workspace: workspaceOf('a'),
      marks: [markOf('a', 'k', 7, 'kept')],
      head: HEAD,
      analyses: [{ id: '1' }],
    });
  });

  test('each upgrade stands on the one before', async () => {
    const stores: string[][] = [];
    for (let version = 1; version <= UPGRADES.length; version += 1) {
      const database = await leaveVersion(version);
      stores.push([...database.objectStoreNames]);
      database.close();
    }
    expect(stores).toEqual([
      ['marks', 'sources', 'workspaces'],
      ['heads', 'marks', 'sources', 'workspaces'],
      ['analyses', 'heads', 'marks', 'sources', 'workspaces'],
    ]);
  });
});

describe('trouble', () => {
  test('without a database workspaces live as long as the page', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const troubles: (StoreTrouble | null)[] = [];
    const store = createWorkspaceStore((trouble) => troubles.push(trouble));
    await store.save(workspaceOf('a'), [], []);
    expect(await store.list()).toHaveLength(1);
    expect(troubles).toEqual(['unavailable']);
  });

  test('a refusing browser is the same', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('not here', 'SecurityError');
      },
    });
    const troubles: (StoreTrouble | null)[] = [];
    expect(await createWorkspaceStore((trouble) => troubles.push(trouble)).list()).toEqual([]);
    expect(troubles).toEqual(['unavailable']);
  });

  test('a database of a newer Loupe is left alone', async () => {
    (await openDB(DATABASE_NAME, UPGRADES.length + 1)).close();
    const troubles: (StoreTrouble | null)[] = [];
    expect(await createWorkspaceStore((trouble) => troubles.push(trouble)).list()).toEqual([]);
    expect(troubles).toEqual(['newer']);
  });

  test('a tab that wants a newer database gets it, and this one says so and goes on', async () => {
    const troubles: (StoreTrouble | null)[] = [];
    const store = createWorkspaceStore((trouble) => troubles.push(trouble));
    await store.save(workspaceOf('a'), [], []);
    (await openDB(DATABASE_NAME, UPGRADES.length + 1)).close();
    expect(troubles).toEqual(['outdated']);
    await store.save(workspaceOf('b'), [], []);
    expect((await store.list()).map(({ id }) => id)).toEqual(['b']);
  });

  test('a tab that holds an older one is waited for, and named', async () => {
    const holder = await openDB(DATABASE_NAME, 1, {
      upgrade: (db, _, __, tx) => UPGRADES[0]?.(db as never, tx as never),
    });
    const troubles: StoreTrouble[] = [];
    const opening = openDatabase((trouble) => troubles.push(trouble));
    await vi.waitFor(() => expect(troubles).toEqual(['blocked']));
    holder.close();
    expect(await opening).not.toBeNull();
  });

  test('a full disk is told, and the page goes on', async () => {
    const troubles: (StoreTrouble | null)[] = [];
    const store = createWorkspaceStore((trouble) => troubles.push(trouble), { makeRoom: async () => false });
    await store.list();
    const { IDBObjectStore } = await import('fake-indexeddb');
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await store.save(workspaceOf('a'), [sourceOf('a', 'k')], []);
    expect(troubles).toEqual(['full']);
    // What was refused comes with the next writing.
    await store.saveMarks('a', [markOf('a', 'k', 1)], []);
    expect(troubles).toEqual(['full', null]);
    const whole = await createWorkspaceStore(() => {}).read('a');
    expect(whole).toMatchObject({ workspace: { id: 'a' }, sources: [{ key: 'k' }], marks: [{ offset: 1 }] });
  });

  test('what can be made again gives way before a write is refused', async () => {
    const troubles: (StoreTrouble | null)[] = [];
    let isFull = true;
    const makeRoom = async () => {
      isFull = false;
      return true;
    };
    const store = createWorkspaceStore((trouble) => troubles.push(trouble), { makeRoom });
    await store.list();
    const { IDBObjectStore } = await import('fake-indexeddb');
    // oxlint-disable-next-line typescript/unbound-method -- it is called with the store
    const put = IDBObjectStore.prototype.put;
    const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: unknown, ...args) {
      if (isFull) throw new DOMException('no room', 'QuotaExceededError');
      return put.apply(this as never, args as never);
    });
    await store.save(workspaceOf('a'), [], []);
    spy.mockRestore();
    expect(troubles).toEqual([]);
    expect(await createWorkspaceStore(() => {}).read('a')).not.toBeNull();
  });

  test('everything kept is deleted in another tab: this one says so, and writes nothing of it anew', async () => {
    const troubles: (StoreTrouble | null)[] = [];
    const store = createWorkspaceStore((trouble) => troubles.push(trouble));
    await store.save(workspaceOf('a'), [], []);
    await deleteDB(DATABASE_NAME);
    await store.save(workspaceOf('b'), [], []);
    expect(troubles).toEqual(['deleted']);
    expect(await createWorkspaceStore(() => {}).list()).toEqual([]);
  });

  test.each([20261120, 7, 4711])('writes refused at random are all there in the end, seed %i', async (seed) => {
    await fc.assert(refusedWritesProperty(), { seed, numRuns: 10 });
  });

  test('an analysis that there is no room for is told, and lives as long as the page', async () => {
    const troubles: (StoreTrouble | null)[] = [];
    const store = createWorkspaceStore((trouble) => troubles.push(trouble), { makeRoom: async () => false });
    await store.save(workspaceOf('a'), [], []);
    await store.saveAnalyses('a', [analysisOf('a', '1')], []);
    const { IDBObjectStore } = await import('fake-indexeddb');
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await store.saveAnalyses('a', [analysisOf('a', '2')], []);
    expect(troubles).toEqual(['full']);
    expect((await store.readAnalyses('a')).map(({ id }) => id)).toEqual(['1', '2']);
    await store.saveAnalyses('a', [analysisOf('a', '2', 'Renamed')], ['1']);
    expect((await store.readAnalyses('a')).map(({ head }) => head)).toEqual([{ id: '2', title: 'Renamed' }]);
    expect((await store.read('a'))?.analyses).toHaveLength(1);
  });
});
