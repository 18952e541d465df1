import AxeBuilder from '@axe-core/playwright';
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

const chip = (name: string) =>
  loupe.page.getByRole('group', { name: 'Clauses' }).getByRole('button', { name, exact: true });

/** Types as a person does and finishes the clause. */
async function enter(text: string) {
  await loupe.filterField.pressSequentially(text);
  await loupe.filterField.press('Enter');
  await loupe.idle();
}

test('Enter makes chips; keys walk, switch off, negate, open and remove them', async ({ page }) => {
  await loupe.filterField.focus();
  await enter('level>=warn failed');
  await expect(chip('level ≥ warn')).toBeVisible();
  await expect(chip('failed')).toBeVisible();
  await expect(loupe.filterField).toHaveValue('');
  expect(await loupe.counts()).toContain('20 of 1,000 records');

  await page.keyboard.press('ArrowLeft');
  await expect(chip('failed')).toBeFocused();
  await expect(page.getByText('20 records by itself')).toBeVisible();
  await loupe.press('Space');
  await expect(chip('failed, off')).toBeFocused();
  expect(await loupe.counts()).toContain('100 of 1,000 records');
  await loupe.press('Space', '!');
  expect(await loupe.counts()).toContain('80 of 1,000 records');
  await loupe.press('ArrowLeft');
  await expect(chip('level ≥ warn')).toBeFocused();
  await expect(page.getByText('100 records by itself')).toBeVisible();
  await loupe.press('Delete');
  expect(await loupe.counts()).toContain('980 of 1,000 records');
  await expect(loupe.filterField).toBeFocused();

  // Backspace at the start opens the last chip as text.
  await loupe.press('Backspace');
  await expect(loupe.filterField).toHaveValue('-failed');
  expect(await loupe.counts()).toContain('980 of 1,000 records');
  await loupe.filterField.fill('');
  await loupe.idle();
  expect(await loupe.counts()).toContain('1,000 records');
});

test('everything done to the filter is undone step by step, and done again', async ({ page }) => {
  await loupe.filterField.focus();
  await enter('failed');
  await page.getByRole('button', { name: 'Remove failed' }).click();
  await loupe.idle();
  await page.getByRole('button', { name: /^INFO/ }).click();
  await loupe.idle();
  expect(await loupe.counts()).toContain('100 of 1,000 records');
  await loupe.log.focus();
  await loupe.press('Control+z');
  expect(await loupe.counts()).toContain('1,000 records');
  await loupe.press('Control+z');
  expect(await loupe.counts()).toContain('20 of 1,000 records');
  await loupe.press('Control+z');
  expect(await loupe.counts()).toContain('1,000 records');
  await loupe.press('Control+y', 'Control+y', 'Control+y');
  expect(await loupe.counts()).toContain('100 of 1,000 records');
});

