/** Which Chromium the browser tests use. No environment variable makes Playwright itself use another binary. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { chromium } from '@playwright/test';

/** @typedef {{ executablePath?: string, source: string }} Browser  no path: the one Playwright brought itself */

/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const SYSTEM = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/usr/bin/microsoft-edge',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    `${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
    `${process.env['PROGRAMFILES(X86)']}\\Google\\Chrome\\Application\\chrome.exe`,
    `${process.env['PROGRAMFILES(X86)']}\\Microsoft\\Edge\\Application\\msedge.exe`,
  ],
};

/**
 * Whether Playwright downloaded the build it was made for. Without a window it uses a second, smaller build,
 * which may be the only one there:
 *
 *     ms-playwright/chromium-1234/…                   executablePath() names this one
 *     ms-playwright/chromium_headless_shell-1234/…
 */
function hasPlaywrightsOwn() {
  const full = chromium.executablePath();
  if (existsSync(full)) return true;
  const revision = /[\\/]chromium-(\d+)[\\/]/.exec(full);
  if (!revision) return false;
  const shell = join(full.slice(0, revision.index), `chromium_headless_shell-${revision[1]}`);
  return existsSync(shell) && readdirSync(shell).length > 0;
}

/**
 * The browsers of this machine, the wanted one first.
 *
 * @returns {Browser[]}
 * @throws Error when CHROMIUM_PATH names a file that does not exist
 */
export function findBrowsers() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`CHROMIUM_PATH=${wanted} does not exist`);
    return [{ executablePath: wanted, source: 'CHROMIUM_PATH' }];
  }
  const system = (SYSTEM[process.platform] ?? []).filter((path) => existsSync(path));
  return [
    ...(hasPlaywrightsOwn() ? [{ source: 'Playwright' }] : []),
    ...system.map((executablePath) => ({ executablePath, source: 'the system' })),
  ];
}

/** What Playwright's `launchOptions` need to start the browser of this machine. */
export function launchOptions() {
  const executablePath = findBrowsers()[0]?.executablePath;
  return executablePath === undefined ? {} : { executablePath };
}
