import { readFileSync } from 'node:fs';

import { expect, type Page, test } from '@playwright/test';

import { drawLog, type LogFile, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page, 'default');
  await loupe.visit();
});
test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

const look = (page: Page) => page.getByRole('main', { name: 'First look' });
const headline = (page: Page) => look(page).getByRole('heading', { level: 1 });
const things = (page: Page) =>
  look(page)
    .getByRole('list', { name: /to look at first$/ })
    .getByRole('button');
const shown = (page: Page) => page.getByRole('navigation', { name: 'Views' }).locator('[aria-current=page]');
const levelOf = (page: Page, word: string) =>
  look(page)
    .getByRole('table', { name: 'Levels' })
    .getByRole('row', { name: new RegExp(`^${word} `) });

const samples = (): LogFile[] =>
  ['payments-api.log', 'gateway.jsonl', 'postgres.log'].map((name) => ({
    name,
    text: readFileSync(`public/samples/${name}`, 'utf8'),
  }));

/** 200 minutes of beats from 10:00, one a second, without those of [from, to) minutes; and lines at given minutes. */
function drawBeats({ gap, lines = [] }: { gap?: [number, number]; lines?: [number, string][] } = {}): string {
  const at = (minute: number) =>
    new Date(Date.UTC(2026, 4, 19, 10) + minute * 60_000).toISOString().replace('T', ' ').replace('Z', '');
  const all: [number, string][] = [...lines];
  for (let second = 0; second < 12_000; second += 1) {
    const minute = second / 60;
    if (gap && minute >= gap[0] && minute < gap[1]) continue;
    all.push([minute, `INFO  beat ${second} of the heart`]);
  }
  all.sort(([a], [b]) => a - b);
  return `${all.map(([minute, text]) => `${at(minute)} ${text}`).join('\n')}\n`;
}

test('a newly opened log is told in true facts: of the samples', async ({ page }) => {
  await loupe.open(...samples());
  await expect(shown(page)).toHaveText('First look');
  const levels = { ERROR: 80, WARN: 170, INFO: 519, DEBUG: 7 };
  for (const [word, count] of Object.entries(levels)) {
    await expect(levelOf(page, word)).toContainText(String(count));
    await levelOf(page, word).getByRole('button').click();
    await loupe.idle();
    expect(await loupe.counts()).toContain(`${count} of 844 records`);
    await loupe.press('1');
  }
  await loupe.press('Alt+Backspace');
  await expect(headline(page)).toHaveText('Errors began at 14:06:31 and ended at 14:46:33.');
  await expect(look(page)).toContainText('Exact over 844 records. All 1,100 lines of 143 kB were read in');
  await expect(look(page).getByRole('table', { name: 'What this is' })).toContainText('13:55:00 – 14:55:55');
  await headline(page).getByRole('button', { name: '14:06:31' }).click();
  await loupe.idle();
  await expect(shown(page)).toHaveText('Lines');
  await expect(loupe.selected()).toContainText('14:06:31');
  await expect(loupe.selected()).toContainText('ERROR');
});

test('each of the five leads to its evidence, by key, and Alt-← back', async ({ page }) => {
  await loupe.open(...samples());
  await expect(things(page)).toHaveCount(5);
  const counts: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    const thing = things(page).nth(at);
    const text = (await thing.textContent()) ?? '';
    const count = /([\d,]+) records?(?: ·|$)/.exec(text)?.[1] ?? '';
    counts.push(count);
    await things(page).first().focus();
    for (let step = 0; step < at; step += 1) await page.keyboard.press('ArrowDown');
    await expect(thing).toBeFocused();
    await page.keyboard.press('Enter');
    await loupe.idle();
    await expect(shown(page)).toHaveText('Lines');
    expect(await loupe.counts()).toContain(`${count} of 844 records`);
    await expect(loupe.selected()).toHaveCount(1);
    await expect(loupe.log).toBeFocused();
    await loupe.press('Alt+ArrowLeft');
    await expect(shown(page)).toHaveText('First look');
  }
  expect(counts.every((count) => count !== '')).toBe(true);
  expect(await loupe.counts()).toContain('844 records');
});

