import { cleanup, screen } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';

import { setupPage } from '../testing/page';

afterEach(cleanup);

const lines = (count: number) =>
  Array.from(
    { length: count },
    (_, at) =>
      `10:${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}.000 INFO  record ${at}${at % 10 === 9 ? ' failed' : ''}`,
  ).join('\n');

test('Alt and the arrows walk the places one has been', async () => {
  const page = setupPage();
  await page.open({ 'long.log': lines(500) });
  const start = page.rows();
  await page.press('G');
  const end = page.rows();
  expect(end).not.toEqual(start);
  await page.type('failed');
  const filtered = page.rows();
  expect(filtered).not.toEqual(end);
  page.log().focus();
  await page.press('ArrowLeft', { altKey: true });
  expect(page.rows()).toEqual(end);
  await page.press('ArrowLeft', { altKey: true });
  expect(page.rows()).toEqual(start);
  await page.press('ArrowRight', { altKey: true });
  await page.press('ArrowRight', { altKey: true });
  expect(page.rows()).toEqual(filtered);
  expect(screen.queryAllByRole('alert')).toEqual([]);
}, 30_000);
