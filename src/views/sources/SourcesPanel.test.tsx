/** The panel of the sources inside the page: by name, by key, and undone. */
import { cleanup, fireEvent, screen } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';

import { setupPage } from '../../testing/page';

afterEach(cleanup);

const LINE = '10:00:00.000 INFO one\n';

async function setup(...names: string[]) {
  const page = setupPage();
  await page.open(Object.fromEntries(names.map((name, at) => [name, `10:00:0${at % 10}.000 INFO from ${name}\n`])));
  fireEvent.click(screen.getByRole('button', { name: /^\d+ sources?$/ }));
  const table = () => screen.getByLabelText(/^Sources, /);
  await screen.findByLabelText(/^Sources, /); // the panel is fetched when it is first shown
  return {
    page,
    table,
    /** Presses a key in the table. */
    press: async (key: string, modifiers: KeyboardEventInit = {}) => {
      table().focus();
      fireEvent.keyDown(table(), { key, ...modifiers });
      await page.idle();
    },
    current: () => document.getElementById(table().getAttribute('aria-activedescendant') ?? '')?.textContent ?? '',
  };
}

test('the table is walked and its sources switched by key; undo brings them back', async () => {
  const { page, press, current } = await setup('a.log', 'b.log', 'c.log');
  expect(current()).toContain('a.log');
  await press('ArrowDown');
  expect(current()).toContain('b.log');
  await press(' ');
  expect(page.rows()).toHaveLength(2);
  await press('End');
  await press('o');
  expect(page.rows()).toEqual(['INFO c.log from c.log']);
  await press('z', { ctrlKey: true });
  await press('z', { ctrlKey: true });
  expect(page.rows()).toHaveLength(3);
  await press('Delete');
  expect(page.rows()).toHaveLength(2);
  await press('z', { ctrlKey: true });
  await page.idle();
  expect(page.rows()).toHaveLength(3);
});

test('a source is renamed and coloured, and the log shows it so', async () => {
  const { page, press } = await setup('a.log', 'b.log');
  await press('Enter');
  const name = screen.getByLabelText<HTMLInputElement>('Name');
  expect(document.activeElement).toBe(name);
  fireEvent.change(name, { target: { value: 'gateway' } });
  fireEvent.click(screen.getByRole('radio', { name: 'Olive' }));
  expect(page.rows()[0]).toContain('gateway');
  expect(document.querySelector('#log [data-index] .src-3')).toBeTruthy();
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: '' } });
  expect(page.rows()[0]).toContain('a.log');
});

test('forty sources are found by words, by folder, and switched together', async () => {
  const names = Array.from(
    { length: 40 },
    (_, at) => `${at < 30 ? 'eu' : 'us'}/svc-${String(at).padStart(2, '0')}.log`,
  );
  const { page, table } = await setup(...names);
  expect(table().getAttribute('role')).toBe('treegrid');
  expect(screen.getByRole('checkbox', { name: 'Show eu' })).toBeTruthy();
  fireEvent.input(screen.getByRole('searchbox', { name: 'Find a source' }), { target: { value: 'us 3' } });
  expect(screen.getByText('10 sources found, 40 of 40 sources shown')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Only these' }));
  await page.idle();
  expect(page.status().textContent).toContain('10 records');
  fireEvent.input(screen.getByRole('searchbox', { name: 'Find a source' }), { target: { value: '' } });
  fireEvent.click(screen.getByRole('checkbox', { name: 'Show eu' }));
  await page.idle();
  expect(page.status().textContent).toContain('40 records');
  fireEvent.input(screen.getByRole('searchbox', { name: 'Find a source' }), { target: { value: 'nowhere' } });
  expect(screen.getByText('No source holds these words.')).toBeTruthy();
});

test('the format of the current source is chosen, and detected again by undo', async () => {
  const { page } = await setup('a.log');
  const format = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Format of a.log' });
  await screen.findByRole('option', { name: 'Other' });
  fireEvent.change(format, { target: { value: 'other' } });
  await page.idle();
  expect(screen.getByText('chosen by you')).toBeTruthy();
  await page.press('z', { ctrlKey: true });
  expect(screen.queryByText('chosen by you')).toBeNull();
});

test('the encoding of the current source is chosen, and detected again by undo', async () => {
  const { page } = await setup('a.log');
  const encoding = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Encoding of a.log' });
  expect(encoding.selectedOptions[0]?.textContent).toBe('UTF-8 (detected)');
  fireEvent.change(encoding, { target: { value: 'koi8-r' } });
  await page.idle();
  expect(screen.getByText('chosen by you')).toBeTruthy();
  expect(encoding.value).toBe('koi8-r');
  await page.press('z', { ctrlKey: true });
  expect(screen.queryByText('chosen by you')).toBeNull();
  expect(encoding.value).toBe('');
});

test('many sources are one menu of switches in the legend', async () => {
  const page = setupPage();
  await page.open(Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`s${at}.log`, LINE])));
  expect(screen.queryByRole('group', { name: 'Sources' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: /12 of 12 shown/ }));
  fireEvent.click(screen.getByRole('menuitemcheckbox', { name: 's3.log' }));
  await page.idle();
  expect(page.status().textContent).toContain('11 records');
});