test('a gap, an error of one record and a burst are found, and shown', async ({ page }) => {
  const burst = Array.from({ length: 600 }, (_, at): [number, string] => [
    150 + at / 200,
    `WARN  queue is long: ${at}`,
  ]);
  const calm = Array.from({ length: 39 }, (_, at): [number, string] => [at * 5, `WARN  queue is long: ${at}`]).filter(
    ([minute]) => minute < 40 || minute >= 60,
  );
  const lines: [number, string][] = [[100, 'ERROR disk is full'], ...burst, ...calm];
  await loupe.open({ name: 'heart.log', text: drawBeats({ gap: [40, 60], lines }) });
  await expect(headline(page)).toContainText('One error, at 11:40:00');
  await expect(things(page)).toHaveCount(3);
  await expect(things(page).filter({ hasText: 'A burst of warnings' })).toContainText('times what is usual');
  await things(page).filter({ hasText: 'A gap' }).click();
  await loupe.idle();
  await expect(loupe.selected()).toContainText('11:00:00');
  await expect(page.getByRole('slider', { name: 'Brush begins' })).toHaveAttribute(
    'aria-valuetext',
    '2026-05-19 10:39:59.000',
  );
  await loupe.press('1');
  await things(page).filter({ hasText: 'disk is full' }).click();
  await loupe.idle();
  expect(await loupe.counts()).toContain('1 of ');
  await loupe.press('1');
  await expect(look(page)).toContainText('The filter is left out here');
  await things(page).filter({ hasText: 'A burst of warnings' }).click();
  await loupe.idle();
  await expect(loupe.rows().first()).toContainText('queue is long');
  await expect(loupe.rows().first()).toContainText('12:30');
});

test('a quiet log says so and offers its patterns; the chart jumps and filters', async ({ page }) => {
  await loupe.open({ name: 'heart.log', text: drawBeats() });
  await expect(headline(page)).toHaveText('Nothing stands out: no errors and no warnings among 12,000 records.');
  await look(page).getByRole('button', { name: 'Look through 1 pattern' }).click();
  await expect(shown(page)).toHaveText(/^Patterns/);
  await loupe.press('1');
  const box = await loupe.timeline.boundingBox();
  if (!box) throw new Error('no chart');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await loupe.idle();
  await expect(loupe.selected()).toContainText('11:40:');
  await loupe.press('1');
  await loupe.brush(0.25, 0.5);
  await expect(shown(page)).toHaveText('Lines');
  expect(await loupe.counts()).toMatch(/3,0\d\d of 12,000 records/);
});

test('an empty file and one of bytes are told as such', async ({ page }) => {
  await loupe.open({ name: 'nothing.log', text: '' });
  await expect(headline(page)).toHaveText('nothing.log is empty: it holds 0 bytes.');
  await loupe.startAnew();
  await loupe.open({ name: 'picture.bin', bytes: Buffer.from([0, 1, 2, 3, 0, 0, 255]) });
  await expect(headline(page)).toContainText('picture.bin is not text');
  await look(page).getByRole('button', { name: 'Show the bytes' }).click();
  await expect(shown(page)).toHaveText('Lines');
});

test('of several sources it tells all or one; formats say why', async ({ page }) => {
  await loupe.open(...samples());
  const what = look(page).getByRole('table', { name: 'What this is' });
  await expect(what.getByRole('button', { name: /^JSON lines: / })).toBeVisible();
  await look(page).getByRole('combobox', { name: 'Sources the page is about' }).selectOption('Only gateway.jsonl');
  await loupe.idle();
  await expect(look(page)).toContainText('Exact over 317 records.');
  await expect(what.getByRole('row')).toHaveCount(2);
  await look(page).getByRole('combobox', { name: 'Sources the page is about' }).selectOption('All 3 sources');
  await loupe.idle();
  await expect(look(page)).toContainText('Exact over 844 records.');
});

test('nothing is cut off, however wide the window', async ({ page }) => {
  await loupe.open(...samples(), { name: 'a-name-that-is-much-too-long-for-its-place.log', text: drawLog(300) });
  for (const [width, height] of [
    [1440, 900],
    [900, 900],
    [760, 900],
    [400, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await loupe.idle();
    await expect(things(page).first()).toBeVisible();
    const { scroll, client } = await look(page).evaluate((main) => ({
      scroll: main.scrollWidth,
      client: main.clientWidth,
    }));
    expect(scroll, `${width} px`).toBeLessThanOrEqual(client);
  }
});
