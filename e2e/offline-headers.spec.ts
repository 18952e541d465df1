/** The firewall where the service worker answers: its headers are on the page and on its workers. */
import { expect, test } from '@playwright/test';

import { responseHeaders } from '../scripts/csp.mjs';
import { drawLog, LoupePage } from './loupe-page';

test('what the service worker answers carries the headers, and a log opens under them', async ({ page }) => {
  const loupe = new LoupePage(page);
  await loupe.visit();
  await expect(loupe.status).toContainText('Works offline');
  const kept: { url: string; policy: string | undefined }[] = [];
  page.on('response', (response) => {
    if (!response.fromServiceWorker()) return;
    const { 'content-security-policy': policy } = response.headers();
    kept.push({ url: response.url(), policy });
  });
  await page.reload();
  await loupe.open({ name: 'app.log', text: drawLog(100) });
  expect(await loupe.counts()).toContain('100 records');
  expect(kept.some(({ url }) => /[.]worker-[^/]*[.]js$/.test(url))).toBe(true);
  expect(kept.filter(({ policy }) => policy !== responseHeaders['Content-Security-Policy'])).toEqual([]);
  expect(loupe.troubles).toEqual([]);
});
