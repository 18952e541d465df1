/**
 * The shard workers: started, watched, ended and started again. A call to a worker races its death; what a dead worker
 * held is loaded again from the bytes before anyone is answered about it.
 */

import { Fault } from '../base/fault';
import type { Environment, ShardHandle } from './environment';
import type { BytesRef } from './source/byte-source';
import type { ShardApi, ShardClock, ShardKey, ShardReport, ShardSpec } from './shard/shard-api';

/** How long a worker that may be stuck in a regex is given to answer a ping. */
const PING_LIMIT_MS = 900;
const PING_EVERY_MS = 250;
/** A shard that cost this many workers their life is given up. */
const MAX_REBUILDS = 3;

/** The worker went away under a call: the call may be made again once its shards are rebuilt. */
class WorkerGone extends Error {}

interface ShardPlace {
  readonly spec: ShardSpec;
  readonly worker: FleetWorker;
  clock: ShardClock | undefined;
  isResident: boolean;
  residentBytes: number;
  columnBytes: number;
  rebuilds: number;
}

export interface FleetWorker {
  readonly id: number;
  handle: ShardHandle;
  restarts: number;
  /** Calls under way. */
  active: number;
  /** Resolves when the worker is up and its shards are there. */
  ready: Promise<void>;
  /** Told to callers when it is ended on purpose. */
  endReason: Fault | null;
}

export interface FleetEvents {
  /** A worker is up again and its shards are being loaded; selections in it are gone. */
  onRestart(worker: FleetWorker, reason: string): void;
}

export class Fleet {
  readonly workers: FleetWorker[] = [];
  readonly places = new Map<ShardKey, ShardPlace>();
  private nextTicket = 1;
  private isClosed = false;

  private constructor(
    private readonly environment: Environment,
    private readonly events: FleetEvents,
  ) {}

  static async start(environment: Environment, events: FleetEvents): Promise<Fleet> {
    const fleet = new Fleet(environment, events);
    const handles = await Promise.all(Array.from({ length: environment.workerCount }, () => environment.spawnShard()));
    handles.forEach((handle, id) => {
      const worker: FleetWorker = { id, handle, restarts: 0, active: 0, ready: Promise.resolve(), endReason: null };
      fleet.workers.push(worker);
      fleet.watch(worker);
    });
    return fleet;
  }

  get residentBytes(): number {
    let sum = 0;
    for (const place of this.places.values()) if (place.isResident) sum += place.residentBytes;
    return sum;
  }

  get columnBytes(): number {
    let sum = 0;
    for (const place of this.places.values()) sum += place.columnBytes;
    return sum;
  }

  ticket(): number {
    return this.nextTicket++;
  }

  close(): void {
    this.isClosed = true;
    for (const worker of this.workers) worker.handle.end();
  }

  private watch(worker: FleetWorker): void {
    const { handle } = worker;
    handle.died.then(
      (reason) => {
        if (worker.handle === handle && !this.isClosed) this.restart(worker, reason);
      },
      () => undefined,
    );
  }

  /** Ends a worker that does not answer; its pending calls reject with `fault`. */
  end(worker: FleetWorker, fault: Fault): void {
    worker.endReason = fault;
    worker.handle.end();
    this.restart(worker, fault.message);
  }

  private readonly gone = new WeakMap<ShardHandle, (error: Error) => void>();
  private readonly ends = new WeakMap<ShardHandle, Promise<never>>();

  /** Rejects when this incarnation of the worker is gone. */
  private endOf(handle: ShardHandle): Promise<never> {
    let end = this.ends.get(handle);
    if (end === undefined) {
      end = new Promise<never>((_, reject) => this.gone.set(handle, reject));
      end.catch(() => undefined); // each caller races it; nobody may be waiting when it comes
      this.ends.set(handle, end);
    }
    return end;
  }

  private restart(worker: FleetWorker, reason: string): void {
    const dead = worker.handle;
    void this.endOf(dead);
    const fault = worker.endReason;
    worker.endReason = null;
    worker.restarts++;
    worker.ready = this.rebuild(worker, dead, fault ?? new WorkerGone(reason), reason);
    worker.ready.catch(() => undefined); // told to whoever calls the worker next
  }

