import { expect, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open({ name: 'payments.log', text: drawLog(300) });
});

test.afterEach(() => expect(loupe.troubles).toEqual([]));

test('a key is changed by pressing another, and still is after a reload', async ({ page }) => {
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await page.keyboard.type('next error');
  await settings.getByRole('button', { name: 'Change e of Next ERROR or FATAL' }).click();
  await page.keyboard.press('Control+w');
  await expect(settings.getByRole('alert')).toHaveText('Ctrl W closes the tab or the window: the browser keeps it.');
  await settings.getByRole('button', { name: 'Change e of Next ERROR or FATAL' }).click();
  await page.keyboard.press('q');
  await expect(settings.getByRole('button', { name: 'Change q of Next ERROR or FATAL' })).toBeVisible();

  await page.reload();
  await page.getByLabel('Files to open').setInputFiles({
    name: 'payments.log',
    mimeType: 'text/plain',
    buffer: Buffer.from(drawLog(300)),
  });
  await expect(loupe.filterField).toBeVisible();
  await loupe.idle();
  await loupe.press('e');
  await expect(loupe.selected()).toHaveCount(0);
  await loupe.press('q');
  await expect(loupe.selected()).toContainText('record 49 failed');

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await expect(sheet).toBeVisible();
  await page.keyboard.press('q');
  await expect(sheet.getByText('q: Next ERROR or FATAL.')).toBeVisible();
});

test('a key that belongs to another command can be swapped', async ({ page }) => {
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).getByRole('button', { name: 'Change keys' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: 'Change e of Next ERROR or FATAL' }).click();
  await page.keyboard.press('w');
  await expect(settings.getByRole('alert')).toContainText('w belongs to “Next WARN”');
  await settings.getByRole('button', { name: 'Swap: that gets e' }).click();
  await page.keyboard.press('Escape');
  await expect(settings).toHaveCount(0);
  await loupe.press('w');
  await expect(loupe.selected()).toContainText('record 49 failed');
  await loupe.press('g', 'e');
  await expect(loupe.selected()).toContainText('record 9');
});

test('more contrast leaves no tint and draws every edge, in both themes', async ({ page }) => {
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('radio', { name: 'More' }).check();
  const colours = () =>
    page.evaluate(() => {
      const of = (element: Element | null) => (element ? getComputedStyle(element) : null);
      return [
        of(document.body)?.backgroundColor,
        of(document.body)?.color,
        of(document.querySelector('dialog'))?.borderTopColor,
      ];
    });
  await settings.getByRole('radio', { name: 'Light' }).check();
  expect(await colours()).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'rgb(0, 0, 0)']);
  await settings.getByRole('radio', { name: 'Dark' }).check();
  expect(await colours()).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)', 'rgb(255, 255, 255)']);
});

test('details stand below the log where that was chosen', async ({ page }) => {
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('radio', { name: 'Below' }).check();
  await page.keyboard.press('Escape');
  await loupe.press('e', 'Enter');
  const details = await page.getByRole('complementary').boundingBox();
  const log = await loupe.log.boundingBox();
  expect(details?.y).toBeGreaterThan((log?.y ?? 0) + (log?.height ?? 0) - 1);
  await expect(page.getByRole('separator', { name: 'Height of the details' })).toBeVisible();
});

test('everything kept is deleted when that was asked for twice', async ({ page }) => {
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('radio', { name: 'Dark' }).check();
  await settings.getByRole('button', { name: 'Delete everything kept' }).click();
  await settings.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByRole('heading', { name: 'Drop a log anywhere on this page' })).toBeVisible();
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('loupe.settings'))),
  ).toEqual([]);
  await expect(page.locator('html')).not.toHaveAttribute('data-theme', 'dark');
});

test('help answers without the network, and its examples go into the filter', async ({ page }) => {
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: 'Help' });
  await expect(help.getByRole('heading', { name: 'How to begin' })).toBeVisible();
  await expect(help.getByRole('searchbox')).toBeFocused();
  await help.getByRole('searchbox').fill('log4j');
  await expect(help.getByRole('heading', { name: 'Formats' })).toBeVisible();
  await help.getByRole('searchbox').fill('');
  await help.getByRole('button', { name: 'The filter' }).click();
  await help.getByRole('button', { name: 'level>=warn', exact: true }).click();
  await loupe.idle();
  await expect(help).toHaveCount(0);
  expect(await loupe.counts()).toContain('30 of 300 records');
});
