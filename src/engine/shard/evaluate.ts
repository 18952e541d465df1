/** Evaluates a plan over one block of records into a bitset, one bit a record. */

import { TIME_MIN, TIME_NONE } from '../kernels/index-layout';
import type { Kernels } from '../kernels/kernels';
import type { Needle, PlanNode } from '../query/plan';
import type { Arena, Block } from './arena';
import { fieldMatches } from './field-values';
import type { LoadedShard, RecordBlock } from './loaded-shard';
import { RangeMarker } from './range-bits';
import { markSkeletons } from './skeleton-bits';

/** Records of ASCII text that a regex sees in one go: strings this short die young, longer ones fill the heap (2026-11). */
const BULK_BYTES = 64 * 1024;

/** Words of a bitset over `count` records. */
export function wordsFor(count: number): number {
  return (count + 31) >> 5;
}

/** Where at most one record in so many still counts, looking into each is quicker than running through all bytes (2026-11). */
const FEW_OF = 3;

/** Candidates this close to each other are decoded together. */
const NEAR_RECORDS = 32;

function setBit(view: DataView, bits: number, i: number): void {
  const word = bits + (i >> 5) * 4;
  view.setUint32(word, view.getUint32(word, true) | (1 << (i & 31)), true);
}

/** A plan bound to a worker's memory; `close` gives its needles back. */
export class Evaluator {
  private readonly needles = new Map<Needle, Block>();
  private readonly scratch: Block[] = [];
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly latin = new TextDecoder('latin1');

  constructor(
    private readonly kernels: Kernels,
    private readonly arena: Arena,
    private readonly plan: PlanNode,
  ) {}

  close(): void {
    for (const block of this.needles.values()) this.arena.give(block);
    for (const block of this.scratch) this.arena.give(block);
    this.needles.clear();
    this.scratch.length = 0;
    if (this.setBlock !== undefined) this.arena.give(this.setBlock);
    this.setBlock = undefined;
    this.ranges?.close();
    this.ranges = undefined;
  }

  /**
   * Fills `bits` (wordsFor(block.count) words) for one block.
   *
   * @param bytes  where the shard's byte 0 would stand: the block's first record is at bytes + block.startOffset.
   *   Not looked at when the plan does not need bytes.
   */
  evaluate(shard: LoadedShard, block: RecordBlock, bytes: number, bits: number): void {
    this.run(this.plan, shard, block, bytes, bits, 0, 0);
  }

  /** `within`: bits of the records that still count, 0 for all. The result is right at least for those. */
  private run(
    node: PlanNode,
    shard: LoadedShard,
    block: RecordBlock,
    bytes: number,
    bits: number,
    within: number,
    depth: number,
  ): void {
    const { kernels } = this;
    const words = wordsFor(block.count);
    switch (node.kind) {
      case 'constant':
        if (node.value) kernels.bitsFill(bits, block.count);
        else this.clear(bits, words);
        return;
      case 'levels':
        this.clear(bits, words);
        kernels.markLevels(block.levels, block.count, node.mask, bits);
        return;
      case 'time':
        this.clear(bits, words);
        this.markTime(shard, block, node.start, node.end, bits);
        return;
      case 'records':
        this.clear(bits, words);
        this.markRecords(node.offsets, block, bits);
        return;
      case 'skeletons':
        this.clear(bits, words);
        markSkeletons(node, block, new Uint32Array(this.arena.memory.buffer), bits);
        return;
      case 'wildcard':
        this.clear(bits, words);
        this.ranges ??= new RangeMarker(kernels, this.arena);
        this.ranges.mark(node, shard, block, bytes, within, bits);
        return;
      case 'needle':
        this.clear(bits, words);
        if (within !== 0 && kernels.popcount(within, words) * FEW_OF < block.count)
          this.markNeedleWithin(node.needle, block, bytes, within, bits);
        else this.markNeedle(node.needle, block, bytes, bits);
        return;
      case 'regex': {
        const candidates = this.candidates(node.sets, block, bytes, within, depth);
        this.clear(bits, words);
        if (candidates === 0 && node.isBulk && kernels.isAscii(bytes + block.startOffset, bytes + block.endOffset))
          this.bulk(node.regex, block, bytes, bits);
        else this.verify(block, bytes, candidates, bits, (text) => node.regex.test(text));
        return;
      }
      case 'field': {
        const candidates = this.candidates(node.needle === null ? [] : [[node.needle]], block, bytes, within, depth);
        this.clear(bits, words);
        this.verifyFields(node, shard, block, bytes, candidates, bits);
        return;
      }
      case 'not':
        this.run(node.of, shard, block, bytes, bits, within, depth);
        kernels.bitsNot(bits, bits, block.count);
        return;
      case 'or': {
        this.clear(bits, words);
        const part = this.temporary(depth, words);
        for (const child of node.of) {
          this.run(child, shard, block, bytes, part, within, depth + 1);
          kernels.bitsOr(bits, bits, part, words);
        }
        return;
      }
      case 'and': {
        if (within !== 0) new Uint8Array(this.arena.memory.buffer).copyWithin(bits, within, within + words * 4);
        else kernels.bitsFill(bits, block.count);
        const part = this.temporary(depth, words);
        for (const child of node.of) {
          if (kernels.popcount(bits, words) === 0) return;
          this.run(child, shard, block, bytes, part, bits, depth + 1);
          kernels.bitsAnd(bits, bits, part, words);
        }
        return;
      }
    }
  }

