/** Learned layouts are quicker ways to the same answers. */

import { describe, expect, test } from 'vitest';

import type { LineMatch } from '../kernels/portable/index-machine';
import type { LayoutFormat } from './format';
import { learnLayouts } from './learn';
import { parsePattern } from './pattern';
import { compileProgram, matchLine } from './program';
import { FORMATS } from './registry';

const layoutFormats = FORMATS.filter((format): format is LayoutFormat => format.kind === 'layout');
const bytesOf = (line: string): Uint8Array => new TextEncoder().encode(line);
const firstLines = (format: LayoutFormat): string[] => format.samples.map(({ text }) => text.split('\n')[0] ?? '');
/** As a sample of a file has them: a path that only one line takes is none. */
const often = (lines: readonly string[]): Uint8Array[] =>
  lines.flatMap((line) => Array.from({ length: 5 }, () => bytesOf(line)));

/** What the columns hold. */
function columns(match: LineMatch | null): object | null {
  if (match === null) return null;
  const { format, raw, level, flags } = match;
  return { format, raw, level, flags };
}

/** The same, and where the message begins. */
function seen(match: LineMatch | null): object | null {
  return match === null ? null : { ...columns(match), messageStart: match.messageStart };
}

function programs(format: LayoutFormat, lines: readonly string[]) {
  const learned = learnLayouts(format, often(lines));
  return { learned, quick: compileProgram([format], new Map([[format.id, learned]])), full: compileProgram([format]) };
}

function formatOf(...layouts: string[]): LayoutFormat {
  return { kind: 'layout', id: 'test', title: '', family: '', source: '', samples: [], layouts };
}

describe('lines that the paths were learned from read as before', () => {
  test.each(layoutFormats)('time and level of all samples of $id together', (format) => {
    const lines = firstLines(format);
    const { quick, full } = programs(format, lines);
    for (const line of lines) expect(columns(matchLine(quick, line)), line).toEqual(columns(matchLine(full, line)));
  });

  test.each(layoutFormats.flatMap((format) => firstLines(format).map((line) => [format.id, line, format] as const)))(
    '%s, all lines like: %s',
    (_, line, format) => {
      const { quick, full } = programs(format, [line]);
      expect(seen(matchLine(quick, line))).toEqual(seen(matchLine(full, line)));
    },
  );
});

describe('lines off the paths', () => {
  test.each(layoutFormats)('the full layouts of $id still take the samples that no path was learned from', (format) => {
    for (const line of firstLines(format)) {
      const { quick, full } = programs(format, [line]);
      for (const other of firstLines(format)) {
        expect(columns(matchLine(quick, other)), `${other}\n  learned from ${line}`).toEqual(
          columns(matchLine(full, other)),
        );
      }
    }
  });

  test.each(layoutFormats)('lines below a record of $id begin none', (format) => {
    const { quick } = programs(format, firstLines(format));
    for (const { text } of format.samples)
      for (const line of text.split('\n').slice(1)) expect(matchLine(quick, line), line).toBeNull();
  });
});

describe('paths', () => {
  const format = formatOf('{level}( [{thread}])?( {logger}:)? {message}');

  test('groups are spelled out or left out, the longest path first', () => {
    const lines = ['INFO [main] pool: up', 'INFO [main] pool: down', 'WARN up', 'WARN down'];
    expect(programs(format, lines).learned).toEqual([
      parsePattern('{level} [{thread}] {logger}: {message}'),
      parsePattern('{level} {message}'),
    ]);
  });

  test('what one line in a hundred takes is no path of its own', () => {
    const lines = [...Array.from({ length: 99 }, (_, i) => `INFO line ${i}`), 'INFO [main] pool: up'];
    expect(learnLayouts(format, lines.map(bytesOf))).toHaveLength(1);
  });

  test('a layout without choices needs none', () => {
    expect(learnLayouts(formatOf('{level} {message}'), often(['INFO a', 'WARN b']))).toEqual([]);
  });

  test('lines that the format refuses teach nothing', () => {
    expect(learnLayouts(format, often(['no level here', '', '\tat x']))).toEqual([]);
  });

  test('optional parts of a time are spelled out too, and what may be behind them is refused', () => {
    const timed = formatOf('{time:HH:mm:ss?[,.]?f?z}(:)? {message}');
    expect(programs(timed, ['10:00:00.5 up', '10:00:01.25 down']).learned).toEqual([
      parsePattern('{time:HH:mm:ss[,.]f}(!{time:z}) {message}'),
    ]);
  });

  test('a level behind the time leaves no room for more of it', () => {
    const timed = formatOf('{time:HH:mm:ss?.?f?z}(:)? {level} {message}');
    expect(programs(timed, ['10:00:00 INFO up', '10:00:01 INFO down']).learned).toEqual([
      parsePattern('{time:HH:mm:ss} {level} {message}'),
    ]);
  });

  test('a path that would hide a time or a level is none', () => {
    expect(programs(formatOf('{level} {time:HH:mm} {message}', '{level} {message}'), ['INFO up']).learned).toEqual([]);
    expect(programs(formatOf('{time:HH:mm}( {level})? {message}'), ['10:00 up']).learned).toEqual([]);
    expect(programs(formatOf('{time:HH:mm}( {level})? {scan}{message}'), ['10:00 up']).learned).toHaveLength(1);
  });

  test('in a log whose lines name no logger, a dash does not make one', () => {
    const dashed = formatOf('{level}( {logger:word} -)? {message}');
    const { quick, full } = programs(dashed, ['INFO started up', 'INFO stopped again']);
    const line = 'INFO pool - closed';
    expect(matchLine(full, line)?.messageStart).toBe(line.indexOf('closed'));
    expect(matchLine(quick, line)?.messageStart).toBe(line.indexOf('pool'));
  });
});
