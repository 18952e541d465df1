/** Letting messages in: awaiting data that is already at hand never leaves the task, so a cancel would wait for ever. */

import { Fault } from './fault';

/** What one of the places has; none is in all three under one shape. */
interface Place {
  /** Node. Its MessagePort would keep the process alive. */
  readonly setImmediate?: (run: () => void) => unknown;
  /** Page and worker, where setTimeout waits 4 ms once it is nested. */
  readonly MessageChannel?: new () => { readonly port1: Port; readonly port2: Port };
}

interface Port {
  onmessage: (() => void) | null;
  postMessage(message: unknown): void;
}

const yieldTask = createYield(globalThis as unknown as Place);

/** Resolves in a later task, after the messages that wait now. About 10 µs in Chromium, 2 µs in Node. */
export function breathe(): Promise<void> {
  return new Promise(yieldTask);
}

/** Exported for the tests: each way of ending the task, by what the place offers. */
export function createYield(place: Place): (run: () => void) => void {
  const { setImmediate, MessageChannel } = place;
  if (setImmediate) return (run) => void setImmediate(run);
  if (!MessageChannel) return (run) => void setTimeout(run, 0);
  const waiting: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  // One message per breath, answered in order.
  port1.onmessage = () => waiting.shift()?.();
  return (run) => {
    waiting.push(run);
    port2.postMessage(null);
  };
}

export interface Ticket {
  readonly isCancelled: boolean;
  cancel(): void;
  /** @throws Fault `stale` once cancelled */
  throwIfCancelled(): void;
}

/** What a long loop asks after each breath. */
export function createTicket(): Ticket {
  let isCancelled = false;
  return {
    get isCancelled() {
      return isCancelled;
    },
    cancel() {
      isCancelled = true;
    },
    throwIfCancelled() {
      if (isCancelled) throw new Fault('stale', 'cancelled');
    },
  };
}
