/** The same as the database offers, for as long as the page lives: private windows, blocked sites, tests. */
import { EMPTY_SESSION, parseSession } from '../protocol/session';
import type {
  StoredAnalysis,
  StoredMark,
  WholeWorkspace,
  WorkspaceInfo,
  WorkspaceStore,
  StoredWorkspace,
} from './stored';

const keyOf = ({ source, offset }: Pick<StoredMark, 'source' | 'offset'>) => `${source}:${offset}`;

const NOTHING: Omit<WholeWorkspace, 'workspace'> = { sources: [], marks: [], head: null, analyses: [] };

export function createMemoryStore(): WorkspaceStore {
  const kept = new Map<string, WholeWorkspace>();
  // Apart: those that the database had no room for are of workspaces that are there.
  const analyses = new Map<string, readonly StoredAnalysis[]>();

  function change(id: string, next: (whole: WholeWorkspace) => WholeWorkspace) {
    const whole = kept.get(id);
    if (whole) kept.set(id, next(whole));
  }

  return {
    list: async () => sortNewest([...kept.values()].map(({ workspace, marks }) => toInfo(workspace, marks.length))),
    async read(id) {
      const whole = kept.get(id);
      return whole ? { ...whole, analyses: analyses.get(id) ?? [] } : null;
    },
    async save(workspace, changed, removed) {
      const { marks, head, ...old } = kept.get(workspace.id) ?? NOTHING;
      const byKey = new Map([...old.sources, ...changed].map((source) => [source.key, source]));
      for (const key of removed) byKey.delete(key);
      kept.set(workspace.id, { workspace, sources: [...byKey.values()], marks, head, analyses: [] });
    },
    async saveMarks(id, changed, removed) {
      change(id, (whole) => {
        const marks = new Map(whole.marks.map((mark) => [keyOf(mark), mark]));
        for (const key of removed) marks.delete(keyOf(key));
        for (const mark of changed) marks.set(keyOf(mark), mark);
        return { ...whole, marks: [...marks.values()] };
      });
    },
    saveHead: async (id, head) => change(id, (whole) => ({ ...whole, head })),
    readAnalyses: async (id) => analyses.get(id) ?? [],
    async saveAnalyses(id, changed, removed) {
      const byId = new Map((analyses.get(id) ?? []).map((one) => [one.id, one]));
      for (const one of removed) byId.delete(one);
      for (const one of changed) byId.set(one.id, one);
      analyses.set(id, [...byId.values()]);
    },
    rename: async (id, name) => change(id, (whole) => ({ ...whole, workspace: { ...whole.workspace, name } })),
    async remove(id) {
      kept.delete(id);
      analyses.delete(id);
    },
    async putBack(whole) {
      kept.set(whole.workspace.id, whole);
      analyses.set(whole.workspace.id, whole.analyses);
    },
  };
}

export function toInfo(workspace: StoredWorkspace, markCount: number): WorkspaceInfo {
  const { id, name, createdAt, openedAt, recordCount } = workspace;
  const outcome = parseSession(workspace.session);
  const { sources } = outcome.kind === 'session' ? outcome.session : EMPTY_SESSION;
  return { id, name, createdAt, openedAt, recordCount, markCount, sources };
}

export function sortNewest(list: readonly WorkspaceInfo[]): WorkspaceInfo[] {
  return [...list].sort((a, b) => b.openedAt - a.openedAt);
}
