import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { PatternRow, PatternTable } from '../engine/patterns/pattern';
import type { AnalysisHead, PatternsBody } from '../protocol/analysis';
import { createMemoryStore } from '../storage/memory-store';
import type { WorkspaceStore } from '../storage/stored';
import { type DrawnWorkspace, drawWorkspace } from '../testing/drawn-workspace';
import { type AnalysesStore, createAnalyses, KEPT_AUTOMATIC } from './analyses';
import type { Found, FoundFirstLook, FoundPatterns } from './analysis-body';
import { createWorkspaces, type WorkspacesStore } from './workspaces';

const FIRST_LOOK: FoundFirstLook = {
  kind: 'first-look',
  headline: 'Nothing stands out',
  items: [],
  facts: [{ name: 'Span', value: '4 h' }],
  recordCount: 3,
  isComplete: true,
};

function rowOf(id: number, text: string, count: number): PatternRow {
  const seen = { record: { source: 1, offset: id * 10 }, time: 1000 + id };
  return {
    id,
    text,
    tokens: [
      { kind: 'literal', text },
      { kind: 'wildcard', type: 'duration' },
    ],
    skeletonCount: 1,
    isMerged: false,
    count,
    levelCounts: [0, 0, 0, count, 0, 0, 0],
    sources: [{ source: 1, count }],
    first: seen,
    last: seen,
    example: `${text} 5 ms`,
  };
}

/** Patterns by text and count, each with a record in every bin. */
function tableOf(patterns: Readonly<Record<string, number>>, binCount = 0, isComplete = true): PatternTable {
  const rows = Object.entries(patterns).map(([text, count], id) => rowOf(id, text, count));
  return {
    revision: 1,
    recordCount: rows.reduce((sum, { count }) => sum + count, 0),
    rows,
    bins: {
      startMs: 0,
      binMs: 10,
      binCount,
      starts: Uint32Array.from({ length: rows.length + 1 }, (_, at) => at * binCount),
      at: Uint16Array.from({ length: rows.length * binCount }, (_, at) => at % binCount),
      counts: new Uint32Array(rows.length * binCount).fill(1),
    },
    skeletonCount: rows.length,
    merged: null,
    isComplete,
  };
}

function foundIn(table: PatternTable, part: Partial<FoundPatterns> = {}): FoundPatterns {
  const grouping = { granularity: 2, merges: [], splits: [] } as const;
  return {
    kind: 'patterns',
    table,
    grouping,
    nameOf: () => null,
    classOf: () => null,
    readGroups: async () => null,
    ...part,
  };
}

let drawn: DrawnWorkspace;
let store: WorkspaceStore;
let workspaces: WorkspacesStore;
let analyses: AnalysesStore;
let show: (found: Found | null) => void;
let clock: number;
let dispose: () => void;

beforeEach(async () => {
  vi.useRealTimers();
  clock = 1000;
  drawn = await drawWorkspace({ 'app.log': '10:00:00.000 INFO a\n10:01:00.000 INFO b\n10:02:00.000 INFO c\n' });
  store = createMemoryStore();
  createRoot((end) => {
    dispose = end;
    workspaces = createWorkspaces(() => store, undefined);
    const [patterns, setPatterns] = createSignal<FoundPatterns | null>(null);
    const [firstLook, setFirstLook] = createSignal<FoundFirstLook | null>(null);
    show = (found) => {
      setPatterns(found?.kind === 'patterns' ? found : null);
      setFirstLook(found?.kind === 'first-look' ? found : null);
    };
    analyses = createAnalyses(drawn.workspace, { workspaces, patterns, firstLook, now: () => (clock += 1) });
  });
  const current = workspaces.begin('Incident');
  await store.save({ ...current, openedAt: 0, session: null, recordCount: null }, [], []);
  await settle();
});
afterEach(() => {
  dispose();
  drawn.dispose();
});

/** Everything that waits is written. */
async function settle() {
  await vi.waitFor(() => {
    analyses.hurry();
    expect(analyses.isIdle()).toBe(true);
  });
}

const titles = () => analyses.list().map(({ head }) => head.title);
const keptIds = async () => (await store.readAnalyses(workspaces.current()?.id ?? '')).map(({ id }) => id);

async function openPatterns(id: string): Promise<{ head: AnalysisHead; body: PatternsBody }> {
  const outcome = await analyses.open(id);
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  if (outcome.value.body.kind !== 'patterns') throw new Error('no patterns');
  return { head: outcome.value.head, body: outcome.value.body };
}

