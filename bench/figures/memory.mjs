/** A file four times the budget: how much memory the renderer takes at most, opening and searching it. */
import { withApp } from '../app-page.mjs';
import { NEEDLES } from '../corpora/app-log.mjs';
import { ensureShiftedCopies } from '../corpora/corpora.mjs';
import { canMeasureMemory, watchRenderers } from '../processes.mjs';

const MIB = 1024 * 1024;
const OVERHEAD_BAR_MIB = 300;

export const memory = {
  name: 'memory',
  usesApp: true,
  title: 'Memory: a file four times the budget (2 GB, 512 MiB)',
  /** @param {import('../main.mjs').Bench} bench */
  async run(bench) {
    const { report, options } = bench;
    if (!canMeasureMemory) {
      report.bar('peak memory of the renderer', null, 0, ' MiB');
      return;
    }
    const path = ensureShiftedCopies(2, options.mib);
    const budgetMib = options.mib / 2;
    await withApp(bench, async (app) => {
      await app.configure(budgetMib * MIB);
      const whileOpening = watchRenderers();
      const { source, openedMs, summary } = await app.open(path);
      const { residentBytes } = await app.settle();
      const opened = whileOpening.stop();
      const whileSearching = watchRenderers();
      const searches = [];
      for (const [name, text] of Object.entries(NEEDLES)) {
        const { elapsedMs, count } = await app.select({ kind: 'text', text, caseSensitive: true }, source);
        searches.push([name, count, elapsedMs.toFixed(0)]);
      }
      const searched = whileSearching.stop();

      report.note(`${summary.sizeBytes} bytes, ${summary.recordCount} records, opened in ${openedMs.toFixed(0)} ms`);
      report.note(`the engine says: ${residentBytes} bytes resident, ${summary.columnBytes} in columns`);
      report.table(['needle', 'records', 'ms'], searches);
      report.table(
        ['renderers, MiB', 'page, VmHWM', 'all, VmHWM', 'all, RSS', 'all, anonymous'],
        [
          ['opening and filling', ...toMib(opened)],
          ['searching (VmHWM since the start)', ...toMib(searched)],
        ],
      );
      const limit = budgetMib + OVERHEAD_BAR_MIB;
      report.bar('peak memory of the renderer, opening', opened.largestBytes / MIB, limit, ' MiB');
      report.bar('peak memory of the renderer, opening and searching', searched.largestBytes / MIB, limit, ' MiB');
      report.keep('memory', { budgetMib, openedMs, opened, searched, searches, columnBytes: summary.columnBytes });
    });
  },
};

const toMib = (peaks) =>
  [peaks.largestBytes, peaks.highWaterBytes, peaks.rssBytes, peaks.anonymousBytes].map((bytes) =>
    (bytes / MIB).toFixed(0),
  );
