/** Installs the packages when they are missing or older than the lockfile. Node built-ins only. */
import { statSync, utimesSync } from 'node:fs';

import { at, run } from './project.mjs';

/** @param {string} file */
const changedMs = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

/** `npm install` touches node_modules/.package-lock.json last: the stamp of what is installed. */
export function isInstalled() {
  const installedMs = changedMs(at('node_modules', '.package-lock.json'));
  if (installedMs === undefined) return false;
  return Math.max(changedMs(at('package.json')) ?? 0, changedMs(at('package-lock.json')) ?? 0) <= installedMs;
}

/** `npm install`, not `npm ci`: a registry may lack packages of platforms that are not ours, which `npm ci` refuses. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing packages …');
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm tells its scripts where it lives; without it (node scripts/…), the npm of the PATH, a .cmd file on Windows.
  const npm = process.env.npm_execpath;
  const code =
    npm?.endsWith('.js') === true
      ? await run(process.execPath, [npm, ...args], { toStderr: true })
      : await run('npm', args, { toStderr: true, shell: process.platform === 'win32' });
  if (code !== 0) {
    console.error('npm install failed: see above.');
    process.exit(1);
  }
  // npm leaves the stamp alone when nothing had to change, and every start would ask again.
  utimesSync(at('node_modules', '.package-lock.json'), new Date(), new Date());
}
