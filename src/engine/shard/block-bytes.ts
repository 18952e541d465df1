/** The bytes of a block of records: where they are resident, or read again into a small cache when the shard was evicted. */

import { Fault } from '../../base/fault';
import { createDecoder, decodedSizeBound } from '../source/decode';
import type { BytesRef, ByteSource } from '../source/byte-source';
import type { Arena, Block } from './arena';
import type { LoadedShard, RecordBlock } from './loaded-shard';

/** Blocks of evicted shards kept at once. */
const KEPT = 2;
const READ_BYTES = 4 * 1024 * 1024;

interface Kept {
  readonly shard: LoadedShard;
  /** Range of the shard's decoded bytes. */
  readonly start: number;
  readonly end: number;
  readonly memory: Block;
}

export class BlockBytes {
  private readonly kept: Kept[] = [];
  private ahead: { shard: LoadedShard; start: number; bytes: Promise<Uint8Array[]> } | undefined;

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

    const chunks = isPlain ? await this.readPlain(shard, block) : [await this.decodeWhole(shard)];
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
    if (shard.bytes !== null) return new Uint8Array(this.arena.memory.buffer).slice(shard.bytes.pointer + from, shard.bytes.pointer + to);
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
    if (this.ahead?.shard === shard) this.ahead = undefined;
  }

  /** Reads a block's range, and has the next block's bytes on their way, since queries go through a shard in order. */
  private async readPlain(shard: LoadedShard, block: RecordBlock): Promise<Uint8Array[]> {
    const ready = this.ahead;
    this.ahead = undefined;
    const wanted = ready?.shard === shard && ready.start === block.startOffset ? ready.bytes : this.readRange(shard, block.startOffset, block.endOffset);
    const next = shard.blocks[shard.blocks.indexOf(block) + 1];
    if (next !== undefined) {
      const bytes = this.readRange(shard, next.startOffset, next.endOffset);
      bytes.catch(() => undefined); // told when, and only if, the block is asked for
      this.ahead = { shard, start: next.startOffset, bytes };
    }
    return wanted;
  }

  private readRange(shard: LoadedShard, start: number, end: number): Promise<Uint8Array[]> {
    const source = this.open(shard.spec.bytes);
    const reads: Promise<Uint8Array>[] = [];
    for (let at = start; at < end; at += READ_BYTES) reads.push(source.read(shard.spec.start + at, shard.spec.start + Math.min(end, at + READ_BYTES)));
    return Promise.all(reads);
  }

  private async decodeWhole(shard: LoadedShard): Promise<Uint8Array> {
    const { spec } = shard;
    const source = this.open(spec.bytes);
    const raw = await source.read(spec.start, spec.end);
    const target = new Uint8Array(decodedSizeBound(raw.length, spec.encoding));
    const length = createDecoder(spec.encoding, spec.isCr).decodeInto(raw, target, true);
    if (length !== shard.decodedBytes) throw new Fault('file-changed', 'the source decodes to another length than before');
    return target.subarray(0, length);
  }
}
