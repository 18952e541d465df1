/** Bundles TypeScript for Node: one self-contained file per entry, so a worker thread starts by reading a single file. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { at } from './project.mjs';

/**
 * @param {string} entry   a TypeScript file, absolute
 * @param {string} folder  where `<entry's name>.js` goes, absolute; made when missing
 */
export async function bundleForNode(entry, folder) {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: entry,
    cwd: at(),
    platform: 'node',
    tsconfig: at('tsconfig.node.json'),
    transform: { target: 'node20' },
    // On stderr: the command line's stdout belongs to its answers.
    onLog: (level, log) => (level === 'warn' ? console.error(log.message) : undefined),
  });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
  await bundle.close();
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${basename(entry, '.ts')}.js`);
  // Renamed into place: two programs may find the bundle stale at the same time.
  writeFileSync(`${file}.${process.pid}.part`, output[0].code);
  renameSync(`${file}.${process.pid}.part`, file);
}
