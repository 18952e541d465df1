/** What the unpack worker answers: segments pulled one by one, so that the puller sets the pace. */
import { transfer } from 'comlink';

import type { Unpacker } from '../engine/environment';
import type { BytesRef } from '../engine/source/byte-source';

export interface UnpackDoor {
  /** Starts inflating. */
  begin(ref: BytesRef): Promise<void>;
  /** The next segment in order; null behind the last. Rejects with Fault `archive-damaged` after the last that could be read. */
  next(): Promise<{ bytes: Uint8Array; packedBytes: number } | null>;
}

export function createUnpackDoor(unpacker: Unpacker): UnpackDoor {
  type Item = { bytes: Uint8Array; packedBytes: number } | null;
  const ready: Item[] = [];
  let failure: { error: unknown } | undefined;
  let wake: () => void = () => undefined;
  let resume: () => void = () => undefined;
  return {
    async begin(ref) {
      const run = unpacker.unpack(
        ref,
        {
          segment: async (bytes, packedBytes) => {
            ready.push({ bytes, packedBytes });
            wake();
            // One segment ahead: the next is inflated while this one is being indexed.
            if (ready.length > 1) await new Promise<void>((resolve) => (resume = resolve));
          },
        },
        new AbortController().signal,
      );
      run
        .then(
          () => ready.push(null),
          (error: unknown) => {
            failure = { error };
          },
        )
        .finally(() => wake());
    },
    async next() {
      while (ready.length === 0) {
        if (failure !== undefined) throw failure.error;
        await new Promise<void>((resolve) => (wake = resolve));
      }
      const item = ready.shift() as Item;
      resume();
      return item === null ? null : transfer(item, [item.bytes.buffer]);
    },
  };
}
