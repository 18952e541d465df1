/** The bytes of a block of records: where they are resident, or read again into a small cache when the shard was evicted. */

import { Fault } from '../../base/fault';
import { createDecoder, decodedSizeBound } from '../source/decode';
import type { BytesRef, ByteSource } from '../source/byte-source';
import { openStream } from '../source/streams';
import type { Arena, Block } from './arena';
import { type LoadedShard, type RecordBlock, throwIfGone } from './loaded-shard';

/** Blocks of evicted shards kept at once. */
const KEPT = 2;
const READ_BYTES = 4 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

interface Kept {
  readonly shard: LoadedShard;
  /** Range of the shard's decoded bytes. */
  readonly start: number;
  readonly end: number;
  readonly memory: Block;
}

/** Calls `run` with where the shard's byte 0 would stand; nothing else happens while it runs. */
export type WithBytes = (run: (bytes: number) => void) => Promise<void>;

export class BlockBytes {
  private readonly kept: Kept[] = [];

  constructor(
    private readonly arena: Arena,
    private readonly open: (ref: BytesRef) => ByteSource,
  ) {}

  /**
   * Calls `use` with the block's bytes in memory, at once when they are there: nothing else runs in between, so they cannot
   * be evicted under it.
   *
   * @param use  gets where the shard's byte 0 would stand: the block's bytes are at that pointer + their offset
   * @throws Fault as ByteSource.read does
   */
  async with<T>(shard: LoadedShard, block: RecordBlock, use: (bytes: number) => T): Promise<T> {
    if (shard.bytes !== null) return use(shard.bytes.pointer);
    const isPlain = shard.spec.encoding === 'utf-8' && !shard.spec.isCr;
    const start = isPlain ? block.startOffset : 0;
    const end = isPlain ? block.endOffset : shard.decodedBytes;
    const find = () => this.kept.find((entry) => entry.shard === shard && entry.start === start && entry.end === end);
    const found = find();
    if (found !== undefined) return use(found.memory.pointer - start);

    const chunks = isPlain ? await this.readRange(shard, start, end) : [await this.decodeWhole(shard)];
    throwIfGone(shard);
    if (shard.bytes !== null) return use((shard.bytes as Block).pointer); // loaded again meanwhile
    const other = find(); // read by another call meanwhile
    if (other !== undefined) return use(other.memory.pointer - start);
    while (this.kept.length >= KEPT) this.arena.give((this.kept.shift() as Kept).memory);
    const memory = this.arena.allocate(end - start);
    let at = memory.pointer;
    const target = new Uint8Array(this.arena.memory.buffer);
    for (const chunk of chunks) {
      target.set(chunk, at);
      at += chunk.length;
    }
    this.kept.push({ shard, start, end, memory });
    return use(memory.pointer - start);
  }

  /** Decoded bytes [start, end) of a shard, copied out. */
  async read(shard: LoadedShard, start: number, end: number): Promise<Uint8Array> {
    const from = Math.max(0, Math.min(start, shard.decodedBytes));
    const to = Math.max(from, Math.min(end, shard.decodedBytes));
    if (shard.bytes !== null)
      return new Uint8Array(this.arena.memory.buffer).slice(shard.bytes.pointer + from, shard.bytes.pointer + to);
    if (shard.spec.encoding !== 'utf-8' || shard.spec.isCr) return (await this.decodeWhole(shard)).slice(from, to);
    return this.open(shard.spec.bytes).read(shard.spec.start + from, shard.spec.start + to);
  }

  forget(shard: LoadedShard): void {
    for (let i = this.kept.length - 1; i >= 0; i--) {
      const entry = this.kept[i] as Kept;
      if (entry.shard !== shard) continue;
      this.arena.give(entry.memory);
      this.kept.splice(i, 1);
    }
  }

  /**
   * Calls `use` for every block in order. An evicted shard is read once from end to end, through one buffer.
   *
   * @param use  gets the way to the block's bytes: to be taken anew for each piece of work, since they may move in between
   * @throws whatever `use` throws, and Fault as ByteSource.read does
   */
  async forEach(
    shard: LoadedShard,
    use: (block: RecordBlock, index: number, withBytes: WithBytes) => Promise<void>,
  ): Promise<void> {
    const isPlain = shard.spec.encoding === 'utf-8' && !shard.spec.isCr;
    if (shard.bytes !== null || !isPlain) {
      for (let index = 0; index < shard.blocks.length; index++) {
        const block = shard.blocks[index] as RecordBlock;
        await use(block, index, (run) => this.with(shard, block, run));
      }
      return;
    }
    const { spec } = shard;
    const largest = shard.blocks.reduce((most, block) => Math.max(most, block.endOffset - block.startOffset), 0);
    const memory = this.arena.allocate(largest);
    const first = shard.blocks[0]?.startOffset ?? 0;
    const stream = openStream(
      this.open(spec.bytes),
      spec.start + first,
      spec.start + shard.decodedBytes,
      spec.chunkBytes === 0 ? CHUNK_BYTES : spec.chunkBytes,
    );
    try {
      let index = 0;
      let filled = 0;
      for (let chunk = await stream.next(); chunk !== null; chunk = await stream.next()) {
        for (let at = 0; at < chunk.length; ) {
          const block = shard.blocks[index];
          if (block === undefined) return;
          const size = block.endOffset - block.startOffset;
          const part = Math.min(size - filled, chunk.length - at);
          new Uint8Array(this.arena.memory.buffer).set(chunk.subarray(at, at + part), memory.pointer + filled);
          filled += part;
          at += part;
          if (filled < size) continue;
          await use(block, index, async (run) => run(memory.pointer - block.startOffset));
          index++;
          filled = 0;
        }
      }
      if (index < shard.blocks.length) throw new Fault('file-changed', 'the source ended before its size');
    } finally {
      stream.cancel();
      this.arena.give(memory);
    }
  }

  private readRange(shard: LoadedShard, start: number, end: number): Promise<Uint8Array[]> {
    const source = this.open(shard.spec.bytes);
    const reads: Promise<Uint8Array>[] = [];
    for (let at = start; at < end; at += READ_BYTES)
      reads.push(source.read(shard.spec.start + at, shard.spec.start + Math.min(end, at + READ_BYTES)));
    return Promise.all(reads);
  }

  private async decodeWhole(shard: LoadedShard): Promise<Uint8Array> {
    const { spec } = shard;
    const source = this.open(spec.bytes);
    const raw = await source.read(spec.start, spec.end);
    const target = new Uint8Array(decodedSizeBound(raw.length, spec.encoding));
    const length = createDecoder(spec.encoding, spec.isCr).decodeInto(raw, target, true);
    if (length !== shard.decodedBytes)
      throw new Fault('file-changed', 'the source decodes to another length than before');
    return target.subarray(0, length);
  }
}
