/** BLAKE3 and SHA-256 of a source, against the command-line programs. Reported; that the digests agree is checked. */
import { withApp } from '../app-page.mjs';
import { commandVersion, timeCommand } from '../commands.mjs';
import { ensureCorpus } from '../corpora/corpora.mjs';

export const digests = {
  name: 'digests',
  usesApp: true,
  title: 'Digests',
  /** @param {import('../main.mjs').Bench} bench */
  async run(bench) {
    const { report, options } = bench;
    const path = ensureCorpus('app-log', options.mib);
    const ours = await withApp(bench, async (app) => {
      const { source } = await app.open(path);
      return app.digests(source);
    });
    report.note(`both digests, after opening: ${ours.elapsedMs.toFixed(0)} ms`);
    const kept = { oursMs: ours.elapsedMs };
    for (const [command, digest] of [
      ['b3sum', ours.digests.blake3],
      ['sha256sum', ours.digests.sha256],
    ]) {
      if (!options.withPeers || commandVersion(command, '--version') === undefined) continue;
      await timeCommand(command, [path]);
      const { elapsedMs, output } = await timeCommand(command, [path]);
      report.note(`${command}: ${elapsedMs.toFixed(0)} ms`);
      report.check(`the digest is ${command}'s`, output.startsWith(digest), digest);
      kept[`${command}Ms`] = elapsedMs;
    }
    report.keep('digests', kept);
  },
};
