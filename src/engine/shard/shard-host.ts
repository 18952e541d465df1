/** A shard worker's inside: owns shards in one memory, loads, indexes, evicts, and answers about them. */

import { breathe } from '../../base/breathe';
import { Fault } from '../../base/fault';
import { createKernels } from '../kernels/load';
import type { Kernels } from '../kernels/kernels';
import { needsBytes, planFilter, sliceRecords } from '../query/plan';
import type { IndexFiles } from '../index-cache';
import type { BytesRef, ByteSource } from '../source/byte-source';
import { Arena } from './arena';
import { BlockBytes, type WithBytes } from './block-bytes';
import { restoreShard, savePart } from './columns-file';
import { Evaluator } from './evaluate';
import { endsOf, intersectBits, widenBits } from './derived-bits';
import { readErrors } from './error-groups';
import { readFields } from './field-values';
import type { Inside } from './inside';
import { type LoadedShard, type RecordBlock, sliceOf, throwIfGone } from './loaded-shard';
import { loadShard, type Spent } from './loader';
import { readWhole } from './read-whole';
import { countRuns } from './overview';
import { keyGaps, pauseBeyond, timeEnds } from './pauses';
import { countPatterns, skeletonIdsOf } from './pattern-column';
import { planPlaceOf } from './plan-place';
import { readTexts } from './record-texts';
import { readRows } from './row-window';
import { SelectionBits } from './selection-bits';
import type { ShardApi, ShardKey } from './shard-api';
import { linesOf } from './shard-lines';
import * as times from './shard-times';
import { readMessages, readSkeletons } from './skeleton-answers';
import { countValues } from './top-values';
import { Workbench } from './workbench';
import { countWildcard } from './wildcard-values';

/** Work between two breaths, so that a cancel or a ping gets in. */
const BREATH_MS = 12;

/** Loads at once: while one waits for bytes, the other is indexed. */
export const LANES = 2;

export interface ShardPlace {
  openBytes(ref: BytesRef): ByteSource;
  /** Absent where nothing is kept from one run to the next. */
  readonly indexFiles?: IndexFiles | undefined;
}

