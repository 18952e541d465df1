/** The rows: columns, wrapping, unfolding, selecting and copying, verbs at the pointer, the map beside them. */
import { expect, type Page, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  loupe = new LoupePage(page);
  await loupe.visit();
});

test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

const head = (page: Page, name: string | RegExp) => page.locator('#log').getByRole('columnheader', { name });
const heads = async (page: Page) =>
  (
    await page.locator('#log [role=columnheader][data-column]').evaluateAll((all) => all.map((one) => one.textContent))
  ).map((text) => (text ?? '').replace(/^Time.*/, 'Time'));
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const row = (page: Page, index: number) => page.locator(`#log-record-${index}`);

async function dragBy(page: Page, from: { x: number; y: number }, dx: number) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + dx / 2, from.y);
  await page.mouse.move(from.x + dx, from.y);
  await page.mouse.up();
}

async function boxOf(page: Page, name: string | RegExp) {
  const box = await head(page, name).boundingBox();
  if (!box) throw new Error(`no head ${name}`);
  return box;
}

const KEYED = Array.from({ length: 60 }, (_, at) =>
  JSON.stringify({
    time: new Date(Date.UTC(2026, 4, 19, 10, 0, at)).toISOString(),
    level: 'info',
    msg: 'request done',
    status: 200 + at,
  }),
).join('\n');

