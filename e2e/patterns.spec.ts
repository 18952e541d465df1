/** Patterns in the real page: from the table to records and back, granularity, merging, values, all remembered. */
import { readFileSync } from 'node:fs';

import { expect, test } from '@playwright/test';

import { LoupePage } from './loupe-page';

const sample = (name: string) => ({ name, text: readFileSync(`public/samples/${name}`, 'utf8') });
const SAMPLES = ['payments-api.log', 'gateway.jsonl', 'postgres.log'].map(sample);

test('from the first look to a pattern, its records, exclude it, undo, by key alone', async ({ page }) => {
  const loupe = new LoupePage(page, 'default');
  await loupe.visit();
  await loupe.open(...SAMPLES);
  const thing = page
    .getByRole('main', { name: 'First look' })
    .getByRole('list', { name: /to look at first$/ })
    .getByRole('button')
    .first();
  await thing.focus();
  await loupe.press('Enter');
  await expect(loupe.log).toBeFocused();
  await expect(loupe.status).toContainText(/^\d+ of 844 records/);

  // Which pattern is it? Hidden in place of shown, all others are there; taken back, it alone is.
  await loupe.press('3');
  const [only, ...others] = await loupe.patternRows();
  expect(others).toEqual([]);
  await expect(loupe.status).toContainText(`${only?.count} of 844 records`);
  await loupe.press('h');
  expect(await loupe.patternTexts()).not.toContain(only?.text);
  await loupe.press('Control+z');
  expect(await loupe.patternRows()).toEqual([only]);
  expect(loupe.troubles).toEqual([]);
});

test('a pattern, its records, one excluded, and back, by key', async ({ page }) => {
  const loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open(...SAMPLES);
  await loupe.press('3');
  await expect(loupe.patterns).toBeFocused();
  const rows = await loupe.patternRows();
  const all = rows.map(({ text }) => text);
  expect(all.length).toBeGreaterThan(10);

  // The counts of all patterns add up to the records.
  await expect(page.getByRole('tab', { name: /^\d+ patterns$/ })).toBeVisible();
  expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(844);

  // Down to another one, to its records, and from there to the next of the same pattern.
  await loupe.press('g', 'j', 'j');
  await expect(loupe.selectedPattern()).toContainText(all[2] ?? '');
  const count = rows[2]?.count ?? 0;
  await loupe.press('Enter');
  await expect(loupe.log).toBeFocused();
  await expect(loupe.status).toContainText(`${count} of 844 records`);
  await loupe.press('g', 'o');
  await expect(loupe.selected()).toHaveCount(1);

  // The filter is one clause that can be taken back; then the same pattern is hidden instead, and shown again.
  await loupe.press('Control+z');
  await expect(loupe.status).toContainText('844 records');
  await loupe.press('3', 'h');
  await expect(loupe.status).toContainText(`${844 - count} of 844 records`);
  expect(await loupe.patternTexts()).toHaveLength(all.length - 1);
  await loupe.press('Control+z');
  expect(await loupe.patternTexts()).toEqual(all);
  expect(loupe.troubles).toEqual([]);
});

test('granularity, a merge and a name are undone, and there again after a reload', async ({ page }) => {
  const loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open(...SAMPLES);
  await loupe.press('3');
  const all = await loupe.patternTexts();

  // Coarser by key and by the slider: fewer patterns, and the selected records stay selected.
  const slider = page.getByRole('slider', { name: 'Granularity' });
  await slider.focus();
  await loupe.press('ArrowLeft', 'ArrowLeft');
  await expect(slider).toHaveValue('0');
  expect((await loupe.patternTexts()).length).toBeLessThanOrEqual(all.length);
  await expect(loupe.selectedPattern()).toHaveCount(1);
  await loupe.press('Control+z');
  expect(await loupe.patternTexts()).toEqual(all);

  // Two picked ones become one.
  await loupe.patterns.focus();
  await loupe.press('g', 'Space', 'j', 'Space', 'm');
  expect(await loupe.patternTexts()).toHaveLength(all.length - 1);
  await loupe.press('r');
  await page.keyboard.type('Trouble');
  await loupe.press('Enter');
  await expect(loupe.selectedPattern()).toContainText('Trouble');
  await loupe.press('Control+z', 'Control+z');
  expect(await loupe.patternTexts()).toEqual(all);
  await loupe.press('Control+y', 'Control+y');
  const merged = await loupe.patternTexts();

  await page.reload();
  await expect(loupe.patterns).toBeVisible();
  await loupe.idle();
  expect(await loupe.patternTexts()).toEqual(merged);
  expect(loupe.troubles).toEqual([]);
});

