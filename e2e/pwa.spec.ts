/** The app as an installed program: its manifest, files opened with it, what is shared with it, its offer to install. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium, expect, test } from '@playwright/test';

import { launchOptions } from '../scripts/chromium.mjs';
import { AppHost } from './app-host';
import { drawLog, LoupePage } from './loupe-page';

test('a browser finds nothing against installing it', async () => {
  const host = await AppHost.start();
  const profile = mkdtempSync(join(tmpdir(), 'loupe-profile-'));
  // A context of its own: in a private one nothing can be installed.
  const context = await chromium.launchPersistentContext(profile, launchOptions());
  try {
    const page = await context.newPage();
    await page.goto(host.origin);
    await expect(page.getByRole('contentinfo')).toContainText('Works offline');
    const devtools = await context.newCDPSession(page);
    expect(await devtools.send('Page.getInstallabilityErrors')).toEqual({ installabilityErrors: [] });
    const { errors, data } = await devtools.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data ?? '{}');
    for (const { src } of manifest.icons) expect((await page.request.get(`${host.origin}/${src}`)).status()).toBe(200);
    expect(manifest.launch_handler).toEqual({ client_mode: 'focus-existing' });
    expect(Object.values(manifest.file_handlers[0].accept).flat()).toContain('.ndjson');
  } finally {
    await context.close();
    await host.end();
    rmSync(profile, { recursive: true, force: true });
  }
});

test('what is shared is opened beside what is there, and is handed over once', async ({ page, baseURL }) => {
  const loupe = new LoupePage(page);
  await loupe.visit();
  await expect(loupe.status).toContainText('Works offline');
  const sent: string[] = [];
  page.context().on('request', (request) => {
    if (request.method() === 'POST' && request.serviceWorker()) sent.push(request.url());
  });
  // As the system does it: a form that is posted from nowhere.
  await page.goto('about:blank');
  await page.setContent(
    `<form action="${baseURL}/share" method="post" enctype="multipart/form-data">
       <input name="title" value="Crash"><input name="files" type="file"><button>Share</button></form>`,
  );
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'shared.log', mimeType: 'text/plain', buffer: Buffer.from(drawLog(50)) });
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(loupe.log).toBeVisible();
  await loupe.idle();
  await loupe.showSources();
  await expect(page.getByRole('row', { name: /^Show shared\.log/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Show Shared \d\d:/ })).toBeVisible();
  expect(page.url()).not.toContain('shared=');
  expect(sent).toEqual([]);
  expect(loupe.troubles).toEqual([]);
});

test('files that the system opens come with their handles, beside what is open', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'launchQueue', {
      value: { setConsumer: (consume: unknown) => Object.assign(window, { launch: consume }) },
    });
  });
  const loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open({ name: 'first.log', text: drawLog(50) });
  await page.evaluate(async (text) => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('opened.log', { create: true });
    const file = await handle.createWritable();
    await file.write(text);
    await file.close();
    (window as unknown as { launch: (params: unknown) => void }).launch({ files: [handle] });
  }, drawLog(30));
  await expect(page.getByRole('button', { name: '2 sources' })).toBeVisible();
  await loupe.idle();
  expect(await loupe.counts()).toContain('80');
  // With a handle there is a way back to the file after a reload.
  await page.reload();
  await expect(page.getByRole('button', { name: '2 sources' })).toBeVisible();
  await loupe.idle();
  expect(await loupe.counts()).toContain('80');
  expect(loupe.troubles).toEqual([]);
});

test('installing is offered by a line and a command, once the browser does', async ({ page }) => {
  const loupe = new LoupePage(page);
  await loupe.visit();
  const install = page.getByRole('button', { name: 'Install Loupe' });
  await expect(install).toBeHidden();
  const isKept = await page.evaluate(() => {
    const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
      prompt: async () => Object.assign(window, { isAsked: true }),
    });
    window.dispatchEvent(offer);
    return offer.defaultPrevented;
  });
  expect(isKept).toBe(true);
  await install.click();
  expect(await page.evaluate(() => 'isAsked' in window)).toBe(true);
  await expect(install).toBeHidden();
});

test('all of the app is kept on demand, and what the browser threw away is had again', async ({ page }) => {
  const loupe = new LoupePage(page);
  await loupe.visit();
  await expect(loupe.status).toContainText('Works offline');
  await page.evaluate(async () => {
    const [name = ''] = await caches.keys();
    const cache = await caches.open(name);
    for (const request of (await cache.keys()).slice(0, 5)) await cache.delete(request);
  });
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Make available offline' }).click();
  await expect(page.getByText(/^All \d+ files of Loupe are kept/)).toBeVisible();
});
