/** Keeps the workspace on screen: soon after each change, and at once when the page goes away. */
import { createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';

import type { EpochMs } from '../engine/records/record';
import type { Session } from '../protocol/session';
import type { StoredMark, StoredSource } from '../storage/stored';
import { takeHead } from './head';
import type { Mark } from './marks';
import type { OpenRequest } from './sources';
import type { Workspace } from './workspace';
import type { WorkspacesStore } from './workspaces';

// A change is written when so long nothing else has changed, and while changes go on at least once a second.
const PAUSE_MS = 300;
const LONGEST_WAIT_MS = 1000;
// What has no file to go back to is kept itself, up to this size.
export const KEPT_BYTES = 64 * 1024 * 1024;

export interface KeeperOptions {
  /** What is kept of the workspace now. */
  readonly session: () => Session;
  /** Whether bytes without a file to go back to may be kept. */
  readonly keepsBytes: () => boolean;
  /** The workspace was put together from what the store has. */
  readonly kept: boolean;
  readonly now?: () => EpochMs;
}

export function createKeeper(workspace: Workspace, workspaces: WorkspacesStore, options: KeeperOptions) {
  const { sources, marks } = workspace;
  const now = options.now ?? Date.now;
  const { session } = options;
  const [isDirty, setIsDirty] = createSignal(false);
  const [writing, setWriting] = createSignal(0);
  /** What the store has, to write only what changed. */
  let keptMarks: ReadonlyMap<string, Mark> = options.kept ? byPlace(untrack(marks.list)) : new Map();
  const keptSources = new Map<string, OpenRequest>();
  let keptKeys: ReadonlySet<string> = new Set(options.kept ? untrack(session).sources.map(({ key }) => key) : []);
  let dirtySinceMs: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const openedAt = now();

  // Another workspace is about to come on screen.
  let isOver = false;

  // The first source makes the workspace, named after it.
  createEffect(() => {
    const [first] = sources.list();
    if (first && !isOver && untrack(workspaces.current) === null) workspaces.begin(first.name);
  });

  createEffect(
    on(
      [session, marks.list, workspaces.current, () => sources.list().some(({ state }) => state !== 'detached')],
      () => {
        if (isOver || !workspaces.current()) return;
        setIsDirty(true);
        const atMs = performance.now();
        dirtySinceMs ??= atMs;
        clearTimeout(timer);
        timer = setTimeout(() => void flush(), Math.max(0, Math.min(PAUSE_MS, dirtySinceMs + LONGEST_WAIT_MS - atMs)));
      },
    ),
  );

  // Copies that are not wanted any more go with the next writing, and come with it when they are wanted again.
  createEffect(
    on(
      options.keepsBytes,
      () => {
        keptSources.clear();
        setIsDirty(true);
        void flush();
      },
      { defer: true },
    ),
  );

  // The browser has lost what it had: all of it is written again, not only what changes.
  createEffect(
    on(
      workspaces.trouble,
      (trouble) => {
        if (trouble !== 'lost') return;
        keptMarks = new Map();
        keptSources.clear();
        setIsDirty(true);
        void flush();
      },
      { defer: true },
    ),
  );

  const onHide = () => {
    if (document.visibilityState === 'hidden') void flush();
  };
  const onPageHide = () => void flush();
  document.addEventListener('visibilitychange', onHide);
  window.addEventListener('pagehide', onPageHide);
  onCleanup(() => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onHide);
    window.removeEventListener('pagehide', onPageHide);
  });

  /** Writes what has changed. The calls are begun before this returns, so that a page going away still makes them. */
  async function flush(): Promise<void> {
    clearTimeout(timer);
    const current = untrack(workspaces.current);
    if (isOver || !current || !untrack(isDirty)) return;
    setIsDirty(false);
    dirtySinceMs = null;
    setWriting((count) => count + 1);
    const { id } = current;
    const value = untrack(session);
    const head = untrack(() => (isSettled() ? takeHead(workspace) : null));
    const list = untrack(sources.list);
    const recordCount = list.reduce((sum, source) => sum + source.recordCount, 0);
    const changed = changedSources(id, value);
    const { put, removed } = changedMarks(id);
    const { store } = workspaces;
    try {
      await Promise.all([
        store.save({ ...current, openedAt, session: value, recordCount }, changed, goneSources(value)),
        put.length + removed.length > 0 && store.saveMarks(id, put, removed),
        head && store.saveHead(id, head),
      ]);
    } finally {
      setWriting((count) => count - 1);
    }
  }

  const isSettled = () => workspace.records.isCurrent() && !workspace.timeline.isStale();

  function changedSources(id: string, { sources: parts }: Session): StoredSource[] {
    return parts.flatMap(({ key }) => {
      const sourceId = sources.idOf(key);
      const request = sourceId === null ? undefined : sources.requestOf(sourceId);
      if (!request || keptSources.get(key) === request) return [];
      keptSources.set(key, request);
      const isKept = !request.handle && request.blob.size <= KEPT_BYTES && options.keepsBytes();
      return [
        {
          workspace: id,
          key,
          lastModified: request.lastModified,
          handle: request.handle ?? null,
          bytes: isKept ? request.blob : null,
        },
      ];
    });
  }

  /** Keys of sources that the store has and the workspace has no more. */
  function goneSources({ sources: parts }: Session): string[] {
    const keys = new Set(parts.map(({ key }) => key));
    const gone = [...keptKeys].filter((key) => !keys.has(key));
    for (const key of gone) keptSources.delete(key);
    keptKeys = keys;
    return gone;
  }

  function changedMarks(id: string) {
    const present = byPlace(untrack(marks.list));
    const put = [...present].flatMap(([key, mark]) => (keptMarks.get(key) === mark ? [] : toStored(id, mark)));
    const removed = [...keptMarks].flatMap(([key, mark]) => {
      const source = sources.keyOf(mark.id.source);
      // Those of a source that was closed stay where they are: it may come back.
      return present.has(key) || source === '' ? [] : [{ source, offset: mark.id.offset }];
    });
    keptMarks = present;
    return { put, removed };
  }

  function toStored(workspaceId: string, { id, ...mark }: Mark): StoredMark[] {
    const source = sources.keyOf(id.source);
    return source === '' ? [] : [{ ...mark, workspace: workspaceId, source, offset: id.offset }];
  }

  return {
    /** Everything is written that is to be. */
    isSaved: () => writing() === 0 && (!isDirty() || isOver || !workspaces.current()),
    flush,
    /** Writes for the last time: what comes after belongs to another workspace. */
    async end(): Promise<void> {
      const done = flush();
      isOver = true;
      await done;
    },
  };
}

export type KeeperStore = ReturnType<typeof createKeeper>;

const byPlace = (list: readonly Mark[]): ReadonlyMap<string, Mark> =>
  new Map(list.map((mark) => [`${mark.id.source}:${mark.id.offset}`, mark]));
