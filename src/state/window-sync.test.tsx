/** Windows over drawn engines of their own and a hub between them: one workspace, whatever is done where. */
import { createRoot } from 'solid-js';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';

import { connectEngine } from '../bridge/engine-client';
import { WINDOW_VERSION } from '../protocol/window-message';
import { createDrawnEngine } from '../testing/drawn-engine';
import { createWindowHub } from '../testing/window-hub';
import { createSettings } from './settings';
import { createWindowSync, type WindowSync } from './window-sync';
import { createMemoryStore } from '../storage/memory-store';
import { createWorkspace, type Workspace } from './workspace';
import { createWorkspaces } from './workspaces';

const disposers: (() => void)[] = [];
afterEach(() => {
  for (const dispose of disposers.splice(0)) dispose();
});

const LOG = Array.from(
  { length: 60 },
  (_, at) => `10:${String(at).padStart(2, '0')}:00.000 ${at % 10 === 9 ? 'WARN' : 'INFO'} record ${at}`,
).join('\n');

function createGroup() {
  const hub = createWindowHub();
  const all: { workspace: Workspace; sync: WindowSync }[] = [];

  function add(self: string, isJoining: boolean) {
    const engine = connectEngine(createDrawnEngine(), { died: new Promise(() => {}), end: () => {} });
    const made = createRoot((dispose) => {
      const workspace = createWorkspace(engine, createSettings(undefined));
      const sync = createWindowSync(workspace, {
        self,
        channel: hub.connect(self),
        isJoining,
        workspaces: createWorkspaces(createMemoryStore, undefined),
      });
      workspace.records.setMetrics({ viewHeight: 240, rowHeight: 24, lineHeight: 20 });
      const close = () => {
        all.splice(all.indexOf(one), 1);
        dispose();
      };
      const one = { workspace, sync };
      all.push(one);
      disposers.push(dispose);
      return { ...workspace, sync, close };
    });
    const open = (name: string, text = LOG) =>
      made.sources.open([{ name, blob: new Blob([text]), lastModified: 0 }]).then(settle);
    return {
      ...made,
      open,
      messages: () => made.records.visible().map(({ row }) => row.text.replace(/^.*record /, '')),
      names: () => made.sources.list().map((source) => made.sources.nameOf(source.id)),
    };
  }

  /** Until all messages are through and every window is at rest. */
  async function settle() {
    for (let quiet = 0; quiet < 3; ) {
      while (hub.waitingCount() > 0) hub.step();
      await new Promise((resolve) => setTimeout(resolve, 0));
      const isQuiet = hub.waitingCount() === 0 && all.every((one) => one.workspace.isIdle() && one.sync.isIdle());
      quiet = isQuiet ? quiet + 1 : 0;
    }
  }
  return { hub, add, settle };
}

async function setupPair() {
  const group = createGroup();
  const a = group.add('a', false);
  await a.open('app.log');
  const b = group.add('b', true);
  await group.settle();
  return { ...group, a, b };
}

test('a second window shows what the first shows: sources, names, filter, marks, place', async () => {
  const { add, settle } = createGroup();
  const a = add('a', false);
  await a.open('app.log');
  const [app = -1] = a.sources.ids();
  a.sources.rename(app, 'the app');
  a.filter.type('record');
  await settle();
  await a.records.select(30);
  a.marks.toggle({ id: { source: app, offset: 0 }, time: null, text: 'x' });
  await settle();
  const b = add('b', true);
  await settle();
  expect(b.names()).toEqual(['the app']);
  expect(b.filter.text()).toBe('record');
  expect(b.marks.list()).toHaveLength(1);
  expect(b.records.selected()?.index).toBe(30);
  expect(a.sync.peerCount()).toBe(1);
  expect(b.sync.peerCount()).toBe(1);
});

test('selecting, scrolling, filtering, marking in either is seen in the other, and nothing echoes', async () => {
  const { hub, a, b, settle } = await setupPair();
  await a.records.select(20);
  await settle();
  expect(b.records.selected()?.index).toBe(20);
  b.records.scrollTo(40);
  await settle();
  expect(a.messages()[0]).toBe('40');
  b.filter.type('WARN');
  await b.filter.apply();
  await settle();
  expect(a.messages()).toEqual(['9', '19', '29', '39', '49', '59']);
  const [app = -1] = a.sources.ids();
  a.marks.setNote({ id: { source: app, offset: 0 }, time: null, text: 'x' }, 'look');
  await settle();
  expect(b.marks.list()[0]?.note).toBe('look');
  b.settings.change({ zone: 'Asia/Tokyo' });
  const named = [{ id: 1, name: 'failures', text: 'failed', colour: 3, isColouring: true }] as const;
  b.highlights.part.restore({ named, labels: [] });
  b.patterns.edits.setGranularity(4);
  await settle();
  expect(a.highlights.part.save().named).toEqual(named);
  expect(a.patterns.edits.granularity()).toBe(4);
  expect(a.settings.settings().zone).toBe('Asia/Tokyo');
  const told = hub.toldCount();
  await settle();
  expect(hub.toldCount()).toBe(told);
});

test('a source opened, hidden, corrected or closed in one window is so in the other; undo reaches it too', async () => {
  const { a, b, settle } = await setupPair();
  await a.open('db.log', '10:00:30.000 INFO record db\n');
  await settle();
  expect(b.names()).toEqual(['app.log', 'db.log']);
  const [, db = -1] = b.sources.ids();
  b.sources.setOffset(db, 60_000);
  b.sources.toggle(b.sources.ids()[0] ?? -1);
  await settle();
  expect(a.messages()).toEqual(['db']);
  expect(a.sources.list().map((source) => source.offsetMs)).toEqual([0, 60_000]);
  await b.sources.close([db]);
  await settle();
  expect(a.names()).toEqual(['app.log']);
  b.acts.undo();
  await settle();
  expect(a.names()).toEqual(['app.log', 'db.log']);
  expect(a.sources.list()[1]?.offsetMs).toBe(60_000);
});

