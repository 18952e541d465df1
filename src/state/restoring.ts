/**
 * Puts a kept workspace together again: what was chosen and the picture of its first screen at once, then its files, as
 * far as the browser hands them out without asking.
 */
import { batch, createEffect, createMemo, createSignal, on, untrack } from 'solid-js';

import type { RecordId, SourceId } from '../engine/records/record';
import { EMPTY_SESSION, parseSession, type RecordRef, type Session } from '../protocol/session';
import type { StoredSource, WholeWorkspace } from '../storage/stored';
import { toStill } from './head';
import { restoreSourceSettings, restoreView, toDetachedSummary } from './session-parts';
import type { OpenRequest } from './sources';
import type { Workspace } from './workspace';

/**
 * How a source that waits gets its file: `ask` the browser, which needs a click; `drop`: the person brings it; `gone`: it
 * is not where it was; `held`: its opening did not end the last time.
 */
export type Way = 'ask' | 'drop' | 'gone' | 'held';

export interface WaitingSource {
  readonly id: SourceId;
  readonly name: string;
  readonly sizeBytes: number;
  readonly way: Way;
}

/** Remembers which workspace is being opened: one that is still named when the page starts brought it down. */
export type OpeningFlags = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;

const FLAG = (id: string) => `loupe.opening.${id}`;

