import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';

import { setupPage } from '../testing/page';

afterEach(cleanup);

const manyLines = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const clock = new Date(Date.UTC(2026, 4, 19, 10) + at * 1000).toISOString().slice(11, 19);
    return `${clock}.000 ${at % 100 === 99 ? 'ERROR' : 'INFO '} record ${at}`;
  }).join('\n');

async function setup(options: Parameters<typeof setupPage>[0] = {}) {
  const page = setupPage(options);
  await page.open({ 'app.log': manyLines(500) });
  const nav = () => within(screen.getByRole('navigation', { name: 'Views' }));
  return {
    ...page,
    /** Without the number beside it. */
    shown: () =>
      nav()
        .getByRole('button', { current: 'page' })
        .textContent?.replace(/\s*[\d,]+$/, ''),
    choose: async (name: string) => {
      fireEvent.click(nav().getByRole('button', { name }));
      await page.idle();
    },
  };
}

test('a newly opened log shows the first look; keys and buttons show the other views', async () => {
  const page = await setup({ firstView: 'first-look' });
  expect(page.shown()).toBe('First look');
  expect(document.activeElement?.id).not.toBe('log');
  await page.press('2');
  expect(page.shown()).toBe('Lines');
  expect(document.activeElement).toBe(page.log());
  await page.press('3');
  expect(page.shown()).toBe('Patterns');
  expect(screen.getByRole('grid', { name: /^Patterns,/ })).toBe(document.activeElement);
  await page.choose('First look');
  expect(page.shown()).toBe('First look');
  expect(screen.queryByRole('grid', { name: /^Log,/ })).toBeNull();
});

test('another source shows the view that is on screen', async () => {
  const page = await setup();
  await page.press('3');
  await page.open({ 'other.log': manyLines(5) });
  expect(page.shown()).toBe('Patterns');
});

test('the lines come back as they were left: place, selected record, filter', async () => {
  const page = await setup();
  await page.type('record');
  page.log().focus();
  await page.press('e');
  await page.press('e');
  await page.press('PageUp');
  const before = { rows: page.rows(), selected: page.selected() };
  await page.press('3');
  expect(page.filterField()).toBeTruthy();
  await page.press('2');
  expect({ rows: page.rows(), selected: page.selected() }).toEqual(before);
  expect(page.status().textContent).toContain('500 records');
});

test('what goes to a record shows the lines, what acts on rows waits for them', async () => {
  const page = await setup();
  await page.press('1');
  await page.press('j');
  await page.press('m');
  expect(page.shown()).toBe('First look');
  expect(page.status().textContent).not.toContain('1 mark');
  await page.press('e');
  expect(page.shown()).toBe('Lines');
  expect(page.selected()[0]).toContain('record 99');
  await waitFor(() => expect(document.activeElement).toBe(page.log()));
});

test('Alt-← leads back to the view one came from', async () => {
  const page = await setup({ firstView: 'first-look' });
  await page.press('e');
  expect(page.shown()).toBe('Lines');
  await page.press('ArrowLeft', { altKey: true });
  expect(page.shown()).toBe('First look');
  await page.press('ArrowRight', { altKey: true });
  expect(page.shown()).toBe('Lines');
  expect(page.selected()[0]).toContain('record 99');
});

test('Escape in another view leaves the selection alone', async () => {
  const page = await setup();
  await page.press('e');
  await page.press('3');
  await page.press('Escape');
  expect(page.shown()).toBe('Patterns');
  await page.press('2');
  expect(page.selected()[0]).toContain('record 99');
});
