/** What is looked at to say whether Loupe is well: one list. A new check is an entry in it. */
import type { HealthFacts } from '../../state/health-facts';
import { toCountText, toDurationText, toFileSizeText, toMemoryText, toPercentText } from '../../ui/size-text';

export type CheckState = 'pass' | 'warn' | 'fail';

/** What can be done about it, by the page. */
export type Repair =
  | { readonly kind: 'restart-engine' }
  | { readonly kind: 'restart-worker'; readonly worker: number }
  | { readonly kind: 'clear-indexes' }
  | { readonly kind: 'persist' }
  | { readonly kind: 'update' }
  | { readonly kind: 'sources' }
  | { readonly kind: 'settings' };

export interface CheckResult {
  readonly state: CheckState;
  /** What is so, with its numbers, and what follows from it. */
  readonly text: string;
  readonly repair?: Repair;
}

export interface HealthCheck {
  readonly id: string;
  readonly title: string;
  /** Null: nothing is known yet. */
  readonly look: (facts: HealthFacts) => CheckResult | null;
}

/** Below so many windows, the first ones, for which everything was got ready, weigh too much. */
const LEAST_WINDOWS = 50;
/** Rows that come later than this are seen to come. */
const ROWS_WARN_MS = 100;
/** … and later than this, scrolling stops. */
const ROWS_FAIL_MS = 1000;
/** Of what the browser grants: it may delete, or refuse the next write. */
const STORAGE_WARN = 0.8;
const STORAGE_FAIL = 0.95;

const pass = (text: string): CheckResult => ({ state: 'pass', text });
const warn = (text: string, repair?: Repair): CheckResult => ({ state: 'warn', text, ...(repair && { repair }) });
const fail = (text: string, repair?: Repair): CheckResult => ({ state: 'fail', text, ...(repair && { repair }) });

