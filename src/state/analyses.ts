/**
 * Analyses kept with the workspace on screen: made by hand, or by themselves when something is complete; listed, opened
 * without the log, renamed, deleted. What a person does here is an act; what is kept by itself is none.
 */
import { createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';

import type { ErrorGroups } from '../engine/patterns/pattern';
import type { EpochMs } from '../engine/records/record';
import {
  type Analysis,
  type AnalysisBody,
  type AnalysisHead,
  type Parsed,
  parseAnalysisHead,
} from '../protocol/analysis';
import { EMPTY_SESSION } from '../protocol/session';
import { readAnalysisFile, readStoredBody, toAnalysisFile, toStoredAnalysis } from '../storage/analyses';
import type { StoredAnalysis } from '../storage/stored';
import { type Found, type FoundFirstLook, type FoundIn, type FoundPatterns, toAnalysis } from './analysis-body';
import { filterKey } from './compare-analyses';
import type { Workspace } from './workspace';
import type { WorkspacesStore } from './workspaces';

/** So many that were kept by themselves stay in a workspace, the newest. */
export const KEPT_AUTOMATIC = 20;
// What is on screen so long is kept by itself: a filter being typed is not.
const PAUSE_MS = 1000;
const MAX_TITLE = 200;

export interface KeptAnalysis {
  readonly id: string;
  readonly head: AnalysisHead;
  /** In the browser, packed; the head aside. */
  readonly sizeBytes: number;
}

/** One that cannot be read: made by a newer Loupe, or damaged. It stays, and can be deleted. */
export interface UnreadAnalysis {
  readonly id: string;
  /** A sentence without its subject: "was made by a newer Loupe (analysis version 3)". */
  readonly reason: string;
}

export interface AnalysesParts {
  readonly workspaces: WorkspacesStore;
  /** What could be kept now, the same object as long as it is the same; null: nothing to keep. Tracked. */
  readonly patterns: () => FoundPatterns | null;
  readonly firstLook: () => FoundFirstLook | null;
  readonly now?: () => EpochMs;
}

export function createAnalyses(workspace: Workspace, { workspaces, ...parts }: AnalysesParts) {
  const { acts, sources, filter, settings } = workspace;
  const now = parts.now ?? Date.now;
  const [rows, setRows] = createSignal<readonly StoredAnalysis[]>([]);
  const [writing, setWriting] = createSignal(0);
  const [waiting, setWaiting] = createSignal<ReadonlySet<Found['kind']>>(new Set());
  const workspaceId = createMemo(() => workspaces.current()?.id ?? null);

  const read = createMemo(() => rows().map((row) => ({ row, head: parseAnalysisHead(row.head) })));
  /** Newest first. */
  const list = createMemo((): readonly KeptAnalysis[] =>
    read()
      .flatMap(({ row, head }) =>
        head.kind === 'parsed' ? [{ id: row.id, head: head.value, sizeBytes: row.body.size }] : [],
      )
      .sort((a, b) => b.head.madeAt - a.head.madeAt || (a.id < b.id ? -1 : 1)),
  );
  const unread = createMemo((): readonly UnreadAnalysis[] =>
    read().flatMap(({ row, head }) => (head.kind === 'refused' ? [{ id: row.id, reason: head.reason }] : [])),
  );

  createEffect(on(workspaceId, () => void refresh()));

  /** Reads the list anew: another window may have kept some. */
  async function refresh(): Promise<void> {
    const id = workspaceId();
    if (id === null) {
      setRows([]);
      return;
    }
    const found = await counted(workspaces.store.readAnalyses(id));
    if (untrack(workspaceId) === id) setRows(found);
  }

  async function counted<T>(work: Promise<T>): Promise<T> {
    setWriting((count) => count + 1);
    try {
      return await work;
    } finally {
      setWriting((count) => count - 1);
    }
  }

  /** Puts rows in place of others: on screen at once, in the store soon. */
  function replace(changed: readonly StoredAnalysis[], removed: readonly string[]) {
    const id = untrack(workspaceId);
    if (id === null) return;
    const gone = new Set([...removed, ...changed.map((row) => row.id)]);
    setRows((old) => [...old.filter((row) => !gone.has(row.id)), ...changed]);
    void counted(workspaces.store.saveAnalyses(id, changed, removed));
  }

  /** Replaces rows as an act. */
  function act(title: string, before: readonly StoredAnalysis[], after: readonly StoredAnalysis[]) {
    const without = (rows: readonly StoredAnalysis[], others: readonly StoredAnalysis[]) =>
      rows.map(({ id }) => id).filter((id) => !others.some((other) => other.id === id));
    replace(after, without(before, after));
    acts.add({
      title,
      undo: () => replace(before, without(after, before)),
      redo: () => replace(after, without(before, after)),
    });
  }

  /** Those of the same: kind, sources with their bytes, filter, grouping. */
  const likeOf = (head: AnalysisHead) => list().filter((one) => subjectKey(one.head) === subjectKey(head));
  const rowOf = (id: string) => rows().find((row) => row.id === id);

  /** The sources on screen, the filter over them, which the first look leaves out, and the zone. */
  function whereNow(kind: Found['kind']): FoundIn {
    const saved = structuredClone(filter.part.save()) as FoundIn['filter']['part'];
    return {
      sources: sources.visibleIds().flatMap((id) => {
        const summary = sources.get(id);
        return summary ? [{ key: sources.keyOf(id), name: sources.nameOf(id), summary: { ...summary } }] : [];
      }),
      filter: kind === 'patterns' ? { text: filter.toText(), part: saved } : { text: '', part: EMPTY_SESSION.filter },
      zone: settings.settings().zone,
    };
  }

  function make(found: Found, where: FoundIn, isAutomatic: boolean, groups: ErrorGroups | null = null): Analysis {
    const made = { id: crypto.randomUUID(), title: toTitle(nameSources(where)), atMs: now(), isAutomatic, groups };
    return toAnalysis(found, where, made);
  }

  /** Keeps what is found now, as an act. @returns the id; null when there is no workspace to keep it in */
  async function keep(found: Found): Promise<string | null> {
    const id = workspaceId();
    if (id === null) return null;
    const where = whereNow(found.kind); // before the groups are there, the filter may be another
    const groups = found.kind === 'patterns' ? await counted(found.readGroups()) : null;
    const analysis = make(found, where, false, groups);
    const row = await counted(toStoredAnalysis(id, analysis));
    if (workspaceId() !== id) return null;
    // What was kept by itself of the same is in it.
    const same = likeOf(analysis.head).filter(({ head }) => head.isAutomatic);
    const before = rows().filter((one) => same.some((other) => other.id === one.id));
    act(found.kind === 'patterns' ? 'Patterns kept' : 'First look kept', before, [row]);
    return row.id;
  }

  // ── By itself ──────────────────────────────────────────────────────────────

  const due = new Map<Found['kind'], { found: Found; timer: ReturnType<typeof setTimeout> }>();
  /** What was kept last of each kind: the same is not written twice. */
  const seen = new Map<Found['kind'], Found>();

  function watch(kind: Found['kind'], find: () => Found | null) {
    createEffect(() => {
      const found = settings.settings().keepsAnalyses ? find() : null;
      cancel(kind);
      if (found === null || found === seen.get(kind) || !isWhole(found) || workspaceId() === null) return;
      due.set(kind, { found, timer: setTimeout(() => void keepByItself(kind), PAUSE_MS) });
      setWaiting(new Set(due.keys()));
    });
  }

  function cancel(kind: Found['kind']) {
    clearTimeout(due.get(kind)?.timer);
    if (due.delete(kind)) setWaiting(new Set(due.keys()));
  }

  async function keepByItself(kind: Found['kind']): Promise<void> {
    const found = due.get(kind)?.found;
    cancel(kind);
    const id = untrack(workspaceId);
    if (!found || id === null) return;
    seen.set(kind, found);
    const analysis = untrack(() => make(found, whereNow(found.kind), true));
    const row = await counted(toStoredAnalysis(id, analysis));
    await refresh(); // another window may have kept the same
    if (untrack(workspaceId) !== id) return;
    const automatic = untrack(list).filter(({ head }) => head.isAutomatic);
    const like = untrack(() => likeOf(analysis.head));
    // By hand it is kept already, as it is.
    if (like.some(({ head }) => !head.isAutomatic && isSameSize(head, analysis.head))) return;
    const same = like.filter(({ head }) => head.isAutomatic);
    const others = automatic.filter((one) => !same.includes(one));
    // A place in the list stays: it is the same thing, seen again.
    replace(
      [row],
      [...same, ...others.slice(KEPT_AUTOMATIC - 1)].map((one) => one.id),
    );
  }

  watch('patterns', parts.patterns);
  watch('first-look', parts.firstLook);
  onCleanup(() => {
    for (const { timer } of due.values()) clearTimeout(timer);
  });

  return {
    list,
    unread,
    refresh,
    keep,
    /** Whether there is something to keep by hand now. */
    patterns: parts.patterns,
    firstLook: parts.firstLook,
    /** What is in it; `refused` when it is gone or cannot be read. */
    async open(id: string): Promise<Parsed<Analysis>> {
      const row = rowOf(id);
      if (!row) return { kind: 'refused', reason: 'is not kept any more' };
      return readRow(row);
    },
    rename(id: string, wanted: string) {
      const row = rowOf(id);
      const head = row && parseAnalysisHead(row.head);
      const title = toTitle(wanted.trim());
      if (!row || head?.kind !== 'parsed' || title === '' || title === head.value.title) return;
      // A name is given to what is to stay.
      act('Analysis renamed', [row], [{ ...row, head: { ...head.value, title, isAutomatic: false } }]);
    },
    /** Of one that was kept by itself: it stays until it is deleted. */
    keepForGood(id: string) {
      const row = rowOf(id);
      const head = row && parseAnalysisHead(row.head);
      if (!row || head?.kind !== 'parsed' || !head.value.isAutomatic) return;
      act('Analysis kept', [row], [{ ...row, head: { ...head.value, isAutomatic: false } }]);
    },
    remove(ids: readonly string[]) {
      const removed = rows().filter((row) => ids.includes(row.id));
      if (removed.length === 0) return;
      act(removed.length === 1 ? 'Analysis deleted' : `${removed.length} analyses deleted`, removed, []);
    },
    /** As a file that `takeFile` reads; null when it cannot be read. */
    async toFile(id: string): Promise<Blob | null> {
      const row = rowOf(id);
      const outcome = row && (await readRow(row));
      return outcome?.kind === 'parsed' ? toAnalysisFile(outcome.value) : null;
    },
    /** Takes up an analysis from a file, as an act. It gets an id of its own: the same file may come twice. */
    async takeFile(file: Blob): Promise<Parsed<AnalysisHead>> {
      const id = workspaceId();
      if (id === null) return { kind: 'refused', reason: 'has no workspace to be kept in' };
      const outcome = await readAnalysisFile(file);
      if (outcome.kind === 'refused') return outcome;
      const head = { ...outcome.value.head, id: crypto.randomUUID(), isAutomatic: false };
      const row = await counted(toStoredAnalysis(id, { head, body: outcome.value.body }));
      if (workspaceId() === id) act('Analysis taken up', [], [row]);
      return { kind: 'parsed', value: head };
    },
    /** What is on screen now as an analysis that is not kept: the other side of a comparison. */
    current: (): Analysis | null => {
      const found = parts.patterns();
      return found && make(found, whereNow(found.kind), false);
    },
    isIdle: () => writing() === 0 && waiting().size === 0,
    /** Keeps now what waits for a pause. */
    hurry() {
      for (const kind of [...due.keys()]) void keepByItself(kind);
    },
  };
}

export type AnalysesStore = ReturnType<typeof createAnalyses>;

async function readRow(row: StoredAnalysis): Promise<Parsed<Analysis>> {
  const head = parseAnalysisHead(row.head);
  if (head.kind === 'refused') return head;
  const body: Parsed<AnalysisBody> = await readStoredBody(row, head.value);
  return body.kind === 'refused' ? body : { kind: 'parsed', value: { head: head.value, body: body.value } };
}

const toTitle = (text: string) => text.slice(0, MAX_TITLE);

function nameSources({ sources: [first, ...others] }: FoundIn): string {
  if (!first) return 'Analysis';
  return others.length === 0 ? first.name : `${first.name} and ${others.length} more`;
}

/** Only what is exact is kept by itself. */
const isWhole = (found: Found) => (found.kind === 'patterns' ? found.table.isComplete : found.isComplete);

const isSameSize = (a: AnalysisHead, b: AnalysisHead) => a.recordCount === b.recordCount && a.itemCount === b.itemCount;

/** Equal for analyses of the same: kind, sources with their bytes, filter, grouping. */
export function subjectKey(head: AnalysisHead): string {
  const sources = head.sources.map(({ key, fingerprint, sizeBytes }) => [key, fingerprint ?? sizeBytes]);
  return JSON.stringify([head.kind, sources, filterKey(head), head.grouping]);
}
