/** The app without a network, as its service worker keeps it. */
import { expect, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

test('after one visit the app opens offline: it reloads, its samples open, files are read and digested', async ({
  page,
  context,
}) => {
  const loupe = new LoupePage(page);
  await loupe.visit();
  await expect(loupe.status).toContainText('Works offline');
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Drop a log anywhere on this page' })).toBeVisible();
  await page.getByRole('region', { name: 'Try a sample' }).getByRole('button').first().click();
  await expect(loupe.log).toBeVisible();
  await loupe.idle();
  await expect(loupe.rows().first()).toBeVisible();
  await loupe.open({ name: 'app.log', text: drawLog(100) });
  await loupe.filter('source:app.log failed');
  expect(await loupe.counts()).toMatch(/^2 of/);
  await loupe.press('Escape', 'e', 'Enter');
  await expect(page.getByRole('complementary')).toContainText('at pool.ts:41');
  await loupe.showSources();
  await page.getByRole('row', { name: /^Show app\.log/ }).click();
  await page.getByRole('button', { name: 'Digests of app.log' }).click();
  await expect(loupe.digest('SHA-256')).toHaveText(/^[\da-f]{64}$/);
  expect(loupe.troubles).toEqual([]);
});
