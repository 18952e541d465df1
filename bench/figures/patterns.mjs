/** Opening with every pattern counted, against the resident read of the same file and lnav, which mines nothing. */
import { withApp } from '../app-page.mjs';
import { ensureCorpus } from '../corpora/corpora.mjs';
import { median, ratios, summarize, takeTurns } from '../protocol.mjs';
import { toShort, toSpan } from '../report.mjs';
import { measureResidentRead } from '../resident-read.mjs';

const RESIDENT_BAR = 2.5;
const LNAV_BAR = 0.95;
const BUDGET_BYTES = 2 ** 31;

export const patterns = {
  name: 'patterns',
  usesApp: true,
  title: 'Opening a file with its patterns ready',
  /** @param {import('../main.mjs').Bench} bench */
  async run(bench) {
    const { report, options, lnav } = bench;
    const path = ensureCorpus('app-log', options.mib);
    const mined = [];
    const contestants = {
      resident: async () => (await measureResidentRead(bench.browser, bench.pagesUrl, path)).elapsedMs,
      ours: () =>
        withApp(bench, async (app) => {
          await app.configure(BUDGET_BYTES);
          const result = await app.openWithPatterns(path);
          mined.push(result);
          return result.readyMs;
        }),
      ...(lnav && { lnav: () => lnav.index(path) }),
    };
    const results = await takeTurns(contestants, options.rounds);
    mined.shift();

    report.note(`\napp-log, ${options.mib} MiB, ms until every pattern is there with its counts`);
    report.table(
      ['who', 'median (min–max)', 'ours ÷ it', 'paired'],
      Object.entries(results).map(([who, values]) => {
        const { ofMedians, paired } = ratios(results.ours, values);
        return [who, toSpan(summarize(values)), toShort(ofMedians), toShort(paired)];
      }),
    );
    const medianOf = (pick) => median(mined.map(pick));
    const { patternCount, recordCount, skeletonCount } = mined[0];
    report.note(
      `${recordCount} records, ${skeletonCount} skeletons, ${patternCount} patterns; opened after ` +
        `${medianOf((one) => one.openedMs).toFixed(0)} ms, patterns ${medianOf((one) => one.patternsMs).toFixed(0)} ms later, ` +
        `asked again ${medianOf((one) => one.againMs).toFixed(0)} ms, grouped differently ${medianOf((one) => one.groupedMs).toFixed(0)} ms`,
    );
    report.check(
      'counts add up to the records',
      mined.every((one) => one.sum === one.recordCount),
      `${mined[0].sum}`,
    );
    report.bar('patterns ready: ÷ resident read', ratios(results.ours, results.resident).paired, RESIDENT_BAR, ' ×');
    if (results.lnav) report.bar('patterns ready: ÷ lnav', ratios(results.ours, results.lnav).paired, LNAV_BAR, ' ×');
    report.keep('patterns/app-log', { mib: options.mib, resultsMs: results, mined });
  },
};
