/** Fields of one record, read from its first line: by its format's layout, as JSON, or as key=value pairs. */

import { FormatMachine } from '../kernels/portable/index-machine';
import type { FieldOp } from '../query/plan';
import type { ShardSpec } from './shard-api';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const machines = new WeakMap<Uint8Array, FormatMachine>();

function machineOf(spec: ShardSpec): FormatMachine {
  let machine = machines.get(spec.program);
  if (machine === undefined) {
    machine = new FormatMachine(spec.program, spec.fieldNames);
    machines.set(spec.program, machine);
  }
  return machine;
}

export interface LineFacts {
  /** Index of the format in the program; -1 when none accepted the line. */
  readonly format: number;
  /** Byte index in the record. */
  readonly messageStart: number;
  readonly messageEnd: number;
  /** Byte range of the digits of a decimal fraction of the time; empty when there is none. */
  readonly fraction: { readonly start: number; readonly end: number };
  readonly fields: readonly { readonly name: string; readonly start: number; readonly end: number }[];
}

/** Byte index behind the first line of a record, line end left out. */
export function firstLineEnd(record: Uint8Array): number {
  let end = record.indexOf(10);
  if (end < 0) end = record.length;
  return end > 0 && record[end - 1] === 13 ? end - 1 : end;
}

/** What the format says of a record's first line. */
export function readLine(spec: ShardSpec, record: Uint8Array): LineFacts {
  const end = firstLineEnd(record);
  const match = machineOf(spec).match(record, 0, end);
  if (match === null)
    return { format: -1, messageStart: 0, messageEnd: end, fraction: { start: 0, end: 0 }, fields: [] };
  return match;
}

/** Fields by name; a name may come more than once. */
export function readFields(
  spec: ShardSpec,
  record: Uint8Array,
): { format: number; fields: { name: string; value: string }[] } {
  const facts = readLine(spec, record);
  const kind = facts.format < 0 ? 'plain' : spec.formatKinds[facts.format];
  if (kind === 'json')
    return { format: facts.format, fields: readJsonFields(decoder.decode(record.subarray(0, firstLineEnd(record)))) };
  if (kind === 'logfmt')
    return { format: facts.format, fields: readPairs(decoder.decode(record.subarray(0, firstLineEnd(record)))) };
  return {
    format: facts.format,
    fields: facts.fields.map((field) => ({
      name: field.name,
      value: decoder.decode(record.subarray(field.start, field.end)),
    })),
  };
}

/** Deepest nesting that is flattened into dotted names; what lies deeper stays JSON text. */
const JSON_DEPTH = 4;
const JSON_FIELDS = 1000;

/** Undefined where the line is no JSON. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

export function readJsonFields(line: string): { name: string; value: string }[] {
  const value = parseJson(line);
  const fields: { name: string; value: string }[] = [];
  if (value !== undefined) flatten('', value, 0);
  return fields;

  function flatten(name: string, part: unknown, depth: number): void {
    if (fields.length >= JSON_FIELDS) return;
    if (isFlattened(part, depth)) {
      for (const [key, inner] of Object.entries(part)) flatten(name === '' ? key : `${name}.${key}`, inner, depth + 1);
    } else fields.push({ name, value: leafText(part) });
  }
}

function leafText(part: unknown): string {
  return typeof part === 'string' ? part : JSON.stringify(part);
}

/** The values that `flatten` gives this name, with the names before the last one opened only where they lead to it. */
function pick(prefix: string, part: unknown, depth: number, name: string, found: string[]): void {
  if (!isFlattened(part, depth)) {
    if (prefix === name) found.push(leafText(part));
    return;
  }
  for (const [key, inner] of Object.entries(part)) {
    const whole = prefix === '' ? key : `${prefix}.${key}`;
    if (whole === name || whole === '' || (name.startsWith(whole) && name[whole.length] === '.'))
      pick(whole, inner, depth + 1, name, found);
  }
}

function isFlattened(part: unknown, depth: number): part is object {
  return typeof part === 'object' && part !== null && !Array.isArray(part) && depth < JSON_DEPTH;
}

