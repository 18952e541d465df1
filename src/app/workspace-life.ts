/** What makes a workspace last: put together again, kept, in the address, its places walked. One for each hall. */
import { createEffect, createMemo, onCleanup, onMount, untrack } from 'solid-js';

import type { Session } from '../protocol/session';
import { type AddressStorage, createAddress } from '../state/address';
import { createHistory } from '../state/history';
import { createKeeper } from '../state/keeper';
import { createRestoring, type OpeningFlags } from '../state/restoring';
import { restoreView, saveSession } from '../state/session-parts';
import type { Workspace } from '../state/workspace';
import type { WorkspacesStore } from '../state/workspaces';
import { focusView } from './focus-view';
import type { Plan } from './plans';

export interface LifeOptions {
  readonly plan: Plan;
  readonly workspaces: WorkspacesStore;
  /** Of the tab, for its own address; of the device, for what was being opened. */
  readonly tab: AddressStorage;
  readonly flags: OpeningFlags;
}

export function createWorkspaceLife(workspace: Workspace, { plan, workspaces, tab, flags }: LifeOptions) {
  const { records, filter, settings, cursor, view } = workspace;
  const restoring = createRestoring(workspace, flags);
  if (plan.whole) restoring.restore(plan.whole, plan.given, plan.view);
  const session = createMemo(() => saveSession(workspace));
  const keeper = createKeeper(workspace, workspaces, {
    session,
    keepsBytes: () => settings.settings().keepsCopies,
    kept: plan.whole !== null,
  });
  const address = createAddress(workspace, session, plan.link, tab);
  const places = createHistory<Session>((place) =>
    restoreView(workspace, { ...place, layout: null, beside: null, zone: null }),
  );

  const isThere = () => records.answer() !== null && records.isCurrent() && !filter.isWaiting();
  createEffect(() => {
    session();
    if (!isThere()) return;
    // A moment later: what is typed into the filter stands in the session before the filter knows that it waits.
    queueMicrotask(() => untrack(notePlace));
  });

  function notePlace() {
    if (!isThere()) return;
    const value = session();
    places.note(
      {
        value,
        view: view.shown(),
        filterKey: JSON.stringify(filter.filter()),
        topIndex: records.topIndex(),
        selectedKey: JSON.stringify(value.place.selected),
      },
      records.rowsPerScreen(),
    );
  }

  if (plan.whole) markReturn();
  // Whoever came by key goes on by key.
  onMount(() => {
    if (plan.whole && document.activeElement === document.body) focusView(view.shown());
  });

  /** For measuring: when the picture of the last screen stands, and when the records have taken its place. */
  function markReturn() {
    createEffect(() => {
      if (records.isStill() && records.visible().length > 0) markPainted('loupe-picture');
    });
    createEffect(() => {
      if (records.answer() && records.isCurrent()) markPainted('loupe-back');
    });
  }

  const onPageHide = () => restoring.end();
  window.addEventListener('pagehide', onPageHide);
  onCleanup(() => window.removeEventListener('pagehide', onPageHide));

  return {
    restoring,
    keeper,
    address,
    places,
    isIdle: () => !restoring.isFetching() && keeper.isSaved() && address.isWritten(),
    /** Writes now what waits for a pause. */
    hurry() {
      void keeper.flush();
      address.flush();
    },
    /** The address of what is on screen, and words for having copied it. */
    async copyLink(copy: (text: string, said: string) => void) {
      const { address: text, leftOut } = await address.copyable();
      copy(
        text,
        leftOut.length === 0 ? 'Link copied' : `Link copied without ${leftOut.join(' and ')}: it grew too long`,
      );
    },
    walk: {
      back() {
        if (!places.back()) cursor.say('No place further back');
      },
      forward() {
        if (!places.forward()) cursor.say('No place further on');
      },
    },
  };
}

export type WorkspaceLife = ReturnType<typeof createWorkspaceLife>;

/** Once: the mark stands after the frame in which it was asked for has been painted. */
function markPainted(name: string) {
  if (performance.getEntriesByName(name).length > 0) return;
  requestAnimationFrame(() =>
    setTimeout(() => {
      if (performance.getEntriesByName(name).length === 0) performance.mark(name);
    }, 0),
  );
}
