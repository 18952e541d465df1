/** One real triage: from three dropped files to the first cause and a note on it. After the drop only keys are used. */
import { readFileSync } from 'node:fs';

import { expect, test } from '@playwright/test';

import { LoupePage } from './loupe-page';

const sample = (name: string) => ({ name, text: readFileSync(`public/samples/${name}`, 'utf8') });

test('three files dropped, the cause found and noted, by keys alone', async ({ page }) => {
  const loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.drop(sample('payments-api.log'), sample('gateway.jsonl'), sample('postgres.log'));

  // What went wrong first?
  await loupe.press('g', 'e');
  await expect(loupe.selected()).toContainText('Pool is empty');

  // The gateway fails too. When did that begin, and is it all of the same kind?
  await loupe.filter('status=503 attempts>2');
  await expect(loupe.status).toContainText(/52 of \d+ records/);
  await page.keyboard.press('Escape');
  await loupe.press('g', 'j');
  await expect(loupe.selected()).toContainText('request failed');
  await loupe.press('Alt+Backspace');

  // Back to the pool: what held its connections? A leak is told with the thread that took them.
  await loupe.press('g', 'e');
  await loupe.filter('leak');
  await page.keyboard.press('Escape');
  await loupe.press('g', 'j');
  await expect(loupe.selected()).toContainText('Connection leak detection triggered');
  await loupe.press('z');
  await expect(loupe.log.getByText(/RefundBatch/).first()).toBeVisible();

  // Who is RefundBatch? What is told of it first stands before all the trouble, and names a new version.
  await loupe.press('Alt+Backspace');
  await loupe.filter('refund batch');
  await page.keyboard.press('Escape');
  await loupe.press('g');
  const cause = loupe.selected();
  await expect(cause).toContainText('refund job started');
  await loupe.press('Shift+M');
  const note = page.getByRole('textbox', { name: 'Note, in Markdown' });
  await expect(note).toBeFocused();
  await page.keyboard.type('**Cause**: the refund job holds every connection of the pool.');
  await page.keyboard.press('Control+Enter');
  await loupe.idle();

  // The note is kept with the log, whatever is filtered.
  await loupe.press('Alt+Backspace', 'Control+m');
  const marks = page.getByRole('region', { name: 'Marks and notes' });
  await expect(marks.getByRole('listitem')).toHaveCount(1);
  await expect(marks.locator('strong')).toHaveText('Cause');
  await loupe.press('G', "'");
  expect(await loupe.counts()).toContain('No mark further down');
  await loupe.press('"');
  await expect(loupe.selected()).toContainText(/refund/i);
  expect(loupe.troubles).toEqual([]);
});