describe('kept by hand', () => {
  test('patterns come back whole, without the log: counts, places by key, names, classes, bins', async () => {
    const classification = { category: 'External', severity: 'high', rule: 'r1', because: 'it said so' } as const;
    const id = await analyses.keep(
      foundIn(tableOf({ 'took ': 4, 'sent ': 3 }, 3), {
        nameOf: (text) => (text === 'sent ' ? 'Sending' : null),
        classOf: (text) => (text === 'took ' ? classification : null),
      }),
    );
    const { head, body } = await openPatterns(id ?? '');
    expect(head).toMatchObject({ title: 'app.log', recordCount: 7, itemCount: 2, isAutomatic: false, zone: 'UTC' });
    expect(head.sources).toMatchObject([{ key: 'app.log', recordCount: 3 }]);
    expect(body.patterns[0]).toMatchObject({
      text: 'took ',
      name: null,
      tokens: ['took ', { wildcard: 'duration' }],
      count: 4,
      sources: [[0, 4]],
      first: { source: 0, offset: 0, time: 1000 },
      classification,
      at: [0, 1, 2],
      counts: [1, 1, 1],
    });
    expect(body.patterns[1]).toMatchObject({ name: 'Sending', classification: null });
  });

  test('more bins than a sparkline shows are joined, and no record is lost', async () => {
    const id = await analyses.keep(foundIn(tableOf({ a: 1000 }, 1000)));
    const { body } = await openPatterns(id ?? '');
    expect(body.bins).toEqual({ startMs: 0, binMs: 50, binCount: 200 });
    expect(body.patterns[0]?.counts).toEqual(Array.from({ length: 200 }, () => 5));
  });

  test('the filter is kept as it stands', async () => {
    drawn.workspace.filter.setText('INFO');
    await drawn.idle();
    const id = await analyses.keep(foundIn(tableOf({ a: 1 })));
    const { head } = await openPatterns(id ?? '');
    expect(head.filter).toMatchObject({ text: 'INFO', part: { draft: 'INFO' } });
  });

  test('keeping, renaming, deleting: each can be taken back and done again', async () => {
    const { acts } = drawn.workspace;
    const id = (await analyses.keep(foundIn(tableOf({ a: 1 })))) ?? '';
    expect(acts.nextUndo()).toBe('Patterns kept');
    analyses.rename(id, '  Before the release ');
    expect(titles()).toEqual(['Before the release']);
    analyses.remove([id]);
    expect(titles()).toEqual([]);
    await settle();
    expect(await keptIds()).toEqual([]);
    acts.undo();
    expect(titles()).toEqual(['Before the release']);
    acts.undo();
    expect(titles()).toEqual(['app.log']);
    acts.undo();
    expect(titles()).toEqual([]);
    acts.redo();
    await settle();
    expect(await keptIds()).toEqual([id]);
    expect((await openPatterns(id)).body.patterns).toHaveLength(1);
  });

  test('they are there when the workspace is opened again, newest first', async () => {
    await analyses.keep(foundIn(tableOf({ a: 1 })));
    await analyses.keep(FIRST_LOOK);
    const { id } = workspaces.current() ?? { id: '' };
    workspaces.leave();
    await settle();
    expect(analyses.list()).toEqual([]);
    await workspaces.open(id);
    await settle();
    expect(analyses.list().map(({ head }) => head.kind)).toEqual(['first-look', 'patterns']);
  });

  test('one that cannot be read is told with its reason, and can be deleted', async () => {
    const id = workspaces.current()?.id ?? '';
    await store.saveAnalyses(id, [{ workspace: id, id: 'x', head: { version: 9 }, body: new Blob() }], []);
    await analyses.refresh();
    expect(analyses.list()).toEqual([]);
    expect(analyses.unread()).toEqual([{ id: 'x', reason: 'was made by a newer Loupe (analysis version 9)' }]);
    expect(await analyses.open('x')).toMatchObject({ kind: 'refused' });
    analyses.remove(['x']);
    expect(analyses.unread()).toEqual([]);
  });
});

