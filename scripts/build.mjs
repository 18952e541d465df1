/** Everything that ships: the kernels, the app in dist/app, the command line in dist/cli. */
import { buildCli } from './build-cli.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureKernels } from './kernels.mjs';
import { isProgram, root } from './project.mjs';

export async function buildApp() {
  await ensureKernels();
  const { build } = await import('vite');
  await build({ root, logLevel: 'warn' });
}

/** @throws Error with a message for people */
export async function buildAll() {
  const startMs = performance.now();
  await buildApp();
  await buildCli();
  console.error(`Built dist/app and dist/cli in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
}

if (isProgram(import.meta.url)) {
  await ensureInstalled();
  await buildAll().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
