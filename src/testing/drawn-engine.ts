/**
 * An EngineApi over logs drawn as text, for tests of the page: small, in process, without threads. Each line is
 * `HH:MM:SS.mmm LEVEL message` on 19 May 2026 UTC; an indented line belongs to the record before.
 */

import { Fault } from '../base/fault';
import type { EngineApi, EngineEvent, Row, SelectionInfo, SourceInput, SourceSummary } from '../engine/api';
import { binsFor } from '../engine/derive/bins';
import { checkRules } from '../engine/patterns/check-rules';
import { DEFAULT_RULES } from '../engine/patterns/class-rules';
import { splitFilter } from '../engine/query/clauses';
import { completions } from '../engine/query/complete';
import type { Filter } from '../engine/query/filter';
import { DEFAULT_GROUPING, type PatternGrouping } from '../engine/patterns/pattern';
import { parseFilter } from '../engine/query/parse';
import { LEVEL_COUNT, LEVELS, type SourceId, toLevelCode } from '../engine/records/record';
import { isEncoding } from '../engine/source/byte-source';
import { type Known, keeps, overviewOf, pauseFrom, selectRows, topValuesOf, withMarks } from './drawn-answers';
import { drawnErrorGroups } from './drawn-errors';
import { drawnClasses, drawnPattern, drawnTable, drawnWildcardValues } from './drawn-patterns';

const DAY = Date.UTC(2026, 4, 19);

//                ┌ time                                  ┌ level     ┌ message
const DRAWN_LINE = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{3}))? +([A-Z]+)? *(.*)$/;

interface DrawnSource {
  summary: SourceSummary;
  rows: Row[];
  bytes: Uint8Array;
  opened: Promise<SourceSummary>;
  stop: () => void;
}

interface DrawnSelection {
  readonly rows: readonly Row[];
  readonly filter: Filter;
}

export interface DrawnEngineOptions {
  /** Records told per step while a source opens; absent: all at once. Steps go on by `step`. */
  readonly recordsPerStep?: number;
  /** The first records come with the first step, not at once. */
  readonly isHeld?: boolean;
}

export interface DrawnEngine extends EngineApi {
  /** Lets every opening source read its next records. */
  step(): void;
  /** Sends an event as the engine would. */
  emit(event: EngineEvent): void;
  /** Makes the next call of this name fail. */
  failNext(call: keyof EngineApi, fault: Fault): void;
  /** Names of the calls so far, in order. */
  readonly calls: readonly string[];
}

