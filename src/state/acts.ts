/** What a person did, each with its inverse: the stack behind undo and redo. */
import { createSignal } from 'solid-js';

/** One act. `undo` and `redo` may be called any number of times, in turns. */
export interface Act {
  /** As the toast and the palette name it: "Filter changed". */
  readonly title: string;
  undo(): void;
  redo(): void;
  /** Acts of one key that follow each other quickly are one act: letters of a word, steps of a drag. */
  readonly mergeKey?: string;
}

/** A part of what is saved: plain JSON out, the same JSON in. `restore` is not an act. */
export interface SessionPart<T> {
  save(): T;
  restore(value: T): void;
}

export interface LastAct {
  readonly title: string;
  readonly kind: 'done' | 'undone' | 'redone';
  /** Rises with every act, so that the same act twice is told twice. */
  readonly number: number;
}

// Longer pauses begin a new act.
const MERGE_MS = 1500;
// So many acts are kept; the oldest go first. They hold small JSON values.
const KEPT_ACTS = 500;

interface Entry {
  readonly act: Act;
  readonly atMs: number;
}

/** @param now  ms, for deciding what follows quickly */
export function createActs(now: () => number = () => performance.now()) {
  const [done, setDone] = createSignal<readonly Entry[]>([]);
  const [undone, setUndone] = createSignal<readonly Entry[]>([]);
  const [last, setLast] = createSignal<LastAct | null>(null);
  let told = 0;

  function tell(title: string, kind: LastAct['kind']) {
    told += 1;
    setLast({ title, kind, number: told });
  }

  /** Takes up an act that has been done already. */
  function add(act: Act) {
    const entry = { act, atMs: now() };
    setUndone([]);
    setDone((old) => {
      const top = old.at(-1);
      if (top && act.mergeKey !== undefined && top.act.mergeKey === act.mergeKey && entry.atMs - top.atMs < MERGE_MS) {
        const merged: Act = { ...act, undo: () => top.act.undo(), redo: () => act.redo() };
        return [...old.slice(0, -1), { act: merged, atMs: entry.atMs }];
      }
      return [...old, entry].slice(-KEPT_ACTS);
    });
    tell(act.title, 'done');
  }

  return {
    add,
    /** Runs `work` and takes up what it changed in `part` as one act; nothing when it changed nothing. */
    change<T>(title: string, part: SessionPart<T>, work: () => void, mergeKey?: string) {
      const before = part.save();
      work();
      const after = part.save();
      if (JSON.stringify(before) === JSON.stringify(after)) return;
      const act = { title, undo: () => part.restore(before), redo: () => part.restore(after) };
      add(mergeKey === undefined ? act : { ...act, mergeKey });
    },
    /** @returns whether there was something to undo */
    undo(): boolean {
      const entry = done().at(-1);
      if (!entry) return false;
      setDone((old) => old.slice(0, -1));
      setUndone((old) => [...old, entry]);
      entry.act.undo();
      tell(entry.act.title, 'undone');
      return true;
    },
    /** @returns whether there was something to do again */
    redo(): boolean {
      const entry = undone().at(-1);
      if (!entry) return false;
      setUndone((old) => old.slice(0, -1));
      setDone((old) => [...old, entry]);
      entry.act.redo();
      tell(entry.act.title, 'redone');
      return true;
    },
    /** Title of what undo would take back; null when nothing. */
    nextUndo: () => done().at(-1)?.act.title ?? null,
    nextRedo: () => undone().at(-1)?.act.title ?? null,
    /** What happened last, for the toast; null before the first act. */
    last,
    /** Forgets everything: another workspace is on screen. */
    clear() {
      setDone([]);
      setUndone([]);
      setLast(null);
    },
  };
}

export type ActsStore = ReturnType<typeof createActs>;
