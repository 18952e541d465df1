/** Lines written to do harm are text: they run nothing, ask nobody, change nothing, and cost no more than their length. */
import { expect, type Page, test } from '@playwright/test';

import { CONSTRUCTS, hostileJson, hostileLog } from './hostile-constructs';
import { LoupePage } from './loupe-page';

/** What the page was made to do that no log may make it do. */
interface Harm {
  readonly owned: number;
  readonly violations: readonly string[];
  readonly polluted: readonly string[];
  readonly elements: readonly string[];
  readonly title: string;
}

let loupe: LoupePage;
const asked: string[] = [];

test.beforeEach(async ({ page, context, baseURL }) => {
  asked.length = 0;
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:' && origin !== baseURL) asked.push(request.url());
  });
  page.on('websocket', (socket) => asked.push(socket.url()));
  page.on('popup', (popup) => asked.push(`popup ${popup.url()}`));
  page.on('download', (download) => asked.push(`download ${download.suggestedFilename()}`));
  await page.addInitScript(() => {
    const trap = { owned: 0, violations: [] as string[] };
    Object.assign(window, { loupeTrap: trap, loupeOwned: () => trap.owned++ });
    document.addEventListener('securitypolicyviolation', (event) => {
      trap.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  loupe = new LoupePage(page);
  await loupe.visit();
});

function harmOf(page: Page): Promise<Harm> {
  return page.evaluate(() => {
    const { owned, violations } = (window as unknown as { loupeTrap: { owned: number; violations: string[] } })
      .loupeTrap;
    const strange = 'iframe, object, embed, base, form, video, audio, marquee, portal, img, style, template, math';
    return {
      owned,
      violations,
      polluted: Object.keys({}).concat('polluted' in {} ? ['polluted'] : []),
      elements: [
        ...[...document.querySelectorAll(strange)].map((element) => element.outerHTML.slice(0, 100)),
        ...[...document.querySelectorAll('[href]')]
          .map((element) => element.getAttribute('href') ?? '')
          .filter((href) => /script:|evil|^data:/i.test(href)),
        ...[...document.querySelectorAll('body *')]
          .filter((element) => element.getAttributeNames().some((name) => name.startsWith('on')))
          .map((element) => element.outerHTML.slice(0, 100)),
      ],
      title: document.title,
    };
  });
}

async function expectNoHarm(page: Page) {
  const harm = await harmOf(page);
  expect(harm.owned).toBe(0);
  expect(harm.violations).toEqual([]);
  expect(harm.polluted).toEqual([]);
  expect(harm.elements).toEqual([]);
  expect(harm.title).not.toContain('title');
  expect(asked).toEqual([]);
  expect(loupe.troubles).toEqual([]);
}

test('hostile lines are read, walked through, unfolded, looked into and copied, and remain text', async ({ page }) => {
  test.setTimeout(240_000);
  expect(CONSTRUCTS.length).toBeGreaterThanOrEqual(200);
  await loupe.open({ name: 'hostile.log', bytes: hostileLog() });
  expect(await loupe.counts()).toContain(`${CONSTRUCTS.length} records`);
  // Every record in turn, its details open: two rows are read at a time, by their distance from the top.
  await loupe.log.focus();
  await loupe.press('g', 'j', 'Enter');
  await expect(page.getByRole('complementary')).toBeVisible();
  for (let at = 0; at < CONSTRUCTS.length; at += 1) await page.keyboard.press('j');
  await loupe.idle();
  await expectNoHarm(page);
  // Unfolded, all of them, and wrapped.
  await loupe.press('Z', 'Alt+z', 'g', 'Space', 'Space', 'Space', 'G');
  await expectNoHarm(page);
  await loupe.press('Z', 'Alt+z');
  // Results beside the log, hits marked inside what is hostile.
  await loupe.filter('evil OR script OR /[a-z]+\\d*=/');
  await loupe.press('x', 'n', 'n', 'n', 'x');
  await expectNoHarm(page);
  await loupe.filter('');
  // Other ways of looking.
  await loupe.log.focus();
  await loupe.press('3');
  await expect(page.locator('#patterns')).toBeVisible();
  await loupe.idle();
  await expectNoHarm(page);
  await loupe.press('1');
  await expect(page.locator('#first-look')).toBeVisible();
  await loupe.idle();
  await expectNoHarm(page);
  await loupe.press('2');
});

test('what is hostile in fields, names and filters remains text too', async ({ page }) => {
  test.setTimeout(240_000);
  await loupe.open(
    { name: '<img src=x onerror=loupeOwned()>.jsonl', bytes: hostileJson() },
    { name: '../../..\u202egol.exe', bytes: hostileLog() },
  );
  await loupe.log.focus();
  await loupe.press('g', 'j', 'Enter');
  for (let at = 0; at < 40; at += 1) await page.keyboard.press('j');
  await loupe.idle();
  await expectNoHarm(page);
  await loupe.showSources();
  await expectNoHarm(page);
  await loupe.press('\\');
  for (const { bytes } of CONSTRUCTS.filter((_, at) => at % 20 === 0)) {
    await loupe.filter(
      `"${bytes
        .toString('utf8')
        .replaceAll(/["\\\0\r\n]/g, ' ')
        .slice(0, 200)}"`,
    );
  }
  await expectNoHarm(page);
});

test('what is copied is what stands in the log, and no more', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const text = '2026-05-19 10:00:00.000 ERROR [x] <img src=x onerror=loupeOwned()> =1+1 \u202egnp\u202c \u001b[31mred';
  await loupe.open({ name: 'one.log', text: `${text}\n` });
  await loupe.log.focus();
  await loupe.press('g', 'j', 'y');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(text);
  const kinds = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => [...item.types]));
  expect(kinds).toEqual(['text/plain']); // no markup for whoever pastes it
  await expectNoHarm(page);
});
