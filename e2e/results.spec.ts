import { expect, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open({ name: 'app.log', text: drawLog(1000) });
});

test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

test('split keeps the log whole and lists the matches; in place hides the rest again', async ({ page }) => {
  await loupe.filter('failed');
  await page.keyboard.press('Escape');
  await loupe.press('x');
  const results = page.getByRole('grid', { name: 'Results, 20 records' });
  await expect(results).toBeVisible();
  expect(await loupe.counts()).toContain('1,000 records');
  await expect(page.locator('#filter-count')).toHaveText('20 match');
  await expect(results.locator('mark').first()).toHaveText('failed');
  // In the whole log the same is marked.
  await loupe.press('n');
  await expect(loupe.selected()).toContainText('failed');
  await expect(loupe.selected().locator('mark')).toHaveText('failed');
  await loupe.press('x');
  await expect(results).toHaveCount(0);
  expect(await loupe.counts()).toContain('20 of 1,000 records');
});

test('both panes share the selected record, whichever it was chosen in', async ({ page }) => {
  await loupe.filter('failed');
  await page.keyboard.press('Escape');
  await loupe.press('x');
  const results = page.getByRole('grid', { name: /^Results/ });
  await results.locator('[data-index="1"][id]').click();
  await loupe.idle();
  await expect(loupe.selected()).toContainText('record 99 failed');
  await expect(page.getByText('2 of 20')).toBeVisible();
  await results.focus();
  await loupe.press('j');
  await expect(loupe.selected()).toContainText('record 149 failed');
  await expect(results).toBeFocused();
  await loupe.log.focus();
  await loupe.press('g', 'e');
  await expect(results.locator('[aria-selected=true][id]')).toContainText('record 49 failed');
  await expect(page.getByText('1 of 20')).toBeVisible();
  await loupe.press('F4');
  await expect(loupe.selected()).toContainText('record 99 failed');
  await loupe.press('Shift+F4', 'Shift+F4');
  await expect(page.getByRole('contentinfo')).toContainText('1,000 records');
});

test('a search inside narrows the list, with its own count; a mistake is told there', async ({ page }) => {
  await loupe.filter('failed');
  await page.keyboard.press('Escape');
  await loupe.press('x');
  const find = page.getByRole('searchbox', { name: 'Find in results' });
  await find.fill('nowhere');
  await loupe.idle();
  await expect(page.getByRole('grid', { name: 'Results, 0 records' })).toBeVisible();
  await expect(page.getByText('No result holds what is searched inside.')).toBeVisible();
  await find.fill('"record 9"');
  await loupe.idle();
  // 949 and 999
  await expect(page.getByRole('grid', { name: 'Results, 3 records' })).toBeVisible();
  await expect(page.locator('#filter-count')).toHaveText('20 match');
  await find.fill('level>=bad');
  await loupe.idle();
  await expect(page.getByRole('alert')).toContainText('expected');
  await expect(page.getByRole('grid', { name: 'Results, 3 records' })).toBeVisible();
  await find.press('Escape');
  await loupe.idle();
  await expect(page.getByRole('grid', { name: 'Results, 20 records' })).toBeVisible();
});

test('records around each result, and marks beside them', async ({ page }) => {
  await loupe.filter('failed');
  await page.keyboard.press('Escape');
  await loupe.press('x');
  await page.getByRole('button', { name: /^Context/ }).click();
  await page.getByRole('menuitemradio', { name: '3 records before and after' }).click();
  await loupe.idle();
  // 20 results with 3 before and after each; the last has none after it
  await expect(page.getByRole('grid', { name: 'Results, 137 records' })).toBeVisible();
  await loupe.log.focus();
  await loupe.press('g', 'm');
  await page.getByRole('button', { name: 'Marks 1' }).click();
  await loupe.idle();
  await expect(page.getByRole('grid', { name: 'Results, 4 records' })).toBeVisible();
  await page.getByRole('button', { name: 'Both' }).click();
  await page.getByRole('button', { name: /^Context/ }).click();
  await page.getByRole('menuitemradio', { name: 'No context' }).click();
  await loupe.idle();
  await expect(page.getByRole('grid', { name: 'Results, 21 records' })).toBeVisible();
  await loupe.log.focus();
  await loupe.press('g', ']');
  await expect(loupe.selected()).toContainText('record 49 failed');
  await loupe.press('[');
  await expect(loupe.selected()).toContainText('record 0');
});

test('the pane is resized by key; without a filter it says what it is for', async ({ page }) => {
  await loupe.log.focus();
  await loupe.press('x');
  await expect(page.getByText('Type a filter: what matches is listed here')).toBeVisible();
  const edge = page.getByRole('separator', { name: 'Height of the results' });
  const before = Number(await edge.getAttribute('aria-valuenow'));
  await edge.press('ArrowUp');
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 16));
  await page.getByRole('button', { name: 'Close the results' }).click();
  await expect(edge).toHaveCount(0);
});
