/** The patterns view as a person uses it, by key and by pointer. */
import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Fault } from '../base/fault';
import { setupPage } from '../testing/page';

const copied = vi.fn(async () => {});
beforeEach(() => {
  copied.mockClear();
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: copied } });
});
afterEach(cleanup);

const two = (value: number) => String(value).padStart(2, '0');
const LOG = [
  ...Array.from({ length: 40 }, (_, at) => `10:${two(at)}:00.000 INFO conn ${at} opened`),
  ...Array.from({ length: 20 }, (_, at) => `10:${two(at * 2)}:01.000 INFO served in ${at * 10}ms`),
  '10:30:02.000 ERROR pool 1 is empty',
  '10:31:02.000 ERROR pool 2 is empty',
  '10:32:02.000 WARN  retrying pool a',
  '10:33:02.000 WARN  retrying pool b2',
]
  .sort()
  .join('\n');

async function setup() {
  const page = setupPage();
  await page.open({ 'app.log': LOG });
  await page.press('3');
  await page.idle();
  const table = () => screen.getByRole('grid', { name: /^Patterns,/ });
  return {
    ...page,
    table,
    /** Texts of the patterns, the picked ones with a star. */
    patterns: () =>
      within(table())
        .getAllByRole('rowheader')
        .map((cell) => cell.textContent),
    active: () => document.getElementById(table().getAttribute('aria-activedescendant') ?? '')?.textContent ?? '',
    panel: () => within(screen.getByRole('complementary', { name: 'Pattern details' })),
    chip: (name: RegExp) => screen.getByRole('button', { name }),
  };
}

const ALL = [
  'pool number is empty',
  'retrying pool word',
  'retrying pool a',
  'conn number opened',
  'served in duration',
];

test('what is new stands on top, the first is selected and told', async () => {
  const page = await setup();
  expect(page.patterns()).toEqual(ALL);
  expect(page.active()).toContain('pool');
  expect(page.table().getAttribute('aria-rowcount')).toBe('6');
  expect(within(page.table()).getAllByRole('img', { name: /^2 records between 10:30:02 and 10:31:02/ })).toHaveLength(
    1,
  );
  expect(page.panel().getByText(/^All are ERROR or FATAL. New: first seen at 10:30:02/)).toBeTruthy();
  expect(screen.getByRole('button', { name: /^Patterns5$/, current: 'page' })).toBeTruthy();
});

test('Enter shows the records of a pattern, h hides one, Ctrl-Z brings it back', async () => {
  const page = await setup();
  await page.press('j');
  await page.press('j');
  await page.press('h');
  expect(page.patterns()).toEqual(ALL.filter((text) => text !== 'retrying pool a'));
  expect(page.active()).toContain('conn');
  await page.press('z', { ctrlKey: true });
  expect(page.patterns()).toEqual(ALL);
  await page.press('g');
  await page.press('Enter');
  expect(page.rows()).toEqual(['ERROR app.log pool 1 is empty', 'ERROR app.log pool 2 is empty']);
  expect(document.activeElement).toBe(page.log());
});

test('o goes from a pattern to its next record, and on from record to record', async () => {
  const page = await setup();
  await page.press('o');
  expect(page.selected().join()).toContain('pool 1 is empty');
  await page.press('o');
  expect(page.selected().join()).toContain('pool 2 is empty');
});

test('chips and search narrow the table, and say so', async () => {
  const page = await setup();
  const errors = page.chip(/^Errors/);
  fireEvent.click(errors);
  expect(errors.getAttribute('aria-pressed')).toBe('true');
  expect(page.patterns()).toEqual(['pool number is empty']);
  expect(screen.getByRole('tab', { name: '1 of 5 patterns' })).toBeTruthy();
  fireEvent.click(page.chip(/^Denoise hides 2$/));
  await page.press('/');
  const find = screen.getByRole('searchbox', { name: 'Find a pattern' });
  expect(document.activeElement).toBe(find);
  fireEvent.input(find, { target: { value: 'nothing such' } });
  fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
  expect(page.patterns()).toEqual(ALL);
  fireEvent.input(find, { target: { value: 'served' } });
  find.focus();
  await page.press('Enter');
  expect(document.activeElement).toBe(page.table());
  expect(page.active()).toContain('served');
});