export function createDrawnEngine(options: DrawnEngineOptions = {}): DrawnEngine {
  const sources = new Map<SourceId, DrawnSource>();
  const selections = new Map<number, DrawnSelection>();
  const failures = new Map<string, Fault>();
  const calls: string[] = [];
  const steps = new Set<() => void>();
  let listener: (event: EngineEvent) => void = () => {};
  let nextHandle = 1;
  let lastId = 0;
  let budgetBytes = 2 ** 31;
  let grouping: PatternGrouping = DEFAULT_GROUPING;
  let groupings = 0;

  const emit = (event: EngineEvent) => listener(event);

  function sourceOf(id: SourceId): DrawnSource {
    const source = sources.get(id);
    if (!source) throw new Fault('source-unknown', `no source ${id}`);
    return source;
  }

  function selectionOf(handle: number): DrawnSelection {
    const selection = selections.get(handle);
    if (!selection) throw new Fault('selection-unknown', `no selection ${handle}`);
    return selection;
  }

  const known = (): Known => ({
    names: new Map([...sources].map(([id, source]) => [id, source.summary.name])),
    grouping,
  });
  const allRows = () => [...sources.values()].flatMap((source) => source.rows);

  function rowsOf(ids: readonly SourceId[]): Row[] {
    const rows = ids.flatMap((id) => sources.get(id)?.rows ?? []);
    return ids.length > 1 ? rows.sort((a, b) => (a.time ?? 0) - (b.time ?? 0)) : rows;
  }

  async function open(input: SourceInput): Promise<SourceId> {
    if (input.bytes.kind !== 'blob') throw new Fault('unsupported', 'drawn sources are blobs');
    const id = input.id !== undefined && !sources.has(input.id) ? input.id : lastId + 1;
    lastId = Math.max(lastId, id);
    const bytes = new Uint8Array(await (input.bytes.blob as Blob).arrayBuffer());
    const isBinary = bytes.includes(0);
    const all = isBinary
      ? []
      : draw(new TextDecoder().decode(bytes), id).map((row) => ({
          ...row,
          time: row.time === null ? null : row.time + (input.offsetMs ?? 0),
        }));
    const size = options.recordsPerStep ?? all.length;
    let finish: (summary: SourceSummary) => void = () => {};
    const source: DrawnSource = {
      rows: [],
      bytes,
      opened: new Promise((resolve) => {
        finish = resolve;
      }),
      summary: summaryOf(id, input, bytes, [], 'opening'),
      stop: () => end('partial'),
    };
    sources.set(id, source);

    const tell = (state: SourceSummary['state']) => {
      source.summary = {
        ...summaryOf(id, input, bytes, source.rows, state),
        kind: isBinary ? 'binary' : bytes.length === 0 ? 'empty' : 'text',
        indexedBytes:
          state === 'open' ? bytes.length : Math.floor((bytes.length * source.rows.length) / Math.max(1, all.length)),
      };
      emit({ kind: 'source', summary: source.summary });
    };
    const end = (state: 'open' | 'partial') => {
      steps.delete(next);
      tell(state);
      finish(source.summary);
    };
    const next = () => {
      source.rows = all.slice(0, source.rows.length + Math.max(1, size));
      if (source.rows.length >= all.length) end('open');
      else tell('opening');
    };
    steps.add(next);
    tell('opening');
    if (options.isHeld !== true) next();
    return id;
  }

  const api: EngineApi = {
    async listen(onEvent) {
      listener = onEvent;
    },
    async configure(wanted) {
      budgetBytes = wanted.budgetBytes ?? budgetBytes;
    },
    open,
    whenOpened: (id) => sourceOf(id).opened,
    stopOpening: async (id) => sourceOf(id).stop(),
    async close(id) {
      sources.delete(id);
      emit({ kind: 'closed', source: id });
    },
    refresh: async (id) => sourceOf(id).summary,
    async forceFormat(id, format) {
      const source = sourceOf(id);
      const choice = {
        ...source.summary.format,
        id: format ?? 'drawn',
        title: format ?? 'Drawn',
        isForced: format !== null,
      };
      source.summary = { ...source.summary, format: choice };
      emit({ kind: 'source', summary: source.summary });
    },
    async forceEncoding(id, encoding) {
      const source = sourceOf(id);
      source.summary = {
        ...source.summary,
        encoding: encoding !== null && isEncoding(encoding) ? encoding : 'utf-8',
        encodingReason: encoding === null ? 'ASCII' : 'chosen by you',
        isEncodingForced: encoding !== null,
      };
      emit({ kind: 'source', summary: source.summary });
    },
    async setZone(id, zone) {
      if (!zone.includes('/') && zone !== 'UTC')
        throw new Fault('zone-unknown', `no zone ${zone}`, { details: { zone } });
      const source = sourceOf(id);
      source.summary = { ...source.summary, zone };
      emit({ kind: 'source', summary: source.summary });
    },
    async setOffset(id, offsetMs) {
      const source = sourceOf(id);
      const shiftMs = offsetMs - source.summary.offsetMs;
      const shifted = (time: number | null) => (time === null ? null : time + shiftMs);
      source.rows = source.rows.map((row) => ({ ...row, time: shifted(row.time) }));
      const { firstTime, lastTime } = source.summary;
      source.summary = {
        ...source.summary,
        offsetMs,
        firstTime: shifted(firstTime),
        lastTime: shifted(lastTime),
      };
      emit({ kind: 'source', summary: source.summary });
    },
    formats: async () => [
      { id: 'drawn', title: 'Drawn', family: 'Tests' },
      { id: 'other', title: 'Other', family: 'Tests' },
    ],
    parseFilter: async (text) => parseFilter(text, { now: DAY }).filter,
    splitFilter: async (text) => splitFilter(text, { now: DAY }),
    completions: async (text, caret) =>
      completions(text, caret, { fields: [], sources: [], levels: [] }).map(({ from, to, insert, detail }) => ({
        start: from,
        end: to,
        insert,
        title: detail,
      })),
    async select(filter, { sources: ids, context }) {
      const shown = ids ?? [...sources.keys()];
      const all = rowsOf(shown);
      const { rows, keptCount } = selectRows(all, filter, known(), context);
      const handle = nextHandle;
      nextHandle += 1;
      selections.set(handle, { rows, filter });
      const info: SelectionInfo = {
        handle,
        count: rows.length,
        keptCount,
        total: all.length,
        elapsedMs: 1,
        isComplete: shown.every((id) => sources.get(id)?.summary.state === 'open'),
        order: shown.length > 1 ? 'time' : 'file',
      };
      return info;
    },
    async release(handle) {
      selections.delete(handle);
    },
    async cancel() {},
    async rows(handle, first, count, options = {}) {
      const rows = selectionOf(handle).rows.slice(first, first + count);
      return { first, rows: rows.map((row) => withMarks(row, known(), options)), stuck: [] };
    },
    overview: async (handle, bucketCount, hits) => overviewOf(selectionOf(handle).rows, bucketCount, hits, known()),
    seekPause: async (handle, from, direction, minMs) => pauseFrom(selectionOf(handle).rows, from, direction, minMs),
    topValues: async (handle, field, limit) => topValuesOf(selectionOf(handle).rows, field, limit),
    async positionOf(handle, record) {
      const { rows } = selectionOf(handle);
      const exact = rows.findIndex((row) => row.id.source === record.source && row.id.offset === record.offset);
      if (exact >= 0) return exact;
      const wanted = sourceOf(record.source).rows.find((row) => row.id.offset === record.offset);
      return indexOr(
        rows.length,
        rows.findIndex((row) => (row.time ?? 0) >= (wanted?.time ?? 0)),
      );
    },
    async positionsOf(handle, records) {
      const { rows } = selectionOf(handle);
      return records.map(({ source, offset }) => {
        const at = rows.findIndex((row) => row.id.source === source && row.id.offset === offset);
        return at < 0 ? null : at;
      });
    },
    async positionAtTime(handle, time) {
      const { rows } = selectionOf(handle);
      return indexOr(
        rows.length,
        rows.findIndex((row) => (row.time ?? 0) >= time),
      );
    },
    async positionOfLine(handle, source, lineNumber) {
      const { rows } = selectionOf(handle);
      return indexOr(
        rows.length,
        rows.findIndex((row) => row.id.source === source && (row.lineNumber ?? 0) + row.lineCount > lineNumber),
      );
    },
    async seek(handle, from, direction, filter) {
      const { rows } = selectionOf(handle);
      const filterKnown = known();
      for (let index = from + direction; index >= 0 && index < rows.length; index += direction) {
        const row = rows[index];
        if (row && keeps(filter, row, filterKnown)) return index;
      }
      return null;
    },
    async histogram(handle, { start, end, maxBins }) {
      const times = selectionOf(handle).rows.flatMap((row) =>
        row.time === null ? [] : [{ time: row.time, code: toLevelCode(row.level) }],
      );
      const counts = (size: number) => Array.from({ length: LEVEL_COUNT }, () => new Uint32Array(size));
      if (times.length === 0) return { startMs: 0, binMs: 1, binCount: 0, counts: counts(0), untimedCount: 0 };
      const bins = binsFor(
        start ?? Math.min(...times.map((at) => at.time)),
        end === undefined ? Math.max(...times.map((at) => at.time)) : end - 1,
        maxBins,
      );
      const filled = counts(bins.binCount);
      for (const { time, code } of times) {
        const bin = Math.floor((time - bins.startMs) / bins.binMs);
        const level = filled[code];
        if (level && bin >= 0 && bin < bins.binCount) level[bin] = (level[bin] ?? 0) + 1;
      }
      return { ...bins, counts: filled, untimedCount: 0 };
    },
    async details(record) {
      const source = sourceOf(record.source);
      const row = source.rows.find((candidate) => candidate.id.offset === record.offset);
      if (!row) throw new Fault('source-unknown', 'no such record');
      const bytes = source.bytes.slice(record.offset, record.offset + row.textBytes);
      return { row, format: 'drawn', fields: [{ name: 'level', value: row.level ?? '' }], bytes };
    },
    bytes: async (id, start, end) => sourceOf(id).bytes.slice(start, end),
    lines: async () => [],
    async setGrouping(wanted) {
      grouping = wanted;
      groupings += 1;
    },
    patterns: async (handle, wanted) => ({
      ...drawnTable(selectionOf(handle).rows, allRows(), grouping, wanted),
      revision: groupings,
      isComplete: [...sources.values()].every((source) => source.summary.state === 'open'),
    }),
    async patternOf(record) {
      const row = sourceOf(record.source).rows.find((one) => one.id.offset === record.offset);
      if (!row) throw new Fault('source-unknown', 'no such record');
      return drawnPattern(row, allRows(), grouping);
    },
    async wildcardValues(handle, wanted, callId) {
      const { rows } = selectionOf(handle);
      emit({ kind: 'progress', callId, done: rows.length, total: rows.length });
      return drawnWildcardValues(rows, wanted, grouping);
    },
    classify: async (handle, rules) => drawnClasses(selectionOf(handle).rows, grouping, rules),
    patternIds: () => Promise.reject(new Fault('unsupported', 'drawn sources have no pattern ids')),
    async errorGroups(handle, rules, callId) {
      const { rows } = selectionOf(handle);
      emit({ kind: 'progress', callId, done: rows.length, total: rows.length });
      return drawnErrorGroups(rows, grouping, rules);
    },
    classRules: async () => DEFAULT_RULES,
    checkRules: async (value) => checkRules(value),
    digests: () => Promise.reject(new Fault('unsupported', 'drawn sources have no digests')),
    health: async () => ({
      workers: [],
      upMs: 0,
      budgetBytes,
      residentBytes: 0,
      kernels: 'portable',
      indexCache: null,
    }),
    async restartWorker() {},
    async shutdown() {},
  };

  const watched = Object.fromEntries(
    Object.entries(api).map(([name, method]) => [
      name,
      async (...args: never[]) => {
        calls.push(name);
        // What cannot be posted to a worker must not work here either. Files of jsdom and listeners cannot be cloned.
        if (!['listen', 'open', 'refresh'].includes(name)) structuredClone(args);
        const failure = failures.get(name);
        failures.delete(name);
        if (failure) throw failure;
        return (method as (...args: never[]) => unknown)(...args);
      },
    ]),
  ) as unknown as EngineApi;

  return {
    ...watched,
    calls,
    emit,
    step: () => {
      for (const next of [...steps]) next();
    },
    failNext: (call, fault) => failures.set(call, fault),
  };
}

