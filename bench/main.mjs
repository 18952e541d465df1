/**
 * `npm run bench [-- names] [--quick] [--mib=1024] [--rounds=7] [--no-peers]`: every figure against a peer in the same run.
 * See docs/benchmarks.md.
 */
import { existsSync } from 'node:fs';
import { cpus, totalmem, version } from 'node:os';
import { fileURLToPath } from 'node:url';

import { cspHeader } from '../scripts/csp.mjs';
import { Browser } from './browser.mjs';
import { commandVersion, Lnav } from './commands.mjs';
import { digests } from './figures/digests.mjs';
import { giant } from './figures/giant.mjs';
import { memory } from './figures/memory.mjs';
import { opening } from './figures/opening.mjs';
import { patterns } from './figures/patterns.mjs';
import { reading } from './figures/reading.mjs';
import { reopening } from './figures/reopening.mjs';
import { returning } from './figures/returning.mjs';
import { scroll } from './figures/scroll.mjs';
import { search } from './figures/search.mjs';
import { typing } from './figures/typing.mjs';
import { parseOptions } from './options.mjs';
import { Report } from './report.mjs';
import { serveFolder } from './serve.mjs';

/** @type {readonly { name: string, title: string, usesApp: boolean, run: (bench: Bench) => Promise<void> }[]} */
const FIGURES = [opening, patterns, reopening, returning, search, typing, memory, giant, digests, reading, scroll];

/**
 * @typedef {object} Bench  what a figure has at hand
 * @property {import('./options.mjs').Options} options
 * @property {Report} report
 * @property {Browser} browser
 * @property {string} appUrl
 * @property {string} pagesUrl
 * @property {Lnav | undefined} lnav  undefined where it is not installed or not wanted
 * @property {boolean} hasRipgrep
 */

const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));

function describeMachine(browser, options) {
  return {
    cpu: `${cpus().length} × ${cpus()[0]?.model ?? '?'}`,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    system: version(),
    node: process.version,
    chromium: browser.version,
    lnav: commandVersion('lnav', '-V'),
    ripgrep: commandVersion('rg', '--version'),
    options,
  };
}

/** @returns {Promise<boolean>} whether every bar was kept */
async function main() {
  const options = parseOptions(process.argv.slice(2));
  const unknown = options.names.filter((name) => !FIGURES.some((figure) => figure.name === name));
  if (unknown.length > 0)
    throw new Error(`${unknown.join(', ')}: no such figure (${FIGURES.map(({ name }) => name).join(', ')})`);
  const wanted = FIGURES.filter(({ name }) => options.names.length === 0 || options.names.includes(name));

  const appFolder = fromHere('../dist/app/');
  if (!existsSync(appFolder) && wanted.some(({ usesApp }) => usesApp))
    throw new Error('there is no build: npm run build');
  const app = await serveFolder(appFolder, { 'content-security-policy': cspHeader });
  const pages = await serveFolder(fromHere('pages/'));
  const browser = new Browser();
  const lnav = options.withPeers && commandVersion('lnav', '-V') !== undefined ? new Lnav() : undefined;
  try {
    await browser.start();
    const report = new Report(describeMachine(browser, options));
    for (const [name, value] of Object.entries(report.machine)) report.note(`${name}: ${JSON.stringify(value) ?? '–'}`);
    for (const figure of wanted) {
      report.section(figure.title);
      await figure.run({
        options,
        report,
        browser,
        appUrl: app.url,
        pagesUrl: pages.url,
        lnav,
        hasRipgrep: options.withPeers && commandVersion('rg', '--version') !== undefined,
      });
    }
    report.section('Bars');
    report.closeBars();
    report.note(`Written: ${report.write(fromHere('results'))}`);
    return report.bars.every(({ passed }) => passed);
  } finally {
    lnav?.close();
    await browser.close();
    await Promise.all([app.close(), pages.close()]);
  }
}

main().then(
  (passed) => {
    process.exitCode = passed ? 0 : 1;
  },
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