test('a window with a filter of its own keeps it, and takes the other’s when it follows again', async () => {
  const { a, b, settle } = await setupPair();
  b.sync.toggleFilter();
  a.filter.type('WARN');
  await a.filter.apply();
  await settle();
  expect(b.records.count()).toBe(60);
  b.filter.type('record 5');
  await b.filter.apply();
  await settle();
  expect(a.records.count()).toBe(6);
  await a.records.select(2);
  await settle();
  expect(b.records.selected()).toBeNull(); // its filter leaves that record out; it stands at its time
  b.sync.toggleFilter();
  await settle();
  expect(b.filter.text()).toBe('WARN');
});

test('a window that goes its own way is left alone, and takes over the others when it comes back', async () => {
  const { a, b, settle } = await setupPair();
  b.sync.toggle();
  await a.records.select(7);
  a.filter.type('record');
  await a.filter.apply();
  b.records.scrollTo(50);
  await settle();
  expect(b.filter.text()).toBe('');
  expect(a.records.selected()?.index).toBe(7);
  b.sync.toggle();
  await settle();
  expect(b.filter.text()).toBe('record');
  expect(b.records.selected()?.index).toBe(7);
});

test('closing either window leaves the other with everything', async () => {
  const { hub, a, b, add, settle } = await setupPair();
  a.close();
  await settle();
  expect(b.sync.peerCount()).toBe(0);
  expect(b.names()).toEqual(['app.log']);
  await b.records.select(3);
  const c = add('c', true);
  await settle();
  expect(c.records.selected()?.index).toBe(3);
  hub.kill('c');
  expect(b.sync.peerCount()).toBe(0);
});

test('windows that join before there is anyone to join find each other, and lose nothing', async () => {
  const { add, settle } = createGroup();
  const b = add('b', true);
  const a = add('a', false);
  await a.open('app.log');
  a.filter.type('record');
  await settle();
  expect(b.filter.text()).toBe('record');
  expect(a.filter.text()).toBe('record');
  const [c, d] = [add('c', true), add('d', true)];
  await settle();
  expect([c, d].map((one) => one.names())).toEqual([['app.log'], ['app.log']]);
});

test('two windows that come back at once, each with what it kept, show the same in the end', async () => {
  const { add, settle } = createGroup();
  const a = add('a', true);
  const b = add('b', true);
  await Promise.all([a.open('app.log'), b.open('app.log')]);
  await settle();
  expect(a.sync.peerCount()).toBe(1);
  await b.records.select(4);
  await settle();
  expect(a.records.selected()?.index).toBe(4);
  expect(a.names()).toEqual(['app.log']);
});

test('a window of another version is refused with a sentence, and changes nothing', async () => {
  const { hub, a, settle } = await setupPair();
  const stranger = hub.connect('z');
  stranger.post({ version: WINDOW_VERSION + 1, kind: 'registers', from: 'z', registers: [] });
  stranger.post({ version: WINDOW_VERSION, kind: 'registers', from: 'z', registers: 'all' });
  while (hub.waitingCount() > 0) hub.step();
  await settle();
  expect(a.sync.refusal()).toMatch(/cannot be read|another version/);
  expect(a.names()).toEqual(['app.log']);
});

test('whatever is done in three windows at once, they show the same in the end', async () => {
  const act = fc.record({
    at: fc.nat(2),
    kind: fc.constantFrom('filter', 'mark', 'colour', 'hide', 'zone', 'range', 'deliver'),
    value: fc.nat(6),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
      const { hub, add, settle } = createGroup();
      const a = add('a', false);
      await a.open('app.log');
      await a.open('db.log', '10:00:30.000 INFO record db\n');
      const windows = [a, add('b', true), add('c', true)];
      await settle();
      for (const { at, kind, value } of acts) {
        const one = windows[at] ?? a;
        const source = one.sources.ids()[value % 2] ?? -1;
        if (kind === 'filter') one.filter.type(value === 0 ? '' : `record ${value}`);
        if (kind === 'mark') one.marks.toggle({ id: { source, offset: value }, time: value, text: `${value}` });
        if (kind === 'colour') one.sources.setColour(source, value);
        if (kind === 'hide') one.sources.toggle(source);
        if (kind === 'zone') one.settings.change({ zone: ['UTC', 'Asia/Tokyo', 'Europe/Berlin'][value % 3] ?? 'UTC' });
        if (kind === 'range') one.filter.setRange({ start: value, end: value + 1 });
        if (kind === 'deliver') hub.step(value);
      }
      await settle();
      const shown = windows.map(({ filter, marks, sources, settings }) => ({
        filter: filter.part.save(),
        marks: marks
          .list()
          .map(({ id, text }) => `${sources.keyOf(id.source)} ${id.offset} ${text}`)
          .toSorted(),
        sources: sources.ids().map((id) => [sources.keyOf(id), sources.settingsOf(id)]),
        zone: settings.settings().zone,
      }));
      expect(shown[1]).toEqual(shown[0]);
      expect(shown[2]).toEqual(shown[0]);
      for (const dispose of disposers.splice(0)) dispose();
    }),
    { numRuns: 30 },
  );
}, 60_000);
