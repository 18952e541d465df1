/** What Loupe knows of itself, seen while it works. */
import { readFileSync } from 'node:fs';

import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

let loupe: LoupePage;
let dialog: Locator;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open({ name: 'secret-name.log', text: drawLog(2000, 'secret') });
  await loupe.press('Control+Shift+P');
  await page.keyboard.type('health of loupe');
  await page.keyboard.press('Enter');
  dialog = page.getByRole('dialog', { name: 'Health' });
  await expect(dialog.locator('[data-check=storage]')).toBeVisible();
});

test('checks, workers and timings are there; a worker can be restarted and holds its records again', async ({
  page,
}) => {
  await expect(dialog.locator('[data-check=engine]')).toContainText('Pass');
  await expect(dialog.locator('[data-check=workers]')).toContainText('none was restarted');
  await expect(dialog.locator('[data-check=outbound]')).toContainText('Nothing of a log has left this device.');
  const timings = dialog.getByRole('region', { name: 'Answers of the engine' });
  await expect(timings.getByRole('row', { name: /^rows / })).toContainText('ms');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await dialog.getByRole('button', { name: 'Restart worker 1' }).click();
  await expect(dialog.getByRole('status')).toHaveText('Worker 1 was restarted.');
  await expect(dialog.locator('[data-check=workers]')).toContainText('it was restarted by hand');
  await page.keyboard.press('Escape');
  await loupe.filter('secret');
  expect(await loupe.counts()).toMatch(/^[\d,]+ (of|records)/);
  await expect(loupe.rows().first()).toBeVisible();
  expect(loupe.troubles).toEqual([]);
});

for (const [button, name, sample] of [
  ['Save as JSON', 'loupe-health.json', '"indexCache"'],
  ['Save for Prometheus', 'loupe-health.prom', 'loupe_engine_call_seconds_bucket{call="rows",le="+Inf"}'],
] as const) {
  test(`${button}: figures, and nothing of the log`, async ({ page }) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: button }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text).toContain(sample);
    expect(text).not.toContain('secret');
    expect(loupe.troubles).toEqual([]);
  });
}