test('what is typed is counted and marked before the view follows', async ({ page }) => {
  await loupe.filterField.focus();
  // Both happen within the pause: watched from inside the page, where nothing of a round trip lies between.
  const seen = await page.evaluate(async () => {
    const field = document.querySelector<HTMLInputElement>('[role=combobox]');
    if (!field) throw new Error('no field');
    const count = () => document.querySelector('#filter-count')?.textContent ?? '';
    const rows = () => document.querySelector('#log')?.getAttribute('aria-rowcount') ?? '';
    const counted = new Promise<{ count: string; rows: string }>((resolve) => {
      const watch = new MutationObserver(() => {
        if (!/^\d+ match/.test(count())) return;
        watch.disconnect();
        resolve({ count: count(), rows: rows() });
      });
      watch.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    field.value = 'record 42';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return counted;
  });
  expect(seen.count).toMatch(/^\d+ match$/);
  expect(seen.rows).toBe('1001');
  await loupe.idle();
  expect(await loupe.counts()).toContain(`${seen.count.replace(' match', '')} of 1,000 records`);
});

test('the part that emptied the filter is named, with what each keeps, and dropped by a click', async ({ page }) => {
  await loupe.filterField.focus();
  // Empty while it is typed already: then the typed text is one part; finished, it is three.
  await loupe.filterField.pressSequentially('failed level:info record');
  await loupe.idle();
  await expect(page.getByText('No record passes the filter.')).toBeVisible();
  await loupe.filterField.press('Enter');
  await loupe.idle();
  const parts = page.getByRole('table', { name: 'Parts of the filter' });
  await expect(parts.getByRole('row')).toHaveCount(4);
  await expect(page.getByText('Without “failed” 900 records pass.')).toBeVisible();
  await expect(parts.getByRole('row', { name: /^failed/ })).toContainText('20');
  await expect(parts.getByRole('row', { name: /^level info/ })).toContainText('900');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Drop failed' }).click();
  await loupe.idle();
  expect(await loupe.counts()).toContain('900 of 1,000 records');
});

test('Shift-click in the legend means this and worse', async ({ page }) => {
  await page.getByRole('button', { name: /^WARN/ }).click({ modifiers: ['Shift'] });
  await loupe.idle();
  expect(await loupe.counts()).toContain('100 of 1,000 records');
  await page.getByRole('button', { name: /^WARN/ }).click({ modifiers: ['Shift'] });
  await loupe.idle();
  expect(await loupe.counts()).toContain('1,000 records');
});

test('a filter is saved, named, colours its records, and comes back', async ({ page }) => {
  await loupe.filterField.focus();
  await enter('failed');
  await loupe.log.focus();
  await loupe.press('Control+s');
  await page.getByRole('textbox', { name: 'Name' }).fill('Broken records');
  await page.keyboard.press('Enter');
  const item = page.getByRole('listitem', { name: 'Broken records, colour 1' });
  await expect(item).toBeFocused();
  await expect(item).toContainText('20 records');
  await loupe.press('Alt+Backspace');
  await loupe.press('g', 'e');
  await expect(loupe.selected().locator('.hl-1').first()).toBeVisible();

  await item.focus();
  await loupe.press('Space');
  await expect(loupe.selected().locator('.hl-1')).toHaveCount(0);
  await page.getByRole('listitem', { name: 'Broken records, colour 1, off' }).focus();
  await loupe.press('Enter');
  expect(await loupe.counts()).toContain('20 of 1,000 records');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await loupe.press('Delete');
  await expect(page.getByText('No saved filter yet.')).toBeVisible();
  await loupe.press('Control+z');
  await expect(page.getByRole('listitem', { name: /^Broken records/ })).toBeVisible();
});

test('selected text takes one of nine colours everywhere', async ({ page }) => {
  await loupe.press('g');
  await page.evaluate(() => {
    const cell = document.querySelector('#log [data-index="0"] [data-column="message"] span');
    const text = cell?.firstChild;
    if (!text) throw new Error('no message');
    window.getSelection()?.setBaseAndExtent(text, 0, text, 'record'.length);
  });
  await loupe.press('Control+Shift+Digit3');
  await expect(loupe.rows().nth(2).locator('.hl-3')).toHaveText('record');
  await loupe.press('Control+Shift+Digit0');
  await expect(loupe.log.locator('.hl-3')).toHaveCount(0);
});

test('the values of a field, counted, lead to their records', async ({ page }) => {
  const lines = Array.from({ length: 90 }, (_, at) =>
    JSON.stringify({
      time: `2026-05-19T09:00:${String(at % 60).padStart(2, '0')}Z`,
      message: 'answered',
      status: [200, 200, 503][at % 3],
    }),
  );
  await loupe.open({ name: 'gateway.jsonl', text: `${lines.join('\n')}\n` });
  await loupe.filter('answered');
  await loupe.log.focus();
  await loupe.press('g', 'Enter');
  await page.getByRole('complementary').locator('[data-field=status]').click();
  await page.getByRole('menuitem', { name: 'Top values of status' }).click();
  await loupe.idle();
  const table = page.getByRole('region', { name: 'Values of status' }).getByRole('table');
  await expect(table.getByRole('row').nth(1)).toContainText('200');
  await expect(table.getByRole('row').nth(1)).toContainText('60');
  await expect(table.getByRole('row').nth(2)).toContainText('503');
  await expect(page.getByText('2 values in 90 records')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await table.getByRole('button', { name: 'Include 503' }).click();
  await loupe.idle();
  expect(await loupe.counts()).toContain('30 of 1,090 records');
  await expect(page.getByText('1 value in 30 records')).toBeVisible();
});

test('results and the value menu are fit for a screen reader', async ({ page }) => {
  await loupe.filter('failed');
  await loupe.log.focus();
  await loupe.press('x', 'g', 'v');
  await expect(page.getByRole('menu')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
