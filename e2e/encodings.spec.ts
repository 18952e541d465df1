/** Logs in encodings from before Unicode, and tables: found, shown, chosen anew. */
import { expect, test } from '@playwright/test';

import { LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
});
test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

test('a log in Latin-1 is read as such, and in another encoding when that is chosen', async ({ page }) => {
  const line = '2024-01-15 10:23:45 ERROR gr\xf6\xdfer als erlaubt, n\xe4chster Versuch f\xfcr \xd6l\n';
  await page.getByLabel('Files to open').setInputFiles({
    name: 'latin.log',
    mimeType: 'text/plain',
    buffer: Buffer.from(line.repeat(20), 'latin1'),
  });
  await loupe.idle();
  await expect(loupe.log).toContainText('größer als erlaubt, nächster Versuch für Öl');
  await loupe.showSources();
  const encoding = page.getByRole('combobox', { name: 'Encoding of latin.log' });
  await expect(encoding).toContainText('Western (Windows-1252, Latin-1) (detected)');
  await encoding.selectOption('koi8-r');
  await loupe.idle();
  await expect(loupe.log).toContainText('grЖъer als erlaubt');
  await loupe.press('Control+z');
  await expect(loupe.log).toContainText('größer als erlaubt');
});

test('the columns of a table have the names of its first line', async ({ page }) => {
  await loupe.open({
    name: 'events.csv',
    text: 'time,level,service,message\n2024-01-15 10:23:45,ERROR,shop,"refused,\nsecond line"\n2024-01-15 10:23:46,INFO,gateway,started\n',
  });
  expect(await loupe.counts()).toContain('3 records');
  await loupe.showSources();
  await expect(page.getByText(/First line names 4 columns between commas/)).toBeVisible();
});
