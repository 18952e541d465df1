/** What the engine tells of itself: its workers, its memory, the indexes it keeps; and a worker started again on a person's wish. */

import { Fault } from '../base/fault';
import type { EngineApi, EngineHealth } from './api';
import type { Budget } from './budget';
import type { Environment } from './environment';
import type { Fleet, FleetWorker } from './fleet';
import type { IndexTally } from './index-tally';
import type { ShardApi } from './shard/shard-api';

/** A worker breathes every 12 ms: one that says nothing for so long is stuck, or is being started again. */
const ANSWER_LIMIT_MS = 2000;

type Usage = Awaited<ReturnType<ShardApi['usage']>>;

export function createHealthAnswers(
  fleet: Fleet,
  budget: Budget,
  environment: Environment,
  tally: IndexTally,
): Pick<EngineApi, 'health' | 'restartWorker'> {
  const startedAt = environment.now();
  /** Questions that a worker has not answered yet: another one would only wait behind it. */
  const asked = new Map<FleetWorker, Promise<Usage>>();

  function usageOf(worker: FleetWorker): Promise<Usage> {
    let answer = asked.get(worker);
    if (answer === undefined) {
      answer = fleet.call(worker, (shard) => shard.usage());
      asked.set(worker, answer);
      const forget = () => void asked.delete(worker);
      answer.then(forget, forget);
    }
    return answer;
  }

  /** What the coordinator knows of a worker by itself. */
  function knownOf(worker: FleetWorker): Omit<Usage, 'selectionBytes'> {
    const places = [...fleet.places.values()].filter((place) => place.worker === worker);
    return {
      shardCount: places.length,
      residentBytes: places.reduce((sum, place) => sum + (place.isResident ? place.residentBytes : 0), 0),
      columnBytes: places.reduce((sum, place) => sum + place.columnBytes, 0),
      memoryBytes: 0,
    };
  }

  return {
    async health(): Promise<EngineHealth> {
      const now = environment.now();
      const seen = fleet.workers.map((worker) => ({ active: worker.active, busyMs: fleet.busyMs(worker) }));
      const usage = await Promise.all(
        fleet.workers.map((worker) => within(usageOf(worker), ANSWER_LIMIT_MS)), // rejects when the engine was shut down
      );
      return {
        workers: fleet.workers.map((worker, i) => {
          const told = usage[i] ?? null;
          const { shardCount, residentBytes, columnBytes, memoryBytes } = told ?? knownOf(worker);
          return {
            id: worker.id,
            restarts: worker.restarts,
            shardCount,
            residentBytes,
            columnBytes,
            memoryBytes,
            isBusy: (seen[i]?.active ?? 0) > 0,
            pendingCalls: seen[i]?.active ?? 0,
            busyMs: seen[i]?.busyMs ?? 0,
            isAnswering: told !== null,
          };
        }),
        upMs: now - startedAt,
        budgetBytes: budget.limitBytes,
        residentBytes: fleet.residentBytes,
        kernels: environment.kernels,
        indexCache: environment.indexCache === undefined ? null : tally.counts(),
      };
    },

    async restartWorker(worker) {
      const found = fleet.workers.find(({ id }) => id === worker);
      if (found === undefined) throw new Fault('unsupported', `there is no worker ${worker}`);
      await fleet.renew(found, 'it was restarted by hand');
    },
  };
}

/** The answer, or null when it does not come in time. */
function within<T>(answer: Promise<T>, limitMs: number): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), limitMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
