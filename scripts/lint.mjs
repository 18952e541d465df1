/** Biome for format and lint, oxlint for what needs types: forgotten promises, `any`. `--write` mends what can be. */
import { ensureInstalled } from './install.mjs';
import { isProgram, runTool } from './project.mjs';

/** @param {boolean} write  mend instead of complaining @returns {Promise<boolean>} whether nothing is left to mend */
export async function checkLint(write = false) {
  const biome = runTool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', ...(write ? ['--write'] : [])]);
  const oxlint = runTool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']);
  const codes = await Promise.all([biome, oxlint]);
  return codes.every((code) => code === 0);
}

if (isProgram(import.meta.url)) {
  await ensureInstalled();
  process.exitCode = (await checkLint(process.argv.includes('--write'))) ? 0 : 1;
}
