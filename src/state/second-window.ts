/** This page as one of several windows of a workspace, and the way to open another. Windows of one workspace are a group. */
import { createSignal, getOwner, onCleanup, runWithOwner } from 'solid-js';

import type { WindowSync } from './window-sync';
import type { Workspace } from './workspace';
import type { TabStorage, WorkspacesStore } from './workspaces';

export interface WindowPlace {
  readonly workspaces: WorkspacesStore;
  /** The kept workspace that is put together here; null: none. */
  readonly keptId: string | null;
  /** The workspace of the window that opened this page, as its address told; null: none did. */
  readonly given: string | null;
  readonly tab: TabStorage;
}

/** The workspace that this tab shows together with other windows, for a reload. */
const TAB_KEY = 'loupe.windows';
/** In the address of a further window: the id of the workspace. */
const PARAMETER = 'with';

/** Takes the workspace out of the address of a further window; null when this is none. */
export function takeGroup(): string | null {
  const url = new URL(location.href);
  const group = url.searchParams.get(PARAMETER);
  if (group === null) return null;
  url.searchParams.delete(PARAMETER);
  history.replaceState(history.state, '', url);
  return group;
}

export function createSecondWindow(workspace: Workspace, { workspaces, keptId, given, tab }: WindowPlace) {
  const owner = getOwner();
  const [sync, setSync] = createSignal<WindowSync | null>(null);
  const [isStarting, setIsStarting] = createSignal(false);
  let isGone = false;
  onCleanup(() => {
    isGone = true;
  });

  /** Loads what is needed for it: most pages are the only window there is. */
  async function join(group: string, isJoining: boolean): Promise<void> {
    setIsStarting(true);
    const [{ createWindowSync }, { openWindowChannel }] = await Promise.all([
      import('./window-sync'),
      import('./window-channel'),
    ]);
    if (!isGone && !sync()) {
      const self = crypto.randomUUID();
      runWithOwner(owner, () => {
        const channel = openWindowChannel(group, self);
        setSync(createWindowSync(workspace, { self, channel, isJoining, workspaces }));
      });
      remember(group);
    }
    setIsStarting(false);
  }

  function remember(group: string) {
    try {
      tab?.setItem(TAB_KEY, group);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // no room: after a reload the window stands alone
    }
  }

  const wasTogether = keptId !== null && tab?.getItem(TAB_KEY) === keptId;
  if (given !== null) void join(given, true);
  else if (wasTogether) void join(keptId, true);

  return {
    /** Null while this is the only window there ever was. */
    sync,
    isIdle: () => !isStarting() && (sync()?.isIdle() ?? true),
    canOpen: () => workspaces.current() !== null,
    /** This window is there first: the other finds it when it says hello. */
    async open(): Promise<void> {
      const group = workspaces.current()?.id;
      if (group === undefined) return;
      if (!sync()) await join(group, false);
      window.open(`${location.pathname}?${PARAMETER}=${encodeURIComponent(group)}`, '_blank', 'noopener');
    },
    /** The page goes. */
    leave: () => sync()?.leave(),
    /** The page is back from the browser's own cache. */
    comeBack: () => sync()?.comeBack(),
  };
}

export type SecondWindow = ReturnType<typeof createSecondWindow>;
