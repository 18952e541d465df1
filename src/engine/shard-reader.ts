/** Answers about single sources: rows, positions, lines, details, put together from the shards they lie in. */

import { Fault } from '../base/fault';
import type { ParsedLine, RecordDetails, Row, RowsOptions } from './api';
import type { Environment } from './environment';
import type { Fleet } from './fleet';
import { type PatternBook, patternTexts } from './patterns/pattern-book';
import type { Filter } from './query/filter';
import { runsRegex } from './query/plan';
import { type RecordId, type SourceId, toLevel } from './records/record';
import type { Selection } from './selection';
import type { Selections } from './selections';
import type { SelectedShard, ShardApi, ShardRow, ShardRowsWish } from './shard/shard-api';
import type { BytesRef, ByteSource } from './source/byte-source';
import type { ShardSlot, SourceEntry } from './source-entry';

/** First bytes of a record that details show. */
const DETAIL_BYTES = 64 * 1024;
/** Bytes at head and tail that must be unchanged for a file to have merely grown. */
const EDGE_BYTES = 64 * 1024;

/** All records, nothing marked. */
const PLAIN_ROWS: Omit<ShardRowsWish, 'first' | 'count'> = {
  selection: 0,
  core: 0,
  hits: null,
  isOwnFilter: true,
  highlights: [],
  fields: [],
};

/** A record, by the index of its shard in the source and its own in the shard; one past the shard's last is its end. */
export interface RecordPlace {
  readonly shard: number;
  readonly record: number;
}

export type ShardReader = ReturnType<typeof createShardReader>;

