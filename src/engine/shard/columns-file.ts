/**
 * A shard's columns and its skeletons in a file, and back: copied as they lie in memory, never record by record.
 *
 *   ┌ columns of block 0 │ block 1 │ … ┬ skeletons ┬ facts about these, JSON ┬ their length u32 │ checksum u32 │ mark u32 ┐
 *
 * What ends the file is written last, so a file that was broken off is known.
 */

import { breathe } from '../../base/breathe';
import { checksumOf, type IndexFile, type IndexFileName, type IndexFiles } from '../index-cache';
import type { Arena } from './arena';
import { LoadedShard, type RecordBlock, skeletonsOf, throwIfGone } from './loaded-shard';
import type { IndexedPart, ShardSpec } from './shard-api';
import { type SkeletonFacts, SkeletonTable, sizeOf } from './skeletons';

const RECORD_BYTES = 13;
const FOOTER_BYTES = 12;
/** "LpX2" */
const MARK = 0x3258704c;
/** The skeletons are written in pieces of this size, so that they go into parts: about a full block's columns. */
const PIECE_BYTES = 1024 * 1024;
/** Facts of the largest shard with as many wide times as fit. */
const MOST_FACTS_BYTES = 64 * 1024 * 1024;
/** Work between two breaths. */
const BREATH_MS = 8;

interface FileFacts {
  /** `index/shard`, as the file is named. */
  readonly of: string;
  readonly blocks: readonly BlockFacts[];
  readonly skeletons: SkeletonFacts & { readonly checksum: number };
}

/** What a `RecordBlock` knows besides its columns, and their checksum. */
interface BlockFacts
  extends Pick<
    RecordBlock,
    'count' | 'startOffset' | 'endOffset' | 'linesBefore' | 'base' | 'span' | 'anyFlags' | 'allFlags'
  > {
  readonly wide: readonly (readonly [index: number, raw: number])[];
  readonly checksum: number;
}

/** Bytes of the memory that are written in one go. */
interface Piece {
  readonly pointer: number;
  readonly size: number;
}

/** What comes before the facts, in order. */
function piecesOf(shard: LoadedShard): Piece[] {
  const pieces: Piece[] = shard.blocks.map((block) => ({ pointer: block.offsets, size: block.count * RECORD_BYTES }));
  const { memory, size } = skeletonsOf(shard);
  for (let at = 0; at < size; at += PIECE_BYTES)
    pieces.push({ pointer: memory.pointer + at, size: Math.min(PIECE_BYTES, size - at) });
  return pieces;
}

/** Pieces [first, end) of each part: as many as fit into `partBytes`, one at least. A shard without records has one part. */
function partsOf(pieces: readonly Piece[], partBytes: number): { first: number; end: number }[] {
  const parts = [{ first: 0, end: 0 }];
  let filled = 0;
  pieces.forEach(({ size }, index) => {
    if (index > 0 && filled + size > partBytes) {
      parts.push({ first: index, end: index });
      filled = 0;
    }
    (parts.at(-1) as { end: number }).end = index + 1;
    filled += size;
  });
  return parts;
}

/**
 * Writes one part, from the memory; the last one with what ends the file.
 *
 * @returns how many parts there are
 * @throws Fault `storage-full`, `source-unknown` when the shard was dropped meanwhile
 */
export async function savePart(
  shard: LoadedShard,
  to: IndexFileName & { readonly part: number },
  partBytes: number,
  files: IndexFiles,
  memory: WebAssembly.Memory,
): Promise<number> {
  const pieces = piecesOf(shard);
  const parts = partsOf(pieces, partBytes);
  const part = parts[to.part];
  if (part === undefined) return parts.length;
  const offset = pieces.slice(0, part.first).reduce((sum, piece) => sum + piece.size, 0);
  await files.write(to, offset, () => {
    throwIfGone(shard);
    const written = pieces.slice(part.first, part.end).map((piece) => bytesOf(piece, memory));
    return to.part === parts.length - 1 ? [...written, endOf(to, shard, memory)] : written;
  });
  return parts.length;
}

function bytesOf({ pointer, size }: Piece, memory: WebAssembly.Memory): Uint8Array {
  return new Uint8Array(memory.buffer, pointer, size);
}

function columnsOf(block: RecordBlock, memory: WebAssembly.Memory): Uint8Array {
  return bytesOf({ pointer: block.offsets, size: block.count * RECORD_BYTES }, memory);
}

function nameOf({ index, shard }: IndexFileName): string {
  return `${index}/${shard}`;
}

