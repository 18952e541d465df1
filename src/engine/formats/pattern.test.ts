/** The pattern language: what it reads, and what its errors say. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { LayoutFormat } from './format';
import { PatternError, parsePattern, parseTimeLayout } from './pattern';
import { compileProgram, matchLine } from './program';
import { FORMATS } from './registry';

function errorOf(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
  return 'no error';
}

/** Fields, level and message that one layout finds. */
function read(layout: string, line: string): Record<string, string | number> | null {
  const format: LayoutFormat = {
    kind: 'layout',
    id: 'test',
    title: '',
    family: '',
    source: '',
    samples: [],
    layouts: [layout],
  };
  const bytes = new TextEncoder().encode(line);
  const match = matchLine(compileProgram([format]), bytes);
  if (match === null) return null;
  const text = (start: number, end: number) => new TextDecoder().decode(bytes.subarray(start, end));
  return {
    ...Object.fromEntries(match.fields.map(({ name, start, end }) => [name, text(start, end)])),
    level: match.level,
    message: text(match.messageStart, match.messageEnd),
  };
}

describe('a pattern that is not well formed is refused, with the place', () => {
  test.each([
    ['a (b', 'a ( without ) at 2 in "a (b"'],
    ['a (b|c', 'a ( without ) at 2 in "a (b|c"'],
    ['a (b (c) d', 'a ( without ) at 2 in "a (b (c) d"'],
    ['a) b', 'unexpected ) at 1 in "a) b"'],
    ['a|b', 'unexpected | at 1 in "a|b"'],
    ['{a', 'a { without } at 0 in "{a"'],
    ['x {a:word', 'a { without } at 2 in "x {a:word"'],
    ['a}', 'a } without { at 1 in "a}"'],
    ['a\\', 'a \\ at the end at 2 in "a\\\\"'],
    ['x {level:loud}', 'unknown level kind loud at 2 in "x {level:loud}"'],
    ['x {a:what}', 'unknown field kind what at 2 in "x {a:what}"'],
    ['{1a}', 'bad field name 1a at 0 in "{1a}"'],
    ['{}', 'bad field name  at 0 in "{}"'],
    ['{a b:word}', 'bad field name a b at 0 in "{a b:word}"'],
  ])('%j', (pattern, message) => {
    expect(errorOf(() => parsePattern(pattern))).toBe(message);
  });

  test.each([
    ["yyyy'T", 'an open quote at 4 in "yyyy\'T"'],
    ['HH[,.', 'an open [ at 2 in "HH[,."'],
    ['HH?', 'a ? with nothing behind it at 3 in "HH?"'],
    ['HH??f', 'two ? in a row at 3 in "HH??f"'],
  ])('the time layout %j', (layout, message) => {
    expect(errorOf(() => parseTimeLayout(layout))).toBe(message);
  });

  test('a mistake in a time says where in the time', () => {
    expect(errorOf(() => parsePattern('x {time:HH?} y'))).toBe('a ? with nothing behind it at 3 in "HH?"');
  });

  test('no text makes the parser fail in another way, or hang', () => {
    const texts = fc.array(
      fc.constantFrom(
        '(',
        ')',
        '|',
        '?',
        '{',
        '}',
        ':',
        '=',
        '\\',
        '!',
        ' ',
        'a',
        '{level}',
        '{time:',
        '{message}',
        "'",
        '[',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(texts, (parts) => {
        const error = errorOf(() => parsePattern(parts.join('')));
        expect(typeof error).toBe('string');
      }),
      { seed: 20261120, numRuns: 2000 },
    );
  });

  test('{name:until=} needs a text', () => {
    expect(() => read('{a:until=}x', 'x')).toThrow('needs a text');
  });

  test.each(FORMATS.flatMap((format) => (format.kind === 'layout' ? format.layouts : [])))(
    'ours are well formed: %s',
    (layout) => {
      expect(parsePattern(layout).length).toBeGreaterThan(0);
    },
  );
});

describe('a pattern reads', () => {
  test.each([
    ['text', 'a\\(b\\) {message}', 'a(b) c', { level: 0, message: 'c' }],
    ['one blank as any number of blanks and tabs', 'a {x} {message}', 'a \t b   c', { x: 'b', level: 0, message: 'c' }],
    [
      'a field up to the next byte of the pattern',
      '{x}:{y}\\]{message}',
      'a b:c d]e',
      { x: 'a b', y: 'c d', level: 0, message: 'e' },
    ],
    ['a field without blanks before a blank', '{x} {message}', 'a:b c', { x: 'a:b', level: 0, message: 'c' }],
    ['words, whatever follows', '{x:word}{message}', 'a:b c', { x: 'a:b', level: 0, message: 'c' }],
    ['digits', '{x:digits2}{y:digits}-{message}', '12345-x', { x: '12', y: '345', level: 0, message: 'x' }],
    ['all but some', '{x:not=,;}{message}', 'ab;c', { x: 'ab', level: 0, message: ';c' }],
    ['up to a text', '{x:until=-->}--> {message}', 'a -- b --> c', { x: 'a -- b ', level: 0, message: 'c' }],
    ['brackets in brackets', '{x:nested} {message}', '(a (b)) c', { x: '(a (b))', level: 0, message: 'c' }],
    ['quotes in quotes', '{x:quoted} {message}', '"a \\" b" c', { x: '"a \\" b"', level: 0, message: 'c' }],
    [
      'an optional part that is there',
      '{x:alpha}( [{y}\\])?: {message}',
      'a [b]: c',
      { x: 'a', y: 'b', level: 0, message: 'c' },
    ],
    ['an optional part that is not', '{x:alpha}( [{y}\\])?: {message}', 'a: c', { x: 'a', level: 0, message: 'c' }],
    ['the first alternative that fits', '({x:digits}|{y:alpha}) {message}', 'a c', { y: 'a', level: 0, message: 'c' }],
    ['what does not begin like something', '(!-){x:word} {message}', 'a c', { x: 'a', level: 0, message: 'c' }],
    ['levels', '{level}: {message}', 'Warning: c', { level: 4, message: 'c' }],
    ['levels through colours', '{level} {message}', '\x1b[31mERROR\x1b[0m c', { level: 5, message: 'c' }],
    [
      'a message that begins before fields',
      '{start}{x:word} {y:word}',
      'a b',
      { x: 'a', y: 'b', level: 0, message: 'a b' },
    ],
    ['a level in the message', '{x:word} {scan}{message}', 'a [warn] c', { x: 'a', level: 4, message: '[warn] c' }],
    ['a time and what is behind it', '{time:HH:mm?:ss?.?f} {message}', '10:00:05.5 c', { level: 0, message: 'c' }],
  ])('%s', (_, layout, line, wanted) => {
    expect(read(layout.replaceAll('\\]', ']'), line)).toEqual(wanted);
  });

  test.each([
    ['a {message}', 'b c'],
    ['{x:digits2} {message}', '123 c'],
    ['(!-){x:word} {message}', '-a c'],
    ['{level:upper} {message}', 'Error c'],
    ['{level:upper} {message}', 'OK c'],
    ['{level} {message}', 'errors c'],
    ['{x:nested} {message}', '(a c'],
    ['{time:HH:mm} {message}', '25:00 c'],
    ['{time:yyyy-MM-dd HH:mm} {message}', '2025-02-29 10:00 c'],
  ])('%s does not take %j', (layout, line) => {
    expect(read(layout, line)).toBeNull();
  });
});
