/** What runs in the shard workers under a caller's `callId`, so that it can be cancelled. */

import { createTicket, type Ticket } from '../base/breathe';
import type { Fleet, FleetWorker } from './fleet';

export class Tickets {
  private readonly running = new Map<number, Set<{ worker: FleetWorker; ticket: number }>>();

  private readonly wishes = new Map<number, Ticket>();

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

  /** Work of many steps: `ticket` is to be asked between them. */
  async steps<T>(callId: number, work: (ticket: Ticket) => Promise<T>): Promise<T> {
    const ticket = createTicket();
    this.wishes.set(callId, ticket);
    try {
      return await work(ticket);
    } finally {
      if (this.wishes.get(callId) === ticket) this.wishes.delete(callId);
    }
  }

  async cancel(callId: number): Promise<void> {
    this.wishes.get(callId)?.cancel();
    await Promise.allSettled(
      [...(this.running.get(callId) ?? [])].map(({ worker, ticket }) =>
        this.fleet.call(worker, (api) => api.cancel(ticket)),
      ),
    );
  }
}