function endOf(name: IndexFileName, shard: LoadedShard, memory: WebAssembly.Memory): Uint8Array {
  const known = shard.blocks.map((block): BlockFacts => {
    const { count, startOffset, endOffset, linesBefore, base, span, anyFlags, allFlags } = block;
    const wide = [...block.wide];
    const checksum = checksumOf(columnsOf(block, memory));
    return { count, startOffset, endOffset, linesBefore, base, span, wide, anyFlags, allFlags, checksum };
  });
  const table = skeletonsOf(shard);
  const { count, messageCount, messageBytes } = table;
  const checksum = checksumOf(bytesOf({ pointer: table.memory.pointer, size: table.size }, memory));
  const skeletons = { count, messageCount, messageBytes, checksum };
  const facts: FileFacts = { of: nameOf(name), blocks: known, skeletons };
  const text = new TextEncoder().encode(JSON.stringify(facts));
  const end = new Uint8Array(text.length + FOOTER_BYTES);
  end.set(text);
  const footer = new DataView(end.buffer, text.length);
  footer.setUint32(0, text.length, true);
  footer.setUint32(4, checksumOf(text), true);
  footer.setUint32(8, MARK, true);
  return end;
}

export interface RestoreContext {
  readonly arena: Arena;
  readonly files: IndexFiles;
  readonly throwIfCancelled: () => void;
}

/**
 * A shard from its file, without its bytes.
 *
 * @returns null when the file is missing or is not what was written
 * @throws Fault `stale` when cancelled, `out-of-memory`
 */
export async function restoreShard(
  spec: ShardSpec,
  from: IndexedPart,
  { arena, files, throwIfCancelled }: RestoreContext,
): Promise<LoadedShard | null> {
  const started = performance.now();
  const file = await files.open(from);
  if (file === null) return null;
  const readMs = performance.now() - started;
  const shard = new LoadedShard(spec);
  shard.decodedBytes = from.report.decodedBytes;
  let isWhole = false;
  try {
    throwIfCancelled();
    let breathed = performance.now();
    let at = 0;
    const facts = readFacts(file);
    if (facts?.of !== nameOf(from)) return null;
    for (const block of facts.blocks) {
      if (!addBlock(shard, block, file, at, arena)) return null;
      at += block.count * RECORD_BYTES;
      if (performance.now() - breathed <= BREATH_MS) continue;
      await breathe();
      breathed = performance.now();
      throwIfCancelled();
    }
    if (!addSkeletons(shard, facts.skeletons, file, at, arena)) return null;
    const isSame = shard.recordCount === from.report.recordCount && facts.skeletons.count === from.report.skeletonCount;
    if (!isSame) return null;
    isWhole = true;
  } finally {
    file.close();
    if (!isWhole) shard.giveColumns(arena);
  }
  shard.report = {
    ...from.report,
    key: spec.key,
    columnBytes: shard.columnBytes,
    residentBytes: 0,
    timings: { readMs, copyMs: performance.now() - started - readMs, kernelMs: 0, jsMs: 0, waitMs: 0 },
  };
  return shard;
}

/** Null when the file does not end as it should, or holds more or less than its facts tell. */
function readFacts(file: IndexFile): FileFacts | null {
  const footer = new DataView(new ArrayBuffer(FOOTER_BYTES));
  const footerAt = file.size - FOOTER_BYTES;
  if (footerAt < 0 || file.read(new Uint8Array(footer.buffer), footerAt) !== FOOTER_BYTES) return null;
  const length = footer.getUint32(0, true);
  if (footer.getUint32(8, true) !== MARK || length > Math.min(footerAt, MOST_FACTS_BYTES)) return null;
  const text = new Uint8Array(length);
  if (file.read(text, footerAt - length) !== length || checksumOf(text) !== footer.getUint32(4, true)) return null;
  const facts = JSON.parse(new TextDecoder().decode(text)) as FileFacts;
  const columnBytes = facts.blocks.reduce((sum, block) => sum + block.count * RECORD_BYTES, 0);
  return columnBytes + sizeOf(facts.skeletons) === footerAt - length ? facts : null;
}

/** False when the block's columns are not what was written. */
function addBlock(shard: LoadedShard, facts: BlockFacts, file: IndexFile, at: number, arena: Arena): boolean {
  const { checksum, ...known } = facts;
  const memory = arena.allocate(facts.count * RECORD_BYTES);
  const { pointer } = memory;
  shard.blocks.push({
    ...known,
    memory,
    first: shard.recordCount,
    offsets: pointer,
    times: pointer + facts.count * 4,
    skeletons: pointer + facts.count * 8,
    levels: pointer + facts.count * 12,
    wide: new Map(facts.wide),
  });
  shard.recordCount += facts.count;
  const columns = new Uint8Array(arena.memory.buffer, pointer, facts.count * RECORD_BYTES);
  return file.read(columns, at) === columns.length && checksumOf(columns) === checksum;
}

/** The same of its skeletons. */
function addSkeletons(
  shard: LoadedShard,
  { checksum, ...known }: FileFacts['skeletons'],
  file: IndexFile,
  at: number,
  arena: Arena,
): boolean {
  const table = new SkeletonTable(arena, known);
  shard.skeletons = table;
  const bytes = bytesOf({ pointer: table.memory.pointer, size: table.size }, arena.memory);
  return file.read(bytes, at) === bytes.length && checksumOf(bytes) === checksum;
}
