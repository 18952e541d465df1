/**
 * Keeps the resident bytes of all sources within the budget: bytes go first, columns stay. What was loaded last goes
 * first: a log larger than the budget is searched from its start again and again, and a part of it that stays is worth
 * more than a window that wanders through.
 */

import type { Environment } from './environment';
import type { Fleet } from './fleet';
import type { BytesRef } from './source/byte-source';
import type { ShardKey } from './shard/shard-api';

/** Bytes that hold a person's browser tab comfortably where nothing is known of the machine. */
export const DEFAULT_BUDGET_BYTES = 1024 * 1024 * 1024;

export class Budget {
  limitBytes = DEFAULT_BUDGET_BYTES;
  /** Bytes of loads under way, which have their slab already. */
  private reserved = 0;
  private readonly spilled = new WeakMap<BytesRef, Promise<BytesRef>>();

  constructor(
    private readonly fleet: Fleet,
    private readonly environment: Environment,
  ) {}

  private get used(): number {
    return this.fleet.residentBytes + this.fleet.columnBytes + this.reserved;
  }

  /** Makes room for a load of this many bytes, as far as evicting goes. Call `settled` with the same number afterwards. */
  async reserve(bytes: number): Promise<void> {
    this.reserved += bytes;
    await this.trim();
  }

  async settled(bytes: number): Promise<void> {
    this.reserved -= bytes;
    await this.trim();
  }

  async trim(): Promise<void> {
    while (this.used > this.limitBytes) {
      const key = this.lastResident();
      if (key === null) return;
      await this.evict(key);
    }
  }

  private lastResident(): ShardKey | null {
    let found: ShardKey | null = null;
    for (const [key, place] of this.fleet.places) {
      // Bytes that were handed over live only there, unless they can be put elsewhere.
      if (place.isResident && (place.spec.bytes.kind !== 'memory' || this.environment.spill !== undefined)) found = key;
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
