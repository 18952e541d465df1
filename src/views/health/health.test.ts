import { describe, expect, test } from 'vitest';

import { Latencies } from '../../base/latencies';
import { type HealthFacts, loadsBetween } from '../../state/health-facts';
import { HEALTH_CHECKS, lookAtHealth, worstState } from './health-checks';
import { toHealthJson, toPrometheusText } from './health-export';

const MIB = 1024 * 1024;

type Engine = NonNullable<HealthFacts['engine']>;

function drawWorker(id: number, more: Partial<Engine['workers'][number]> = {}): Engine['workers'][number] {
  return {
    id,
    restarts: 0,
    shardCount: 2,
    residentBytes: 10 * MIB,
    columnBytes: MIB,
    memoryBytes: 20 * MIB,
    isBusy: false,
    pendingCalls: 0,
    busyMs: 500,
    isAnswering: true,
    ...more,
  };
}

function drawEngine(more: Partial<Engine> = {}): Engine {
  return {
    workers: [drawWorker(0), drawWorker(1)],
    upMs: 60_000,
    budgetBytes: 512 * MIB,
    residentBytes: 20 * MIB,
    kernels: 'simd',
    indexCache: { found: 3, missed: 1, written: 1, givenUp: 0 },
    ...more,
  };
}

function drawFacts(more: Partial<HealthFacts> = {}): HealthFacts {
  const rows = new Latencies();
  for (const ms of [1, 2, 4, 8]) rows.add(ms);
  return {
    at: Date.UTC(2026, 10, 20),
    version: '1.0.0',
    engine: drawEngine(),
    isEngineDead: false,
    loads: [0.25, 0],
    restartReasons: [],
    timings: [{ call: 'rows', ...rows.summary(), failedCount: 0, staleCount: 1 }],
    sources: [
      { state: 'open', sizeBytes: 1000, recordCount: 10, isFromCache: false, fault: null, problems: [] },
      { state: 'open', sizeBytes: 2000, recordCount: 20, isFromCache: true, fault: null, problems: [] },
    ],
    storage: {
      parts: [
        { kind: 'settings', bytes: 100 },
        { kind: 'app', bytes: null },
      ],
      quotaBytes: 1000 * MIB,
      usedBytes: 100 * MIB,
      isPersisted: true,
    },
    storeTrouble: null,
    serviceWorker: { state: 'active', isControlling: true },
    askedRequests: 0,
    ...more,
  };
}

const check = (id: string, more: Partial<HealthFacts>) => lookAtHealth(drawFacts(more)).find((one) => one.id === id);

describe('checks', () => {
  test('all pass when all is well', () => {
    const checks = lookAtHealth(drawFacts());
    expect(checks.map(({ id }) => id)).toEqual(HEALTH_CHECKS.map(({ id }) => id));
    expect(checks.filter(({ state }) => state !== 'pass')).toEqual([]);
    expect(worstState(checks)).toBe('pass');
  });

  test('what is not known yet is not checked', () => {
    const checks = lookAtHealth(drawFacts({ engine: null, storage: null, serviceWorker: null }));
    expect(checks.map(({ id }) => id)).toEqual(['timings', 'sources', 'workspaces', 'outbound']);
  });

  test('an engine that ended can be restarted', () => {
    expect(check('engine', { engine: null, isEngineDead: true })).toMatchObject({
      state: 'fail',
      repair: { kind: 'restart-engine' },
    });
  });

  test('a worker that says nothing can be restarted; restarts are told with their reason', () => {
    const silent = drawEngine({ workers: [drawWorker(0), drawWorker(1, { isAnswering: false })] });
    expect(check('workers', { engine: silent })).toMatchObject({
      state: 'fail',
      repair: { kind: 'restart-worker', worker: 1 },
    });
    const restarted = drawEngine({ workers: [drawWorker(0, { restarts: 2 })] });
    const told = check('workers', { engine: restarted, restartReasons: ['out of memory'] });
    expect(told).toMatchObject({ state: 'warn' });
    expect(told?.text).toContain('2 restarts, the last because: out of memory');
  });

  test.each([
    [0.5, 'pass', undefined],
    [0.85, 'warn', 'clear-indexes'],
    [0.97, 'fail', 'clear-indexes'],
  ])('storage %f full is a %s', (share, state, repair) => {
    const storage = { parts: [], quotaBytes: 1000, usedBytes: share * 1000, isPersisted: true };
    const found = check('storage', { storage });
    expect(found?.state).toBe(state);
    expect(found?.repair?.kind).toBe(repair);
  });

  test.each([
    ['persistence', { storage: { parts: [], quotaBytes: null, usedBytes: null, isPersisted: false } }, 'persist'],
    ['service-worker', { serviceWorker: { state: 'waiting', isControlling: true } }, 'update'],
    ['memory', { engine: drawEngine({ residentBytes: 600 * MIB }) }, 'settings'],
    [
      'index-cache',
      { engine: drawEngine({ indexCache: { found: 0, missed: 2, written: 0, givenUp: 2 } }) },
      'clear-indexes',
    ],
  ] as const)('%s warns with a repair', (id, facts, repair) => {
    expect(check(id, facts)).toMatchObject({ state: 'warn', repair: { kind: repair } });
  });

  test('slow rows warn, and fail when scrolling must stop for them', () => {
    const timed = (ms: number) => {
      const latencies = new Latencies();
      for (let i = 0; i < 50; i++) latencies.add(ms);
      return { timings: [{ call: 'rows', ...latencies.summary(), failedCount: 0, staleCount: 0 }] };
    };
    expect(check('timings', timed(20))?.state).toBe('pass');
    expect(check('timings', timed(300))?.state).toBe('warn');
    expect(check('timings', timed(3000))?.state).toBe('fail');
  });

  test('a source in trouble fails, problems of its lines warn', () => {
    const source = { state: 'open', sizeBytes: 1, recordCount: 1, isFromCache: false, problems: [] };
    expect(check('sources', { sources: [{ ...source, fault: 'file-vanished' }] })?.state).toBe('fail');
    const problems = [{ code: 'no-time', count: 3 }];
    expect(check('sources', { sources: [{ ...source, fault: null, problems }] })).toMatchObject({
      state: 'warn',
      text: '3 problems in 1 source. No line was left out.',
    });
  });
});

