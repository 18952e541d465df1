/** A log that was opened before opens again from the index that was kept of it. */
import { expect, type Page, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

const NAME = 'payments.log';
/** Above 4 MB: smaller ones are read as fast as their index. */
const RECORDS = 120_000;

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  // The browser's picker hands out a file of the origin's own: its handle outlives a reload and needs no permission.
  await page.addInitScript((name) => {
    Object.assign(window, {
      showOpenFilePicker: async () => [await (await navigator.storage.getDirectory()).getFileHandle(name)],
    });
  }, NAME);
  loupe = new LoupePage(page);
  await loupe.visit();
  await page.evaluate(
    async ({ name, text }) => {
      const handle = await (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
      const stream = await handle.createWritable();
      await stream.write(text);
      await stream.close();
    },
    { name: NAME, text: drawLog(RECORDS) },
  );
  await page.keyboard.press('Control+o');
  await expect(loupe.filterField).toBeVisible();
  await loupe.idle();
});
test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

/** Names of the files of the index that was kept; none while there is no such index. */
const keptFiles = (page: Page) =>
  page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('loupe-cache');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no database'));
    });
    const ids = await new Promise<IDBValidKey[]>((resolve, reject) => {
      const request = database.transaction('heads').objectStore('heads').getAllKeys();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no heads'));
    });
    database.close();
    const names: string[] = [];
    for (const id of ids) {
      const folder = typeof id === 'string' ? id : JSON.stringify(id);
      const all = await (await navigator.storage.getDirectory()).getDirectoryHandle('index');
      for await (const name of (await all.getDirectoryHandle(folder)).keys()) names.push(`${folder}/${name}`);
    }
    return names;
  });

async function reload(page: Page) {
  await page.reload();
  await expect(loupe.filterField).toBeVisible();
  await loupe.idle();
}

/** Counts without the time that counting took. */
async function look() {
  const counts = (await loupe.counts()).match(/[\d,]+ of [\d,]+ records/)?.[0];
  return { counts, messages: await loupe.messages() };
}

const state = (page: Page) => page.getByRole('region', { name: 'Sources', exact: true }).getByText(/ in [\d.,]+ /);

test('it tells so, and answers as before', async ({ page }) => {
  await loupe.filter('failed');
  const before = await look();
  expect(before.counts).toBe('2,400 of 120,000 records');
  await expect.poll(() => keptFiles(page), { timeout: 30_000 }).not.toEqual([]);
  await reload(page);
  expect(await look()).toEqual(before);
  await loupe.showSources();
  await expect(state(page)).toHaveText(/ kept index read in /);
});

test('an index that was damaged is never noticed: the bytes are read', async ({ page }) => {
  await loupe.filter('failed');
  const before = await loupe.messages();
  await expect.poll(() => keptFiles(page), { timeout: 30_000 }).not.toEqual([]);
  const files = await keptFiles(page);
  await page.evaluate(async (names) => {
    const all = await (await navigator.storage.getDirectory()).getDirectoryHandle('index');
    for (const name of names) {
      const [id = '', file = ''] = name.split('/');
      const stream = await (await (await all.getDirectoryHandle(id)).getFileHandle(file)).createWritable();
      await stream.write('no columns');
      await stream.close();
    }
  }, files);
  await reload(page);
  expect(await loupe.messages()).toEqual(before);
  await loupe.showSources();
  await expect(state(page)).toHaveText(/lines, read in /);
});
