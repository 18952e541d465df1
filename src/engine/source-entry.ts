/** One source as the coordinator knows it: its shards in order, what they reported, and the clock that follows from it. */

import type { FormatChoice, Problem, SourceInput, SourceState, SourceSummary } from './api';
import { clocksOf } from './clocks';
import type { Digests } from './environment';
import type { Program } from './formats/program';
import { FLAG_ABSOLUTE, FLAG_DATELESS, FLAG_YEARLESS } from './kernels/index-layout';
import type { RecordId, SourceId } from './records/record';
import { mapTime, type TimeMap } from './records/time-map';
import type { ShardClock, ShardKey, ShardReport } from './shard/shard-api';
import type { BytesRef, Encoding } from './source/byte-source';

export interface ShardSlot {
  readonly key: ShardKey;
  readonly bytes: BytesRef;
  readonly start: number;
  readonly end: number;
  readonly isPiece: boolean;
  report: ShardReport | null;
  /** The clock last sent, to send it again only when it changes. */
  sentClock: string;
}

export class SourceEntry {
  state: SourceState = 'opening';
  startedAtMs: number;
  elapsedMs = 0;
  kind: SourceSummary['kind'] = 'text';
  encoding: Encoding = 'utf-8';
  encodingReason = '';
  isCr = false;
  packing: SourceSummary['packing'] = 'none';
  format: FormatChoice = { id: 'plain', title: 'Plain text', score: 0, reason: '', isForced: false, others: [] };
  program: Program | null = null;
  zone: string;
  /** Added to every time, ms. */
  offsetMs: number;
  shards: ShardSlot[] = [];
  /** Packed bytes consumed; for plain sources it follows from the shards. */
  packedBytes = 0;
  fingerprint: string | null = null;
  digests: Digests | null = null;
  fault: { code: string; message: string } | null = null;
  /** Problems besides those that follow from the reports, by code. */
  readonly notes = new Map<string, { count: number; first: RecordId | null }>();
  /** Bytes of the source as its reader sees it: grows with `refresh`. */
  bytes: BytesRef;
  lastModified: number;
  /** Grows whenever shards change; selections of an older one are stale. */
  generation = 0;
  isClosed = false;
  forcedFormat: string | null;
  /** Its columns were read back from an index that was kept, all of them. */
  isFromCache = false;
  /** The index that is kept of it, as it is or as it was before it grew. */
  storedIndex: { readonly key: string; readonly fingerprint: string } | null = null;
  /** Field names met in structured records. */
  readonly knownFields = new Set<string>();

  constructor(
    readonly id: SourceId,
    readonly input: SourceInput,
    now: number,
    public forcedEncoding: Encoding | null = null,
  ) {
    this.startedAtMs = now;
    this.zone = input.zone ?? 'UTC';
    this.offsetMs = input.offsetMs ?? 0;
    this.forcedFormat = input.format ?? null;
    this.bytes = input.bytes;
    this.lastModified = input.lastModified;
  }

  /** Shards from the first on that are indexed: what positions count over. */
  readable(): (ShardSlot & { report: ShardReport })[] {
    const found: (ShardSlot & { report: ShardReport })[] = [];
    for (const slot of this.shards) {
      if (slot.report === null) break;
      found.push(slot as ShardSlot & { report: ShardReport });
    }
    return found;
  }

  get recordCount(): number {
    let sum = 0;
    for (const slot of this.readable()) sum += slot.report.recordCount;
    return sum;
  }

  /** Offset in the decoded source of a shard's first byte. */
  decodedStart(index: number): number {
    let sum = 0;
    for (let i = 0; i < index; i++) sum += this.shards[i]?.report?.decodedBytes ?? 0;
    return sum;
  }

  linesBefore(index: number): number {
    let sum = 0;
    for (let i = 0; i < index; i++) sum += this.shards[i]?.report?.lineCount ?? 0;
    return sum;
  }