  private clear(bits: number, words: number): void {
    new Uint32Array(this.arena.memory.buffer, bits, words).fill(0);
  }

  /** One scratch bitset per nesting, kept for the evaluator's life: 65,536 records take 8 KiB. */
  private temporary(depth: number, words: number): number {
    const index = depth * 2;
    return this.scratchAt(index, words);
  }

  private scratchAt(index: number, words: number): number {
    while (this.scratch.length <= index) this.scratch.push(this.arena.allocate(8192));
    const block = this.scratch[index] as Block;
    if (block.size < words * 4) throw new Error('a block holds more records than its scratch bits');
    return block.pointer;
  }

  private readonly globals = new Map<RegExp, RegExp>();

  /** The same expression for walking through a text; kept, since V8 compiles an object's expression only when it is run again. */
  private globalOf(regex: RegExp): RegExp {
    let found = this.globals.get(regex);
    if (found === undefined) {
      // Without u it is faster, and the same over ASCII; only \u{41} is read as a count of u's then.
      const flags = regex.source.includes('\\u{') ? regex.flags : regex.flags.replace('u', '');
      found = new RegExp(regex.source, `${flags}g`);
      this.globals.set(regex, found);
    }
    return found;
  }

  /** Made where a plan reads messages. */
  private ranges: RangeMarker | undefined;

  private setBlock: Block | undefined;

  /** Bits of one needle set, used up before anything else is evaluated. */
  private setBits(words: number): number {
    this.setBlock ??= this.arena.allocate(8192);
    if (this.setBlock.size < words * 4) throw new Error('a block holds more records than its scratch bits');
    return this.setBlock.pointer;
  }

