/** The raw times of a shard by kind, gathered block by block while it is indexed. */

import * as op from '../kernels/index-layout';
import { type RecordBlock, TIME_FLAGS } from './loaded-shard';
import type { RawTimes } from './shard-api';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export class TimesSeen {
  private readonly times = new Map<number, Writable<RawTimes>>();

  /** In the order in which kinds are met. */
  list(): RawTimes[] {
    return [...this.times.values()];
  }

  /** To be called for each block, in order. */
  add(block: RecordBlock, view: DataView): void {
    const rawAt = (i: number): number | null => {
      const delta = view.getInt32(block.times + i * 4, true);
      if (delta === op.TIME_NONE) return null;
      return delta === op.TIME_WIDE ? (block.wide.get(i) as number) : block.base + delta;
    };
    if (block.anyFlags !== block.allFlags) {
      for (let i = 0; i < block.count; i++) {
        const raw = rawAt(i);
        if (raw !== null) this.note(view.getUint8(block.levels + i) & TIME_FLAGS, raw);
      }
      return;
    }
    // All of one kind, as nearly always: what the kernel knows of the block is enough.
    let first = 0;
    while (first < block.count && rawAt(first) === null) first++;
    if (first === block.count) return;
    let last = block.count - 1;
    while (rawAt(last) === null) last--;
    const between = [...block.wide.values(), ...(block.span === null ? [] : [block.span.min, block.span.max])];
    for (const raw of [rawAt(first), ...between, rawAt(last)]) this.note(block.anyFlags, raw as number);
  }

  private note(flags: number, raw: number): void {
    const known = this.times.get(flags);
    if (known === undefined) {
      this.times.set(flags, { flags, first: raw, last: raw, min: raw, max: raw });
      return;
    }
    known.last = raw;
    if (raw < known.min) known.min = raw;
    if (raw > known.max) known.max = raw;
  }
}

/**
 * OR and AND of the time flags over timed records; all equal in nearly every log, so the common case is one look.
 *
 * @param levels, times  where the block's columns are
 * @param flagsSeen  OR of the flags of all its records
 */
export function timeFlagsOf(
  view: DataView,
  levels: number,
  times: number,
  count: number,
  flagsSeen: number,
): { anyFlags: number; allFlags: number } {
  const any = flagsSeen & TIME_FLAGS;
  if (any === 0) return { anyFlags: 0, allFlags: 0 };
  const bytes = new Uint8Array(view.buffer, levels, count);
  let all = any;
  for (let i = 0; i < count; i++) {
    const flags = (bytes[i] as number) & TIME_FLAGS;
    if (flags !== any && view.getInt32(times + i * 4, true) !== op.TIME_NONE) all &= flags;
  }
  return { anyFlags: any, allFlags: all };
}
