import { expect, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
});

test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

test('keys walk by record, page, trouble and to the ends', async () => {
  await loupe.open({ name: 'app.log', text: drawLog(1000) });
  await loupe.press('j', 'j');
  await expect(loupe.selected()).toContainText('record 1');
  await loupe.press('e');
  await expect(loupe.selected()).toContainText('record 49 failed');
  await loupe.press('e', 'E');
  await expect(loupe.selected()).toContainText('record 49 failed');
  await loupe.press('w');
  await expect(loupe.selected()).toContainText('record 59');
  await loupe.press('G');
  await expect(loupe.selected()).toContainText('record 999 failed');
  await loupe.press('e');
  expect(await loupe.counts()).toContain('No ERROR or FATAL further down');
  await loupe.press('Shift+Space');
  await expect(loupe.selected()).not.toContainText('record 999');
  await loupe.press('g');
  await expect(loupe.selected()).toContainText('record 0');
});

test('Ctrl-G goes to a line, a time, a share', async ({ page }) => {
  await loupe.open({ name: 'app.log', text: drawLog(1000) });
  const goTo = async (where: string) => {
    await page.keyboard.press('Control+g');
    await page.getByRole('textbox', { name: /Line of app\.log/ }).fill(where);
    await page.keyboard.press('Enter');
    await loupe.idle();
  };
  await goTo('52'); // the first record after the first trace: 50 records in 52 lines
  await expect(loupe.selected()).toContainText('record 49 failed');
  await goTo('10:05:00');
  await expect(loupe.selected()).toContainText('record 300');
  await goTo('100%');
  await expect(loupe.selected()).toContainText('record 999');
});

test('n and N walk the matches, z unfolds, Enter shows the details', async ({ page }) => {
  await loupe.open({ name: 'app.log', text: drawLog(200) });
  await loupe.filter('failed');
  await page.keyboard.press('Escape');
  await loupe.press('n', 'n');
  await expect(loupe.selected()).toContainText('record 99 failed');
  await loupe.press('N');
  await expect(loupe.selected()).toContainText('record 49 failed');
  await loupe.press('z');
  await expect(loupe.log.getByText('at main.ts:7')).toBeVisible();
  await loupe.press('z');
  await expect(loupe.log.getByText('at main.ts:7')).toHaveCount(0);
  await loupe.press('Enter');
  const details = page.getByRole('complementary', { name: 'Details of the selected record' });
  await expect(details).toContainText('at main.ts:7');
  await expect(details).toContainText('line 50');
  await expect(details).toContainText('32 30 32 36 2d 30 35 2d'); // 2026-05-
  await loupe.press('Enter');
  await expect(details).toHaveCount(0);
});

test('a hundred thousand records: scrolling by wheel and bar, to the very end and back', async ({ page }) => {
  test.setTimeout(60_000);
  await loupe.open({ name: 'long.log', text: drawLog(100_000) });
  await loupe.log.hover();
  await page.mouse.wheel(0, 24 * 10);
  await loupe.idle();
  expect((await loupe.messages())[0]).toBe('record 10');
  const bar = page.getByRole('scrollbar', { name: 'Place in the log' });
  const box = await bar.boundingBox();
  if (!box) throw new Error('no scroll bar');
  await page.mouse.move(box.x + 5, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 5, box.y + box.height + 50, { steps: 10 });
  await page.mouse.up();
  await loupe.idle();
  expect((await loupe.messages()).at(-1)).toBe('record 99999 failed');
  expect(await loupe.rows().count()).toBeLessThan(60);
  await loupe.press('g');
  expect((await loupe.messages())[0]).toBe('record 0');
});

test('F6 walks the regions, the skip link leads to the log', async ({ page }) => {
  await loupe.open({ name: 'app.log', text: drawLog(50) });
  await page.keyboard.press('/');
  await expect(loupe.filterField).toBeFocused();
  // The levels, the timeline, the log.
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('F6');
  await expect(loupe.log).toBeFocused();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+F6');
  await expect(loupe.filterField).toBeFocused();
});

test('hostile lines are text: nothing runs, nothing hides', async ({ page }) => {
  const time = '2026-05-19 10:00:00.000 INFO ';
  const lines = [
    `${time} <img src=x onerror=alert(1)><script>alert(2)</script>`,
    `${time} \u001b]0;title\u0007\u001b[31mred\u001b[0m`,
    `${time} user=\u202enimda\u202c`,
    `${time} ${'x'.repeat(1_000_000)}`,
    `${time} javascript:alert(3) {{constructor.constructor('alert(4)')()}}`,
  ];
  await loupe.open({ name: '<b>evil</b>.log', text: `${lines.join('\n')}\n` });
  expect(await loupe.counts()).toContain('5 records');
  expect(await page.locator('img, #app script').count()).toBe(0);
  const messages = await loupe.messages();
  expect(messages[0]).toContain('<img src=x onerror=alert(1)>');
  expect(messages[1]).toContain('ESC]0;titleBELred');
  expect(messages[2]).toContain('RLOnimdaPDF');
  await loupe.press('G', 'k', 'Enter');
  await expect(page.getByRole('complementary')).toContainText('xxxxxxxx');
  // Wrapped and unfolded, the line of a million characters is as high as what is shown of it, and the last stays in reach.
  await loupe.press('Enter', 'Alt+z', 'Z', 'g', 'G');
  await expect(loupe.selected()).toContainText('javascript:alert(3)');
  expect(await page.locator('img, #app script').count()).toBe(0);
});
