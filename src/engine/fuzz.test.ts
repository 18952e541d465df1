/** Random files, filters and mishaps, a short form of `npm run soak`. */
import fc from 'fast-check';
import { test } from 'vitest';

import { filtersProperty } from '../testing/filters-property';
import { bytesProperty } from '../testing/random-bytes';

test('10,000 random files are parsed, and every byte of them is accounted for', async () => {
  await fc.assert(bytesProperty(), { seed: 20261120, numRuns: 10000 });
}, 60_000);

test('random filters over random logs keep what a naive reader keeps', async () => {
  await fc.assert(filtersProperty(), { seed: 20261120, numRuns: 200 });
}, 60_000);
