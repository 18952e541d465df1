import { expect, test } from '@playwright/test';

import { drawLog, gzip, LoupePage, utf16 } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
});

test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

test('a picked file is read: records, levels, format and why', async ({ page }) => {
  await loupe.open({ name: 'app.log', text: drawLog(500) });
  expect(await loupe.counts()).toContain('500 records');
  expect(await loupe.counts()).toContain('Exact');
  expect(await loupe.counts()).toContain('Nothing sent');
  expect((await loupe.messages())[0]).toBe('record 0');
  await expect(page.getByRole('button', { name: /ERROR\s*10/ })).toBeVisible();
  await page.getByRole('button', { name: '1 source' }).click();
  await expect(page.getByRole('combobox', { name: 'Format of app.log' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Sources', exact: true })).toContainText('500');
});

test('dropped files are merged by time and told apart', async ({ page }) => {
  await loupe.drop({ name: 'a.log', text: drawLog(20, 'alpha') }, { name: 'b.log', text: drawLog(20, 'beta') });
  expect(await loupe.counts()).toContain('40 records');
  const messages = await loupe.messages();
  expect(messages.slice(0, 4).map((message) => message.split(' ')[1])).toEqual(['0', '0', '1', '1']);
  await page.getByRole('group', { name: 'Sources' }).getByRole('button', { name: 'b.log' }).click();
  await loupe.idle();
  expect(await loupe.counts()).toContain('20 records');
  expect((await loupe.messages()).every((message) => message.startsWith('alpha'))).toBe(true);
});

test('a source that is closed takes its records along', async ({ page }) => {
  await loupe.open({ name: 'a.log', text: drawLog(20, 'alpha') }, { name: 'b.log', text: drawLog(30, 'beta') });
  await page.getByRole('button', { name: '2 sources' }).click();
  await page.getByRole('button', { name: 'Close a.log' }).click();
  await loupe.idle();
  expect(await loupe.counts()).toContain('30 records');
});

test('a pasted text becomes a source', async () => {
  await loupe.paste(drawLog(7, 'pasted'));
  expect(await loupe.counts()).toContain('7 records');
});

test('gzip is read as it is', async () => {
  await loupe.open({ name: 'app.log.gz', bytes: gzip(drawLog(3000)) });
  expect(await loupe.counts()).toContain('3,000 records');
  expect((await loupe.messages())[0]).toBe('record 0');
});

test('UTF-16 is read as it is', async () => {
  await loupe.open({ name: 'windows.log', bytes: utf16(drawLog(60, 'größe')) });
  expect(await loupe.counts()).toContain('60 records');
  expect((await loupe.messages())[0]).toBe('größe 0');
});

test('a binary file is a sentence and its bytes, not garbage', async ({ page }) => {
  const bytes = Buffer.alloc(4096);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (at * 37) % 256;
  await loupe.open({ name: 'core.bin', bytes });
  await expect(page.getByText(/core\.bin is not text/)).toBeVisible();
  await expect(page.getByText('00 25 4a 6f 94 b9 de 03').first()).toBeVisible();
});

test('an empty file is a sentence', async ({ page }) => {
  await loupe.open({ name: 'none.log', text: '' });
  await expect(page.getByText(/none\.log is empty/)).toBeVisible();
});

test('reading can be cancelled; what was read stays', async ({ page }) => {
  // Far more than is read in a frame, so that there is something to cancel.
  const part = drawLog(400_000);
  await loupe.pick({ name: 'big.log.gz', bytes: gzip(part) }, { name: 'big2.log.gz', bytes: gzip(part) });
  await expect(loupe.rows().first()).toBeVisible();
  await page.keyboard.press('Escape');
  await loupe.idle();
  const counts = await loupe.counts();
  // On a very fast machine everything may have been read before the key: then nothing was lost.
  expect(counts).toMatch(/Partial, \d+ %|800,000 records/);
});

test('a sample opens, from the app itself', async ({ page }) => {
  const samples = page.getByRole('region', { name: 'Try a sample' }).getByRole('button');
  await samples.first().click();
  await expect(loupe.log).toBeVisible();
  await loupe.idle();
  await expect(loupe.rows().first()).toBeVisible();
  expect(await loupe.counts()).toContain('Nothing sent');
});

test('another host may not be asked: the policy holds, and the page says what to do', async ({ page }) => {
  await page.getByRole('button', { name: 'From address' }).click();
  await page.getByLabel('Address of a log').fill('https://logs.example.com/app.log');
  await page.getByRole('button', { name: 'Fetch' }).click();
  await expect(page.getByRole('alert')).toContainText('Download the file and drop it on the page');
  loupe.troubles.length = 0; // the browser's own report of the refusal
});

test('a new tab begins anew, and the theme is remembered', async ({ page }) => {
  await loupe.open({ name: 'app.log', text: drawLog(10) });
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('button', { name: /^Theme/ }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await loupe.startAnew();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('a forced format and a zone change how it is read', async ({ page }) => {
  await loupe.open({ name: 'app.log', text: drawLog(10) });
  await page.getByRole('button', { name: '1 source' }).click();
  await page.getByRole('combobox', { name: 'Zone of app.log' }).fill('Europe/Berlin');
  await page.getByRole('combobox', { name: 'Zone of app.log' }).press('Enter');
  await loupe.idle();
  await expect(loupe.rows().first()).toContainText('08:00:00');
  await page.getByRole('combobox', { name: 'Zone of app.log' }).fill('Nowhere');
  await page.getByRole('combobox', { name: 'Zone of app.log' }).press('Enter');
  await expect(page.getByRole('alert')).toContainText('is not a time zone');
});
