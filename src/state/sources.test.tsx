/** The sources' store over a drawn engine: what is chosen about them, undone, and kept. */
import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';

import { connectEngine } from '../bridge/engine-client';
import { Fault } from '../base/fault';
import { createDrawnEngine } from '../testing/drawn-engine';
import { createActs } from './acts';
import { createSources } from './sources';

async function setup(...names: string[]) {
  const engine = createDrawnEngine();
  return setupOver(engine, names);
}

async function setupOver(engine: ReturnType<typeof createDrawnEngine>, names: readonly string[]) {
  const client = connectEngine(engine, { died: new Promise(() => {}), end: () => {} });
  const { acts, sources } = createRoot(() => {
    const made = createActs();
    return { acts: made, sources: createSources(client, made) };
  });
  const request = (name: string) => ({ name, blob: new Blob(['10:00:00.000 INFO one\n']), lastModified: 0 });
  const ids = await sources.open(names.map(request));
  await Promise.all(ids.map((id) => sources.whenOpened(id)));
  /** Until the engine has been told everything. */
  const settle = async () => {
    do await new Promise((resolve) => setTimeout(resolve, 0));
    while (client.pendingCount() > 0);
  };
  return { engine, acts, sources, ids, settle, open: (name: string) => sources.open([request(name)]) };
}

test('colours differ also when the engine tells of the sources later', async () => {
  const engine = createDrawnEngine();
  const listen = engine.listen.bind(engine);
  engine.listen = (onEvent) => listen((event) => void setTimeout(() => onEvent(event), 0));
  const { sources, ids } = await setupOver(engine, ['a.log', 'b.log', 'c.log']);
  expect(ids.map(sources.colourOf)).toEqual([0, 1, 2]);
});

test('hiding and showing only are acts of their own, undone one by one', async () => {
  const { sources, acts, ids } = await setup('a.log', 'b.log', 'c.log');
  const [a = -1, b = -1, c = -1] = ids;
  sources.toggle(b);
  expect(sources.visibleIds()).toEqual([a, c]);
  sources.showOnly(c);
  expect(sources.visibleIds()).toEqual([c]);
  sources.showOnly(c);
  expect(sources.visibleIds()).toEqual([a, b, c]);
  acts.undo();
  expect(sources.visibleIds()).toEqual([c]);
  acts.undo();
  expect(sources.visibleIds()).toEqual([a, c]);
  acts.undo();
  expect(sources.visibleIds()).toEqual([a, b, c]);
});

test('undoing what was done to one source leaves what another window did to the others', async () => {
  const { sources, acts, ids } = await setup('a.log', 'b.log');
  const [a = -1, b = -1] = ids;
  sources.setColour(a, 5);
  sources.settings.set(['b.log'], () => ({ colour: 7 }));
  acts.undo();
  expect(sources.colourOf(a)).toBe(0);
  expect(sources.colourOf(b)).toBe(7);
});

test('sources get the colour that fewest have, and keep it when others are closed', async () => {
  const { sources, ids, open, settle } = await setup('a.log', 'b.log', 'c.log');
  const [a = -1, b = -1, c = -1] = ids;
  expect([a, b, c].map(sources.colourOf)).toEqual([0, 1, 2]);
  await sources.close([b]);
  await settle();
  expect(sources.colourOf(c)).toBe(2);
  const [d = -1] = await open('d.log');
  expect(sources.colourOf(d)).toBe(1);
});

test('closing is undone by opening the file again as the same source, with what was chosen about it', async () => {
  const { sources, acts, ids, settle } = await setup('a.log', 'b.log');
  const [, b = -1] = ids;
  sources.rename(b, 'gateway');
  await sources.setZone(b, 'Europe/Berlin');
  await sources.close([b]);
  expect(sources.ids()).not.toContain(b);
  expect(acts.last()?.title).toBe('gateway closed');
  acts.undo();
  await settle();
  expect(sources.ids()).toContain(b);
  expect(sources.nameOf(b)).toBe('gateway');
  expect(sources.settingsOf(b).zone).toBe('Europe/Berlin');
  acts.redo();
  await settle();
  expect(sources.ids()).not.toContain(b);
});

