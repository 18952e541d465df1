/** Random filters, and what they mean, said once more in the plainest way: over one record's text, level, time and fields. */
import fc from 'fast-check';

import type { Field, Row } from '../engine/api';
import type { FieldOperator, Filter } from '../engine/query/filter';
import { LEVELS } from '../engine/records/record';
import { WORDS } from './random-logs';

/** Pieces of the words in any case, so that some are found and some are not. */
const needle = fc
  .tuple(
    fc.constantFrom(...WORDS),
    fc.nat(4),
    fc.integer({ min: 1, max: 6 }),
    fc.constantFrom('as is', 'upper', 'lower'),
  )
  .map(([word, start, length, letters]) => {
    const piece =
      Array.from(word)
        .slice(start, start + length)
        .join('') || word;
    return letters === 'upper' ? piece.toUpperCase() : letters === 'lower' ? piece.toLowerCase() : piece;
  });

const escaped = needle.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));

const single = fc.oneof(
  fc.constantFrom('.', '\\d', '\\w', '\\s', '\\S', '[a-f]', '[^a]', '[^\\n]', '-', ' ', 'k', 's', '\\t', '\\0'),
  fc.constantFrom('\\u{41}', '\\u{1F600}', '\\u0041', '\\x41', '\\p{L}', '\\P{L}', '[ä-ü]', '[k-s]', '\\u{6b}'),
);
const counted = fc
  .tuple(single, fc.constantFrom('', '', '?', '*', '+', '{2}', '{0,2}?'))
  .map((parts) => parts.join(''));
const edge = fc.constantFrom('\\b', '\\B', '^', '$');
const sequence = fc
  .array(fc.oneof(escaped, counted, edge), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''));
const group = fc.oneof(
  fc.tuple(sequence, sequence).map(([a, b]) => `(?:${a}|${b})`),
  fc.tuple(sequence, sequence).map(([a, b]) => `(?:${a}|${b})?`),
  sequence.map((inner) => `(${inner})(?:\\1)`),
  fc.tuple(fc.constantFrom('=', '!', '<=', '<!'), sequence).map(([look, inner]) => `(?${look}${inner})`),
);

/** Nothing that V8 would take for ever over: no repeated groups, and at most two repetitions without a bound. */
const pattern = fc
  .array(fc.oneof({ weight: 3, arbitrary: sequence }, { weight: 1, arbitrary: group }), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''))
  .filter((source) => (source.match(/[*+]/g) ?? []).length <= 2);

const regex: fc.Arbitrary<Filter> = fc
  .tuple(pattern, fc.constantFrom('', 'i', 's', 'is'))
  .map(([source, flags]) => ({ kind: 'regex', pattern: source, flags }));

const level = fc.option(fc.constantFrom(...LEVELS), { nil: null });
const moment = fc.option(
  fc.integer({ min: -60_000, max: 400_000 }).map((ms) => Date.UTC(2025, 0, 1, 10) + ms),
  { nil: null },
);

const FIELD_NAMES = ['thread', 'logger', 'level', 'msg', 'http.status', 'ts', 'no-such'];
const FIELD_OPERATORS: readonly FieldOperator[] = ['=', '~', '>', '>=', '<', '<=', 'exists'];

const field: fc.Arbitrary<Filter> = fc
  .record({
    name: fc.constantFrom(...FIELD_NAMES),
    op: fc.constantFrom(...FIELD_OPERATORS),
    value: fc.oneof(fc.constantFrom('worker-1', 'WORKER', '201', '2.01e2', 'com.acme.Pool', 'warn', ''), needle),
  })
  .map(({ name, op, value }) => ({ kind: 'field', name, op, value: op === 'exists' ? '' : value }));

