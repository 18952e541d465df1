/** Two logs side by side in the page: opened by key, locked, and closed. */
import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';

import { setupPage } from '../../testing/page';

afterEach(cleanup);

const seconds = (word: string, step: number) =>
  Array.from({ length: 60 }, (_, at) => `10:${String(at).padStart(2, '0')}:0${step}.000 INFO  ${word} ${at}`).join(
    '\n',
  );

async function setup() {
  const page = setupPage();
  await page.open({ 'a.log': seconds('alpha', 0), 'b.log': seconds('beta', 5) });
  await page.press('\\', { altKey: true });
  const grid = (name: RegExp) => screen.getByRole('grid', { name });
  return {
    page,
    left: () => grid(/^Log/),
    right: () => grid(/^Second log/),
    firstOf: (log: HTMLElement) =>
      within(log)
        .getAllByRole('row')
        .find((row) => row.hasAttribute('data-index'))?.textContent,
    wheel: async (log: HTMLElement, deltaY: number) => {
      fireEvent.wheel(within(log).getAllByRole('rowgroup')[0] as HTMLElement, { deltaY });
      await page.idle();
    },
  };
}

test('each log has its sources; scrolling one brings the other to its time', async () => {
  const { left, right, firstOf, wheel } = await setup();
  expect(firstOf(left())).toContain('alpha 0');
  expect(firstOf(right())).toContain('beta 0');
  await wheel(left(), 24 * 20);
  expect(firstOf(left())).toContain('alpha 20');
  expect(firstOf(right())).toContain('beta 20');
  expect(screen.getByText('next record 5.0 s later')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Locked' }));
  await wheel(right(), -24 * 5);
  expect(firstOf(left())).toContain('alpha 20');
});

test('the sources of a side are switched in its menu; hiding the last one says so', async () => {
  const { page } = await setup();
  fireEvent.click(screen.getByRole('button', { name: /^Sources on the right: ?b\.log/ }));
  fireEvent.click(screen.getByRole('menuitemcheckbox', { name: 'b.log' }));
  await page.idle();
  expect(screen.getByText('No source is shown on this side.')).toBeTruthy();
});

test('keys act on the log used last, and the edge between them is moved by key', async () => {
  const { page, left, right } = await setup();
  right().focus();
  fireEvent.focusIn(right());
  await page.press('G');
  expect(within(right()).getByText('beta 59')).toBeTruthy();
  expect(left().getAttribute('aria-activedescendant')).toBeNull();
  const edge = screen.getByRole('separator', { name: 'Edge between the logs' });
  fireEvent.keyDown(edge, { key: 'ArrowLeft' });
  expect(edge.getAttribute('aria-valuenow')).toBe('48');
  await page.press('z', { ctrlKey: true });
  expect(edge.getAttribute('aria-valuenow')).toBe('50');
});
