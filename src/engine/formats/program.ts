/** Compiles formats into one program for the interpreter (kernel and portable twin), and matches single lines with it. */

import * as op from '../kernels/index-layout';
import { FormatMachine, levelSlot, type LineMatch } from '../kernels/portable/index-machine';
import { LEVEL_WORDS, toLevelCode, type Level } from '../records/record';
import { Emitter, emitLayouts, emitTime } from './emit';
import type { Format } from './format';
import { type Item, parsePattern, parseTimeLayout } from './pattern';
import { ZONE_OFFSETS } from './zones';

/** Several formats as one program: tried in order. At most 32. */
export interface Program {
  readonly bytes: Uint8Array;
  readonly fieldNames: readonly string[];
  readonly formats: readonly Format[];
}

/** Words that {scan} takes for a level inside a message; the rest ("ok", "http", "failed") are ordinary English there. */
const SCAN_WORDS: ReadonlySet<string> = new Set([
  'trace',
  'debug',
  'info',
  'notice',
  'warn',
  'warning',
  'error',
  'err',
  'severe',
  'fatal',
  'critical',
  'crit',
  'alert',
  'emerg',
  'emergency',
  'panic',
]);

/** Level words that begin English sentences as often as they name a level, upper case or not. */
const PROSE_WORDS: ReadonlySet<string> = new Set([
  'ok',
  'http',
  'log',
  'all',
  'audit',
  'note',
  'failed',
  'failure',
  'exception',
  'stats',
  'deprecated',
  'silly',
]);

/** Times that stand as strings in JSON and logfmt values. */
const VALUE_LAYOUTS = [
  'yyyy-MM-dd?[T ]HH:mm:ss?[,.:]?f? ?z',
  'yyyy/MM/dd?[T ]HH:mm:ss?[,.]?f? ?z',
  "yyyyMMdd?'T'HHmmss?[,.]?f?z",
  'epoch',
  'dd/MMM/yyyy:HH:mm:ss z',
  'EEE, dd MMM yyyy HH:mm:ss z',
  'EEE MMM d HH:mm:ss?[.]?f z yyyy',
  'EEE MMM d HH:mm:ss?[.]?f yyyy',
  'MM/dd/yyyy hh:mm:ss?[.]?f a',
  'dd-MMM-yyyy HH:mm:ss?[,.]?f? ?z',
  'MMM d, yyyy hh:mm:ss a',
  'MMM d HH:mm:ss?[.]?f',
  'HH:mm:ss?[,.]?f',
];

/**
 * @param learned  straight layouts of a source, by format, tried before the format's own (see `learn.ts`)
 */
export function compileProgram(
  formats: readonly Format[],
  learned: ReadonlyMap<string, readonly (readonly Item[])[]> = new Map(),
): Program {
  const out = new Emitter();
  return assemble(out, formats, (format, timeProgram, keys) => {
    if (format.kind === 'layout')
      emitLayouts(out, [...(learned.get(format.id) ?? []), ...format.layouts.map(parsePattern)]);
    else if (format.kind === 'plain') out.u8(op.OP_PLAIN, op.OP_SCAN_LEVEL);
    else {
      out.u8(format.kind === 'json' ? op.OP_JSON : op.OP_LOGFMT);
      out.u16(keys);
      out.u16(timeProgram);
    }
  });
}

/** Header, time program, one entry per format, level and zone tables around what `emitFormat` writes. */
export function assemble(
  out: Emitter,
  formats: readonly Format[],
  emitFormat: (format: Format, timeProgram: number, keys: number) => void,
): Program {
  if (formats.length > 32) throw new Error('at most 32 formats in one program');
  const levels: Record<string, Level> = { ...LEVEL_WORDS };
  out.u16(0); // level table
  out.u16(formats.length);
  out.u16(0); // zone table
  for (let i = 0; i < formats.length; i++) out.u16(0);
  const timeProgram = out.here;
  out.alternatives(VALUE_LAYOUTS.map((layout) => () => emitTime(out, parseTimeLayout(layout))));
  out.u8(op.OP_ACCEPT, 255);
  formats.forEach((format, index) => {
    Object.assign(levels, format.levels);
    const keys = format.kind === 'json' || format.kind === 'logfmt' ? emitKeys(out, format) : 0;
    out.patch16(op.PROGRAM_ENTRIES + 2 * index, out.here);
    emitFormat(format, timeProgram, keys);
    out.u8(op.OP_ACCEPT, index);
  });
  out.patch16(op.PROGRAM_LEVELS, out.here);
  emitLevels(out, levels);
  out.patch16(op.PROGRAM_ZONES, out.here);
  emitZones(out);
  return { bytes: Uint8Array.from(out.code), fieldNames: out.fieldNames, formats };
}

function emitKeys(out: Emitter, format: Extract<Format, { kind: 'json' | 'logfmt' }>): number {
  const start = out.here;
  const kinds: [number, readonly string[]][] = [
    [op.KEY_TIME, format.time],
    [op.KEY_LEVEL, format.level],
    [op.KEY_MESSAGE, format.message],
  ];
  for (const [kind, keys] of kinds) {
    keys.forEach((key, rank) => {
      const bytes = new TextEncoder().encode(key);
      out.u8(kind, rank + 1, bytes.length, ...bytes);
    });
  }
  out.u8(0);
  return start;
}

function emitLevels(out: Emitter, levels: Readonly<Record<string, Level>>): void {
  const table = new Uint8Array(op.LEVEL_SLOTS * 16);
  for (const [word, level] of Object.entries(levels)) {
    const bytes = new TextEncoder().encode(word);
    let low = 0;
    let high = 0;
    for (let i = 0; i < 8 && i < bytes.length; i++) {
      if (i < 4) low |= (bytes[i] as number) << (8 * i);
      else high |= (bytes[i] as number) << (8 * (i - 4));
    }
    let slot = levelSlot(low, high, bytes.length);
    while (table[slot * 16 + 8] !== 0) slot = (slot + 1) % op.LEVEL_SLOTS;
    for (let i = 0; i < 8 && i < bytes.length; i++) table[slot * 16 + i] = bytes[i] as number;
    table[slot * 16 + 8] = bytes.length;
    table[slot * 16 + 9] = toLevelCode(level);
    table[slot * 16 + 10] = (SCAN_WORDS.has(word) ? 1 : 0) | (PROSE_WORDS.has(word) ? 0 : 2);
  }
  out.u8(...table);
}

function emitZones(out: Emitter): void {
  for (const [name, minutes] of Object.entries(ZONE_OFFSETS)) {
    if (!/^[A-Z]{1,8}$/.test(name)) continue;
    const bytes = new TextEncoder().encode(name.padEnd(8, '\0'));
    out.u8(...bytes, minutes & 255, (minutes >> 8) & 255);
  }
  out.u8(...new Uint8Array(op.ZONE_ENTRY));
}

/**
 * Runs the program over one physical line.
 *
 * @param bytes  a line without its line end (or a string, encoded as UTF-8)
 * @param format  try this format only (index in the program); absent: all in order
 * @returns null when no format accepts the line as a record's first
 */
export function matchLine(program: Program, bytes: Uint8Array | string, format?: number): LineMatch | null {
  const line = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  const machine = new FormatMachine(program.bytes, program.fieldNames);
  return machine.match(line, 0, line.length, format);
}