/** key=value and key="quoted value" pairs of a line. */
export function readPairs(line: string): { name: string; value: string }[] {
  const fields: { name: string; value: string }[] = [];
  for (const match of line.matchAll(/([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"?|(\S*))/g)) {
    const quoted = match[2];
    fields.push({
      name: match[1] as string,
      value:
        quoted === undefined
          ? (match[3] ?? '')
          : quoted.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : c)),
    });
  }
  return fields;
}

/** Bytes up to this many are made text one by one: calling the decoder costs more (2026-11). */
const SHORT_BYTES = 24;

function textOf(memory: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT_BYTES) return decoder.decode(memory.subarray(start, end));
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = memory[at] as number;
    if (byte > 0x7f) return decoder.decode(memory.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Reads one field out of many records of a shard. */
export class FieldReader {
  private readonly machine: FormatMachine;
  /** How fields are read whichever of the formats a record has; null where that must be looked up. */
  private readonly kind: 'json' | 'logfmt' | null;

  constructor(
    private readonly spec: ShardSpec,
    private readonly name: string,
  ) {
    this.machine = machineOf(spec);
    const [first] = spec.formatKinds;
    const isOne = spec.formatKinds.every((kind) => kind === first);
    this.kind = isOne && (first === 'json' || first === 'logfmt') ? first : null;
  }

  /**
   * The different values of the field in the record at [start, end) of the memory: as `readFields` tells them, most often
   * one; null when there is none.
   *
   * @param isMatched  some format accepted its first line
   */
  read(memory: Uint8Array, start: number, end: number, isMatched: boolean): string | readonly string[] | null {
    let lineEnd = memory.indexOf(10, start);
    if (lineEnd < 0 || lineEnd > end) lineEnd = end;
    if (lineEnd > start && memory[lineEnd - 1] === 13) lineEnd--;
    if (!isMatched) return null;
    if (this.kind !== null) return this.readLine(this.kind, memory, start, lineEnd);
    const match = this.machine.match(memory, start, lineEnd);
    if (match === null) return null;
    const kind = this.spec.formatKinds[match.format];
    if (kind === 'json' || kind === 'logfmt') return this.readLine(kind, memory, start, lineEnd);
    let found: string | null = null;
    const more: string[] = [];
    for (const field of match.fields) {
      if (field.name !== this.name) continue;
      const value = textOf(memory, field.start, field.end);
      if (found === null) found = value;
      else more.push(value);
    }
    return found === null || more.length === 0 ? found : distinct([found, ...more]);
  }

  private readLine(
    kind: 'json' | 'logfmt',
    memory: Uint8Array,
    start: number,
    end: number,
  ): string | readonly string[] | null {
    const line = decoder.decode(memory.subarray(start, end));
    return distinct(kind === 'json' ? jsonValues(line, this.name) : pairValues(line, this.name));
  }
}

/** One value as it is, several without repetition. */
function distinct(values: readonly string[]): string | readonly string[] | null {
  if (values.length < 2) return values[0] ?? null;
  const different = new Set(values);
  return different.size === 1 ? (values[0] as string) : [...different];
}

function pairValues(line: string, name: string): string[] {
  if (!line.includes(name)) return [];
  return readPairs(line).flatMap((pair) => (pair.name === name ? [pair.value] : []));
}

/** No line shorter than this has JSON_FIELDS fields: each takes at least `"":0,`. */
const FEW_FIELDS_LENGTH = JSON_FIELDS * 5;

/** As `readJsonFields`, with nothing made of the other fields. */
export function jsonValues(line: string, name: string): string[] {
  if (!line.includes('\\') && !line.includes(name.slice(name.lastIndexOf('.') + 1))) return [];
  if (line.length < FEW_FIELDS_LENGTH) {
    const found: string[] = [];
    const value = parseJson(line);
    if (value !== undefined) pick('', value, 0, name, found);
    return found;
  }
  return readJsonFields(line).flatMap((field) => (field.name === name ? [field.value] : []));
}

/** Whether a record has a field of this name that the comparison keeps. Numbers compare as numbers where both sides are. */
export function fieldMatches(
  spec: ShardSpec,
  record: Uint8Array,
  wanted: { name: string; op: FieldOp; value: string },
): boolean {
  const facts = readLine(spec, record);
  const kind = facts.format < 0 ? 'plain' : spec.formatKinds[facts.format];
  if (kind === 'json' || kind === 'logfmt')
    return readFields(spec, record).fields.some(
      (field) => field.name === wanted.name && compare(field.value, wanted.op, wanted.value),
    );
  return facts.fields.some(
    (field) =>
      field.name === wanted.name &&
      compare(decoder.decode(record.subarray(field.start, field.end)), wanted.op, wanted.value),
  );
}

/** As texts are found in records: an ASCII text folds ASCII letters only, so that the Kelvin sign is no k. */
function contains(value: string, wanted: string): boolean {
  if (/[^\x00-\x7f]/.test(wanted)) return value.toLowerCase().includes(wanted.toLowerCase());
  const fold = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return fold(value).includes(fold(wanted));
}

function compare(value: string, op: FieldOp, wanted: string): boolean {
  switch (op) {
    case 'exists':
      return true;
    case '=': {
      if (value === wanted) return true;
      return wanted !== '' && value !== '' && Number(value) === Number(wanted);
    }
    case '~':
      return contains(value, wanted);
    default: {
      const a = Number.parseFloat(value);
      const b = Number.parseFloat(wanted);
      if (Number.isNaN(a) || Number.isNaN(b)) return false;
      return op === '>' ? a > b : op === '>=' ? a >= b : op === '<' ? a < b : a <= b;
    }
  }
}
