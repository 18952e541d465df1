/** The peer that every opening is compared with: reading the same file into the WebAssembly memories of two workers. */

/** How the engine reads; see docs/decisions/reading-files.md. */
export const ENGINE_READING = { workerCount: 2, sliceBytes: 48 * 1024 * 1024, inFlight: 2, method: 'byob' };

/**
 * @param {import('./browser.mjs').Browser} browser
 * @param {string} pagesUrl  where bench/pages is served
 * @param {string} path
 * @param {Partial<typeof ENGINE_READING> & { isResident?: boolean }} [options]
 * @returns {Promise<{ elapsedMs: number, bytes: number, readMs: number, copyMs: number }>}
 */
export function measureResidentRead(browser, pagesUrl, path, options = {}) {
  const wanted = { ...ENGINE_READING, isResident: true, ...options };
  return browser.withPage(`${pagesUrl}resident-read.html`, async (page) => {
    await page.evaluate((workerCount) => globalThis.residentRead.prepare(workerCount), wanted.workerCount);
    await page.setInputFiles('#file', path);
    return page.evaluate((options) => globalThis.residentRead.read(options), wanted);
  });
}
