/** Rows of a shard: text, time to its last digit, hits, from a record's bytes. */

import { ROW_TEXT_LIMIT } from '../api';
import type { Filter } from '../query/filter';
import { checkRegex } from '../query/regex-shape';
import type { LevelCode } from '../records/record';
import { FLAG_UNMATCHED } from '../kernels/index-layout';
import { readFields, readLine } from './field-values';
import type { LoadedShard, RecordBlock } from './loaded-shard';
import type { ShardRow } from './shard-api';

/** Hits told per row at most. */
const MAX_HITS = 256;
/** UTF-8 bytes that surely hold ROW_TEXT_LIMIT UTF-16 units. */
const TEXT_BYTES = ROW_TEXT_LIMIT * 3;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What is to be found out about a row besides what its columns and its first line say. */
export interface RowMarks {
  /** Patterns of the hits; none where their filter does not keep the record. */
  readonly hits: readonly RegExp[];
  /** Patterns of the highlights that keep the record. */
  readonly highlights: readonly { readonly index: number; readonly patterns: readonly RegExp[] }[];
  readonly fields: readonly string[];
  readonly isContext: boolean;
}

/** What a filter marks in a row: the texts and patterns that a record must match, as one regex each. */
export function patternsOf(filter: Filter | null): RegExp[] {
  const found: RegExp[] = [];
  if (filter !== null) collect(filter);
  return found;

  function collect(part: Filter): void {
    if (part.kind === 'text' && part.text !== '') {
      found.push(new RegExp(part.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), part.caseSensitive ? 'gu' : 'giu'));
    } else if (part.kind === 'regex') {
      const regex = checkRegex(part.pattern, part.flags);
      found.push(new RegExp(regex.source, `${regex.flags}g`));
    } else if (part.kind === 'and' || part.kind === 'or') part.of.forEach(collect);
  }
}

function findHits(text: string, regexes: readonly RegExp[]): number[] {
  const spans: [number, number][] = [];
  for (const regex of regexes) {
    regex.lastIndex = 0;
    for (let match = regex.exec(text); match !== null && spans.length < MAX_HITS; match = regex.exec(text)) {
      // Behind a whole character: between two surrogates, u would step back and find the same place for ever.
      if (match[0] === '') regex.lastIndex += (text.codePointAt(regex.lastIndex) ?? 0) > 0xffff ? 2 : 1;
      else spans.push([match.index, match.index + match[0].length]);
    }
  }
  spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const flat: number[] = [];
  for (const [start, end] of spans) {
    const before = flat[flat.length - 1] ?? 0;
    if (flat.length > 0 && start < before) {
      if (end > before) flat[flat.length - 1] = end; // overlapping hits become one
    } else flat.push(start, end);
  }
  return flat;
}

/** Triples [start, end, index of the highlight], ascending by start. */
function findHighlights(text: string, highlights: RowMarks['highlights']): number[] {
  const places: [number, number, number][] = [];
  for (const { index, patterns } of highlights) {
    const spans = findHits(text, patterns);
    for (let i = 0; i < spans.length; i += 2) places.push([spans[i] as number, spans[i + 1] as number, index]);
  }
  return places.sort((a, b) => a[0] - b[0] || a[2] - b[2]).flat();
}

/** The first value of each field, null where the record has none. */
function valuesOf(shard: LoadedShard, record: Uint8Array, names: readonly string[]): (string | null)[] {
  if (names.length === 0) return [];
  const { fields } = readFields(shard.spec, record);
  return names.map((name) => fields.find((field) => field.name === name)?.value.slice(0, ROW_TEXT_LIMIT) ?? null);
}

/**
 * @param memory  where the block's bytes are; `bytes` is where the shard's byte 0 would stand in it
 * @param countLines  lines in [start, end) of `memory`
 */
export function buildRow(
  shard: LoadedShard,
  block: RecordBlock,
  i: number,
  columns: DataView,
  memory: Uint8Array,
  bytes: number,
  linesBefore: number,
  marks: RowMarks,
): ShardRow {
  const offset = columns.getUint32(block.offsets + i * 4, true);
  const end = shard.endOf(columns, block, i);
  let textEnd = end;
  if (textEnd > offset && memory[bytes + textEnd - 1] === 10) textEnd--;
  if (textEnd > offset && memory[bytes + textEnd - 1] === 13) textEnd--;
  const record = memory.subarray(bytes + offset, bytes + textEnd);
  const head = record.length > TEXT_BYTES ? record.subarray(0, TEXT_BYTES) : record;
  let text = decoder.decode(head);
  const isCut = record.length > TEXT_BYTES || text.length > ROW_TEXT_LIMIT;
  if (text.length > ROW_TEXT_LIMIT) text = text.slice(0, ROW_TEXT_LIMIT);
  const facts = readLine(shard.spec, head);
  const level = columns.getUint8(block.levels + i);
  let lineCount = 1;
  for (let at = record.indexOf(10); at >= 0; at = record.indexOf(10, at + 1)) lineCount++;
  return {
    index: block.first + i,
    offset,
    linesBefore,
    lineCount,
    time: shard.timeAt(columns, block, i),
    fraction: decoder.decode(head.subarray(Math.min(facts.fraction.start + 3, facts.fraction.end), facts.fraction.end)),
    level: (level & 15) as LevelCode,
    text,
    textBytes: record.length,
    isCut,
    messageStart: Math.min(text.length, decoder.decode(head.subarray(0, facts.messageStart)).length),
    hits: findHits(text, marks.hits),
    highlights: findHighlights(text, marks.highlights),
    keptBy: marks.highlights.map(({ index }) => index),
    values: valuesOf(shard, record, marks.fields),
    isContext: marks.isContext,
    isPiece: (level & FLAG_UNMATCHED) !== 0 && shard.spec.isPiece,
  };
}
