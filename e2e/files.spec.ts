/** Files as they come: large, many, packed twice, changing while they are open; and what identifies them. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';
import { blake3 } from 'hash-wasm';

import { drawLog, gzip, LoupePage } from './loupe-page';

let loupe: LoupePage;
let folder: string;
const at = (name: string) => join(folder, name);

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loupe-e2e-'));
});
test.afterAll(() => rmSync(folder, { recursive: true }));

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit('?bench');
});
test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

/** A file of about so many bytes; its digest on the way. */
function writeLarge(path: string, sizeBytes: number): string {
  const part = Buffer.from(drawLog(20_000));
  const hash = createHash('sha256');
  const file = openSync(path, 'w');
  for (let done = 0; done < sizeBytes; done += part.length) {
    writeSync(file, part);
    hash.update(part);
  }
  closeSync(file);
  return hash.digest('hex');
}

test('200 MB: cancelled at the first rows, what was read stays in use; its digests are computed when asked for', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const sha256 = writeLarge(at('large.log'), 200_000_000);
  await loupe.pressAtFirstRows('Escape');
  await loupe.pickPaths(at('large.log'));
  await expect(loupe.rows().first()).toBeVisible();
  await loupe.idle();
  expect(await loupe.counts()).toMatch(/Partial, (<1|\d+) %/);
  await expect(loupe.rows().first()).toContainText('record 0');
  await loupe.press('e');
  await expect(loupe.selected()).toContainText('record 49 failed');
  await loupe.filter('failed');
  expect(await loupe.counts()).toMatch(/^[1-9][\d,]* of [\d,]+ records.*Partial/);
  await loupe.press('Escape');

  await loupe.showSources();
  const compute = page.getByRole('button', { name: 'Compute digests of large.log' });
  await compute.click();
  await expect(page.getByRole('progressbar', { name: 'Digests of large.log' })).toHaveAttribute(
    'aria-valuenow',
    /[1-9]/,
  );
  await page.getByRole('button', { name: 'Cancel the digests of large.log' }).click();
  await expect(compute).toBeVisible();
  await expect(loupe.digest('SHA-256')).toHaveCount(0);
  await compute.click();
  await expect(loupe.digest('SHA-256')).toHaveText(sha256, { timeout: 30_000 });
});

test('a small file’s digests come by themselves, are those of its bytes, and can be copied', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const bytes = gzip(drawLog(100));
  await loupe.open({ name: 'app.log.gz', bytes });
  await loupe.showSources();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await expect(loupe.digest('SHA-256')).toHaveText(sha256);
  await expect(loupe.digest('BLAKE3')).toHaveText(await blake3(bytes));
  await expect(loupe.digest('Fingerprint')).toHaveText(/^[\da-f]{16}$/);
  await page.getByRole('button', { name: 'Copy the SHA-256 of app.log.gz' }).click();
  await expect(loupe.status).toContainText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(sha256);
});

test('a gzip of several members is one log', async () => {
  const bytes = Buffer.concat([gzip(drawLog(700, 'first')), gzip(''), gzip(drawLog(300, 'second'))]);
  await loupe.open({ name: 'rotated.log.gz', bytes });
  expect(await loupe.counts()).toContain('1,000 records');
  expect(await loupe.counts()).toContain('Exact');
  await loupe.filter('second');
  expect(await loupe.counts()).toContain('300 of 1,000 records');
  await loupe.press('Escape', 'G');
  await expect(loupe.selected()).toContainText('second 299');
});

test('forty files at once: one log by time, every error is on the way, each source can be left out', async ({
  page,
}) => {
  test.setTimeout(60_000);
  const names = Array.from({ length: 40 }, (_, index) => `svc-${String(index).padStart(2, '0')}`);
  await loupe.open(...names.map((name) => ({ name: `${name}.log`, text: drawLog(60, name) })));
  expect(await loupe.counts()).toContain('2,400 records');
  const seen: string[] = [];
  for (let index = 0; index < names.length; index += 1) {
    await loupe.press('e');
    seen.push(/svc-\d\d(?= 49 failed)/.exec((await loupe.selected().textContent()) ?? '')?.[0] ?? '');
  }
  expect(seen.toSorted()).toEqual(names);
  await loupe.press('e');
  expect(await loupe.counts()).toContain('No ERROR or FATAL further down');
  await loupe.showSources();
  await page.getByRole('checkbox', { name: 'Show svc-07.log' }).uncheck();
  await loupe.idle();
  expect(await loupe.counts()).toContain('2,340 records');
});

test('a file that grows while it is open: what is in memory is searched, the page says what happened, picking it again reads on', async ({
  page,
}) => {
  const before = drawLog(3000);
  const grown = drawLog(3050);
  writeFileSync(at('growing.log'), before);
  await loupe.pickPaths(at('growing.log'));
  await loupe.idle();
  appendFileSync(at('growing.log'), grown.slice(before.length));

  await loupe.filter('failed');
  expect(await loupe.counts()).toContain('60 of 3,000 records');
  await loupe.press('Escape', 'G');
  await expect(loupe.selected()).toContainText('record 2999 failed');
  await expect(page.getByRole('alert')).toHaveCount(0);

  await loupe.forgetBytes();
  await loupe.filter('"record 2998"');
  await expect(page.getByRole('alert')).toContainText('growing.log has changed on disk since it was opened');
  await expect(page.getByRole('alert')).toContainText('drop it once more');
  await expect(page.locator('#filter-count')).toHaveText('still showing 60');
  await expect(loupe.selected()).toContainText('record 2999 failed');
  await loupe.filter('level>=error');
  expect(await loupe.counts()).toContain('60 of 3,000 records');

  await loupe.filter('failed');
  await loupe.pickPaths(at('growing.log'));
  await loupe.idle();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await loupe.counts()).toContain('61 of 3,050 records');
  await expect(page.getByRole('button', { name: '1 source' })).toBeVisible();
});

test('a file that was replaced: the old records stay, the new ones are a source of their own', async ({ page }) => {
  writeFileSync(at('rotated.log'), drawLog(100, 'old'));
  await loupe.pickPaths(at('rotated.log'));
  await loupe.idle();
  writeFileSync(at('rotated.log'), drawLog(40, 'new'));
  await loupe.pickPaths(at('rotated.log'));
  await loupe.idle();
  await expect(page.getByRole('alert')).toContainText('holds other content now');
  expect(await loupe.counts()).toContain('140 records');
  expect(readFileSync(at('rotated.log'), 'utf8')).toBe(drawLog(40, 'new'));
});
