/** Where a source is cut into shards: before the beginnings of records, by its bytes alone and never by who reads it. */

import { unitBytesOf } from './byte-source';
import { CHARACTER_LOOK_BYTES } from './legacy-encodings';
import { findLastStarts, LOOK_BYTES, SEARCH_WINDOWS, toCharacterStart, type LineRules } from './line-starts';

const MIB = 1024 * 1024;

export interface Cut {
  /** Offset in the raw bytes where a shard begins. */
  readonly start: number;
  /** It begins inside a line that is too long to be held whole. */
  readonly isForced: boolean;
}

export interface CutOptions extends LineRules {
  /** Where the text begins: behind a byte-order mark. Even for UTF-16. */
  readonly start?: number;
  /** Distance of the nominal cuts; absent: `shardBytesFor(size)`. */
  readonly shardBytes?: number;
  /** How far back a line's beginning is looked for, ascending; a line longer than the last may be cut. */
  readonly windows?: readonly number[];
}

/** Shards to keep every core busy on small sources, no more than 48 MiB on large ones: with 16 MiB looked back, 64 MiB at most. */
export function shardBytesFor(size: number): number {
  return Math.min(48 * MIB, Math.max(4 * MIB, Math.ceil(size / 16)));
}

/**
 * The shards of a source, in order; shard i ends where shard i + 1 begins, the last one at `size`.
 *
 *     nominal cut     ────────────────────────────────┐
 *     …\n10:06 ERROR boom\n  at pool.ts:41\n  at db.ts│:12\n10:07 INFO …
 *         └ cut: the last line start before it that begins a record
 *
 * Each nominal cut moves back to the last record within 64 KiB, 1 MiB, 16 MiB; else to the last line. Where 16 MiB hold no
 * line end the cut is forced, between characters. A shard that would begin inside a shorter line is left joined to the one before.
 *
 * @param size  raw bytes
 * @param read  half-open, as ByteSource.read; its Faults pass through
 * @returns strictly ascending, the first at `start`; empty when nothing lies behind `start`
 */
export async function planCuts(
  size: number,
  options: CutOptions,
  read: (start: number, end: number) => Promise<Uint8Array>,
): Promise<Cut[]> {
  const { start = 0, windows = SEARCH_WINDOWS, encoding } = options;
  const unit = unitBytesOf(encoding);
  // A journal grows as it becomes JSON: smaller shards, for what they take in memory.
  const wanted = options.shardBytes ?? Math.ceil(shardBytesFor(size) / (encoding === 'journal-export' ? 4 : 1));
  const shardBytes = Math.max(unit, wanted - (wanted % unit));
  const longest = windows.at(-1) ?? 0;
  if (start >= size) return [];

  const cuts: Cut[] = [{ start, isForced: false }];
  for (let nominal = start + shardBytes; nominal < size; nominal += shardBytes) {
    const previous = (cuts.at(-1) as Cut).start;
    if (nominal <= previous) continue;
    const found = await findCut(previous, nominal);
    if (found !== null) cuts.push(found);
  }
  return cuts;

  async function findCut(previous: number, nominal: number): Promise<Cut | null> {
    const stop = Math.min(size, nominal + LOOK_BYTES);
    let line = -1;
    let high = nominal;
    for (const window of windows) {
      const base = Math.max(previous, nominal - (window - (window % unit)));
      const found = findLastStarts(await read(base, stop), 0, high - base, options);
      if (found.record !== -1) return { start: base + found.record, isForced: false };
      if (line === -1 && found.line !== -1) line = base + found.line;
      if (base === previous) break;
      high = base;
    }
    if (line !== -1) return { start: line, isForced: false };
    if (nominal - previous < longest) return null;
    const base = Math.max(previous, nominal - CHARACTER_LOOK_BYTES);
    const forced = base + toCharacterStart(await read(base, Math.min(size, nominal + 2)), nominal - base, encoding);
    return forced > previous ? { start: forced, isForced: true } : null;
  }
}
