/** The patterns of a small log: the table, what a person makes of it, and the way back. */
import { afterEach, expect, test } from 'vitest';

import { Fault } from '../base/fault';
import { drawWorkspace, type DrawnWorkspace } from '../testing/drawn-workspace';
import { patternClause } from './clause-text';
import { saveSession } from './session-parts';

let drawn: DrawnWorkspace;
afterEach(() => drawn.dispose());

const two = (value: number) => String(value).padStart(2, '0');
const LOG = [
  ...Array.from({ length: 40 }, (_, at) => `10:${two(at)}:00.000 INFO conn ${at} opened`),
  ...Array.from({ length: 20 }, (_, at) => `10:${two(at * 2)}:01.000 INFO served in ${at * 10}ms`),
  '10:30:02.000 ERROR pool 1 is empty',
  '10:31:02.000 ERROR pool 2 is empty',
  '10:32:02.000 WARN retrying pool a',
  '10:33:02.000 WARN retrying pool b2',
]
  .sort()
  .join('\n');

async function setup() {
  drawn = await drawWorkspace({ 'app.log': `${LOG}\n` });
  const { patterns } = drawn.workspace;
  patterns.table.want();
  await drawn.idle();
  const texts = () => patterns.look.listed().map(({ row }) => `${row.count} ${row.text}`);
  return { ...drawn.workspace, ...drawn, patterns, texts };
}

test('nothing is asked until somebody looks, and nothing anew after they have gone', async () => {
  drawn = await drawWorkspace({ 'app.log': `${LOG}\n` });
  const { engine, workspace, idle } = drawn;
  expect(engine.calls).not.toContain('patterns');
  const leave = workspace.patterns.table.want();
  await idle();
  const asked = () => engine.calls.filter((call) => call === 'patterns').length;
  expect(asked()).toBe(1);
  leave();
  workspace.filter.type('served');
  await idle();
  expect(asked()).toBe(1);
  const again = workspace.patterns.table.want();
  await idle();
  expect(workspace.patterns.facts().map(({ row }) => row.text)).toEqual(['served in <*>']);
  again();
  workspace.patterns.table.want();
  await idle();
  expect(asked()).toBe(2); // what is known is not asked again
});

test('new errors come first, all records are in some pattern, the filter narrows them', async () => {
  const { patterns, filter, idle, texts } = await setup();
  expect(texts()).toEqual([
    '2 pool <*> is empty',
    '1 retrying pool <*>',
    '1 retrying pool a',
    '40 conn <*> opened',
    '20 served in <*>',
  ]);
  expect(patterns.look.chipCounts()).toEqual({ new: 3, errors: 1, rare: 0, denoise: 2 });
  const { table } = patterns.table.answer() ?? {};
  expect(table?.rows.reduce((sum, row) => sum + row.count, 0)).toBe(table?.recordCount);
  filter.add(patternClause('conn <*> opened'), true);
  await idle();
  expect(texts()).not.toContain('40 conn <*> opened');
  expect(drawn.workspace.records.count()).toBe(24);
});

test('chips, search, order and groups', async () => {
  const { patterns, texts } = await setup();
  const { look } = patterns;
  look.toggleChip('errors');
  expect(texts()).toEqual(['2 pool <*> is empty']);
  look.toggleChip('errors');
  look.toggleChip('denoise');
  expect(texts()).toHaveLength(3);
  look.showAll();
  look.setFind('POOL retrying');
  expect(texts()).toEqual(['1 retrying pool <*>', '1 retrying pool a']);
  look.setFind('');
  look.setSort('count');
  expect(texts()[0]).toBe('40 conn <*> opened');
  look.setGroups('level');
  expect(look.items().map((item) => (item.kind === 'group' ? JSON.stringify(item.key) : item.facts.row.text))).toEqual([
    '{"by":"level","level":5}',
    'pool <*> is empty',
    '{"by":"level","level":4}',
    'retrying pool <*>',
    'retrying pool a',
    '{"by":"level","level":3}',
    'conn <*> opened',
    'served in <*>',
  ]);
});

test('the selected pattern keeps its records when they are grouped anew', async () => {
  const { patterns, acts, idle, texts } = await setup();
  patterns.choice.selectText('conn <*> opened');
  patterns.edits.setGranularity(0);
  await idle();
  expect(texts()).toEqual(['2 pool <*>', '2 retrying <*>', '40 conn <*>', '20 served <*>']);
  expect(patterns.choice.selected()?.row.text).toBe('conn <*>');
  acts.undo();
  await idle();
  expect(patterns.choice.selected()?.row.text).toBe('conn <*> opened');
});

