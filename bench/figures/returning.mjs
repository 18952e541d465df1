/** Reloading the page with a large log open: the last screen from its picture, then everything back. */
import { withApp } from '../app-page.mjs';
import { ensureCorpus } from '../corpora/corpora.mjs';
import { median, summarize } from '../protocol.mjs';
import { toSpan } from '../report.mjs';

const PICTURE_BAR_MS = 300;
const BACK_BAR_MS = 1000;
const COPY_NAME = 'returning.log';

export const returning = {
  name: 'returning',
  usesApp: true,
  title: 'Reloading the page: the last screen, then everything back',
  /** @param {import('../main.mjs').Bench} bench */
  async run(bench) {
    const { report, options } = bench;
    const path = ensureCorpus('app-log', options.mib);
    await withApp(bench, async (app) => {
      const { page } = app;
      await page.setInputFiles('#loupe-bench-file', path);
      // A handle that outlives the page and needs no permission: a copy in the origin's own files.
      await page.evaluate(async (name) => {
        const file = document.querySelector('#loupe-bench-file').files[0];
        const handle = await (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
        await file.stream().pipeTo(await handle.createWritable());
        window.showOpenFilePicker = async () => [handle];
      }, COPY_NAME);
      await page.keyboard.press('Control+o');
      await page.waitForSelector('#log [data-index]');
      await app.whenIndexKept();
      await page.evaluate(() => window.whenIdle());
      // Somewhere in the middle, with a record chosen.
      await page.keyboard.press('Control+g');
      await page.locator('#go-to').fill('50%');
      await page.keyboard.press('Enter');
      await page.evaluate(() => window.whenIdle());
      const before = await rowTexts(page);

      const pictures = [];
      const backs = [];
      for (let round = 0; round <= options.rounds; round++) {
        await page.reload();
        await page.waitForFunction(() => performance.getEntriesByName('loupe-back').length > 0);
        await page.evaluate(() => window.whenIdle());
        const [picture, back] = await page.evaluate(() =>
          ['loupe-picture', 'loupe-back'].map((name) => performance.getEntriesByName(name)[0]?.startTime ?? null),
        );
        const after = await rowTexts(page);
        if (after.join('\n') !== before.join('\n')) throw new Error('other records are on screen than before');
        if (round === 0) continue; // warms the caches of the system
        if (picture !== null) pictures.push(picture);
        backs.push(back);
      }
      report.note(`ms from navigation; ${pictures.length} of ${backs.length} reloads showed the picture first`);
      report.table(
        ['what', 'median (min–max)'],
        [
          ['the last screen', pictures.length > 0 ? toSpan(summarize(pictures)) : '–'],
          ['everything back', toSpan(summarize(backs))],
        ],
      );
      report.keep('returning', { mib: options.mib, picturesMs: pictures, backsMs: backs });
      report.bar('the last screen on screen', pictures.length > 0 ? median(pictures) : null, PICTURE_BAR_MS, ' ms');
      report.bar('everything back', median(backs), BACK_BAR_MS, ' ms');
      await page.evaluate(async (name) => (await navigator.storage.getDirectory()).removeEntry(name), COPY_NAME);
    });
  },
};

/** @param {import('@playwright/test').Page} page */
function rowTexts(page) {
  return page.locator('#log [data-index][id]').evaluateAll((rows) => rows.map((row) => row.textContent));
}
