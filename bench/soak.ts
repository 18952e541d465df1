/**
 * `npm run soak`: the random tests for as long as one likes.
 *
 *     npm run soak -- --minutes=30 --runs=50000        every part gets its share of the time
 *     npm run soak -- --only=filters --seed=7 --path=12:3:0     one case again; a failure prints this line
 *
 * `bytes` opens its files in engines that go on living: a failure that its path does not bring back needs the files before
 * it, that is the same seed without a path.
 */
import fc from 'fast-check';

import { bytesProperty } from '../src/testing/random-bytes';
import { filtersProperty } from '../src/testing/filters-property';
import { mishapsProperty } from '../src/testing/mishaps-property';
import { refusedWritesProperty } from '../src/testing/refused-writes-property';

type Limits = Pick<
  fc.Parameters,
  'seed' | 'path' | 'numRuns' | 'timeout' | 'interruptAfterTimeLimit' | 'markInterruptAsFailure'
>;

/** What is said of the engine, and checked. */
const PARTS = {
  bytes: {
    title: 'random files are parsed, every byte accounted for',
    check: (limits: Limits) => fc.check(bytesProperty(), limits),
  },
  filters: {
    title: 'random filters keep what a naive reader keeps',
    check: (limits: Limits) => fc.check(filtersProperty(), limits),
  },
  mishaps: {
    title: 'dying workers and small budgets change no answer',
    check: (limits: Limits) => fc.check(mishapsProperty(), limits),
  },
  storage: {
    title: 'what a browser without room refuses is kept once there is room',
    check: (limits: Limits) => fc.check(refusedWritesProperty(), limits),
  },
} as const;

type PartName = keyof typeof PARTS;

interface Options {
  minutes: number;
  runs: number;
  seed: number;
  path: string | undefined;
  only: PartName | undefined;
}

/** @throws Error on an option that does not exist */
function parseOptions(args: readonly string[]): Options {
  const options: Options = { minutes: 10, runs: 10_000, seed: Date.now() % 2 ** 31, path: undefined, only: undefined };
  for (const arg of args) {
    const [, name, value = ''] = /^--(\w+)=(.+)$/.exec(arg) ?? [];
    if ((name === 'minutes' || name === 'runs' || name === 'seed') && Number.isFinite(Number(value)))
      options[name] = Number(value);
    else if (name === 'path' && /^[\d:]+$/.test(value)) options.path = value;
    else if (name === 'only' && value in PARTS) options.only = value as PartName;
    else {
      const parts = Object.keys(PARTS).join('|');
      throw new Error(`${arg}: not an option (--minutes=10 --runs=10000 --seed=N --path=N:N --only=${parts})`);
    }
  }
  return options;
}

/** @returns whether it held */
async function soak(name: PartName, { runs, seed, path }: Options, limitMs: number): Promise<boolean> {
  const { title, check } = PARTS[name];
  console.log(`${name}: ${title} (seed ${seed})`);
  const startedMs = performance.now();
  const details = await check({
    seed,
    numRuns: runs,
    interruptAfterTimeLimit: limitMs,
    markInterruptAsFailure: false,
    timeout: 15_000, // a call that is never answered
    ...(path === undefined ? {} : { path }),
  });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  if (details.interrupted && details.numRuns === 0) {
    console.log('  not one run ended in the time it had: give it more --minutes');
    return false;
  }
  if (!details.failed) {
    const why = details.interrupted ? ', the time was up' : '';
    console.log(`  held in ${details.numRuns} runs (${seconds} s${why})`);
    return true;
  }
  console.log(`  failed after ${details.numRuns} runs (${seconds} s)`);
  console.log(`  ${fc.stringify(details.counterexample)}`);
  console.log(details.errorInstance instanceof Error ? details.errorInstance.stack : details.errorInstance);
  console.log(
    `\n  Again: npm run soak -- --only=${name} --seed=${details.seed} --path=${details.counterexamplePath}\n`,
  );
  return false;
}

const options = parseOptions(process.argv.slice(2));
const names = options.only === undefined ? (Object.keys(PARTS) as PartName[]) : [options.only];
const failed: PartName[] = [];
for (const [index, name] of names.entries()) {
  // What one part leaves over, the next ones share.
  const leftMs = options.minutes * 60_000 - performance.now();
  if (!(await soak(name, options, Math.max(1000, leftMs / (names.length - index))))) failed.push(name);
}
if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
