/** Opening a file again in a new page, from the index that was kept of it: against opening it from its bytes. */
import { withApp } from '../app-page.mjs';
import { ensureCorpus } from '../corpora/corpora.mjs';
import { median, ratios, summarize, takeTurns } from '../protocol.mjs';
import { toShort, toSpan } from '../report.mjs';

const REOPENED_BAR_MS = 1000;
const RATIO_BAR = 0.6;
const BUDGET_BYTES = 2 ** 31;
const COPY_NAME = 'bench.log';

export const reopening = {
  name: 'reopening',
  usesApp: true,
  title: 'Opening a file again, from the index that was kept',
  /** @param {import('../main.mjs').Bench} bench */
  async run(bench) {
    const { report, options } = bench;
    const path = ensureCorpus('app-log', options.mib);
    /** @type {{ openedMs: number, firstRowsMs: number, keptMs: number, indexBytes: number }[]} */
    const fresh = [];
    const again = [];
    const loads = [];
    const contestants = {
      fresh: () =>
        withApp(bench, async (app) => {
          await app.configure(BUDGET_BYTES);
          const opened = await app.open(path);
          if (opened.summary.isFromCache) throw new Error('the index of an earlier page was still there');
          const openedAtMs = performance.now();
          const indexBytes = await app.whenIndexKept();
          fresh.push({ ...opened, keptMs: performance.now() - openedAtMs, indexBytes });
          return opened.openedMs;
        }),
      ours: () =>
        withApp(
          bench,
          async (app) => {
            await app.configure(BUDGET_BYTES);
            const opened = await app.open(path);
            if (!opened.summary.isFromCache) throw new Error('the kept index was not used');
            again.push(opened);
            return opened.openedMs;
          },
          { keepsIndexes: true },
        ),
      reload: async () => {
        const loaded = await reload(bench, path);
        loads.push(loaded);
        return loaded.openedMs;
      },
    };
    const results = await takeTurns(contestants, options.rounds);
    for (const list of [fresh, again, loads]) list.shift();

    report.note(`\napp-log, ${options.mib} MiB, ms`);
    report.table(
      ['who', 'median (min–max)', 'ours ÷ it', 'paired'],
      Object.entries(results).map(([who, values]) => {
        const { ofMedians, paired } = ratios(results.ours, values);
        return [who, toSpan(summarize(values)), toShort(ofMedians), toShort(paired)];
      }),
    );
    const [kept] = fresh;
    if (kept === undefined) throw new Error('at least one round');
    report.note(
      `first rows: fresh ${median(fresh.map((one) => one.firstRowsMs)).toFixed(0)} ms, ` +
        `again ${median(again.map((one) => one.firstRowsMs)).toFixed(0)} ms; ` +
        `after a reload, from navigation: page ready ${median(loads.map((one) => one.readyMs)).toFixed(0)} ms, ` +
        `first rows ${median(loads.map((one) => one.firstRowsMs)).toFixed(0)} ms`,
    );
    report.note(
      `index: ${(kept.indexBytes / 2 ** 20).toFixed(0)} MiB, kept ` +
        `${median(fresh.map((one) => one.keptMs)).toFixed(0)} ms after opening, the bytes brought into memory first`,
    );
    report.bar('reopened, from the File', median(results.ours), REOPENED_BAR_MS, ' ms');
    report.bar('reopened, from navigation', median(results.reload), REOPENED_BAR_MS, ' ms');
    report.bar('reopened ÷ opened', ratios(results.ours, results.fresh).paired, RATIO_BAR, ' ×');
    report.keep('reopening', { mib: options.mib, resultsMs: results, fresh, again, loads });
  },
};

/**
 * A page that opens its file as soon as it can, from a handle that outlives the page: a copy in the origin's own files.
 *
 * @returns {Promise<{ readyMs: number, firstRowsMs: number, openedMs: number }>} ms from navigation
 */
async function reload(bench, path) {
  const { browser, appUrl } = bench;
  const hasCopy = await browser.withPage(`${appUrl}manifest.webmanifest`, (page) =>
    page.evaluate(async (name) => {
      for await (const known of (await navigator.storage.getDirectory()).keys()) if (known === name) return true;
      return false;
    }, COPY_NAME),
  );
  if (!hasCopy)
    await withApp(
      bench,
      async (app) => {
        await app.page.setInputFiles('#loupe-bench-file', path);
        await app.page.evaluate(async (name) => {
          const file = document.querySelector('#loupe-bench-file').files[0];
          const handle = await (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
          await file.stream().pipeTo(await handle.createWritable());
        }, COPY_NAME);
      },
      { keepsIndexes: true },
    );
  return browser.withPage(
    `${appUrl}?bench`,
    (page) => page.waitForFunction(() => globalThis.reopened).then((found) => found.jsonValue()),
    (page) =>
      page.addInitScript(async (name) => {
        while (globalThis.loupeBench === undefined) await new Promise((resolve) => setTimeout(resolve, 2));
        const readyMs = performance.now();
        const { engine, open, rowSelector } = globalThis.loupeBench;
        const handle = await (await navigator.storage.getDirectory()).getFileHandle(name);
        const file = await handle.getFile();
        const firstRows = new Promise((resolve) => {
          const look = () => {
            if (document.querySelector(rowSelector)) setTimeout(() => resolve(performance.now()));
            else requestAnimationFrame(look);
          };
          look();
        });
        const summary = await engine.whenOpened(await open(file));
        if (!summary.isFromCache) throw new Error('the kept index was not used');
        const openedMs = performance.now();
        globalThis.reopened = { readyMs, openedMs, firstRowsMs: await firstRows, summary };
      }, COPY_NAME),
  );
}
