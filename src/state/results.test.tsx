/** Results beside the whole log: what is listed, how both share the selected record, what is kept. */
import { afterEach, expect, test } from 'vitest';

import { drawWorkspace, type DrawnWorkspace } from '../testing/drawn-workspace';
import { restoreView, saveSession } from './session-parts';

const LOG = `
10:00:00.000 INFO start
10:00:01.000 ERROR refused by db
10:00:02.000 WARN retry of db
10:00:03.000 INFO retry worked
10:00:04.000 DEBUG done with db
`.trimStart();

let drawn: DrawnWorkspace;
afterEach(() => drawn.dispose());

async function setup() {
  drawn = await drawWorkspace({ 'app.log': LOG });
  const { workspace, idle } = drawn;
  const { results, records, filter, panes, marks } = workspace;
  return {
    ...drawn,
    ...workspace,
    listed: () => {
      const list = results.records();
      return Array.from({ length: list?.count() ?? 0 }, (_, at) => list?.itemAt(at)?.row.text.slice(13) ?? '');
    },
    split: async (text: string) => {
      filter.type(text);
      await filter.finish();
      results.toggle();
      await idle();
      results.records()?.setMetrics({ viewHeight: 480, rowHeight: 24, lineHeight: 20 });
      await idle();
    },
    selected: () => records.selected()?.index ?? null,
    chosen: () => panes.get('results')?.records.selected() ?? null,
    mark: async (index: number) => {
      const item = records.itemAt(index);
      if (item) marks.toggle(item.row);
      await idle();
    },
  };
}

test('the log stays whole but for time and levels; the list has the rest of the filter', async () => {
  const { split, listed, records, results, filter, idle } = await setup();
  await split('db');
  expect(records.count()).toBe(5);
  expect(listed()).toEqual(['ERROR refused by db', 'WARN retry of db', 'DEBUG done with db']);
  expect(results.hitCount()).toBe(3);
  filter.toggleLevel('DEBUG');
  await idle();
  expect(records.count()).toBe(4);
  expect(listed()).toEqual(['ERROR refused by db', 'WARN retry of db']);
  results.toggle();
  await idle();
  expect(records.count()).toBe(2);
  expect(results.records()).toBeNull();
});

test('what is selected in one is selected in the other, without either being moved twice', async () => {
  const { split, panes, selected, chosen, records, idle } = await setup();
  await split('db');
  panes.activate('results');
  await panes.get('results')?.records.select(1);
  await idle();
  expect(selected()).toBe(2);
  panes.activate('log');
  await records.select(4);
  await idle();
  expect(chosen()).toMatchObject({ index: 2, isKept: true });
  await records.select(3);
  await idle();
  expect(chosen()).toMatchObject({ index: 2, isKept: false });
});

test('walking goes from where one stands, also between two results, and says where it ends', async () => {
  const { split, results, selected, records, panes, idle } = await setup();
  await split('db');
  await records.select(3);
  await idle();
  await results.walk(1);
  expect(selected()).toBe(4);
  await results.walk(1);
  expect(panes.active().cursor.notice()).toBe('No result further down');
  await results.walk(-1);
  expect(selected()).toBe(2);
});

test('marks, both, context, and a search inside', async () => {
  const { split, results, listed, mark, idle } = await setup();
  await mark(0);
  await mark(2);
  await split('refused');
  results.setList('both');
  await idle();
  expect(listed()).toEqual(['INFO start', 'ERROR refused by db', 'WARN retry of db']);
  results.setList('marks');
  await idle();
  expect(listed()).toEqual(['INFO start', 'WARN retry of db']);
  results.setFind('retry');
  await idle();
  expect(listed()).toEqual(['WARN retry of db']);
  results.setContext(1);
  await idle();
  expect(listed()).toEqual(['ERROR refused by db', 'WARN retry of db', 'INFO retry worked']);
  results.setFind('level>=bad');
  await idle();
  expect(results.findFault()?.code).toBe('filter-syntax');
  expect(listed()).toHaveLength(3);
  expect(results.hitCount()).toBe(1);
});

test('without a text nothing is listed, and nothing is counted', async () => {
  const { results, idle, listed } = await setup();
  results.toggle();
  await idle();
  expect(results.hasTexts()).toBe(false);
  expect(listed()).toEqual([]);
  expect(results.hitCount()).toBeNull();
});

test('split, its list and saved filters are kept with the workspace', async () => {
  const { split, results, highlights, workspace, idle } = await setup();
  await split('db');
  results.setList('both');
  results.setContext(3);
  highlights.save('Trouble', 'level>=warn');
  await idle();
  const session = saveSession(workspace);
  drawn.dispose();
  const other = await setup();
  restoreView(other.workspace, session);
  await other.idle();
  expect(other.results.layout()).toEqual({ isSplit: true, list: 'both', context: 3 });
  expect(other.highlights.filters()).toEqual([{ kind: 'level', min: 'WARN', max: null }]);
  expect(other.results.hitCount()).toBe(3);
});
