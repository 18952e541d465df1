/** Writes that the browser refused, put together by workspace until it takes them: the newest of each row, once. */
import type {
  Head,
  MarkKey,
  StoredAnalysis,
  StoredMark,
  StoredSource,
  StoredWorkspace,
  WorkspaceStore,
} from './stored';

/** What a store has still to be told of a workspace. null: the row is to be forgotten. */
interface Owed {
  workspace: StoredWorkspace | null;
  head: Head | null;
  readonly sources: Map<string, StoredSource | null>;
  readonly marks: Map<string, { readonly key: MarkKey; readonly mark: StoredMark | null }>;
  readonly analyses: Map<string, StoredAnalysis | null>;
}

export type Writes = Pick<WorkspaceStore, 'save' | 'saveMarks' | 'saveHead' | 'saveAnalyses'>;

export interface Backlog extends Writes {
  readonly isEmpty: () => boolean;
  /** A workspace that was removed, or put back whole, is owed nothing. */
  readonly forget: (id: string) => void;
  /** Writes all of it. What is refused is owed further on. @throws what the store throws */
  readonly repay: (store: Writes) => Promise<void>;
}

export function createBacklog(): Backlog {
  const owed = new Map<string, Owed>();

  function of(id: string): Owed {
    const known = owed.get(id);
    if (known) return known;
    const fresh: Owed = { workspace: null, head: null, sources: new Map(), marks: new Map(), analyses: new Map() };
    owed.set(id, fresh);
    return fresh;
  }

  return {
    isEmpty: () => owed.size === 0,
    forget: (id) => void owed.delete(id),
    async save(workspace, changed, removed) {
      const entry = of(workspace.id);
      entry.workspace = workspace;
      for (const key of removed) entry.sources.set(key, null);
      for (const source of changed) entry.sources.set(source.key, source);
    },
    async saveMarks(id, changed, removed) {
      const { marks } = of(id);
      for (const key of removed) marks.set(toText(key), { key, mark: null });
      for (const mark of changed) marks.set(toText(mark), { key: mark, mark });
    },
    async saveHead(id, head) {
      of(id).head = head;
    },
    async saveAnalyses(id, changed, removed) {
      const { analyses } = of(id);
      for (const one of removed) analyses.set(one, null);
      for (const analysis of changed) analyses.set(analysis.id, analysis);
    },
    async repay(store) {
      for (const [id, entry] of [...owed]) {
        // Each part leaves the list when it is written, unless something newer has taken its place meanwhile.
        await repayEntry(store, id, entry);
        if (isPaid(entry) && owed.get(id) === entry) owed.delete(id);
      }
    },
  };
}

async function repayEntry(store: Writes, id: string, entry: Owed): Promise<void> {
  const marks = [...entry.marks];
  if (marks.length > 0) {
    const put = marks.flatMap(([, { mark }]) => mark ?? []);
    const gone = marks.flatMap(([, { key, mark }]) => (mark ? [] : [{ source: key.source, offset: key.offset }]));
    await store.saveMarks(id, put, gone);
    for (const [key, value] of marks) if (entry.marks.get(key) === value) entry.marks.delete(key);
  }
  const { workspace, head } = entry;
  if (workspace) {
    const sources = [...entry.sources];
    await store.save(workspace, ...split(sources));
    if (entry.workspace === workspace) entry.workspace = null;
    for (const [key, value] of sources) if (entry.sources.get(key) === value) entry.sources.delete(key);
  }
  const analyses = [...entry.analyses];
  if (analyses.length > 0) {
    await store.saveAnalyses(id, ...split(analyses));
    for (const [key, value] of analyses) if (entry.analyses.get(key) === value) entry.analyses.delete(key);
  }
  if (head) {
    await store.saveHead(id, head);
    if (entry.head === head) entry.head = null;
  }
}

/** Rows to write, and keys of those to forget. */
function split<T>(rows: readonly (readonly [string, T | null])[]): [T[], string[]] {
  return [rows.flatMap(([, row]) => row ?? []), rows.flatMap(([key, row]) => (row === null ? [key] : []))];
}

const isPaid = ({ workspace, head, sources, marks, analyses }: Owed) =>
  workspace === null && head === null && sources.size + marks.size + analyses.size === 0;

const toText = ({ source, offset }: MarkKey) => `${offset} ${source}`;
