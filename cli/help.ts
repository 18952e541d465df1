/** Help, written from the verbs' schemas. */
import type { OptionSpec, Verb } from '../src/engine/verbs/verb';
import { GENERAL_OPTIONS, READING_OPTIONS, usage } from './command-line';

const MAX_WIDTH = 100;

/** @param columns  width of the screen; lines are broken at 100 at the latest */
export function generalHelp(verbs: readonly Verb[], columns: number): string {
  const width = Math.min(columns, MAX_WIDTH);
  return [
    'Loupe tells what is in a log: when it broke, what is in it, how it was read. Files stay where they are.',
    '',
    'usage: loupe VERB [OPTION]… FILE…',
    '',
    ...table(
      verbs.map((verb) => [verb.name, verb.summary]),
      width,
    ),
    '',
    'Every verb:',
    ...table(
      [...READING_OPTIONS, ...GENERAL_OPTIONS].map((option) => [optionText(option), option.summary]),
      width,
    ),
    '',
    ...wrap('FILE may be gzipped. - reads a pipe. After --, nothing is an option any more.', width),
    'loupe VERB --help tells more. Environment: LOUPE_WORKERS (threads), NO_COLOR.',
  ].join('\n');
}

export function verbHelp(verb: Verb, columns: number): string {
  const width = Math.min(columns, MAX_WIDTH);
  return [
    ...wrap(`loupe ${verb.name}: ${verb.summary}.`, width),
    '',
    `usage: ${usage(verb)}`,
    '',
    ...table(
      [
        ...verb.operands.map((operand): [string, string] => [operand.name, operand.summary]),
        ['FILE', 'a log, also gzipped; - reads a pipe'],
        ...[...verb.options, ...READING_OPTIONS, ...GENERAL_OPTIONS].map((option): [string, string] => [
          optionText(option),
          option.summary,
        ]),
      ],
      width,
    ),
    ...verb.notes.flatMap((note) => ['', ...wrap(note, width)]),
    '',
    'Examples:',
    ...verb.examples.map((example) => `  ${example}`),
  ].join('\n');
}

function optionText(option: OptionSpec): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  return `${short}--${option.name}${option.placeholder === undefined ? '' : ` ${option.placeholder}`}`;
}

/** Two columns; the second is wrapped and stays in its column. */
export function table(rows: readonly (readonly [string, string])[], width: number): string[] {
  const first = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows.flatMap(([name, text]) =>
    wrap(text, Math.max(20, width - first)).map(
      (line, index) => `${(index === 0 ? `  ${name}` : '').padEnd(first)}${line}`,
    ),
  );
}

/** Breaks at blanks; a word longer than `width` keeps its length. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
