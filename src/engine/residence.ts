/**
 * Brings the bytes of indexed shards into memory, behind opening and while nobody asks: a large file is indexed through a
 * window first, because its counts are wanted before its bytes are. Searches until then read the file.
 */

import { isFault } from '../base/fault';
import type { Budget } from './budget';
import type { Fleet, FleetWorker } from './fleet';
import type { ShardKey } from './shard/shard-api';
import type { BytesRef } from './source/byte-source';
import { decodedSizeBound } from './source/decode';

/** While a search runs, looked at this often. */
const WAIT_MS = 20;

export interface ResidenceEvents {
  /** A search runs: reading more would only slow it down. */
  isBusy(): boolean;
  onFilled(key: ShardKey): void;
}

export class Residence {
  private running: Promise<void> | undefined;
  private isWanted = false;
  /** Sources that could not be read: whoever needs their bytes is told then. */
  private readonly failed = new WeakSet<BytesRef>();

  constructor(
    private readonly fleet: Fleet,
    private readonly budget: Budget,
    private readonly events: ResidenceEvents,
  ) {}

  get isBusy(): boolean {
    return this.running !== undefined;
  }

  /** Fills what there is room for, soon. */
  kick(): void {
    this.isWanted = true;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      if (this.isWanted) this.kick();
    });
  }

  private async run(): Promise<void> {
    while (this.isWanted) {
      this.isWanted = false;
      await Promise.all(this.fleet.workers.map((worker) => this.fillWorker(worker).catch(throwUnlessFault)));
    }
  }

  private async fillWorker(worker: FleetWorker): Promise<void> {
    for (const [key, place] of [...this.fleet.places]) {
      if (place.worker !== worker || place.isResident || place.fault !== null) continue;
      if (this.failed.has(place.spec.bytes)) continue;
      while (this.events.isBusy()) await new Promise<void>((resolve) => setTimeout(resolve, WAIT_MS));
      if (this.fleet.places.get(key) !== place) continue;
      const size = decodedSizeBound(place.spec.end - place.spec.start, place.spec.encoding);
      if (!this.budget.tryReserve(worker, size)) return;
      try {
        await this.fleet.fill(key);
        this.events.onFilled(key);
      } catch (error) {
        if (!isFault(error)) throw error;
        if (error.code !== 'stale' && error.code !== 'source-unknown') this.failed.add(place.spec.bytes);
      } finally {
        await this.budget.settled(worker, size);
      }
    }
  }
}

/** A worker that died, or an engine that was shut down, is told to whoever asks next; a bug is not kept quiet. */
function throwUnlessFault(error: unknown): void {
  if (!isFault(error)) throw error;
}
