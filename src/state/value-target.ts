/** A value that was pointed at, and the clause that asks for it. */

import type { Field, Row } from '../engine/api';
import type { Level, SourceId } from '../engine/records/record';
import { fieldClause, levelClause, type MadeClause, sourceClause, textClause } from './clause-text';
import type { ValueSpan } from './value-at';

export type ValueTarget =
  | { readonly kind: 'field'; readonly name: string; readonly value: string }
  /** A piece of text that no field of the record holds; `key` is what stands before it. */
  | { readonly kind: 'text'; readonly value: string; readonly key: string | null }
  | { readonly kind: 'level'; readonly level: Level | null }
  | { readonly kind: 'source'; readonly source: SourceId; readonly value: string };

export function toClause(target: ValueTarget): MadeClause {
  switch (target.kind) {
    case 'field':
      return fieldClause(target.name, target.value);
    case 'text':
      return textClause(target.value);
    case 'level':
      return levelClause(target.level);
    case 'source':
      return sourceClause(target.value);
  }
}

/** What it is called above its menu. */
export function toTitle(target: ValueTarget): { readonly key: string; readonly value: string } {
  switch (target.kind) {
    case 'field':
      return { key: target.name, value: target.value };
    case 'text':
      return { key: target.key ?? '', value: target.value };
    case 'level':
      return { key: 'level', value: target.level ?? 'none' };
    case 'source':
      return { key: 'source', value: target.value };
  }
}

// A value that stands in several fields, or by chance: so short that only its name tells which field it is.
const TELLING_LENGTH = 4;

/** The field of the record that a piece of its text is, or the text itself. */
export function toTarget({ value, key }: Pick<ValueSpan, 'value' | 'key'>, fields: readonly Field[]): ValueTarget {
  const same = fields.filter((field) => field.value === value);
  const named = key === null ? undefined : same.find(({ name }) => name === key || name.endsWith(`.${key}`));
  const [only] = same;
  const alone = same.length === 1 && only && key === null && value.length >= TELLING_LENGTH ? only : undefined;
  const field = named ?? alone;
  return field ? { kind: 'field', name: field.name, value } : { kind: 'text', value, key };
}

/** All that can be asked for of a record: level, source, and its fields in the order of its format. */
export function targetsOf(row: Row, fields: readonly Field[], sourceName: string): ValueTarget[] {
  return [
    ...(row.level === null ? [] : [{ kind: 'level', level: row.level } as const]),
    { kind: 'source', source: row.id.source, value: sourceName },
    ...fields.flatMap(({ name, value }) =>
      // The level as the format names it is the level.
      value === '' || (row.level !== null && name === 'level') ? [] : [{ kind: 'field', name, value } as const],
    ),
  ];
}
