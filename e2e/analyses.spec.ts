/** Kept analyses: kept, there again without the file, compared, deleted and brought back; rules that classify. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(({ page }) => {
  loupe = new LoupePage(page);
});
test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

const KEPT = 'Kept analyses';
const panel = (page: Page) => page.getByRole('dialog');
/** Names of the kept ones, with what they are of. */
const list = (page: Page) => panel(page).getByRole('table', { name: KEPT }).getByRole('row');

async function command(page: Page, name: string) {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /command/i }).fill(`>${name}`);
  await page.getByRole('option', { name }).first().click();
  await loupe.idle();
}

async function openList(page: Page): Promise<Locator> {
  await command(page, KEPT);
  await expect(panel(page).getByRole('heading', { name: KEPT })).toBeVisible();
  return panel(page);
}

async function check(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
  expect(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
}

test('patterns and the first look are kept by themselves, and are there without the file', async ({ page }) => {
  await loupe.visit();
  await page.evaluate(() => localStorage.setItem('loupe.settings.1', '{"keepsCopies":false}'));
  await page.reload();
  await loupe.open({ name: 'app.log', text: drawLog(2000) });
  await page.keyboard.press('1');
  await loupe.idle();
  await page.keyboard.press('3');
  await loupe.idle();
  await openList(page);
  await expect(list(page)).toHaveCount(3);
  await expect(list(page).filter({ hasText: 'pattern' })).toContainText('2,000');
  await expect(list(page).filter({ hasText: 'thing' })).toContainText('by itself');
  await check(page, 'the list');

  // The file has to be dropped again: what was found in it is there.
  await page.reload();
  await expect(page.getByText(/app\.log .* is not open/)).toBeVisible();
  const dialog = await openList(page);
  await list(page).filter({ hasText: 'pattern' }).getByRole('button', { name: 'app.log', exact: true }).click();
  const table = dialog.getByRole('table', { name: 'Patterns of the analysis' });
  await expect(table.getByRole('row', { name: /record number failed 40 2\.00 %/ })).toBeVisible();
  await check(page, 'patterns');
  await dialog.getByRole('button', { name: 'All analyses' }).click();
  await list(page).filter({ hasText: 'thing' }).getByRole('button', { name: 'app.log', exact: true }).click();
  await expect(dialog.getByText(/40 errors/).first()).toBeVisible();
  await check(page, 'a first look');
  expect(await page.evaluate(() => (document.querySelector('dialog') as HTMLDialogElement).matches(':modal'))).toBe(
    true,
  );
});

test('two are compared, one is deleted and brought back', async ({ page }) => {
  await loupe.visit();
  await loupe.open({ name: 'app.log', text: drawLog(2000) });
  await page.keyboard.press('3');
  await loupe.idle();
  await command(page, 'Keep the patterns shown');
  await expect(page.getByRole('status').filter({ hasText: 'Patterns kept' })).toBeVisible();
  await loupe.filter('level>=warn');
  await command(page, 'Keep the patterns shown');

  const dialog = await openList(page);
  const byHand = list(page).filter({ hasNotText: 'by itself' }).filter({ hasText: 'app.log' });
  await expect(byHand).toHaveCount(2);
  await byHand.nth(0).getByRole('checkbox').check();
  await byHand.nth(1).getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Compare' }).click();
  const table = dialog.getByRole('table', { name: 'Patterns compared' });
  await expect(table.getByRole('row', { name: /record number failed 40 2\.00 % 40 / })).toContainText('×');
  await expect(dialog.getByText('They were filtered differently: all records, and level>=warn.')).toBeVisible();
  await check(page, 'a comparison');

  await dialog.getByRole('button', { name: 'All analyses' }).click();
  const before = await list(page).count();
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(dialog.getByText('Nothing is kept yet.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(list(page)).toHaveCount(before);
  await page.keyboard.press('Escape');
  await page.reload();
  await loupe.idle();
  await page.getByRole('banner').getByRole('heading', { level: 1 }).getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Kept analyses' }).click();
  await expect(list(page)).toHaveCount(before);
  await byHand.nth(1).getByRole('button', { name: 'app.log', exact: true }).click();
  await expect(dialog.getByRole('row', { name: /record number failed 40 2\.00 %/ })).toBeVisible();
  await dialog.getByRole('button', { name: /^Error groups/ }).click();
  await expect(dialog.getByRole('table', { name: 'Error groups of the analysis' })).toContainText('100 %');
});

test('a rule of one’s own decides what a pattern is, and opens from its reason', async ({ page }) => {
  await loupe.visit();
  await loupe.open({ name: 'app.log', text: drawLog(500) });
  await page.keyboard.press('3');
  await loupe.idle();
  await command(page, 'Classification rules');
  const dialog = panel(page);
  await dialog.getByRole('button', { name: 'New rule' }).click();
  await dialog.getByLabel('Because').fill('the record could not be made');
  await dialog.getByLabel('Category').selectOption('External');
  await dialog.getByLabel(/^Message/).fill('record * failed');
  await dialog.getByRole('button', { name: 'Try' }).click();
  await expect(dialog.getByText('As it stands it would class 1 pattern, 10 records.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByRole('listitem').first()).toContainText('yours');
  await check(page, 'rules');
  await page.keyboard.press('Escape');
  await loupe.idle();
  await page
    .getByRole('row', { name: /failed/ })
    .first()
    .click();
  await loupe.idle();
  await page.getByRole('button', { name: 'because' }).click();
  await expect(dialog.getByLabel('Because')).toHaveValue('the record could not be made');
  await page.keyboard.press('Escape');
  await loupe.press('Control+z');
  await expect(page.getByText('the record could not be made')).toHaveCount(0);
});
