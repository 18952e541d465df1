/** `npm run bench`, `npm run soak`: builds everything, then runs bench/<name>.mjs, or bench/<name>.ts bundled. */
import { existsSync } from 'node:fs';

import { buildAll } from './build.mjs';
import { bundleForNode } from './bundle-node.mjs';
import { ensureInstalled } from './install.mjs';
import { at, run } from './project.mjs';

const [name = 'main', ...rest] = process.argv.slice(2);
const plain = at('bench', `${name}.mjs`);
const typed = at('bench', `${name}.ts`);

await ensureInstalled();
await buildAll();
if (existsSync(plain)) {
  process.exitCode = await run(process.execPath, [plain, ...rest]);
} else if (existsSync(typed)) {
  await bundleForNode(typed, at('dist/bench'));
  process.exitCode = await run(process.execPath, [at('dist/bench', `${name}.js`), ...rest]);
} else {
  console.error(`There is neither bench/${name}.mjs nor bench/${name}.ts`);
  process.exitCode = 1;
}