  /** Both lists ascend: each offset is looked for by halving what is left of the block's. */
  private markRecords(wanted: Uint32Array, block: RecordBlock, bits: number): void {
    const offsets = new Uint32Array(this.arena.memory.buffer, block.offsets, block.count);
    const view = new DataView(this.arena.memory.buffer);
    let low = 0;
    for (const offset of wanted) {
      if (offset < block.startOffset || offset >= block.endOffset) continue;
      let high = block.count;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((offsets[middle] as number) < offset) low = middle + 1;
        else high = middle;
      }
      if (low < block.count && offsets[low] === offset) setBit(view, bits, low);
    }
  }

  private markTime(shard: LoadedShard, block: RecordBlock, start: number, end: number, bits: number): void {
    const { kernels, arena } = this;
    const shift = shard.shiftOf(block);
    if (shift !== null) {
      const from = Math.max(TIME_MIN, Math.min(2147483647, Math.ceil(start - shift - block.base)));
      const to = Math.max(TIME_MIN, Math.min(2147483647, Math.ceil(end - shift - block.base)));
      kernels.markTimes(block.times, block.count, from, to, bits);
      // 2^31 - 1 itself lies outside a half-open range that ends there: a later end takes it in.
      const view = new DataView(arena.memory.buffer);
      if (end - shift - block.base > 2147483647 && block.span?.max === block.base + 2147483647)
        this.markEach(shard, block, view, start, end, bits);
      for (const i of block.wide.keys()) this.markOne(shard, block, view, i, start, end, bits);
      return;
    }
    this.markEach(shard, block, new DataView(arena.memory.buffer), start, end, bits);
  }

  private markEach(
    shard: LoadedShard,
    block: RecordBlock,
    view: DataView,
    start: number,
    end: number,
    bits: number,
  ): void {
    for (let i = 0; i < block.count; i++) {
      if (view.getInt32(block.times + i * 4, true) !== TIME_NONE) this.markOne(shard, block, view, i, start, end, bits);
    }
  }

  private markOne(
    shard: LoadedShard,
    block: RecordBlock,
    view: DataView,
    i: number,
    start: number,
    end: number,
    bits: number,
  ): void {
    const time = shard.timeAt(view, block, i);
    if (time === null || time < start || time >= end) return;
    setBit(view, bits, i);
  }

  private pointerOf(needle: Needle): number {
    let block = this.needles.get(needle);
    if (block === undefined) {
      block = this.arena.allocate(needle.bytes.length);
      new Uint8Array(this.arena.memory.buffer).set(needle.bytes, block.pointer);
      this.needles.set(needle, block);
    }
    return block.pointer;
  }

  private markNeedleWithin(needle: Needle, block: RecordBlock, bytes: number, within: number, bits: number): void {
    this.kernels.markMatchesWithin(
      bytes,
      block.endOffset,
      block.offsets,
      block.count,
      this.pointerOf(needle),
      needle.bytes.length,
      needle.isFolded ? 1 : 0,
      within,
      bits,
    );
  }

  private markNeedle(needle: Needle, block: RecordBlock, bytes: number, bits: number): void {
    this.kernels.markMatches(
      bytes,
      block.endOffset,
      block.offsets,
      block.count,
      this.pointerOf(needle),
      needle.bytes.length,
      needle.isFolded ? 1 : 0,
      bits,
    );
  }

  /** Bits of the records worth looking at, or 0 for all of them. */
  private candidates(
    sets: readonly (readonly Needle[])[],
    block: RecordBlock,
    bytes: number,
    within: number,
    depth: number,
  ): number {
    if (sets.length === 0) return within;
    const words = wordsFor(block.count);
    const all = this.scratchAt(depth * 2 + 1, words);
    this.clear(all, words);
    for (const [index, set] of sets.entries()) {
      const some = index === 0 ? all : this.setBits(words);
      if (index > 0) this.clear(some, words);
      for (const needle of set) this.markNeedle(needle, block, bytes, some);
      if (index > 0) this.kernels.bitsAnd(all, all, some, words);
      if (this.kernels.popcount(all, words) === 0) break;
    }
    if (within !== 0) this.kernels.bitsAnd(all, all, within, words);
    return all;
  }

  /** Text of record i without its line end. */
  private textOf(view: DataView, shardEnd: number, block: RecordBlock, bytes: number, i: number): Uint8Array {
    const start = bytes + view.getUint32(block.offsets + i * 4, true);
    let end = bytes + (i + 1 < block.count ? view.getUint32(block.offsets + (i + 1) * 4, true) : shardEnd);
    const memory = new Uint8Array(view.buffer);
    if (end > start && memory[end - 1] === 10) end--;
    if (end > start && memory[end - 1] === 13) end--;
    return memory.subarray(start, end);
  }

  private verify(
    block: RecordBlock,
    bytes: number,
    candidates: number,
    bits: number,
    keeps: (text: string) => boolean,
  ): void {
    const { kernels } = this;
    const view = new DataView(this.arena.memory.buffer);
    if (kernels.isAscii(bytes + block.startOffset, bytes + block.endOffset)) {
      this.verifyAscii(block, bytes, candidates, bits, keeps);
      return;
    }
    for (let i = 0; i < block.count; i++) {
      if (candidates !== 0) {
        i = kernels.bitsNext(candidates, block.count, i);
        if (i < 0) return;
      }
      if (keeps(this.decoder.decode(this.textOf(view, block.endOffset, block, bytes, i)))) setBit(view, bits, i);
    }
  }

  /** Where candidates lie close, a stretch of records is decoded at once: calling the decoder costs more than what it does. */
  private verifyAscii(
    block: RecordBlock,
    bytes: number,
    candidates: number,
    bits: number,
    keeps: (text: string) => boolean,
  ): void {
    const { kernels } = this;
    const view = new DataView(this.arena.memory.buffer);
    const memory = new Uint8Array(view.buffer);
    const offsetOf = (i: number) => (i < block.count ? view.getUint32(block.offsets + i * 4, true) : block.endOffset);
    const next = (i: number) =>
      i >= block.count ? -1 : candidates === 0 ? i : kernels.bitsNext(candidates, block.count, i);
    for (let first = next(0); first >= 0; ) {
      const start = offsetOf(first);
      const second = next(first + 1);
      let end = first + 1;
      if (second >= 0 && second - first <= NEAR_RECORDS) {
        while (end < block.count && offsetOf(end + 1) - start <= BULK_BYTES) end++;
      }
      const stretch = this.latin.decode(memory.subarray(bytes + start, bytes + offsetOf(end)));
      let i = first;
      for (; i >= 0 && i < end; i = next(i + 1)) {
        let stop = offsetOf(i + 1) - start;
        const from = offsetOf(i) - start;
        if (stop > from && stretch.charCodeAt(stop - 1) === 10) stop--;
        if (stop > from && stretch.charCodeAt(stop - 1) === 13) stop--;
        if (keeps(stretch.slice(from, stop))) setBit(view, bits, i);
      }
      first = i;
    }
  }

  private verifyFields(
    node: Extract<PlanNode, { kind: 'field' }>,
    shard: LoadedShard,
    block: RecordBlock,
    bytes: number,
    candidates: number,
    bits: number,
  ): void {
    const { kernels } = this;
    const view = new DataView(this.arena.memory.buffer);
    for (let i = 0; i < block.count; i++) {
      if (candidates !== 0) {
        i = kernels.bitsNext(candidates, block.count, i);
        if (i < 0) return;
      }
      if (!fieldMatches(shard.spec, this.textOf(view, block.endOffset, block, bytes, i), node)) continue;
      setBit(view, bits, i);
    }
  }

  /** Runs a regex over BULK_BYTES of ASCII records at once; each hit keeps its record, and the search goes on behind it. */
  private bulk(regex: RegExp, block: RecordBlock, bytes: number, bits: number): void {
    const view = new DataView(this.arena.memory.buffer);
    const memory = new Uint8Array(view.buffer);
    const offsetOf = (i: number) => (i < block.count ? view.getUint32(block.offsets + i * 4, true) : block.endOffset);
    const search = this.globalOf(regex);
    let first = 0;
    while (first < block.count) {
      let last = first + 1;
      const start = offsetOf(first);
      while (last < block.count && offsetOf(last + 1) - start <= BULK_BYTES) last++;
      const text = this.latin.decode(memory.subarray(bytes + start, bytes + offsetOf(last)));
      let i = first;
      search.lastIndex = 0;
      for (let match = search.exec(text); match !== null; match = search.exec(text)) {
        const at = start + match.index;
        while (i + 1 < last && offsetOf(i + 1) <= at) i++;
        setBit(view, bits, i);
        if (i + 1 >= last) break;
        search.lastIndex = offsetOf(i + 1) - start;
      }
      first = last;
    }
  }
}