/** What a handle offers beyond the compiler's library. */
interface AskingHandle {
  queryPermission?(options: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(options: { mode: 'read' }): Promise<PermissionState>;
}

export function createRestoring(workspace: Workspace, flags: OpeningFlags) {
  const { sources, marks, records, timeline } = workspace;
  const [ways, setWays] = createSignal<ReadonlyMap<SourceId, Way>>(new Map());
  // Handles and bytes are being fetched: nothing has been asked of the engine yet.
  const [isFetching, setIsFetching] = createSignal(false);
  const stored = new Map<SourceId, StoredSource>();
  let workspaceId: string | null = null;

  const waiting = createMemo<readonly WaitingSource[]>(() =>
    sources.detached().flatMap(({ id, sizeBytes }) => {
      const way = ways().get(id);
      return way ? [{ id, name: sources.nameOf(id), sizeBytes, way }] : [];
    }),
  );

  // Closing what waits leaves nothing that the picture could be of.
  createEffect(() => {
    if (sources.list().length === 0) records.dropStill();
  });

  // One that was dropped goes on with what is here; what else waits may never come.
  createEffect(
    on(sources.visibleIds, (ids) => {
      if (ids.length > 0 && !untrack(isFetching)) records.settleForGoal();
    }),
  );

  const setWay = (id: SourceId, way: Way | null) =>
    setWays((old) => {
      const next = new Map(old);
      if (way) next.set(id, way);
      else next.delete(id);
      return next;
    });

  /**
   * @param given  files that this page has in hand already, by key: those of an engine that died
   * @param view   in place of the view that was kept: that of a link
   */
  function restore(whole: WholeWorkspace, given: ReadonlyMap<string, OpenRequest>, view: Session | null) {
    const outcome = parseSession(whole.workspace.session);
    const session = outcome.kind === 'session' ? outcome.session : EMPTY_SESSION;
    workspaceId = whole.workspace.id;
    const toId = (ref: RecordRef | null): RecordId | null => {
      const source = ref && sources.idOf(ref.source);
      return ref && source !== null ? { source, offset: ref.offset } : null;
    };
    batch(() => {
      restoreSourceSettings(workspace, session.sources);
      const summaries = new Map(whole.head?.sources.map(({ key, summary }) => [key, summary]));
      const ids = sources.expect(
        session.sources.map((part) => ({ key: part.key, summary: summaries.get(part.key) ?? toDetachedSummary(part) })),
      );
      const byKey = new Map(whole.sources.map((source) => [source.key, source]));
      session.sources.forEach(({ key }, at) => {
        const id = ids[at];
        const source = byKey.get(key);
        if (id !== undefined && source) stored.set(id, source);
      });
      marks.part.restore(
        whole.marks.flatMap(({ source, offset, note, time, text, madeAt }) => {
          const id = sources.idOf(source);
          return id === null ? [] : [{ id: { source: id, offset }, note, time, text, madeAt }];
        }),
      );
      const still = whole.head && !view ? toStill(whole.head, sources.idOf) : null;
      if (still) records.showStill(still, toId(session.place.selected));
      if (still && whole.head?.timeline) timeline.showStill(whole.head.timeline);
      restoreView(workspace, view ?? session, false);
    });
    const ids = sources.ids();
    if (didNotEnd(workspaceId) && given.size === 0) {
      for (const id of ids) setWay(id, 'held');
      return;
    }
    void fetchAll(ids, given);
  }

  async function fetchAll(ids: readonly SourceId[], given: ReadonlyMap<string, OpenRequest>): Promise<void> {
    setIsFetching(true);
    try {
      const found = await Promise.all(ids.map((id) => fetchOne(id, given.get(sources.keyOf(id)), false)));
      await openAll(found);
    } finally {
      setIsFetching(false);
    }
  }

  interface Found {
    readonly id: SourceId;
    readonly request: OpenRequest | null;
  }

  /** @param isAsking  a person has clicked: the browser may ask them */
  async function fetchOne(id: SourceId, given: OpenRequest | undefined, isAsking: boolean): Promise<Found> {
    if (given) return { id, request: given };
    const source = stored.get(id);
    const name = sources.get(id)?.name ?? '';
    if (source?.bytes) return { id, request: { name, blob: source.bytes, lastModified: source.lastModified } };
    if (!source?.handle) {
      setWay(id, 'drop');
      return { id, request: null };
    }
    const outcome = await readKept(source.handle, isAsking);
    if (outcome instanceof File) {
      return { id, request: { name, blob: outcome, lastModified: outcome.lastModified, handle: source.handle } };
    }
    setWay(id, outcome);
    return { id, request: null };
  }

  async function openAll(found: readonly Found[]): Promise<void> {
    const ready = found.filter((one) => one.request !== null);
    if (ready.length === 0) return;
    setFlag(true);
    // In their order, so that they are read in it.
    const opened: SourceId[] = [];
    for (const { id, request } of ready) {
      if (request && sources.get(id)?.state === 'detached' && (await sources.attach(id, request)) !== undefined) {
        setWay(id, null);
        opened.push(id);
      }
    }
    if (opened.length > 0) records.settleForGoal();
    void Promise.allSettled(opened.map((id) => sources.whenOpened(id))).then(() => setFlag(false));
  }

  function setFlag(isOpening: boolean) {
    if (workspaceId === null) return;
    try {
      if (isOpening) flags?.setItem(FLAG(workspaceId), '1');
      else flags?.removeItem(FLAG(workspaceId));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // no room: then it is opened without asking
    }
  }

  const didNotEnd = (id: string) => flags?.getItem(FLAG(id)) != null;

  return {
    restore,
    /** Sources whose files are not here, with what it takes to get them. */
    waiting,
    isFetching,
    /** Opens those that wait for a click: the browser may ask for each. To be called from a click or a key. */
    async reopen(ids: readonly SourceId[]): Promise<void> {
      setIsFetching(true);
      try {
        // One after the other: a browser shows one question at a time and refuses a second.
        const found: Found[] = [];
        for (const id of ids) found.push(await fetchOne(id, undefined, true));
        await openAll(found);
      } finally {
        setIsFetching(false);
      }
    },
    /** The page goes away in good order: what was being opened did not bring it down. */
    end: () => setFlag(false),
  };
}

export type RestoringStore = ReturnType<typeof createRestoring>;

/** @returns the file, or why it is not to be had now */
async function readKept(handle: FileSystemFileHandle, isAsking: boolean): Promise<File | Way> {
  const asking = handle as FileSystemFileHandle & AskingHandle;
  try {
    let state = (await asking.queryPermission?.({ mode: 'read' })) ?? 'granted';
    if (state === 'prompt' && isAsking) state = (await asking.requestPermission?.({ mode: 'read' })) ?? 'denied';
    if (state !== 'granted') return state === 'prompt' ? 'ask' : 'drop';
    return await handle.getFile();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === 'NotFoundError') return 'gone';
    return error.name === 'SecurityError' ? 'ask' : 'drop'; // SecurityError: asked without a click
  }
}
