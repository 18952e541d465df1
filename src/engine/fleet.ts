/**
 * The shard workers: started, watched, ended and started again. A call to a worker races its death; what a dead worker
 * held is loaded again from the bytes before anyone is answered about it.
 */

import { Fault, isFault } from '../base/fault';
import type { Environment, ShardHandle } from './environment';
import type { BytesRef } from './source/byte-source';
import type { IndexedPart, ShardApi, ShardClock, ShardKey, ShardReport, ShardSpec } from './shard/shard-api';

/** How long a worker that may be stuck in a regex is given to answer a ping. */
const PING_LIMIT_MS = 900;
const PING_EVERY_MS = 250;
/** A shard that costs this many workers in a row their life is given up. */
const MAX_DEATHS = 3;
/** Times that a call is made before the deaths under it are told. */
const MOST_ATTEMPTS = 3;

/** The worker went away under a call: the call may be made again once its shards are rebuilt. */
class WorkerGone extends Error {}

interface ShardPlace {
  spec: ShardSpec;
  readonly worker: FleetWorker;
  clock: ShardClock | undefined;
  isResident: boolean;
  residentBytes: number;
  columnBytes: number;
  /** Times that a worker died while it loaded this shard again, since it last succeeded. */
  deaths: number;
  /** Why the shard is not in its worker any more: it could not be loaded again. */
  fault: Fault | null;
}

/** A call under way, to be told when its worker is gone. */
interface PendingCall {
  reject(error: Error): void;
  readonly isWatched: boolean;
}

export interface FleetWorker {
  readonly id: number;
  handle: ShardHandle;
  restarts: number;
  /** Calls under way. */
  active: number;
  /** Ms with a call under way, up to the last time that there was none. */
  busyMs: number;
  /** EpochMs at which the first of the calls under way began. */
  busySince: number;
  /** Resolves when the worker is up and its shards are there. */
  ready: Promise<void>;
}

export interface FleetEvents {
  /** A worker is gone and started again; selections in it are gone, its shards are being loaded. */
  onRestart(worker: FleetWorker, reason: string): void;
  /** A shard could not be loaded again: calls about it fail with this, until it is rebased. */
  onLost(key: ShardKey, fault: Fault): void;
}

export class Fleet {
  readonly workers: FleetWorker[] = [];
  readonly places = new Map<ShardKey, ShardPlace>();
  private readonly pending = new WeakMap<ShardHandle, Set<PendingCall>>();
  /** Incarnations that answer nothing any more. */
  private readonly ended = new WeakSet<ShardHandle>();
  private nextTicket = 1;
  private isClosed = false;

  private constructor(
    private readonly environment: Environment,
    private readonly events: FleetEvents,
  ) {}

