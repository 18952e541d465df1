/** Every sample of every format, through the portable machine; and lines that no one wrote. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { FLAG_ABSOLUTE, FLAG_DATELESS, FLAG_YEARLESS } from '../kernels/index-layout';
import type { LineMatch } from '../kernels/portable/index-machine';
import { toLevel } from '../records/record';
import type { Format } from './format';
import { compileProgram, matchLine, type Program } from './program';
import { FORMATS } from './registry';
import { ZONE_NAME_MAX, ZONE_OFFSETS } from './zones';

const programs = new Map<string, Program>();

function programOf(format: Format): Program {
  const known = programs.get(format.id);
  if (known !== undefined) return known;
  const made = compileProgram([format]);
  programs.set(format.id, made);
  return made;
}

/** The time as samples write it: Z for absolute, `--MM-DD…` year-less, `T…` date-less. */
function written(match: LineMatch): string | undefined {
  if (match.raw === null) return undefined;
  const iso = new Date(match.raw).toISOString().replace(/\.000Z$/, 'Z');
  if ((match.flags & FLAG_ABSOLUTE) !== 0) return iso;
  const local = iso.slice(0, -1);
  if ((match.flags & FLAG_DATELESS) !== 0) return local.slice(10);
  if ((match.flags & FLAG_YEARLESS) !== 0) return `-${local.slice(4)}`;
  return local;
}

/** Samples leave out trailing zeros; compare times without them. */
function plainTime(time: string | undefined): string | undefined {
  return time?.replace(/\.(\d*?)0+(Z?)$/, (_, digits: string, zone: string) =>
    digits === '' ? zone : `.${digits}${zone}`,
  );
}

/** Any JSON format takes any object: which one is meant, detection tells by the keys they require. */
function isText(format: Format): boolean {
  return format.kind === 'layout' || format.kind === 'logfmt';
}

const samples = FORMATS.flatMap((format) =>
  format.samples.map((sample) => ({ id: format.id, format, sample, line: sample.text.split('\n')[0] ?? '' })),
);

describe('the registry', () => {
  test('has every format once, with documentation and three samples', () => {
    expect(new Set(FORMATS.map((format) => format.id)).size).toBe(FORMATS.length);
    for (const format of FORMATS) {
      expect(format.source, format.id).toMatch(/^https?:\/\/\S+$/);
      expect(format.samples.length, format.id).toBeGreaterThanOrEqual(3);
      expect(['Applications', 'System', 'Web', 'Containers', 'Structured', 'Mobile', 'Text'], format.id).toContain(
        format.family,
      );
    }
  });

  test('ends with plain text, which takes what no other takes', () => {
    expect(FORMATS[FORMATS.length - 1]?.id).toBe('plain');
  });

  test('has level words of its own that fit beside the common ones', () => {
    const words = new Set(FORMATS.flatMap((format) => Object.keys(format.levels ?? {})));
    for (const word of words) expect(word).toMatch(/^[a-z]{2,15}$/);
    expect(words.size).toBeLessThan(40);
  });
});

describe('samples', () => {
  test.each(samples)('$id reads: $line', ({ format, sample, line }) => {
    const bytes = new TextEncoder().encode(line);
    const match = matchLine(programOf(format), bytes);
    expect(match).not.toBeNull();
    if (match === null) return;
    const text = (start: number, end: number) =>
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
    const fields = Object.fromEntries(match.fields.map((field) => [field.name, text(field.start, field.end)]));
    expect({
      time: plainTime(written(match)),
      level: toLevel(match.level),
      message: text(match.messageStart, match.messageEnd),
      fields: Object.fromEntries(Object.keys(sample.fields ?? {}).map((name) => [name, fields[name]])),
    }).toEqual({
      time: plainTime(sample.time),
      level: sample.level ?? null,
      message: sample.message,
      fields: sample.fields ?? {},
    });
  });

  const continued = samples.filter(({ sample }) => sample.text.includes('\n'));
  test.each(continued)('$id keeps the lines below with: $line', ({ format, sample }) => {
    for (const line of sample.text.split('\n').slice(1)) {
      expect(matchLine(programOf(format), line), line).toBeNull();
    }
  });
});

describe('order', () => {
  test.each(FORMATS)('no format before $id takes all of its samples', (format) => {
    const lines = samples.filter(({ id }) => id === format.id).map(({ line }) => line);
    const earlier = FORMATS.slice(0, FORMATS.indexOf(format))
      .filter(isText)
      .filter((other) => lines.every((line) => matchLine(programOf(other), line) !== null));
    expect(earlier.map((other) => other.id)).toEqual([]);
  });
});

describe('lines that no one wrote', () => {
  // Samples cut, joined and sprinkled with foreign bytes reach deeper than noise does.
  const lines = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .tuple(
        fc.constantFrom(...samples),
        fc.nat(300),
        fc.constantFrom(...samples),
        fc.nat(300),
        fc.uint8Array({ maxLength: 6 }),
      )
      .map(([a, cutA, b, cutB, noise]) => {
        const head = new TextEncoder().encode(a.line).subarray(0, cutA);
        const tail = new TextEncoder().encode(b.line).subarray(cutB);
        return Uint8Array.from([...head, ...noise, ...tail]);
      }),
    fc
      .tuple(
        fc.constantFrom('[', '(', '{', '<', '"', "'", ' ', ':', '|', '=', '-', ',', '.', '\\'),
        fc.integer({ min: 1, max: 3000 }),
      )
      .map(([c, count]) => new TextEncoder().encode(c.repeat(count))),
  );

  test('no format crashes, hangs or answers outside of the line', () => {
    fc.assert(
      fc.property(lines, (bytes) => {
        const line = bytes.map((byte) => (byte === 10 ? 32 : byte));
        for (const format of FORMATS) {
          const match = matchLine(programOf(format), line);
          if (match === null) continue;
          expect(match.messageStart).toBeGreaterThanOrEqual(0);
          expect(match.messageEnd).toBeLessThanOrEqual(line.length);
          expect(match.messageStart).toBeLessThanOrEqual(match.messageEnd);
          expect(match.level).toBeLessThanOrEqual(6);
          if (match.raw !== null) expect(Number.isFinite(match.raw)).toBe(true);
          for (const field of match.fields) {
            expect(field.start).toBeGreaterThanOrEqual(0);
            expect(field.start).toBeLessThanOrEqual(field.end);
            expect(field.end).toBeLessThanOrEqual(line.length);
          }
        }
      }),
      { seed: 20250101, numRuns: 150 },
    );
  });
});

describe('zones', () => {
  test('are named in capitals, no longer than told, and within a day of UTC in quarter hours', () => {
    for (const [name, minutes] of Object.entries(ZONE_OFFSETS)) {
      expect(name).toMatch(/^[A-Z]+$/);
      expect(name.length).toBeLessThanOrEqual(ZONE_NAME_MAX);
      expect(Math.abs(minutes)).toBeLessThanOrEqual(14 * 60);
      expect(Math.abs(minutes % 15)).toBe(0);
    }
  });

  test('stand before a message only when a zone is named', () => {
    const program = compileProgram(FORMATS.filter((format) => format.id === 'generic-iso'));
    const withZone = matchLine(program, '2025-01-01 10:00:00 CEST ready');
    expect(withZone?.raw).toBe(Date.UTC(2025, 0, 1, 8));
    const without = matchLine(program, '2025-01-01 10:00:00 ESTABLISHED ready');
    expect(without?.raw).toBe(Date.UTC(2025, 0, 1, 10));
    expect(without?.flags).toBe(0);
  });
});
