/** A headless Chromium with a profile of its own. Every page gets a fresh renderer, so that no run inherits touched memory. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from '@playwright/test';

import { launchOptions } from '../scripts/chromium.mjs';
import { canMeasureMemory, rendererIds } from './processes.mjs';

const GONE_WITHIN_MS = 10_000;

export class Browser {
  #profile = mkdtempSync(join(tmpdir(), 'loupe-bench-profile-'));
  /** @type {import('@playwright/test').BrowserContext | undefined} */
  #context;

  constructor() {
    // Also when Ctrl-C ends us: Playwright then ends the browser, and nobody comes back to close().
    process.on('exit', () => rmSync(this.#profile, { recursive: true, force: true }));
  }

  async start() {
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      ...launchOptions(),
      viewport: { width: 1280, height: 800 },
      // Workers that cache the app would answer from a cache of an earlier build.
      serviceWorkers: 'block',
      args: ['--enable-precise-memory-info'],
    });
    // What is measured are the lines, whatever a newly opened log shows.
    await this.#context.addInitScript(() => {
      if (location.protocol === 'about:' || localStorage.getItem('loupe.settings.1') !== null) return;
      localStorage.setItem('loupe.settings.1', JSON.stringify({ firstView: 'lines' }));
    });
  }

  get version() {
    return this.#running().browser()?.version() ?? '';
  }

  /**
   * Opens a page, lets `use` work with it, closes it and waits until its memory has been given back.
   *
   * @template T
   * @param {string} url
   * @param {(page: import('@playwright/test').Page) => Promise<T>} use
   * @param {(page: import('@playwright/test').Page) => Promise<void>} [prepare]  before it goes to the address
   * @returns {Promise<T>}
   */
  async withPage(url, use, prepare) {
    const before = canMeasureMemory ? rendererIds() : [];
    const page = await this.#running().newPage();
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('crash', () => problems.push('the page crashed'));
    try {
      await prepare?.(page);
      await page.goto(url);
      return await use(page);
    } catch (error) {
      throw problems.length === 0 ? error : new Error(`${error.message}\nin the page: ${problems.join('; ')}`);
    } finally {
      const mine = canMeasureMemory ? rendererIds().filter((id) => !before.includes(id)) : [];
      await page.close();
      await this.#untilGone(mine);
    }
  }

  async close() {
    await this.#context?.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }

  #running() {
    if (!this.#context) throw new Error('the browser has not been started');
    return this.#context;
  }

  /** Renderers end some time after their page; the next run must not compete with their clean-up. One spare may stay. */
  async #untilGone(ids) {
    const giveUpMs = performance.now() + GONE_WITHIN_MS;
    while (rendererIds().filter((id) => ids.includes(id)).length > 1 && performance.now() < giveUpMs) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
