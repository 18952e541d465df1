import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';

import { setupPage } from '../testing/page';

afterEach(cleanup);

/** A record every ten seconds from 10:00:00, an ERROR in each of the seconds from `at` on. */
function drawHour(errors: { at: number; count: number } = { at: 0, count: 0 }): string {
  const clock = (second: number) => new Date(second * 1000).toISOString().slice(11, 19);
  const lines: [number, string][] = [];
  for (let second = 0; second < 3600; second += 10) lines.push([second, `INFO beat ${second}`]);
  for (let number = 0; number < errors.count; number += 1)
    lines.push([errors.at + number, `ERROR pool is empty ${number}`]);
  return `${lines
    .sort(([a], [b]) => a - b)
    .map(([second, text]) => `${clock(36_000 + second)}.000 ${text}`)
    .join('\n')}\n`;
}

async function open(logs: Record<string, string>) {
  const page = setupPage({ firstView: 'first-look' });
  await page.open(logs);
  const look = () => within(screen.getByRole('main', { name: 'First look' }));
  return {
    ...page,
    look,
    click: async (name: string | RegExp) => {
      fireEvent.click(look().getByRole('button', { name }));
      await page.idle();
    },
    back: () => page.press('1'),
    text: () => screen.getByRole('main', { name: 'First look' }).textContent ?? '',
  };
}

test('tells when errors began, how many there are, and leads to them', async () => {
  const page = await open({ 'app.log': drawHour({ at: 1800, count: 60 }) });
  expect(page.look().getByRole('heading', { level: 1 }).textContent).toBe(
    'Errors began at 10:30:00 and ended at 10:30:59.',
  );
  expect(page.text()).toContain('60 errors in 1 pattern, first seen since 10:30:00.');
  expect(page.text()).toContain('10:00:00 – 10:59:50');
  expect(page.text()).toContain('Exact over 420 records.');
  await page.click('10:30:59');
  expect(page.selected()[0]).toContain('pool is empty 59');
  await page.back();
  await page.click('60 errors');
  expect(page.status().textContent).toContain('60 of 420 records');
  await page.back();
  expect(page.text()).toContain('The filter is left out here');
  await page.click('ERROR');
  expect(page.status().textContent).toContain('60 of 420 records');
});

test('a thing leads to the records of its pattern, whatever was filtered; Alt-← leads back', async () => {
  const page = await open({ 'app.log': drawHour({ at: 1800, count: 60 }) });
  await page.type('beat');
  await page.back();
  const list = page.look().getByRole('list', { name: /to look at first$/ });
  const [first] = within(list).getAllByRole('button');
  expect(first?.textContent).toContain('A new error');
  expect(first?.textContent).toContain('pool is empty …Began at 10:30:00, last seen at 10:30:59 · 60 records');
  if (first) fireEvent.click(first);
  await page.idle();
  expect(page.status().textContent).toContain('60 of 420 records');
  expect(page.selected()[0]).toContain('pool is empty 0');
  await page.press('ArrowLeft', { altKey: true });
  expect(screen.getByRole('main', { name: 'First look' })).toBeTruthy();
});

test('a gap leads to the record that ends it, and is brushed', async () => {
  const log = drawHour()
    .split('\n')
    .filter((line) => line === '' || line < '10:20:00' || line >= '10:45:10')
    .join('\n');
  const page = await open({ 'app.log': log });
  expect(page.text()).toContain('longest gap 25 min 20 s');
  await page.click(/No records for 25 min 20 s from 10:19:50 on/);
  expect(page.selected()[0]).toContain('10:45:10');
  expect(screen.getByRole('slider', { name: 'Brush begins' }).getAttribute('aria-valuetext')).toBe(
    '2026-05-19 10:19:50.000',
  );
});

test('a quiet log says that nothing stands out, and offers its patterns', async () => {
  const page = await open({ 'app.log': drawHour() });
  expect(page.look().getByRole('heading', { level: 1 }).textContent).toBe(
    'Nothing stands out: no errors and no warnings among 360 records.',
  );
  await page.click('Look through 1 pattern');
  expect(screen.getByRole('main', { name: 'Patterns' })).toBeTruthy();
});

test('of several sources it tells all, or one', async () => {
  const page = await open({ 'app.log': drawHour({ at: 1800, count: 60 }), 'quiet.log': drawHour() });
  expect(page.text()).toContain('Exact over 780 records.');
  const choice = page.look().getByRole<HTMLSelectElement>('combobox', { name: 'Sources the page is about' });
  const only = within(choice).getByRole<HTMLOptionElement>('option', { name: 'Only quiet.log' });
  fireEvent.change(choice, { target: { value: only.value } });
  await page.idle();
  expect(page.text()).toContain('Nothing stands out');
  expect(page.text()).toContain('Exact over 360 records.');
  fireEvent.change(choice, { target: { value: 'all' } });
  await page.idle();
  expect(page.text()).toContain('Exact over 780 records.');
});

test('arrows walk the things', async () => {
  const errors = ['disk full', 'no route to host'].map((text, at) => `10:${20 + 10 * at}:00.000 ERROR ${text}`);
  const lines = [...drawHour().split('\n').filter(Boolean), ...errors].sort();
  const page = await open({ 'app.log': lines.join('\n') });
  const list = page.look().getByRole('list', { name: 'Two things to look at first' });
  const [first, second] = within(list).getAllByRole('button');
  first?.focus();
  await page.press('ArrowDown');
  expect(document.activeElement).toBe(second);
  await page.press('Home');
  expect(document.activeElement).toBe(first);
});

test('an empty file is told as such', async () => {
  const page = await open({ 'nothing.log': '' });
  expect(page.look().getByRole('heading', { level: 1 }).textContent).toBe('nothing.log is empty: it holds 0 bytes.');
});

test('while reading, counts are so far', async () => {
  const page = setupPage({ recordsPerStep: 100, firstView: 'first-look' });
  await page.open({ 'app.log': drawHour({ at: 10, count: 60 }) }, { settle: false });
  const main = await screen.findByRole('main', { name: 'First look' });
  expect(await within(main).findByText(/errors so far, the first at/)).toBeTruthy();
  expect(main.textContent).toContain('100 records so far');
  expect(main.textContent).not.toContain('Exact over');
  for (let step = 0; step < 4; step += 1) page.engine.step();
  await page.idle();
  expect(main.textContent).toContain('Exact over 420 records.');
});

test('of no records yet nothing is said', async () => {
  const page = setupPage({ isHeld: true, firstView: 'first-look' });
  await page.open({ 'app.log': drawHour() }, { settle: false });
  const main = await screen.findByRole('main', { name: 'First look' });
  await waitFor(() => expect(main.textContent).toContain('0 records so far'));
  await waitFor(() => expect(page.engine.calls).toContain('patterns'));
  expect(main.textContent).not.toMatch(/stands out|0 patterns/);
  page.engine.step();
  await page.idle();
  expect(main.textContent).toContain('Nothing stands out');
});

test('it can be kept, in words', async () => {
  const page = await open({ 'app.log': drawHour({ at: 1800, count: 60 }) });
  await page.press('p', { ctrlKey: true, shiftKey: true });
  const palette = await screen.findByRole('combobox', { name: /command/ });
  fireEvent.input(palette, { target: { value: '>keep the first look' } });
  const option = await screen.findByRole('option', { name: /first look/i });
  expect(option.getAttribute('aria-disabled')).not.toBe('true');
});
