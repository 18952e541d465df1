import { expect, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open({ name: 'app.log', text: drawLog(1000) });
});

test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

test('words, levels and expressions keep what matches, with an exact count', async () => {
  await loupe.filter('failed');
  expect(await loupe.counts()).toContain('20 of 1,000 records');
  await expect(loupe.log.locator('mark').first()).toHaveText('failed');
  await loupe.filter('level>=warn');
  expect(await loupe.counts()).toContain('100 of 1,000 records');
  await loupe.filter('/record \\d$/');
  expect(await loupe.counts()).toContain('10 of 1,000 records');
});

test('the view follows a pause in typing, without Enter', async ({ page }) => {
  await loupe.filterField.pressSequentially('failed');
  await expect(page.locator('#filter-count')).toHaveText('20 match');
});

test('a mistake is told in place; the last good answer stays', async ({ page }) => {
  await loupe.filter('failed');
  await loupe.filter('failed AND level>=terrible');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toContainText('expected');
  await expect(page.getByRole('alert')).toContainText('The last good filter is still applied.');
  await expect(page.locator('#filter-count')).toHaveText('still showing 20');
  await expect(loupe.filterField).toHaveAttribute('aria-invalid', 'true');
  await loupe.filter('failed');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('an expression that would never end is stopped, told, and the page goes on', async ({ page }) => {
  test.setTimeout(90_000);
  await loupe.open({ name: 'as.log', text: `2026-05-19 10:00:00.000 INFO  ${'a'.repeat(60)}!\n` });
  await loupe.filter('/^.*(a|a)+(a|a)+(a|a)+$/');
  await expect(page.getByRole('alert')).toContainText('took too long');
  await loupe.filter('failed');
  expect(await loupe.counts()).toContain('20 of 1,001 records');
  loupe.troubles.length = 0; // a worker was ended
});

test('a brush on the timeline filters by time; its edges move by key; Escape clears it', async ({ page }) => {
  await loupe.brush(0.25, 0.5);
  const [kept] = /[\d,]+(?= of 1,000)/.exec(await loupe.counts()) ?? [];
  expect(Number(kept)).toBeGreaterThan(200);
  expect(Number(kept)).toBeLessThan(300);
  await page.getByRole('slider', { name: 'Shown time begins' }).press('ArrowRight');
  await loupe.idle();
  const [fewer] = /[\d,]+(?= of 1,000)/.exec(await loupe.counts()) ?? [];
  expect(Number(fewer)).toBeLessThan(Number(kept));
  await page.getByRole('button', { name: 'Remove the time filter' }).click();
  await loupe.idle();
  expect(await loupe.counts()).toContain('1,000 records');
});

test('the timeline is a table too, and its times lead to the records', async ({ page }) => {
  await page.getByRole('button', { name: 'Timeline as a table' }).click();
  await loupe.idle();
  const table = page.getByRole('table', { name: /All records per/ });
  const total = await table
    .locator('td')
    .evaluateAll((cells) => cells.reduce((sum, cell) => sum + Number(cell.textContent?.replace(/\D/g, '')), 0));
  expect(total).toBe(1000);
  await table.getByRole('button').last().click();
  await loupe.idle();
  await expect(loupe.selected()).toHaveCount(1);
});

test('levels are switched off in the legend', async ({ page }) => {
  await page.getByRole('button', { name: /^INFO/ }).click();
  await loupe.idle();
  expect(await loupe.counts()).toContain('100 of 1,000 records');
  await page.getByRole('button', { name: /^INFO/ }).click({ modifiers: ['Alt'] });
  await loupe.idle();
  expect(await loupe.counts()).toContain('900 of 1,000 records');
});

test('nothing left is said, with the way back', async ({ page }) => {
  await loupe.filter('nowhere');
  await expect(page.getByText('No record passes the filter.')).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Clear the filter' }).click();
  await loupe.idle();
  expect(await loupe.counts()).toContain('1,000 records');
});

test('a match before the message is told beside it, and only when nothing in the row is marked', async () => {
  const lines = Array.from(
    { length: 20 },
    (_, at) => `2026-05-19 09:00:${10 + at}.000 INFO  [worker-${at % 4}] app.Pool - job ${at} of worker-2`,
  );
  await loupe.open({ name: 'pool.log', text: `${lines.join('\n')}\n` });
  await loupe.filter('worker-3');
  expect(await loupe.counts()).toContain('5 of 1,020 records');
  await expect(loupe.rows().first()).toContainText('worker-3 before the message');
  await loupe.filter('worker-2');
  expect(await loupe.counts()).toContain('20 of 1,020 records');
  await expect(loupe.rows().nth(2).locator('mark')).toHaveText('worker-2');
  await expect(loupe.log).not.toContainText('before the message');
});

test('one clock that stood at 1970 does not press the timeline flat; its record is counted and can be shown', async ({
  page,
}) => {
  await loupe.open({ name: 'boot.log', text: `1970-01-01 00:00:01.000 INFO  no clock yet\n${drawLog(1000)}` });
  await expect(page.getByRole('img', { name: /^Records per .*2026-05-19 10:00 to 2026-05-19 10:\d\d/ })).toBeVisible();
  await page.getByRole('button', { name: 'Show 1 far record' }).click();
  await expect(page.getByRole('img', { name: /^Records per .*1970-01-01 00:00 to 2026/ })).toBeVisible();
  await page.getByRole('button', { name: 'Leave out 1 far record' }).click();
  await expect(page.getByRole('img', { name: /^Records per .*2026-05-19 10:00 to 2026-05-19 10:\d\d/ })).toBeVisible();
});
