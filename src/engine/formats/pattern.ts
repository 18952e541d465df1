/** Parses the pattern language of `format.ts` into items, and time layouts into elements. Emission: `program.ts`. */

export type Item =
  | { kind: 'text'; text: string }
  | { kind: 'blank' }
  | { kind: 'field'; name: string; how: FieldKind; argument: string }
  | { kind: 'level'; how: 'word' | 'upper' | 'letter' | 'pri' | 'status' | 'number' }
  | { kind: 'time'; elements: readonly TimeElement[] }
  | { kind: 'scan' }
  | { kind: 'message' }
  | { kind: 'start' }
  | { kind: 'not'; alternatives: readonly (readonly Item[])[] }
  | { kind: 'group'; alternatives: readonly (readonly Item[])[]; isOptional: boolean };

export type FieldKind =
  | 'until-next'
  | 'word'
  | 'digits'
  | 'digits2'
  | 'digits3'
  | 'digits4'
  | 'hex'
  | 'id'
  | 'alpha'
  | 'number'
  | 'not'
  | 'until'
  | 'nested'
  | 'quoted'
  | 'cell'
  | 'status'
  | 'rest';

export type TimeElement = { isOptional: boolean } & (
  | { kind: 'text'; text: string }
  | { kind: 'class'; chars: string }
  | { kind: 'blank' }
  | { kind: 'token'; token: TimeToken }
);

const TIME_TOKENS = [
  'epoch_ms',
  'epoch_us',
  'epoch_ns',
  'epoch_s',
  'epoch',
  'yyyy',
  'MMM',
  'EEE',
  'yy',
  'MM',
  'dd',
  'HH',
  'hh',
  'mm',
  'ss',
  'M',
  'd',
  'H',
  'h',
  'm',
  's',
  'a',
  'f',
  'S',
  'z',
] as const;
export type TimeToken = (typeof TIME_TOKENS)[number];

const FIELD_KINDS: readonly FieldKind[] = [
  'word',
  'digits',
  'digits2',
  'digits3',
  'digits4',
  'hex',
  'id',
  'alpha',
  'number',
  'not',
  'until',
  'nested',
  'quoted',
  'cell',
  'status',
  'rest',
];

/** A mistake in a format's own text: a bug of ours or of a custom format, told with the place. */
export class PatternError extends Error {
  constructor(pattern: string, at: number, what: string) {
    super(`${what} at ${at} in ${JSON.stringify(pattern)}`);
    this.name = 'PatternError';
  }
}

/** @throws PatternError when the pattern is not well formed */
export function parsePattern(pattern: string): Item[] {
  let at = 0;
  const items = parseSequence();
  if (at < pattern.length) throw new PatternError(pattern, at, `unexpected ${pattern[at]}`);
  return items;

  function parseSequence(): Item[] {
    const sequence: Item[] = [];
    while (at < pattern.length) {
      const c = pattern[at] as string;
      if (c === ')' || c === '|') break;
      if (c === '(') sequence.push(parseGroup());
      else if (c === '{') sequence.push(parseBraces());
      else if (c === ' ') {
        while (pattern[at] === ' ') at++;
        sequence.push({ kind: 'blank' });
      } else if (c === '}') throw new PatternError(pattern, at, 'a } without {');
      else pushText(sequence, c === '\\' ? escaped() : c);
    }
    return sequence;
  }

  function escaped(): string {
    at++;
    if (at >= pattern.length) throw new PatternError(pattern, at, 'a \\ at the end');
    return pattern[at] as string;
  }

  function pushText(sequence: Item[], c: string): void {
    at++;
    const last = sequence[sequence.length - 1];
    if (last?.kind === 'text') last.text += c;
    else sequence.push({ kind: 'text', text: c });
  }

  function parseGroup(): Item {
    const start = at++;
    const isNot = pattern[at] === '!';
    if (isNot) at++;
    const alternatives = [parseSequence()];
    while (pattern[at] === '|') {
      at++;
      alternatives.push(parseSequence());
    }
    if (pattern[at] !== ')') throw new PatternError(pattern, start, 'a ( without )');
    at++;
    if (isNot) return { kind: 'not', alternatives };
    const isOptional = pattern[at] === '?';
    if (isOptional) at++;
    return { kind: 'group', alternatives, isOptional };
  }

  function parseBraces(): Item {
    const start = at;
    const end = pattern.indexOf('}', at);
    if (end < 0) throw new PatternError(pattern, start, 'a { without }');
    const inside = pattern.slice(at + 1, end);
    at = end + 1;
    const colon = inside.indexOf(':');
    const name = colon < 0 ? inside : inside.slice(0, colon);
    const rest = colon < 0 ? '' : inside.slice(colon + 1);
    if (name === 'message' && rest.startsWith('cell='))
      return { kind: 'field', name, how: 'cell', argument: rest.slice(5) };
    if (name === 'message') return { kind: 'message' };
    if (name === 'start') return { kind: 'start' };
    if (name === 'scan') return { kind: 'scan' };
    if (name === 'time') return { kind: 'time', elements: parseTimeLayout(rest) };
    if (name === 'level') {
      if (rest === '' || rest === 'word') return { kind: 'level', how: 'word' };
      if (rest === 'upper' || rest === 'letter' || rest === 'pri' || rest === 'status' || rest === 'number')
        return { kind: 'level', how: rest };
      throw new PatternError(pattern, start, `unknown level kind ${rest}`);
    }
    if (!/^[a-zA-Z_][\w.-]*$/.test(name)) throw new PatternError(pattern, start, `bad field name ${name}`);
    if (rest === '') return { kind: 'field', name, how: 'until-next', argument: '' };
    const equals = rest.indexOf('=');
    const how = (equals < 0 ? rest : rest.slice(0, equals)) as FieldKind;
    if (!FIELD_KINDS.includes(how)) throw new PatternError(pattern, start, `unknown field kind ${how}`);
    return { kind: 'field', name, how, argument: equals < 0 ? '' : rest.slice(equals + 1) };
  }
}

/** @throws PatternError */
export function parseTimeLayout(layout: string): TimeElement[] {
  const elements: TimeElement[] = [];
  let at = 0;
  let isOptional = false;
  while (at < layout.length) {
    const c = layout[at] as string;
    if (c === '?') {
      if (isOptional) throw new PatternError(layout, at, 'two ? in a row');
      isOptional = true;
      at++;
      continue;
    }
    elements.push(one(c));
    isOptional = false;
  }
  if (isOptional) throw new PatternError(layout, at, 'a ? with nothing behind it');
  return elements;

  function one(c: string): TimeElement {
    if (c === ' ') {
      while (layout[at] === ' ') at++;
      return { kind: 'blank', isOptional };
    }
    if (c === "'") {
      const end = layout.indexOf("'", at + 1);
      if (end < 0) throw new PatternError(layout, at, 'an open quote');
      const text = layout.slice(at + 1, end);
      at = end + 1;
      return { kind: 'text', text, isOptional };
    }
    if (c === '[') {
      const end = layout.indexOf(']', at + 1);
      if (end < 0) throw new PatternError(layout, at, 'an open [');
      const chars = layout.slice(at + 1, end);
      at = end + 1;
      return { kind: 'class', chars, isOptional };
    }
    for (const token of TIME_TOKENS) {
      if (layout.startsWith(token, at)) {
        at += token.length;
        return { kind: 'token', token, isOptional };
      }
    }
    at++;
    return { kind: 'text', text: c, isOptional };
  }
}
