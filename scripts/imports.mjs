/** Who imports whom: the table of rooms in .dependency-cruiser.cjs, and "no cycles". */
import { existsSync } from 'node:fs';

import { ensureInstalled } from './install.mjs';
import { at, isProgram, root } from './project.mjs';

const ROOTS = ['src', 'workers', 'cli', 'proxy'];

/**
 * Reads all imports once and prints what is forbidden.
 *
 * @returns {Promise<{ rooms: boolean, cycles: boolean }>} whether each of the two is in order
 */
export async function checkImports() {
  const { cruise } = await import('dependency-cruiser');
  const { default: extractOptions } = await import('dependency-cruiser/config-utl/extract-depcruise-options');
  const options = await extractOptions(at('.dependency-cruiser.cjs'));
  const result = await cruise(
    ROOTS.filter((folder) => existsSync(at(folder))),
    { ...options, baseDir: root },
  );
  if (typeof result.output === 'string') throw new Error('dependency-cruiser answered with text');

  const { violations, totalCruised } = result.output.summary;
  for (const violation of violations) {
    const path = violation.cycle?.map((step) => step.name) ?? [violation.to];
    console.error(`${violation.from} → ${path.join(' → ')}\n  ${violation.rule.name}`);
  }
  const cycles = violations.filter((violation) => violation.type === 'cycle').length;
  console.log(`Imports of ${totalCruised} modules: ${violations.length - cycles} forbidden, ${cycles} in cycles`);
  return { rooms: violations.length === cycles, cycles: cycles === 0 };
}

if (isProgram(import.meta.url)) {
  await ensureInstalled();
  const { rooms, cycles } = await checkImports();
  process.exitCode = rooms && cycles ? 0 : 1;
}
