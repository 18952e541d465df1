/** Ways of reading a file in the browser: how large a slice, how many at a time, kept or dropped. No bars: it informs. */
import { ensureCorpus } from '../corpora/corpora.mjs';
import { summarize, takeTurns } from '../protocol.mjs';
import { toSpan } from '../report.mjs';
import { measureResidentRead } from '../resident-read.mjs';

const MIB = 1024 * 1024;
/** [how, slice in MiB, in flight per worker] */
const WAYS = /** @type {const} */ ([
  ['byob', 48, 1],
  ['byob', 48, 2],
  ['slice', 1, 3],
  ['slice', 4, 1],
  ['slice', 4, 3],
  ['slice', 8, 4],
  ['slice', 16, 2],
  ['slice', 32, 2],
  ['reader-sync', 4, 1],
  ['reader-sync', 16, 1],
]);

export const reading = {
  name: 'reading',
  usesApp: false,
  title: 'Reading a file: size and number of slices',
  /** @param {import('../main.mjs').Bench} bench */
  async run({ report, options, browser, pagesUrl }) {
    const path = ensureCorpus('app-log', options.mib);
    const measure = (ways) => async () => (await measureResidentRead(browser, pagesUrl, path, ways)).elapsedMs;
    /** @type {Record<string, () => Promise<number>>} */
    const contestants = {};
    for (const [method, mib, inFlight] of WAYS) {
      const way = { method, sliceBytes: mib * MIB, inFlight };
      contestants[`bare, ${method}, ${mib} MiB × ${inFlight}`] = measure({ ...way, isResident: false });
      contestants[`resident, ${method}, ${mib} MiB × ${inFlight}`] = measure(way);
    }
    const results = await takeTurns(contestants, options.rounds);
    report.table(
      ['way', 'ms', 'GB/s'],
      Object.entries(results).map(([way, values]) => {
        const summary = summarize(values);
        return [way, toSpan(summary), ((options.mib * MIB) / 1e6 / summary.median).toFixed(2)];
      }),
    );
    report.keep('reading', { mib: options.mib, resultsMs: results });
  },
};
