/**
 * Pauses of a selection: of one source by its records' times, of several by their merge keys. A pause of several lies within
 * a gap of each of them, so their gaps are walked side by side:
 *
 *   source a   ──●───●                    ●──   its gap
 *   source b   ●          ●                   ● its gap
 *   merged     ●─●───●    ●               ●──●  the pause: from the last start to the first end
 */

import type { Ticket } from '../base/breathe';
import type { Pause } from './api';
import type { Fleet } from './fleet';
import type { CoarseSource, Merge } from './merge';
import type { SourceId } from './records/record';
import type { Selection } from './selection';
import type { Selections } from './selections';
import type { ShardSlot } from './source-entry';

/** Shards looked at together: enough for every worker to have some. */
const GROUP = 16;
/** Gaps fetched at once. */
const GAPS = 512;

/** @param from  a position, or one before the first or behind the last */
export async function pauseInSource(
  fleet: Fleet,
  selections: Selections,
  selection: Selection,
  source: SourceId,
  from: number,
  direction: 1 | -1,
  minMs: number,
  ticket: Ticket,
): Promise<Pause | null> {
  const slots = selections.covered(selection, source);
  const ends = await Promise.all(
    slots.map((slot) => fleet.onShard(slot.key, (api) => api.timeEnds(slot.key, selection.bits))),
  );
  /** Each shard that may hold what is looked for, with its first position and the last time before it. */
  let before = 0;
  let last: number | null = null;
  const places = slots.map((slot, index) => {
    const place = { slot, start: before, end: before + selections.countIn(selection, slot), last, ends: ends[index] };
    before = place.end;
    last = ends[index]?.last ?? last;
    return place;
  });
  const wanted = places.filter(({ start, end }) => start < end && (direction > 0 ? end > from + 1 : start < from));
  if (direction < 0) wanted.reverse();
  for (let at = 0; at < wanted.length; at += GROUP) {
    ticket.throwIfCancelled();
    const group = wanted.slice(at, at + GROUP);
    const found = await Promise.all(
      group.map(async (place): Promise<(Pause | null)[]> => {
        const { slot, start } = place;
        const inner = await fleet.onShard(slot.key, (api) =>
          api.pause(slot.key, selection.bits, from - start, direction, minMs),
        );
        const seam = seamOf(place, from, direction, minMs);
        const moved = inner === null ? null : { position: start + inner.position, pauseMs: inner.pauseMs };
        return direction > 0 ? [seam, moved] : [moved, seam];
      }),
    );
    const first = found.flat().find((pause) => pause !== null);
    if (first !== undefined) return first;
  }
  return null;
}

/** The pause between a shard's first record with a time and those before the shard. */
function seamOf(
  {
    start,
    last,
    ends,
  }: { start: number; last: number | null; ends: { position: number; first: number } | null | undefined },
  from: number,
  direction: 1 | -1,
  minMs: number,
): Pause | null {
  if (last === null || ends === null || ends === undefined) return null;
  const position = start + ends.position;
  const pauseMs = ends.first - last;
  return pauseMs >= minMs && (direction > 0 ? position > from : position < from) ? { position, pauseMs } : null;
}

/** A stretch of keys without a record: between the records at `position - 1` and `position`, of one source. */
interface Gap {
  readonly low: number;
  readonly high: number;
}

export async function pauseInMerge(
  fleet: Fleet,
  merge: Merge,
  bits: number,
  from: number,
  direction: 1 | -1,
  minMs: number,
  ticket: Ticket,
): Promise<Pause | null> {
  const row = from < 0 ? undefined : (await merge.rows(from, 1))[0];
  if (row === undefined && from < 0 === direction < 0) return null;
  const key = row === undefined ? -Infinity * direction : await merge.keyAt(row.source, row.position);
  const startOf = async (at: number) => (await merge.cutAt(at)).reduce((sum, rank) => sum + rank, 0);
  // Behind a record a pause ends at a greater key; before it at a smaller one, or at its own, when it is not the first with that.
  const isOwnAllowed = direction < 0 && (await startOf(key)) < from;
  const isAllowed = (high: number) => (direction > 0 ? high > key : isOwnAllowed ? high <= key : high < key);
  const streams = await Promise.all(
    merge.sources.map(async (source, index) => {
      const first = await merge.rankOfKey(index, key, direction > 0 || isOwnAllowed);
      return new GapStream(fleet, merge, bits, source, index, direction, minMs, first);
    }),
  );
  const gaps = await Promise.all(streams.map((stream) => stream.next()));
  for (;;) {
    ticket.throwIfCancelled();
    if (gaps.includes(null)) return null;
    const all = gaps as Gap[];
    const low = Math.max(...all.map((gap) => gap.low));
    const high = Math.min(...all.map((gap) => gap.high));
    if (Number.isFinite(low) && Number.isFinite(high) && high - low >= minMs && isAllowed(high))
      return { position: await startOf(high), pauseMs: high - low };
    // The gap that ends first meets no later one of the others.
    const edge = direction > 0 ? high : low;
    const moved = all.findIndex((gap) => (direction > 0 ? gap.high : gap.low) === edge);
    gaps[moved] = (await (streams[moved] as GapStream).next()) ?? null;
  }
}

/** The gaps of one source that are `minMs` or longer, from a position on; what lies before its first and behind its last record is one. */
class GapStream {
  private readonly known: Gap[] = [];
  private position: number;
  private isOver = false;

  constructor(
    private readonly fleet: Fleet,
    private readonly merge: Merge,
    private readonly bits: number,
    private readonly source: CoarseSource,
    private readonly index: number,
    private readonly direction: 1 | -1,
    private readonly minMs: number,
    first: number,
  ) {
    this.position = first;
  }

  async next(): Promise<Gap | null> {
    while (this.known.length === 0 && !this.isOver) await this.fetch();
    return this.known.shift() ?? null;
  }

  private async fetch(): Promise<void> {
    const { source, direction, position, index } = this;
    if (position >= source.count) {
      // Behind the last record.
      const low = source.count === 0 ? -Infinity : await this.merge.keyAt(index, source.count - 1);
      this.known.push({ low, high: Infinity });
      if (direction > 0 || source.count === 0) this.isOver = true;
      else this.position = source.count - 1;
      return;
    }
    if (position < 0) {
      this.isOver = true;
      return;
    }
    const at = this.slotAt(position);
    const start = source.before[at] as number;
    const end = source.before[at + 1] ?? source.count;
    const slot = source.slots[at] as ShardSlot;
    const carry = source.carries[at] as number;
    const before = start === 0 ? -Infinity : await this.merge.keyAt(index, start - 1);
    const found = await this.fleet.onShard(slot.key, (api) =>
      api.gaps(slot.key, this.bits, carry, before, position - start, direction, this.minMs, GAPS),
    );
    for (let n = 0; n < found.length; n += 3)
      this.known.push({ low: found[n + 1] as number, high: found[n + 2] as number });
    const isCut = found.length === GAPS * 3;
    const lastFound = start + (found[found.length - 3] ?? 0);
    if (isCut) this.position = lastFound + direction;
    else this.position = direction > 0 ? end : start - 1;
  }

  /** The shard that holds a position: the last that begins at or before it. */
  private slotAt(position: number): number {
    let low = 0;
    let high = this.source.slots.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.source.before[middle] as number) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
