/** A browser that has no room at random moments: what was given to the store is all there once there is room again. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore, IDBTransaction } from 'fake-indexeddb';
import fc from 'fast-check';

import { EMPTY_SESSION } from '../protocol/session';
import { createMemoryStore } from '../storage/memory-store';
import type { StoredMark, WholeWorkspace, WorkspaceStore } from '../storage/stored';
import { createWorkspaceStore } from '../storage/workspace-store';

type Write =
  | {
      readonly kind: 'save';
      readonly openedAt: number;
      readonly put: readonly string[];
      readonly gone: readonly string[];
    }
  | {
      readonly kind: 'marks';
      readonly put: readonly number[];
      readonly gone: readonly number[];
      readonly note: string;
    };

/** Whether the browser refuses, and where: the request itself, or the transaction when it is about to end. */
type Mood = 'takes' | 'refuses request' | 'refuses transaction';

const key = fc.constantFrom('a.log', 'b.log', 'c.log');
const offset = fc.integer({ min: 0, max: 5 });
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({
    kind: fc.constant('save' as const),
    openedAt: fc.nat(),
    put: fc.uniqueArray(key),
    gone: fc.uniqueArray(key),
  }),
  fc.record({
    kind: fc.constant('marks' as const),
    put: fc.uniqueArray(offset),
    gone: fc.uniqueArray(offset),
    note: fc.string({ maxLength: 3 }),
  }),
);
const mood: fc.Arbitrary<Mood> = fc.constantFrom('takes', 'refuses request', 'refuses transaction');

const WORKSPACE = { id: 'w', name: 'Workspace', createdAt: 0, session: EMPTY_SESSION, recordCount: null };
const markOf = (at: number, note: string): StoredMark => ({
  workspace: 'w',
  source: 'a.log',
  offset: at,
  note,
  time: null,
  text: '',
  madeAt: 0,
});

async function apply(store: WorkspaceStore, one: Write): Promise<void> {
  if (one.kind === 'marks') {
    const gone = one.gone.filter((at) => !one.put.includes(at)).map((at) => ({ source: 'a.log', offset: at }));
    return store.saveMarks(
      'w',
      one.put.map((at) => markOf(at, one.note)),
      gone,
    );
  }
  const sources = one.put.map((name) => ({
    workspace: 'w',
    key: name,
    lastModified: one.openedAt,
    handle: null,
    bytes: null,
  }));
  return store.save(
    { ...WORKSPACE, openedAt: one.openedAt },
    sources,
    one.gone.filter((name) => !one.put.includes(name)),
  );
}

export function refusedWritesProperty() {
  return fc.asyncProperty(fc.array(fc.tuple(write, mood), { minLength: 1, maxLength: 100 }), async (writes) => {
    const factory = globalThis.indexedDB;
    globalThis.indexedDB = new IDBFactory();
    let now: Mood = 'takes';
    // oxlint-disable-next-line typescript/unbound-method -- it is called with the store
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (now === 'refuses request') throw new DOMException('no room', 'QuotaExceededError');
      return put.apply(this, given);
    };
    // oxlint-disable-next-line typescript/unbound-method -- it is called with the transaction
    const { commit } = IDBTransaction.prototype;
    IDBTransaction.prototype.commit = function (this: IDBTransaction) {
      if (now === 'refuses transaction') this.abort();
      else commit.call(this);
    };
    try {
      const troubles: unknown[] = [];
      const store = createWorkspaceStore((trouble) => troubles.push(trouble), { makeRoom: async () => false });
      const model = createMemoryStore();
      const begin: Write = { kind: 'save', openedAt: 0, put: [], gone: [] };
      for (const [one, next] of [[begin, 'takes'] as const, ...writes]) {
        now = next;
        await apply(model, one);
        await apply(store, one);
      }
      now = 'takes';
      const end: Write = { kind: 'save', openedAt: 1, put: ['c.log'], gone: [] };
      await apply(model, end);
      await apply(store, end);
      const last = troubles.at(-1) ?? null;
      if (last !== null) throw new Error(`there is room, and still it is told: ${JSON.stringify(last)}`);
      // As another page finds it.
      const kept = toPlain(await createWorkspaceStore(() => {}).read('w'));
      const wanted = toPlain(await model.read('w'));
      if (kept !== wanted) throw new Error(`kept is ${kept}, not ${wanted}`);
    } finally {
      IDBObjectStore.prototype.put = put;
      IDBTransaction.prototype.commit = commit;
      globalThis.indexedDB = factory;
    }
  });
}

function toPlain(whole: WholeWorkspace | null): string {
  if (!whole) return 'nothing';
  return JSON.stringify({
    openedAt: whole.workspace.openedAt,
    sources: whole.sources.map((source) => `${source.key} ${source.lastModified}`).sort(),
    marks: whole.marks.map((mark) => `${mark.offset} ${mark.note}`).sort(),
  });
}
