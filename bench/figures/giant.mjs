/** A file of 10 GB: it opens, shows its end, and can be searched. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

import { withApp } from '../app-page.mjs';
import { countWithRipgrep } from '../commands.mjs';
import { NEEDLES } from '../corpora/app-log.mjs';
import { ensureShiftedCopies } from '../corpora/corpora.mjs';
import { watchRenderers, canMeasureMemory } from '../processes.mjs';

const COPIES = 10;
const FIRST_ROWS_BAR_MS = 300;
const MIB = 1024 * 1024;

export const giant = {
  name: 'giant',
  usesApp: true,
  title: 'A giant file: ten copies (10 GB)',
  /** @param {import('../main.mjs').Bench} bench */
  async run(bench) {
    const { report, options } = bench;
    const path = ensureShiftedCopies(COPIES, options.mib);
    await withApp(bench, async (app) => {
      const watch = canMeasureMemory ? watchRenderers() : undefined;
      const { source, openedMs, firstRowsMs, summary } = await app.open(path);
      report.note(
        `opened in ${(openedMs / 1000).toFixed(1)} s, first rows after ${firstRowsMs.toFixed(0)} ms: ` +
          `${summary.recordCount} records, ${summary.columnBytes} bytes of columns, ${summary.residentBytes} resident`,
      );
      report.check('it opens', summary.state === 'open' && summary.indexedBytes === summary.sizeBytes, summary.state);

      report.bar('giant: first rows painted', firstRowsMs, FIRST_ROWS_BAR_MS, ' ms');
      const jumpMs = await app.jumpToEnd();
      report.note(`from its first rows on screen to its last: ${jumpMs.toFixed(0)} ms`);
      const { elapsedMs, lastText } = await app.lastRows(source);
      report.note(`its last 100 rows: ${elapsedMs.toFixed(0)} ms`);
      report.check('its last row is its last line', lastText === lastLine(path), lastText);

      const rows = [];
      for (const [name, text] of Object.entries(NEEDLES)) {
        const ours = await app.select({ kind: 'text', text, caseSensitive: true }, source);
        const peer = bench.hasRipgrep ? await countWithRipgrep(['-F'], text, path) : undefined;
        rows.push([name, ours.count, ours.elapsedMs.toFixed(0), peer?.elapsedMs.toFixed(0) ?? '']);
        report.check(
          `${name}: searched to the end`,
          ours.isComplete && (!peer || peer.count === ours.count),
          `${ours.count}`,
        );
      }
      report.table(['needle', 'records', 'ours, ms', 'ripgrep, ms'], rows);
      const peaks = watch?.stop();
      if (peaks) report.note(`peak memory of the renderer: ${(peaks.largestBytes / MIB).toFixed(0)} MiB`);
      report.keep('giant', {
        openedMs,
        firstRowsMs,
        jumpMs,
        endMs: elapsedMs,
        rows,
        peaks,
        recordCount: summary.recordCount,
      });
    });
  },
};

/** Text of the last line, without its end. */
function lastLine(path) {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  const tail = Buffer.alloc(Math.min(size, 64 * 1024));
  readSync(file, tail, 0, tail.length, size - tail.length);
  closeSync(file);
  return tail.toString('utf8').trimEnd().split('\n').at(-1);
}
