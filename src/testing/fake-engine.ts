/** An engine of arrays for tests of the verbs: exact where a verb looks, and strict about what it is asked. */
import { expect } from 'vitest';

import { Fault } from '../base/fault';
import type { EngineApi, ParsedLine, Row, SourceSummary } from '../engine/api';
import { DEFAULT_GROUPING } from '../engine/patterns/pattern';
import type { Filter } from '../engine/query/filter';
import { LEVELS, toLevelCode, type Level } from '../engine/records/record';
import { drawnTable } from './drawn-patterns';

/** Midnight of the clocks in the fake's logs. */
export const FAKE_DAY = Date.UTC(2025, 0, 1);
//               ┌ hour  ┌ minute ┌ second   ┌ level
const HEADER = /^(\d\d):(\d\d):(\d\d) (?:(TRACE|DEBUG|INFO|WARN|ERROR|FATAL) )?/;
const encoder = new TextEncoder();

interface FakeSource {
  readonly text: string;
  readonly rows: Row[];
  readonly lines: ParsedLine[];
}

/** Lines that begin with a clock start a record; all others continue one. Everything ends in a newline. */
function readLog(id: number, text: string, cutAt: number): FakeSource {
  const rows: Row[] = [];
  const lines: ParsedLine[] = [];
  let offset = 0;
  text
    .split('\n')
    .slice(0, -1)
    .forEach((line, index) => {
      const header = HEADER.exec(line);
      const last = rows.at(-1);
      if (header !== null || last === undefined) {
        const [, hour, minute, second, level] = header ?? [];
        const time =
          header === null ? null : FAKE_DAY + (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000;
        rows.push({
          id: { source: id, offset },
          lineNumber: index + 1,
          lineCount: 1,
          time,
          fraction: '',
          level: (level ?? null) as Level | null,
          text: line,
          textBytes: encoder.encode(line).length,
          isCut: false,
          messageStart: header?.[0].length ?? 0,
          hits: [],
          highlights: [],
          keptBy: [],
          values: [],
          isContext: false,
          isPiece: false,
        });
      } else {
        const whole = `${last.text}\n${line}`;
        rows[rows.length - 1] = {
          ...last,
          text: whole,
          lineCount: last.lineCount + 1,
          textBytes: encoder.encode(whole).length,
        };
      }
      const row = rows.at(-1);
      const isFirst = row?.lineNumber === index + 1;
      lines.push({
        record: rows.length - 1,
        time: row?.time ?? null,
        level: row?.level ?? null,
        message: isFirst ? (row?.messageStart ?? 0) : null,
      });
      offset += encoder.encode(line).length + 1;
    });
  return {
    text,
    rows: rows.map((row) => ({ ...row, isCut: row.text.length > cutAt, text: row.text.slice(0, cutAt) })),
    lines,
  };
}

function keeps(filter: Filter, row: Row, text: string): boolean {
  switch (filter.kind) {
    case 'all':
      return true;
    case 'text':
      return text.includes(filter.text);
    case 'level': {
      const code = toLevelCode(row.level);
      return code >= toLevelCode(filter.min) && (filter.max === null || code <= toLevelCode(filter.max));
    }
    case 'time':
      return (
        row.time !== null && row.time >= (filter.start ?? 0) && row.time < (filter.end ?? Number.POSITIVE_INFINITY)
      );
    case 'and':
      return filter.of.every((part) => keeps(part, row, text));
    case 'not':
      return !keeps(filter.of, row, text);
    default:
      throw new Error(`the fake knows no ${filter.kind}`);
  }
}

/**
 * Knows the filters all, text, level, time, and, not; `parseFilter` makes a text filter of anything but `time:[HH:mm..HH:mm]`.
 *
 * @param files  name → text; see `readLog`
 * @param options.cutAt    UTF-16 units after which a row's text is cut
 * @param options.summary  what every summary says instead
 */
export function createFakeEngine(
  files: Readonly<Record<string, string>>,
  options: { cutAt?: number; summary?: Partial<SourceSummary> } = {},
) {
  const names = Object.keys(files);
  const sources = names.map((name, id) => readLog(id, files[name] ?? '', options.cutAt ?? 16_384));
  const selections = new Map<number, { rows: Row[]; order: 'file' | 'time' }>();
  const asked: string[] = [];
  const callIds: number[] = [];
  let lastHandle = 0;

  const summaryOf = (id: number): SourceSummary => {
    const { rows, lines, text } = sources[id] as FakeSource;
    const times = rows.flatMap((row) => (row.time === null ? [] : [row.time]));
    const errors = rows.filter((row) => row.level === 'ERROR' || row.level === 'FATAL');
    return {
      id,
      name: names[id] ?? '',
      state: 'open',
      sizeBytes: text.length,
      decodedBytes: text.length,
      indexedBytes: text.length,
      startedAtMs: 0,
      elapsedMs: 1,
      timings: { readMs: 0, copyMs: 0, kernelMs: 0, jsMs: 0, waitMs: 0 },
      kind: text === '' ? 'empty' : 'text',
      encoding: 'utf-8',
      encodingReason: 'ASCII',
      isEncodingForced: false,
      packing: 'none',
      lineEnding: 'LF',
      format: { id: 'drawn', title: 'Drawn', score: 1, reason: 'a clock in every line', isForced: false, others: [] },
      formatsSeen: [],
      zone: 'UTC',
      offsetMs: 0,
      timeKind: 'dateless',
      lineCount: lines.length,
      recordCount: rows.length,
      levelCounts: [null, ...LEVELS].map((level) => rows.filter((row) => row.level === level).length),
      firstTime: times.length === 0 ? null : Math.min(...times),
      lastTime: times.length === 0 ? null : Math.max(...times),
      firstError: errors[0]?.id ?? null,
      lastError: errors.at(-1)?.id ?? null,
      skeletonCount: 1,
      residentBytes: 0,
      columnBytes: 0,
      problems: [],
      isFromCache: false,
      fingerprint: null,
      digests: null,
      fault: null,
      ...options.summary,
    };
  };
  const whole = (row: Row) =>
    new TextDecoder().decode(
      encoder.encode(sources[row.id.source]?.text).slice(row.id.offset, row.id.offset + row.textBytes),
    );
  const rowsOf = (handle: number) => {
    const selection = selections.get(handle);
    if (!selection) throw new Fault('selection-unknown', `no selection ${handle}`);
    return selection.rows;
  };

  const engine: Partial<EngineApi> = {
    whenOpened: async (id) => summaryOf(id),
    parseFilter: async (text) => {
      asked.push(text);
      const range = /^time:\[(.*)\.\.(.*)\]$/.exec(text);
      const toMs = (clock: string | undefined) =>
        clock ? FAKE_DAY + Number(clock.slice(0, 2)) * 3_600_000 + Number(clock.slice(3)) * 60_000 : null;
      if (range) return { kind: 'time', start: toMs(range[1]), end: toMs(range[2]) };
      return { kind: 'text', text, caseSensitive: true };
    },
    select: async (filter, { callId, sources: wanted = [] }) => {
      callIds.push(callId);
      const all = wanted.flatMap((id) => sources[id]?.rows ?? []);
      const rows = all.filter((row) => keeps(filter, row, whole(row)));
      if (wanted.length > 1) rows.sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
      lastHandle += 1;
      selections.set(lastHandle, { rows, order: wanted.length > 1 ? 'time' : 'file' });
      return {
        handle: lastHandle,
        count: rows.length,
        keptCount: rows.length,
        total: all.length,
        isComplete: true,
        order: wanted.length > 1 ? 'time' : 'file',
        elapsedMs: 0,
      };
    },
    release: async (handle) => {
      if (!selections.delete(handle)) throw new Fault('selection-unknown', `released twice: ${handle}`);
    },
    rows: async (handle, first, count) => ({ first, rows: rowsOf(handle).slice(first, first + count), stuck: [] }),
    seek: async (handle, from, direction, filter, callId) => {
      callIds.push(callId);
      const rows = rowsOf(handle);
      for (let at = from + direction; at >= 0 && at < rows.length; at += direction) {
        const row = rows[at];
        if (row && keeps(filter, row, row.text)) return at;
      }
      return null;
    },
    histogram: async (handle, { maxBins }) => {
      const rows = rowsOf(handle);
      const times = rows.flatMap((row) => (row.time === null ? [] : [row.time]));
      const start = Math.floor(Math.min(...times) / 60_000) * 60_000;
      const binCount = times.length === 0 ? 0 : Math.floor((Math.max(...times) - start) / 60_000) + 1;
      expect(binCount).toBeLessThanOrEqual(maxBins);
      const counts = Array.from({ length: 7 }, () => new Uint32Array(binCount));
      for (const row of rows) {
        const bins = counts[toLevelCode(row.level)];
        if (row.time !== null && bins) bins[Math.floor((row.time - start) / 60_000)]! += 1;
      }
      return {
        startMs: binCount === 0 ? 0 : start,
        binMs: 60_000,
        binCount,
        counts,
        untimedCount: rows.length - times.length,
      };
    },
    patterns: async (handle, wanted) => ({
      ...drawnTable(
        rowsOf(handle),
        sources.flatMap(({ rows }) => rows),
        DEFAULT_GROUPING,
        wanted,
      ),
      revision: 1,
      isComplete: true,
    }),
    details: async (id) => ({
      row: sources[id.source]?.rows.find((row) => row.id.offset === id.offset) as Row,
      format: 'drawn',
      fields: [],
      bytes: new Uint8Array(),
    }),
    bytes: async (id, start, end) => {
      expect(end - start).toBeLessThanOrEqual(1024 * 1024);
      return encoder.encode(sources[id]?.text).slice(start, end);
    },
    lines: async (id, first, count) => (sources[id]?.lines ?? []).slice(first, first + count),
  };
  return { engine: engine as EngineApi, asked, callIds, openSelections: selections, ids: names.map((_, id) => id) };
}