  private async rebuild(worker: FleetWorker, dead: ShardHandle, error: Error, reason: string): Promise<void> {
    const handle = await this.environment.spawnShard();
    worker.handle = handle;
    this.watch(worker);
    this.gone.get(dead)?.(error);
    this.events.onRestart(worker, reason);
    for (const place of this.places.values()) {
      if (place.worker !== worker) continue;
      if (++place.rebuilds > MAX_REBUILDS) throw new Fault('worker-died', `a part of a source cannot be read without losing the worker: ${reason}`);
      await Promise.race([this.endOf(handle), handle.api.load({ ...place.spec, program: place.spec.program.slice() }, this.ticket())]);
      if (place.clock !== undefined) await handle.api.setClock(place.spec.key, place.clock);
      if (!place.isResident) await handle.api.evict(place.spec.key, { returnBytes: false });
    }
  }

  /** One call to one worker, repeated when the worker dies of something else than the call's own doing. */
  async call<T>(worker: FleetWorker, run: (api: ShardApi) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      await worker.ready;
      const { handle } = worker;
      worker.active++;
      try {
        return await Promise.race([run(handle.api), this.endOf(handle)]);
      } catch (error) {
        if (!(error instanceof WorkerGone) || attempt === 2) throw error instanceof WorkerGone ? new Fault('worker-died', error.message) : error;
      } finally {
        worker.active--;
      }
    }
  }

  /**
   * A call that runs a pattern of the person's: the worker is pinged meanwhile, and ended when it does not answer. Not repeated.
   *
   * @throws Fault `regex-timeout`
   */
  async callWatched<T>(worker: FleetWorker, run: (api: ShardApi) => Promise<T>): Promise<T> {
    await worker.ready;
    const { handle } = worker;
    let isDone = false;
    const result = this.call(worker, run).finally(() => {
      isDone = true;
    });
    const watch = async (): Promise<void> => {
      while (!isDone && worker.handle === handle) {
        await delay(PING_EVERY_MS);
        if (isDone) return;
        const isAlive = await Promise.race([handle.api.ping().then(() => true, () => true), delay(PING_LIMIT_MS).then(() => false)]);
        if (!isAlive && !isDone && worker.handle === handle) {
          this.end(worker, new Fault('regex-timeout', 'the pattern took more than a second on some record'));
        }
      }
    };
    void watch();
    return result;
  }

  place(key: ShardKey): ShardPlace {
    const place = this.places.get(key);
    if (place === undefined) throw new Fault('source-unknown', `shard ${key} is gone`);
    return place;
  }

  /** A call about one shard, to the worker that holds it. */
  onShard<T>(key: ShardKey, run: (api: ShardApi) => Promise<T>): Promise<T> {
    return this.call(this.place(key).worker, run);
  }

  /** Loads a shard into a worker. A worker that dies of it is started again, and the load repeated twice at most. */
  async load(worker: FleetWorker, spec: ShardSpec, ticket: number): Promise<ShardReport> {
    const report = await this.call(worker, (api) => api.load(spec, ticket));
    const { residentBytes, columnBytes } = report;
    this.places.set(spec.key, { spec, worker, clock: undefined, isResident: true, residentBytes, columnBytes, rebuilds: 0 });
    return report;
  }

  async setClock(key: ShardKey, clock: ShardClock): Promise<void> {
    const place = this.place(key);
    place.clock = clock;
    await this.onShard(key, (api) => api.setClock(key, clock));
  }

  /** Gives a shard's bytes back; a shard that cannot be read again (bytes handed over) must have been rebased first. */
  async evict(key: ShardKey): Promise<void> {
    const place = this.place(key);
    if (!place.isResident) return;
    place.isResident = false;
    await this.onShard(key, (api) => api.evict(key, { returnBytes: false }));
  }

  /** From now on a shard's bytes are read from here: the same bytes, in a fresh file or in the spill. */
  async rebase(key: ShardKey, bytes: BytesRef, start: number, end: number): Promise<void> {
    const place = this.place(key);
    this.places.set(key, { ...place, spec: { ...place.spec, bytes, start, end } });
    await this.onShard(key, (api) => api.rebase(key, bytes, start, end));
  }

  async drop(key: ShardKey): Promise<void> {
    const place = this.places.get(key);
    if (place === undefined) return;
    this.places.delete(key);
    await this.call(place.worker, (api) => api.drop(key));
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
