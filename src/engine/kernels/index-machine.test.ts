/** The two format machines agree: on what people wrote, and on lines spliced from it that no one wrote. */

import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Format } from '../formats/format';
import { compileProgram, type Program } from '../formats/program';
import { FORMATS } from '../formats/registry';
import { pagesFor, type RunOptions, type RunResult, runIndex } from './index-run';
import type { Kernels } from './kernels';
import { createKernels } from './load';
import { FormatMachine } from './portable/index-machine';

const MODULE = new WebAssembly.Module(readFileSync(new URL('./kernels.wasm', import.meta.url)));
const SEED = { seed: 20261120 };

function open(module: WebAssembly.Module | undefined): Kernels {
  return createKernels({ module, memory: new WebAssembly.Memory({ initial: pagesFor(65536), maximum: 65536 }) });
}
const SIMD = open(MODULE);
const PORTABLE = open(undefined);

/** Both machines' answer; they must not differ. */
function agreed(program: Program, text: Uint8Array | string, options: RunOptions = {}): RunResult {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const wanted = runIndex(PORTABLE, program.bytes, bytes, options);
  const found = runIndex(SIMD, program.bytes, bytes, options);
  // `toEqual` on thousands of columns would take most of the time; it is only needed to show a difference.
  if (JSON.stringify(found) !== JSON.stringify(wanted)) expect(found).toEqual(wanted);
  return found;
}

const programs = new Map<string, Program>();

function programOf(formats: readonly Format[]): Program {
  const key = formats.map((format) => format.id).join(' ');
  const known = programs.get(key) ?? compileProgram(formats);
  programs.set(key, known);
  return known;
}

const recordCount = (result: RunResult): number => result.blocks.reduce((sum, block) => sum + block.offsets.length, 0);
const samples = FORMATS.flatMap((format) => format.samples.map(({ text }) => text));
/** Neighbours in the registry are kin, so they compete for lines. */
const groups = Array.from({ length: Math.ceil(FORMATS.length / 3) }, (_, i) => FORMATS.slice(i * 3, i * 3 + 6));

// ── Lines ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const two = (value: number): string => String(value).padStart(2, '0');
const MONTHS = ['Jan', 'feb', 'MAR', 'Apr', 'May', 'June', 'Jul', 'august', 'Sept', 'Oct', 'Nov', 'December', 'Foo'];

/** Dates that are there, 29 and 31 February, month 13, hour 24, second 60. */
const moments = fc.record({
  year: fc.constantFrom(1, 1969, 1970, 1999, 2000, 2024, 2025, 2100, 9999, 0),
  month: fc.integer({ min: 0, max: 13 }),
  day: fc.constantFrom(0, 1, 9, 28, 29, 30, 31, 32),
  hour: fc.constantFrom(0, 1, 11, 12, 13, 23, 24, 25),
  minute: fc.constantFrom(0, 5, 59, 60),
  second: fc.constantFrom(0, 7, 59, 60, 61),
});
const zones = fc.constantFrom(
  '',
  'Z',
  'z',
  ' UTC',
  ' CEST',
  '+00',
  '+00:30',
  '-0730',
  '+5',
  '+19:00',
  ' PST',
  ' ZZZ',
  '-07:60',
  ' +0000',
);
const fractions = fc.constantFrom('', '.5', ',123', '.123456789', ':28', '.', '.1234567890123456789');

