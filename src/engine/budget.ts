/**
 * Keeps the resident bytes of all sources within the budget: bytes go first, columns stay. What was loaded last goes
 * first: a log larger than the budget is searched from its start again and again, and a part of it that stays is worth
 * more than a window that wanders through.
 */

import { isFault } from '../base/fault';
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

/** Half a slab that fits nowhere, workbenches, bitsets: measured over 2 GB in a budget of 512 MB (2026-11). */
const OVERHEAD_BYTES = 40 * 1024 * 1024;

/** Each worker keeps its share: its memory never shrinks, so what one gives back is no room for another. */
export class Budget {
  limitBytes: number;
  /** Bytes of loads under way, which have their slab already. */
  private readonly reserved = new Map<FleetWorker, number>();
  private readonly waiting: (() => void)[] = [];
  private readonly spilled = new WeakMap<BytesRef, Promise<BytesRef>>();
  /** Bytes handed over for which the spill had no room: they stay. */
  private readonly unspillable = new WeakSet<BytesRef>();

  constructor(
    private readonly fleet: Fleet,
    private readonly environment: Environment,
  ) {
    this.limitBytes = environment.budgetBytes;
  }

  /** What a worker's shards may take: its part of the budget less what holes and workbenches cost. */
  private get share(): number {
    const part = this.limitBytes / this.fleet.workers.length;
    return Math.max(part * 0.75, part - OVERHEAD_BYTES);
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

  /** Room for that many bytes without evicting anything; call `settled` afterwards when there is. */
  tryReserve(worker: FleetWorker, bytes: number): boolean {
    if (this.usedBy(worker) + bytes > this.share) return false;
    this.reserved.set(worker, this.reservedBy(worker) + bytes);
    return true;
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
      const { bytes } = place.spec;
      const canGo = bytes.kind !== 'memory' || (this.environment.spill !== undefined && !this.unspillable.has(bytes));
      if (place.worker === worker && place.isResident && canGo) found = key;
    }
    return found;
  }

  private async evict(key: ShardKey): Promise<void> {
    try {
      const { spec } = this.fleet.place(key);
      if (spec.bytes.kind === 'memory' && this.environment.spill !== undefined) {
        const spilled = await this.spill(spec.bytes);
        if (spilled === null || this.fleet.place(key).spec.bytes !== spec.bytes) return;
        await this.fleet.rebase(key, spilled, spec.start, spec.end);
      }
      await this.fleet.evict(key);
    } catch (error) {
      // Dropped meanwhile: whoever waits for room has it, and must not fail of it.
      if (!isFault(error, 'source-unknown')) throw error;
    }
  }

  /** Shards of one paste share its bytes, and so one place in the spill; null when it has no room. */
  private async spill(bytes: Extract<BytesRef, { kind: 'memory' }>): Promise<BytesRef | null> {
    let spilled = this.spilled.get(bytes);
    if (spilled === undefined && this.environment.spill !== undefined) {
      spilled = this.environment.spill.put(bytes.bytes);
      this.spilled.set(bytes, spilled);
    }
    try {
      return (await spilled) ?? null;
    } catch (error) {
      if (!isFault(error, 'storage-full')) throw error;
      this.unspillable.add(bytes);
      return null;
    }
  }

  /** Where bytes that were handed over have been put, if they were; whoever closes their source drops it. */
  async spilledOf(bytes: BytesRef): Promise<BytesRef | null> {
    const spilled = this.spilled.get(bytes);
    this.spilled.delete(bytes);
    return spilled === undefined || this.unspillable.has(bytes) ? null : spilled;
  }
}
