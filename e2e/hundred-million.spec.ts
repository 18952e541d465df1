/**
 * Scrolling a hundred million records: whatever moves them, the rows on screen follow each other, fill the view, and move
 * by exactly the pixels that were asked for.
 */
import { expect, type Page, test } from '@playwright/test';

import { LoupePage } from './loupe-page';
import { syntheticLog, useSyntheticEngine } from './synthetic-engine.mjs';

const COUNT = 100_000_000;

/** Rows on screen, in px below the view's top. */
interface Screen {
  readonly rows: readonly { readonly index: number; readonly top: number }[];
  /** Lower edge of the last row, of the view. */
  readonly bottom: number;
  readonly viewHeight: number;
}

let loupe: LoupePage;

async function open(page: Page, shape: 'plain' | 'mixed') {
  await useSyntheticEngine(page);
  loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open(syntheticLog(COUNT, shape));
  await expect(loupe.rows().first()).toBeVisible();
}

test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

/** Puts `readScreen` into the page. */
async function installReader(page: Page) {
  await page.evaluate(() => {
    const read = (): Screen => {
      const rows = document.querySelector('#log [role=rowgroup]') as HTMLElement;
      const view = (rows.parentElement as HTMLElement).getBoundingClientRect();
      return {
        rows: [...document.querySelectorAll<HTMLElement>('#log [data-index][id]')].map((row) => ({
          index: Number(row.dataset.index),
          top: row.getBoundingClientRect().top - view.top,
        })),
        bottom: rows.getBoundingClientRect().bottom - view.top,
        viewHeight: view.height,
      };
    };
    Object.assign(window, { readScreen: read });
  });
}

const readScreen = (page: Page) => page.evaluate(() => (window as unknown as { readScreen(): Screen }).readScreen());

/** Turns the wheel once per step, waits for the records, and reads the screen. */
async function wheel(page: Page, deltas: readonly number[]): Promise<Screen[]> {
  return page.evaluate(async (steps) => {
    const { readScreen, whenIdle } = window as unknown as { readScreen: () => Screen; whenIdle: () => Promise<void> };
    const area = (document.querySelector('#log [role=rowgroup]') as HTMLElement).parentElement as HTMLElement;
    const screens: Screen[] = [];
    for (const deltaY of steps) {
      area.dispatchEvent(new WheelEvent('wheel', { deltaY, bubbles: true, cancelable: true }));
      await whenIdle();
      screens.push(readScreen());
    }
    return screens;
  }, deltas);
}

/** The rows follow each other without a gap and fill the view. */
function expectWhole(screen: Screen) {
  expect(screen.rows.length).toBeGreaterThan(0);
  expect(screen.rows.length).toBeLessThan(80);
  for (let at = 1; at < screen.rows.length; at += 1) {
    expect(screen.rows[at]?.index).toBe((screen.rows[at - 1]?.index ?? 0) + 1);
    expect(screen.rows[at]?.top).toBeGreaterThan(screen.rows[at - 1]?.top ?? 0);
  }
  expect(screen.rows[0]?.top).toBeLessThanOrEqual(0.01);
  expect(screen.bottom).toBeGreaterThanOrEqual(screen.viewHeight - 0.01);
}

/** px by which the rows that are on both screens moved down: the same for all of them. */
function movement(before: Screen, after: Screen): number | null {
  const tops = new Map(before.rows.map(({ index, top }) => [index, top]));
  const moved = after.rows.flatMap(({ index, top }) => {
    const old = tops.get(index);
    return old === undefined ? [] : [top - old];
  });
  for (const px of moved) expect(px).toBeCloseTo(moved[0] ?? 0, 1);
  return moved[0] ?? null;
}

/** Scrolls and checks every step: no record is skipped, no pixel lost. */
async function expectSmooth(page: Page, deltas: readonly number[]) {
  let before = await readScreen(page);
  const screens = await wheel(page, deltas);
  screens.forEach((screen, at) => {
    expectWhole(screen);
    const px = movement(before, screen);
    expect(px, `step ${at} by ${deltas[at]} px has rows in common with the one before`).not.toBeNull();
    expect(px, `step ${at}`).toBeCloseTo(-(deltas[at] ?? 0), 1);
    before = screen;
  });
}

/** Steps of a hand on a wheel: slow, fast, uneven, and by single pixels. */
const HAND = [1, 3, 10, 53, 100, 100, 240, 17, 333, 120, 120, 7, 53, 266, 90];
const back = (deltas: readonly number[]) => deltas.map((px) => -px).reverse();

/** Far into the log, where there is as much above as below. */
async function goToMiddle(page: Page) {
  await page.keyboard.press('Control+g');
  await page.getByRole('textbox', { name: /Line of/ }).fill('50%');
  await page.keyboard.press('Enter');
  await loupe.idle();
  await page.keyboard.press('Escape');
  await loupe.idle();
  await loupe.log.focus();
}

