import { describe, expect, test } from 'vitest';

import { VERBS } from '../src/engine/verbs/verbs';
import { readCommandLine, UsageError, type VerbCommand } from './command-line';
import { generalHelp, table, verbHelp, wrap } from './help';
import { editDistance, suggest } from './suggest';

const read = (...args: string[]) => readCommandLine(args, VERBS);

function readVerb(...args: string[]): VerbCommand {
  const command = read(...args);
  if (command.kind !== 'verb') throw new Error(`read as ${command.kind}`);
  return command;
}

function complaint(...args: string[]): string {
  try {
    read(...args);
  } catch (error) {
    if (error instanceof UsageError) return `${error.message}: ${error.hint}`;
    throw error;
  }
  return 'no complaint';
}

describe('what was typed', () => {
  test('operands come first, then files; options stand anywhere after the verb', () => {
    const command = readVerb('grep', '-n', 'level>=error', 'a.log', '--max-count', '5', 'b.log', '--merge');
    expect(command.operands).toEqual({ FILTER: 'level>=error' });
    expect(command.files).toEqual(['a.log', 'b.log']);
    expect(command.options).toEqual({ 'line-number': true, 'max-count': 5, merge: true });
  });

  test.each([[['-m5']], [['-m', '5']], [['--max-count=5']], [['--max-count', '5']]])('%j is a count of 5', (words) => {
    expect(readVerb('grep', ...words, 'x', 'a').options).toEqual({ 'max-count': 5 });
  });

  test('short options can be written together', () => {
    expect(readVerb('grep', '-cnm3', 'x', 'a').options).toEqual({ count: true, 'line-number': true, 'max-count': 3 });
  });

  test('-- ends options, - is a file', () => {
    const command = readVerb('grep', '--json', '--', '-c', '-');
    expect(command.operands).toEqual({ FILTER: '-c' });
    expect(command.files).toEqual(['-']);
    expect(command.options).toEqual({ json: true });
  });

  test('a relative time may begin with a dash', () => {
    expect(readVerb('triage', '--since', '-15m', 'a').options).toEqual({ since: '-15m' });
    expect(readVerb('triage', '--since=-15m', 'a').options).toEqual({ since: '-15m' });
  });

  test('format and zone belong to the files, not to the verb', () => {
    const command = readVerb('parse', 'a', '--format', 'syslog', '--zone', '+02:00', '--json');
    expect(command).toMatchObject({ format: 'syslog', zone: '+02:00', options: { json: true } });
  });

  test.each([
    [['--help'], { kind: 'help', verb: null }],
    [['-h'], { kind: 'help', verb: null }],
    [['help'], { kind: 'help', verb: null }],
    [['--version'], { kind: 'version' }],
    [['--formats'], { kind: 'formats', isJson: false }],
    [['--formats', '--json'], { kind: 'formats', isJson: true }],
    [['grep', '--formats'], { kind: 'formats', isJson: false }],
  ])('%j needs no file', (args, command) => {
    expect(read(...args)).toEqual(command);
  });

  test.each([
    ['grep', '--help'],
    ['help', 'grep'],
  ])('%s %s is help about grep', (...args) => {
    expect(read(...args)).toMatchObject({ kind: 'help', verb: { name: 'grep' } });
  });
});

describe('wrong usage', () => {
  test.each([
    [[], 'say what to do: try: loupe triage FILE, or loupe --help'],
    [['grpe', 'x'], 'there is no verb "grpe": did you mean "grep"?'],
    [
      ['my app.log'],
      `there is no verb "my app.log": the verbs are triage, patterns, grep, parse; to look at a file, try: loupe triage 'my app.log'`,
    ],
    [['grep', '--cuont', 'x', 'a'], 'there is no option --cuont: did you mean --count?'],
    [['grep', '--invert', 'x', 'a'], 'there is no option --invert: did you mean --invert-match?'],
    [['grep', '--xyzzy', 'x', 'a'], 'there is no option --xyzzy: loupe grep --help lists its options'],
    [['grep', '-x', 'x', 'a'], 'there is no option -x: loupe grep --help lists its options'],
    [['grep'], 'grep needs a FILTER: usage: loupe grep [OPTION]… FILTER FILE…'],
    [['grep', 'x'], 'grep needs a FILE: give - to read a pipe; usage: loupe grep [OPTION]… FILTER FILE…'],
    [['grep', '-m', 'five', 'x', 'a'], '-m takes a whole number from 1 on, not "five": write -m N'],
    [['grep', '-m', '0', 'x', 'a'], '-m takes a whole number from 1 on, not "0": write -m N'],
    [['grep', 'x', 'a', '--since'], '--since needs a value: write --since TIME'],
    [['grep', '--since', '--json', 'x', 'a'], '--since needs a value: write --since TIME'],
    [['grep', '--json=yes', 'x', 'a'], '--json takes no value: write --json alone'],
    [['parse', 'a', 'b'], 'parse takes one FILE, not 2: call it once for each'],
    [['triage', '-', '-'], '- is there twice: a pipe can be read only once'],
    [['--json', 'parse', 'a'], 'options come after the verb: try: loupe parse --json a'],
  ])('%j', (args, text) => {
    expect(complaint(...args)).toBe(text);
  });
});

describe('help', () => {
  test('the general page names every verb', () => {
    for (const verb of VERBS) expect(generalHelp(VERBS, 80)).toContain(verb.summary.slice(0, 20));
  });

  test.each(VERBS.map((verb) => [verb.name, verb] as const))(
    'the page of %s names every option and stays within 80 columns',
    (_, verb) => {
      const page = verbHelp(verb, 80);
      for (const option of verb.options) expect(page).toContain(`--${option.name}`);
      const tooLong = page.split('\n').filter((line) => line.length > 80);
      expect(tooLong).toEqual([]);
    },
  );

  test('a long text stays in its column', () => {
    expect(table([['-x', 'one two three four five six']], 26)).toEqual(['  -x  one two three four', '      five six']);
    expect(wrap('a verylongword b', 4)).toEqual(['a', 'verylongword', 'b']);
  });

  test('no option letter or name is used twice in a verb', () => {
    for (const verb of VERBS) {
      const words = verb.options.flatMap((option) => [
        option.name,
        ...(option.short === undefined ? [] : [option.short]),
      ]);
      expect(new Set(words).size).toBe(words.length);
      expect(words).not.toContain('h');
      expect(words).not.toContain('V');
    }
  });
});

test('a swap of neighbours is one change', () => {
  expect(editDistance('grpe', 'grep')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
  expect(editDistance('kitten', 'sitting')).toBe(3);
});

test('what resembles nothing gets no suggestion', () => {
  expect(suggest('zzzz', ['count', 'merge'])).toBeUndefined();
});