export const HEALTH_CHECKS: readonly HealthCheck[] = [
  {
    id: 'engine',
    title: 'Engine',
    look({ engine, isEngineDead }) {
      if (isEngineDead) {
        return fail('Its thread has ended. What is on screen stays; no question is answered.', {
          kind: 'restart-engine',
        });
      }
      return engine && pass(`It answers, for ${toDurationText(engine.upMs)}.`);
    },
  },
  {
    id: 'workers',
    title: 'Workers',
    look({ engine, restartReasons }) {
      if (!engine) return null;
      const silent = engine.workers.find((worker) => !worker.isAnswering);
      if (silent) {
        return fail(
          `Worker ${silent.id + 1} of ${engine.workers.length} has said nothing for two seconds. Restarted, it reads its part of the sources again.`,
          { kind: 'restart-worker', worker: silent.id },
        );
      }
      const restarts = engine.workers.reduce((sum, worker) => sum + worker.restarts, 0);
      const last = restartReasons.at(-1);
      if (restarts > 0) {
        return warn(
          `${toCountText(restarts, 'restart')}${last === undefined ? '' : `, the last because: ${last}`}. What they held was read again.`,
        );
      }
      return pass(`${toCountText(engine.workers.length, 'worker')}, none was restarted.`);
    },
  },
  {
    id: 'kernels',
    title: 'Kernels',
    look({ engine }) {
      if (!engine) return null;
      if (engine.kernels === 'simd') return pass('WebAssembly with SIMD.');
      return warn('This browser offers no WebAssembly SIMD: portable code answers the same, slower.');
    },
  },
  {
    id: 'memory',
    title: 'Memory',
    look({ engine, sources }) {
      if (!engine) return null;
      const held = `${toMemoryText(engine.residentBytes)} of ${toMemoryText(engine.budgetBytes)} hold bytes of sources.`;
      if (engine.residentBytes > engine.budgetBytes) {
        return warn(`${held} Close a source, or set a larger budget.`, { kind: 'settings' });
      }
      const allBytes = sources.reduce((sum, source) => sum + source.sizeBytes, 0);
      if (allBytes > engine.budgetBytes) {
        return pass(
          `${held} The sources have ${toFileSizeText(allBytes)}: the rest is read from the files when asked for.`,
        );
      }
      return pass(held);
    },
  },
  {
    id: 'timings',
    title: 'Answers',
    look({ timings }) {
      const rows = timings.find(({ call }) => call === 'rows');
      if (!rows || rows.count === 0) return pass('No rows were asked for yet.');
      const text = `95 % of ${toCountText(rows.count, 'window')} of rows came within ${toDurationText(rows.p95Ms)}.`;
      if (rows.count < LEAST_WINDOWS) return pass(`${text} Judged from ${LEAST_WINDOWS} on.`);
      if (rows.p95Ms > ROWS_FAIL_MS) {
        return fail(`${text} Scrolling waits: a larger budget keeps more of the sources in memory.`, {
          kind: 'settings',
        });
      }
      if (rows.p95Ms > ROWS_WARN_MS) return warn(`${text} More than ${ROWS_WARN_MS} ms is seen while scrolling.`);
      return pass(text);
    },
  },
  {
    id: 'sources',
    title: 'Sources',
    look({ sources }) {
      const faults = sources.filter((source) => source.fault !== null).length;
      if (faults > 0) {
        return fail(`${toCountText(faults, 'source')} of ${sources.length} in trouble. What was read stays.`, {
          kind: 'sources',
        });
      }
      const problems = sources.reduce(
        (sum, source) => sum + source.problems.reduce((count, problem) => count + problem.count, 0),
        0,
      );
      if (problems > 0) {
        return warn(
          `${toCountText(problems, 'problem')} in ${toCountText(sources.length, 'source')}. No line was left out.`,
          {
            kind: 'sources',
          },
        );
      }
      return pass(
        sources.length === 0 ? 'None is open.' : `${toCountText(sources.length, 'source')}, without problems.`,
      );
    },
  },
  {
    id: 'storage',
    title: 'Storage',
    look({ storage }) {
      if (!storage) return null;
      const { usedBytes, quotaBytes } = storage;
      if (usedBytes === null || quotaBytes === null || quotaBytes === 0) {
        return warn('The browser does not tell how much it grants.');
      }
      const share = usedBytes / quotaBytes;
      const text = `${toFileSizeText(usedBytes)} of ${toFileSizeText(quotaBytes)} used, ${toPercentText(share)}.`;
      const next = 'Clearing the indexes frees most of it; logs then open from their bytes.';
      if (share >= STORAGE_FAIL) return fail(`${text} ${next}`, { kind: 'clear-indexes' });
      return share >= STORAGE_WARN ? warn(`${text} ${next}`, { kind: 'clear-indexes' }) : pass(text);
    },
  },
  {
    id: 'persistence',
    title: 'Persistence',
    look({ storage }) {
      if (!storage) return null;
      if (storage.isPersisted === null) return warn('The browser does not tell whether it deletes by itself.');
      if (storage.isPersisted) return pass('The browser has promised not to delete by itself what Loupe keeps.');
      return warn('The browser may delete what Loupe keeps when the disk is full.', { kind: 'persist' });
    },
  },
  {
    id: 'workspaces',
    title: 'Workspaces',
    look({ storeTrouble }) {
      if (storeTrouble === null) return pass('Kept in this browser.');
      if (storeTrouble === 'unavailable')
        return warn('The browser keeps nothing here: they last until this page is closed.');
      if (storeTrouble === 'full') return warn('Not kept now: the browser has no room left. Delete workspaces.');
      if (storeTrouble === 'lost' || storeTrouble === 'damaged')
        return warn('Not kept now: the browser’s storage was closed or is damaged. Reload this page.');
      if (storeTrouble === 'deleted')
        return warn('Not kept now: everything kept was deleted in another tab. Reload this page to keep again.');
      return warn('Not kept now: another tab runs another version of Loupe. Close it, or reload this one.');
    },
  },
  {
    id: 'index-cache',
    title: 'Index cache',
    look({ engine }) {
      if (!engine) return null;
      const counts = engine.indexCache;
      if (counts === null) return warn('No indexes are kept here: every log is read from its bytes.');
      const asked = counts.found + counts.missed;
      const hits = asked === 0 ? 'Not asked yet' : `${counts.found} of ${toCountText(asked, 'source')} found`;
      const text = `${hits}, ${counts.written} written, ${counts.givenUp} given up.`;
      if (counts.givenUp > counts.written) {
        return warn(`${text} There may be no room: clearing makes some.`, { kind: 'clear-indexes' });
      }
      return pass(text);
    },
  },
  {
    id: 'service-worker',
    title: 'Offline',
    look({ serviceWorker }) {
      if (!serviceWorker) return null;
      if (serviceWorker.state === 'none') {
        return warn('Not kept for offline use: a private window, a development server, or an address without https.');
      }
      if (serviceWorker.state === 'installing') return warn('Being kept for offline use.');
      if (serviceWorker.state === 'waiting') return warn('A newer version is here and waits.', { kind: 'update' });
      return serviceWorker.isControlling
        ? pass('The service worker is active and answers for this page.')
        : warn('The service worker is active; it answers for this page after a reload.');
    },
  },
  {
    id: 'outbound',
    title: 'Outbound',
    look: ({ askedRequests }) =>
      pass(
        askedRequests === 0
          ? 'Nothing of a log has left this device.'
          : `Nothing of a log has left this device; ${toCountText(askedRequests, 'address', 'addresses')} fetched because you asked.`,
      ),
  },
];

export interface CheckedFact extends CheckResult {
  readonly id: string;
  readonly title: string;
}

/** Every check of which something is known, in the order of the list. */
export function lookAtHealth(facts: HealthFacts): readonly CheckedFact[] {
  return HEALTH_CHECKS.flatMap(({ id, title, look }) => {
    const result = look(facts);
    return result === null ? [] : [{ id, title, ...result }];
  });
}

/** The worst of them. */
export function worstState(checks: readonly CheckResult[]): CheckState {
  if (checks.some(({ state }) => state === 'fail')) return 'fail';
  return checks.some(({ state }) => state === 'warn') ? 'warn' : 'pass';
}