test('load is the share of the time between two answers', () => {
  const before = drawEngine({ upMs: 1000, workers: [drawWorker(0, { busyMs: 100 }), drawWorker(1, { busyMs: 900 })] });
  const now = drawEngine({ upMs: 1500, workers: [drawWorker(0, { busyMs: 350 }), drawWorker(1, { busyMs: 1500 })] });
  expect(loadsBetween(before, now)).toEqual([0.5, 1]);
  expect(loadsBetween(now, { ...now })).toEqual([0, 0]);
});

describe('exports', () => {
  test('JSON holds the checks and the facts', () => {
    const read = JSON.parse(toHealthJson(drawFacts()));
    expect(read).toMatchObject({ state: 'pass', at: '2026-11-20T00:00:00.000Z', version: '1.0.0' });
    expect(read.checks).toHaveLength(HEALTH_CHECKS.length);
    expect(read.engine.workers).toHaveLength(2);
  });

  test('Prometheus text is of its grammar: each metric once, with help and type, its lines together', () => {
    const problems = [{ code: 'a"b\\c\nd', count: 2 }];
    const source = { state: 'open', sizeBytes: 1, recordCount: 1, isFromCache: false, fault: null, problems };
    const text = toPrometheusText(drawFacts({ sources: [source] }));
    expect(text.endsWith('\n')).toBe(true);
    const seen = new Set<string>();
    let current = '';
    for (const line of text.trimEnd().split('\n')) {
      const help = /^# HELP (\w+) \S.*$/.exec(line);
      if (help) {
        current = help[1] ?? '';
        expect(seen.has(current)).toBe(false);
        seen.add(current);
      } else if (line.startsWith('#'))
        expect(line).toMatch(new RegExp(`^# TYPE ${current} (gauge|counter|histogram)$`));
      else {
        //                                       ┌ labels: name="value", with \\ \" \n escaped                ┌ value
        expect(line).toMatch(
          /^\w+(?:\{\w+="(?:[^"\\\n]|\\["\\n])*"(?:,\w+="(?:[^"\\\n]|\\["\\n])*")*\})? -?\d[\d.e+-]*$/,
        );
        expect(line.startsWith(current)).toBe(true);
      }
    }
    expect(text).toContain('loupe_problems{code="a\\"b\\\\c\\nd"} 2');
    expect(text).toContain('loupe_worker_load_ratio{worker="0"} 0.25');
    expect(text).toContain('loupe_index_cache_total{outcome="given_up"} 0');
    expect(text).not.toContain('app'); // its size is not told
  });

  test('buckets of the histogram never decrease, and the last is the count', () => {
    const lines = toPrometheusText(drawFacts())
      .split('\n')
      .filter((line) => line.startsWith('loupe_engine_call_seconds_bucket'));
    const counts = lines.map((line) => Number(line.split(' ').at(-1)));
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(lines.at(-1)).toBe('loupe_engine_call_seconds_bucket{call="rows",le="+Inf"} 4');
    expect(lines[0]).toBe('loupe_engine_call_seconds_bucket{call="rows",le="0.0001"} 0');
  });
});
