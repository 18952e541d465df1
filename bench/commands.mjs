/** Command-line peers: run, timed from start to exit, output read and small. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ okCodes?: number[], env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ elapsedMs: number, output: string }>}
 * @throws Error when the command ends with a code not in okCodes
 */
export function timeCommand(command, args, { okCodes = [0], env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let complaint = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (complaint += data));
    child.on('error', reject);
    child.on('close', (code) => {
      const elapsedMs = performance.now() - startMs;
      if (code !== null && okCodes.includes(code)) resolve({ elapsedMs, output });
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${complaint}`));
    });
  });
}

/** The first line of `<command> <flag>`, or undefined when the command is not there. */
export function commandVersion(command, flag) {
  const { error, stdout } = spawnSync(command, [flag], { encoding: 'utf8' });
  return error ? undefined : (stdout.split('\n')[0] ?? '').trim();
}

/**
 * lnav, version 0.11.1: with `-n` it reads and indexes the whole file (line ends, times, levels) before the first command,
 * which is to quit; `-q` prints nothing, `-N` adds no system log. `;SELECT lines FROM lnav_file` in place of `:quit` takes
 * as long and counts every line.
 */
export class Lnav {
  // A home of its own: no formats, sessions or caches of this machine's user.
  #home = mkdtempSync(join(tmpdir(), 'loupe-bench-lnav-'));

  constructor() {
    process.on('exit', () => this.close());
  }

  /** @param {string} path */
  async index(path) {
    return (await this.#run(['-q', '-c', ':quit', path])).elapsedMs;
  }

  /** What lnav took the file for, and how many lines it found. */
  async describe(path) {
    const { output } = await this.#run(['-c', ';SELECT format, lines FROM lnav_file', path]);
    const [, format = '?', lines = '0'] = /^(\S+)\s+(\d+)\s*$/m.exec(output) ?? [];
    return { format: format === '<NULL>' ? 'no format known' : format, lineCount: Number(lines) };
  }

  close() {
    rmSync(this.#home, { recursive: true, force: true });
  }

  #run(args) {
    const env = { ...process.env, HOME: this.#home, XDG_CONFIG_HOME: this.#home, TERM: 'dumb' };
    return timeCommand('lnav', ['-n', '-N', ...args], { env });
  }
}

/**
 * ripgrep counting matching lines; code 1 means none.
 *
 * @param {string[]} flags  e.g. `['-F']`
 * @returns {Promise<{ elapsedMs: number, count: number }>}
 */
export async function countWithRipgrep(flags, needle, path) {
  const args = ['--no-config', '-c', ...flags, '-e', needle, path];
  const { elapsedMs, output } = await timeCommand('rg', args, { okCodes: [0, 1] });
  return { elapsedMs, count: Number(output.trim() || 0) };
}
