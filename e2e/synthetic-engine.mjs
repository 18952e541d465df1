/** Puts the synthetic engine in the place of the real one, at the network's edge: the page itself is what is shipped. */
import { fileURLToPath } from 'node:url';

import { rolldown } from 'rolldown';

/** @type {Promise<string> | undefined} */
let code;

async function bundle() {
  const made = await rolldown({
    input: fileURLToPath(new URL('./synthetic-engine.worker.ts', import.meta.url)),
    platform: 'browser',
  });
  const { output } = await made.generate({ format: 'esm', codeSplitting: false });
  await made.close();
  return output[0].code;
}

/**
 * To be called before the page is visited.
 *
 * @param {import('@playwright/test').Page} page
 */
export async function useSyntheticEngine(page) {
  code ??= bundle();
  const body = await code;
  await page.route(/\/assets\/engine\.worker-[^/]*\.js$/, (route) =>
    route.fulfill({ body, contentType: 'text/javascript' }),
  );
}

/**
 * What to open: see `synthetic-engine.worker.ts`.
 *
 * @param {number} records
 * @param {'plain' | 'mixed'} shape
 */
export function syntheticLog(records, shape) {
  return { name: 'synthetic.log', text: JSON.stringify({ records, shape }) };
}
