/** Opening each corpus: against the resident read of the same file, and against lnav. */
import { withApp } from '../app-page.mjs';
import { CORPUS_NAMES, ensureCorpus } from '../corpora/corpora.mjs';
import { median, ratios, summarize, takeTurns } from '../protocol.mjs';
import { toShort, toSpan } from '../report.mjs';
import { measureResidentRead } from '../resident-read.mjs';

/** The most that opening may take, as a multiple of the peer. */
const RESIDENT_BAR = { 'app-log': 1.5, 'json-lines': 3, 'access-log': 3, hard: 3 };
const LNAV_BAR = { 'app-log': 0.6 };
const FIRST_ROWS_BAR_MS = 300;
const COLUMN_BAR_BYTES = 16;
const JS_BAR_PERCENT = 15;
/** All of a 1 GB corpus stays in memory, as in the peer. */
const BUDGET_BYTES = 2 ** 31;

const PARTS = ['readMs', 'copyMs', 'kernelMs', 'jsMs', 'waitMs'];

export const opening = {
  name: 'opening',
  usesApp: true,
  title: 'Opening a file, first rows, columns',
  /** @param {import('../main.mjs').Bench} bench */
  async run(bench) {
    for (const name of CORPUS_NAMES) await openOne(bench, name);
  },
};

async function openOne(bench, name) {
  const { report, options, lnav } = bench;
  const path = ensureCorpus(name, options.mib);
  /** @type {Awaited<ReturnType<import('../app-page.mjs').AppPage['open']>>[]} */
  const opened = [];
  const contestants = {
    resident: async () => (await measureResidentRead(bench.browser, bench.pagesUrl, path)).elapsedMs,
    ours: () =>
      withApp(bench, async (app) => {
        await app.configure(BUDGET_BYTES);
        const result = await app.open(path);
        opened.push(result);
        return result.openedMs;
      }),
    ...(lnav && { lnav: () => lnav.index(path) }),
  };
  const results = await takeTurns(contestants, options.rounds);
  opened.shift();

  report.note(`\n${name}, ${options.mib} MiB, ms`);
  report.table(
    ['who', 'median (min–max)', 'ours ÷ it', 'paired'],
    Object.entries(results).map(([who, values]) => {
      const { ofMedians, paired } = ratios(results.ours, values);
      return [who, toSpan(summarize(values)), toShort(ofMedians), toShort(paired)];
    }),
  );
  const { summary } = opened[opened.length - 1];
  report.note(
    `${summary.recordCount} records, ${summary.lineCount} lines, format ${summary.format.id}, ` +
      `levels ${summary.levelCounts.join(' ')}, ${summary.skeletonCount} skeletons`,
  );
  if (lnav) {
    const { format, lineCount } = await lnav.describe(path);
    report.note(`lnav: ${format}, ${lineCount} lines`);
    report.check(`${name}: as many lines as lnav counts`, lineCount === summary.lineCount, `${summary.lineCount}`);
  }

  report.bar(`${name}: ÷ resident read`, ratios(results.ours, results.resident).paired, RESIDENT_BAR[name], ' ×');
  if (results.lnav && LNAV_BAR[name]) {
    report.bar(`${name}: ÷ lnav`, ratios(results.ours, results.lnav).paired, LNAV_BAR[name], ' ×');
  }
  const firstRowsMs = median(opened.map((one) => one.firstRowsMs));
  report.bar(`${name}: first rows painted`, firstRowsMs, FIRST_ROWS_BAR_MS, ' ms');
  report.bar(`${name}: columns, a record`, summary.columnBytes / summary.recordCount, COLUMN_BAR_BYTES, ' B');
  const breakdown = tellBreakdown(report, name, opened);

  report.keep(`opening/${name}`, {
    mib: options.mib,
    resultsMs: results,
    firstRowsMs: opened.map((one) => one.firstRowsMs),
    columnBytes: summary.columnBytes,
    recordCount: summary.recordCount,
    lineCount: summary.lineCount,
    breakdown,
  });
}

/** Where the workers' time went, as the engine accounts for it: the median run of each part. */
function tellBreakdown(report, name, opened) {
  const all = opened.flatMap((one) => (one.summary.timings ? [one.summary.timings] : []));
  if (all.length === 0) {
    report.bar(`${name}: JavaScript's share of the workers' time`, null, JS_BAR_PERCENT, ' %');
    return null;
  }
  const parts = Object.fromEntries(PARTS.map((part) => [part, median(all.map((timings) => timings[part]))]));
  const sum = Object.values(parts).reduce((a, b) => a + b, 0);
  report.table(
    ['workers, ms', ...PARTS.map((part) => part.replace(/Ms$/, ''))],
    [
      ['', ...PARTS.map((part) => parts[part].toFixed(0))],
      ['%', ...PARTS.map((part) => ((100 * parts[part]) / sum).toFixed(1))],
    ],
  );
  report.bar(`${name}: JavaScript's share of the workers' time`, (100 * parts.jsMs) / sum, JS_BAR_PERCENT, ' %');
  return parts;
}
