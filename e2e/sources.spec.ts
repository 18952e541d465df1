/** Several sources: what can be changed about each, and two logs side by side. */
import { expect, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
});
test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

const three = () =>
  loupe.open(
    { name: 'gateway.log', text: drawLog(60, 'gateway') },
    { name: 'api.log', text: drawLog(60, 'api') },
    { name: 'db.log', text: drawLog(60, 'db') },
  );

test('sources are hidden, shown alone, coloured and renamed, and undo takes each back', async ({ page }) => {
  await three();
  const legend = page.getByRole('group', { name: 'Sources' });
  await legend.getByRole('button', { name: 'api.log' }).click();
  await loupe.idle();
  expect(await loupe.counts()).toContain('120 records');
  await legend.getByRole('button', { name: 'db.log' }).click({ modifiers: ['Alt'] });
  await loupe.idle();
  expect(await loupe.counts()).toContain('60 records');
  await loupe.press('Control+z', 'Control+z');
  expect(await loupe.counts()).toContain('180 records');

  await loupe.showSources();
  await page.getByLabel(/^Sources, 3 sources/).focus();
  await loupe.press('ArrowDown', 'Enter');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('the api');
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'Magenta' }).check({ force: true });
  await loupe.idle();
  await expect(legend.getByRole('button', { name: 'the api' })).toBeVisible();
  await expect(loupe.log.locator('[data-index] .src-4').first()).toBeAttached();
  await loupe.press('Control+z', 'Control+z');
  await expect(legend.getByRole('button', { name: 'api.log' })).toBeVisible();
});

test('a clock is corrected by a typed offset, and by pointing at two records of one moment', async ({ page }) => {
  await loupe.open(
    { name: 'gateway.log', text: '2026-05-19 10:00:00.000 INFO sends 1\n2026-05-19 10:00:02.000 INFO gets 1\n' },
    { name: 'api.log', text: '2026-05-19 10:02:53.250 INFO works on 1\n' },
  );
  const order = async () => (await loupe.messages()).map((message) => message.replace(/^.*INFO /, ''));
  await loupe.showSources();
  await page.getByRole('row', { name: /^Show api\.log/ }).click();
  const offset = page.getByRole('textbox', { name: 'Clock offset of api.log' });
  await offset.fill('soon');
  await offset.press('Enter');
  await expect(page.getByText('Not an offset.')).toBeVisible();
  await offset.fill('-2 min 52 s');
  await offset.press('Enter');
  await loupe.idle();
  expect(await order()).toEqual(['sends 1', 'works on 1', 'gets 1']);
  await loupe.press('Escape', 'Control+z');
  expect(await order()).toEqual(['sends 1', 'gets 1', 'works on 1']);

  await loupe.log.focus();
  await loupe.press('G', 'Alt+c');
  await expect(page.getByRole('region', { name: 'Repair of a clock' })).toContainText('Select the record of another');
  await loupe.press('g');
  await page.getByRole('button', { name: 'Set api.log to −2 min 53.25 s' }).click();
  await loupe.idle();
  expect((await order()).toSorted()).toEqual(['gets 1', 'sends 1', 'works on 1']);
  expect((await order())[2]).toBe('gets 1');
  await loupe.press('Control+z');
  expect(await order()).toEqual(['sends 1', 'gets 1', 'works on 1']);
});

test('a source that was closed comes back by undo, with its zone', async ({ page }) => {
  await three();
  await loupe.showSources();
  await page.getByRole('row', { name: /^Show db\.log/ }).click();
  await page.getByRole('combobox', { name: 'Zone of db.log' }).fill('Europe/Berlin');
  await page.getByRole('combobox', { name: 'Zone of db.log' }).press('Enter');
  await loupe.idle();
  await expect(loupe.rows().first()).toContainText('08:00:00');
  await page.getByRole('button', { name: 'Close db.log' }).click();
  await loupe.idle();
  expect(await loupe.counts()).toContain('120 records');
  await page.getByLabel(/^Sources, 2 sources/).focus();
  await loupe.press('Control+z');
  expect(await loupe.counts()).toContain('180 records');
  await expect(loupe.rows().first()).toContainText('08:00:00');
});

test('two logs side by side are locked by time, each with its own sources', async ({ page }) => {
  await loupe.open(
    { name: 'gateway.log', text: drawLog(600, 'gateway') },
    { name: 'api.log', text: drawLog(600, 'api') },
  );
  await page.getByRole('grid').first().focus();
  await loupe.press('Alt+\\');
  const left = page.getByRole('grid', { name: /^Log/ });
  const right = page.getByRole('grid', { name: /^Second log/ });
  const first = (grid: typeof left) => grid.locator('[data-index][id]').first();
  await expect(first(left)).toContainText('gateway 0');
  await expect(first(right)).toContainText('api 0');
  await left.hover();
  await page.mouse.wheel(0, 24 * 40);
  await loupe.idle();
  await expect(first(left)).toContainText('gateway 40');
  await expect(first(right)).toContainText('api 40');
  await right.click({ position: { x: 60, y: 60 } });
  await loupe.press('G');
  await expect(left.locator('[data-index][id]').last()).toContainText('gateway 599');

  await page.getByRole('button', { name: 'Locked' }).click();
  await right.focus();
  await loupe.press('g');
  await expect(first(right)).toContainText('api 0');
  await expect(left.locator('[data-index][id]').last()).toContainText('gateway 599');
  await left.click({ position: { x: 60, y: 60 } });
  await page.getByRole('button', { name: 'Align' }).click();
  await loupe.idle();
  await expect(page.getByRole('button', { name: /ahead$/ })).toBeVisible();

  const edge = page.getByRole('separator', { name: 'Edge between the logs' });
  await edge.press('ArrowRight');
  await expect(edge).toHaveAttribute('aria-valuenow', '52');
  await page.getByRole('button', { name: 'Close the second log' }).click();
  await loupe.idle();
  await expect(right).toHaveCount(0);
  expect(await loupe.counts()).toContain('1,200 records');
});
