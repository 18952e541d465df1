import { expect, test, type Page } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

const LOGS = [
  { name: 'payments-api.log', text: drawLog(3000) },
  { name: 'checkout-gateway.log', text: drawLog(3000, 'request') },
  { name: 'postgres-primary.log', text: drawLog(3000, 'statement') },
];

/** What sticks out of the window at the right or the bottom, besides what scrolls or is cut off inside something. */
const overflowing = (page: Page) =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth, scrollHeight, clientHeight } = document.documentElement;
    return { isWide: scrollWidth > clientWidth, isHigh: scrollHeight > clientHeight };
  });

/** Controls that one cannot see whole, though nothing scrolls to them. */
const cutControls = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('header button, footer button, [role=search] button')]
      .filter((element) => element.checkVisibility() && element.closest('[data-scrolls]') === null)
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.left < -1 || box.right > window.innerWidth + 1))
      .map(({ element }) => element.getAttribute('aria-label') ?? element.textContent),
  );

for (const width of [1440, 1180, 900, 760, 360]) {
  test(`at ${width} px everything has its place: the page does not scroll, nothing is cut off`, async ({ page }) => {
    await page.setViewportSize({ width, height: width === 360 ? 640 : 800 });
    const loupe = new LoupePage(page);
    await loupe.visit();
    expect((await overflowing(page)).isWide).toBe(false);
    await loupe.open(...LOGS);
    await loupe.press('e');
    const check = async (where: string) => {
      expect(await overflowing(page), where).toEqual({ isWide: false, isHigh: false });
      expect(await cutControls(page), where).toEqual([]);
    };
    await check('lines');
    expect(await loupe.rows().count()).toBeGreaterThan(3);
    const message = loupe.selected().locator('[role=gridcell]').last();
    expect((await message.boundingBox())?.width).toBeGreaterThan(width >= 760 ? 300 : 120);
    await loupe.press('Enter');
    await expect(page.getByRole('complementary')).toBeInViewport();
    await check('details');
    await loupe.press('Enter');
    for (const [key, name] of [
      ['Control+k', 'Commands'],
      ['?', 'Keys'],
      ['Control+,', 'Settings'],
      ['F1', 'Help'],
    ] as const) {
      await page.keyboard.press(key);
      const dialog = page.getByRole('dialog', { name });
      await expect(dialog).toBeVisible();
      const box = await dialog.boundingBox();
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= width, name).toBe(true);
      expect(await dialog.evaluate((element) => element.scrollWidth <= element.clientWidth + 1), name).toBe(true);
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    }
    expect(loupe.troubles).toEqual([]);
  });
}

test('nothing jumps while a log opens', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: { value: number; nodes: string[] }[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as {
        value: number;
        sources?: { node?: Node | null }[];
      }[]) {
        const nodes = (entry.sources ?? []).map(({ node }) =>
          node instanceof Element ? `${node.tagName}.${node.className}` : String(node?.nodeName),
        );
        shifts.push({ value: entry.value, nodes });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open({ name: 'big.log', text: drawLog(200_000) }, ...LOGS);
  await loupe.press('e');
  const shifts = await page.evaluate(
    () => (window as unknown as { shifts: { value: number; nodes: string[] }[] }).shifts,
  );
  const sum = shifts.reduce((total, { value }) => total + value, 0);
  expect(sum, JSON.stringify(shifts)).toBeLessThan(0.02);
});

test('less motion is none', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  const durations = await page.evaluate(() =>
    ['--motion-fast', '--motion-base', '--motion-slow'].map((name) =>
      Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name)),
    ),
  );
  expect(durations).toEqual([0, 0, 0]);
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 820, height: 1180 } });

  test('targets are 44 px, rows 36', async ({ page }) => {
    const loupe = new LoupePage(page);
    await loupe.visit();
    await loupe.open(LOGS[0] as (typeof LOGS)[number]);
    expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
    expect((await loupe.rows().first().boundingBox())?.height).toBeGreaterThanOrEqual(36);
    for (const name of ['Help', 'Search or run a command', 'Open files'])
      expect((await page.getByRole('button', { name }).boundingBox())?.height, name).toBeGreaterThanOrEqual(36);
    expect((await page.getByRole('button', { name: 'Help' }).boundingBox())?.width).toBeGreaterThanOrEqual(44);
  });
});

test.describe('forced colours', () => {
  test.use({ forcedColors: 'active' });

  test('the selected record, levels and the chosen line of the palette are told without colour', async ({ page }) => {
    const loupe = new LoupePage(page);
    await loupe.visit();
    await loupe.open(...LOGS);
    await loupe.press('e');
    await expect(loupe.selected()).toHaveCSS('outline-style', 'solid');
    await expect(loupe.selected()).toContainText('ERROR');
    await page.keyboard.press('Control+k');
    const chosen = page.getByRole('dialog', { name: 'Commands' }).getByRole('option', { selected: true });
    await expect(chosen).toHaveCSS('outline-style', 'solid');
  });
});
