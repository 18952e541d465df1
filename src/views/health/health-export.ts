/** Health as other programs read it: JSON, and the text format of Prometheus. Figures only: no text of a log, no name of a file. */
import { POWER_BOUNDS_MS } from '../../base/latencies';
import type { HealthFacts } from '../../state/health-facts';
import { lookAtHealth, worstState } from './health-checks';

export function toHealthJson(facts: HealthFacts): string {
  const checks = lookAtHealth(facts).map(({ id, state, text }) => ({ id, state, text }));
  return `${JSON.stringify({ state: worstState(checks), checks, ...facts, at: new Date(facts.at).toISOString() }, null, 2)}\n`;
}

type Labels = Readonly<Record<string, string | number>>;

interface Sample {
  readonly labels?: Labels;
  /** Behind the metric's name: `_bucket`, `_sum`, `_count` of a histogram. */
  readonly suffix?: string;
  readonly value: number;
}

interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'histogram';
  readonly help: string;
  readonly samples: readonly Sample[];
}

const STATE_VALUES = { pass: 0, warn: 1, fail: 2 } as const;

/** @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
export function toPrometheusText(facts: HealthFacts): string {
  return metricsOf(facts)
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, type, help, samples }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...samples.map(({ suffix = '', labels, value }) => `${name}${suffix}${toLabels(labels)} ${toValue(value)}`),
      ].join('\n'),
    )
    .join('\n')
    .concat('\n');
}

function metricsOf(facts: HealthFacts): Metric[] {
  const { engine, storage, sources, timings, loads } = facts;
  const workers = engine?.workers ?? [];
  const ofWorkers = (read: (worker: (typeof workers)[number], index: number) => number): Sample[] =>
    workers.map((worker, index) => ({ labels: { worker: worker.id }, value: read(worker, index) }));
  const one = (value: number | null | undefined): Sample[] =>
    value === null || value === undefined ? [] : [{ value }];
  const problems = new Map<string, number>();
  for (const { code, count } of sources.flatMap((source) => source.problems)) {
    problems.set(code, (problems.get(code) ?? 0) + count);
  }
  const cache = engine?.indexCache;
  return [
    {
      name: 'loupe_check_state',
      type: 'gauge',
      help: '0 pass, 1 warn, 2 fail.',
      samples: lookAtHealth(facts).map(({ id, state }) => ({ labels: { check: id }, value: STATE_VALUES[state] })),
    },
    { name: 'loupe_engine_up', type: 'gauge', help: '1 while the engine answers.', samples: one(engine ? 1 : 0) },
    {
      name: 'loupe_engine_uptime_seconds',
      type: 'gauge',
      help: 'Since the engine started.',
      samples: one(engine && engine.upMs / 1000),
    },
    {
      name: 'loupe_worker_load_ratio',
      type: 'gauge',
      help: 'Share of the last interval with something to do.',
      samples: ofWorkers((_, index) => loads[index] ?? 0),
    },
    {
      name: 'loupe_worker_busy_seconds_total',
      type: 'counter',
      help: 'With something to do, since the engine started.',
      samples: ofWorkers(({ busyMs }) => busyMs / 1000),
    },
    {
      name: 'loupe_worker_pending_calls',
      type: 'gauge',
      help: 'Calls begun or waiting.',
      samples: ofWorkers(({ pendingCalls }) => pendingCalls),
    },
    {
      name: 'loupe_worker_restarts_total',
      type: 'counter',
      help: 'Times it was started again.',
      samples: ofWorkers(({ restarts }) => restarts),
    },
    {
      name: 'loupe_worker_answering',
      type: 'gauge',
      help: '1 when it answered within two seconds.',
      samples: ofWorkers(({ isAnswering }) => Number(isAnswering)),
    },
    {
      name: 'loupe_worker_memory_bytes',
      type: 'gauge',
      help: 'WebAssembly memory.',
      samples: ofWorkers(({ memoryBytes }) => memoryBytes),
    },
    {
      name: 'loupe_worker_shards',
      type: 'gauge',
      help: 'Parts of sources that it holds.',
      samples: ofWorkers(({ shardCount }) => shardCount),
    },
    {
      name: 'loupe_memory_resident_bytes',
      type: 'gauge',
      help: 'Bytes of sources in memory.',
      samples: one(engine?.residentBytes),
    },
    {
      name: 'loupe_memory_budget_bytes',
      type: 'gauge',
      help: 'What bytes of sources may take.',
      samples: one(engine?.budgetBytes),
    },
    {
      name: 'loupe_index_cache_total',
      type: 'counter',
      help: 'Kept indexes: found, missed, written, given up.',
      samples: cache
        ? Object.entries({
            found: cache.found,
            missed: cache.missed,
            written: cache.written,
            given_up: cache.givenUp,
          }).map(([outcome, value]) => ({ labels: { outcome }, value }))
        : [],
    },
    {
      name: 'loupe_storage_bytes',
      type: 'gauge',
      help: 'Kept in the browser, by kind.',
      samples: (storage?.parts ?? []).flatMap(({ kind, bytes }) =>
        bytes === null ? [] : [{ labels: { kind }, value: bytes }],
      ),
    },
    {
      name: 'loupe_storage_quota_bytes',
      type: 'gauge',
      help: 'What the browser grants.',
      samples: one(storage?.quotaBytes),
    },
    {
      name: 'loupe_storage_persisted',
      type: 'gauge',
      help: '1 when the browser promised not to delete by itself.',
      samples: one(
        storage?.isPersisted === undefined || storage.isPersisted === null ? null : Number(storage.isPersisted),
      ),
    },
    { name: 'loupe_sources', type: 'gauge', help: 'Open sources.', samples: one(sources.length) },
    {
      name: 'loupe_records',
      type: 'gauge',
      help: 'Records of all open sources.',
      samples: one(sources.reduce((sum, { recordCount }) => sum + recordCount, 0)),
    },
    {
      name: 'loupe_problems',
      type: 'gauge',
      help: 'Problems of all open sources, by code.',
      samples: [...problems].map(([code, value]) => ({ labels: { code }, value })),
    },
    {
      name: 'loupe_requests_asked_total',
      type: 'counter',
      help: 'Addresses fetched on a person’s wish.',
      samples: one(facts.askedRequests),
    },
    {
      name: 'loupe_engine_call_seconds',
      type: 'histogram',
      help: 'Answers of the engine as the page waited for them.',
      samples: timings.flatMap(({ call, below, count, sumMs }) => [
        ...POWER_BOUNDS_MS.map((bound, index) => ({
          suffix: '_bucket',
          labels: { call, le: toSeconds(bound) },
          value: below[index] ?? 0,
        })),
        { suffix: '_bucket', labels: { call, le: '+Inf' }, value: count },
        { suffix: '_sum', labels: { call }, value: sumMs / 1000 },
        { suffix: '_count', labels: { call }, value: count },
      ]),
    },
    {
      name: 'loupe_engine_call_failures_total',
      type: 'counter',
      help: 'Calls that failed otherwise than by being given up.',
      samples: timings.map(({ call, failedCount }) => ({ labels: { call }, value: failedCount })),
    },
  ];
}

/** Without the last digit's noise: 0.0001, 0.0002, 0.0004 … */
function toSeconds(ms: number): string {
  return String(Number((ms / 1000).toFixed(6)));
}

function toLabels(labels: Labels | undefined): string {
  if (labels === undefined) return '';
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(String(value))}"`);
  return `{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}

function toValue(value: number): string {
  return Number.isFinite(value) ? String(value) : 'NaN';
}
