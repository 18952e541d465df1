/** The app without a network, as its service worker keeps it. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { AppHost } from './app-host';
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

const LARGE_BYTES = 200 * 1024 * 1024;

test('with its server gone the app reloads, and a log of 200 MB is triaged to the end', async ({ page }) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'loupe-large-'));
  const path = join(folder, 'large.log');
  const recordCount = writeLarge(path);
  const host = await AppHost.start();
  try {
    const loupe = new LoupePage(page);
    await loupe.visit('', host.origin);
    await expect(loupe.status).toContainText('Works offline');
    await host.goAway();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Drop a log anywhere on this page' })).toBeVisible();
    await loupe.pickPaths(path);
    await loupe.idle();
    const text = (count: number) => count.toLocaleString('en');
    await expect(loupe.status).toContainText(`${text(recordCount)} records`);
    await loupe.filter('level:error');
    await expect(loupe.status).toContainText(`${text(recordCount / 50)} of ${text(recordCount)} records`);
    await loupe.press('Escape', 'e');
    await expect(loupe.selected()).toContainText('failed');
    await loupe.press('Enter');
    await expect(page.getByRole('complementary')).toContainText('at pool.ts:41');
    expect(loupe.troubles).toEqual([]);
  } finally {
    await host.end();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Writes `drawLog` over and over until it is 200 MB. @returns how many records it has */
function writeLarge(path: string): number {
  const piece = Buffer.from(drawLog(50_000));
  const file = openSync(path, 'w');
  let count = 0;
  for (let bytes = 0; bytes < LARGE_BYTES; bytes += piece.length, count += 50_000) writeSync(file, piece);
  closeSync(file);
  return count;
}
