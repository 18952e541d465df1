/** Typing a filter over a file that is in memory: from each key to its count on the screen. */
import { withApp } from '../app-page.mjs';
import { NEEDLES } from '../corpora/app-log.mjs';
import { ensureCorpus } from '../corpora/corpora.mjs';
import { summarize } from '../protocol.mjs';
import { toSpan } from '../report.mjs';

const BUDGET_BYTES = 2 ** 31;
/** What an eye takes for "at once". */
const COUNT_BAR_MS = 150;
/** Between two keys of someone who types and looks. */
const KEY_EVERY_MS = 350;

export const typing = {
  name: 'typing',
  usesApp: true,
  title: 'Typing a filter: from each key to the count of what is typed',
  /** @param {import('../main.mjs').Bench} bench */
  async run(bench) {
    const { report, options } = bench;
    const path = ensureCorpus('app-log', options.mib);
    await withApp(bench, async (app) => {
      // Selections are kept as they are for a person: what was counted is shown from the same answer.
      await app.page.evaluate((budgetBytes) => globalThis.loupeBench.engine.configure({ budgetBytes }), BUDGET_BYTES);
      const { summary } = await app.open(path);
      await app.settle();
      const field = app.page.getByRole('combobox', { name: 'Filter the records' });
      const rows = [];
      const all = [];
      for (const [name, needle] of Object.entries(NEEDLES)) {
        const times = [];
        for (let round = 0; round < Math.min(3, options.rounds); round++) {
          await field.click();
          await field.fill('');
          await app.page.evaluate(() => window.whenIdle());
          // Each round types another text, so that no count is known from before.
          const text = `${needle}${round === 0 ? '' : ' '.repeat(round)}`;
          for (const key of text) times.push(await countAfter(app.page, key));
        }
        all.push(...times);
        rows.push([name, needle, toSpan(summarize(times)), Math.max(...times).toFixed(0)]);
      }
      report.note(`${summary.recordCount} records; ms from the key's event to the painted count`);
      report.table(['needle', 'typed', 'least, median, most', 'most'], rows);
      report.keep('typing', { recordCount: summary.recordCount, timesMs: all });
      const sorted = all.sort((a, b) => a - b);
      report.bar('count on screen after a key: median ms', sorted[Math.floor(sorted.length / 2)], COUNT_BAR_MS, ' ms');
      report.bar('… 95th percentile, ms', sorted[Math.floor(sorted.length * 0.95)], COUNT_BAR_MS, ' ms');
    });
  },
};

/**
 * Types one key; how long until the count of the whole text as it then is stands on the screen.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} key
 */
async function countAfter(page, key) {
  await page.evaluate(() => {
    globalThis.countShown = new Promise((resolve) => {
      document.addEventListener(
        'input',
        (event) => {
          const startMs = event.timeStamp;
          const output = document.querySelector('#filter-count');
          const look = () => {
            // A timer set in a frame's callback runs after that frame was painted.
            if (output.ariaBusy === 'true') requestAnimationFrame(look);
            else setTimeout(() => resolve(performance.now() - startMs));
          };
          requestAnimationFrame(look);
        },
        { once: true },
      );
    });
  });
  await page.keyboard.type(key);
  const ms = await page.evaluate(() => globalThis.countShown);
  await new Promise((resolve) => setTimeout(resolve, KEY_EVERY_MS));
  return ms;
}
