/** Drives the real app: the production build with `?bench`, where the page offers `window.loupeBench` (src/app). */

const READY_WITHIN_MS = 30_000;
/** From the page being there to the file being dropped: shorter than any hand. */
const SETTLE_MS = 1_000;
/** Opening 10 GB takes a while on a slow disk. */
const OPENED_WITHIN_MS = 600_000;

/** @typedef {import('../src/engine/api').SourceSummary} SourceSummary */
/** @typedef {import('../src/engine/query/filter').Filter} Filter */

export class AppPage {
  /** @param {import('@playwright/test').Page} page */
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(OPENED_WITHIN_MS);
  }

  /** Waits until the app can take a file, and adds an input through which files of any size come from the disk. */
  async prepare() {
    await this.page.waitForFunction(() => globalThis.loupeBench !== undefined, undefined, { timeout: READY_WITHIN_MS });
    // The app gets its code warm meanwhile; nobody drops a file sooner.
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    await this.page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.id = 'loupe-bench-file';
      input.hidden = true;
      document.body.append(input);
    });
  }

  /** @param {number} budgetBytes */
  configure(budgetBytes) {
    return this.page.evaluate(
      (budgetBytes) => globalThis.loupeBench.engine.configure({ budgetBytes, keepSelections: 0 }),
      budgetBytes,
    );
  }

  /**
   * Gives the app a file as dropping it would.
   *
   * @param {string} path
   * @returns {Promise<{ source: number, openedMs: number, firstRowsMs: number, summary: SourceSummary }>} both times from
   *   the moment the app has the `File`: until opening ended, until the frame with the first rows was painted
   */
  async open(path) {
    await this.page.setInputFiles('#loupe-bench-file', path);
    return this.page.evaluate(async () => {
      const { engine, open, rowSelector } = globalThis.loupeBench;
      const file = document.querySelector('#loupe-bench-file').files[0];
      const startMs = performance.now();
      const firstRows = new Promise((resolve) => {
        const look = () => {
          // A timer set in a frame's callback runs after that frame was painted.
          if (document.querySelector(rowSelector)) setTimeout(() => resolve(performance.now() - startMs));
          else requestAnimationFrame(look);
        };
        look();
      });
      const source = await open(file);
      const summary = await engine.whenOpened(source);
      const openedMs = performance.now() - startMs;
      return { source, openedMs, firstRowsMs: await firstRows, summary };
    });
  }

  /**
   * Gives the app a file and asks for its patterns as soon as it is open.
   *
   * @param {string} path
   * @returns times from the moment the app has the `File` until opening ended and until the patterns are there, then how long
   *   they take when asked again, and when they are to be grouped differently; their number, and the sum of their counts
   */
  async openWithPatterns(path) {
    await this.page.setInputFiles('#loupe-bench-file', path);
    return this.page.evaluate(async () => {
      const { engine, open } = globalThis.loupeBench;
      const file = document.querySelector('#loupe-bench-file').files[0];
      const startMs = performance.now();
      const source = await open(file);
      await engine.whenOpened(source);
      const openedMs = performance.now() - startMs;
      let callId = 2e9;
      const ask = async () => {
        const info = await engine.select({ kind: 'all' }, { callId: callId++, sources: [source] });
        const table = await engine.patterns(info.handle, { maxBins: 120 }, callId++);
        await engine.release(info.handle);
        return { table, recordCount: info.count };
      };
      const { table, recordCount } = await ask();
      const readyMs = performance.now() - startMs;
      const timed = async (work) => {
        const fromMs = performance.now();
        await work();
        return performance.now() - fromMs;
      };
      const againMs = await timed(ask);
      const groupedMs = await timed(async () => {
        await engine.setGrouping({ granularity: 3, merges: [], splits: [] });
        await ask();
      });
      return {
        openedMs,
        readyMs,
        patternsMs: readyMs - openedMs,
        againMs,
        groupedMs,
        recordCount,
        patternCount: table.rows.length,
        skeletonCount: table.skeletonCount,
        sum: table.rows.reduce((sum, row) => sum + row.count, 0),
      };
    });
  }

  /**
   * Waits until as much is in memory as finds room there: the app brings bytes behind opening.
   *
   * @returns {Promise<{ residentBytes: number, elapsedMs: number }>}
   */
  settle() {
    return this.page.evaluate(async (pauseMs) => {
      const { engine } = globalThis.loupeBench;
      const startMs = performance.now();
      for (let before = -1, sinceMs = startMs; ; ) {
        const { residentBytes } = await engine.health();
        if (residentBytes !== before) [before, sinceMs] = [residentBytes, performance.now()];
        else if (performance.now() - sinceMs > 5 * pauseMs) return { residentBytes, elapsedMs: sinceMs - startMs };
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }, SETTLE_MS / 10);
  }

  /** Waits until the index of what was opened is kept for the next page. @returns {Promise<number>} its size, bytes */
  whenIndexKept() {
    return this.page.evaluate(async (pauseMs) => {
      const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open('loupe-cache');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (;;) {
        const uses = await new Promise((resolve, reject) => {
          const request = database.transaction('uses').objectStore('uses').getAll();
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        if (uses.length > 0) {
          database.close();
          return uses[0].indexBytes;
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }, SETTLE_MS / 10);
  }

  /**
   * @param {Filter} filter
   * @param {number} source
   * @returns {Promise<{ elapsedMs: number, count: number, isComplete: boolean }>} time as the page sees it, messages included
   */
  select(filter, source) {
    return this.page.evaluate(
      async ({ filter, source }) => {
        const { engine } = globalThis.loupeBench;
        globalThis.benchCallId = (globalThis.benchCallId ?? 1e9) + 1;
        const startMs = performance.now();
        const info = await engine.select(filter, { callId: globalThis.benchCallId, sources: [source] });
        const elapsedMs = performance.now() - startMs;
        await engine.release(info.handle);
        return { elapsedMs, count: info.count, isComplete: info.isComplete };
      },
      { filter, source },
    );
  }

  /**
   * The last rows of everything.
   *
   * @returns {Promise<{ elapsedMs: number, count: number, lastText: string }>} time of the one `rows` call
   */
  lastRows(source, rowCount = 100) {
    return this.page.evaluate(
      async ({ source, rowCount }) => {
        const { engine } = globalThis.loupeBench;
        globalThis.benchCallId = (globalThis.benchCallId ?? 1e9) + 1;
        const info = await engine.select({ kind: 'all' }, { callId: globalThis.benchCallId, sources: [source] });
        const startMs = performance.now();
        const { rows } = await engine.rows(info.handle, Math.max(0, info.count - rowCount), rowCount);
        const elapsedMs = performance.now() - startMs;
        await engine.release(info.handle);
        return { elapsedMs, count: info.count, lastText: rows.at(-1)?.text ?? '' };
      },
      { source, rowCount },
    );
  }

  /** Scrolls to the end; how long until the last rows stand on the screen. @returns {Promise<number>} ms */
  jumpToEnd() {
    return this.page.evaluate(async () => (await globalThis.loupeBench.jumpToEnd()).ms);
  }

  digests(source) {
    return this.page.evaluate(async (source) => {
      const startMs = performance.now();
      const digests = await globalThis.loupeBench.engine.digests(source, 2e9);
      return { elapsedMs: performance.now() - startMs, digests };
    }, source);
  }
}

/**
 * @template T
 * @param {{ browser: import('./browser.mjs').Browser, appUrl: string }} bench
 * @param {(app: AppPage) => Promise<T>} use
 * @param {{ keepsIndexes?: boolean }} [options]  indexes that an earlier page kept stay; else every file is read anew
 * @returns {Promise<T>}
 */
export function withApp({ browser, appUrl }, use, { keepsIndexes = false } = {}) {
  return browser.withPage(
    `${appUrl}?bench`,
    async (page) => {
      const app = new AppPage(page);
      await app.prepare();
      return use(app);
    },
    keepsIndexes ? undefined : (page) => forgetIndexes(page, appUrl),
  );
}

/** @param {import('@playwright/test').Page} page */
async function forgetIndexes(page, appUrl) {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: new URL(appUrl).origin, storageTypes: 'indexeddb' });
  await session.detach();
}