function indexOr(fallback: number, index: number): number {
  return index < 0 ? fallback : index;
}

/** Rows from drawn lines; common indentation of the drawing does not count. */
function draw(text: string, source: SourceId): Row[] {
  const rows: Row[] = [];
  const encoder = new TextEncoder();
  let offset = 0;
  let lineNumber = 0;
  for (const line of text.split('\n')) {
    lineNumber += 1;
    const bytes = encoder.encode(line).length;
    const match = DRAWN_LINE.exec(line);
    const last = rows.at(-1);
    if (match) {
      const [, hour, minute, second, ms = '0', word = '', message = ''] = match;
      const level = LEVELS.find((name) => name === word) ?? null;
      const body = level === null ? `${word} ${message}`.trim() : message;
      rows.push({
        id: { source, offset },
        lineNumber,
        lineCount: 1,
        fraction: '',
        level,
        text: line,
        textBytes: bytes,
        isCut: false,
        isPiece: false,
        hits: [],
        highlights: [],
        keptBy: [],
        values: [],
        isContext: false,
        time: DAY + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1000 + Number(ms),
        messageStart: line.length - body.length,
      });
    } else if (last && line.trim() !== '') {
      rows[rows.length - 1] = {
        ...last,
        text: `${last.text}\n${line}`,
        lineCount: last.lineCount + 1,
        textBytes: last.textBytes + 1 + bytes,
      };
    }
    offset += bytes + 1;
  }
  return rows;
}

