/** The firewall: what the policy and the headers forbid, and the page that shows it. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

import { cspMeta, responseHeaders } from '../scripts/csp.mjs';
import { drawLog, LoupePage } from './loupe-page';

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
});

test('a trial to reach another site is refused in every way, and the page says so', async ({ page, context }) => {
  const left: string[] = [];
  context.on('requestfinished', (request) => {
    if (request.url().includes('.invalid')) left.push(request.url());
  });
  await loupe.open({ name: 'app.log', text: drawLog(50) });
  await page.getByRole('button', { name: 'Nothing sent' }).click();
  const dialog = page.getByRole('dialog', { name: 'Outbound' });
  await expect(dialog).toContainText('Nothing of a log has left this device.');
  await expect(dialog).toContainText(`Only to ${new URL(page.url()).origin}, where Loupe itself comes from.`);
  await expect(dialog).toContainText('all of them for files of this site');
  await dialog.getByRole('button', { name: 'Try to send' }).click();
  await expect(dialog.getByRole('status')).toHaveText('All 4 were refused by the browser: nothing left.');
  const results = dialog.getByRole('list', { name: 'Results of the test' }).getByRole('listitem');
  await expect(results).toHaveCount(4);
  await expect(results.filter({ hasText: 'Refused' })).toHaveCount(4);
  // What was refused was not sent: the counts say so still.
  await expect(dialog).toContainText('all of them for files of this site');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  expect(left).toEqual([]);
  loupe.troubles.length = 0; // the browser's own reports of the refusals
});

test('every answer of the server carries the headers, the page its policy besides', async ({ page, request }) => {
  const urls = ['/', ...(await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name)))];
  expect(urls.filter((url) => /[.]js$/.test(url)).length).toBeGreaterThan(0);
  for (const url of urls) {
    const headers = (await request.get(url)).headers();
    for (const [name, value] of Object.entries(responseHeaders)) expect(headers[name.toLowerCase()]).toBe(value);
  }
  // Workers load more: the page does not see it.
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute('content', cspMeta);
  expect(cspMeta).not.toContain('unsafe-inline');
  expect(cspMeta).not.toContain("'unsafe-eval'");
});

test('text becomes neither markup, nor code, nor the address of a script', async ({ page }) => {
  const outcomes = await page.evaluate(async () => {
    const tries: Record<string, () => unknown> = {
      markup: () => {
        document.createElement('div').innerHTML = '<b>x</b>';
      },
      fragment: () => document.createRange().createContextualFragment('<b>x</b>'),
      document: () => new DOMParser().parseFromString('<b>x</b>', 'text/html'),
      'another worker': () => new Worker('https://other.invalid/x.js'),
      'a worker of data': () => new Worker('data:text/javascript,1'),
      'another policy': () =>
        (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes //
          .createPolicy('mine', {}),
      'the policy of templates': () =>
        (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes //
          .createPolicy('loupe-templates', {}),
    };
    return Object.entries(tries).map(([name, attempt]) => {
      try {
        attempt();
        return `${name}: allowed`;
      } catch (error) {
        return `${name}: ${(error as Error).name}`;
      }
    });
  });
  expect(outcomes).toEqual([
    'markup: TypeError',
    'fragment: TypeError',
    'document: TypeError',
    'another worker: TypeError',
    'a worker of data: TypeError',
    'another policy: TypeError',
    'the policy of templates: TypeError',
  ]);
});

test('what a log workbench never needs is denied', async ({ page }) => {
  const allowed = await page.evaluate(() => {
    const { featurePolicy } = document as unknown as { featurePolicy: { allowedFeatures(): string[] } };
    return featurePolicy.allowedFeatures();
  });
  for (const name of ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'midi', 'display-capture']) {
    expect(allowed).not.toContain(name);
  }
  expect(allowed).toContain('clipboard-write');
  expect(loupe.troubles).toEqual([]);
});
