import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';

import { connectEngine } from '../bridge/engine-client';
import type { RecordId } from '../engine/records/record';
import { createMemoryStore } from '../storage/memory-store';
import type { WholeWorkspace, WorkspaceStore } from '../storage/stored';
import { createDrawnEngine } from '../testing/drawn-engine';
import { createKeeper } from './keeper';
import { createRestoring } from './restoring';
import { saveSession } from './session-parts';
import { createSettings } from './settings';
import { createWorkspace } from './workspace';
import { createWorkspaces } from './workspaces';

const LOG = Array.from(
  { length: 100 },
  (_, at) => `10:00:${String(at % 60).padStart(2, '0')}.000 INFO  line ${at}`,
).join('\n');
const request = (name: string) => ({ name, blob: new Blob([LOG]), lastModified: 7 });
const recordOf = (source: number, offset: number) => ({ id: { source, offset } as RecordId, time: null, text: 'line' });

/** A tab over a store, with the workspace of that id put together again. */
async function openTab(store: WorkspaceStore, id?: string, { keepsBytes = true } = {}) {
  return createRoot(async (close) => {
    const engine = connectEngine(createDrawnEngine(), { died: new Promise(() => {}), end: () => {} });
    const workspace = createWorkspace(engine, createSettings(undefined));
    const workspaces = createWorkspaces(() => store, undefined);
    const restoring = createRestoring(workspace, undefined);
    const whole = id === undefined ? null : await workspaces.open(id);
    return createRoot(async () => {
      if (whole) restoring.restore(whole, new Map(), null);
      const keeper = createKeeper(workspace, workspaces, {
        session: () => saveSession(workspace),
        keepsBytes: () => keepsBytes,
        kept: whole !== null,
      });
      return { workspace, workspaces, restoring, keeper, close };
    });
  });
}

const read = async (store: WorkspaceStore): Promise<WholeWorkspace> => {
  const [info] = await store.list();
  const whole = info && (await store.read(info.id));
  if (!whole) throw new Error('nothing is kept');
  return whole;
};

test('the first source makes a workspace of its name, kept with its bytes', async () => {
  const store = createMemoryStore();
  const { workspace, workspaces, keeper } = await openTab(store);
  await workspace.sources.open([request('payments.log')]);
  await keeper.flush();
  expect(workspaces.current()?.name).toBe('payments.log');
  const { workspace: kept, sources } = await read(store);
  expect(kept.name).toBe('payments.log');
  expect(sources).toMatchObject([{ key: 'payments.log', lastModified: 7, handle: null }]);
  expect(sources[0]?.bytes?.size).toBe(LOG.length);
});

test('copies are not kept where they are not wanted', async () => {
  const store = createMemoryStore();
  const { workspace, keeper } = await openTab(store, undefined, { keepsBytes: false });
  await workspace.sources.open([request('payments.log')]);
  await keeper.flush();
  expect((await read(store)).sources[0]?.bytes).toBeNull();
});

test('marks of two tabs are all kept, and one that was taken away is gone', async () => {
  const store = createMemoryStore();
  const first = await openTab(store);
  await first.workspace.sources.open([request('a.log')]);
  await first.keeper.flush();
  const id = first.workspaces.current()?.id;
  const second = await openTab(store, id);
  const source = first.workspace.sources.ids()[0] ?? -1;
  const other = second.workspace.sources.ids()[0] ?? -1;
  first.workspace.marks.toggle(recordOf(source, 0));
  first.workspace.marks.toggle(recordOf(source, 26));
  await first.keeper.flush();
  second.workspace.marks.toggle(recordOf(other, 52));
  await second.keeper.flush();
  first.workspace.marks.toggle(recordOf(source, 26));
  await first.keeper.flush();
  expect((await read(store)).marks.map(({ offset }) => offset).sort((a, b) => a - b)).toEqual([0, 52]);
});

test('a workspace comes back: filter, layout, marks, source settings, and its files from what was kept', async () => {
  const store = createMemoryStore();
  const first = await openTab(store);
  await first.workspace.sources.open([request('a.log'), request('b.log')]);
  const [a = -1, b = -1] = first.workspace.sources.ids();
  first.workspace.filter.type('line 7');
  first.workspace.layout.setHidden('delta', true);
  first.workspace.sources.rename(b, 'gateway');
  first.workspace.sources.toggle(b);
  first.workspace.marks.toggle(recordOf(a, 26));
  await first.keeper.flush();

  const second = await openTab(store, first.workspaces.current()?.id);
  const { sources, filter, layout, marks } = second.workspace;
  expect(sources.list().map(({ name }) => name)).toEqual(['a.log', 'b.log']);
  expect(filter.text()).toBe('line 7');
  expect(layout.shownColumns().map(({ id }) => id)).not.toContain('delta');
  expect(sources.nameOf(sources.ids()[1] ?? -1)).toBe('gateway');
  expect([...sources.hidden()]).toEqual([sources.ids()[1]]);
  expect(marks.list()).toMatchObject([{ id: { source: sources.ids()[0], offset: 26 } }]);
  await expect.poll(() => sources.list().map(({ state }) => state)).toEqual(['open', 'open']);
  expect(second.restoring.waiting()).toEqual([]);
});

test('a source without a way back waits, and takes the file of its name', async () => {
  const store = createMemoryStore();
  const first = await openTab(store, undefined, { keepsBytes: false });
  await first.workspace.sources.open([request('a.log')]);
  await first.keeper.flush();
  const second = await openTab(store, first.workspaces.current()?.id);
  const { sources } = second.workspace;
  await expect.poll(() => second.restoring.waiting()).toMatchObject([{ name: 'a.log', way: 'drop' }]);
  const [id] = sources.ids();
  await sources.open([request('a.log')]);
  expect(sources.ids()).toEqual([id]);
  await expect.poll(() => sources.list().map(({ state }) => state)).toEqual(['open']);
  expect(second.restoring.waiting()).toEqual([]);
});

test('a source that was closed is forgotten, and kept again when closing is undone', async () => {
  const store = createMemoryStore();
  const { workspace, keeper } = await openTab(store);
  await workspace.sources.open([request('a.log'), request('b.log')]);
  await keeper.flush();
  const [a = -1] = workspace.sources.ids();
  await workspace.sources.close([a]);
  await keeper.flush();
  expect((await read(store)).sources.map(({ key }) => key)).toEqual(['b.log']);
  workspace.acts.undo();
  await expect.poll(() => workspace.sources.ids().length).toBe(2);
  await keeper.flush();
  expect((await read(store)).sources.map(({ key }) => key).sort()).toEqual(['a.log', 'b.log']);
});

test('a workspace that is being left makes no other when it is still told of its sources', async () => {
  const store = createMemoryStore();
  const { workspace, workspaces, keeper } = await openTab(store);
  await workspace.sources.open([request('a.log')]);
  await keeper.end();
  workspaces.leave();
  await workspace.sources.open([request('b.log')]);
  await keeper.flush();
  expect(workspaces.current()).toBeNull();
  expect((await store.list()).map(({ name }) => name)).toEqual(['a.log']);
});
