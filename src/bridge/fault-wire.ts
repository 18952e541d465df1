/** What comlink loses of an error: it sends name, message and stack, so that a Fault would arrive without its code. */
import { transferHandlers, type TransferHandler } from 'comlink';

import { Fault, isFault, type FaultCode } from '../base/fault';

/** What a handler of comlink's kind `throw` is given: whatever was thrown. */
interface Thrown {
  readonly value: unknown;
}

type Wire =
  | {
      kind: 'fault';
      code: FaultCode;
      message: string;
      details: Readonly<Record<string, string | number>>;
      cause: string | null;
      stack: string | null;
    }
  | { kind: 'error'; name: string; message: string; cause: string | null; stack: string | null }
  | { kind: 'value'; value: unknown };

/**
 * Makes Faults arrive as Faults and errors as Errors with the stack they had, on this thread; call it on both ends. A cause
 * arrives as text. Calling it again changes nothing.
 */
export function installFaultWire(): void {
  const present = transferHandlers.get('throw') as TransferHandler<Thrown, unknown> | undefined;
  if (present === undefined) throw new Error('comlink has no handler for what is thrown');
  const handler: TransferHandler<Thrown, Wire> = {
    // Comlink's own mark on a thrown value is not exported: only its handler knows it.
    canHandle: (value): value is Thrown => present.canHandle(value),
    serialize: ({ value }) => [toWire(value), []],
    deserialize(wire) {
      throw fromWire(wire);
    },
  };
  transferHandlers.set('throw', handler);
}

function toWire(value: unknown): Wire {
  if (!(value instanceof Error)) return { kind: 'value', value };
  const { message, stack = null } = value;
  const cause = value.cause === undefined ? null : toText(value.cause);
  if (!isFault(value)) return { kind: 'error', name: value.name, message, cause, stack };
  return { kind: 'fault', code: value.code, message, details: value.details, cause, stack };
}

/** An error as `name: message`; a plain object, which would be "[object Object]", by its kind alone. */
function toText(cause: unknown): string {
  if (cause instanceof Error) return `${cause.name}: ${cause.message}`;
  return typeof cause === 'string' ? cause : Object.prototype.toString.call(cause);
}

function fromWire(wire: Wire): unknown {
  if (wire.kind === 'value') return wire.value;
  const options = wire.cause === null ? {} : { cause: wire.cause };
  const error =
    wire.kind === 'fault'
      ? new Fault(wire.code, wire.message, { ...options, details: wire.details })
      : Object.assign(new Error(wire.message, options), { name: wire.name });
  if (wire.stack !== null) error.stack = wire.stack;
  return error;
}

interface Watch {
  reason: string | null;
  readonly rejects: Set<(fault: Fault) => void>;
}

const watches = new WeakMap<Promise<string>, Watch>();

/**
 * The call's answer, or Fault `worker-died` when its thread goes first: comlink would leave the call pending for ever.
 * Not Promise.race: that would leave a reaction on `died` for every call ever made.
 *
 * @param died  resolves with the reason when the thread is gone by itself; the same promise for all calls of a thread
 */
export function raceDeath<T>(call: Promise<T>, died: Promise<string>): Promise<T> {
  const watch = watches.get(died) ?? watchDeath(died);
  return new Promise<T>((resolve, reject) => {
    if (watch.reason !== null) {
      call.catch(() => undefined); // its answer can only be that the thread is gone
      reject(new Fault('worker-died', watch.reason));
      return;
    }
    watch.rejects.add(reject);
    call.then(resolve, reject).finally(() => watch.rejects.delete(reject));
  });
}

function watchDeath(died: Promise<string>): Watch {
  const watch: Watch = { reason: null, rejects: new Set() };
  watches.set(died, watch);
  void died.then((reason) => {
    watch.reason = reason;
    for (const reject of watch.rejects) reject(new Fault('worker-died', reason));
    watch.rejects.clear();
  });
  return watch;
}
