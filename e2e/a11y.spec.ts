import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Of the rules those that depend on the theme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const THEMES = [
  { name: 'light', colorScheme: 'light', contrast: 'system' },
  { name: 'dark', colorScheme: 'dark', contrast: 'system' },
  { name: 'high contrast', colorScheme: 'light', contrast: 'more' },
  { name: 'high contrast, dark', colorScheme: 'dark', contrast: 'more' },
] as const;

/**
 * Every rule in the first theme; in the others, where the page is the same but for its colours, the rules about these.
 *
 * @param within  a selector: only what is in there; absent: the whole page
 */
async function check(page: Page, where: string, within?: string) {
  const builder = new AxeBuilder({ page });
  const isFirst = test.info().titlePath.includes(THEMES[0].name);
  const axe = isFirst ? builder.withTags(TAGS) : builder.withRules(COLOUR_RULES);
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  expect(
    violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`),
  ).toEqual([]);
}

for (const { name, colorScheme, contrast } of THEMES) {
  test.describe(name, () => {
    test.use({ colorScheme });

    test.beforeEach(async ({ page }) => {
      await page.addInitScript(
        (chosen) => localStorage.setItem('loupe.settings.1', JSON.stringify({ contrast: chosen, firstView: 'lines' })),
        contrast,
      );
    });

    test('nothing for axe to find, at the start and with everything open', async ({ page }) => {
      test.slow(); // as below
      const loupe = new LoupePage(page);
      await loupe.visit();
      await check(page, 'start');
      await loupe.open({ name: 'app.log', text: drawLog(300) }, { name: 'b.log', text: drawLog(300) });
      await check(page, 'lines');
      await loupe.press('e', 'z', 'Enter');
      await loupe.brush(0.2, 0.6);
      await check(page, 'details and brush');
      await page.keyboard.press('\\');
      await expect(page.getByRole('combobox', { name: 'Format of app.log' })).toBeVisible();
      await check(page, 'sources');
      await loupe.filter('failed AND level>=bad');
      await check(page, 'a mistake');
    });

    test('nor on the first look', async ({ page }) => {
      test.slow();
      const loupe = new LoupePage(page);
      await loupe.visit();
      await loupe.open({ name: 'app.log', text: drawLog(300) }, { name: 'b.log', text: drawLog(300) });
      await loupe.press('1');
      await expect(page.getByRole('list', { name: /to look at first$/ })).toBeVisible();
      await check(page, 'first look');
      await loupe.press('2');
      await loupe.filter('failed');
      await loupe.press('Escape', '1');
      await check(page, 'first look, filtered');
    });

    test('nor in the panes and panels beside the log', async ({ page }) => {
      test.slow();
      const loupe = new LoupePage(page);
      await loupe.visit();
      await loupe.open({ name: 'app.log', text: drawLog(300) }, { name: 'b.log', text: drawLog(300) });
      await loupe.press('e', 'm');
      await page.keyboard.press('M');
      await expect(page.getByRole('dialog', { name: 'Note' })).toBeVisible();
      await page.keyboard.type('**why** `this`');
      await check(page, 'a note', 'dialog');
      await page.keyboard.press('Control+Enter');
      await loupe.press('Control+m');
      await expect(page.getByRole('region', { name: 'Marks and notes' }).locator('strong')).toBeVisible();
      await check(page, 'marks and notes');
      await loupe.press('Control+m');
      await loupe.filter('failed');
      await page.keyboard.press('Escape');
      await loupe.press('x');
      await expect(page.getByRole('grid')).toHaveCount(2);
      await check(page, 'results below the log');
      await loupe.press('x', 'Alt+Backspace', 'Alt+\\');
      await expect(page.getByRole('grid')).toHaveCount(2);
      await check(page, 'two logs side by side');
      await loupe.press('Alt+\\', 'Alt+z', 'Z');
      await check(page, 'wrapped and unfolded');
    });

    test('nor in the patterns, with one open and one picked', async ({ page }) => {
      test.slow();
      const loupe = new LoupePage(page);
      await loupe.visit();
      await loupe.open({ name: 'app.log', text: drawLog(300) }, { name: 'b.log', text: drawLog(300) });
      await loupe.press('3');
      await expect(loupe.patterns).toBeFocused();
      await check(page, 'patterns');
      await loupe.press('j', ' ');
      await expect(page.getByRole('tabpanel', { name: 'number' })).toBeVisible();
      await page.getByRole('button', { name: 'Group' }).click();
      await page.getByRole('menuitemradio', { name: 'By level' }).click();
      await check(page, 'a pattern with its values, picked, in groups');
      await page.getByRole('tab', { name: /error group/i }).click();
      await loupe.idle();
      await page.getByRole('region', { name: 'Error groups' }).locator('[aria-expanded]').first().click();
      await check(page, 'error groups, one of them open');
    });

    test('nor in any dialog', async ({ page }) => {
      test.slow(); // hundreds of keys to look at, on a machine that does other things too
      const loupe = new LoupePage(page);
      await loupe.visit();
      await loupe.open({ name: 'app.log', text: drawLog(300) });
      for (const [keys, title] of [
        ['Control+k', 'Commands'],
        ['?', 'Keys'],
        ['Control+,', 'Settings'],
        ['F1', 'Help'],
        ['Control+g', 'Go to'],
      ] as const) {
        await page.keyboard.press(keys);
        const dialog = page.getByRole('dialog', { name: title });
        await expect(dialog).toBeVisible();
        await check(page, title, 'dialog'); // what is behind it is out of reach
        if (title === 'Commands') {
          await page.keyboard.type('/failed');
          await expect(dialog.getByText('failed', { exact: false }).nth(1)).toBeVisible();
          await check(page, 'matches in the palette', 'dialog');
        }
        await page.keyboard.press('Escape');
        await expect(dialog).toHaveCount(0);
      }
    });
  });
}
