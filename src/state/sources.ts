/** The sources of the workspace: what the engine tells of them, which are shown, and the files they came from. */
import { batch, createEffect, createMemo, createSignal, onCleanup } from 'solid-js';
import { createStore, produce, reconcile, unwrap } from 'solid-js/store';

import { Fault, isFault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { SourceSummary } from '../engine/api';
import type { BytesRef } from '../engine/source/byte-source';
import type { SourceId } from '../engine/records/record';
import type { ActsStore } from './acts';
import { findFileFault, readHandle } from './file-faults';
import { contentOf, inOrder, isSameList, isSameReading, type Reading, readingOf, readingPart } from './source-reading';
import { createSourceSettings, type SourceKey, type SourceSettings } from './source-settings';

/** Something to open, with the way to read it again when it changes on disk. */
export interface OpenRequest {
  readonly name: string;
  readonly blob: Blob;
  /** EpochMs: anchors times without a year or a date. */
  readonly lastModified: number;
  readonly handle?: FileSystemFileHandle;
}

/** A fault that belongs to one source, or (source null) to opening something that never became one. */
export interface SourceFault {
  readonly source: SourceId | null;
  readonly name: string;
  readonly fault: Fault;
}

export const SOURCE_COLOURS = 8;

export function createSources(engine: EngineClient, acts: ActsStore) {
  const settings = createSourceSettings(acts);
  const [state, setState] = createStore<{ byId: Record<SourceId, SourceSummary>; order: SourceId[] }>({
    byId: {},
    order: [],
  });
  const [faults, setFaults] = createSignal<readonly SourceFault[]>([]);
  const [revision, setRevision] = createSignal(0);
  // Rises when a file of a source came or changed.
  const [filesRevision, setFilesRevision] = createSignal(0);
  const [currentId, setCurrentId] = createSignal<SourceId | null>(null);
  /** Where each source came from: to read it again, and to open it in another engine when this one died. */
  const requests = new Map<SourceId, OpenRequest>();
  const keys = new Map<SourceId, SourceKey>();
  /** The colour each source came with; kept when it is closed, so that it comes back in it. */
  const firstColours = new Map<SourceKey, number>();
  /** What the engine was told last, to tell it only what changed. */
  const told = new Map<SourceId, Reading>();
  /** Files on their way to the sources that wait for them. */
  const attaching = new Map<SourceId, Promise<SourceId | undefined>>();
  /** Sources of which the engine is being told. */
  const telling = new Set<SourceId>();
  let lastId = 0;

  onCleanup(
    engine.onEvent((event) => {
      if (event.kind === 'source') batch(() => take(event.summary));
      else if (event.kind === 'closed') batch(() => drop(event.source));
    }),
  );

  function take(summary: SourceSummary) {
    const known = state.byId[summary.id];
    if (!keys.has(summary.id)) welcome(summary.id, freeKey(summary.name));
    const isNews = !known || contentOf(known) !== contentOf(summary);
    setState('byId', summary.id, reconcile(summary));
    if (!known) setState('order', (order) => [...order, summary.id].sort((a, b) => a - b));
    if (summary.fault && !known?.fault) addFault(summary.id, summary.name, toFault(summary.fault));
    if (isNews) setRevision((count) => count + 1);
  }

  /** Takes up a source under its key, before anything of it is shown. */
  function welcome(id: SourceId, key: SourceKey) {
    lastId = Math.max(lastId, id);
    if (!firstColours.has(key)) firstColours.set(key, rarestColour());
    keys.set(id, key);
    told.set(id, readingOf(settings.get(key)));
  }

  function freeKey(name: string): SourceKey {
    const taken = new Set(keys.values());
    for (let number = 1; ; number += 1) {
      const key = number === 1 ? name : `${name} (${number})`;
      if (!taken.has(key)) return key;
    }
  }

  /** The colour that the fewest open sources have; of several the first. */
  function rarestColour(): number {
    const counts = Array.from({ length: SOURCE_COLOURS }, () => 0);
    // Also those whose first summary is yet to come: files opened together come quickly.
    for (const id of keys.keys()) counts[colourOf(id)] = (counts[colourOf(id)] ?? 0) + 1;
    return counts.indexOf(Math.min(...counts));
  }

  const isDetached = (id: SourceId) => state.byId[id]?.state === 'detached';
  const keyOf = (id: SourceId): SourceKey => keys.get(id) ?? '';
  const settingsOf = (id: SourceId) => settings.get(keyOf(id));
  const colourOf = (id: SourceId) => settingsOf(id).colour ?? firstColours.get(keyOf(id)) ?? 0;
  const nameOf = (id: SourceId) => settingsOf(id).title ?? state.byId[id]?.name ?? '';

  function drop(id: SourceId) {
    requests.delete(id);
    keys.delete(id);
    told.delete(id);
    setState(
      produce((draft) => {
        draft.order = draft.order.filter((other) => other !== id);
        delete draft.byId[id];
      }),
    );
    setFaults((old) => old.filter((entry) => entry.source !== id));
    setRevision((count) => count + 1);
  }

  function addFault(source: SourceId | null, name: string, fault: Fault) {
    setFaults((old) => [
      ...old.filter((entry) => entry.source === null || entry.source !== source),
      { source, name, fault },
    ]);
  }

  /** Runs a wish about a source; a fault becomes a note about it, a bug is thrown on. */
  async function attempt<T>(source: SourceId | null, name: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code !== 'stale' && error.code !== 'worker-died') addFault(source, name, error);
      return undefined;
    }
  }

  function keepRequest(id: SourceId, request: OpenRequest) {
    requests.set(id, request);
    setFilesRevision((count) => count + 1);
  }

  /** @param again  the source that was closed and is to be the same again; absent: a new one */
  async function openNew(
    request: OpenRequest,
    again?: { id: SourceId; key: SourceKey },
  ): Promise<SourceId | undefined> {
    const { name, lastModified } = request;
    const id = again?.id ?? lastId + 1;
    welcome(id, again?.key ?? freeKey(name));
    const { format, encoding, zone, offsetMs } = settingsOf(id);
    const input = {
      id,
      name,
      lastModified,
      bytes: bytesOf(request),
      ...(format === null ? {} : { format }),
      ...(encoding === null ? {} : { encoding }),
      ...(zone === null ? {} : { zone }),
      ...(offsetMs === 0 ? {} : { offsetMs }),
    };
    const opened = await attempt(null, name, () => engine.open(input));
    if (opened === undefined) drop(id);
    else keepRequest(opened, request);
    return opened;
  }

  /** The source of that name whose file has changed or gone since it was opened. */
  async function findOutdated(name: string): Promise<SourceId | undefined> {
    for (const [id, request] of [...requests]) {
      if (request.name === name && (await findFileFault(request))) return id;
    }
    return undefined;
  }

  /** Goes on with a fresh file; one that did not merely grow becomes a source of its own, beside the old records. */
  async function refreshFrom(id: SourceId, request: OpenRequest): Promise<SourceId | undefined> {
    setFaults((old) => old.filter((entry) => entry.source !== id));
    try {
      await engine.refresh(id, bytesOf(request), request.lastModified);
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code !== 'worker-died') addFault(id, request.name, error);
      return error.code === 'file-replaced' ? openNew(request) : undefined;
    }
    keepRequest(id, request);
    setRevision((count) => count + 1); // what could not be answered is asked again, even when nothing was added
    return id;
  }

  /** Tells the engine how a source is to be read now, one wish after the other; what changes meanwhile is told next. */
  async function tell(id: SourceId): Promise<void> {
    if (telling.has(id)) return;
    telling.add(id);
    try {
      for (;;) {
        const before = told.get(id);
        const wanted = readingOf(settingsOf(id));
        if (!before || isSameReading(before, wanted)) return;
        told.set(id, wanted);
        const name = state.byId[id]?.name ?? '';
        if (wanted.format !== before.format) await attempt(id, name, () => engine.forceFormat(id, wanted.format));
        if (wanted.encoding !== before.encoding)
          await attempt(id, name, () => engine.forceEncoding(id, wanted.encoding));
        if (wanted.offsetMs !== before.offsetMs) await attempt(id, name, () => engine.setOffset(id, wanted.offsetMs));
        if (wanted.zone !== before.zone) await attempt(id, name, () => engine.setZone(id, wanted.zone ?? 'UTC'));
      }
    } finally {
      telling.delete(id);
    }
  }
  createEffect(() => {
    for (const id of state.order) {
      settingsOf(id); // any change of it
      void tell(id);
    }
  });

  /**
   * Asks the engine first: a zone or a format that it does not know is told, and is no act.
   *
   * @param next  what becomes of the settings when the engine took it
   */
  async function change(id: SourceId, title: string, next: Partial<SourceSettings>, ask: () => Promise<void>) {
    const wanted = { ...readingOf(settingsOf(id)), ...readingPart(next) };
    const isTaken = await attempt(id, state.byId[id]?.name ?? '', () => ask().then(() => true));
    if (!isTaken || !keys.has(id)) return;
    told.set(id, wanted);
    settings.change(title, [keyOf(id)], () => next);
  }

  /**
   * The source that is not open and that a file is of: it has its name and is no shorter, or it has its size and no other
   * waits for that one.
   */
  function findDetached({ name, blob }: OpenRequest): SourceId | undefined {
    const waiting = state.order.flatMap((id) => (isDetached(id) ? (state.byId[id] ?? []) : []));
    const named = waiting.find((one) => one.name === name && one.sizeBytes <= blob.size);
    const sized = waiting.filter((one) => one.sizeBytes === blob.size && one.sizeBytes > 0);
    return named?.id ?? (sized.length === 1 ? sized[0]?.id : undefined);
  }

  /**
   * Opens the file of a source that waits for it; when that fails it goes on waiting. Two may bring it at once: what was
   * kept, and another window.
   */
  function attach(id: SourceId, request: OpenRequest): Promise<SourceId | undefined> {
    const underWay = attaching.get(id);
    if (underWay) return underWay;
    const done = attachNow(id, request).finally(() => attaching.delete(id));
    attaching.set(id, done);
    return done;
  }

  async function attachNow(id: SourceId, request: OpenRequest): Promise<SourceId | undefined> {
    const waiting = unwrap(state.byId[id]);
    const was = waiting && { id, key: keyOf(id), summary: { ...waiting } };
    const opened = await openNew(request, { id, key: keyOf(id) });
    if (opened === undefined && was) putDetached([was]);
    return opened;
  }

  function putDetached(sources: readonly { id: SourceId; key: SourceKey; summary: SourceSummary }[]) {
    batch(() => {
      for (const { id, key, summary } of sources) {
        welcome(id, key);
        take({ ...summary, id, state: 'detached', fault: null });
      }
    });
  }

  const closing = new Map<SourceId, Promise<unknown>>();
  function closeNow(id: SourceId): Promise<unknown> {
    const done = attempt(id, state.byId[id]?.name ?? '', () => engine.close(id));
    closing.set(id, done);
    return done;
  }

  /** Closing is undone by opening the same file as the same source again. */
  async function close(ids: readonly SourceId[]): Promise<void> {
    const closed = ids.flatMap((id) => {
      const request = requests.get(id);
      return request ? [{ id, key: keyOf(id), request }] : [];
    });
    const waiting = ids.flatMap((id) => {
      const summary = isDetached(id) ? unwrap(state.byId[id]) : undefined;
      return summary ? [{ id, key: keyOf(id), summary: { ...summary } }] : [];
    });
    const [first] = ids;
    const title = ids.length === 1 && first !== undefined ? `${nameOf(first)} closed` : `${ids.length} sources closed`;
    const closeAll = () => {
      batch(() => {
        for (const { id } of waiting) drop(id);
      });
      return Promise.all(ids.filter((id) => !waiting.some((one) => one.id === id)).map(closeNow));
    };
    const reopen = async () => {
      putDetached(waiting);
      for (const { id, key, request } of closed) {
        await closing.get(id);
        await openNew(request, { id, key });
      }
    };
    if (closed.length + waiting.length > 0) acts.add({ title, undo: () => void reopen(), redo: () => void closeAll() });
    await closeAll();
  }

  const ids = createMemo(() => inOrder(state.order, settings.order(), keyOf), [], { equals: isSameList });
  const hidden = createMemo(
    () => new Set(state.order.filter((id) => settingsOf(id).isHidden)) as ReadonlySet<SourceId>,
  );
  const list = createMemo(() => ids().flatMap((id) => state.byId[id] ?? []));
  const visibleIds = createMemo(() => ids().filter((id) => !hidden().has(id) && !isDetached(id)), [], {
    equals: isSameList,
  });
  const keysOf = (wanted: readonly SourceId[]) => wanted.map(keyOf);
  const opening = createMemo(() => list().filter((source) => source.state === 'opening'));

  return {
    list,
    hidden,
    visibleIds,
    opening,
    faults,
    /** Rises whenever the records of some source may have changed. */
    revision,
    ids,
    get: (id: SourceId): SourceSummary | undefined => state.byId[id],
    /** Index of a source's colour, 0..SOURCE_COLOURS-1. */
    colourOf,
    /** What people see in place of the file's name. */
    nameOf,
    /** Names a source beyond this page: in what is saved, in another window. */
    keyOf,
    /** The open source of that key; null when it is not open. */
    idOf: (key: SourceKey) => ids().find((id) => keyOf(id) === key) ?? null,
    settings,
    settingsOf,
    /** The source last pointed at in the panel: the commands about one source act on it. */
    currentId: () => (keys.has(currentId() ?? -1) ? currentId() : null),
    setCurrentId,
    /** The file of a source; tracked. */
    requestOf(id: SourceId): OpenRequest | undefined {
      filesRevision();
      return requests.get(id);
    },
    requestsByKey: (): ReadonlyMap<SourceKey, OpenRequest> =>
      new Map([...requests].map(([id, request]) => [keyOf(id), request])),
    /** Opens a file as the source of that key, unless it is open. Not an act: another window did it. */
    async openAs(key: SourceKey, request: OpenRequest): Promise<void> {
      const known = [...keys].find(([, other]) => other === key)?.[0];
      if (known === undefined) await openNew(request, { id: lastId + 1, key });
      else if (isDetached(known)) await attach(known, request);
    },
    /** Closes a source that another window closed. Not an act. */
    closeQuietly(id: SourceId) {
      if (isDetached(id)) drop(id);
      else void closeNow(id);
    },

    /** @returns the ids of those that could be registered; resolves before their bytes are read */
    async open(wanted: readonly OpenRequest[]): Promise<SourceId[]> {
      const ids: SourceId[] = [];
      for (const request of wanted) {
        const detached = findDetached(request);
        if (detached !== undefined) {
          if ((await attach(detached, request)) !== undefined) ids.push(detached);
          continue;
        }
        const outdated = await findOutdated(request.name);
        const id = outdated === undefined ? await openNew(request) : await refreshFrom(outdated, request);
        if (id !== undefined) ids.push(id);
      }
      return ids;
    },
    /** Sources that are known but not open: their files have to be asked for, or dropped again. */
    detached: createMemo(() => list().filter((source) => source.state === 'detached')),
    /** Takes up sources as they were, in order, without their files. @returns their ids */
    expect: (sources: readonly { key: SourceKey; summary: SourceSummary }[]): SourceId[] => {
      const numbered = sources.map((source, at) => ({ ...source, id: lastId + 1 + at }));
      putDetached(numbered);
      return numbered.map(({ id }) => id);
    },
    /** Opens the file of a source that waits for it. */
    attach,
    /** Reads a changed file again from its handle. Does nothing where there is no handle: then the person drops it again. */
    async refresh(id: SourceId) {
      const request = requests.get(id);
      const { handle } = request ?? {};
      if (!request || !handle) return;
      const file = await attempt(id, request.name, () => readHandle(handle));
      if (file) await refreshFrom(id, { ...request, blob: file, lastModified: file.lastModified });
    },
    /** Tells of every source whose file can no longer be read as it was: asked for when a read has failed somewhere. */
    async checkFiles() {
      for (const [id, request] of [...requests]) {
        const fault = await findFileFault(request);
        if (fault && requests.get(id) === request) addFault(id, request.name, fault);
      }
    },
    canRefresh: (id: SourceId) => requests.get(id)?.handle !== undefined,
    /** Resolves when opening has ended, whatever the end. */
    whenOpened: (id: SourceId) => engine.whenOpened(id),
    stop: (id: SourceId) => attempt(id, state.byId[id]?.name ?? '', () => engine.stopOpening(id)),
    async stopAll() {
      await Promise.all(
        opening().map((source) => attempt(source.id, source.name, () => engine.stopOpening(source.id))),
      );
    },
    /** An act: undoing it opens the same files as the same sources again. */
    close,
    forceFormat: (id: SourceId, format: string | null) =>
      change(id, 'Format changed', { format }, () => engine.forceFormat(id, format)),
    forceEncoding: (id: SourceId, encoding: string | null) =>
      change(id, 'Encoding changed', { encoding }, () => engine.forceEncoding(id, encoding)),
    setZone: (id: SourceId, zone: string) => change(id, 'Zone changed', { zone }, () => engine.setZone(id, zone)),
    /** ms added to its times. Steps that follow each other quickly are one act. */
    setOffset: (id: SourceId, offsetMs: number) =>
      settings.change('Clock offset changed', [keyOf(id)], () => ({ offsetMs }), `offset ${keyOf(id)}`),
    /** null: by order of opening */
    setColour: (id: SourceId, colour: number | null) =>
      settings.change('Colour changed', [keyOf(id)], () => ({ colour })),
    /** An empty title is the file's name again. */
    rename(id: SourceId, title: string) {
      const name = title.trim();
      const isFileName = name === '' || name === state.byId[id]?.name;
      settings.change('Source renamed', [keyOf(id)], () => ({ title: isFileName ? null : name }));
    },
    setShown(wanted: readonly SourceId[], isShown: boolean) {
      const what = wanted.length === 1 ? 'Source' : 'Sources';
      settings.change(`${what} ${isShown ? 'shown' : 'hidden'}`, keysOf(wanted), () => ({ isHidden: !isShown }));
    },
    toggle(id: SourceId) {
      const isHidden = !hidden().has(id);
      settings.change(isHidden ? 'Source hidden' : 'Source shown', [keyOf(id)], () => ({ isHidden }));
    },
    /** Shows only these, or all again when they were the only ones. */
    showOnly(...wanted: SourceId[]) {
      const isOnly = ids().every((id) => wanted.includes(id) !== hidden().has(id));
      settings.change(
        isOnly ? 'All sources shown' : `Only ${wanted.length === 1 ? 'this source' : 'these sources'} shown`,
        keysOf(ids()),
        (_, key) => ({
          isHidden: !isOnly && !wanted.some((id) => keyOf(id) === key),
        }),
      );
    },
    /** Moves a source up (-1) or down (+1) among the others. */
    move(id: SourceId, step: 1 | -1) {
      const order = [...ids()];
      const at = order.indexOf(id);
      const other = order[at + step];
      if (at < 0 || other === undefined) return;
      order[at] = other;
      order[at + step] = id;
      settings.setOrder('Source moved', keysOf(order));
    },
    addFault,
    dismissFault(entry: SourceFault) {
      setFaults((old) => old.filter((other) => other !== entry));
    },
  };
}

export type SourcesStore = ReturnType<typeof createSources>;

function bytesOf({ blob }: OpenRequest): BytesRef {
  return { kind: 'blob', blob, size: blob.size };
}

function toFault(fault: { code: string; message: string }): Fault {
  return new Fault(fault.code as Fault['code'], fault.message);
}
