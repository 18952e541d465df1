/** What was typed, as data: which verb, its options, its files. Knows the verbs' words only by their schemas. */
import { parseArgs } from 'node:util';

import type { OptionSpec, OptionValue, Verb } from '../src/engine/verbs/verb';
import { suggest } from './suggest';

/** Wrong usage: the message is a sentence for people, the hint says what to do next. */
export class UsageError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

export type Command =
  | { readonly kind: 'help'; readonly verb: Verb | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'formats'; readonly isJson: boolean }
  | VerbCommand;

export interface VerbCommand {
  readonly kind: 'verb';
  readonly verb: Verb;
  readonly operands: Readonly<Record<string, string>>;
  /** Paths; `-` is standard input. */
  readonly files: readonly string[];
  /** The verb's own options, by long name. */
  readonly options: Readonly<Record<string, OptionValue>>;
  /** Forced format id. */
  readonly format: string | undefined;
  /** Forced encoding. */
  readonly encoding: string | undefined;
  /** Zone of times that name none. */
  readonly zone: string | undefined;
}

/** How files are read: the same for every verb. */
export const READING_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'format',
    kind: 'text',
    placeholder: 'ID',
    summary: 'read the files as this format (see --formats) instead of detecting it',
  },
  {
    name: 'encoding',
    kind: 'text',
    placeholder: 'NAME',
    summary:
      'read the files in this encoding instead of detecting it: utf-8, windows-1252, shift_jis, gb18030, koi8-r …',
  },
  {
    name: 'zone',
    kind: 'text',
    placeholder: 'ZONE',
    summary: 'zone of times that name none: Europe/Berlin, +02:00, UTC (the default)',
  },
];

export const GENERAL_OPTIONS: readonly OptionSpec[] = [
  { name: 'formats', kind: 'flag', summary: 'list the formats that can be read' },
  { name: 'help', short: 'h', kind: 'flag', summary: 'show help; after a verb, about that verb' },
  { name: 'version', short: 'V', kind: 'flag', summary: 'show the version' },
];

/**
 * @param args  without the program's name
 * @throws UsageError
 */
export function readCommandLine(args: readonly string[], verbs: readonly Verb[]): Command {
  const [first, ...rest] = args;
  if (first === undefined) throw new UsageError('say what to do', 'try: loupe triage FILE, or loupe --help');
  if (first === 'help') return readHelp(rest, verbs);
  const verb = verbs.find((one) => one.name === first);
  if (verb !== undefined) return readVerb(verb, rest);
  if (first.startsWith('-') && first !== '-') return readGeneral(args);

  const nearest = suggest(first, [...verbs.map((one) => one.name), 'help']);
  const names = verbs.map((one) => one.name).join(', ');
  throw new UsageError(
    `there is no verb "${first}"`,
    nearest === undefined
      ? `the verbs are ${names}; to look at a file, try: loupe triage ${quote(first)}`
      : `did you mean "${nearest}"?`,
  );
}

