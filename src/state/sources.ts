/** The sources of the workspace: what the engine tells of them, which are shown, and the files they came from. */
import { batch, createMemo, createSignal, onCleanup } from 'solid-js';
import { createStore, produce, reconcile } from 'solid-js/store';

import { Fault, isFault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { SourceSummary } from '../engine/api';
import type { BytesRef } from '../engine/source/byte-source';
import type { SourceId } from '../engine/records/record';

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

export function createSources(engine: EngineClient) {
  const [state, setState] = createStore<{ byId: Record<SourceId, SourceSummary>; order: SourceId[] }>({
    byId: {},
    order: [],
  });
  const [hidden, setHidden] = createSignal<ReadonlySet<SourceId>>(new Set());
  const [faults, setFaults] = createSignal<readonly SourceFault[]>([]);
  const [revision, setRevision] = createSignal(0);
  /** Where each source came from: to read it again, and to open it in another engine when this one died. */
  const requests = new Map<SourceId, OpenRequest>();

  onCleanup(
    engine.onEvent((event) => {
      if (event.kind === 'source') batch(() => take(event.summary));
      else if (event.kind === 'closed') batch(() => drop(event.source));
    }),
  );

  function take(summary: SourceSummary) {
    const known = state.byId[summary.id];
    const isNews = !known || contentOf(known) !== contentOf(summary);
    setState('byId', summary.id, reconcile(summary));
    if (!known) setState('order', (order) => [...order, summary.id].sort((a, b) => a - b));
    if (summary.fault && !known?.fault) addFault(summary.id, summary.name, toFault(summary.fault));
    if (isNews) setRevision((count) => count + 1);
  }

  function drop(id: SourceId) {
    requests.delete(id);
    setState(
      produce((draft) => {
        draft.order = draft.order.filter((other) => other !== id);
        delete draft.byId[id];
      }),
    );
    setHidden((old) => without(old, id));
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

  async function openNew(request: OpenRequest): Promise<SourceId | undefined> {
    const { name, lastModified } = request;
    const id = await attempt(null, name, () => engine.open({ name, bytes: bytesOf(request), lastModified }));
    if (id !== undefined) requests.set(id, request);
    return id;
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
    requests.set(id, request);
    setRevision((count) => count + 1); // what could not be answered is asked again, even when nothing was added
    return id;
  }

  const list = createMemo(() => state.order.flatMap((id) => state.byId[id] ?? []));
  const visibleIds = createMemo(() => state.order.filter((id) => !hidden().has(id)), [], { equals: isSameList });
  const opening = createMemo(() => list().filter((source) => source.state === 'opening'));

  return {
    list,
    hidden,
    visibleIds,
    opening,
    faults,
    /** Rises whenever the records of some source may have changed. */
    revision,
    ids: () => state.order,
    get: (id: SourceId): SourceSummary | undefined => state.byId[id],
    /** Index of a source's colour, 0..SOURCE_COLOURS-1. */
    colourOf: (id: SourceId) => Math.max(0, state.order.indexOf(id)) % SOURCE_COLOURS,
    requests: () => [...requests.values()],

    /** @returns the ids of those that could be registered; resolves before their bytes are read */
    async open(wanted: readonly OpenRequest[]): Promise<SourceId[]> {
      const ids: SourceId[] = [];
      for (const request of wanted) {
        const outdated = await findOutdated(request.name);
        const id = outdated === undefined ? await openNew(request) : await refreshFrom(outdated, request);
        if (id !== undefined) ids.push(id);
      }
      return ids;
    },
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
    close: (id: SourceId) => attempt(id, state.byId[id]?.name ?? '', () => engine.close(id)),
    forceFormat: (id: SourceId, format: string | null) =>
      attempt(id, state.byId[id]?.name ?? '', () => engine.forceFormat(id, format)),
    setZone: (id: SourceId, zone: string) => attempt(id, state.byId[id]?.name ?? '', () => engine.setZone(id, zone)),
    toggle(id: SourceId) {
      setHidden((old) => (old.has(id) ? without(old, id) : new Set(old).add(id)));
    },
    /** Shows only this source, or all again when it was the only one. */
    showOnly(id: SourceId) {
      const others = state.order.filter((other) => other !== id);
      const isOnly = !hidden().has(id) && others.every((other) => hidden().has(other));
      setHidden(new Set(isOnly ? [] : others));
    },
    addFault,
    dismissFault(entry: SourceFault) {
      setFaults((old) => old.filter((other) => other !== entry));
    },
  };
}

export type SourcesStore = ReturnType<typeof createSources>;

/** Everything of a summary that changes which records there are, or their order. */
function contentOf(summary: SourceSummary): string {
  return [
    summary.recordCount,
    summary.state,
    summary.format.id,
    summary.zone,
    summary.firstTime,
    summary.lastTime,
  ].join('\n');
}

function bytesOf({ blob }: OpenRequest): BytesRef {
  return { kind: 'blob', blob, size: blob.size };
}

/** Why a file can no longer be read as it was when it was opened; null when it can. Any read of a changed file fails. */
async function findFileFault({ name, blob }: OpenRequest): Promise<Fault | null> {
  try {
    await blob.slice(0, 1).arrayBuffer();
    return null;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return error.name === 'NotFoundError'
      ? new Fault('file-vanished', `${name} is no longer there`, { cause: error })
      : new Fault('file-changed', `${name} changed on disk after it was opened`, { cause: error });
  }
}

/** @throws Fault `file-vanished`, `file-unreadable` */
async function readHandle(handle: FileSystemFileHandle): Promise<File> {
  try {
    return await handle.getFile();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    const code = error.name === 'NotFoundError' ? 'file-vanished' : 'file-unreadable';
    throw new Fault(code, error.message, { cause: error });
  }
}

/** A source's file is not what it was, or not there. */
export function isFileFault({ code }: Fault): boolean {
  return code === 'file-changed' || code === 'file-vanished' || code === 'file-unreadable';
}

function toFault(fault: { code: string; message: string }): Fault {
  return new Fault(fault.code as Fault['code'], fault.message);
}

function without<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const rest = new Set(set);
  rest.delete(value);
  return rest;
}

function isSameList(a: readonly SourceId[], b: readonly SourceId[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
