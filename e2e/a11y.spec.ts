import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('nothing for axe to find, at the start and with everything open', async ({ page }) => {
      const loupe = new LoupePage(page);
      const check = async (where: string) => {
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        expect(
          violations.map(
            ({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
          ),
        ).toEqual([]);
      };
      await loupe.visit();
      await check('start');
      await loupe.open({ name: 'app.log', text: drawLog(300) }, { name: 'b.log', text: drawLog(300) });
      await check('lines');
      await loupe.press('e', 'z', 'Enter');
      await loupe.brush(0.2, 0.6);
      await check('details and brush');
      await page.keyboard.press('\\');
      await expect(page.getByRole('combobox', { name: 'Format of app.log' })).toBeVisible();
      await check('sources');
      await loupe.filter('failed AND level>=bad');
      await check('a mistake');
      await page.getByRole('button', { name: 'Keys' }).click();
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      await check('keys');
    });
  });
}