  static async start(environment: Environment, events: FleetEvents): Promise<Fleet> {
    const fleet = new Fleet(environment, events);
    const spawned = await Promise.allSettled(
      Array.from({ length: environment.workerCount }, () => environment.spawnShard()),
    );
    const failed = spawned.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      for (const result of spawned) if (result.status === 'fulfilled') result.value.end();
      throw failed.reason;
    }
    spawned.forEach((result, id) => {
      if (result.status !== 'fulfilled') return;
      const worker: FleetWorker = {
        id,
        handle: result.value,
        restarts: 0,
        active: 0,
        busyMs: 0,
        busySince: 0,
        ready: Promise.resolve(),
      };
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

  /** Ends every worker; calls under way and later ones reject with Fault `stale`. */
  close(): void {
    this.isClosed = true;
    for (const { handle } of this.workers) {
      handle.end();
      for (const call of this.callsOf(handle)) call.reject(closed());
    }
  }

  private watch(worker: FleetWorker): void {
    const { handle } = worker;
    handle.died.then(
      (reason) => {
        if (worker.handle === handle && !this.isClosed) this.restart(worker, reason, null);
      },
      () => undefined,
    );
  }

  private callsOf(handle: ShardHandle): Set<PendingCall> {
    let calls = this.pending.get(handle);
    if (calls === undefined) {
      calls = new Set();
      this.pending.set(handle, calls);
    }
    return calls;
  }

  /**
   * The call's answer, or what its worker's end tells. Not Promise.race: a promise that lives as long as the worker would
   * keep every answer ever given.
   */
  private untilEnd<T>(handle: ShardHandle, answer: Promise<T>, isWatched = false): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // It may have died between being found up and being called: nobody will come by to reject this call.
      if (this.ended.has(handle)) reject(new WorkerGone('it has ended'));
      const calls = this.callsOf(handle);
      const mine: PendingCall = { reject, isWatched };
      calls.add(mine);
      answer.then(resolve, reject).finally(() => calls.delete(mine));
    });
  }

  /** @param fault  what the calls that run a person's pattern are told; the others are made again */
  private restart(worker: FleetWorker, reason: string, fault: Fault | null): void {
    const dead = worker.handle;
    this.ended.add(dead);
    dead.end(); // after an error that nobody caught a thread goes on, with all its memory
    worker.restarts++;
    worker.ready = this.rebuild(worker, reason);
    worker.ready.catch(() => undefined); // told to whoever calls the worker next
    for (const call of this.callsOf(dead))
      call.reject(call.isWatched && fault !== null ? fault : new WorkerGone(reason));
    this.events.onRestart(worker, reason);
  }

  private async rebuild(worker: FleetWorker, reason: string): Promise<void> {
    let handle: ShardHandle;
    try {
      handle = await this.environment.spawnShard();
    } catch (cause) {
      throw new Fault('worker-died', `a worker could not be started again after: ${reason}`, { cause });
    }
    if (this.isClosed) {
      handle.end();
      throw closed();
    }
    worker.handle = handle;
    this.watch(worker);
    for (const [key, place] of this.places) {
      if (place.worker !== worker || place.fault !== null) continue;
      try {
        if (++place.deaths > MAX_DEATHS)
          throw new Fault('worker-died', `a part of a source cannot be read without losing the worker: ${reason}`);
        const spec = { ...place.spec, program: place.spec.program.slice() };
        const report = await this.untilEnd(handle, handle.api.load(spec, this.ticket()));
        place.deaths = 0;
        if (place.clock !== undefined) await this.untilEnd(handle, handle.api.setClock(key, place.clock));
        if (report.residentBytes === 0) place.isResident = false;
        else if (!place.isResident) await this.untilEnd(handle, handle.api.evict(key, { returnBytes: false }));
      } catch (error) {
        if (error instanceof WorkerGone) throw error;
        this.lose(key, place, error);
      }
    }
  }

  /** One shard that cannot be read again must not take the others of its worker along. */
  private lose(key: ShardKey, place: ShardPlace, error: unknown): void {
    place.fault = isFault(error)
      ? error
      : new Fault('worker-died', `a part of a source could not be loaded again: ${String(error)}`, { cause: error });
    place.isResident = false;
    place.columnBytes = 0;
    if (this.places.get(key) === place) this.events.onLost(key, place.fault);
  }

  /** Resolves when the worker is up, however often it dies on the way. */
  private async up(worker: FleetWorker): Promise<void> {
    for (;;) {
      if (this.isClosed) throw closed();
      const { ready } = worker;
      try {
        await ready;
        if (worker.ready === ready) return;
      } catch (error) {
        if (worker.ready === ready) throw error;
      }
    }
  }

  private async once<T>(worker: FleetWorker, run: (api: ShardApi) => Promise<T>, isWatched: boolean): Promise<T> {
    const { handle } = worker;
    if (worker.active++ === 0) worker.busySince = this.environment.now();
    try {
      return await this.untilEnd(handle, run(handle.api), isWatched);
    } finally {
      if (--worker.active === 0) worker.busyMs += this.sinceBusy(worker);
    }
  }

  /** Ms, whatever the device's clock does meanwhile. */
  private sinceBusy({ busySince }: FleetWorker): number {
    return Math.max(0, this.environment.now() - busySince);
  }

  /** Ms since the start during which a worker had a call to answer. */
  busyMs(worker: FleetWorker): number {
    return worker.busyMs + (worker.active > 0 ? this.sinceBusy(worker) : 0);
  }

  /** Ends a worker and starts it again; resolves when its shards are there. One that is being started again is waited for. */
  async renew(worker: FleetWorker, reason: string): Promise<void> {
    if (!this.isClosed && !this.ended.has(worker.handle)) this.restart(worker, reason, null);
    await this.up(worker);
  }

  /** One call to one worker, repeated when the worker dies under it. */
  call<T>(worker: FleetWorker, run: (api: ShardApi) => Promise<T>): Promise<T> {
    return this.repeat(worker, () => this.once(worker, run, false));
  }

  /**
   * A call that runs a pattern of the person's: the worker is pinged meanwhile and ended when it does not answer, and then
   * the call is not repeated.
   *
   * @throws Fault `regex-timeout`
   */
  callWatched<T>(worker: FleetWorker, run: (api: ShardApi) => Promise<T>): Promise<T> {
    return this.repeat(worker, async () => {
      const end = this.watchAnswers(worker);
      try {
        return await this.once(worker, run, true);
      } finally {
        end();
      }
    });
  }

  private async repeat<T>(worker: FleetWorker, attempt: () => Promise<T>): Promise<T> {
    for (let count = 1; ; count++) {
      try {
        await this.up(worker);
        return await attempt();
      } catch (error) {
        if (!(error instanceof WorkerGone)) throw error;
        if (count === MOST_ATTEMPTS) throw new Fault('worker-died', error.message);
      }
    }
  }

  /** Pings the worker, as it is now, until the returned function is called; starts it again when it does not answer. */
  private watchAnswers(worker: FleetWorker): () => void {
    const { handle } = worker;
    let isDone = false;
    const isOver = () => isDone || worker.handle !== handle || this.isClosed;
    const watch = async (): Promise<void> => {
      while (!isOver()) {
        await delay(PING_EVERY_MS);
        if (isOver()) return;
        const isAlive = await Promise.race([
          handle.api.ping().then(
            () => true,
            () => true,
          ),
          delay(PING_LIMIT_MS).then(() => false),
        ]);
        if (isAlive || isOver()) continue;
        const fault = new Fault('regex-timeout', 'the pattern took more than a second on some record');
        this.restart(worker, fault.message, fault);
        return;
      }
    };
    void watch();
    return () => {
      isDone = true;
    };
  }

  place(key: ShardKey): ShardPlace {
    const place = this.places.get(key);
    if (place === undefined) throw new Fault('source-unknown', `shard ${key} is gone`);
    if (place.fault !== null) throw place.fault;
    return place;
  }

  /** A call about one shard, to the worker that holds it. */
  async onShard<T>(key: ShardKey, run: (api: ShardApi) => Promise<T>): Promise<T> {
    return this.call(this.place(key).worker, run);
  }

  /** The same, watched: see `callWatched`. */
  async onShardWatched<T>(key: ShardKey, run: (api: ShardApi) => Promise<T>): Promise<T> {
    return this.callWatched(this.place(key).worker, run);
  }

  /** Loads a shard into a worker. A worker that dies of it is started again, and the load repeated twice at most. */
  async load(worker: FleetWorker, spec: ShardSpec, ticket: number): Promise<ShardReport> {
    const report = await this.call(worker, (api) => api.load(spec, ticket));
    this.settle(worker, spec, report);
    return report;
  }

  /** The same from an index, null when it does not hold the shard. Should the worker die later, the bytes are read. */
  async restore(worker: FleetWorker, spec: ShardSpec, from: IndexedPart, ticket: number): Promise<ShardReport | null> {
    const report = await this.call(worker, (api) => api.restore(spec, from, ticket));
    if (report !== null) this.settle(worker, spec, report);
    return report;
  }

  private settle(worker: FleetWorker, spec: ShardSpec, { residentBytes, columnBytes }: ShardReport): void {
    this.places.set(spec.key, {
      spec,
      worker,
      clock: undefined,
      isResident: residentBytes > 0,
      residentBytes,
      columnBytes,
      deaths: 0,
      fault: null,
    });
  }

  async setClock(key: ShardKey, clock: ShardClock): Promise<void> {
    const place = this.places.get(key);
    if (place === undefined) return;
    place.clock = clock;
    if (place.fault === null) await this.call(place.worker, (api) => api.setClock(key, clock));
  }

  /** Gives a shard's bytes back; a shard that cannot be read again (bytes handed over) must have been rebased first. */
  async evict(key: ShardKey): Promise<void> {
    const place = this.place(key);
    if (!place.isResident) return;
    place.isResident = false;
    await this.onShard(key, (api) => api.evict(key, { returnBytes: false }));
  }

  /** From now on a shard's bytes are read from here: the same bytes, in a fresh file or in the spill. A lost shard is loaded. */
  async rebase(key: ShardKey, bytes: BytesRef, start: number, end: number): Promise<void> {
    const place = this.places.get(key);
    if (place === undefined) throw new Fault('source-unknown', `shard ${key} is gone`);
    place.spec = { ...place.spec, bytes, start, end };
    if (place.fault === null) {
      await this.call(place.worker, (api) => api.rebase(key, bytes, start, end));
      return;
    }
    const { columnBytes, residentBytes } = await this.call(place.worker, (api) => api.load(place.spec, this.ticket()));
    Object.assign(place, { columnBytes, residentBytes, isResident: residentBytes > 0, fault: null, deaths: 0 });
    if (place.clock !== undefined) await this.setClock(key, place.clock);
  }

  /** Brings a shard's bytes into memory. */
  async fill(key: ShardKey): Promise<void> {
    const place = this.place(key);
    if (place.isResident) return;
    const residentBytes = await this.onShard(key, (api) => api.fill(key));
    if (this.places.get(key) === place) Object.assign(place, { isResident: true, residentBytes });
  }

  async drop(key: ShardKey): Promise<void> {
    const place = this.places.get(key);
    if (place === undefined) return;
    this.places.delete(key);
    try {
      await this.call(place.worker, (api) => api.drop(key));
    } catch (error) {
      if (!isFault(error, 'worker-died')) throw error; // a worker that is gone holds nothing any more
    }
  }
}

function closed(): Fault {
  return new Fault('stale', 'the engine was shut down');
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