const times = fc.tuple(moments, zones, fractions, fc.nat(13)).map(([t, zone, fraction, style]) => {
  const date = `${String(t.year).padStart(4, '0')}-${two(t.month)}-${two(t.day)}`;
  const clock = `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
  const name = MONTHS[(t.month + 12) % 13] as string;
  switch (style) {
    case 0:
    case 1:
    case 2:
      return `${date} ${clock}${fraction}${zone}`;
    case 3:
      return `${date}T${clock}${fraction}${zone}`;
    case 4:
      return `${date.replaceAll('-', '/')} ${clock}${fraction}`;
    case 5:
      return `${two(t.day)}/${name}/${t.year}:${clock}${zone}`;
    case 6:
      return `${name} ${String(t.day).padStart(2)} ${clock}${fraction}`;
    case 7:
      return `${t.month}/${t.day}/${t.year} ${t.hour}:${two(t.minute)}:${two(t.second)} ${t.day % 2 === 0 ? 'a.m.' : 'PM'}`;
    case 8:
      return `${clock}${fraction}`;
    case 9:
      return `${date} ${two(t.hour)}:${two(t.minute)}${zone}`;
    case 10:
      return `Fri, ${t.day} ${name} ${t.year} ${clock}${zone}`;
    case 11:
      return `${t.day}.${t.month}.${t.year} ${clock}`;
    case 12:
      return `${date.replaceAll('-', '')}T${clock.replaceAll(':', '')}${fraction}${zone}`;
    default:
      return `Sat ${name} ${t.day} ${clock}${zone} ${t.year}`;
  }
});
const epochs = fc
  .tuple(fc.constantFrom('17000000000000000000000', '9', '0123456789012345678901'), fc.nat(22), fractions)
  .map(([digits, length, fraction]) => digits.slice(0, length) + fraction);
const levelWords = fc.constantFrom(
  'INFO',
  'info',
  'Warn',
  'ERROR',
  'E',
  'W',
  'fatal',
  'CRITICAL',
  'notice',
  'FAILED',
  'OK',
  'severe',
  'INFORMATION',
  'error_count',
  'ERRORÉ',
  'D',
  'S',
  '30',
  '404',
  '<165>',
  'level=error',
  '[warn]',
  'debug:',
);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const jsonPieces = fc.constantFrom(
  '{',
  '}',
  '{"',
  '"',
  '\\"',
  '\\',
  '\\\\"',
  ': ',
  ',',
  ' , ',
  '{}',
  '[1,{"a":"]"}]',
  'null',
  '1e9',
  '"msg":',
  '"message":"',
  '"level":"error"',
  '"level":40',
  '"time":1700000000123',
  '"time":"2025-01-01T00:00:00.5Z"',
  '"ts":1700000000.25',
  '"@timestamp":"2025-02-29 00:00:00"',
  '"log":{"level":"warn"}',
  '"log":{"level":',
  '"log.level":"debug"',
  '"t":{"$date":"2024-02-29T01:02:03.004+05:30"}',
  '"severity":"NOTICE"',
);
const logfmtPieces = fc.constantFrom(
  'level=info ',
  'lvl=ERROR ',
  'ts=2025-01-01T00:00:00Z ',
  'time="Jan 1 10:00:00" ',
  'msg="a \\" b" ',
  'msg=hello ',
  'msg="open',
  'a=b ',
  '=',
  'x= ',
  'bare ',
  ' = ',
  'time=1700000000 ',
);
const oddPieces = fc.constantFrom(
  '\x1b[31m',
  '\x1b[0m',
  '\x1b[1;38;5;208m',
  '\x1b[',
  '\x1b',
  'é',
  '😀',
  '\u00a0',
  '\ufeff',
  '\0',
  '\t',
  '  ',
  '\r',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '|',
  ' - ',
  ': ',
  ' ',
  '---',
  '0',
  '9',
  'Caused by:',
  '\tat x.Y(Z.java:1)',
);

const pieces = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...samples), fc.nat(120), fc.nat(120))
      .map(([text, from, count]) => bytesOf(text).subarray(from, from + count)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...samples), fc.nat(120))
      .map(([text, count]) => bytesOf(text).subarray(0, count)),
  },
  { weight: 3, arbitrary: times.map(bytesOf) },
  { weight: 1, arbitrary: epochs.map(bytesOf) },
  { weight: 2, arbitrary: levelWords.map(bytesOf) },
  { weight: 2, arbitrary: jsonPieces.map(bytesOf) },
  { weight: 1, arbitrary: logfmtPieces.map(bytesOf) },
  { weight: 2, arbitrary: oddPieces.map(bytesOf) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }) },
);
const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const spliced = fc.array(pieces, { maxLength: 7 }).map(joined);
/** A sample with a few bytes exchanged, so that it goes deep into its format before it fails, or does not. */
const mutated = fc
  .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(160), pieces), { maxLength: 2 }))
  .map(([text, changes]) =>
    changes.reduce(
      (bytes, [at, piece]) => joined([bytes.subarray(0, at), piece, bytes.subarray(at + (piece.length & 3))]),
      bytesOf(text),
    ),
  );
/** A header that a layout may take, since it begins like one. */
const headed = fc
  .tuple(
    times,
    fc.constantFrom(' ', '  ', ' [', '\t', ''),
    levelWords,
    fc.constantFrom(' ', ': ', '] ', ' [a.b] '),
    spliced,
  )
  .map(([time, gap, level, gap2, rest]) => joined([bytesOf(time + gap + level + gap2), rest]));
const object = fc.array(jsonPieces, { maxLength: 12 }).map((parts) => bytesOf(`{${parts.join('')}`));
const pairs = fc.array(logfmtPieces, { maxLength: 6 }).map((parts) => bytesOf(parts.join('')));

const lines = fc.oneof(
  { weight: 3, arbitrary: spliced },
  { weight: 4, arbitrary: mutated },
  { weight: 3, arbitrary: headed },
  object,
  pairs,
  fc.constant(new Uint8Array(0)),
);
const texts = fc
  .tuple(fc.array(fc.tuple(lines, fc.constantFrom('\n', '\n', '\n', '\r\n')), { maxLength: 8 }), fc.option(lines))
  .map(([whole, last]) =>
    joined([...whole.flatMap(([line, ending]) => [line, bytesOf(ending)]), last ?? new Uint8Array(0)]),
  );

// ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

describe('the two machines read alike', () => {
  test.each(FORMATS)('the samples of $id', (format) => {
    const program = programOf([format]);
    const text = format.samples.map((sample) => sample.text).join('\n');
    expect(recordCount(agreed(program, text))).toBe(format.samples.length);
    agreed(program, text.replaceAll('\n', '\r\n'), { shift: 5 });
    for (const step of [1, 7, 64])
      expect(recordCount(agreed(program, `${text}\n`, { step }))).toBe(format.samples.length);
  });

  test.each(groups.map((group) => [group.map(({ id }) => id).join(', '), group] as const))(
    'all samples in turn, as %s',
    (_, group) => {
      const result = agreed(programOf(group), samples.join('\n'));
      expect(recordCount(result)).toBeGreaterThan(3);
    },
  );

  test('lines that no one wrote, by one format', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...FORMATS), fc.nat(15), (text, format, shift) => {
        agreed(programOf([format]), text, { shift });
      }),
      { ...SEED, numRuns: 1500 },
    );
  });

  test('lines that no one wrote, by several formats', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...groups), fc.constantFrom(1, 7, 64, undefined), (text, group, step) => {
        agreed(programOf(group), text, step === undefined ? {} : { step });
      }),
      { ...SEED, numRuns: 1000 },
    );
  });

  test('headers with every kind of time, by the formats that take nearly everything', () => {
    const general = FORMATS.slice(-12);
    fc.assert(
      fc.property(fc.array(headed, { minLength: 2, maxLength: 8 }), fc.constantFrom(...general), (some, format) => {
        agreed(programOf([format]), joined(some.flatMap((line) => [line, bytesOf('\n')])));
      }),
      { ...SEED, numRuns: 800 },
    );
  });

  test('objects that break off anywhere', () => {
    const structured = FORMATS.filter(({ kind }) => kind === 'json' || kind === 'logfmt');
    fc.assert(
      fc.property(fc.oneof(object, pairs), fc.constantFrom(...structured), fc.nat(300), (line, format, cut) => {
        agreed(programOf([format]), line.subarray(0, cut));
      }),
      { ...SEED, numRuns: 1000 },
    );
  });
});

describe('where the bytes lie makes no difference', () => {
  test('the same records however the limit moves, whatever is behind it, at every alignment', () => {
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom(...groups),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(15),
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        (text, group, step, shift, behind) => {
          const program = programOf(group);
          const { statuses: _, ...wanted } = runIndex(SIMD, program.bytes, text);
          const { statuses: _1, ...found } = runIndex(SIMD, program.bytes, text, { step, shift, behind });
          if (JSON.stringify(found) !== JSON.stringify(wanted)) expect(found).toEqual(wanted);
        },
      ),
      { ...SEED, numRuns: 300 },
    );
  });

  test('a line reads the same whatever stood before it: what is remembered never changes an answer', () => {
    const read = (machine: FormatMachine, line: Uint8Array) => {
      const match = machine.match(line, 0, line.length);
      return match === null ? null : { ...match, fields: [] };
    };
    fc.assert(
      // Times that share most of their text: what one remembers, the next could take by mistake.
      fc.property(
        fc.array(fc.tuple(moments, zones, fractions), { minLength: 2, maxLength: 4 }),
        fc.constantFrom(...FORMATS.filter(({ kind }) => kind !== 'plain')),
        fc.nat(3),
        (parts, format, style) => {
          const program = programOf([format]);
          const used = new FormatMachine(program.bytes);
          for (const [{ minute }, zone, fraction] of parts) {
            const clock = `10:${two(minute)}`;
            const line = bytesOf(
              [
                `2025-01-01 ${clock}:00${fraction}${zone} INFO [x] y`,
                `2025-01-01 ${clock}${zone} INFO y`,
                `20250101T10${two(minute)}00${zone} INFO y`,
                `1.2.3.4 - - [01/Jan/2025:${clock}:00${fraction}${zone}] "GET / HTTP/1.1" 200 5`,
              ][style] as string,
            );
            expect(read(used, line)).toEqual(read(new FormatMachine(program.bytes), line));
          }
        },
      ),
      { ...SEED, numRuns: 3000 },
    );
  });

  test.each([
    ['generic-iso', '2025-01-01 10:00 INFO a', '2025-01-01 10:00Z INFO b'],
    [
      'rails-request',
      'Started GET "/" for 127.0.0.1 at 2025-01-01 10:00:00 +00',
      'Started GET "/" for 127.0.0.1 at 2025-01-01 10:00:00 +00:30',
    ],
  ])('%s: the time of the first line is not taken for that of the second, which goes on', (id, first, second) => {
    const program = programOf(FORMATS.filter((format) => format.id === id));
    const alone = agreed(program, second);
    const together = agreed(program, `${first}\n${second}`);
    expect(alone.summary.hasFirst).toBe(1);
    expect(together.summary.lastRaw).toBe(alone.summary.firstRaw);
  });
});

test('blocks, growing tables and wide times interrupt and go on alike', () => {
  fc.assert(
    fc.property(
      texts,
      fc.constantFrom(...groups),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(2, 4, 8),
      fc.integer({ min: 0, max: 9 }),
      (text, group, capacity, wideCapacity, tableSlots, entryLimit) => {
        agreed(programOf(group), text, { capacity, wideCapacity, tableSlots, entryLimit });
      },
    ),
    { ...SEED, numRuns: 500 },
  );
});
