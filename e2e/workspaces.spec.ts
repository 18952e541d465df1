/** Workspaces: kept and put together again, apart from each other, shared as links; the places one has been. */
import { type BrowserContext, expect, type Page, test } from '@playwright/test';

import { drawLog, type LogFile, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  await handOutHandles(page);
  loupe = new LoupePage(page);
});
test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

/**
 * The browser's picker hands out files of the origin's own file system: their handles outlive a reload and need no
 * permission. `permission` in localStorage stands in for the browser's question.
 */
async function handOutHandles(page: Page) {
  await page.addInitScript(() => {
    const picking = window as unknown as {
      picked: string[];
      showOpenFilePicker: () => Promise<FileSystemFileHandle[]>;
    };
    picking.picked = [];
    picking.showOpenFilePicker = async () => {
      const root = await navigator.storage.getDirectory();
      return Promise.all(picking.picked.map((name) => root.getFileHandle(name)));
    };
    if (!('FileSystemHandle' in window)) return; // about:blank
    const permissions = FileSystemHandle.prototype as unknown as {
      queryPermission: () => Promise<string>;
      requestPermission: () => Promise<string>;
    };
    permissions.queryPermission = async () => localStorage.getItem('permission') ?? 'granted';
    permissions.requestPermission = async () => {
      localStorage.setItem('permission', 'granted');
      return 'granted';
    };
  });
}

/** Opens files through the browser's picker, with a way back to them. */
async function openWithHandles(page: Page, ...files: LogFile[]) {
  await page.evaluate(
    async (list) => {
      const root = await navigator.storage.getDirectory();
      for (const { name, text } of list) {
        const stream = await (await root.getFileHandle(name, { create: true })).createWritable();
        await stream.write(text);
        await stream.close();
      }
      (window as unknown as { picked: string[] }).picked = list.map(({ name }) => name);
    },
    files.map(({ name, text = '' }) => ({ name, text })),
  );
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('combobox', { name: 'Filter the records' })).toBeVisible();
  await idle(page);
}

const idle = (page: Page) => page.evaluate(() => window.whenIdle());
const title = (page: Page) => page.getByRole('heading', { level: 1 });

async function menu(page: Page, item: string | RegExp) {
  await title(page).getByRole('button').click();
  await page.getByRole('menuitem', { name: item }).click();
  await idle(page);
}

/** What a person would miss if it were gone. */
async function look() {
  return {
    messages: await loupe.messages(),
    counts: (await loupe.counts()).match(/[\d,]+ of [\d,]+ records|[\d,]+ records/)?.[0],
    selected: await loupe.selected().getAttribute('id'),
    clauses: await loupe.page.getByLabel('Clauses').allTextContents(),
    top: await loupe.rows().first().getAttribute('id'),
    marked: await loupe.log.getByText('Marked', { exact: true }).count(),
  };
}

test('a reload brings everything back: files, filter, place, selection, marks, details', async ({ page }) => {
  await loupe.visit();
  await openWithHandles(page, { name: 'payments.log', text: drawLog(3000) });
  await expect(title(page)).toHaveText('payments.log');
  await loupe.filter('failed');
  await loupe.log.focus();
  await loupe.press('G', 'm', 'k', 'k', 'Enter');
  await expect(page.getByRole('complementary', { name: /Details/ })).toBeVisible();
  await loupe.idle();
  const before = await look();
  expect(before.messages.length).toBeGreaterThan(5);

  await page.reload();
  await expect(loupe.filterField).toBeVisible();
  await loupe.idle();
  expect(await look()).toEqual(before);
  await expect(page.getByRole('complementary', { name: /Details/ })).toBeVisible();
  await expect(title(page)).toHaveText('payments.log');
});

test('without permission the last screen stands as it was, and one click goes on from there', async ({ page }) => {
  await loupe.visit();
  await openWithHandles(
    page,
    { name: 'a.log', text: drawLog(2000, 'alpha') },
    { name: 'b.log', text: drawLog(2000, 'beta') },
  );
  await loupe.press('G', 'k', 'k');
  const before = await look();
  await page.evaluate(() => localStorage.setItem('permission', 'prompt'));

  await page.reload();
  await expect(page.getByText('This is how the workspace was left.')).toBeVisible();
  await loupe.idle();
  expect(await loupe.messages()).toEqual(before.messages);
  await page.getByRole('button', { name: 'Reopen 2 files' }).click();
  await expect(page.getByText('This is how the workspace was left.')).toBeHidden();
  await loupe.idle();
  expect(await look()).toEqual(before);
});