function quote(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function readHelp(args: readonly string[], verbs: readonly Verb[]): Command {
  const [name] = args;
  if (name === undefined) return { kind: 'help', verb: null };
  const verb = verbs.find((one) => one.name === name);
  if (verb !== undefined) return { kind: 'help', verb };
  const nearest = suggest(
    name,
    verbs.map((one) => one.name),
  );
  throw new UsageError(
    `there is no verb "${name}"`,
    nearest === undefined ? 'loupe --help lists them' : `did you mean "${nearest}"?`,
  );
}

/** A line that begins with an option and names no verb. */
function readGeneral(args: readonly string[]): Command {
  const specs: readonly OptionSpec[] = [...GENERAL_OPTIONS, { name: 'json', kind: 'flag', summary: '' }];
  const { values, positionals } = readWords(args, specs, 'options of a verb come after it: loupe grep -n FILTER FILE');
  if (values.help === true) return { kind: 'help', verb: null };
  if (values.version === true) return { kind: 'version' };
  if (values.formats === true) return { kind: 'formats', isJson: values.json === true };
  const [word] = positionals;
  throw new UsageError(
    word === undefined ? 'say what to do' : `options come after the verb`,
    word === undefined
      ? 'try: loupe triage FILE, or loupe --help'
      : `try: loupe ${[quote(word), ...args.filter((arg) => arg !== word).map(quote)].join(' ')}`,
  );
}

function readVerb(verb: Verb, args: readonly string[]): Command {
  const specs = [...verb.options, ...READING_OPTIONS, ...GENERAL_OPTIONS];
  const { values, positionals } = readWords(args, specs, `loupe ${verb.name} --help lists its options`);
  if (values.help === true) return { kind: 'help', verb };
  if (values.version === true) return { kind: 'version' };
  if (values.formats === true) return { kind: 'formats', isJson: values.json === true };

  const operands: Record<string, string> = {};
  verb.operands.forEach((operand, index) => {
    const word = positionals[index];
    if (word === undefined) throw new UsageError(`${verb.name} needs a ${operand.name}`, `usage: ${usage(verb)}`);
    operands[operand.name] = word;
  });
  const files = positionals.slice(verb.operands.length);
  if (files.length === 0)
    throw new UsageError(`${verb.name} needs a FILE`, `give - to read a pipe; usage: ${usage(verb)}`);
  if (verb.sources === 'one' && files.length > 1)
    throw new UsageError(`${verb.name} takes one FILE, not ${files.length}`, 'call it once for each');
  if (files.filter((file) => file === '-').length > 1)
    throw new UsageError('- is there twice', 'a pipe can be read only once');

  const own = new Set(verb.options.map((option) => option.name));
  return {
    kind: 'verb',
    verb,
    operands,
    files,
    options: Object.fromEntries(Object.entries(values).filter(([name]) => own.has(name))),
    format: toText(values.format),
    encoding: toText(values.encoding),
    zone: toText(values.zone),
  };
}

function toText(value: OptionValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** "loupe grep [OPTION]… FILTER FILE…" */
export function usage(verb: Verb): string {
  return [
    'loupe',
    verb.name,
    '[OPTION]…',
    ...verb.operands.map((operand) => operand.name),
    verb.sources === 'one' ? 'FILE' : 'FILE…',
  ].join(' ');
}

interface Words {
  readonly values: Readonly<Record<string, OptionValue>>;
  readonly positionals: readonly string[];
}

function readWords(args: readonly string[], specs: readonly OptionSpec[], hint: string): Words {
  const options = Object.fromEntries(
    specs.map(({ name, short, kind }) => [
      name,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), ...(short === undefined ? {} : { short }) },
    ]),
  );
  // Not strict: its errors know no suggestions. What it would refuse is refused here.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values: Record<string, OptionValue> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = specs.find((one) => one.name === token.name);
    if (spec === undefined) throw unknownOption(token.rawName, specs, hint);
    values[spec.name] = readValue(spec, token, specs);
  }
  return { values, positionals };
}

interface OptionToken {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function readValue(spec: OptionSpec, token: OptionToken, specs: readonly OptionSpec[]): OptionValue {
  if (spec.kind === 'flag') {
    if (token.value !== undefined)
      throw new UsageError(`${token.rawName} takes no value`, `write ${token.rawName} alone`);
    return true;
  }
  const name = `${token.rawName} ${spec.placeholder ?? 'VALUE'}`;
  const isNextOption = token.inlineValue === false && token.value !== undefined && isOption(token.value, specs);
  if (token.value === undefined || token.value === '' || isNextOption) {
    throw new UsageError(`${token.rawName} needs a value`, `write ${name}`);
  }
  if (spec.kind === 'text') return token.value;
  const count = Number(token.value);
  if (!/^\d+$/.test(token.value) || count < 1 || !Number.isSafeInteger(count)) {
    throw new UsageError(`${token.rawName} takes a whole number from 1 on, not "${token.value}"`, `write ${name}`);
  }
  return count;
}

/** Whether a word is an option that exists; `-15m` is none, so it can be a value. */
function isOption(word: string, specs: readonly OptionSpec[]): boolean {
  if (word === '--') return true;
  if (word.startsWith('--'))
    return specs.some((spec) => word === `--${spec.name}` || word.startsWith(`--${spec.name}=`));
  return specs.some((spec) => spec.short !== undefined && word.startsWith(`-${spec.short}`) && !/^-\d/.test(word));
}

function unknownOption(rawName: string, specs: readonly OptionSpec[], hint: string): UsageError {
  const isShort = !rawName.startsWith('--');
  const nearest = suggest(
    rawName.replace(/^-+/, ''),
    specs.map((spec) => spec.name),
  );
  if (nearest !== undefined && !isShort)
    return new UsageError(`there is no option ${rawName}`, `did you mean --${nearest}?`);
  return new UsageError(`there is no option ${rawName}`, hint);
}
