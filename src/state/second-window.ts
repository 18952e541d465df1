/** This page as one of several windows of a workspace: which group it belongs to, and the way to open another. */
import { createSignal, getOwner, onCleanup, runWithOwner } from 'solid-js';

import type { WindowSync } from './window-sync';
import type { Workspace } from './workspace';

/** Remembers the group across a reload; absent where the browser refuses. */
export type GroupStorage = Pick<Storage, 'getItem' | 'setItem'> | undefined;

export interface WindowPlace {
  /** Group named in the address: this page was opened as a further window. */
  readonly group: string | null;
  readonly tab: GroupStorage;
  /** Opens a page as a further window of a group. */
  readonly openPage: (group: string) => void;
}

const TAB_KEY = 'loupe.windows';
/** In the address of a further window. */
export const GROUP_PARAMETER = 'with';

export function createSecondWindow(workspace: Workspace, { group: given, tab, openPage }: WindowPlace) {
  const owner = getOwner();
  const [sync, setSync] = createSignal<WindowSync | null>(null);
  const [isStarting, setIsStarting] = createSignal(false);
  let group = given ?? tab?.getItem(TAB_KEY) ?? null;
  let isGone = false;
  onCleanup(() => {
    isGone = true;
  });

  /** Loads what is needed for it: most pages are the only window there is. */
  async function join(name: string, isJoining: boolean): Promise<void> {
    setIsStarting(true);
    const [{ createWindowSync }, { openWindowChannel }] = await Promise.all([
      import('./window-sync'),
      import('./window-channel'),
    ]);
    setIsStarting(false);
    if (isGone || sync()) return;
    const self = crypto.randomUUID();
    runWithOwner(owner, () => {
      setSync(createWindowSync(workspace, { self, channel: openWindowChannel(name, self), isJoining }));
    });
    remember(name);
  }

  function remember(name: string) {
    try {
      tab?.setItem(TAB_KEY, name);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // no room: after a reload the window stands alone
    }
  }

  if (group !== null) void join(group, true);

  return {
    /** Null while this is the only window there ever was. */
    sync,
    isIdle: () => !isStarting() && (sync()?.isIdle() ?? true),
    /** This window is there first: the other finds it when it says hello. */
    async open(): Promise<void> {
      group ??= crypto.randomUUID();
      if (!sync()) await join(group, false);
      openPage(group);
    },
    /** The page goes. */
    leave: () => sync()?.leave(),
    /** The page is back from the browser's own cache. */
    comeBack: () => sync()?.comeBack(),
  };
}

export type SecondWindow = ReturnType<typeof createSecondWindow>;
