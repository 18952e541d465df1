/**
 * `npm test`: installs what is missing, runs every check, and ends with one line that adds them all up.
 * `--fast` leaves out the build and the browser: what must pass before a commit.
 *
 * A runner that fails or dies counts as a failure and does not keep the others from running.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

import { ensureInstalled } from './install.mjs';
import { ensureKernels } from './kernels.mjs';
import { at, runTool } from './project.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

const REPORTS = 'test-results/reports';

const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const failures = [];

/**
 * Runs one part, says how it went, and adds it to the total.
 *
 * @param {string} name
 * @param {() => Promise<boolean | Tally>} check  a boolean counts as one
 * @returns {Promise<boolean>} whether nothing failed
 */
async function part(name, check) {
  console.log(`\n── ${name}`);
  const startMs = performance.now();
  /** @type {Tally} */
  let tally;
  try {
    const result = await check();
    tally = typeof result === 'boolean' ? { passed: result ? 1 : 0, failed: result ? 0 : 1, skipped: 0 } : result;
  } catch (error) {
    console.error(error);
    tally = { passed: 0, failed: 1, skipped: 0 };
  }
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
  if (tally.failed > 0) failures.push(name);
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(`${tally.failed > 0 ? '✗' : '✓'} ${name}: ${sentence(tally)} (${seconds} s)`);
  return tally.failed === 0;
}

/** @param {Tally} tally */
const sentence = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** A runner can fail with no failed test: an error outside of tests, a crash. @param {Tally} tally @param {number} code */
const withExitCode = (tally, code) => (code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally);

/** @param {string} file  below REPORTS; the runner writes it @returns {any} undefined when the runner died before */
const readReport = (file) =>
  existsSync(at(REPORTS, file)) ? JSON.parse(readFileSync(at(REPORTS, file), 'utf8')) : undefined;

async function unitTests() {
  const report = `--outputFile.json=${REPORTS}/vitest.json`;
  const args = ['run', '--passWithNoTests', '--reporter=default', '--reporter=json', report];
  const code = await runTool('vitest/vitest.mjs', args);
  const result = readReport('vitest.json');
  /** Files that could not even be loaded have no tests to count. @type {{ status: string, assertionResults: [] }[]} */
  const files = result?.testResults ?? [];
  const unloadable = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const tally = {
    passed: result?.numPassedTests ?? 0,
    failed: (result?.numFailedTests ?? 0) + unloadable,
    skipped: (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0),
  };
  return withExitCode(tally, code);
}

async function browserTests() {
  const { runE2e } = await import('./e2e.mjs');
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: at(REPORTS, 'playwright.json') };
  const code = await runE2e(['--pass-with-no-tests', '--reporter=list,json'], env);
  const stats = readReport('playwright.json')?.stats;
  const tally = {
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  };
  return withExitCode(tally, code);
}

/** @param {boolean} fast */
async function main(fast) {
  await ensureInstalled();
  rmSync(at(REPORTS), { recursive: true, force: true });
  mkdirSync(at(REPORTS), { recursive: true });

  // Compiled kernels and a built app count only when they fail: they are the others' ground, not tests.
  await ensureKernels().catch((error) => part('kernels', () => Promise.reject(error)));

  const { checkTypes } = await import('./types.mjs');
  const { checkLint } = await import('./lint.mjs');
  const { checkImports } = await import('./imports.mjs');
  await part('types', checkTypes);
  await part('lint', () => checkLint());
  /** @type {Awaited<ReturnType<typeof checkImports>> | undefined} */
  let imports;
  await part('imports', async () => {
    imports = await checkImports();
    return imports.rooms;
  });
  await part('cycles', async () => imports?.cycles ?? false);
  await part('unit and contract tests', unitTests);
  if (fast) return;

  const { buildAll } = await import('./build.mjs');
  try {
    await buildAll();
  } catch (error) {
    await part('build', () => Promise.reject(error));
    return;
  }
  const { checkShellSize } = await import('./shell-size.mjs');
  await part('shell size', async () => checkShellSize());
  await part('browser tests', browserTests);
}

await main(process.argv.includes('--fast'));
process.exitCode = total.failed > 0 ? 1 : 0;
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${sentence(total)}`);