test('picked patterns become one, a pattern is split, and both are undone', async () => {
  const { patterns, acts, idle, texts } = await setup();
  patterns.merge();
  expect(drawn.workspace.panes.active().cursor.notice()).toMatch(/^Pick two patterns/);
  patterns.choice.togglePick('retrying pool <*>');
  patterns.choice.togglePick('retrying pool a');
  patterns.merge();
  await idle();
  expect(texts()[1]).toBe('2 retrying pool <*>');
  expect(patterns.choice.picks().size).toBe(0);
  expect(patterns.choice.selected()?.row.text).toBe('retrying pool <*>');
  await patterns.split();
  await idle();
  expect(texts()).toContain('1 retrying pool a');
  acts.undo();
  await idle();
  expect(texts()).not.toContain('1 retrying pool a');
  acts.undo();
  await idle();
  expect(texts()).toContain('1 retrying pool <*>');
});

test('what cannot be split says why, and stays', async () => {
  const { patterns, acts, idle, texts } = await setup();
  const before = texts();
  patterns.choice.selectText('pool <*> is empty');
  await patterns.split();
  await idle();
  expect(drawn.workspace.panes.active().cursor.notice()).toMatch(/nothing to tell apart/);
  expect(texts()).toEqual(before);
  expect(acts.nextUndo()).toBeNull();
});

test('a filter by a pattern follows when records are told apart differently', async () => {
  const { patterns, filter, records, idle } = await setup();
  filter.add(patternClause('retrying pool <*>'), false);
  await idle();
  expect(records.count()).toBe(1);
  patterns.edits.regroup('merged', { merges: [['retrying pool <*>', 'retrying pool a']] });
  await idle();
  expect(records.count()).toBe(2);
});

test('values of the open wildcard, with a filter by them', async () => {
  const { patterns, filter, records, idle } = await setup();
  patterns.choice.selectText('served in <*>');
  await idle();
  const values = patterns.values.of(patterns.valuesTarget());
  expect(values).toMatchObject({
    recordCount: 20,
    distinctCount: 20,
    measure: { unit: 'ms', min: 0, max: 190, median: 90 },
  });
  expect(patterns.examples.examples()?.rows.map((row) => row.text.slice(0, 8))).toEqual([
    '10:00:01',
    '10:18:01',
    '10:38:01',
  ]);
  filter.add(patternClause('served in <*>', { wildcard: 0, min: 50, max: 100 }), false);
  await idle();
  expect(records.count()).toBe(6);
});

test('an old table stays when there is no newer one, and can be asked for again', async () => {
  const { engine, patterns, filter, idle, texts } = await setup();
  const before = texts();
  engine.failNext('patterns', new Fault('file-changed', 'gone'));
  filter.type('served');
  await idle();
  expect(patterns.table.fault()?.code).toBe('file-changed');
  expect(texts()).toEqual(before);
  patterns.table.retry();
  await idle();
  expect(patterns.table.fault()).toBeNull();
  expect(texts()).toEqual(['20 served in <*>']);
});

test('grouping, names and the look are part of the session, told to the engine before the first table', async () => {
  const { patterns, workspace, idle } = await setup();
  patterns.edits.setGranularity(0);
  patterns.edits.rename('pool <*>', 'Pool');
  patterns.look.setSort('name');
  await idle();
  const session = saveSession(workspace);
  expect(session.patterns).toEqual({
    granularity: 0,
    merges: [],
    splits: [],
    names: [{ text: 'pool <*>', name: 'Pool' }],
  });
  expect(session.patternLook.sort).toBe('name');
  drawn.dispose();

  const next = await drawWorkspace({ 'app.log': `${LOG}\n` });
  drawn = next;
  next.workspace.patterns.edits.part.restore(session.patterns);
  next.workspace.patterns.look.part.restore(session.patternLook);
  next.workspace.patterns.table.want();
  await next.idle();
  const { calls } = next.engine;
  expect(calls.indexOf('setGrouping')).toBeLessThan(calls.indexOf('patterns'));
  expect(calls.filter((call) => call === 'patterns')).toHaveLength(1);
  expect(next.workspace.patterns.look.listed().map(({ row }) => row.text)).toEqual([
    'conn <*>',
    'pool <*>',
    'retrying <*>',
    'served <*>',
  ]);
});
