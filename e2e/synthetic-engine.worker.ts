/**
 * An engine whose records are worked out from their positions: as many as the opened file says, none of them stored. Served
 * by tests in place of the engine's worker, to see what the page does with a hundred million records.
 *
 * The file's text is `{"records": 100000000, "shape": "plain" | "mixed"}`. Plain: one short line each. Mixed: short and
 * long lines, stack traces, JSON.
 */
import { expose } from 'comlink';

import { installFaultWire } from '../src/bridge/fault-wire';
import type { EngineApi, EngineEvent, Overview, Row, SourceSummary } from '../src/engine/api';
import { LEVEL_COUNT } from '../src/engine/records/record';

// Records are so many bytes apart: their offsets tell their positions.
const STRIDE = 10_000;
const START = Date.UTC(2026, 4, 19);
const HANDLE = 1;

let recordCount = 0;
let isMixed = false;
let summary: SourceSummary | undefined;
let listener: (event: EngineEvent) => void = () => {};

/** Spreads neighbours apart, 0 … 2³²−1. */
function scatter(index: number): number {
  let mixed = (index ^ 0x9e3779b9) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 0;
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function messageOf(index: number): string {
  const drawn = scatter(index);
  if (!isMixed) return `record ${index}`;
  if (drawn % 11 === 0) {
    return `record ${index} failed: java.lang.IllegalStateException\n\tat com.acme.Ledger.append(Ledger.java:${drawn % 500})\n\tat com.acme.Charge.take(Charge.java:7)`;
  }
  if (drawn % 13 === 0) return `{"record":${index},"who":{"name":"n${drawn}","age":${drawn % 90}},"tags":["a","b"]}`;
  if (drawn % 3 === 0) return `record ${index} ${'with many words '.repeat(drawn % 60)}`;
  return `record ${index}`;
}

function rowAt(index: number): Row {
  const time = START + index;
  const level = index % 1000 === 999 ? 'ERROR' : index % 100 === 99 ? 'WARN' : 'INFO';
  const head = `${new Date(time).toISOString()} ${level} `;
  const text = head + messageOf(index);
  return {
    id: { source: 0, offset: index * STRIDE },
    lineNumber: index + 1,
    lineCount: text.split('\n').length,
    time,
    fraction: '',
    level,
    text,
    textBytes: text.length,
    isCut: false,
    messageStart: head.length,
    hits: [],
    highlights: [],
    keptBy: [],
    values: [],
    isContext: false,
    isPiece: false,
  };
}

const indexOf = (offset: number) => Math.min(recordCount, Math.ceil(offset / STRIDE));

const engine: Partial<EngineApi> = {
  listen: async (onEvent) => {
    listener = onEvent;
  },
  configure: async () => {},
  async open(input) {
    if (input.bytes.kind !== 'blob') throw new Error('a file is expected');
    const asked = JSON.parse(await new Response(input.bytes.blob as Blob).text()) as { records: number; shape: string };
    recordCount = asked.records;
    isMixed = asked.shape === 'mixed';
    summary = {
      id: 0,
      name: input.name,
      state: 'open',
      sizeBytes: recordCount * 40,
      decodedBytes: recordCount * 40,
      indexedBytes: recordCount * 40,
      startedAtMs: 0,
      elapsedMs: 1,
      kind: 'text',
      encoding: 'utf-8',
      encodingReason: 'ASCII',
      isEncodingForced: false,
      packing: 'none',
      lineEnding: 'LF',
      format: { id: 'drawn', title: 'Drawn', score: 1, reason: 'worked out', isForced: false, others: [] },
      formatsSeen: [],
      zone: 'UTC',
      offsetMs: 0,
      timeKind: 'absolute',
      lineCount: recordCount,
      recordCount,
      levelCounts: [0, 0, 0, recordCount, 0, 0, 0],
      firstTime: START,
      lastTime: START + recordCount - 1,
      firstError: null,
      lastError: null,
      skeletonCount: 1,
      residentBytes: 0,
      columnBytes: 0,
      problems: [],
      timings: { readMs: 0, copyMs: 0, kernelMs: 0, jsMs: 0, waitMs: 0 },
      fingerprint: null,
      isFromCache: false,
      digests: null,
      fault: null,
    };
    listener({ kind: 'source', summary });
    return 0;
  },
  whenOpened: async () => summary as SourceSummary,
  formats: async () => [],
  classRules: async () => [],
  checkRules: async () => ({ rules: [] }),
  parseFilter: async () => ({ kind: 'all' }),
  completions: async () => [],
  select: async () => ({
    handle: HANDLE,
    count: recordCount,
    keptCount: recordCount,
    total: recordCount,
    isComplete: true,
    order: 'file',
    elapsedMs: 1,
  }),
  release: async () => {},
  cancel: async () => {},
  rows: async (_handle, first, count) => ({
    first,
    rows: Array.from({ length: Math.max(0, Math.min(count, recordCount - first)) }, (_, at) => rowAt(first + at)),
    stuck: [],
  }),
  positionOf: async (_handle, record) => indexOf(record.offset),
  positionAtTime: async (_handle, time) => Math.max(0, Math.min(recordCount, Math.ceil(time - START))),
  positionOfLine: async (_handle, _source, lineNumber) => Math.min(recordCount, lineNumber - 1),
  seek: async () => null,
  histogram: async () => ({
    startMs: START,
    binMs: 1,
    binCount: 0,
    counts: Array.from({ length: LEVEL_COUNT }, () => new Uint32Array(0)),
    untimedCount: 0,
  }),
  async overview(_handle, bucketCount): Promise<Overview> {
    const levels = Array.from({ length: LEVEL_COUNT }, () => new Uint32Array(bucketCount));
    const each = recordCount / bucketCount;
    levels[3]?.fill(Math.round(each * 0.989));
    levels[4]?.fill(Math.round(each / 100));
    levels[5]?.fill(Math.round(each / 1000));
    return { bucketCount, recordCount, levels, hits: null };
  },
  details: async (record) => ({
    row: rowAt(indexOf(record.offset)),
    format: 'drawn',
    fields: [],
    bytes: new Uint8Array(),
  }),
  bytes: async () => new Uint8Array(),
  lines: async () => [],
  health: async () => ({
    workers: [],
    upMs: 0,
    budgetBytes: 2 ** 31,
    residentBytes: 0,
    kernels: 'portable',
    indexCache: null,
  }),
  restartWorker: async () => {},
  shutdown: async () => {},
};

installFaultWire();
expose(engine);
