import { expect, type Page, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
});

test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

const chartName = async () => (await loupe.timeline.getAttribute('aria-label')) ?? '';

/** "2026-05-19 10:00 to 2026-05-19 11:00", as the chart's name says it. */
async function span(): Promise<string> {
  const name = await chartName();
  return / (\S+ \S+ to \S+ \S+) UTC/.exec(name)?.[1] ?? name;
}

async function at(share: number) {
  const box = await loupe.timeline.boundingBox();
  if (!box) throw new Error('no timeline');
  return { x: box.x + share * box.width, y: box.y + box.height / 2 };
}

async function wheel(page: Page, share: number, dy: number, times: number) {
  const place = await at(share);
  await page.mouse.move(place.x, place.y);
  for (let turn = 0; turn < times; turn += 1) await page.mouse.wheel(0, dy);
  await loupe.idle();
}

test('gaps and bursts are found, and walked by key', async ({ page }) => {
  const line = (at: number, text: string) =>
    `${new Date(Date.UTC(2026, 4, 19, 12) + at * 1000).toISOString().replace('T', ' ').replace('Z', '')} ${text}`;
  const lines: string[] = [];
  for (let at = 0; at < 3600; at += 1) {
    if (at >= 1200 && at < 1500) continue;
    lines.push(line(at, `INFO  beat ${at}`));
    if (at >= 2400 && at < 2430) for (let n = 0; n < 40; n += 1) lines.push(line(at, `ERROR pool is empty ${n}`));
  }
  await loupe.open({ name: 'quiet.log', text: `${lines.join('\n')}\n` });
  await expect(loupe.timeline).toHaveAccessibleName(/1 gap without records/);
  const silent = await at(0.375);
  await page.mouse.move(silent.x, silent.y);
  await expect(page.getByText('No records for at least 5 min, where about 300 are usual')).toBeVisible();
  await loupe.press('b');
  await expect(loupe.selected()).toContainText('12:40:00');
  await loupe.press('b');
  await expect(page.getByText('No burst further down').first()).toBeVisible();
  await page.getByRole('group', { name: 'Timeline' }).focus();
  await loupe.press(',');
  await expect(loupe.selected()).toContainText('12:25:00');
});

test.describe('an hour', () => {
  test.beforeEach(() => loupe.open({ name: 'app.log', text: drawLog(3600) }));

  test('the wheel zooms at the pointer and out to the whole again; bins become finer', async ({ page }) => {
    expect(await span()).toBe('2026-05-19 10:00 to 2026-05-19 11:00');
    await expect(page.getByText('per 15 s')).toBeVisible();
    await wheel(page, 0.5, -100, 4);
    await expect(loupe.timeline).toHaveAccessibleName(/10:2\d to 2026-05-19 10:3\d UTC, a part of the whole/);
    await expect(page.getByText('per 2 s')).toBeVisible();
    await page.keyboard.down('Shift');
    await wheel(page, 0.5, 500, 2);
    await page.keyboard.up('Shift');
    await expect(loupe.timeline).toHaveAccessibleName(/10:33 to 2026-05-19 10:42/);
    await wheel(page, 0.5, 100, 12);
    expect(await span()).toBe('2026-05-19 10:00 to 2026-05-19 11:00');
  });

  test('keys zoom, pan, and show the whole while the timeline has the focus; the log keeps its own', async ({
    page,
  }) => {
    await page.getByRole('group', { name: 'Timeline' }).focus();
    await loupe.press('w', 'w', 'w');
    const near = await span();
    expect(near).not.toBe('2026-05-19 10:00 to 2026-05-19 11:00');
    await loupe.press('d', 'd');
    expect(await span()).not.toBe(near);
    await loupe.press('a', 'a');
    expect(await span()).toBe(near);
    await loupe.press('0');
    expect(await span()).toBe('2026-05-19 10:00 to 2026-05-19 11:00');
    await loupe.log.focus();
    await loupe.press('w');
    await expect(loupe.selected()).toContainText('record 9');
  });

  test('a brush is counted, cleared by Escape, zoomed to, and filters by Enter', async ({ page }) => {
    await loupe.drawBrush(0.25, 0.5);
    await expect(page.getByText('10:15:00–10:30:00').or(page.getByText('10:15–10:30'))).toBeVisible();
    await expect(page.getByText('900 records', { exact: true })).toBeVisible();
    expect(await loupe.counts()).toContain('3,600 records');
    await loupe.press('Escape');
    await expect(page.getByText('900 records', { exact: true })).toHaveCount(0);

    await loupe.drawBrush(0.25, 0.5);
    await loupe.press('z');
    expect(await span()).toBe('2026-05-19 10:15 to 2026-05-19 10:30');
    expect(await loupe.counts()).toContain('3,600 records');

    await loupe.drawBrush(0, 0.2);
    await loupe.press('Enter');
    expect(await loupe.counts()).toContain('180 of 3,600 records');
    await page.getByRole('slider', { name: 'Shown time ends' }).press('PageUp');
    await loupe.idle();
    expect(await loupe.counts()).not.toContain('180 of 3,600');
  });

  test('a brush is moved by its middle and resized by its edge', async ({ page }) => {
    await loupe.drawBrush(0.25, 0.5);
    const middle = await at(0.375);
    const further = await at(0.625);
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.down();
    await page.mouse.move(further.x, further.y, { steps: 4 });
    await page.mouse.up();
    await expect(page.getByText('10:30–10:45')).toBeVisible();
    const edge = await at(0.75);
    const end = await at(0.875);
    await page.mouse.move(edge.x, edge.y);
    await page.mouse.down();
    await page.mouse.move(end.x, end.y, { steps: 4 });
    await page.mouse.up();
    await expect(page.getByText('1,350 records', { exact: true })).toBeVisible();
  });

  test('a click goes to that time, a double click zooms to the bin', async ({ page }) => {
    const half = await at(0.5);
    await page.mouse.click(half.x, half.y);
    await loupe.idle();
    await expect(loupe.selected()).toContainText('10:30:0');
    await page.mouse.dblclick(half.x, half.y);
    await loupe.idle();
    expect(await span()).toBe('2026-05-19 10:30 to 2026-05-19 10:30');
    await page.getByRole('button', { name: 'Whole time' }).click();
    await loupe.idle();
    expect(await span()).toBe('2026-05-19 10:00 to 2026-05-19 11:00');
  });

  test('the scale is logarithmic on wish, says so, and undo takes it back', async ({ page }) => {
    await page.getByRole('button', { name: 'Log scale' }).click();
    await expect(loupe.timeline).toHaveAccessibleName(/logarithmic scale/);
    await expect(page.getByText('log scale', { exact: true })).toBeVisible();
    await loupe.press('Control+z');
    await expect(loupe.timeline).not.toHaveAccessibleName(/logarithmic scale/);
  });

  test('the zone is found by a part of its name; the axis and the rows follow', async ({ page }) => {
    await page.getByRole('button', { name: 'UTC', exact: true }).click();
    await page.getByRole('combobox', { name: 'Find a zone' }).fill('tok');
    await expect(page.getByText('2026-05-19 19:00:00.000 in Asia/Tokyo')).toBeVisible();
    await page.keyboard.press('Enter');
    expect(await chartName()).toContain('2026-05-19 19:00 to 2026-05-19 20:00 Asia/Tokyo');
    await expect(loupe.rows().first()).toContainText('19:00:00');
    await loupe.log.focus();
    await loupe.press('t');
    expect(await span()).toBe('2026-05-19 10:00 to 2026-05-19 11:00');
  });
});