/** Any filter, up to three levels deep. */
export const { filter: randomFilter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('text' as const), text: needle, caseSensitive: fc.boolean() }),
    },
    { weight: 4, arbitrary: regex },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('level' as const), min: level, max: level }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('time' as const), start: moment, end: moment }) },
    { weight: 2, arbitrary: field },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('a.log', 'A.LOG', '*.log', '?.log', 'x.log', 'app/*', 'w[1]+.log', '*')
        .map((name): Filter => ({ kind: 'source', name })),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.record({ source: fc.integer({ min: 0, max: 3 }), offset: fc.constantFrom(0, 1, 47, 48, 96, 1000) }), {
          maxLength: 4,
        })
        .map((of): Filter => ({ kind: 'records', of })),
    },
    { weight: 1, arbitrary: fc.constant<Filter>({ kind: 'all' }) },
    { weight: 2, arbitrary: tie('filter').map((of): Filter => ({ kind: 'not', of })) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('filter'), { maxLength: 3 }))
        .map(([kind, of]): Filter => ({ kind, of })),
    },
  ),
}));

/** What a naive reader knows of a record. */
export interface NaiveRecord {
  readonly row: Row;
  readonly fields: readonly Field[];
  readonly sourceName: string;
}

/** Whether a filter keeps a record: its definition in `query/filter.ts`, with no kernel, plan or index. */
export function keeps(filter: Filter, record: NaiveRecord): boolean {
  const { row, fields, sourceName } = record;
  switch (filter.kind) {
    case 'all':
      return true;
    case 'text': {
      if (filter.caseSensitive) return row.text.includes(filter.text);
      if (isAscii(filter.text)) return lowerAscii(row.text).includes(lowerAscii(filter.text));
      return new RegExp(filter.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu').test(row.text);
    }
    case 'regex':
      return new RegExp(filter.pattern, `mu${filter.flags}`).test(row.text);
    case 'level': {
      if (filter.min === null && filter.max === null) return row.level === null;
      if (row.level === null) return false;
      const at = LEVELS.indexOf(row.level);
      return (
        (filter.min === null || at >= LEVELS.indexOf(filter.min)) &&
        (filter.max === null || at <= LEVELS.indexOf(filter.max))
      );
    }
    case 'time':
      return (
        row.time !== null &&
        (filter.start === null || row.time >= filter.start) &&
        (filter.end === null || row.time < filter.end)
      );
    case 'source':
      return [sourceName, sourceName.split('/').at(-1) ?? ''].some((name) => isLike(name, filter.name));
    case 'field':
      return fields.some(({ name, value }) => name === filter.name && compares(value, filter.op, filter.value));
    case 'records':
      return filter.of.some(({ source, offset }) => source === row.id.source && offset === row.id.offset);
    case 'pattern':
      throw new Error('random filters name no patterns');
    case 'and':
      return filter.of.every((part) => keeps(part, record));
    case 'or':
      return filter.of.some((part) => keeps(part, record));
    case 'not':
      return !keeps(filter.of, record);
  }
}

/** ASCII letters fold, others do not: `toLowerCase` would take the Kelvin sign for a k. */
function lowerAscii(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function isAscii(text: string): boolean {
  return Array.from(text).every((character) => character < '\u0080');
}

/** Globs, a character at a time. */
function isLike(name: string, glob: string): boolean {
  const [first, ...rest] = glob;
  if (first === undefined) return name === '';
  if (first === '*') return isLike(name, rest.join('')) || (name !== '' && isLike(name.slice(1), glob));
  if (name === '') return false;
  return (first === '?' || first.toLowerCase() === name[0]?.toLowerCase()) && isLike(name.slice(1), rest.join(''));
}

/** Numbers are equal as numbers, and only numbers are greater or less. */
function compares(value: string, op: FieldOperator, wanted: string): boolean {
  const [a, b] = [Number.parseFloat(value), Number.parseFloat(wanted)];
  switch (op) {
    case 'exists':
      return true;
    case '=':
      return value === wanted || (value !== '' && wanted !== '' && Number(value) === Number(wanted));
    case '~':
      return isAscii(wanted)
        ? lowerAscii(value).includes(lowerAscii(wanted))
        : value.toLowerCase().includes(wanted.toLowerCase());
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
  }
}