test('a wildcard opens into its values, a drag over the bars filters, a value filters', async ({ page }) => {
  const loupe = new LoupePage(page);
  await loupe.visit();
  const lines = Array.from({ length: 400 }, (_, at) => {
    const time = new Date(Date.UTC(2026, 4, 19, 10) + at * 1000).toISOString();
    return `${time} INFO answered ${at % 4 === 0 ? 503 : 200} in ${at % 100} ms`;
  });
  await loupe.open({ name: 'app.log', text: `${lines.join('\n')}\n` });
  await loupe.press('3');
  await expect(loupe.patterns.getByRole('row')).toHaveCount(2);
  const panel = page.getByRole('complementary', { name: 'Pattern details' });
  await panel.getByRole('tab').last().click();
  await loupe.idle();
  await expect(panel.getByText('median')).toBeVisible();
  const bars = panel.getByRole('img', { name: /; most between/ });
  const box = await bars.boundingBox();
  if (!box) throw new Error('no bars');
  await page.mouse.move(box.x + 2, box.y + box.height / 3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3, { steps: 4 });
  await page.mouse.up();
  await loupe.idle();
  const kept = Number(/^([\d,]+) of 400/.exec(await loupe.counts())?.[1]);
  expect(kept).toBeGreaterThan(100);
  expect(kept).toBeLessThan(300);
  await loupe.press('Control+z');
  await panel.getByRole('tab').first().click();
  await loupe.idle();
  await panel.getByRole('button', { name: '503' }).click();
  await loupe.idle();
  await expect(loupe.status).toContainText('100 of 400 records');
  expect(loupe.troubles).toEqual([]);
});

test('errors by what caused them, and the records of one', async ({ page }) => {
  const loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open(...SAMPLES);
  await loupe.press('3');
  await page.getByRole('tab', { name: /^\d+ patterns$/ }).focus();
  await loupe.press('ArrowRight');
  const groups = page.getByRole('region', { name: 'Error groups' });
  await expect(groups.getByRole('status')).toContainText('5 groups of 80 records at ERROR or FATAL');

  // Frames of one's own come before the pattern, and the rule that classifies it is told.
  const one = groups.getByRole('button', { name: 'SQLTransientConnectionException at CardPaymentService.authorize' });
  await one.focus();
  await loupe.press('Enter');
  await expect(one).toHaveAttribute('aria-expanded', 'true');
  await expect(groups.getByText('org.example.payments.CardPaymentService.authorize')).toBeVisible();
  await expect(groups.getByText('all connections are in use')).toBeVisible();

  // Its records are what the filter leaves; undone, all groups are there again.
  await groups.getByRole('button', { name: 'Show records' }).focus();
  await loupe.press('Enter');
  await expect(loupe.log).toBeFocused();
  await expect(loupe.status).toContainText('21 of 844 records');
  await loupe.press('3');
  await expect(groups.getByRole('status')).toContainText('1 group of 21 records');
  await loupe.press('Control+z');
  await expect(groups.getByRole('status')).toContainText('5 groups of 80 records');
  expect(loupe.troubles).toEqual([]);
});
