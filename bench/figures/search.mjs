/** Searching a resident file: literals and regular expressions, against ripgrep on the same file in the page cache. */
import { withApp } from '../app-page.mjs';
import { NEEDLES } from '../corpora/app-log.mjs';
import { ensureCorpus } from '../corpora/corpora.mjs';
import { countWithRipgrep } from '../commands.mjs';
import { geometricMean, ratios, summarize, takeTurns } from '../protocol.mjs';
import { toShort, toSpan } from '../report.mjs';

const BUDGET_BYTES = 2 ** 31;
const MEAN_BAR = 1;
const EACH_BAR = 1.3;
const REGEX_BAR = 2;

/** @typedef {{ name: string, filter: import('../../src/engine/query/filter').Filter, flags: string[], needle: string }} Query */

/** @returns {Query} */
const literal = (name, text, caseSensitive) => ({
  name: caseSensitive ? name : `${name}, any case`,
  filter: { kind: 'text', text, caseSensitive },
  flags: caseSensitive ? ['-F'] : ['-F', '-i'],
  needle: text,
});
/** @returns {Query} */
const regex = (name, pattern) => ({ name, filter: { kind: 'regex', pattern, flags: '' }, flags: [], needle: pattern });

const LITERALS = Object.entries(NEEDLES).map(([name, text]) => literal(name, text, true));
const FOLDED = Object.entries(NEEDLES).map(([name, text]) => literal(name, text, false));
const WITH_LITERAL = [
  regex('rare literal', 'ChecksumException: block blk_-?\\d+ at offset \\d+'),
  regex('common literal', 'Timeout waiting for response from 10\\.\\d+\\.\\d+\\.7:'),
  regex('alternation', 'Connection pool exhausted|Session [0-9a-f]+ expired'),
];
const WITHOUT_LITERAL = [
  regex('no literal', '\\b[0-9a-f]{15}7\\b'),
  regex('classes only', '[A-Z]{3,5} +\\[\\w+\\.\\w+\\]'),
];

export const search = {
  name: 'search',
  usesApp: true,
  title: 'Searching a file that is in memory, against ripgrep',
  /** @param {import('../main.mjs').Bench} bench */
  async run(bench) {
    const { report, options } = bench;
    const path = ensureCorpus('app-log', options.mib);
    await withApp(bench, async (app) => {
      await app.configure(BUDGET_BYTES);
      const { source, summary } = await app.open(path);
      const { residentBytes, elapsedMs } = await app.settle();
      report.check(
        'all of the file is resident',
        residentBytes >= summary.sizeBytes,
        `${residentBytes} bytes, ${elapsedMs.toFixed(0)} ms after opening ended`,
      );
      const compare = (title, queries) => compareAll(bench, app, source, path, title, queries);

      const literals = await compare('literals', LITERALS);
      report.bar('literals: geometric mean ÷ ripgrep', meanOf(literals), MEAN_BAR, ' ×');
      for (const { name, paired } of literals) report.bar(`literal, ${name}: ÷ ripgrep`, paired, EACH_BAR, ' ×');
      await compare('literals in any case (reported)', FOLDED);
      for (const { name, paired } of await compare('regular expressions with a literal', WITH_LITERAL)) {
        report.bar(`regex, ${name}: ÷ ripgrep`, paired, REGEX_BAR, ' ×');
      }
      await compare('regular expressions without a literal (reported)', WITHOUT_LITERAL);
    });
  },
};

const meanOf = (compared) =>
  compared.some(({ paired }) => paired === null) ? null : geometricMean(compared.map(({ paired }) => paired));

/**
 * @param {Query[]} queries
 * @returns {Promise<{ name: string, paired: number | null }[]>} null without ripgrep
 */
async function compareAll({ report, options, hasRipgrep }, app, source, path, title, queries) {
  const compared = [];
  const differing = [];
  const rows = [];
  for (const { name, filter, flags, needle } of queries) {
    let ourCount = -1;
    let peerCount = -1;
    const results = await takeTurns(
      {
        ...(hasRipgrep && {
          ripgrep: async () => {
            const { elapsedMs, count } = await countWithRipgrep(flags, needle, path);
            peerCount = count;
            return elapsedMs;
          },
        }),
        ours: async () => {
          const { elapsedMs, count } = await app.select(filter, source);
          ourCount = count;
          return elapsedMs;
        },
      },
      options.rounds,
    );
    const ratio = results.ripgrep && ratios(results.ours, results.ripgrep);
    rows.push([
      name,
      ourCount,
      toSpan(summarize(results.ours)),
      results.ripgrep ? toSpan(summarize(results.ripgrep)) : '',
      ratio ? toShort(ratio.ofMedians) : '',
      ratio ? toShort(ratio.paired) : '',
    ]);
    compared.push({ name, paired: ratio?.paired ?? null });
    report.keep(`search/${title}/${name}`, { needle, ourCount, peerCount, resultsMs: results });
    if (ourCount !== peerCount) differing.push(`${name}: ${ourCount}, not ${peerCount}`);
  }
  report.note(`\n${title}, ms`);
  report.table(['needle', 'records', 'ours', 'ripgrep -c', 'ours ÷ it', 'paired'], rows);
  // In this corpus every line is a record, so the two must agree.
  if (hasRipgrep) report.check(`${title}: as many as ripgrep counts`, differing.length === 0, differing.join('; '));
  return compared;
}