test('a zone that nobody knows is told, and is no act', async () => {
  const { sources, acts, ids } = await setup('a.log');
  const [a = -1] = ids;
  await sources.setZone(a, 'Nowhere');
  expect(sources.faults()[0]?.fault.code).toBe('zone-unknown');
  expect(sources.settingsOf(a).zone).toBeNull();
  expect(acts.nextUndo()).toBeNull();
});

test('undoing a format or a zone tells the engine again', async () => {
  const { sources, acts, ids, settle } = await setup('a.log');
  const [a = -1] = ids;
  await sources.forceFormat(a, 'other');
  await sources.setZone(a, 'Europe/Berlin');
  expect(sources.get(a)).toMatchObject({ format: { id: 'other', isForced: true }, zone: 'Europe/Berlin' });
  acts.undo();
  await settle();
  expect(sources.get(a)?.zone).toBe('UTC');
  acts.undo();
  await settle();
  expect(sources.get(a)?.format).toMatchObject({ id: 'drawn', isForced: false });
  acts.redo();
  await settle();
  expect(sources.get(a)?.format.id).toBe('other');
});

test('an encoding is chosen, undone and done again', async () => {
  const { sources, acts, ids, settle } = await setup('a.log');
  const [a = -1] = ids;
  await sources.forceEncoding(a, 'shift_jis');
  expect(sources.get(a)).toMatchObject({ encoding: 'shift_jis', isEncodingForced: true });
  expect(sources.settingsOf(a).encoding).toBe('shift_jis');
  acts.undo();
  await settle();
  expect(sources.get(a)).toMatchObject({ encoding: 'utf-8', isEncodingForced: false });
  acts.redo();
  await settle();
  expect(sources.get(a)?.encoding).toBe('shift_jis');
});

test('what was saved is waiting for the sources: they open with it', async () => {
  const { sources, engine, settle, open } = await setup();
  sources.settings.part.restore({
    byKey: { 'b.log': { zone: 'Asia/Tokyo', isHidden: true, title: 'bee' } },
    order: ['b.log', 'a.log'],
  });
  const [a = -1] = await open('a.log');
  const [b = -1] = await open('b.log');
  await settle();
  expect(sources.ids()).toEqual([b, a]);
  expect(sources.visibleIds()).toEqual([a]);
  expect(sources.nameOf(b)).toBe('bee');
  expect(engine.calls).not.toContain('setZone'); // it was opened in that zone
});

test('sources of one name are told apart by a number', async () => {
  const { sources, ids } = await setup('a.log', 'a.log');
  expect(ids.map(sources.keyOf)).toEqual(['a.log', 'a.log (2)']);
  expect(sources.idOf('a.log (2)')).toBe(ids[1]);
});

test('moving changes the order, and undo gives it back', async () => {
  const { sources, acts, ids } = await setup('a.log', 'b.log', 'c.log');
  const [a = -1, b = -1, c = -1] = ids;
  sources.move(c, -1);
  expect(sources.ids()).toEqual([a, c, b]);
  sources.move(a, -1);
  expect(sources.ids()).toEqual([a, c, b]);
  acts.undo();
  expect(sources.ids()).toEqual([a, b, c]);
});

test('a file that comes twice to the source that waits for it, from the store and from another window, is opened once', async () => {
  const { sources, engine, ids, settle } = await setup('a.log');
  const [a = -1] = ids;
  const summary = sources.get(a);
  await sources.close([a]);
  if (!summary) throw new Error('no summary');
  const [waiting = -1] = sources.expect([{ key: 'a.log', summary: { ...summary } }]);
  const request = { name: 'a.log', blob: new Blob(['10:00:00.000 INFO one\n']), lastModified: 0 };
  const opens = engine.calls.filter((call) => call === 'open').length;
  await Promise.all([sources.openAs('a.log', request), sources.attach(waiting, request)]);
  await settle();
  expect(engine.calls.filter((call) => call === 'open')).toHaveLength(opens + 1);
  expect(sources.list().map((source) => source.state)).toEqual(['open']);
});

test('a file that cannot be opened leaves no trace but the note', async () => {
  const { sources, engine, open } = await setup();
  engine.failNext('open', new Fault('file-unreadable', 'gone'));
  await open('a.log');
  expect(sources.ids()).toEqual([]);
  const [again = -1] = await open('a.log');
  expect(sources.keyOf(again)).toBe('a.log');
});
