import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library';
import { afterEach, describe, expect, test } from 'vitest';

import { setupPage } from '../testing/page';

afterEach(cleanup);

/** A record every ten seconds from 10:00:00, an ERROR in each of the seconds from `at` on. */
function drawHour(errors: { at: number; count: number } = { at: 0, count: 0 }): string {
  const clock = (second: number) => new Date(second * 1000).toISOString().slice(11, 19);
  const lines: [number, string][] = [];
  for (let second = 0; second < 3600; second += 10) lines.push([second, `INFO beat ${second}`]);
  for (let number = 0; number < errors.count; number += 1)
    lines.push([errors.at + number, `ERROR pool is empty ${number}`]);
  return `${lines
    .sort(([a], [b]) => a - b)
    .map(([second, text]) => `${clock(36_000 + second)}.000 ${text}`)
    .join('\n')}\n`;
}

const chart = () => screen.getByRole('img', { name: /^Records per/ });
const region = () => screen.getByRole('group', { name: 'Timeline' });
const spanText = () => / (\S+ \S+ to \S+ \S+) UTC/.exec(chart().getAttribute('aria-label') ?? '')?.[1];

async function open(text: string) {
  const page = setupPage();
  await page.open({ 'app.log': text });
  return page;
}

describe('the timeline by key', () => {
  test('w zooms in about the record one is at, d and a pan, 0 shows the whole', async () => {
    const page = await open(drawHour());
    expect(spanText()).toBe('2026-05-19 10:00 to 2026-05-19 11:00');
    region().focus();
    await page.press('w');
    await page.press('w');
    expect(spanText()).toBe('2026-05-19 10:00 to 2026-05-19 10:23');
    await page.press('d');
    expect(spanText()).toBe('2026-05-19 10:04 to 2026-05-19 10:28');
    await page.press('a');
    await page.press('s');
    await page.press('0');
    expect(spanText()).toBe('2026-05-19 10:00 to 2026-05-19 11:00');
  });

  test('r draws a brush around the record, its handles move, z zooms to it, Enter filters by it', async () => {
    const page = await open(drawHour());
    region().focus();
    await page.press('r');
    const end = screen.getByRole('slider', { name: 'Brush ends' });
    expect(end.getAttribute('aria-valuetext')).toBe('2026-05-19 10:01:30.000');
    fireEvent.keyDown(end, { key: 'ArrowRight' });
    expect(screen.getByRole('slider', { name: 'Brush ends' }).getAttribute('aria-valuetext')).toBe(
      '2026-05-19 10:01:45.000',
    );
    expect(page.status().textContent).toContain('360 records');
    await page.press('Enter');
    expect(page.status().textContent).toContain('11 of 360 records');
    await page.press('z');
    expect(spanText()).toMatch(/^2026-05-19 10:00 to/);
    expect(spanText()).not.toContain('11:00');
  });

  test('Escape clears the brush before anything else, with or without the focus', async () => {
    const page = await open(drawHour());
    region().focus();
    await page.press('r');
    await page.press('Escape');
    expect(screen.queryByRole('slider')).toBeNull();
    region().focus();
    await page.press('r');
    page.log().focus();
    await page.press('j');
    await page.press('Escape');
    expect(screen.queryByRole('slider')).toBeNull();
    expect(page.selected()).toHaveLength(1);
  });

  test('b goes to the burst and says when there is none further', async () => {
    const page = await open(drawHour({ at: 1800, count: 60 }));
    page.log().focus();
    await page.press('b');
    expect(page.selected()[0]).toContain('10:30:00');
    await page.press('b');
    expect(page.status().textContent).toContain('No burst further down');
    await page.press('G');
    await page.press('B');
    expect(page.selected()[0]).toContain('10:30:00');
  });

  test('P pins the moment of the record; undo takes it away, redo brings it back', async () => {
    const page = await open(drawHour());
    page.log().focus();
    await page.press('j');
    await page.press('P');
    expect(chart().textContent).toContain('10:00:00');
    await page.press('z', { ctrlKey: true });
    expect(within(region()).queryAllByText('10:00:00')).toHaveLength(0);
    await page.press('y', { ctrlKey: true });
    expect(within(region()).queryAllByText('10:00:00')).toHaveLength(1);
  });
});