test.describe('columns', () => {
  test('are hidden, resized, fitted and moved by pointer; each is undone', async ({ page }) => {
    await loupe.open({ name: 'app.log', text: drawLog(100) }, { name: 'b.log', text: drawLog(3, 'other') });
    expect(await heads(page)).toEqual(['Time', 'Delta', 'Level', 'Source', 'Message']);

    await head(page, 'Delta').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Hide Delta' }).click();
    expect(await heads(page)).toEqual(['Time', 'Level', 'Source', 'Message']);
    await expect(row(page, 1).getByRole('gridcell')).toHaveCount(5);

    const source = await boxOf(page, 'Source');
    await dragBy(page, { x: source.x + source.width - 3, y: source.y + 8 }, 60);
    expect((await boxOf(page, 'Source')).width).toBeCloseTo(source.width + 60, 0);
    await page.mouse.dblclick(source.x + source.width + 57, source.y + 8);
    expect((await boxOf(page, 'Source')).width).toBeLessThan(source.width);

    const level = await boxOf(page, 'Level');
    const time = await boxOf(page, /^Time/);
    await dragBy(page, { x: level.x + 10, y: level.y + 8 }, time.x - level.x);
    expect(await heads(page)).toEqual(['Level', 'Time', 'Source', 'Message']);

    await loupe.log.focus();
    await page.keyboard.press('Control+z');
    expect(await heads(page)).toEqual(['Time', 'Level', 'Source', 'Message']);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    expect(await heads(page)).toEqual(['Time', 'Delta', 'Level', 'Source', 'Message']);
    expect((await boxOf(page, 'Source')).width).toBeCloseTo(source.width, 0);
  });

  test('are worked by key: walked, widened, moved, hidden, and a field is added', async ({ page }) => {
    await loupe.open({ name: 'keyed.log', text: KEYED });
    const button = page.getByRole('button', { name: 'Columns', exact: true });
    await button.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(head(page, 'Message')).toBeFocused();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowLeft');
    await expect(head(page, /^Time/)).toBeFocused();
    const before = await boxOf(page, /^Time/);
    await page.keyboard.press('Shift+ArrowRight');
    expect((await boxOf(page, /^Time/)).width).toBe(before.width + 8);
    await page.keyboard.press('Control+Shift+ArrowRight');
    expect((await heads(page)).slice(0, 2)).toEqual(['Delta', 'Time']);
    await expect(head(page, /^Time/)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Hide Time' })).toBeFocused();
    await page.keyboard.press('Enter');
    expect((await heads(page))[0]).toBe('Delta');

    await button.focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menuitem', { name: 'Add status' }).press('Enter');
    await loupe.idle();
    expect(await heads(page)).toContain('status');
    await expect(row(page, 4).locator('[data-column="field:status"]')).toHaveText('204');
    await page.keyboard.press('Control+z');
    await loupe.idle();
    expect(await heads(page)).not.toContain('status');
  });
});

test.describe('long records', () => {
  const words = Array.from({ length: 400 }, (_, at) => `word${at}`).join(' ');
  const LONG = Array.from(
    { length: 200 },
    (_, at) =>
      `2026-05-19 10:00:00.${String(at).padStart(3, '0')} INFO record ${at} ${at % 5 === 2 ? `${words} end` : ''}`,
  ).join('\n');

  test('wrap and unwrap in their place; the first line stays on top while the rest passes', async ({ page }) => {
    await loupe.open({ name: 'long.log', text: LONG });
    await loupe.log.focus();
    for (let step = 0; step < 100; step += 1) await page.keyboard.press('j');
    await loupe.idle();
    const top = async () => (await row(page, 99).boundingBox())?.y;
    const before = await top();
    await loupe.press('Alt+z');
    expect(await top()).toBe(before);
    const message = row(page, 97).locator('[data-column=message]');
    await expect(message).toContainText('word399 end');
    expect((await message.boundingBox())?.height).toBeGreaterThan(100);
    await page.mouse.move(600, 500);
    await page.mouse.wheel(
      0,
      ((await row(page, 97).boundingBox())?.y ?? 0) - ((await loupe.log.boundingBox())?.y ?? 0) + 60,
    );
    await loupe.idle();
    const sticky = page.locator('#log [data-index="97"][aria-hidden]');
    await expect(sticky).toContainText('record 97');
    await loupe.press('Alt+z');
    await expect(sticky).toHaveCount(0);
  });

  test('JSON unfolds to fields, indented text, or as it is written', async ({ page }) => {
    const json = '{"http":{"status":503,"path":"/pay"},"id":12345678901234567890}';
    await loupe.open({ name: 'a.log', text: `2026-05-19 10:00:00.000 WARN ${json}\n${drawLog(20)}` });
    await loupe.log.focus();
    await loupe.press('j', 'z');
    const under = page.locator('#log [data-index="0"]:not([id])');
    await expect(under).toContainText('3 fields');
    await expect(under.getByRole('term')).toHaveText(['http.status', 'http.path', 'id']);
    await expect(under.getByRole('definition')).toHaveText(['503', '"/pay"', '12345678901234567890']);
    await under.getByRole('button', { name: 'JSON' }).click();
    await expect(under).toContainText('"status": 503,');
    await under.getByRole('button', { name: 'Raw' }).click();
    await expect(under).toContainText(json);
    await loupe.press('z');
    await expect(under).toHaveCount(0);
  });

  test('a trace is one line with its frames, and unfolds; Z unfolds all', async ({ page }) => {
    await loupe.open({ name: 'app.log', text: drawLog(200) });
    await loupe.log.focus();
    await loupe.press('e');
    await expect(page.locator('#log [data-index="49"]:not([id])')).toHaveText(
      /2 frames\s*pool\.ts:41\s*←\s*main\.ts:7/,
    );
    await loupe.press('Shift+Z');
    await expect(page.locator('#log [data-index="49"]:not([id])')).toContainText('at pool.ts:41');
    await loupe.press('Shift+Z');
    await expect(page.locator('#log [data-index="49"]:not([id])')).toContainText('2 frames');
  });

  test('a terminal’s colours are colours; the other sequences stay in sight', async ({ page }) => {
    const text = '2026-05-19 10:00:00.000 INFO \u001b[31mred\u001b[0m plain \u001b[2K';
    await loupe.open({ name: 'a.log', text });
    const message = row(page, 0).locator('[data-column=message]');
    await expect(message).toHaveText('red plain ESC[2K');
    const colour = (word: string) =>
      message.getByText(word, { exact: true }).evaluate((one) => getComputedStyle(one).color);
    expect(await colour('red')).not.toBe(await message.evaluate((one) => getComputedStyle(one).color));
  });
});

test.describe('several records', () => {
  test('are selected by click and key, and copied as they are in the file', async ({ page }) => {
    await loupe.open({ name: 'app.log', text: drawLog(100) });
    const lines = drawLog(100).split('\n');
    await row(page, 2).click();
    await row(page, 4).click({ modifiers: ['Shift'] });
    await row(page, 7).click({ modifiers: ['Control'] });
    await expect(page.locator('#log [role=row][id][aria-selected=true]')).toHaveCount(4);
    await page.keyboard.press('y');
    await expect.poll(() => clipboard(page)).toBe([2, 3, 4, 7].map((at) => lines[at]).join('\n'));
    expect(await loupe.counts()).toContain('Copied 4 records');
    await page.keyboard.press('Shift+J');
    await page.keyboard.press('Shift+J');
    await loupe.idle();
    await expect(page.locator('#log [role=row][id][aria-selected=true]')).toHaveCount(6);
    await page.keyboard.press('Control+c');
    await expect.poll(() => clipboard(page)).toBe([2, 3, 4, 7, 8, 9].map((at) => lines[at]).join('\n'));
    await row(page, 1).click();
    await page.keyboard.press('Alt+Shift+C');
    await expect.poll(() => clipboard(page)).toContain('time\tlevel\tsource\tmessage\n2026-05-19T10:00:01.000Z\tINFO');
  });

  test('text that is dragged over is what is copied', async ({ page }) => {
    await loupe.open({ name: 'app.log', text: drawLog(100) });
    const box = await row(page, 3).locator('[data-column=message]').boundingBox();
    if (!box) throw new Error('no message');
    await page.mouse.move(box.x + 1, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 45, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.press('Control+c');
    await expect.poll(() => clipboard(page)).toMatch(/^reco/);
    await expect(page.locator('#log [aria-selected=true]')).toHaveCount(0);
  });
});

test('the row under the pointer shows its verbs: marking it marks it', async ({ page }) => {
  await loupe.open({ name: 'app.log', text: drawLog(100) });
  await row(page, 5).hover();
  await page.getByTitle('Mark', { exact: true }).click();
  await expect(row(page, 5).getByText('Marked')).toBeAttached();
  await page.getByTitle('Copy the raw text').click();
  await expect.poll(() => clipboard(page)).toContain('record 5');
});

test('the menu of a record opens by pointer and by key, and acts on what is selected', async ({ page }) => {
  await loupe.open({ name: 'app.log', text: drawLog(100) });
  await row(page, 5).locator('[data-column=time]').click({ button: 'right' });
  await expect(page.getByRole('menu', { name: '1 record' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Copy the raw text' }).click();
  await expect.poll(() => clipboard(page)).toContain('record 5');
  await loupe.log.focus();
  await loupe.press('Shift+J', 'Shift+F10');
  await expect(page.getByRole('menu', { name: '2 records' })).toBeVisible();
  await page.keyboard.press('y');
  await expect.poll(() => clipboard(page)).toMatch(/record 5\n.*record 6$/);
  await expect(loupe.log).toBeFocused();
  await row(page, 8).hover();
  await page.getByTitle('More').click();
  await expect(page.getByRole('menuitem', { name: 'Details' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(loupe.selected()).toContainText('record 8');
});

test('the map: a click goes to what is drawn there, the pointer previews it, marks stand on it', async ({ page }) => {
  await loupe.open({ name: 'app.log', text: drawLog(20_000) });
  const bar = page.getByRole('scrollbar', { name: 'Place in the log' });
  const box = await bar.boundingBox();
  if (!box) throw new Error('no map');
  await expect(bar.locator('svg path').nth(1)).toHaveAttribute('d', /^M2 /); // errors
  await page.mouse.move(box.x + 10, box.y + box.height * 0.3);
  await expect(bar).toContainText(/Record (5,9|6,0)\d\d, 11:(39|40)/);
  await page.mouse.down();
  await page.mouse.up();
  await loupe.idle();
  const first = Number(await loupe.rows().first().getAttribute('data-index'));
  const last = Number(await loupe.rows().last().getAttribute('data-index'));
  const aimed = 0.3 * 20_000;
  expect(first).toBeLessThan(aimed);
  expect(last).toBeGreaterThan(aimed);
  await loupe.rows().nth(3).click();
  await loupe.press('m');
  await expect(bar.locator('i')).toHaveCount(1);
});
