import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';

import { setupPage } from '../testing/page';

afterEach(cleanup);

const LOG = `
  10:00:00.000 INFO  conn 1 opened
  10:00:01.000 ERROR pool is empty
  10:00:02.000 INFO  conn 2 opened
  10:00:03.000 INFO  request done
  10:00:04.000 INFO  conn 3 opened
`;

test('m marks, quotes walk the marks, Ctrl-Z takes back', async () => {
  const page = setupPage();
  await page.open({ 'a.log': LOG });
  await page.press('e');
  await page.press('m');
  await page.press('G');
  await page.press('m');
  await page.press('g');
  await page.press("'");
  expect(page.selected()).toEqual([expect.stringContaining('pool is empty')]);
  await page.press("'");
  expect(page.selected()).toEqual([expect.stringContaining('conn 3')]);
  await page.press('"');
  expect(page.selected()).toEqual([expect.stringContaining('pool is empty')]);
  await page.press('"');
  expect(page.status().textContent).toContain('No mark further up');
  await page.press('m', { ctrlKey: true });
  const dock = await screen.findByRole('region', { name: 'Marks and notes' });
  expect(await within(dock).findAllByRole('listitem')).toHaveLength(2);
  await page.press('z', { ctrlKey: true });
  expect(within(dock).getAllByRole('listitem')).toHaveLength(1);
});

test('a note is written by key, shown in the details, and is only text and harmless elements', async () => {
  const page = setupPage();
  await page.open({ 'a.log': LOG });
  await page.press('e');
  await page.press('M', { shiftKey: true });
  const area = await screen.findByRole('textbox', { name: 'Note, in Markdown' });
  fireEvent.input(area, { target: { value: '**root** <img src=x onerror=alert(1)>' } });
  fireEvent.keyDown(area, { key: 'Enter', ctrlKey: true });
  await page.press('Enter');
  const note = await screen.findByRole('region', { name: 'Note' });
  await waitFor(() => expect(note.querySelector('strong')?.textContent).toBe('root'));
  expect(note.querySelector('img')).toBeNull();
});

test('o walks records of the same pattern, f and F its first and last', async () => {
  const page = setupPage();
  await page.open({ 'a.log': LOG });
  await page.press('j');
  await page.press('o');
  expect(page.selected()).toEqual([expect.stringContaining('conn 2')]);
  await page.press('F');
  expect(page.selected()).toEqual([expect.stringContaining('conn 3')]);
  await page.press('o');
  expect(page.status().textContent).toContain('No record of this pattern further down');
  await page.press('f');
  expect(page.selected()).toEqual([expect.stringContaining('conn 1')]);
});

test('Ctrl-G shows where a step leads before going', async () => {
  const page = setupPage();
  await page.open({ 'a.log': LOG });
  await page.press('j');
  await page.press('g', { ctrlKey: true });
  const field = await screen.findByRole('textbox', { name: /Line of a\.log/ });
  fireEvent.input(field, { target: { value: '+2s' } });
  expect(await screen.findByText('Record 3')).toBeTruthy();
  fireEvent.submit(field);
  await page.idle();
  expect(page.selected()).toEqual([expect.stringContaining('conn 2')]);
});

test('s stops where the log was silent, and says for how long', async () => {
  const page = setupPage();
  await page.open({
    'a.log': `
      10:00:00.000 INFO  one
      10:00:00.500 INFO  two
      10:04:20.500 INFO  three
      10:04:20.900 INFO  four
    `,
  });
  await page.press('s');
  expect(page.selected()).toEqual([expect.stringContaining('three')]);
  expect(page.status().textContent).toContain('A pause of 4 min 20 s before this record');
  await page.press('s');
  expect(page.status().textContent).toContain('No pause of 1.3 s or more further down');
});
