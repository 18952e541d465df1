/** What is kept of a workspace in the browser: shapes of the rows, and what may be asked of the keeper of them. */
import type { Histogram, Row, SourceSummary } from '../engine/api';
import type { EpochMs } from '../engine/records/record';
import type { Session } from '../protocol/session';

export interface StoredWorkspace {
  readonly id: string;
  readonly name: string;
  readonly createdAt: EpochMs;
  readonly openedAt: EpochMs;
  /** As `parseSession` takes it: another version of Loupe may have written it. */
  readonly session: unknown;
  /** Records of all its sources when it was saved; null before they were counted. */
  readonly recordCount: number | null;
}

/** The way back to a source's bytes. `key` is that of the session's source. */
export interface StoredSource {
  readonly workspace: string;
  readonly key: string;
  readonly lastModified: EpochMs;
  readonly handle: FileSystemFileHandle | null;
  /** The bytes themselves, of what has no file to go back to: a pasted text, a small picked file. */
  readonly bytes: Blob | null;
}

export interface StoredMark {
  readonly workspace: string;
  /** Key of the session's source. */
  readonly source: string;
  readonly offset: number;
  readonly note: string;
  readonly time: EpochMs | null;
  readonly text: string;
  readonly madeAt: EpochMs;
}

/** The records on screen when the workspace was left, and what stands around them: drawn before anything is read. */
export interface Head {
  /** By the keys of the session's sources. */
  readonly sources: readonly { readonly key: string; readonly summary: SourceSummary }[];
  /** `id.source` is an index into `sources`. */
  readonly rows: readonly Row[];
  /** Position of the first of `rows` in the selection, how many there were, and px scrolled out at the top. */
  readonly first: number;
  readonly count: number;
  readonly total: number;
  readonly offsetPx: number;
  /** What the timeline showed; null: there were no times. */
  readonly timeline: { readonly all: Histogram; readonly kept: Histogram | null; readonly farCount: number } | null;
}

export interface StoredHead {
  readonly workspace: string;
  readonly head: Head;
}

/** A kept analysis: what is listed of it, and the rest as it is written to files (`storage/analyses.ts`). */
export interface StoredAnalysis {
  readonly workspace: string;
  /** That of its head. */
  readonly id: string;
  /** As `parseAnalysisHead` takes it: another version of Loupe may have written it. */
  readonly head: unknown;
  readonly body: Blob;
}

/** Everything of one workspace. */
export interface WholeWorkspace {
  readonly workspace: StoredWorkspace;
  readonly sources: readonly StoredSource[];
  readonly marks: readonly StoredMark[];
  readonly head: Head | null;
  readonly analyses: readonly StoredAnalysis[];
}

export type MarkKey = Pick<StoredMark, 'source' | 'offset'>;

/** One line of the list of workspaces. */
export interface WorkspaceInfo {
  readonly id: string;
  readonly name: string;
  readonly createdAt: EpochMs;
  readonly openedAt: EpochMs;
  readonly recordCount: number | null;
  readonly markCount: number;
  readonly sources: Session['sources'];
}

/** Why the browser does not keep what it is given. */
export type StoreTrouble =
  /** It offers no database: a private window, a blocked site. */
  | 'unavailable'
  /** A newer Loupe has changed the database. */
  | 'newer'
  /** Another tab holds an older database open. */
  | 'blocked'
  /** Another tab needs the database changed: this one let it go. */
  | 'outdated'
  /** There is no room. */
  | 'full'
  /** The browser closed the database under the page: what was kept may be gone. */
  | 'lost'
  /** A person deleted everything kept, in another tab. */
  | 'deleted'
  /** Something that was kept cannot be read any more. */
  | 'damaged';

/** Keeps workspaces. Where nothing can be kept they live as long as the page; no call fails. */
export interface WorkspaceStore {
  /** By last opening, newest first. */
  list(): Promise<WorkspaceInfo[]>;
  read(id: string): Promise<WholeWorkspace | null>;
  /**
   * Writes the workspace and what changed of its sources, all or nothing. Everything is asked for at once, so that a page
   * that goes away has still asked.
   *
   * @param removed  keys of sources to forget
   */
  save(workspace: StoredWorkspace, changed: readonly StoredSource[], removed: readonly string[]): Promise<void>;
  saveMarks(id: string, changed: readonly StoredMark[], removed: readonly MarkKey[]): Promise<void>;
  saveHead(id: string, head: Head): Promise<void>;
  /** Analyses of a workspace, in no order; their bodies are not read before someone asks for their bytes. */
  readAnalyses(id: string): Promise<readonly StoredAnalysis[]>;
  /** Writes some and forgets others, all or nothing. @param removed  their ids */
  saveAnalyses(id: string, changed: readonly StoredAnalysis[], removed: readonly string[]): Promise<void>;
  /** Changes the name alone; nothing when there is no such workspace. */
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Writes everything of a workspace: the way back from `remove`. */
  putBack(whole: WholeWorkspace): Promise<void>;
}
