/** The workspaces that are kept, and which of them this tab shows. */
import { createSignal } from 'solid-js';

import type { EpochMs } from '../engine/records/record';
import type { StoreTrouble, WholeWorkspace, WorkspaceInfo, WorkspaceStore } from '../storage/stored';

export type { WorkspaceInfo } from '../storage/stored';

/** The workspace on screen. It is written when it first holds something. */
export interface CurrentWorkspace {
  readonly id: string;
  readonly name: string;
  readonly createdAt: EpochMs;
}

/** Remembers the tab's workspace across a reload; absent where the browser refuses. */
export type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;

const TAB_KEY = 'loupe.workspace';
const MAX_NAME = 200;

export function createWorkspaces(
  openStore: (onTrouble: (trouble: StoreTrouble | null) => void) => WorkspaceStore,
  tab: TabStorage,
  now: () => EpochMs = Date.now,
) {
  const [trouble, setTrouble] = createSignal<StoreTrouble | null>(null);
  const [list, setList] = createSignal<readonly WorkspaceInfo[]>([]);
  const [current, setCurrent] = createSignal<CurrentWorkspace | null>(null);
  const store = openStore(setTrouble);

  async function refresh(): Promise<void> {
    setList(await store.list());
  }

  function show(workspace: CurrentWorkspace | null) {
    setCurrent(workspace);
    remember(tab, workspace?.id ?? null);
  }

  /** The name itself, or with a number where another workspace has it already. */
  function freeName(wanted: string): string {
    const name = wanted.trim().slice(0, MAX_NAME) || 'Workspace';
    const taken = new Set(list().map((info) => info.name));
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${name} (${number})`;
    return free;
  }

  return {
    store,
    /** Why what is done here is not kept; null when it is. */
    trouble,
    /** Newest first; as of the last `refresh`. */
    list,
    refresh,
    current,
    /** Of the tab before it was reloaded. */
    lastId: (): string | null => recall(tab),
    /** Makes a new workspace the current one. */
    begin(name: string): CurrentWorkspace {
      const workspace = { id: crypto.randomUUID(), name: freeName(name), createdAt: now() };
      show(workspace);
      return workspace;
    },
    /** Makes a kept workspace the current one. @returns null when it is not there any more */
    async open(id: string): Promise<WholeWorkspace | null> {
      const whole = await store.read(id);
      show(whole ? { id, name: whole.workspace.name, createdAt: whole.workspace.createdAt } : null);
      return whole;
    },
    /** Shows a workspace that another window shows: both write the same one. */
    adopt: show,
    /** No workspace is on screen. */
    leave: () => show(null),
    async rename(id: string, wanted: string): Promise<void> {
      const name = wanted.trim().slice(0, MAX_NAME);
      const known = list().find((info) => info.id === id)?.name ?? current()?.name;
      if (name === '' || name === known) return;
      const free = freeName(name);
      const shown = current();
      if (shown?.id === id) setCurrent({ ...shown, name: free });
      await store.rename(id, free);
      await refresh();
    },
    /** @returns what there was, for `putBack` */
    async remove(id: string): Promise<WholeWorkspace | null> {
      const whole = await store.read(id);
      await store.remove(id);
      if (current()?.id === id) show(null);
      await refresh();
      return whole;
    },
    async putBack(whole: WholeWorkspace): Promise<void> {
      await store.putBack(whole);
      await refresh();
    },
  };
}

export type WorkspacesStore = ReturnType<typeof createWorkspaces>;

function remember(tab: TabStorage, id: string | null) {
  try {
    if (id === null) tab?.removeItem(TAB_KEY);
    else tab?.setItem(TAB_KEY, id);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // no room: the tab starts afresh when reloaded
  }
}

function recall(tab: TabStorage): string | null {
  return tab?.getItem(TAB_KEY) ?? null;
}
