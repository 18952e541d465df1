/** `npm run e2e -- …`: a fresh build in a real browser; arguments go to Playwright. */
import { buildApp } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { findFreePort, isProgram, runTool } from './project.mjs';

/**
 * @param {string[]} args  for Playwright
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} exit code
 */
export async function runE2e(args, env = {}) {
  const { ensureChromium } = await import('./ensure-chromium.mjs');
  if (!(await ensureChromium())) return 1;
  // A port of our own: a forgotten server on a fixed one would be tested in place of this build.
  const port = String(await findFreePort());
  return runTool('@playwright/test/cli.js', ['test', ...args], { env: { ...env, LOUPE_E2E_PORT: port } });
}

if (isProgram(import.meta.url)) {
  await ensureInstalled();
  await buildApp();
  process.exitCode = await runE2e(process.argv.slice(2));
}
