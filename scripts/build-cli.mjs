/** The command line: cli/main.ts and every cli/*.worker.ts, each one file in dist/cli, the kernels beside them. */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';

import { bundleForNode } from './bundle-node.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureKernels } from './kernels.mjs';
import { at, filesBelow, isProgram, newestMs } from './project.mjs';

const OUTPUT = 'dist/cli';
/** The rooms the command line is made of. */
const ROOMS = ['cli', 'src/base', 'src/bridge', 'src/engine', 'src/protocol', 'src/unpackers'];

export const cliProgram = at(OUTPUT, 'main.js');

export function isCliStale() {
  const sources = ROOMS.flatMap((room) => filesBelow(at(room))).filter((file) => !/\.test\.tsx?$/.test(file));
  const builders = ['bundle-node.mjs', 'build-cli.mjs', 'kernels.mjs'].map((name) => at('scripts', name));
  // The program is written last, so its time is the time of the whole folder.
  return newestMs([cliProgram]) < newestMs([...sources, ...builders, at('package-lock.json')]);
}

export async function buildCli() {
  await ensureKernels();
  mkdirSync(at(OUTPUT), { recursive: true });
  copyFileSync(at('src/engine/kernels/kernels.wasm'), at(OUTPUT, 'kernels.wasm'));
  const workers = readdirSync(at('cli')).filter((name) => name.endsWith('.worker.ts'));
  await Promise.all(workers.map((name) => bundleForNode(at('cli', name), at(OUTPUT))));
  await bundleForNode(at('cli', 'main.ts'), at(OUTPUT));
}

if (isProgram(import.meta.url)) {
  await ensureInstalled();
  await buildCli();
}
