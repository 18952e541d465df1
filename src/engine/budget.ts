/**
 * Keeps the resident bytes of all sources within the budget: bytes go first, columns stay. What was loaded last goes
 * first: a log larger than the budget is searched from its start again and again, and a part of it that stays is worth
 * more than a window that wanders through.
 */

import type { Environment } from './environment';
import type { Fleet, FleetWorker } from './fleet';
import type { BytesRef } from './source/byte-source';
import type { ShardKey } from './shard/shard-api';

const GIB = 1024 * 1024 * 1024;

/**
 * A quarter of the machine's memory, 2 GiB at most; 1 GiB where it is not told.
 *
 * @param memoryGib  of the machine, GiB
 */
export function defaultBudgetBytes(memoryGib: number | undefined): number {
  return memoryGib === undefined || !(memoryGib > 0) ? GIB : Math.min(2 * GIB, (memoryGib / 4) * GIB);
}

/** Each worker keeps its share: its memory never shrinks, so what one gives back is no room for another. */
export class Budget {
  limitBytes: number;
  /** Bytes of loads under way, which have their slab already. */
  private readonly reserved = new Map<FleetWorker, number>();
  private readonly waiting: (() => void)[] = [];
  private readonly spilled = new WeakMap<BytesRef, Promise<BytesRef>>();

  constructor(
    private readonly fleet: Fleet,
    private readonly environment: Environment,
  ) {
    this.limitBytes = environment.budgetBytes;
  }

  private get share(): number {
    return this.limitBytes / this.fleet.workers.length;
  }

  private reservedBy(worker: FleetWorker): number {
    return this.reserved.get(worker) ?? 0;
  }

  private usedBy(worker: FleetWorker): number {
    let sum = this.reservedBy(worker);
    for (const place of this.fleet.places.values()) {
      if (place.worker === worker) sum += place.columnBytes + (place.isResident ? place.residentBytes : 0);
    }
    return sum;
  }

  /**
   * Makes room for a load of this many bytes, as far as evicting goes, then waits for other loads of the worker to end; the
   * only load under way always goes on. Call `settled` with the same number afterwards.
   */
  async reserve(worker: FleetWorker, bytes: number): Promise<void> {
    for (;;) {
      await this.trimWorker(worker, bytes);
      if (this.reservedBy(worker) === 0 || this.usedBy(worker) + bytes <= this.share) break;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.reserved.set(worker, this.reservedBy(worker) + bytes);
  }

  async settled(worker: FleetWorker, bytes: number): Promise<void> {
    this.reserved.set(worker, this.reservedBy(worker) - bytes);
    for (const wake of this.waiting.splice(0)) wake();
    await this.trimWorker(worker, 0);
  }

  /** Evicts until every worker keeps its share. */
  async trim(): Promise<void> {
    await Promise.all(this.fleet.workers.map((worker) => this.trimWorker(worker, 0)));
  }

  /** Evicts until what is used and `wanted` more bytes are within the worker's share, or nothing is left to evict. */
  private async trimWorker(worker: FleetWorker, wanted: number): Promise<void> {
    while (this.usedBy(worker) + wanted > this.share) {
      const key = this.lastResident(worker);
      if (key === null) return;
      await this.evict(key);
    }
  }

  private lastResident(worker: FleetWorker): ShardKey | null {
    let found: ShardKey | null = null;
    for (const [key, place] of this.fleet.places) {
      // Bytes that were handed over live only there, unless they can be put elsewhere.
      const canGo = place.spec.bytes.kind !== 'memory' || this.environment.spill !== undefined;
      if (place.worker === worker && place.isResident && canGo) found = key;
    }
    return found;
  }

  private async evict(key: ShardKey): Promise<void> {
    const { spec } = this.fleet.place(key);
    if (spec.bytes.kind === 'memory' && this.environment.spill !== undefined) {
      // Shards of one paste share its bytes, and so one place in the spill.
      let spilled = this.spilled.get(spec.bytes);
      if (spilled === undefined) {
        spilled = this.environment.spill.put(spec.bytes.bytes);
        this.spilled.set(spec.bytes, spilled);
      }
      await this.fleet.rebase(key, await spilled, spec.start, spec.end);
    }
    await this.fleet.evict(key);
  }
}