export function createShardHost(place: ShardPlace): ShardApi {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 65536 });
  const arena = new Arena(memory);
  const shards = new Map<ShardKey, LoadedShard>();
  const selections = new Map<number, { readonly bits: Map<ShardKey, SelectionBits> }>();
  const cancelled = new Set<number>();
  /** Records done under a ticket, of calls that tell. */
  const progress = new Map<number, number>();
  let kernels: Kernels | undefined;
  /** Workbenches not in use; a load waits for one. */
  const benches: Workbench[] = [];
  const waiting: ((bench: Workbench) => void)[] = [];
  const spent: Spent = { copyMs: 0, kernelMs: 0, jsMs: 0 };
  const blockBytes = new BlockBytes(arena, (ref) => place.openBytes(ref));

  function needKernels(): Kernels {
    if (kernels === undefined) throw new Error('init was not called');
    return kernels;
  }

  function shardOf(key: ShardKey): LoadedShard {
    const shard = shards.get(key);
    if (shard === undefined) throw new Fault('source-unknown', `shard ${key} is not here`);
    return shard;
  }

  function bitsOf(key: ShardKey, selection: number): SelectionBits | null {
    if (selection === 0) return null;
    const bits = selections.get(selection)?.bits.get(key);
    if (bits === undefined) throw new Fault('selection-unknown', `selection ${selection} does not cover shard ${key}`);
    return bits;
  }

  function throwIfCancelled(ticket: number): void {
    if (cancelled.has(ticket)) throw new Fault('stale', 'cancelled');
  }

  function release(key: ShardKey): void {
    const shard = shards.get(key);
    if (shard === undefined) return;
    shard.isGone = true;
    blockBytes.forget(shard);
    if (shard.bytes !== null) arena.give(shard.bytes);
    shard.giveColumns(arena);
    for (const selection of selections.values()) {
      selection.bits.get(key)?.close();
      selection.bits.delete(key);
    }
    shards.delete(key);
  }

  function takeBench(): Promise<Workbench> {
    const bench = benches.pop();
    return bench !== undefined ? Promise.resolve(bench) : new Promise((resolve) => waiting.push(resolve));
  }

  function giveBench(bench: Workbench): void {
    const next = waiting.shift();
    if (next !== undefined) next(bench);
    else benches.push(bench);
  }

  /** The bits of a selection, whatever has been made of them yet. */
  function entryFor(selection: number): { readonly bits: Map<ShardKey, SelectionBits> } {
    let entry = selections.get(selection);
    if (entry === undefined) {
      entry = { bits: new Map() };
      selections.set(selection, entry);
    }
    return entry;
  }

  const inside: Inside = {
    arena,
    blockBytes,
    get kernels() {
      return needKernels();
    },
    shardOf,
    bitsOf,
    keepBits(key, selection, bits) {
      const entry = entryFor(selection);
      entry.bits.get(key)?.close();
      entry.bits.set(key, bits);
    },
    throwIfCancelled,
    tellProgress(ticket, doneCount) {
      progress.set(ticket, doneCount);
    },
  };

  return {
    async init(options) {
      kernels = createKernels({ module: options.module, memory });
      for (let lane = 0; lane < LANES; lane++) benches.push(new Workbench(arena));
    },

    async ping() {
      return;
    },

    async load(spec, ticket) {
      const bench = await takeBench();
      try {
        throwIfCancelled(ticket);
        release(spec.key);
        const shard = await loadShard(spec, {
          kernels: needKernels(),
          arena,
          bench,
          source: place.openBytes(spec.bytes),
          spent,
          laneCount: LANES,
          throwIfCancelled: () => throwIfCancelled(ticket),
        });
        shards.set(spec.key, shard);
        if (shard.report === null) throw new Error('a loaded shard has a report');
        return shard.report;
      } finally {
        cancelled.delete(ticket);
        giveBench(bench);
      }
    },

    async restore(spec, from, ticket) {
      try {
        throwIfCancelled(ticket);
        release(spec.key);
        if (place.indexFiles === undefined) return null;
        const shard = await restoreShard(spec, from, {
          arena,
          files: place.indexFiles,
          throwIfCancelled: () => throwIfCancelled(ticket),
        });
        if (shard === null) return null;
        shards.set(spec.key, shard);
        return shard.report;
      } finally {
        cancelled.delete(ticket);
      }
    },

    async saveIndex(key, to, partBytes) {
      if (place.indexFiles === undefined) throw new Fault('storage-full', 'no indexes are kept here');
      return { partCount: await savePart(shardOf(key), to, partBytes, place.indexFiles, memory) };
    },

    async fill(key) {
      const shard = shardOf(key);
      if (shard.bytes !== null) return shard.bytes.size;
      const bytes = await readWhole(shard, arena, place.openBytes(shard.spec.bytes));
      if (shards.get(key) !== shard || shard.bytes !== null) {
        arena.give(bytes);
        throw new Fault('stale', 'the shard was dropped or filled meanwhile');
      }
      shard.bytes = bytes;
      blockBytes.forget(shard);
      return bytes.size;
    },

    async drop(key) {
      release(key);
    },

    async evict(key, options) {
      const shard = shardOf(key);
      if (shard.bytes === null) return null;
      const bytes = options.returnBytes
        ? new Uint8Array(memory.buffer).slice(shard.bytes.pointer, shard.bytes.pointer + shard.decodedBytes)
        : null;
      arena.give(shard.bytes);
      shard.bytes = null;
      return bytes;
    },

    async rebase(key, bytes, start, end) {
      const shard = shardOf(key);
      shard.spec = { ...shard.spec, bytes, start, end };
    },

    async setClock(key, clock) {
      shardOf(key).clock = clock;
    },

    async cancel(ticket) {
      cancelled.add(ticket);
    },

    async select(selection, filter, keys, ticket) {
      const entry = entryFor(selection);
      const counts: number[] = [];
      let breathed = performance.now();
      try {
        for (const place of keys) {
          const { key } = place;
          const shard = shardOf(key);
          const plan = planFilter(filter, planPlaceOf(shard, place));
          const readsBytes = needsBytes(plan);
          const bits = new SelectionBits(needKernels(), arena, shard);
          const evaluator = new Evaluator(needKernels(), arena, plan);
          let isDone = false;
          try {
            const step = sliceRecords(plan);
            const evaluate = async (block: RecordBlock, index: number, withBytes: WithBytes): Promise<void> => {
              const pointer = bits.pointers[index] as number;
              for (let first = 0; first < block.count; first += step) {
                const slice = sliceOf(block, first, step, new DataView(memory.buffer));
                await withBytes((bytes) => {
                  throwIfGone(shard);
                  evaluator.evaluate(shard, slice, bytes, pointer + first / 8);
                });
                throwIfCancelled(ticket);
                if (performance.now() - breathed <= BREATH_MS) continue;
                await breathe();
                breathed = performance.now();
                throwIfCancelled(ticket);
                throwIfGone(shard);
              }
              bits.countBlock(index);
            };
            const withoutBytes: WithBytes = async (run) => run(0);
            if (readsBytes) await blockBytes.forEach(shard, evaluate);
            else for (const [index, block] of shard.blocks.entries()) await evaluate(block, index, withoutBytes);
            throwIfGone(shard);
            if (selections.get(selection) !== entry) throw new Fault('stale', 'the selection was given up');
            isDone = true;
          } finally {
            evaluator.close();
            if (!isDone) bits.close();
          }
          inside.keepBits(key, selection, bits);
          counts.push(bits.count);
        }
        return counts;
      } finally {
        cancelled.delete(ticket);
      }
    },

    async forget(selection) {
      for (const bits of selections.get(selection)?.bits.values() ?? []) bits.close();
      selections.delete(selection);
    },

    async ends(selection, keys) {
      return keys.map((key) => endsOf(inside, selection, key));
    },

    async widen(target, core, wanted, before, after) {
      const entry = entryFor(target);
      const counts: number[] = [];
      for (const shard of wanted) {
        counts.push(widenBits(inside, target, core, shard, before, after));
        await breathe();
        if (selections.get(target) !== entry) throw new Fault('stale', 'the selection was given up');
      }
      return counts;
    },

    async intersect(target, a, b, keys) {
      entryFor(target);
      return keys.map((key) => intersectBits(inside, target, a, b, key));
    },

    async rows(shard, wish) {
      return readRows(inside, shard, wish);
    },

    async offsetAt(key, selection, position) {
      const shard = shardOf(key);
      const bits = bitsOf(key, selection);
      if (position >= (bits?.count ?? shard.recordCount)) return shard.decodedBytes;
      return shard.offsetOf(new DataView(memory.buffer), bits?.indexAt(position) ?? position);
    },

    async rank(key, selection, index) {
      return bitsOf(key, selection)?.rank(index) ?? Math.max(0, Math.min(index, shardOf(key).recordCount));
    },

    async indexAt(key, selection, position) {
      return bitsOf(key, selection)?.indexAt(position) ?? position;
    },

    async positionsOf(key, selection, offsets) {
      const shard = shardOf(key);
      const bits = bitsOf(key, selection);
      const view = new DataView(memory.buffer);
      return Int32Array.from(offsets, (offset) => {
        const index = shard.indexOfOffset(view, offset);
        if (index === shard.recordCount || shard.offsetOf(view, index) !== offset) return -1;
        return bits === null ? index : bits.has(index) ? bits.rank(index) : -1;
      });
    },

    async indexOfOffset(key, offset) {
      return shardOf(key).indexOfOffset(new DataView(memory.buffer), offset);
    },

    async indexOfLine(key, linesBefore) {
      const shard = shardOf(key);
      let block: RecordBlock | undefined;
      for (const candidate of shard.blocks)
        if (block === undefined || candidate.linesBefore <= linesBefore) block = candidate;
      if (block === undefined) return 0;
      const found = block;
      return blockBytes.with(shard, found, (bytes) => {
        const view = new DataView(memory.buffer);
        let lines = found.linesBefore;
        let at = found.startOffset;
        for (let i = 0; i < found.count; i++) {
          const end = shard.endOf(view, found, i);
          lines += needKernels().countNewlines(bytes + at, bytes + end);
          at = end;
          if (lines > linesBefore) return found.first + i;
        }
        return found.first + found.count - 1;
      });
    },

    async nextKept(key, selection, index, direction) {
      const shard = shardOf(key);
      const bits = bitsOf(key, selection);
      if (bits === null) return index >= 0 && index < shard.recordCount ? index : null;
      const before = direction > 0 ? bits.rank(index) : bits.rank(index + 1) - 1;
      return before >= 0 && before < bits.count ? bits.indexAt(before) : null;
    },

    async maxTime(key) {
      return times.maxTime(shardOf(key), new DataView(memory.buffer));
    },

    async indexAtTime(key, time, carry) {
      return times.indexAtTime(shardOf(key), new DataView(memory.buffer), time, carry);
    },

    async keys(key, selection, first, end, step, carry) {
      return times.mergeKeys(shardOf(key), bitsOf(key, selection), needKernels(), first, end, step, carry);
    },

    async keysAt(key, selection, positions, carry) {
      return times.mergeKeysAt(shardOf(key), bitsOf(key, selection), needKernels(), positions, carry);
    },

    async runs(key, selection, hits, starts) {
      return countRuns(inside, key, selection, hits, starts);
    },

    async timeEnds(key, selection) {
      return timeEnds(shardOf(key), bitsOf(key, selection), new DataView(memory.buffer));
    },

    async pause(key, selection, from, direction, minMs) {
      return pauseBeyond(shardOf(key), bitsOf(key, selection), new DataView(memory.buffer), from, direction, minMs);
    },

    async gaps(key, selection, carry, before, from, direction, minMs, limit) {
      const view = new DataView(memory.buffer);
      return keyGaps(shardOf(key), bitsOf(key, selection), view, carry, before, from, direction, minMs, limit);
    },

    async values(selection, field, keys, ticket) {
      try {
        return await countValues(inside, selection, field, keys, ticket);
      } finally {
        cancelled.delete(ticket);
      }
    },

    async wildcardValues(selection, wanted, keys, ticket) {
      try {
        return await countWildcard(inside, selection, wanted, keys, ticket);
      } finally {
        cancelled.delete(ticket);
        progress.delete(ticket);
      }
    },

    async progress(ticket) {
      return progress.get(ticket) ?? 0;
    },

    async errors(key, selection, ticket) {
      try {
        return await readErrors(inside, key, selection, ticket);
      } finally {
        cancelled.delete(ticket);
        progress.delete(ticket);
      }
    },

    async texts(key, offsets) {
      return readTexts(inside, key, offsets);
    },

    async skeletons(key) {
      return readSkeletons(inside, key);
    },

    async skeletonMessages(key, ids) {
      return readMessages(inside, key, ids);
    },

    async skeletonIds(key, first, count) {
      return skeletonIdsOf(shardOf(key), memory.buffer, first, count);
    },

    async patternCounts(selection, wanted, bins, ticket) {
      try {
        return await countPatterns(inside, selection, wanted, bins, ticket);
      } finally {
        cancelled.delete(ticket);
      }
    },

    async histogram(key, selection, startMs, binMs, binCount) {
      return times.histogram(shardOf(key), bitsOf(key, selection), arena, needKernels(), startMs, binMs, binCount);
    },

    async span(key, selection) {
      return times.span(shardOf(key), bitsOf(key, selection), new DataView(memory.buffer));
    },

    async bytes(key, start, end) {
      return blockBytes.read(shardOf(key), start, end);
    },

    async fields(key, index) {
      const shard = shardOf(key);
      const block = shard.blockOf(index);
      const view = new DataView(memory.buffer);
      const i = index - block.first;
      const record = await blockBytes.read(
        shard,
        view.getUint32(block.offsets + i * 4, true),
        shard.endOf(view, block, i),
      );
      return readFields(shard.spec, record);
    },

    async lines(key, first, count) {
      const shard = shardOf(key);
      if (first >= shard.recordCount) return { lines: [], next: first };
      const block = shard.blockOf(first);
      return blockBytes.with(shard, block, (bytes) =>
        linesOf(shard, block, new DataView(memory.buffer), new Uint8Array(memory.buffer), bytes, first, count),
      );
    },

    async usage() {
      let residentBytes = 0;
      let columnBytes = 0;
      for (const shard of shards.values()) {
        residentBytes += shard.bytes?.size ?? 0;
        columnBytes += shard.columnBytes;
      }
      let selectionBytes = 0;
      for (const selection of selections.values())
        for (const bits of selection.bits.values()) selectionBytes += bits.memory.size;
      return {
        residentBytes,
        columnBytes,
        selectionBytes,
        memoryBytes: memory.buffer.byteLength,
        shardCount: shards.size,
      };
    },
  };
}
