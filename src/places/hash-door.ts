/** Digests on a thread of their own: what its door exposes, and the other end of it. */
import { proxy, wrap } from 'comlink';

import { Fault } from '../base/fault';
import type { Digests, StopSignal } from '../engine/environment';
import type { BytesRef, ByteSource } from '../engine/source/byte-source';
import { raceDeath } from '../bridge/fault-wire';

export interface HashDoor {
  /** `onProgress` hears of bytes hashed so far; `callId` is for `cancel`. */
  digest(ref: BytesRef, onProgress?: (doneBytes: number) => void, callId?: number): Promise<Digests>;
  /** The call rejects with Fault `stale`. */
  cancel(callId: number): Promise<void>;
}

/** The work behind the door; handed in, so that the other end does not load it. */
export interface HashWork {
  digestOf(
    source: ByteSource,
    onProgress: (doneBytes: number) => void,
    signal: { readonly aborted: boolean },
  ): Promise<Digests>;
}

/** Digests one source at a time, in the order they came: two would only share the same core. */
export function createHashDoor(openBytes: (ref: BytesRef) => ByteSource, work: HashWork): HashDoor {
  const signals = new Map<number, { aborted: boolean }>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    async digest(ref, onProgress = () => undefined, callId = 0) {
      const signal = { aborted: false };
      if (callId !== 0) signals.set(callId, signal);
      const turn = last.then(() => {
        if (signal.aborted) throw new Fault('stale', 'hashing was stopped');
        return work.digestOf(openBytes(ref), onProgress, signal);
      });
      last = turn.catch(() => undefined); // told to who asked
      try {
        return await turn;
      } finally {
        signals.delete(callId);
      }
    },
    async cancel(callId) {
      const signal = signals.get(callId);
      if (signal !== undefined) signal.aborted = true;
    },
  };
}

export interface HashClient {
  digest(ref: BytesRef, onProgress: (doneBytes: number) => void, signal: StopSignal): Promise<Digests>;
}

/**
 * The other end of the door.
 *
 * @param died  resolves with the reason when the thread is gone by itself: calls then reject with Fault `worker-died`
 */
export function createHashClient(endpoint: Parameters<typeof wrap>[0], died: Promise<string>): HashClient {
  const far = wrap<HashDoor>(endpoint) as unknown as HashDoor;
  let lastCallId = 0;
  return {
    async digest(ref, onProgress, signal) {
      if (signal.aborted) throw new Fault('stale', 'hashing was stopped');
      const callId = ++lastCallId;
      // Looked at with every chunk that was hashed.
      const heard = (doneBytes: number): void => {
        if (signal.aborted) void far.cancel(callId);
        else onProgress(doneBytes);
      };
      return raceDeath(far.digest(ref, proxy(heard), callId), died);
    },
  };
}
