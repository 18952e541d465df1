import { expect, type Locator, test } from '@playwright/test';

import { LoupePage } from './loupe-page';

/** 600 records: a status in each, a trace in every third, one of two threads. */
const LOG = Array.from({ length: 600 }, (_, at) => {
  const time = new Date(Date.UTC(2026, 4, 19, 10) + at * 1000).toISOString();
  return JSON.stringify({
    time,
    level: at % 10 === 0 ? 'error' : 'info',
    message: `charge ch_${at} of order-${at % 50} answered`,
    status: at % 10 === 0 ? 503 : 200,
    thread: `exec-${at % 2}`,
  });
}).join('\n');

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open({ name: 'gateway.jsonl', text: `${LOG}\n` });
});

test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

/** Middle of a piece of text on screen, in window px. */
async function middleOf(row: Locator, text: string) {
  return row.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { x: (left + right) / 2, y: (top + bottom) / 2 };
    }
    throw new Error(`no ${wanted} there`);
  }, text);
}

test('a click on a value in a message opens its menu, with what each verb would leave', async ({ page }) => {
  const { x, y } = await middleOf(loupe.rows().nth(3), 'order-3');
  await page.mouse.click(x, y);
  const menu = page.getByRole('menu', { name: 'order-3' });
  await expect(menu).toBeVisible();
  // order-3, order-30 to order-39: a text is found wherever it stands
  await expect(menu.getByRole('menuitem', { name: 'Include' })).toContainText('132 left');
  await expect(menu.getByRole('menuitem', { name: 'Exclude' })).toContainText('468 left');
  await expect(menu.getByRole('menuitem', { name: 'Search everywhere' })).toContainText('132 records');
  await expect(menu.getByRole('menuitem', { name: 'Include' })).toBeFocused();
  await page.keyboard.press('Enter');
  await loupe.idle();
  await expect(menu).toBeHidden();
  expect(await loupe.counts()).toContain('132 of 600 records');
  await expect(page.getByRole('button', { name: 'order-3', exact: true })).toBeVisible();
  await loupe.press('Control+z');
  expect(await loupe.counts()).toContain('600 records');
});

test('with Ctrl a click includes at once, with Alt it excludes; prose only selects', async ({ page }) => {
  const order = await middleOf(loupe.rows().nth(3), 'order-3');
  await page.keyboard.down('Control');
  await page.mouse.click(order.x, order.y);
  await page.keyboard.up('Control');
  await loupe.idle();
  expect(await loupe.counts()).toContain('132 of 600 records');
  const charge = await middleOf(loupe.rows().nth(1), 'ch_30');
  await page.keyboard.down('Alt');
  await page.mouse.click(charge.x, charge.y);
  await page.keyboard.up('Alt');
  await loupe.idle();
  await expect(page.getByRole('button', { name: 'not ch_30', exact: true })).toBeVisible();
  const word = await middleOf(loupe.rows().nth(0), 'answered');
  await page.mouse.click(word.x, word.y);
  await loupe.idle();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(loupe.selected()).toHaveCount(1);
});

test('fields in the details: by pointer and by key', async ({ page }) => {
  await loupe.press('g', 'Enter');
  const status = page.getByRole('complementary').locator('[data-field=status]');
  await expect(status).toHaveText('503');
  await status.click();
  const menu = page.getByRole('menu', { name: 'status 503' });
  await expect(menu.getByRole('menuitem', { name: 'Include' })).toContainText('60 left');
  await expect(menu.getByRole('menuitem', { name: 'Exclude' })).toContainText('540 left');
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(status).toBeFocused();
  await page.keyboard.press('-');
  await loupe.idle();
  expect(await loupe.counts()).toContain('540 of 600 records');
  await expect(page.getByRole('button', { name: 'not status = 503', exact: true })).toBeVisible();
});

test('without a pointer: v lists the values of the record, a key of the menu runs its verb', async ({ page }) => {
  await loupe.press('g', 'j', 'v');
  const choice = page.getByRole('menu', { name: 'Values of the record' });
  await expect(choice.getByRole('menuitem').first()).toBeFocused();
  await choice.getByRole('menuitem', { name: 'thread' }).press('Enter');
  const menu = page.getByRole('menu', { name: 'thread exec-1' });
  await expect(menu).toBeVisible();
  await page.keyboard.press('+');
  await loupe.idle();
  expect(await loupe.counts()).toContain('300 of 600 records');
  await expect(loupe.log).toBeFocused();
  await page.keyboard.press('-');
  await page.getByRole('menu', { name: 'Exclude which value' }).getByRole('menuitem', { name: 'level' }).press('Enter');
  await loupe.idle();
  expect(await loupe.counts()).toContain('0 of 600 records');
});

test('search everywhere takes away whatever else narrowed the records', async ({ page }) => {
  await loupe.filter('level:error');
  await loupe.brush(0.2, 0.6);
  await loupe.log.focus();
  await loupe.press('g', 'Enter');
  const thread = page.getByRole('complementary').locator('[data-field=thread]');
  await thread.focus();
  await page.keyboard.press('*');
  await loupe.idle();
  expect(await loupe.counts()).toContain('300 of 600 records');
  await expect(page.getByRole('button', { name: 'Remove the time filter' })).toHaveCount(0);
});

test('levels, sources and the fields of an unfolded record have menus too', async ({ page }) => {
  await loupe.rows().nth(0).locator('[data-column=level]').click();
  await expect(
    page.getByRole('menu', { name: 'level ERROR' }).getByRole('menuitem', { name: 'Include' }),
  ).toContainText('60 left');
  await page.keyboard.press('Escape');
  await loupe.log.focus();
  await loupe.press('g', 'j', 'z');
  await loupe.log.locator('[data-field=thread]').click();
  const menu = page.getByRole('menu', { name: 'thread exec-1' });
  await expect(menu.getByRole('menuitem', { name: 'Include' })).toContainText('300 left');
  await page.keyboard.press('c');
  await loupe.idle();
  await expect(page.getByRole('columnheader', { name: /thread/ })).toBeVisible();
  await loupe.rows().nth(1).locator('[data-column="field:thread"]').click();
  await expect(menu.getByRole('menuitem', { name: 'Exclude' })).toContainText('300 left');
});
