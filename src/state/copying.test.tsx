import { afterEach, expect, test } from 'vitest';

import { drawWorkspace } from '../testing/drawn-workspace';
import { createCopying } from './copying';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const dispose of cleanups.splice(0)) dispose();
});

const TEN = Array.from({ length: 10 }, (_, at) => `10:00:0${at}.000 INFO  record ${at}`).join('\n');

async function setup(log = TEN) {
  const drawn = await drawWorkspace({ 'app.log': log });
  cleanups.push(drawn.dispose);
  const written: string[] = [];
  const saved: { name: string; text: string }[] = [];
  const { workspace } = drawn;
  const copying = createCopying(workspace.engine, {
    panes: workspace.panes,
    layout: workspace.layout,
    sources: workspace.sources,
    write: (text) => Promise.resolve(void written.push(text)),
    save: (name, parts) => saved.push({ name, text: parts.join('') }),
  });
  return { copying, written, saved, records: workspace.records, notice: () => workspace.cursor.notice() };
}

test('selected records are copied as they are in the file, in order, and counted', async () => {
  const { copying, written, records, notice } = await setup();
  await records.select(2);
  await records.extendTo(4);
  await records.togglePick(8);
  await copying.copyRaw();
  expect(written).toEqual([[2, 3, 4, 8].map((at) => `10:00:0${at}.000 INFO  record ${at}`).join('\n')]);
  expect(notice()).toBe('Copied 4 records');
});

test('the shown columns are copied as a table; a record of several lines is one line of it', async () => {
  const { copying, written, records } = await setup(
    '10:00:00.000 ERROR failed\n    at pool.ts:41\n10:00:01.000 INFO\tok',
  );
  await records.select(0);
  await copying.copyTable();
  expect(written[0]?.split('\n')).toEqual([
    'time\tlevel\tsource\tmessage',
    '2026-05-19T10:00:00.000Z\tERROR\tapp.log\tfailed     at pool.ts:41',
  ]);
});

test('all of it goes into a file', async () => {
  const { copying, saved, records } = await setup();
  records.pickAll();
  await copying.saveRaw();
  expect(saved).toEqual([{ name: 'app-selection.log', text: `${TEN}\n` }]);
});

test('nothing selected copies nothing', async () => {
  const { copying, written } = await setup();
  await copying.copyRaw();
  expect(written).toEqual([]);
});

test('another filter lets go of what was chosen together; the selected record stays', async () => {
  const drawn = await drawWorkspace({ 'app.log': TEN });
  cleanups.push(drawn.dispose);
  const { records, filter } = drawn.workspace;
  await records.select(2);
  await records.extendTo(4);
  expect(records.pickedCount()).toBe(3);
  filter.type('record 4');
  await filter.apply();
  await drawn.idle();
  expect(records.pickedCount()).toBe(1);
  expect(records.picked()).toEqual([{ start: 0, end: 1 }]);
});
