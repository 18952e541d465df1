/** How far calls are that read many records: asked of the workers a few times a second, told as one number that grows. */

import { isFault } from '../base/fault';
import type { Fleet, FleetWorker } from './fleet';

const ASK_EVERY_MS = 250;

/** Records that a call to one worker has to look at. */
export interface WorkerShare {
  readonly worker: FleetWorker;
  readonly recordCount: number;
}

/** Follows calls to several workers that tell their progress under their tickets, until `end`. */
export class Progress {
  private readonly running = new Map<WorkerShare, number>();
  private readonly total: number;
  private doneCount = 0;
  private told = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly fleet: Fleet,
    shares: readonly WorkerShare[],
    private readonly tell: (done: number, total: number) => void,
  ) {
    this.total = shares.reduce((sum, { recordCount }) => sum + recordCount, 0);
    this.askLater();
  }

  begin(share: WorkerShare, ticket: number): void {
    this.running.set(share, ticket);
  }

  done(share: WorkerShare): void {
    if (!this.running.delete(share)) return;
    this.doneCount += share.recordCount;
    this.tellDone(this.doneCount);
  }

  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.running.clear();
  }

  private askLater(): void {
    this.timer = setTimeout(() => {
      this.ask().catch((error: unknown) => {
        if (!isFault(error)) throw error; // a worker is gone: whoever waits for the work itself is told
      });
    }, ASK_EVERY_MS);
  }

  private async ask(): Promise<void> {
    const counts = await Promise.all(
      [...this.running].map(async ([share, ticket]) => {
        const count = await this.fleet.call(share.worker, (api) => api.progress(ticket));
        return this.running.has(share) ? Math.min(count, share.recordCount) : 0; // done meanwhile: counted as a whole
      }),
    );
    if (this.timer === undefined) return;
    this.tellDone(counts.reduce((sum, count) => sum + count, this.doneCount));
    this.askLater();
  }

  /** A call that is made again, its worker having died, takes nothing back. */
  private tellDone(count: number): void {
    if (count <= this.told) return;
    this.told = count;
    this.tell(count, this.total);
  }
}