test('a paste and a small picked file are there again after a reload, their copies kept', async ({ page }) => {
  await loupe.visit();
  await loupe.open({ name: 'small.log', text: drawLog(50, 'picked') });
  await loupe.paste('2026-05-19 10:00:00.500 INFO pasted here');
  const before = await loupe.messages();
  await page.reload();
  await expect(loupe.filterField).toBeVisible();
  await loupe.idle();
  expect(await loupe.messages()).toEqual(before);
  expect(before.join()).toContain('pasted here');
});

test('where nothing leads back to a file it is asked for, and dropping it goes on', async ({ page }) => {
  await loupe.visit();
  await page.evaluate(() => localStorage.setItem('loupe.settings.1', '{"keepsCopies":false,"firstView":"lines"}'));
  await page.reload();
  const file = { name: 'dropped.log', text: drawLog(2000) };
  await loupe.open(file);
  await loupe.press('G', 'm', 'k');
  const before = await look();

  await page.reload();
  await expect(page.getByText(/dropped\.log .* is not open/)).toBeVisible();
  expect(await loupe.messages()).toEqual(before.messages);
  await loupe.drop(file);
  await expect(page.getByText(/is not open/)).toBeHidden();
  expect(await look()).toEqual(before);
});

test('workspaces are apart: sources, filter, marks and undo; made, renamed, switched, deleted, brought back', async ({
  page,
}) => {
  await loupe.visit();
  await openWithHandles(page, { name: 'one.log', text: drawLog(500, 'first') });
  await loupe.filter('failed');
  await loupe.log.focus();
  await loupe.press('g', 'm');
  await menu(page, 'Rename');
  await page.getByLabel('Name of the workspace').fill('Incident 7');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText('Incident 7');
  await expect(page).toHaveTitle('Incident 7 · Loupe');
  await loupe.press('Control+z');
  await expect(title(page)).toHaveText('one.log');
  await loupe.press('Control+Shift+z');
  await expect(title(page)).toHaveText('Incident 7');

  await menu(page, 'New workspace');
  await expect(page.getByRole('heading', { name: 'Drop a log anywhere on this page' })).toBeVisible();
  const recents = page.getByRole('table', { name: 'Recent workspaces' });
  await expect(recents.getByRole('row', { name: /Incident 7.*one\.log/ })).toBeVisible();
  await openWithHandles(page, { name: 'two.log', text: drawLog(300, 'second') });
  expect(await loupe.counts()).toContain('300 records');
  await loupe.press('Control+z');
  expect(await loupe.counts()).toContain('300 records');

  await menu(page, /Incident 7/);
  await expect(title(page)).toHaveText('Incident 7');
  await loupe.idle();
  expect((await loupe.messages()).every((message) => message.includes('first'))).toBe(true);
  expect(await loupe.counts()).toMatch(/10 of 500/);

  // One that holds marks asks; deleting it can still be taken back.
  await menu(page, 'Delete Incident 7');
  await expect(page.getByText('Its 1 mark and their notes are deleted with it.')).toBeVisible();
  await page.getByRole('button', { name: 'Delete the workspace' }).click();
  await expect(page.getByRole('heading', { name: 'Drop a log anywhere on this page' })).toBeVisible();
  await expect(recents.getByRole('row', { name: /two\.log/ })).toBeVisible();
  await expect(recents.getByRole('row', { name: /Incident 7/ })).toBeHidden();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(title(page)).toHaveText('Incident 7');
  await loupe.idle();
  expect(await loupe.counts()).toMatch(/10 of 500/);
});

test('a link shows the same view on another device, once the file is there', async ({ page, browser }) => {
  await loupe.visit();
  const file = { name: 'shared.log', text: drawLog(3000) };
  await openWithHandles(page, file);
  await loupe.filter('failed');
  await loupe.log.focus();
  await loupe.press('G', 'k', 'k');
  const before = await look();
  const address = page.url();
  expect(address).toMatch(/#s=[\w-]+$/);
  expect(address.length).toBeLessThan(2000);

  const context: BrowserContext = await browser.newContext();
  const other = await context.newPage();
  const first = loupe;
  loupe = new LoupePage(other);
  await other.goto(address);
  await expect(other.getByText(/This link shows shared\.log \([\d.]+ [kM]B\)\. ?/)).toBeVisible();
  await loupe.drop(file);
  expect(await look()).toEqual(before);
  await expect(other.getByText(/This link shows/)).toBeHidden();
  // It came as an act.
  await loupe.press('Control+z');
  expect(await loupe.counts()).toContain('3,000 records');
  expect(loupe.troubles).toEqual([]);
  await context.close();
  loupe = first;
});

test('a link to what is kept here opens its workspace', async ({ page, context }) => {
  await loupe.visit();
  await openWithHandles(page, { name: 'kept.log', text: drawLog(500) });
  await loupe.press('e', 'e');
  const selected = await loupe.selected().getAttribute('id');
  const address = page.url();
  await loupe.press('g');
  const other = await context.newPage();
  await handOutHandles(other);
  const second = new LoupePage(other);
  await other.goto(address);
  await expect(second.filterField).toBeVisible();
  await second.idle();
  expect(await second.selected().getAttribute('id')).toBe(selected);
});

test('a link that comes into an open workspace is an act; Y copies the link of a record', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await loupe.visit();
  await openWithHandles(page, { name: 'open.log', text: drawLog(3000) });
  await loupe.press('e', 'e');
  const before = await look();
  await loupe.press('Y');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());
  await loupe.press('G');
  const end = await look();
  await page.evaluate((address) => {
    location.href = address;
  }, link);
  await expect(page.getByRole('status').filter({ hasText: 'Link opened' })).toBeVisible();
  await loupe.idle();
  expect(await loupe.selected().getAttribute('id')).toBe(before.selected);
  await loupe.press('Control+z');
  expect(await look()).toEqual(end);
});

