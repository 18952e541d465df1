/** Where the project is, and how its scripts start other programs. Node built-ins only: this runs before any install. */
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {...string} parts  a path below the project's root */
export const at = (...parts) => join(root, ...parts);

/**
 * Runs a program in the project's root and waits for it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, toStderr?: boolean, shell?: boolean }} [options]  toStderr: keep our stdout clean
 * @returns {Promise<number>} its exit code; 1 when it was ended by a signal, 127 when it could not be started
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['inherit', options.toStderr ? 2 : 'inherit', 'inherit'],
      env: { ...process.env, ...options.env },
      shell: options.shell ?? false,
    });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a JavaScript file of an installed package with this Node, without npx.
 *
 * @param {string} script  path below node_modules
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export const runTool = (script, args, options) => run(process.execPath, [at('node_modules', script), ...args], options);

/**
 * Every file below a folder, as absolute paths, sorted; none when the folder does not exist.
 *
 * @param {string} folder  absolute
 * @returns {string[]}
 */
export function filesBelow(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/**
 * When the youngest of these files was changed.
 *
 * @param {string[]} files  absolute; missing ones do not count
 * @returns {number} EpochMs, -Infinity when there is none
 */
export function newestMs(files) {
  return Math.max(-Infinity, ...files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity));
}

/** Whether this module is the program Node was asked to run. @param {string} moduleUrl  import.meta.url */
export const isProgram = (moduleUrl) => process.argv[1] === fileURLToPath(moduleUrl);

/**
 * Ends this program on Ctrl-C, and when the npm that started it is gone: killed npm leaves its script running, and the
 * forgotten server would go on answering with an old build.
 */
export function endWithCaller() {
  process.on('SIGINT', () => process.exit(0));
  process.on('SIGTERM', () => process.exit(0));
  if (!process.env.npm_lifecycle_event) return;
  const caller = process.ppid;
  setInterval(() => process.ppid === caller || process.exit(0), 500).unref();
}

/** A port of localhost that nobody listens on now. @returns {Promise<number>} */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
