import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { connectEngine } from '../bridge/engine-client';
import type { ClassRule, PatternTable } from '../engine/patterns/pattern';
import { createDrawnEngine } from '../testing/drawn-engine';
import { type ActsStore, createActs } from './acts';
import { type ClassRulesStore, createClassRules } from './class-rules';
import { createSettings, type SettingsStorage } from './settings';

const KEY = 'loupe.settings.1';
const ruleOf = (id: string, part: Partial<ClassRule> = {}): ClassRule => ({
  id,
  category: 'External',
  severity: 'low',
  because: `of ${id}`,
  message: [id],
  ...part,
});

let kept: Map<string, string>;
let acts: ActsStore;
let rules: ClassRulesStore;
let engine: ReturnType<typeof createDrawnEngine>;
let dispose = () => {};

/** The rules as a page finds them, with what this device keeps. */
async function start() {
  dispose();
  engine = createDrawnEngine();
  const storage: SettingsStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
  const client = connectEngine(engine, { died: new Promise(() => {}), end: () => {} });
  createRoot((end) => {
    dispose = end;
    acts = createActs();
    rules = createClassRules(client, createSettings(storage), acts);
  });
  await rules.load();
  await vi.waitFor(() => expect(client.pendingCount()).toBe(0));
}

beforeEach(() => {
  kept = new Map();
  return start();
});
afterEach(() => dispose());

const ownIds = () => rules.list().flatMap(({ rule, isOwn }) => (isOwn ? [rule.id] : []));
const firstIds = (count: number) =>
  rules
    .rules()
    .slice(0, count)
    .map(({ id }) => id);

test('one’s own stand before those that come with Loupe, and outlive a reload', async () => {
  const all = rules.rules().length;
  const first = rules.rules()[0]?.id;
  rules.save(ruleOf('a'), null);
  rules.save(ruleOf('b'), null);
  expect(firstIds(3)).toEqual(['b', 'a', first]);
  expect(rules.rules()).toHaveLength(all + 2);
  await start();
  expect(firstIds(3)).toEqual(['b', 'a', first]);
});

test('every change is an act', () => {
  rules.save(ruleOf('a'), null);
  rules.save(ruleOf('b'), null);
  rules.save(ruleOf('a2'), 'a');
  rules.move('a2', -1);
  rules.remove('b');
  rules.setOn('a2', false);
  expect(ownIds()).toEqual(['a2']);
  expect(rules.list()[0]?.isOn).toBe(false);
  const titles: (string | null)[] = [];
  while (acts.nextUndo() !== null) {
    titles.push(acts.nextUndo());
    acts.undo();
  }
  expect(titles).toEqual([
    'Rule switched off',
    'Rule deleted',
    'Rule moved',
    'Rule changed',
    'Rule added',
    'Rule added',
  ]);
  expect(ownIds()).toEqual([]);
  for (let at = 0; at < 4; at += 1) acts.redo();
  expect(ownIds()).toEqual(['a2', 'b']);
});

test('changing one that came with Loupe puts one’s own before it and switches it off, as one act', () => {
  const came = rules.rules()[3] as ClassRule;
  rules.save({ ...came, id: rules.freeId(came.because), severity: 'critical' }, came.id);
  expect(rules.rules().some(({ id }) => id === came.id)).toBe(false);
  expect(rules.list().find(({ rule }) => rule.id === came.id)).toMatchObject({ isOn: false, isOwn: false });
  expect(rules.rules()[0]).toMatchObject({ severity: 'critical', because: came.because });
  acts.undo();
  expect(rules.rules()[3]).toEqual(came);
  expect(rules.isChanged()).toBe(false);
});

test('mistakes are told before a rule is saved: its own, and those it makes with the others', async () => {
  rules.save(ruleOf('a'), null);
  expect(await rules.check(ruleOf('b'), null)).toEqual([]);
  expect(await rules.check(ruleOf('a'), 'a')).toEqual([]);
  expect(await rules.check(ruleOf('a'), null)).toEqual([expect.stringMatching(/has the id of rule 1/)]);
  expect(await rules.check(ruleOf('b', { because: ' ' }), null)).toEqual([expect.stringMatching(/no "because"/)]);
  const came = rules.list().find(({ isOwn }) => !isOwn)?.rule.id ?? '';
  expect(await rules.check(ruleOf(came), null)).not.toEqual([]);
});

test('an id is made of the reason, and is free', async () => {
  const id = rules.freeId('The bank — said: no!');
  expect(id).toBe('own-the-bank-said-no');
  rules.save(ruleOf(id), null);
  expect(rules.freeId('The bank said no')).toBe('own-the-bank-said-no-2');
  const ids = [rules.freeId('日本'), rules.freeId('x'.repeat(300)), rules.freeId('- a -')];
  for (const one of ids) expect(await rules.check(ruleOf(one, { message: ['m'] }), null)).toEqual([]);
});

test('what another hand wrote is used where it can be, and what is wrong with it is told', async () => {
  const own = [ruleOf('good'), { id: 'bad' }, 'nothing', ruleOf('good')];
  kept.set(KEY, JSON.stringify({ classRules: { own, off: ['good', 7] } }));
  await start();
  expect(ownIds()).toEqual(['good']);
  expect(rules.list()[0]?.isOn).toBe(false);
  expect(rules.mistakes().join(' ')).toMatch(/Rule 2 \(bad\).*Rule 3 is a text/);
  kept.set(KEY, JSON.stringify({ classRules: 'broken' }));
  await start();
  expect(rules.mistakes()).toEqual([]);
  expect(rules.rules().length).toBeGreaterThan(50);
});

test('written to a file and taken up on another device', async () => {
  rules.save(ruleOf('b'), null);
  rules.save(ruleOf('a'), null);
  const file = rules.toFile();
  kept = new Map();
  await start();
  rules.save(ruleOf('c'), null);
  rules.save(ruleOf('b', { severity: 'critical' }), null);
  expect(await rules.takeFile(file)).toEqual([]);
  expect(ownIds()).toEqual(['a', 'b', 'c']);
  expect(acts.nextUndo()).toBe('2 rules taken up');
});

test('a file that holds something else is refused with reasons, and changes nothing', async () => {
  const came = rules.rules()[0]?.id ?? '';
  expect(await rules.takeFile(new Blob(['10:00 INFO']))).toEqual(['The file is no JSON.']);
  expect(await rules.takeFile(new Blob(['{}']))).toEqual(['The rules are an object; expected is an array of rules.']);
  expect(await rules.takeFile(new Blob([JSON.stringify([ruleOf(came)])]))).toEqual([
    expect.stringContaining(`the id ${came}`),
  ]);
  expect(rules.isChanged()).toBe(false);
});

test('trying rules counts patterns and records of each', async () => {
  const of = (text: string, rule: string | null) => ({
    text,
    classification: rule === null ? null : ({ category: 'Code', severity: 'low', rule, because: '' } as const),
  });
  vi.spyOn(engine, 'patterns').mockResolvedValue({
    rows: [
      { text: 'a', count: 5 },
      { text: 'b', count: 2 },
      { text: 'c', count: 1 },
    ],
  } as unknown as PatternTable);
  vi.spyOn(engine, 'classify').mockResolvedValue([of('a', 'r1'), of('b', 'r1'), of('c', null)]);
  const reach = await rules.tryOut(1, [ruleOf('r1')]);
  expect([...reach]).toEqual([['r1', { patternCount: 2, recordCount: 7 }]]);
});