export function createShardReader(
  fleet: Fleet,
  selections: Selections,
  book: PatternBook,
  entryOf: (source: SourceId) => SourceEntry,
) {
  function toRow(entry: SourceEntry, shardIndex: number, row: ShardRow): Row {
    return {
      id: { source: entry.id, offset: entry.decodedStart(shardIndex) + row.offset },
      lineNumber: row.linesBefore === null ? null : entry.linesBefore(shardIndex) + row.linesBefore + 1,
      lineCount: row.lineCount,
      time: row.time,
      fraction: row.fraction,
      level: toLevel(row.level),
      text: row.text,
      textBytes: row.textBytes,
      isCut: row.isCut,
      messageStart: row.messageStart,
      hits: row.hits,
      highlights: row.highlights,
      keptBy: row.keptBy,
      values: row.values,
      isContext: row.isContext,
      isPiece: row.isPiece,
    };
  }

  /** What a shard worker needs to know of one shard to evaluate filters over it. */
  function selected(entry: SourceEntry, index: number, slot: ShardSlot, filters: readonly Filter[]): SelectedShard {
    const { id: source, input } = entry;
    // A shard that the patterns do not know yet is in no selection by them.
    const patterns = book.setsFor(slot.key, filters) ?? [];
    return { key: slot.key, source, sourceName: input.name, decodedStart: entry.decodedStart(index), patterns };
  }

  /** One record by its index in a shard, with nothing marked in it. */
  async function rowAt(entry: SourceEntry, index: number, slot: ShardSlot, record: number) {
    const wish = { ...PLAIN_ROWS, first: record, count: 1 };
    return (await fleet.onShard(slot.key, (api) => api.rows(selected(entry, index, slot, []), wish)))[0];
  }

  /**
   * Rows [first, first + count) of a source's records in a selection.
   *
   * @param selection  complete, and what it is made of
   */
  async function rows(
    selection: Selection,
    source: SourceId,
    first: number,
    count: number,
    options: RowsOptions,
  ): Promise<Row[]> {
    const entry = entryOf(source);
    const core = selection.made?.kind === 'context' ? selection.made.core : selection;
    const wish = {
      selection: selection.bits,
      core: core.bits,
      hits: options.hits ?? selection.filter,
      isOwnFilter: options.hits === undefined,
      highlights: options.highlights ?? [],
      fields: options.fields ?? [],
    };
    // What is marked is looked for farther than `select` did, which stops at a record's first match.
    const filters = [wish.hits, ...wish.highlights];
    const isWatched = filters.some(runsRegex);
    if (filters.some((filter) => patternTexts(filter).length > 0)) await book.ready();
    const parts: Promise<Row[]>[] = [];
    let before = 0;
    selections.covered(selection, source).forEach((slot, index) => {
      const kept = selections.countIn(selection, slot);
      const from = Math.max(first, before) - before;
      const to = Math.min(first + count, before + kept) - before;
      if (from < to) {
        const shard = selected(entry, index, slot, filters);
        const read = (api: ShardApi) => api.rows(shard, { ...wish, first: from, count: to - from });
        const found = isWatched ? fleet.onShardWatched(slot.key, read) : fleet.onShard(slot.key, read);
        parts.push(found.then((list) => list.map((row) => toRow(entry, index, row))));
      }
      before += kept;
    });
    return (await Promise.all(parts)).flat();
  }

  function keptBefore(selection: Selection, source: SourceId, shardIndex: number): number {
    let sum = 0;
    for (const slot of selections.covered(selection, source).slice(0, shardIndex))
      sum += selections.countIn(selection, slot);
    return sum;
  }

  async function rankOf(
    selection: Selection,
    source: SourceId,
    shardIndex: number,
    recordIndex: number,
  ): Promise<number> {
    const slot = selections.covered(selection, source)[shardIndex];
    if (slot === undefined) return selections.countOf(selection, source);
    return (
      keptBefore(selection, source, shardIndex) +
      (await fleet.onShard(slot.key, (api) => api.rank(slot.key, selection.bits, recordIndex)))
    );
  }

  /** Position of the first kept record at or after a place. */
  function positionOfPlace(selection: Selection, source: SourceId, place: RecordPlace | null): Promise<number> {
    return place === null
      ? Promise.resolve(selections.countOf(selection, source))
      : rankOf(selection, source, place.shard, place.record);
  }

  /** Where the first record at or after a decoded offset lies; null past the last. */
  async function placeAtOffset(source: SourceId, offset: number): Promise<RecordPlace | null> {
    const found = entryOf(source).locate(offset);
    if (found === null) return null;
    const record = await fleet.onShard(found.slot.key, (api) => api.indexOfOffset(found.slot.key, found.offset));
    return { shard: found.index, record };
  }

  async function positionOfOffset(selection: Selection, source: SourceId, offset: number): Promise<number> {
    return positionOfPlace(selection, source, await placeAtOffset(source, offset));
  }

  /** Positions of the records of a source that begin at these decoded offsets; null where none is in the selection. */
  async function positionsAt(
    selection: Selection,
    source: SourceId,
    offsets: readonly number[],
  ): Promise<(number | null)[]> {
    const found: (number | null)[] = offsets.map(() => null);
    const entry = entryOf(source);
    const covered = selections.covered(selection, source);
    const byShard = new Map<number, { at: number; offset: number }[]>();
    offsets.forEach((offset, at) => {
      const place = entry.locate(offset);
      if (place === null || place.index >= covered.length) return;
      byShard.set(place.index, [...(byShard.get(place.index) ?? []), { at, offset: place.offset }]);
    });
    await Promise.all(
      [...byShard].map(async ([index, wanted]) => {
        const { key } = covered[index] as ShardSlot;
        const inShard = Uint32Array.from(wanted, ({ offset }) => offset);
        const positions = await fleet.onShard(key, (api) => api.positionsOf(key, selection.bits, inShard));
        const before = keptBefore(selection, source, index);
        wanted.forEach(({ at }, n) => {
          const position = positions[n] as number;
          if (position >= 0) found[at] = before + position;
        });
      }),
    );
    return found;
  }

  /** Decoded offset of the record at a position; the source's end past the last. */
  async function offsetAt(selection: Selection, source: SourceId, position: number): Promise<number> {
    const place = selections.placeOf(selection, source, position);
    const entry = entryOf(source);
    if (place === null) return entry.decodedStart(entry.readable().length);
    const { key } = place.slot;
    return (
      entry.decodedStart(place.index) +
      (await fleet.onShard(key, (api) => api.offsetAt(key, selection.bits, place.position)))
    );
  }

  async function positionAtTime(selection: Selection, source: SourceId, time: number): Promise<number> {
    const slots = selections.covered(selection, source);
    const maxima = await Promise.all(slots.map((slot) => fleet.onShard(slot.key, (api) => api.maxTime(slot.key))));
    let carry = -Infinity;
    for (const [index, slot] of slots.entries()) {
      const before = carry;
      carry = Math.max(carry, maxima[index] ?? -Infinity);
      if (carry < time) continue;
      const record = await fleet.onShard(slot.key, (api) => api.indexAtTime(slot.key, time, before));
      return rankOf(selection, source, index, record);
    }
    return selections.countOf(selection, source);
  }

  /** Where the record of a physical line (from 1) lies; null past the last. */
  async function placeAtLine(source: SourceId, lineNumber: number): Promise<RecordPlace | null> {
    const entry = entryOf(source);
    const slots = entry.readable();
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] as (typeof slots)[number];
      const before = entry.linesBefore(index);
      if (lineNumber - 1 < before + slot.report.lineCount) {
        const record = await fleet.onShard(slot.key, (api) =>
          api.indexOfLine(slot.key, Math.max(0, lineNumber - 1 - before)),
        );
        return { shard: index, record };
      }
    }
    return null;
  }

  /** Position in `selection` of the next record strictly beyond `from` that `found`, a part of it, keeps; null when none. */
  async function seek(
    selection: Selection,
    found: Selection,
    source: SourceId,
    from: number,
    direction: 1 | -1,
  ): Promise<number | null> {
    const total = selections.countOf(selection, source);
    const isBefore = from < 0;
    const isBehind = from >= total;
    const offset = isBefore ? -1 : isBehind ? Infinity : await offsetAt(selection, source, from);
    const at = isBefore
      ? 0
      : isBehind
        ? selections.countOf(found, source)
        : await positionOfOffset(found, source, offset);
    let wanted = at;
    if (direction < 0) wanted = at - 1;
    else if (
      !isBefore &&
      !isBehind &&
      at < selections.countOf(found, source) &&
      (await offsetAt(found, source, at)) === offset
    )
      wanted = at + 1;
    if (wanted < 0 || wanted >= selections.countOf(found, source)) return null;
    return positionOfOffset(selection, source, await offsetAt(found, source, wanted));
  }

  async function details(record: RecordId): Promise<RecordDetails> {
    const entry = entryOf(record.source);
    const found = entry.locate(record.offset);
    if (found === null) throw new Fault('source-unknown', 'there is no record at that place');
    const { slot } = found;
    const index = await fleet.onShard(slot.key, (api) => api.indexOfOffset(slot.key, found.offset));
    const row = await rowAt(entry, found.index, slot, index);
    if (row === undefined) throw new Fault('source-unknown', 'there is no record at that place');
    const { format, fields } = await fleet.onShard(slot.key, (api) => api.fields(slot.key, index));
    for (const field of fields) entry.knownFields.add(field.name);
    return {
      row: toRow(entry, found.index, row),
      format: entry.program?.formats[format]?.id ?? 'plain',
      fields,
      bytes: await fleet.onShard(slot.key, (api) =>
        api.bytes(slot.key, row.offset, row.offset + Math.min(DETAIL_BYTES, row.textBytes)),
      ),
    };
  }

  /** Decoded bytes [start, end); of a binary source its bytes as they are. */
  async function bytes(entry: SourceEntry, start: number, end: number, environment: Environment): Promise<Uint8Array> {
    const slots = entry.readable();
    if (entry.kind === 'binary') {
      const source = environment.openBytes(entry.bytes);
      return source.read(
        Math.min(start, source.size),
        Math.max(Math.min(start, source.size), Math.min(end, source.size)),
      );
    }
    const parts: Uint8Array[] = [];
    let before = 0;
    for (const slot of slots) {
      const from = Math.max(start, before) - before;
      const to = Math.min(end, before + slot.report.decodedBytes) - before;
      if (from < to) parts.push(await fleet.onShard(slot.key, (api) => api.bytes(slot.key, from, to)));
      before += slot.report.decodedBytes;
    }
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  /** Where `lines` went on last, so that reading a source to its end does not count from its start each time. */
  let cursor:
    | { entry: SourceEntry; generation: number; line: number; shard: number; record: number; skip: number }
    | undefined;

  /** Lines [first, first + count) of a source; fewer at its end. */
  async function lines(entry: SourceEntry, first: number, count: number): Promise<ParsedLine[]> {
    const found: ParsedLine[] = [];
    const slots = entry.readable();
    if (cursor?.entry !== entry || cursor.generation !== entry.generation || cursor.line !== first)
      cursor = await placeOfLine(entry, first);
    let { shard, record, skip } = cursor;
    let recordsBefore = 0;
    for (let i = 0; i < shard; i++) recordsBefore += slots[i]?.report.recordCount ?? 0;
    while (found.length < count && shard < slots.length) {
      const slot = slots[shard] as (typeof slots)[number];
      if (record >= slot.report.recordCount) {
        recordsBefore += slot.report.recordCount;
        shard++;
        record = 0;
        continue;
      }
      const start = record;
      const batch = await fleet.onShard(slot.key, (api) => api.lines(slot.key, start, count + skip));
      const wanted = batch.lines.slice(skip, skip + count - found.length);
      for (const line of wanted)
        found.push({
          record: recordsBefore + line.record,
          time: line.time,
          level: toLevel(line.level),
          message: line.message,
        });
      const consumed = skip + wanted.length;
      if (consumed < batch.lines.length) {
        // Stop inside the batch: go on from the record that the next line belongs to.
        const at = (batch.lines[consumed] as (typeof batch.lines)[number]).record;
        skip = consumed - batch.lines.findIndex((line) => line.record === at);
        record = at;
      } else {
        record = batch.next;
        skip = 0;
      }
    }
    cursor = { entry, generation: entry.generation, line: first + found.length, shard, record, skip };
    return found;
  }

  async function placeOfLine(entry: SourceEntry, first: number) {
    const slots = entry.readable();
    for (let shard = 0; shard < slots.length; shard++) {
      const slot = slots[shard] as (typeof slots)[number];
      const before = entry.linesBefore(shard);
      if (first >= before + slot.report.lineCount) continue;
      const record = await fleet.onShard(slot.key, (api) => api.indexOfLine(slot.key, first - before));
      const row = await rowAt(entry, shard, slot, record);
      return {
        entry,
        generation: entry.generation,
        line: first,
        shard,
        record,
        skip: first - before - (row?.linesBefore ?? 0),
      };
    }
    return { entry, generation: entry.generation, line: first, shard: slots.length, record: 0, skip: 0 };
  }

  /**
   * Compares a fresh file for a source with what was indexed: byte by byte where that is in memory, else by fingerprint.
   *
   * @param fingerprintOf  over the first so many bytes of a file, as for `entry.fingerprint`
   * @throws Fault `file-replaced` when it did not merely grow; what is resident stays usable
   */
  async function throwUnlessGrown(
    entry: SourceEntry,
    fresh: BytesRef,
    source: ByteSource,
    fingerprintOf: (bytes: BytesRef, sizeBytes: number) => Promise<string>,
  ): Promise<void> {
    const replaced = () => new Fault('file-replaced', `${entry.input.name} holds something else now`);
    if (entry.packing !== 'none')
      throw new Fault('file-replaced', 'a compressed source is opened anew when it changes');
    const oldSize = entry.bytes.size;
    if (fresh.size < oldSize) throw new Fault('file-replaced', `${entry.input.name} is shorter than before`);
    const slots = entry.readable();
    const first = slots[0];
    const last = slots.at(-1);
    const isResident = (slot: ShardSlot) => fleet.places.get(slot.key)?.isResident === true;
    if (first === undefined || last === undefined) return;
    if (entry.encoding === 'utf-8' && !entry.isCr && isResident(first) && isResident(last)) {
      const headEnd = Math.min(EDGE_BYTES, first.end - first.start);
      const tailStart = Math.max(0, last.end - last.start - EDGE_BYTES);
      const [head, tail, freshHead, freshTail] = await Promise.all([
        fleet.onShard(first.key, (api) => api.bytes(first.key, 0, headEnd)),
        fleet.onShard(last.key, (api) => api.bytes(last.key, tailStart, last.end - last.start)),
        source.read(first.start, first.start + headEnd),
        source.read(last.start + tailStart, last.end),
      ]);
      if (!isSame(head, freshHead) || !isSame(tail, freshTail)) throw replaced();
    } else if (entry.fingerprint !== null && entry.fingerprint !== (await fingerprintOf(fresh, oldSize))) {
      throw replaced();
    }
  }

  return {
    rows,
    positionOfPlace,
    positionsAt,
    placeAtOffset,
    placeAtLine,
    offsetAt,
    positionAtTime,
    seek,
    details,
    bytes,
    lines,
    throwUnlessGrown,
  };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
