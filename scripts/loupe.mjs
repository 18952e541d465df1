/** `npm run --silent loupe -- …`: the command line, built first when needed. Only the command itself writes to stdout. */
import { pathToFileURL } from 'node:url';

import { buildCli, cliProgram, isCliStale } from './build-cli.mjs';
import { ensureInstalled } from './install.mjs';

// `isInstalled` is asked only when building: the bundle needs no packages, and a start should cost little.
if (isCliStale()) {
  await ensureInstalled();
  await buildCli().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
// npm runs scripts in the project's root; file names on the command line are meant from where npm was called.
if (process.env.npm_lifecycle_event === 'loupe' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
process.argv[1] = cliProgram;
await import(pathToFileURL(cliProgram).href);
