/** The filter's parts: typing, chips, time and levels; one Filter of them, and the way back from everything. */
import { afterEach, describe, expect, test, vi } from 'vitest';

import { simplifyFilter } from '../engine/query/filter';
import { parseFilter } from '../engine/query/parse';
import { drawWorkspace, type DrawnWorkspace } from '../testing/drawn-workspace';
import { fieldClause, textClause } from './clause-text';

const LOG = `
10:00:00.000 INFO start
10:00:01.000 ERROR refused by db
10:00:02.000 WARN retry of db
10:00:03.000 INFO retry worked
10:00:04.000 DEBUG done
`.trimStart();

let drawn: DrawnWorkspace;
afterEach(() => drawn.dispose());

async function setup() {
  drawn = await drawWorkspace({ 'app.log': LOG });
  const { workspace, idle } = drawn;
  const { filter, records, acts } = workspace;
  return {
    ...drawn,
    filter,
    acts,
    count: () => records.count(),
    chips: () =>
      filter.clauses().map((clause) => `${clause.isNegated ? 'not ' : ''}${clause.text}${clause.isOn ? '' : ' off'}`),
    enter: async (text: string) => {
      filter.type(text);
      await filter.finish();
      await idle();
    },
  };
}

describe('typing', () => {
  test('what is typed counts at once, and the view follows the pause', async () => {
    const { filter, idle, count } = await setup();
    filter.type('db');
    expect(filter.previewCount()).toBeNull();
    await vi.waitFor(() => expect(filter.previewCount()).toBe(2), { interval: 1 });
    expect(filter.parsedAhead()).toEqual({ kind: 'text', text: 'db', caseSensitive: false });
    expect(count()).toBe(5);
    await idle();
    expect(count()).toBe(2);
  });

  test('only the last of several letters is counted', async () => {
    const { filter, idle } = await setup();
    for (const text of ['r', 're', 'ref']) filter.type(text);
    await vi.waitFor(() => expect(filter.previewCount()).toBe(1), { interval: 1 });
    filter.type('re');
    expect(filter.previewCount()).toBeNull(); // the count of another text is not told for this one
    await idle();
  });

  test('a mistake keeps the last good answer, chips and all', async () => {
    const { filter, idle, enter, count } = await setup();
    await enter('db');
    filter.type('level>=bad');
    await filter.finish();
    await idle();
    expect(filter.mistake()?.code).toBe('filter-syntax');
    expect(filter.text()).toBe('level>=bad');
    expect(count()).toBe(2);
    filter.remove(filter.clauses()[0]?.id ?? -1);
    await idle();
    expect(count()).toBe(5);
    expect(filter.mistake()?.code).toBe('filter-syntax');
  });
});

describe('chips', () => {
  test('Enter makes one of each part; alternatives stay one', async () => {
    const { enter, chips, filter, count } = await setup();
    await enter('level>=warn db -refused');
    expect(chips()).toEqual(['level>=warn', 'db', 'not refused']);
    expect(filter.text()).toBe('');
    expect(count()).toBe(1);
    await enter('a OR b');
    expect(chips()).toEqual(['level>=warn', 'db', 'not refused', 'a OR b']);
    expect(count()).toBe(1);
  });

  test('the same clause twice is one; its opposite turns it round', async () => {
    const { enter, chips } = await setup();
    await enter('db db');
    expect(chips()).toEqual(['db']);
    await enter('-db');
    expect(chips()).toEqual(['not db']);
  });

  test('one is switched off, negated, opened as text, taken away', async () => {
    const { enter, filter, idle, count, chips } = await setup();
    await enter('retry db');
    const [first, second] = filter.clauses();
    filter.toggle(second?.id ?? -1);
    await idle();
    expect([chips(), count()]).toEqual([['retry', 'db off'], 2]);
    filter.negate(first?.id ?? -1);
    await idle();
    expect([chips(), count()]).toEqual([['not retry', 'db off'], 3]);
    expect(filter.open(first?.id ?? -1)).toBe('-retry'.length);
    await idle();
    expect([filter.text(), chips(), count()]).toEqual(['-retry', ['db off'], 3]);
    filter.remove(second?.id ?? -1);
    await idle();
    expect(chips()).toEqual([]);
  });

  test('alternatives opened before other text keep their parentheses', async () => {
    const { enter, filter, idle } = await setup();
    await enter('a OR b');
    filter.type('db');
    filter.open(filter.clauses()[0]?.id ?? -1);
    await idle();
    expect(filter.text()).toBe('(a OR b) db');
  });

  test('each tells what it keeps alone', async () => {
    const { enter, filter } = await setup();
    await enter('retry -db');
    const counts = filter.clauses().map(async (clause) => filter.count(filter.filterOf(clause) ?? { kind: 'all' }));
    expect(await Promise.all(counts)).toEqual([2, 3]);
  });
});