const MODES: readonly { name: string; shape: 'plain' | 'mixed'; keys: readonly string[] }[] = [
  { name: 'one line each', shape: 'plain', keys: [] },
  { name: 'with traces below their rows', shape: 'mixed', keys: [] },
  { name: 'wrapped', shape: 'mixed', keys: ['Alt+z'] },
  { name: 'all unfolded', shape: 'mixed', keys: ['Shift+Z'] },
  { name: 'wrapped and all unfolded', shape: 'mixed', keys: ['Alt+z', 'Shift+Z'] },
];

for (const { name, shape, keys } of MODES) {
  test(`${name}: the wheel moves by its pixels, down and up, and comes back to where it was`, async ({ page }) => {
    await open(page, shape);
    await installReader(page);
    await goToMiddle(page);
    await loupe.press(...keys);
    // Once into what was never on screen, in both directions, from the same place.
    const start = await readScreen(page);
    await expectSmooth(page, [...HAND, ...back(HAND)]);
    expect(movement(start, await readScreen(page))).toBeCloseTo(0, 1);
    await expectSmooth(page, [...back(HAND), ...HAND]);
    expect(movement(start, await readScreen(page))).toBeCloseTo(0, 1);
  });

  test(`${name}: End, Home and the bar show whole screens everywhere`, async ({ page }) => {
    await open(page, shape);
    await installReader(page);
    await loupe.log.focus();
    await loupe.press(...keys, 'End');
    const end = await readScreen(page);
    expectWhole(end);
    expect(end.rows.at(-1)?.index).toBe(COUNT - 1);
    expect(end.bottom).toBeCloseTo(end.viewHeight, 1);
    await expectSmooth(page, back(HAND));

    const bar = page.getByRole('scrollbar', { name: 'Place in the log' });
    const box = await bar.boundingBox();
    if (!box) throw new Error('no scroll bar');
    await page.mouse.move(box.x + 10, box.y + 5);
    await page.mouse.down();
    let last = -1;
    for (const share of [0.1, 0.25, 0.4999, 0.5, 0.77, 0.999]) {
      await page.mouse.move(box.x + 10, box.y + share * box.height);
      await loupe.idle();
      const screen = await readScreen(page);
      expectWhole(screen);
      const first = screen.rows[0]?.index ?? 0;
      expect(first / COUNT).toBeCloseTo(share, 2);
      expect(first).toBeGreaterThan(last);
      last = first;
    }
    await page.mouse.move(box.x + 10, box.y + box.height + 20);
    await page.mouse.up();
    await loupe.idle();
    expect((await readScreen(page)).rows.at(-1)?.index).toBe(COUNT - 1);

    await loupe.log.focus();
    await loupe.press('Home');
    const home = await readScreen(page);
    expectWhole(home);
    expect(home.rows[0]).toEqual({ index: 0, top: 0 });
    await expectSmooth(page, HAND);
  });
}

test('scrolling draws the rows that come into view, and none of them twice', async ({ page }) => {
  await open(page, 'plain');
  await installReader(page);
  await goToMiddle(page);
  const { made, screens } = await page.evaluate(async () => {
    const { readScreen, whenIdle } = window as unknown as { readScreen: () => Screen; whenIdle: () => Promise<void> };
    const rows = document.querySelector('#log [role=rowgroup]') as HTMLElement;
    let added = 0;
    const watch = new MutationObserver((changes) => {
      for (const change of changes) added += change.target === rows ? change.addedNodes.length : 0;
    });
    watch.observe(rows, { childList: true });
    const before = readScreen();
    for (let step = 0; step < 100; step += 1) {
      rows.parentElement?.dispatchEvent(new WheelEvent('wheel', { deltaY: 36, bubbles: true, cancelable: true }));
      await whenIdle();
    }
    for (const change of watch.takeRecords()) added += change.addedNodes.length;
    watch.disconnect();
    return { made: added, screens: [before, readScreen()] as const };
  });
  const passed = (screens[1].rows.at(-1)?.index ?? 0) - (screens[0].rows.at(-1)?.index ?? 0);
  expect(passed).toBe(150);
  // Solid parts rows by empty text nodes at most: elements are what costs.
  expect(made).toBeLessThanOrEqual(passed);
});

test('a wheel that does not wait for records never shows a gap, and loses nothing', async ({ page }) => {
  await open(page, 'mixed');
  await installReader(page);
  await goToMiddle(page);
  const screens = await page.evaluate(async () => {
    const { readScreen, whenIdle } = window as unknown as { readScreen: () => Screen; whenIdle: () => Promise<void> };
    const area = (document.querySelector('#log [role=rowgroup]') as HTMLElement).parentElement;
    const seen: Screen[] = [readScreen()];
    for (let step = 0; step < 60; step += 1) {
      area?.dispatchEvent(new WheelEvent('wheel', { deltaY: 400, bubbles: true, cancelable: true }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      seen.push(readScreen());
    }
    await whenIdle();
    seen.push(readScreen());
    return seen;
  });
  for (const screen of screens) expectWhole(screen);
  const firsts = screens.map((screen) => screen.rows[0]?.index ?? 0);
  expect([...firsts].sort((a, b) => a - b)).toEqual(firsts);
});
