/** Makes sure a Chromium starts: one that is there, else Playwright's download, else the Debian package. */
import { existsSync } from 'node:fs';

import { chromium } from '@playwright/test';

import { findBrowsers } from './chromium.mjs';
import { run, runTool } from './project.mjs';

/** The first browser that really starts: a downloaded one may lack system libraries. */
async function firstThatStarts() {
  for (const browser of findBrowsers()) {
    const { source, ...options } = browser;
    try {
      const running = await chromium.launch(options);
      console.log(`Browser: Chromium ${running.version()} of ${source} ${options.executablePath ?? ''}`);
      await running.close();
      return browser;
    } catch (error) {
      console.error(`The browser of ${source} does not start: ${String(error).split('\n')[0]}`);
    }
  }
  return undefined;
}

const canUseApt = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @returns {Promise<boolean>} false when no browser could be had; the way out has been printed */
export async function ensureChromium() {
  let browser = await firstThatStarts();
  if (!browser) {
    console.log('No Chromium on this machine: asking Playwright for one …');
    await runTool('@playwright/test/cli.js', ['install', 'chromium']);
    browser = await firstThatStarts();
  }
  if (!browser && canUseApt()) {
    console.log('Installing the Debian package chromium …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
    browser = await firstThatStarts();
  }
  if (!browser) {
    console.error('No Chromium: install one (apt-get install chromium) or set CHROMIUM_PATH.');
    return false;
  }
  // The tests run in processes of their own; they should start the very browser that was tried here.
  if (browser.executablePath) process.env.CHROMIUM_PATH = browser.executablePath;
  return true;
}
