import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, describe, expect, test } from 'vitest';

import { setupPage } from '../testing/page';
// Fetched when first wanted: here beforehand, so that a slow machine does not run into a test's patience.
import '../views/palette/Palette';

const PAYMENTS = `
  10:00:00.000 INFO  service starts
  10:00:01.500 ERROR connection refused
                 at pool.ts:41
  10:00:02.000 WARN  retry in 5 s
  10:00:03.000 INFO  GET / 200
`;

afterEach(cleanup);

/** The page with its palette: what is typed into it, and what it lists. */
async function setupPalette(storage?: Pick<Storage, 'getItem' | 'setItem'>) {
  const page = setupPage(storage ? { storage } : {});
  await page.open({ 'payments.log': PAYMENTS });
  const dialog = () => screen.findByLabelText('Commands', { selector: 'dialog' });
  const field = async () => within(await dialog()).getByLabelText<HTMLInputElement>('Search or run a command');
  const options = async () => [...(await dialog()).querySelectorAll<HTMLElement>('[role=option]')];
  return {
    ...page,
    field,
    options,
    async show(key = 'k', modifiers: KeyboardEventInit = { ctrlKey: true }) {
      await page.press(key, modifiers);
      return field();
    },
    async look(text: string) {
      fireEvent.input(await field(), { target: { value: text } });
      await page.idle();
    },
    async key(key: string) {
      fireEvent.keyDown(await field(), { key });
      await page.idle();
    },
    lines: async () => (await options()).map((option) => option.textContent),
    chosen: async () =>
      (await options()).find((option) => option.getAttribute('aria-selected') === 'true')?.textContent,
  };
}

describe('palette', () => {
  test('Ctrl-K lists every command with its key; Enter runs the best fit', async () => {
    const page = await setupPalette();
    const field = await page.show();
    expect(field.value).toBe('');
    expect((await page.lines()).length).toBeGreaterThan(25);
    await page.look('next error');
    expect(await page.chosen()).toMatch(/^Next ERROR or FATAL.*e$/s);
    await page.key('Enter');
    expect(document.querySelector('dialog')).toBeNull();
    expect(page.selected()).toEqual([expect.stringContaining('connection refused')]);
  });

  test('where a command leads is told before it runs', async () => {
    const page = await setupPalette();
    await page.show();
    await page.look('> next');
    await waitFor(async () => {
      expect(await page.lines()).toContainEqual(expect.stringMatching(/^Next ERROR or FATAL10:00:01.500, 1.5 s ahead/));
      expect(await page.lines()).toContainEqual(expect.stringMatching(/^Next WARN10:00:02.000, 2.0 s ahead/));
    });
    await page.look('> previous error');
    await waitFor(async () => expect((await page.lines())[0]).toContain('None further up'));
  });

  test('arrows walk the list and turn round at its ends', async () => {
    const page = await setupPalette();
    await page.show();
    await page.look('> previous');
    const lines = await page.lines();
    await page.key('ArrowDown');
    expect(await page.chosen()).toBe(lines[1]);
    await page.key('ArrowUp');
    await page.key('ArrowUp');
    expect(await page.chosen()).toBe(lines.at(-1));
  });

  test('a command that can do nothing says why, and Enter leaves the palette open', async () => {
    const page = await setupPalette();
    await page.show();
    await page.look('> redo');
    const [redo] = await page.options();
    expect(redo?.getAttribute('aria-disabled')).toBe('true');
    expect(redo?.textContent).toContain('Nothing to do again');
    await page.key('Enter');
    expect(document.querySelector('dialog')).toBeTruthy();
  });

  test('text that is no command can be filtered by, with the count before it is done', async () => {
    const page = await setupPalette();
    await page.show();
    await page.look('refused');
    await waitFor(async () => expect(await page.lines()).toContainEqual(expect.stringContaining('1 record')));
    expect(await page.lines()).toContainEqual(expect.stringMatching(/^Filter by «refused»/));
    await page.key('Enter');
    await page.idle();
    expect(page.rows()).toHaveLength(1);
  });

  test('/ shows the first records that match and goes to the one chosen', async () => {
    const page = await setupPalette();
    await page.show();
    await page.look('/retry');
    await waitFor(async () => expect(await page.lines()).toContainEqual(expect.stringContaining('retry in 5 s')));
    await page.key('ArrowDown');
    await page.key('Enter');
    await waitFor(() => expect(page.selected()).toEqual([expect.stringContaining('retry in 5 s')]));
    expect(page.rows()).toHaveLength(4);
  });

  test('a mistake in the text is told in place', async () => {
    const page = await setupPalette();
    await page.show();
    await page.look('/level>=bad');
    await waitFor(async () => expect(await page.lines()).toContainEqual(expect.stringContaining('expected')));
  });

  test('@ lists the sources, Ctrl-Shift-P opens it on the commands', async () => {
    const page = await setupPalette();
    expect((await page.show('P', { ctrlKey: true, shiftKey: true })).value).toBe('>');
    await page.look('@pay');
    expect(await page.lines()).toEqual([expect.stringMatching(/^payments\.log4 records/)]);
  });

  test('what was run last stands first the next time, also after a reload', async () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const page = await setupPalette(storage);
    await page.show();
    await page.look('> theme dark');
    await page.key('Enter');
    expect(document.documentElement.dataset.theme).toBe('dark');
    page.unmount();
    const again = await setupPalette(storage);
    await again.show();
    expect((await again.lines())[0]).toContain('Theme: dark');
  });
});

test('a tooltip shows the key its command has now', async () => {
  const storage = { getItem: () => '{"keys":{"record.details":["d"]}}', setItem: () => {} };
  const page = await setupPalette(storage);
  expect(screen.getByRole('button', { name: 'Details' }).title).toBe('Details  d');
  await page.press('d');
  expect(await screen.findByRole('complementary')).toBeTruthy();
});
