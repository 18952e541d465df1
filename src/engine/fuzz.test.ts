/** Random files, filters and mishaps: the short form of `npm run soak`. A failure tells the seed and path for `npm run soak -- --only=…`. */
import fc from 'fast-check';
import { test } from 'vitest';

import { filtersProperty } from '../testing/filters-property';
import { mishapsProperty } from '../testing/mishaps-property';
import { bytesProperty } from '../testing/random-bytes';

const SEED = 20261120;
/** For slow machines with much else to do; a call that is never answered ends its test after CALL_LIMIT_MS. */
const LIMIT_MS = 180_000;
const CALL_LIMIT_MS = 15_000;

test(
  '10,000 random files are parsed, and every byte of them is accounted for',
  () => fc.assert(bytesProperty(), { seed: SEED, numRuns: 10_000, timeout: CALL_LIMIT_MS }),
  LIMIT_MS,
);

test(
  'random filters over random logs keep what a naive reader keeps',
  () => fc.assert(filtersProperty(), { seed: SEED, numRuns: 100, timeout: CALL_LIMIT_MS }),
  LIMIT_MS,
);

test(
  'workers that die and budgets that are too small change no answer',
  () => fc.assert(mishapsProperty(), { seed: SEED, numRuns: 60, timeout: CALL_LIMIT_MS }),
  LIMIT_MS,
);