describe('as a file', () => {
  test('written and taken up again, under an id of its own', async () => {
    const id = (await analyses.keep(foundIn(tableOf({ a: 1 })))) ?? '';
    const file = await analyses.toFile(id);
    await analyses.takeFile(file ?? new Blob());
    await analyses.takeFile(file ?? new Blob());
    expect(new Set(analyses.list().map((one) => one.id)).size).toBe(3);
    expect(drawn.workspace.acts.nextUndo()).toBe('Analysis taken up');
  });

  test('anything else is refused with a reason', async () => {
    expect(await analyses.takeFile(new Blob(['10:00 INFO']))).toEqual({ kind: 'refused', reason: 'is no JSON' });
    expect(analyses.list()).toEqual([]);
  });
});

describe('kept by itself', () => {
  const automatic = () => analyses.list().filter(({ head }) => head.isAutomatic);

  test('what is complete is kept after a pause, once, and is no act', async () => {
    show(foundIn(tableOf({ a: 1 })));
    expect(analyses.isIdle()).toBe(false);
    expect(analyses.list()).toEqual([]);
    await settle();
    expect(automatic()).toHaveLength(1);
    expect(drawn.workspace.acts.nextUndo()).toBeNull();
    show(FIRST_LOOK);
    await settle();
    expect(automatic().map(({ head }) => head.kind)).toEqual(['first-look', 'patterns']);
  });

  test('what changes meanwhile, and what is not complete, is not', async () => {
    show(foundIn(tableOf({ a: 1 })));
    show(null);
    expect(analyses.isIdle()).toBe(true);
    show(foundIn(tableOf({ a: 1 }, 0, false)));
    expect(analyses.isIdle()).toBe(true);
  });

  test('the same sources, filter and grouping take the place of the one before; another grouping does not', async () => {
    show(foundIn(tableOf({ a: 1 })));
    await settle();
    show(foundIn(tableOf({ a: 2 })));
    await settle();
    expect(automatic().map(({ head }) => head.recordCount)).toEqual([2]);
    show(foundIn(tableOf({ a: 2 }), { grouping: { granularity: 4, merges: [], splits: [] } }));
    await settle();
    expect(automatic()).toHaveLength(2);
    expect(await keptIds()).toHaveLength(2);
  });

  test(`the newest ${KEPT_AUTOMATIC} stay, and all that were kept by hand`, async () => {
    await analyses.keep(foundIn(tableOf({ a: 1 })));
    for (let at = 0; at < KEPT_AUTOMATIC + 3; at += 1) {
      show(foundIn(tableOf({ a: 1 }), { grouping: { granularity: 2, merges: [[`${at}`]], splits: [] } }));
      await settle();
    }
    expect(automatic()).toHaveLength(KEPT_AUTOMATIC);
    expect(automatic().at(-1)?.head.grouping?.merges).toEqual([['3']]);
    expect(analyses.list()).toHaveLength(KEPT_AUTOMATIC + 1);
    expect(await keptIds()).toHaveLength(KEPT_AUTOMATIC + 1);
  });

  test('named or kept for good, it is replaced no more', async () => {
    show(foundIn(tableOf({ a: 1 })));
    await settle();
    analyses.rename(analyses.list()[0]?.id ?? '', 'Before');
    show(foundIn(tableOf({ a: 2 })));
    await settle();
    analyses.keepForGood(automatic()[0]?.id ?? '');
    show(foundIn(tableOf({ a: 3 })));
    await settle();
    expect(titles()).toEqual(['app.log', 'app.log', 'Before']);
    expect(automatic()).toHaveLength(1);
  });

  test('by hand it takes the place of what was kept by itself, and the same is not kept again', async () => {
    show(foundIn(tableOf({ a: 1 })));
    await settle();
    await analyses.keep(foundIn(tableOf({ a: 1 })));
    expect(analyses.list().map(({ head }) => head.isAutomatic)).toEqual([false]);
    show(foundIn(tableOf({ a: 1 })));
    await settle();
    expect(analyses.list()).toHaveLength(1);
    drawn.workspace.acts.undo();
    expect(analyses.list().map(({ head }) => head.isAutomatic)).toEqual([true]);
    show(foundIn(tableOf({ a: 1, b: 1 })));
    await settle();
    expect(analyses.list().map(({ head }) => head.recordCount)).toEqual([2]);
  });

  test('the setting switches it off', async () => {
    drawn.workspace.settings.change({ keepsAnalyses: false });
    show(foundIn(tableOf({ a: 1 })));
    await settle();
    expect(analyses.list()).toEqual([]);
  });
});
