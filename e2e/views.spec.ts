import { expect, type Page, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

const view = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name });
const shown = (page: Page) => page.getByRole('navigation', { name: 'Views' }).locator('[aria-current=page]');

test.describe('views', () => {
  let loupe: LoupePage;
  test.beforeEach(async ({ page }) => {
    loupe = new LoupePage(page);
    await loupe.visit();
    await loupe.open({ name: 'app.log', text: drawLog(20_000) });
  });
  test.afterEach(() => {
    expect(loupe.troubles).toEqual([]);
  });

  test('leaving the lines and coming back shows the same records at the same pixel', async ({ page }) => {
    await loupe.press('G', 'E');
    await page.mouse.move(400, 500);
    await page.mouse.wheel(0, -1237);
    await loupe.idle();
    const places = () =>
      loupe.rows().evaluateAll((rows) => rows.map((row) => [row.textContent, row.getBoundingClientRect().top]));
    const before = await places();
    const selected = await loupe.selected().allTextContents();
    for (const key of ['1', '3']) {
      await loupe.press(key);
      await expect(loupe.log).toHaveCount(0);
      await loupe.press('2');
      await expect(loupe.log).toBeFocused();
      expect(await places()).toEqual(before);
      expect(await loupe.selected().allTextContents()).toEqual(selected);
    }
  });

  test('a filter holds in every view; going to a record leads to the lines, Alt-← back', async ({ page }) => {
    await view(page, 'Patterns').click();
    await expect(page.getByRole('main', { name: 'Patterns' })).toBeFocused();
    await loupe.filter('failed');
    await expect(shown(page)).toHaveText(/^Patterns/);
    expect(await loupe.counts()).toContain('400 of 20,000 records');
    await loupe.press('Escape');
    await loupe.press('n');
    await expect(shown(page)).toHaveText('Lines');
    await expect(loupe.selected()).toContainText('failed');
    await loupe.press('Alt+ArrowLeft');
    await expect(shown(page)).toHaveText(/^Patterns/);
  });

  test('a reload and a link keep the view', async ({ page }) => {
    await loupe.press('3');
    await page.reload();
    await expect(shown(page)).toHaveText(/^Patterns/);
    const address = page.url();
    await loupe.press('2');
    expect(page.url()).not.toBe(address);
  });

  test('in a narrow window the views are a menu', async ({ page }) => {
    await page.setViewportSize({ width: 700, height: 800 });
    await page.getByRole('button', { name: 'Lines' }).click();
    await page.getByRole('menuitemradio', { name: 'Patterns' }).click();
    await expect(page.getByRole('main', { name: 'Patterns' })).toBeVisible();
  });
});

test('a newly opened log shows the first look, or its lines where that was chosen', async ({ page }) => {
  const loupe = new LoupePage(page, 'default');
  await loupe.visit();
  await loupe.open({ name: 'app.log', text: drawLog(100) });
  await expect(shown(page)).toHaveText('First look');
  await page.keyboard.press('Control+,');
  await page.getByRole('group', { name: 'A newly opened log shows' }).getByRole('radio', { name: 'Lines' }).check();
  await page.keyboard.press('Escape');
  await expect(shown(page)).toHaveText('First look');
  await loupe.startAnew();
  await loupe.open({ name: 'app.log', text: drawLog(100) });
  await expect(shown(page)).toHaveText('Lines');
  expect(loupe.troubles).toEqual([]);
});