test('what was done just before a reload is not lost, though nothing waited for it', async ({ page }) => {
  await loupe.visit();
  await openWithHandles(page, { name: 'quick.log', text: drawLog(3000) });
  await page.keyboard.press('G');
  await expect(loupe.selected()).toHaveAttribute('id', 'log-record-2999');
  await page.keyboard.press('m');
  await expect(loupe.log.getByText('Marked', { exact: true })).toBeAttached();
  await page.reload();
  await expect(loupe.selected()).toHaveAttribute('id', 'log-record-2999');
  await loupe.idle();
  await expect(loupe.log.getByText('Marked', { exact: true })).toBeAttached();
});

test('files dropped with Shift make a workspace of their own', async ({ page }) => {
  await loupe.visit();
  await openWithHandles(page, { name: 'one.log', text: drawLog(100, 'first') });
  const transfer = await page.evaluateHandle(
    (text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'two.log'));
      return data;
    },
    drawLog(200, 'second'),
  );
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  await expect(page.getByText('Drop to add to one.log')).toBeVisible();
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer, shiftKey: true });
  await expect(page.getByText('Drop for a new workspace')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer, shiftKey: true });
  await expect(title(page)).toHaveText('two.log');
  await loupe.idle();
  expect(await loupe.counts()).toContain('200 records');
  await menu(page, /one\.log/);
  await expect(title(page)).toHaveText('one.log');
  await loupe.idle();
  expect(await loupe.counts()).toContain('100 records');
});

test('newer and damaged links are told', async ({ page }) => {
  const address = await page.evaluate(async () => {
    const stream = new Blob(['{"version":3}']).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    return `/#s=${btoa(String.fromCharCode(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')}`;
  });
  await loupe.visit(address.slice(1));
  await expect(page.getByText('This link was made by a newer Loupe (session version 3).')).toBeVisible();
  await page.goto('about:blank');
  await loupe.visit('#s=AAAA');
  await expect(page.getByText('This link is cut off or damaged.')).toBeVisible();
});

test('Alt and the arrows walk the places one has been', async ({ page }) => {
  await loupe.visit();
  await openWithHandles(page, { name: 'long.log', text: drawLog(5000) });
  const start = await loupe.messages();
  await loupe.press('G');
  const end = await loupe.messages();
  await loupe.filter('failed');
  await loupe.log.focus();
  const filtered = await loupe.messages();
  await loupe.press('Alt+ArrowLeft');
  expect(await loupe.messages()).toEqual(end);
  await loupe.press('Alt+ArrowLeft');
  expect(await loupe.messages()).toEqual(start);
  await loupe.press('Alt+ArrowLeft');
  await expect(page.getByText('No place further back').first()).toBeAttached();
  await loupe.press('Alt+ArrowRight', 'Alt+ArrowRight');
  expect(await loupe.messages()).toEqual(filtered);
});

test('an opening that brought the page down is asked about before it is tried again', async ({ page }) => {
  await loupe.visit();
  await openWithHandles(page, { name: 'heavy.log', text: drawLog(500) });
  await page.evaluate(() => {
    const id = sessionStorage.getItem('loupe.workspace');
    // As a page leaves it that never came to its end.
    window.addEventListener('pagehide', () => localStorage.setItem(`loupe.opening.${id}`, '1'));
  });
  await page.reload();
  await expect(page.getByText('This workspace was being opened when the page stopped the last time.')).toBeVisible();
  await page.getByRole('button', { name: 'Reopen heavy.log' }).click();
  await loupe.idle();
  expect(await loupe.counts()).toContain('500 records');
});

test('the toast names the last act and takes it back', async ({ page }) => {
  await loupe.visit();
  await openWithHandles(page, { name: 'a.log', text: drawLog(100) });
  await loupe.press('g', 'm');
  const toast = page.getByRole('status').filter({ hasText: 'Mark set' });
  await expect(toast).toBeVisible();
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Undone: Mark set' })).toBeVisible();
});
