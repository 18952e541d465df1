/** What leaves the device: nothing but the requests for the app itself, and for an address that a person typed. */
import { expect, type Page, test } from '@playwright/test';

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
  await page.getByRole('row', { name: /^Show app\.log/ }).click();
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

test('the settings hold none of the log, and a deleted workspace leaves nothing of it behind', async ({ page }) => {
  await loupe.visit();
  await loupe.open({ name: 'app.log', text: drawLog(10) });
  await page.getByRole('button', { name: /^Theme/ }).click();
  await loupe.log.focus();
  await loupe.press('Alt+=', 'j', 'Enter');
  await expect(page.getByRole('complementary')).toContainText('record 0');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.locator('html')).toHaveAttribute('data-density', 'roomy');
  await loupe.idle();
  const settings = await page.evaluate(() => JSON.stringify(localStorage));
  expect(settings).not.toContain('record');
  expect(settings).not.toContain('app.log');
  expect(await readDatabase(page)).toContain('record 0');

  await page.getByRole('heading', { level: 1 }).getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Delete app.log' }).click();
  await expect(page.getByRole('heading', { name: 'Drop a log anywhere on this page' })).toBeVisible();
  await loupe.idle();
  const left = await readDatabase(page);
  expect(left).not.toContain('record');
  expect(left).not.toContain('app.log');
});

/** Every row of the database, bytes as text. */
function readDatabase(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const toPromise = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await toPromise(indexedDB.open('loupe'));
    const names = [...database.objectStoreNames];
    const rows = await Promise.all(
      names.map((name) => toPromise(database.transaction(name).objectStore(name).getAll())),
    );
    database.close();
    const texts = await Promise.all(
      (rows.flat() as { bytes?: Blob | null }[]).map(
        async (row) => JSON.stringify(row) + (row.bytes instanceof Blob ? await row.bytes.text() : ''),
      ),
    );
    return texts.join('\n');
  });
}
