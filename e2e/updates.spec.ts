/** A newer version of the app: offered, put off, taken; and what is open goes on with its own files meanwhile. */
import { expect, type Page, test } from '@playwright/test';

import { AppHost } from './app-host';
import { drawLog, LoupePage } from './loupe-page';

let host: AppHost;
test.beforeEach(async () => {
  host = await AppHost.start();
});
test.afterEach(() => host.end());

async function visit(page: Page) {
  const loupe = new LoupePage(page);
  await loupe.visit('', host.origin);
  await expect(loupe.status).toContainText('Works offline');
  return loupe;
}

const version = (page: Page) => page.evaluate(() => document.documentElement.dataset.version);

/** The page asks its host for a newer version; it is offered when all of it is kept. */
async function lookForUpdate(page: Page) {
  await page.evaluate(async () => void (await navigator.serviceWorker.getRegistration())?.update());
  await expect(page.getByRole('button', { name: 'Reload for the new version' })).toBeVisible();
}

/** Files of the app that a page has loaded since it began, as their names below `assets/`. */
const loaded = (page: Page) =>
  page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap(({ name }) => new URL(name).pathname.split('/assets/')[1] ?? []),
  );

test('an update waits until it is taken, and an older page never gets a file of it', async ({ page, context }) => {
  test.setTimeout(120_000);
  const loupe = await visit(page);
  await loupe.open({ name: 'app.log', text: drawLog(200) });
  const old = await version(page);
  const names = new Set(await host.release());
  await lookForUpdate(page);
  expect(await version(page)).toBe(old);

  // Put off. Reloading is no taking either: the version that is there answers.
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(page.getByRole('button', { name: 'Reload for the new version' })).toBeHidden();
  await page.reload();
  await expect(loupe.log).toBeVisible();
  expect(await version(page)).toBe(old);

  // Another tab takes it.
  const second = await context.newPage();
  await visit(second);
  expect(await version(second)).toBe(old);
  await second.getByRole('button', { name: 'Reload for the new version' }).click();
  await expect.poll(() => version(second).catch(() => old)).not.toBe(old);
  await expect(new LoupePage(second).status).toContainText('Works offline');
  expect((await loaded(second)).filter((name) => !names.has(name))).toEqual([]);

  // The first goes on with its own parts, which its host has no more: dialogs, a new engine with its workers.
  expect(await version(page)).toBe(old);
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await page.keyboard.press('Escape');
  await loupe.press('Control+Shift+P');
  await page.keyboard.type('New workspace');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Drop a log anywhere on this page' })).toBeVisible();
  await loupe.open({ name: 'b.log', text: drawLog(100) });
  expect(await loupe.counts()).toContain('100');
  expect((await loaded(page)).filter((name) => names.has(name))).toEqual([]);
  expect(loupe.troubles).toEqual([]);

  // And comes to the new one when it is reloaded: then nobody needs the older files.
  await page.getByRole('button', { name: 'Reload for the new version' }).click();
  await expect.poll(() => version(page).catch(() => old)).not.toBe(old);
  await expect(loupe.log).toBeVisible();
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(1);
});

test('an update that is taken while a log is being read comes when the reading has ended', async ({ page }) => {
  test.setTimeout(120_000);
  const loupe = await visit(page);
  const old = await version(page);
  await host.release();
  await lookForUpdate(page);
  // A note is being written: that is work too.
  await loupe.open({ name: 'app.log', text: drawLog(200) });
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await page.getByRole('button', { name: 'Reload for the new version' }).dispatchEvent('click');
  await expect(page.getByText('Reloads when the work has ended')).toBeVisible();
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(() => version(page).catch(() => old)).not.toBe(old);
  // What was open is there again.
  await expect(loupe.log).toBeVisible();
  await loupe.idle();
  expect(await loupe.counts()).toContain('200');
});
