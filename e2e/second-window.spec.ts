/** One workspace in two windows. */
import { type BrowserContext, expect, type Page, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

let first: LoupePage;

test.beforeEach(async ({ page }) => {
  first = new LoupePage(page);
  await first.visit();
});

/** Opens the second window by its key. */
async function openSecond(context: BrowserContext, page: Page): Promise<LoupePage> {
  const opening = context.waitForEvent('page');
  await page.keyboard.press('Alt+n');
  const second = new LoupePage(await opening);
  await expect(second.filterField).toBeVisible();
  await second.idle();
  return second;
}

test('a second window shows the workspace and stays in step, both ways', async ({ page, context }) => {
  await first.open({ name: 'app.log', text: drawLog(600) });
  await first.filter('record');
  await first.press('Escape', 'G');
  const second = await openSecond(context, page);
  expect(await second.counts()).toContain('600 records');
  await expect(second.selected()).toContainText('record 599');
  await expect(page.getByRole('button', { name: 'Synced with another window' })).toBeVisible();

  await first.press('g', 'e');
  await expect(second.selected()).toContainText('record 49 failed');
  await second.idle();
  await second.press('e');
  await expect(first.selected()).toContainText('record 99 failed');

  await second.filter('failed');
  await expect.poll(() => first.counts()).toContain('12 of 600 records');
  await first.press('m');
  await second.press('Control+m');
  await expect(second.page.getByRole('region', { name: 'Marks and notes' }).getByRole('listitem')).toHaveCount(1);

  expect(first.troubles).toEqual([]);
  expect(second.troubles).toEqual([]);
});

test('sources opened, hidden and closed in one window are so in the other; closing one leaves the other whole', async ({
  page,
  context,
}) => {
  await first.open({ name: 'app.log', text: drawLog(20, 'alpha') });
  const second = await openSecond(context, page);
  await second.open({ name: 'db.log', text: drawLog(10, 'beta') });
  await expect.poll(() => first.counts()).toContain('30 records');
  await first.idle();
  await page.getByRole('group', { name: 'Sources' }).getByRole('button', { name: 'app.log' }).click();
  await expect.poll(() => second.counts()).toContain('10 records');
  await page.close({ runBeforeUnload: true });
  await expect(second.page.getByRole('button', { name: /^Synced/ })).toHaveCount(0);
  await second.filter('"beta 9"');
  expect(await second.counts()).toContain('1 of 10 records');
  expect(second.troubles).toEqual([]);
});

test('a window can keep its own filter, or go its own way', async ({ page, context }) => {
  await first.open({ name: 'app.log', text: drawLog(600) });
  const second = await openSecond(context, page);
  await second.page.getByRole('button', { name: 'Synced with another window' }).click();
  await second.page.getByRole('menuitemcheckbox', { name: 'The same filter' }).click();
  await second.filter('failed');
  expect(await first.counts()).toContain('600 records');
  await first.press('G');
  await expect(second.rows().last()).toContainText('record 599 failed');
  await second.page.getByRole('button', { name: 'Synced with another window' }).click();
  await second.page.getByRole('menuitemcheckbox', { name: 'Keep this window in step' }).click();
  await expect(second.page.getByRole('button', { name: 'Not synced' })).toBeVisible();
  await first.press('g');
  await second.idle();
  await expect(second.rows().last()).toContainText('record 599 failed');
});

test('a second window that is reloaded is in step again', async ({ page, context }) => {
  await first.open({ name: 'app.log', text: drawLog(600) });
  const second = await openSecond(context, page);
  await first.press('G');
  await expect(second.selected()).toContainText('record 599');
  await second.idle();
  await second.page.reload();
  await expect(second.filterField).toBeVisible();
  await second.idle();
  await expect.poll(() => second.counts()).toContain('600 records');
  await expect(second.page.getByRole('button', { name: 'Synced with another window' })).toBeVisible();
  await first.press('g', 'e');
  await expect(second.selected()).toContainText('record 49 failed');
  await expect(page.getByRole('button', { name: 'Synced with another window' })).toBeVisible();
  expect(first.troubles).toEqual([]);
  expect(second.troubles).toEqual([]);
});
