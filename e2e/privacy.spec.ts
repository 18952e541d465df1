/** What leaves the device: nothing but the requests for the app itself, and for an address that a person typed. */
import { expect, test } from '@playwright/test';

import { drawLog, gzip, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
});

test('a whole session asks no other origin, and sends no body to its own', async ({ page, context, baseURL }) => {
  const asked: string[] = [];
  const strange: string[] = [];
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    asked.push(request.url());
    if (protocol === 'data:' || origin === baseURL) {
      if (request.postData() !== null) strange.push(`a body to ${request.url()}`);
    } else strange.push(request.url());
  });
  page.on('websocket', (socket) => strange.push(socket.url()));
  await loupe.visit();
  await page.getByRole('region', { name: 'Try a sample' }).getByRole('button').first().click();
  await expect(loupe.log).toBeVisible();
  await loupe.idle();
  await loupe.open(
    { name: 'app.log', text: `${drawLog(500)}2026-05-19 12:00:00.000 INFO <img src="https://example.com/x.png">\n` },
    { name: 'b.log.gz', bytes: gzip(drawLog(500)) },
  );
  await loupe.paste(drawLog(20, 'pasted'));
  await loupe.filter('failed OR /record \\d+7/');
  await loupe.press('Escape', 'e', 'z', 'Enter', 'w', 'G', 'g');
  await loupe.showSources();
  await page.getByRole('button', { name: 'Digests of app.log' }).click();
  await expect(loupe.digest('SHA-256')).toHaveText(/^[\da-f]{64}$/);
  await page.getByRole('button', { name: 'Close app.log' }).click();
  await loupe.idle();
  await page.getByRole('button', { name: 'Keys' }).click();
  await page.keyboard.press('Escape');
  expect(await loupe.counts()).toContain('Nothing sent');
  expect(asked.length).toBeGreaterThan(3);
  expect(strange).toEqual([]);
  expect(loupe.troubles).toEqual([]);
});

test('an address that cannot be fetched is a sentence with a next step; the request is shown', async ({ page }) => {
  await loupe.visit();
  await page.route('**/gone.log', (route) => route.fulfill({ status: 404, body: 'not here' }));
  await page.route('**/down.log', (route) => route.abort('connectionrefused'));
  await page.getByRole('button', { name: 'From address' }).click();
  const address = page.getByLabel('Address of a log');
  await address.fill('/gone.log');
  await address.press('Enter');
  await expect(page.getByRole('alert')).toContainText('404');
  await expect(page.getByRole('alert')).toContainText('download the file and drop it on the page');
  await address.fill('/down.log');
  await address.press('Enter');
  await expect(page.getByRole('alert')).toContainText('did not answer');
  await address.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await loupe.counts()).toMatch(/2 requests/);
  await loupe.open({ name: 'app.log', text: drawLog(10) });
  expect(await loupe.counts()).toContain('10 records');
  loupe.troubles.length = 0; // the browser's own reports of the two failures
});

test('a reload keeps the settings, and none of the log', async ({ page }) => {
  await loupe.visit();
  await loupe.open({ name: 'app.log', text: drawLog(10) });
  await page.getByRole('button', { name: /^Theme/ }).click();
  await loupe.log.focus();
  await loupe.press('Alt+=', 'j', 'Enter');
  await expect(page.getByRole('complementary')).toContainText('record 0');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.locator('html')).toHaveAttribute('data-density', 'roomy');
  await expect(loupe.log).toHaveCount(0);
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  expect(kept).not.toContain('record');
  expect(kept).not.toContain('app.log');
  await loupe.open({ name: 'app.log', text: drawLog(10) });
  await expect(page.getByRole('complementary')).toBeVisible();
});
