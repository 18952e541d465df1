/** What an index tells of a source besides the columns of its shards, and under which key it is kept. */

import type { FormatChoice } from './api';
import type { Program } from './formats/program';
import { FORMATS } from './formats/registry';
import { ZONE_OFFSETS } from './formats/zones';
import { checksumOf } from './index-cache';
import { LEVEL_WORDS } from './records/record';
import type { ShardReport, ShardSpec } from './shard/shard-api';
import { type Encoding, isEncoding } from './source/byte-source';

/** Grows with every change of what is kept, or of what the indexer makes of the same bytes. */
const INDEX_VERSION = 3;

export interface IndexedShard {
  readonly start: number;
  readonly end: number;
  readonly isPiece: boolean;
  /** Which of the head's programs it was indexed with. */
  readonly reader: number;
  readonly report: ShardReport;
}

/** How the lines of a shard are read: a source may come to know more formats midway. */
export type LineReader = Pick<ShardSpec, 'program' | 'fieldNames' | 'formatKinds'>;

export interface IndexHead {
  readonly version: number;
  readonly sizeBytes: number;
  readonly encoding: Encoding;
  readonly encodingReason: string;
  readonly isCr: boolean;
  readonly format: FormatChoice;
  readonly program: Program;
  readonly readers: readonly LineReader[];
  readonly notes: readonly { readonly code: string; readonly count: number; readonly firstOffset: number | null }[];
  readonly shards: readonly IndexedShard[];
  /** Of the first bytes of each shard: see `readWitnessInput`. */
  readonly witness: string;
}

let rules: string | undefined;

/**
 * Under what an index is kept: the content, what read it, and the format and encoding that were asked for. When and under which name the
 * file was saved does not matter, nor its zone: clocks are made anew.
 */
export function indexKey(fingerprint: string, forcedFormat: string | null, forcedEncoding: Encoding | null): string {
  // Formats change more often than anyone thinks of a version.
  rules ??= checksumOf(new TextEncoder().encode(JSON.stringify([FORMATS, LEVEL_WORDS, ZONE_OFFSETS]))).toString(16);
  return `${INDEX_VERSION}-${rules}-${fingerprint}-${forcedFormat ?? ''}${forcedEncoding === null ? '' : `-${forcedEncoding}`}`;
}

export function newHead(facts: Omit<IndexHead, 'version'>): IndexHead {
  return { version: INDEX_VERSION, ...facts };
}

/**
 * What was read back, if it is the head of an index of a source of that size: shards that follow each other to its end, each
 * with a report. Storage may hold anything: another version's head, half a write, a page's experiment.
 */
export function readIndexHead(value: unknown, sizeBytes: number): IndexHead | null {
  const head = value as Partial<IndexHead> | null | undefined;
  if (head === null || typeof head !== 'object' || head.version !== INDEX_VERSION || head.sizeBytes !== sizeBytes)
    return null;
  const { shards, readers, program, notes, format, witness, encoding } = head;
  if (!Array.isArray(shards) || !Array.isArray(readers) || !Array.isArray(notes) || shards.length === 0) return null;
  if (typeof format?.id !== 'string' || typeof witness !== 'string') return null;
  if (typeof encoding !== 'string' || !isEncoding(encoding)) return null;
  if (!isReader(program) || !Array.isArray(program.formats) || !readers.every(isReader)) return null;
  let at = (shards[0] as IndexedShard).start;
  for (const shard of shards as IndexedShard[]) {
    const { recordCount, decodedBytes, levelCounts, times } = shard.report ?? {};
    const isWhole =
      shard.start === at &&
      shard.end > at &&
      readers[shard.reader] !== undefined &&
      Number.isInteger(recordCount) &&
      Number.isInteger(decodedBytes) &&
      Array.isArray(levelCounts) &&
      Array.isArray(times);
    if (!isWhole) return null;
    at = shard.end;
  }
  return at === sizeBytes ? (head as IndexHead) : null;
}

function isReader(
  value: unknown,
): value is { program?: Uint8Array; bytes?: Uint8Array; fieldNames: readonly string[] } {
  const reader = value as { program?: unknown; bytes?: unknown; fieldNames?: unknown } | null | undefined;
  return (
    (reader?.program instanceof Uint8Array || reader?.bytes instanceof Uint8Array) && Array.isArray(reader.fieldNames)
  );
}