function summaryOf(
  id: SourceId,
  input: SourceInput,
  bytes: Uint8Array,
  rows: readonly Row[],
  state: SourceSummary['state'],
): SourceSummary {
  const levelCounts = Array.from({ length: LEVEL_COUNT }, () => 0);
  for (const row of rows) levelCounts[toLevelCode(row.level)] = (levelCounts[toLevelCode(row.level)] ?? 0) + 1;
  const errors = rows.filter((row) => toLevelCode(row.level) >= toLevelCode('ERROR'));
  return {
    id,
    state,
    levelCounts,
    name: input.name,
    sizeBytes: bytes.length,
    decodedBytes: bytes.length,
    indexedBytes: 0,
    startedAtMs: 0,
    elapsedMs: 100,
    kind: 'text',
    encoding: 'utf-8',
    encodingReason: 'ASCII',
    isEncodingForced: false,
    packing: 'none',
    lineEnding: 'LF',
    format: {
      id: 'drawn',
      title: 'Drawn',
      score: 1,
      reason: 'every line begins with a time',
      isForced: false,
      others: [],
    },
    formatsSeen: [],
    zone: input.zone ?? 'UTC',
    offsetMs: input.offsetMs ?? 0,
    timeKind: 'dateless',
    recordCount: rows.length,
    lineCount: rows.reduce((sum, row) => sum + row.lineCount, 0),
    firstTime: rows[0]?.time ?? null,
    lastTime: rows.at(-1)?.time ?? null,
    firstError: errors[0]?.id ?? null,
    lastError: errors.at(-1)?.id ?? null,
    skeletonCount: 0,
    residentBytes: 0,
    columnBytes: 0,
    problems: [],
    timings: { readMs: 0, copyMs: 0, kernelMs: 0, jsMs: 0, waitMs: 0 },
    isFromCache: false,
    fingerprint: null,
    digests: null,
    fault: null,
  };
}
