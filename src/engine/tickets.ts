/** What runs in the shard workers under a caller's `callId`, so that it can be cancelled. */

import type { Fleet, FleetWorker } from './fleet';

export class Tickets {
  private readonly running = new Map<number, Set<{ worker: FleetWorker; ticket: number }>>();

  constructor(private readonly fleet: Fleet) {}

  /** Runs a call to a worker that takes a ticket; `cancel(callId)` gives it up. */
  async run<T>(callId: number, worker: FleetWorker, call: (ticket: number) => Promise<T>): Promise<T> {
    const mine = { worker, ticket: this.fleet.ticket() };
    const mates = this.running.get(callId) ?? new Set();
    this.running.set(callId, mates);
    mates.add(mine);
    try {
      return await call(mine.ticket);
    } finally {
      mates.delete(mine);
      if (mates.size === 0 && this.running.get(callId) === mates) this.running.delete(callId);
    }
  }

  async cancel(callId: number): Promise<void> {
    await Promise.allSettled(
      [...(this.running.get(callId) ?? [])].map(({ worker, ticket }) =>
        this.fleet.call(worker, (api) => api.cancel(ticket)),
      ),
    );
  }
}
