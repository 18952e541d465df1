import { cleanup, fireEvent, render, screen, waitFor, within } from '@solidjs/testing-library';
import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { type AnalysesStore, createAnalyses } from '../../state/analyses';
import type { FoundFirstLook, FoundPatterns } from '../../state/analysis-body';
import { createWorkspaces } from '../../state/workspaces';
import type { KeptErrorGroup, KeptPattern } from '../../protocol/analysis';
import { toAnalysisFile, toStoredAnalysis } from '../../storage/analyses';
import { createMemoryStore } from '../../storage/memory-store';
import type { WorkspaceStore } from '../../storage/stored';
import { type DrawnWorkspace, drawWorkspace } from '../../testing/drawn-workspace';
import { standInForPopover } from '../../testing/popover';
import { drawAnalysis, drawPattern, headOf } from '../../testing/random-analyses';
import { AnalysesPanel } from './AnalysesPanel';

const MAY = Date.UTC(2026, 4, 19, 10);
const VIEW_PX = 480;

let drawn: DrawnWorkspace;
let store: AnalysesStore;
let rows: WorkspaceStore;
let dispose: () => void;
let showPatterns: (found: FoundPatterns) => void;

beforeEach(async () => {
  globalThis.ResizeObserver = class {
    constructor(private readonly tell: ResizeObserverCallback) {}
    observe() {
      this.tell([], this);
    }
    unobserve() {}
    disconnect() {}
  };
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => VIEW_PX });
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
  standInForPopover();
  drawn = await drawWorkspace({ 'app.log': '10:00:00.000 INFO a\n' });
  rows = createMemoryStore();
  const [patterns, setPatterns] = createSignal<FoundPatterns | null>(null);
  showPatterns = setPatterns;
  const [firstLook] = createSignal<FoundFirstLook | null>(null);
  const workspaces = createWorkspaces(() => rows, undefined);
  const current = workspaces.begin('Incident');
  await rows.save({ ...current, openedAt: 0, session: null, recordCount: null }, [], []);
  const put = async (analysis: Parameters<typeof toStoredAnalysis>[1]) =>
    rows.saveAnalyses(current.id, [await toStoredAnalysis(current.id, analysis)], []);
  await put(
    drawAnalysis({ 'took <*> ms': 90, started: 1, 'old <*>': 9 }, { id: 'before', title: 'Before', madeAt: MAY }),
  );
  const errors = drawPattern('took <*> ms', 100, { levelCounts: [0, 0, 0, 0, 0, 100, 0] });
  const classified = drawPattern('refused <*>', 60, {
    levelCounts: [0, 0, 0, 0, 0, 60, 0],
    name: 'Refusals',
    classification: { category: 'External', severity: 'high', rule: 'r', because: 'it was refused' },
  });
  const after = drawAnalysis({}, { id: 'after', title: 'After', madeAt: MAY + 3_600_000 });
  await put({
    head: { ...after.head, recordCount: 161, itemCount: 3, engineVersion: 2 },
    body: {
      ...drawAnalysis({}).body,
      patterns: [errors, classified, drawPattern('started', 1)],
      groups: [groupOf('LedgerException at Ledger.append', errors), groupOf('Refused', classified)],
    } as typeof after.body,
  });
  await put({
    head: headOf({
      id: 'look',
      kind: 'first-look',
      title: 'Look',
      recordCount: 9,
      itemCount: 1,
      grouping: null,
      madeAt: 1,
    }),
    body: {
      kind: 'first-look',
      headline: 'Errors began at 10:06:31',
      items: [
        { kind: 'burst', title: '48 errors in 4 min', detail: 'refused <b>', count: 48, time: MAY, bins: [0, 2] },
      ],
      facts: [{ name: 'Levels', value: '48 ERROR' }],
    },
  });
  createRoot((end) => {
    dispose = end;
    store = createAnalyses(drawn.workspace, { workspaces, patterns, firstLook });
  });
  render(() => (
    <AnalysesPanel
      store={store}
      zone="UTC"
      onKeepPatterns={() => {}}
      onKeepFirstLook={() => {}}
      onUndo={() => drawn.workspace.acts.undo()}
      onRedo={() => drawn.workspace.acts.redo()}
      onClose={() => {}}
    />
  ));
  await screen.findByRole('button', { name: 'After' });
});
afterEach(() => {
  cleanup();
  dispose();
  drawn.dispose();
});

function groupOf(title: string, pattern: KeptPattern): KeptErrorGroup {
  const { count, levelCounts, sources, first, last, classification, text } = pattern;
  const counts = { count, levelCounts, sources, first, last, classification };
  return { ...counts, fingerprint: title, by: 'pattern', title, exception: '', frames: [], patterns: [text] };
}

const names = () =>
  within(screen.getByRole('table', { name: 'Kept analyses' }))
    .getAllByRole('rowheader')
    .map((cell) => cell.textContent);
/** Cells of each row of a table of patterns, joined. */
const cells = (name: string) =>
  within(screen.getByRole('table', { name }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent).join('|'));
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