  /** The readable shard that holds a decoded offset, and the offset in it; null outside. */
  locate(offset: number): { index: number; slot: ShardSlot & { report: ShardReport }; offset: number } | null {
    let start = 0;
    const slots = this.readable();
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] as (typeof slots)[number];
      if (offset < start + slot.report.decodedBytes) return { index, slot, offset: offset - start };
      start += slot.report.decodedBytes;
    }
    return null;
  }

  /** The clock of each readable shard. */
  clocks(): ShardClock[] {
    return clocksOf(
      this.readable().map((slot) => slot.report),
      this.lastModified,
      this.zone,
      this.offsetMs,
    );
  }

  private timeKind(): SourceSummary['timeKind'] {
    let flags = 0;
    let timed = 0;
    for (const { report } of this.readable()) {
      flags |= report.flags;
      timed += report.recordCount - report.untimedCount;
    }
    if (timed === 0) return 'none';
    const kinds = [FLAG_ABSOLUTE, FLAG_YEARLESS, FLAG_DATELESS].filter((flag) => (flags & flag) !== 0);
    if (kinds.length > 1) return 'mixed';
    if (kinds[0] === FLAG_YEARLESS) return 'yearless';
    if (kinds[0] === FLAG_DATELESS) return 'dateless';
    return kinds[0] === FLAG_ABSOLUTE ? 'absolute' : 'zoneless';
  }

  private problems(): Problem[] {
    const found: Problem[] = [];
    const add = (code: string, count: number, first: RecordId | null) => {
      if (count > 0) found.push({ code, count, first });
    };
    let untimed = 0;
    let inversions = 0;
    let nuls = 0;
    let invalid = 0;
    let pieces = 0;
    let overflow = 0;
    let hasTimes = false;
    for (const slot of this.readable()) {
      untimed += slot.report.untimedCount;
      inversions += slot.report.inversions;
      nuls += slot.report.nulCount;
      invalid += slot.report.invalidUtf8;
      if (slot.isPiece) pieces++;
      overflow += slot.report.skeletonOverflow;
      if (slot.report.times.length > 0) hasTimes = true;
    }
    if (hasTimes) add('no-time', untimed, null);
    add('time-backwards', inversions, null);
    add('invalid-utf8', invalid, null);
    add('nul-bytes', nuls, null);
    add('giant-line', pieces, null);
    add('skeleton-overflow', overflow, null);
    for (const [code, note] of this.notes) add(code, note.count, note.first);
    return found;
  }

  summary(residentBytes: number, columnBytes: number): SourceSummary {
    const slots = this.readable();
    const clocks = this.clocks();
    const levelCounts = [0, 0, 0, 0, 0, 0, 0];
    const formatCounts: number[] = [];
    const timings = { readMs: 0, copyMs: 0, kernelMs: 0, jsMs: 0, waitMs: 0 };
    let lineCount = 0;
    let recordCount = 0;
    let decodedBytes = 0;
    let crlfCount = 0;
    let skeletonCount = 0;
    let firstTime: number | null = null;
    let lastTime: number | null = null;
    let firstError: RecordId | null = null;
    let lastError: RecordId | null = null;
    slots.forEach(({ report }, index) => {
      report.levelCounts.forEach((count, level) => {
        levelCounts[level] = (levelCounts[level] as number) + count;
      });
      report.formatCounts.forEach((count, format) => {
        formatCounts[format] = (formatCounts[format] ?? 0) + count;
      });
      for (const name of Object.keys(timings) as (keyof typeof timings)[]) timings[name] += report.timings[name];
      if (report.firstError !== null) firstError ??= { source: this.id, offset: decodedBytes + report.firstError };
      if (report.lastError !== null) lastError = { source: this.id, offset: decodedBytes + report.lastError };
      lineCount += report.lineCount;
      recordCount += report.recordCount;
      decodedBytes += report.decodedBytes;
      crlfCount += report.crlfCount;
      skeletonCount += report.skeletonCount;
      for (const { flags, min, max } of report.times) {
        const map = mapOf(clocks[index] as ShardClock, flags);
        firstTime = Math.min(firstTime ?? Infinity, mapTime(map, min));
        lastTime = Math.max(lastTime ?? -Infinity, mapTime(map, max));
      }
    });
    let indexed = 0;
    for (const slot of this.shards) if (slot.report !== null) indexed += slot.end - slot.start;
    const seen =
      this.program === null
        ? []
        : this.program.formats.filter((_, format) => (formatCounts[format] ?? 0) > 0).map((format) => format.id);
    return {
      id: this.id,
      name: this.input.name,
      state: this.state,
      sizeBytes: this.bytes.size,
      decodedBytes,
      indexedBytes: this.packing === 'none' ? indexed : this.packedBytes,
      startedAtMs: this.startedAtMs,
      elapsedMs: this.elapsedMs,
      kind: this.kind,
      encoding: this.encoding,
      encodingReason: this.encodingReason,
      isEncodingForced: this.forcedEncoding !== null,
      packing: this.packing,
      lineEnding: this.isCr ? 'CR' : crlfCount * 2 > lineCount ? 'CRLF' : 'LF',
      format: this.format,
      formatsSeen: seen,
      zone: this.zone,
      offsetMs: this.offsetMs,
      timeKind: this.timeKind(),
      lineCount,
      recordCount,
      levelCounts,
      firstTime,
      lastTime,
      firstError,
      lastError,
      skeletonCount,
      residentBytes,
      columnBytes,
      timings,
      problems: this.problems(),
      isFromCache: this.isFromCache,
      fingerprint: this.fingerprint,
      digests: this.digests,
      fault: this.fault,
    };
  }
}

/** The map for records with these time flags. */
function mapOf(clock: ShardClock, flags: number): TimeMap {
  if ((flags & FLAG_YEARLESS) !== 0) return clock.yearless;
  if ((flags & FLAG_DATELESS) !== 0) return clock.dateless;
  return (flags & FLAG_ABSOLUTE) !== 0 ? clock.absolute : clock.wall;
}
