/** Puts the synthetic engine in the place of the real one, at the network's edge: the page itself is what is shipped. */
import { fileURLToPath } from 'node:url';

import type { Page } from '@playwright/test';
import { rolldown } from 'rolldown';

let code: Promise<string> | undefined;

async function bundle(): Promise<string> {
  const made = await rolldown({
    input: fileURLToPath(new URL('./synthetic-engine.worker.ts', import.meta.url)),
    platform: 'browser',
  });
  const { output } = await made.generate({ format: 'esm', codeSplitting: false });
  await made.close();
  return output[0].code;
}

/** To be called before the page is visited. */
export async function useSyntheticEngine(page: Page) {
  code ??= bundle();
  const body = await code;
  await page.route(/\/assets\/engine\.worker-[^/]*\.js$/, (route) =>
    route.fulfill({ body, contentType: 'text/javascript' }),
  );
}

/** What to open: see `synthetic-engine.worker.ts`. */
export function syntheticLog(records: number, shape: 'plain' | 'mixed') {
  return { name: 'synthetic.log', text: JSON.stringify({ records, shape }) };
}