test('the list, newest first; one is opened as it was, without its file', async () => {
  expect(names()).toEqual(['After', 'Before', 'Look']);
  click('After');
  await screen.findByRole('dialog', { name: 'After: Patterns' });
  expect(await screen.findByText('161 records, 3 patterns, granularity 3 of 5')).toBeTruthy();
  expect(cells('Patterns of the analysis')).toEqual([
    'ERROR|took number ms|100|62.11 %|||',
    'ERROR|Refusals|60|37.27 %||External high|',
    'INFO|started|1|0.62 %|||',
  ]);
  fireEvent.input(screen.getByRole('searchbox', { name: 'Find a pattern' }), { target: { value: 'refus' } });
  expect(cells('Patterns of the analysis')).toHaveLength(1);
  expect(screen.getByText('1 of 3 patterns')).toBeTruthy();
  click(/^Error groups 2/);
  expect(cells('Error groups of the analysis')).toEqual(['Refused|pattern|60|100 %|External high|']);
  fireEvent.input(screen.getByRole('searchbox', { name: 'Find an error group' }), { target: { value: '' } });
  expect(cells('Error groups of the analysis')[0]).toBe('LedgerException at Ledger.append|pattern|100|62.50 %||');
  click('All analyses');
  click('Look');
  expect(await screen.findByText('Errors began at 10:06:31')).toBeTruthy();
  expect(screen.getByText('refused <b>')).toBeTruthy();
});

test('two are compared, the older one first: new, gone, changed, with what to keep in mind', async () => {
  fireEvent.click(screen.getByRole('checkbox', { name: 'Pick After, Patterns' }));
  fireEvent.click(screen.getByRole('checkbox', { name: 'Pick Before, Patterns' }));
  click('Compare');
  await screen.findByRole('table', { name: 'Patterns compared' });
  expect(screen.getByText(/versions 1 and 2 of the engine/)).toBeTruthy();
  expect(cells('Patterns compared')).toEqual([
    'new|Refusals|none||60|37.27 %',
    '÷ 1.4|took number ms|90|90.00 %|100|62.11 %',
    'gone|old number|9|9.00 %|none|',
  ]);
  click(/^About the same 1/);
  click(/^New 1/);
  expect(cells('Patterns compared').map((row) => row.split('|', 2).join(' '))).toEqual([
    '÷ 1.4 took number ms',
    'gone old number',
    '÷ 1.6 started',
  ]);
  click('Swap');
  await waitFor(() => expect(cells('Patterns compared')[0]).toBe('gone|Refusals|60|37.27 %|none|'));
});

test('one is compared with what is shown now', async () => {
  const seen = { record: { source: 1, offset: 0 }, time: null };
  const row = {
    id: 0,
    text: 'took <*> ms',
    tokens: [{ kind: 'literal', text: 'took ' } as const, { kind: 'wildcard', type: 'number' } as const],
    skeletonCount: 1,
    isMerged: false,
    count: 50,
    levelCounts: [0, 0, 0, 50, 0, 0, 0],
    sources: [{ source: 1, count: 50 }],
    first: seen,
    last: seen,
    example: '',
  };
  const bins = {
    startMs: 0,
    binMs: 0,
    binCount: 0,
    starts: new Uint32Array(2),
    at: new Uint16Array(),
    counts: new Uint32Array(),
  };
  showPatterns({
    kind: 'patterns',
    table: { revision: 1, recordCount: 50, rows: [row], bins, skeletonCount: 1, merged: null, isComplete: true },
    grouping: { granularity: 2, merges: [], splits: [] },
    nameOf: () => null,
    classOf: () => null,
    readGroups: async () => null,
  });
  fireEvent.click(screen.getByRole('checkbox', { name: 'Pick Before, Patterns' }));
  click('Compare');
  await screen.findByRole('table', { name: 'Patterns compared' });
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'After' }).value).toBe('now');
  expect(cells('Patterns compared')).toEqual(['gone|old number|9|9.00 %|none|', 'gone|started|1|1.00 %|none|']);
});

describe('kept ones', () => {
  test('picked ones are deleted, and undo brings them back', async () => {
    for (const name of ['After', 'Look'])
      fireEvent.click(screen.getByRole('checkbox', { name: new RegExp(`Pick ${name}`) }));
    click('Delete');
    expect(names()).toEqual(['Before']);
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'z', ctrlKey: true });
    expect(names()).toEqual(['After', 'Before', 'Look']);
  });

  test('one is named anew', async () => {
    click('More about Before');
    fireEvent.click(screen.getByRole('menuitem', { name: 'Rename' }));
    const field = screen.getByRole('textbox', { name: 'Name of the analysis' });
    fireEvent.input(field, { target: { value: 'Release 2.48' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(names()).toEqual(['After', 'Release 2.48', 'Look']);
  });

  test('a file of one is taken up; another file is refused in words', async () => {
    const picker = screen.getByLabelText<HTMLInputElement>('File of an analysis');
    const text = await toAnalysisFile(drawAnalysis({ a: 1 }, { title: 'From elsewhere', madeAt: 5 })).text();
    fireEvent.change(picker, { target: { files: [new File([text], 'one.json')] } });
    expect(await screen.findByText('one.json is kept here now.')).toBeTruthy();
    expect(names()).toContain('From elsewhere');
    fireEvent.change(picker, { target: { files: [new File(['INFO'], 'app.log')] } });
    expect(await screen.findByText('app.log is no JSON.')).toBeTruthy();
  });
});
