/** Answers of the drawn engine about a selection, read off its rows in the plainest way. */

import { unreachable } from '../base/fault';
import type { Overview, Pause, Row, RowsOptions, SelectContext, TopValues } from '../engine/api';
import type { PatternGrouping } from '../engine/patterns/pattern';
import type { Filter } from '../engine/query/filter';
import { LEVEL_COUNT, type Level, type SourceId, toLevelCode } from '../engine/records/record';
import { drawnIsWithin, drawnPatternOf } from './drawn-patterns';

/** What filters look at besides the rows. */
export interface Known {
  readonly names: ReadonlyMap<SourceId, string>;
  readonly grouping: PatternGrouping;
}

export function keeps(filter: Filter, row: Row, known: Known): boolean {
  switch (filter.kind) {
    case 'all':
      return true;
    case 'text':
      return filter.caseSensitive
        ? row.text.includes(filter.text)
        : row.text.toLowerCase().includes(filter.text.toLowerCase());
    case 'regex':
      return new RegExp(filter.pattern, `${filter.flags}mu`).test(row.text);
    case 'level':
      return keepsLevel(filter.min, filter.max, row.level);
    case 'time':
      return row.time !== null && row.time >= (filter.start ?? -Infinity) && row.time < (filter.end ?? Infinity);
    case 'source':
      return known.names.get(row.id.source) === filter.name;
    case 'field':
      return filter.op === 'exists'
        ? drawnField(row, filter.name) !== null
        : drawnField(row, filter.name) === filter.value;
    case 'records':
      return filter.of.some((id) => id.source === row.id.source && id.offset === row.id.offset);
    case 'pattern':
      return (
        drawnPatternOf(row, known.grouping) === filter.text &&
        (filter.where === undefined || drawnIsWithin(row, filter.text, filter.where))
      );
    case 'and':
      return filter.of.every((part) => keeps(part, row, known));
    case 'or':
      return filter.of.some((part) => keeps(part, row, known));
    case 'not':
      return !keeps(filter.of, row, known);
    default:
      return unreachable(filter);
  }
}

function keepsLevel(min: Level | null, max: Level | null, level: Level | null): boolean {
  if (min === null && max === null) return level === null;
  const code = toLevelCode(level);
  return (
    code > 0 &&
    code >= (min === null ? 1 : toLevelCode(min)) &&
    code <= (max === null ? LEVEL_COUNT - 1 : toLevelCode(max))
  );
}

/** A drawn record has its level, and whatever its first line says as key=value. */
export function drawnField(row: Row, name: string): string | null {
  if (name === 'level') return row.level;
  for (const [, key, value] of (row.text.split('\n')[0] ?? '').matchAll(/([^\s=]+)=(\S*)/g))
    if (key === name) return value ?? '';
  return null;
}

/** The first place of each text the filter looks for: [start, end) pairs. */
export function hitsOf(filter: Filter, text: string): number[] {
  if (filter.kind === 'and' || filter.kind === 'or')
    return filter.of.flatMap((part) => hitsOf(part, text)).sort((a, b) => a - b);
  if (filter.kind !== 'text') return [];
  const at = text.toLowerCase().indexOf(filter.text.toLowerCase());
  return at < 0 ? [] : [at, at + filter.text.length];
}

/** Rows that the filter keeps, with their hits, and with those around each in its source; in the order of `all`. */
export function selectRows(
  all: readonly Row[],
  filter: Filter,
  known: Known,
  context: SelectContext = { before: 0, after: 0 },
): { rows: Row[]; keptCount: number } {
  const kept = new Set(all.filter((row) => keeps(filter, row, known)));
  const near = new Set<Row>();
  for (const source of new Set(all.map((row) => row.id.source))) {
    const mine = all.filter((row) => row.id.source === source);
    mine.forEach((row, at) => {
      if (!kept.has(row)) return;
      for (const one of mine.slice(Math.max(0, at - context.before), at + context.after + 1)) near.add(one);
    });
  }
  const rows = all.flatMap((row) =>
    near.has(row) ? [{ ...row, hits: kept.has(row) ? hitsOf(filter, row.text) : [], isContext: !kept.has(row) }] : [],
  );
  return { rows, keptCount: kept.size };
}

export function withMarks(row: Row, known: Known, options: RowsOptions): Row {
  const { hits, highlights = [], fields = [] } = options;
  const keptBy = highlights.flatMap((filter, index) => (keeps(filter, row, known) ? [index] : []));
  const places = keptBy.flatMap((index) => {
    const [start, end] = hitsOf(highlights[index] as Filter, row.text);
    return start === undefined || end === undefined ? [] : [[start, end, index] as const];
  });
  return {
    ...row,
    hits: hits === undefined ? row.hits : keeps(hits, row, known) ? hitsOf(hits, row.text) : [],
    highlights: places.sort((a, b) => a[0] - b[0] || a[2] - b[2]).flat(),
    keptBy,
    values: fields.map((name) => drawnField(row, name)),
  };
}

export function overviewOf(
  rows: readonly Row[],
  bucketCount: number,
  hits: Filter | undefined,
  known: Known,
): Overview {
  const levels = Array.from({ length: LEVEL_COUNT }, () => new Uint32Array(bucketCount));
  const found = hits === undefined ? null : new Uint32Array(bucketCount);
  rows.forEach((row, position) => {
    const bucket = Math.floor((position * bucketCount) / rows.length);
    const level = levels[toLevelCode(row.level)] as Uint32Array;
    level[bucket] = (level[bucket] as number) + 1;
    if (hits !== undefined && found !== null && keeps(hits, row, known)) found[bucket] = (found[bucket] as number) + 1;
  });
  return { bucketCount, recordCount: rows.length, levels, hits: found };
}

export function pauseFrom(rows: readonly Row[], from: number, direction: 1 | -1, minMs: number): Pause | null {
  let last: number | null = null;
  let found: Pause | null = null;
  for (const [position, { time }] of rows.entries()) {
    if (time === null) continue;
    const pauseMs = last === null ? 0 : time - last;
    last = time;
    if (pauseMs < Math.max(1, minMs)) continue;
    if (direction > 0 ? position > from : position < from) found = { position, pauseMs };
    if (direction > 0 && found !== null) break;
  }
  return found;
}

export function topValuesOf(rows: readonly Row[], field: string, limit: number): TopValues {
  const counts = new Map<string, number>();
  let missingCount = 0;
  for (const row of rows) {
    const value = drawnField(row, field);
    if (value === null) missingCount++;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const values = [...counts].map(([value, count]) => ({ value, count }));
  values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return { values: values.slice(0, limit), distinctCount: counts.size, recordCount: rows.length, missingCount };
}
