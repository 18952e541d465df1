import { expect, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open(
    { name: 'payments.log', text: drawLog(2000) },
    { name: 'gateway.log', text: drawLog(500, 'request') },
  );
});

test.afterEach(() => expect(loupe.troubles).toEqual([]));

test('Ctrl-K finds a command by its words and runs it; the focus is back where it was', async ({ page }) => {
  await loupe.log.focus();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const field = palette.getByRole('combobox');
  await expect(field).toBeFocused();
  await page.keyboard.type('eror next');
  await expect(palette.getByRole('option', { selected: true })).toContainText('Next ERROR or FATAL');
  await page.keyboard.press('Enter');
  await loupe.idle();
  await expect(palette).toHaveCount(0);
  await expect(loupe.log).toBeFocused();
  await expect(loupe.selected()).toContainText('record 49 failed');

  await page.keyboard.press('/');
  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
  await expect(loupe.filterField).toBeFocused();
});

test('the number of records is told before the filter is applied', async ({ page }) => {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await page.keyboard.type('failed');
  await expect(palette.getByRole('option', { name: /^Filter by «failed»/ })).toContainText('50 records');
  await page.keyboard.press('Enter');
  await loupe.idle();
  expect(await loupe.counts()).toContain('50 of 2,500 records');
});

test('a field is found by its name, with how many values it has, and begins a clause', async ({ page }) => {
  const lines = Array.from({ length: 40 }, (_, at) =>
    JSON.stringify({
      time: new Date(Date.UTC(2026, 4, 19, 10, 0, at)).toISOString(),
      level: 'info',
      msg: 'request',
      tenant: `t${at % 4}`,
    }),
  );
  await loupe.open({ name: 'requests.jsonl', text: `${lines.join('\n')}\n` });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('tenant');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const field = palette.getByRole('option', { name: /^tenant/ });
  await expect(field).toContainText('4 values in 40 records');
  await field.click();
  await expect(loupe.filterField).toBeFocused();
  await expect(loupe.filterField).toHaveValue('tenant=');
});

test('/ lists the first matches and goes to one, > and @ narrow to commands and sources', async ({ page }) => {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await page.keyboard.type('/failed');
  await expect(palette.getByText('First 6 of 50 matches')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await loupe.idle();
  await expect(loupe.selected()).toHaveCount(1);
  await expect(loupe.selected()).toContainText('failed');
  expect(await loupe.counts()).toContain('2,500 records');

  await page.keyboard.press('Control+Shift+p');
  await expect(palette.getByRole('combobox')).toHaveValue('>');
  await page.keyboard.type('theme dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('option').first()).toContainText('Theme: dark');
  await page.keyboard.type('@gate');
  await expect(palette.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await loupe.idle();
  expect(await loupe.counts()).toContain('500 records');
});

test('text of a log in the palette is text', async ({ page }) => {
  await loupe.open({
    name: '<img src=x onerror=alert(1)>.log',
    text: '2026-05-19 10:00:00.000 INFO <script>alert(2)</script>\n',
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('/script');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await expect(palette.getByRole('option').nth(1)).toContainText('<script>alert(2)</script>');
  expect(await palette.locator('img, script').count()).toBe(0);
});