test('a value is included, excluded, and included again', async () => {
  const { filter, idle, chips, count } = await setup();
  filter.add(textClause('db'), true);
  await idle();
  expect([chips(), count()]).toEqual([['not db'], 3]);
  filter.add(textClause('db'), false);
  await idle();
  expect([chips(), count()]).toEqual([['db'], 2]);
  filter.add(fieldClause('level', 'WARN'), false);
  await idle();
  expect([chips(), count()]).toEqual([['db', '`level`=WARN'], 1]);
});

test('levels: one off, only one, this and worse', async () => {
  const { filter, idle, count } = await setup();
  const all = ['FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG'] as const;
  filter.toggleLevel('INFO');
  await idle();
  expect(count()).toBe(3);
  filter.showLevelAndWorse('WARN', all);
  await idle();
  expect(count()).toBe(2);
  filter.showLevelAndWorse('WARN', all);
  await idle();
  expect(count()).toBe(5);
  filter.showOnlyLevel('INFO', all);
  await idle();
  expect(count()).toBe(2);
});

describe('undo', () => {
  test('every act goes back, and forth again', async () => {
    const { filter, idle, acts, enter, chips } = await setup();
    const state = () => [chips(), filter.text(), filter.range(), [...filter.levelsOff()]];
    const states = [state()];
    const acted: (() => void | Promise<void>)[] = [
      () => enter('db retry'),
      () => filter.toggle(filter.clauses()[0]?.id ?? -1),
      () => filter.negate(filter.clauses()[1]?.id ?? -1),
      () => filter.setRange({ start: 1, end: Date.UTC(2030, 0, 1) }),
      () => filter.toggleLevel('INFO'),
      () => filter.add(textClause('x y'), true),
      () => filter.clear(),
    ];
    for (const act of acted) {
      await act();
      await idle();
      states.push(state());
    }
    const forth = [...states];
    while (acts.undo()) {
      states.pop();
      await idle();
      expect(state()).toEqual(states.at(-1));
    }
    expect(states).toHaveLength(1);
    for (const expected of forth.slice(1)) {
      acts.redo();
      await idle();
      expect(state()).toEqual(expected);
    }
  });

  test('letters of a word and their Enter are one act', async () => {
    const { filter, acts, idle, chips } = await setup();
    for (const text of ['d', 'db']) filter.type(text);
    await filter.finish();
    expect(chips()).toEqual(['db']);
    acts.undo();
    await idle();
    expect([chips(), filter.text(), acts.nextUndo()]).toEqual([[], '', null]);
  });
});

test('what is saved is read again, in another workspace too; what cannot be read does nothing and stays', async () => {
  const { filter, enter, idle } = await setup();
  await enter('level>=warn -(refused OR x)');
  filter.setRange({ start: 0, end: Date.UTC(2026, 4, 19, 11) });
  filter.toggleLevel('FATAL');
  const saved = JSON.parse(JSON.stringify(filter.part.save())) as ReturnType<typeof filter.part.save>;
  await idle();
  const wanted = filter.filter();
  drawn.dispose();
  const other = await setup();
  other.filter.part.restore({
    ...saved,
    clauses: [...saved.clauses, { id: 9, text: 'level:??', isOn: true, isNegated: false }],
  });
  await other.idle();
  expect(other.filter.filter()).toEqual(wanted);
  const bad = other.filter.clauses()[2];
  expect(bad && other.filter.meaningOf(bad)?.fault?.code).toBe('filter-syntax');
});

test('as one text it means the same', async () => {
  const { filter, enter, idle } = await setup();
  await enter('level>=warn a OR b');
  await enter('"x y"');
  filter.toggleLevel('INFO');
  filter.toggleLevel(null);
  filter.setRange({ start: Date.UTC(2026, 4, 19, 10), end: Date.UTC(2026, 4, 19, 10, 0, 3) });
  filter.type('p OR q');
  await idle();
  const read = parseFilter(filter.toText(), { now: 0 }).filter;
  expect(simplifyFilter(read)).toEqual(simplifyFilter(filter.filter()));
});

test('opened as text as a whole, nothing changes in what is shown', async () => {
  const { filter, enter, idle, count, engine } = await setup();
  await enter('retry db');
  const before = engine.calls.filter((call) => call === 'select').length;
  filter.openAll();
  await idle();
  expect([filter.text(), filter.clauses(), count()]).toEqual(['retry db', [], 1]);
  expect(engine.calls.filter((call) => call === 'select').length).toBe(before);
});