test('coarser by key, picked patterns become one, a name is given, all of it taken back', async () => {
  const page = await setup();
  await page.press(',');
  await page.press(',');
  expect(page.patterns()).toContain('retrying text');
  await page.press('z', { ctrlKey: true });
  expect(page.patterns()).toEqual(ALL);
  await page.press('j');
  await page.press(' ');
  await page.press('j');
  await page.press(' ');
  expect(page.active()).toContain('picked');
  await page.press('m');
  expect(page.patterns()).toHaveLength(4);
  await page.press('r');
  const field = screen.getByRole('textbox', { name: 'Name' });
  fireEvent.input(field, { target: { value: 'Retries' } });
  fireEvent.submit(field.closest('form') as HTMLFormElement);
  await page.idle();
  expect(page.patterns()[1]).toBe('Retriesretrying pool word');
  await page.press('z', { ctrlKey: true });
  await page.press('z', { ctrlKey: true });
  expect(page.patterns()).toEqual(ALL);
});

test('a wildcard opens its values; a bar and a value filter by them', async () => {
  const page = await setup();
  await page.press('G');
  await page.idle();
  const panel = page.panel();
  expect(panel.getByRole('tab', { name: /^duration20?/, selected: true })).toBeTruthy();
  expect(panel.getByText('median').nextSibling?.textContent).toBe('90 ms');
  expect(panel.getByRole('img', { name: /^duration from 0 ms to 190 ms; most between/ })).toBeTruthy();
  fireEvent.click(panel.getByRole('button', { name: 'As a table' }));
  fireEvent.click(panel.getAllByRole('button', { name: /^Filter between 0 ms/ })[0] as HTMLElement);
  await page.idle();
  expect(page.patterns()).toEqual(['served in duration']);
  expect(page.status().textContent).toMatch(/^3 of 64 records/);
});

test('copies: text, filter, expression, format rule', async () => {
  const page = await setup();
  const copy = async (name: RegExp) => {
    fireEvent.click(page.panel().getByRole('button', { name: 'Copy the pattern' }));
    fireEvent.click(screen.getByRole('menuitem', { name }));
    await page.idle();
    return (copied.mock.lastCall as unknown as string[])[0];
  };
  expect(await copy(/text$/)).toBe('pool <*> is empty');
  expect(await copy(/as a filter/)).toBe('pattern:"pool <*> is empty"');
  expect(await copy(/expression/)).toMatch(/^pool\\s\+\(\?<number>.*\)\\s\+is\\s\+empty$/);
  expect(await copy(/format rule/)).toBe('{start}pool {number:word} is empty');
});

test('grouped by level there are headings, which the keys pass over', async () => {
  const page = await setup();
  fireEvent.click(screen.getByRole('button', { name: 'Group' }));
  fireEvent.click(screen.getByRole('menuitemradio', { name: 'By level' }));
  expect(page.patterns()[0]).toMatch(/ERROR\s+1 pattern, 2 records/);
  await page.press('j');
  expect(page.active()).toContain('retrying');
});

test('nothing left says which part of the filter did it; a fault keeps the table', async () => {
  const page = await setup();
  page.engine.failNext('patterns', new Fault('file-changed', 'gone'));
  await page.type('served');
  expect(page.patterns()).toEqual(ALL);
  fireEvent.click(screen.getByRole('button', { name: 'Count again' }));
  await page.idle();
  expect(page.patterns()).toEqual(['served in duration']);
  await page.type('nothing has this');
  expect(screen.getByRole('table', { name: 'Parts of the filter' })).toBeTruthy();
});

test('Escape drops picks, i closes and opens the details', async () => {
  const page = await setup();
  await page.press(' ');
  await page.press('Escape');
  expect(page.active()).not.toContain('picked');
  await page.press('i');
  await page.press('i');
  expect(screen.queryByRole('complementary', { name: 'Pattern details' })).toBeNull();
});

test('the verbs of the row under the pointer', async () => {
  const page = await setup();
  const row = within(page.table()).getByText('conn', { exact: false }).closest('[role=row]') as HTMLElement;
  fireEvent.click(row.querySelector('[data-verb="pattern.hide"]') as HTMLElement);
  await page.idle();
  expect(page.patterns()).toEqual(ALL.filter((text) => text !== 'conn number opened'));
});

test('the palette finds patterns after a #, and filters by the one chosen', async () => {
  const page = setupPage();
  await page.open({ 'app.log': LOG });
  await page.press('k', { ctrlKey: true });
  const field = await screen.findByRole('combobox', { name: 'Search or run a command' });
  fireEvent.input(field, { target: { value: '#retry' } });
  const option = await screen.findByRole('option', { name: /retrying pool a/ });
  expect(option.textContent).toContain('1 record');
  fireEvent.click(option);
  await page.idle();
  expect(page.rows()).toEqual(['WARN app.log retrying pool a']);
});
